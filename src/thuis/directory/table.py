"""Initiatives in a table: CSV and XLSX in and out, with every fault by row and column, and a template."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from thuis import tables
from thuis.apart import apart
from thuis.contract.directory import Contact, Provenance, Schedule, Where
from thuis.directory.columns import ALIASES, BY_NAME, COLUMNS, NAMES
from thuis.directory.formats import FREQUENCIES
from thuis.directory.lexicon import fold
from thuis.directory.model import Initiative
from thuis.directory.terms import meant, terms
from thuis.errors import Place, Problem, nearest, unknown
from thuis.files import in_xml
from thuis.language import LANGUAGES
from thuis.places import LAST, municipalities, resolve, undecided
from thuis.tables import Row
from thuis.tables.sheet import LARGEST, Table, day, no_day, read_table
from thuis.tables.workbook import OLE, ZIP, Workbook

_YES, _NO = (
    frozenset({"yes", "ja", "true", "1", "waar", "y", "j"}),
    frozenset({"", "no", "nee", "false", "0", "onwaar", "n"}),
)
_LANGUAGES = {
    "nederlands": "nl", "dutch": "nl", "engels": "en", "english": "en", "arabisch": "ar",
    "arabic": "ar", "turks": "tr", "turkish": "tr",
    "pools": "pl", "polish": "pl", "frans": "fr", "french": "fr", "duits": "de",
    "german": "de",
    "spaans": "es", "spanish": "es", "oekraiens": "uk", "ukrainian": "uk", "fries": "fy", "frisian": "fy",
    "tigrinya": "ti", "somalisch": "so", "farsi": "fa", "papiaments": "pap", "chinees": "zh", "berber": "ber",
}  # fmt: skip
_PRICES = {
    "free": "free",
    "gratis": "free",
    "kosteloos": "free",
    "paid": "paid",
    "betaald": "paid",
    "eigen bijdrage": "paid",
    "unknown": "unknown",
    "onbekend": "unknown",
    "": "unknown",
}
_TEXTS = ("alternate_name", "organization", "scope_reason", "price_text", "url")
YEAR = timedelta(days=365)


def slug(text: str) -> str:
    """Letters, digits and hyphens of a name.

    >>> slug("Lief & Leedstraten – Café")
    'lief-leedstraten-cafe'
    """
    plain = fold(unicodedata.normalize("NFKC", text))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "initiative"


def read_initiatives(path: Path, today: date) -> tuple[list[tuple[Initiative, Place]], list[Problem]]:
    """The initiatives of a CSV or XLSX file with their places, and every fault of every row.

    :raises ThuisError: when the file is no table at all.
    """
    found, problems = from_table(read_table(path), today)
    data = path.read_bytes()
    more = apart(_other_sheets, data, path.name, file=path.name) if data.startswith((ZIP, OLE)) else []
    return found, [*problems, *more]


def _other_sheets(data: bytes, file: str) -> list[Problem]:
    """Sheets behind the first one that hold a table of initiatives too: nothing of them is read."""
    book = Workbook(data, file, LARGEST)
    pages = {each: book.page(each).rows for each in book.names[1:]}
    return [
        Problem(
            f"the sheet {name!r} is not read",
            Place(file),
            expected="all initiatives on the first sheet",
            step="put its rows there, or in a file of their own",
        )
        for name, rows in pages.items()
        if len(rows) > 1
        and {"name", "municipality"} & {ALIASES.get(fold(str(each or "")).strip()) for each in rows[0]}
    ]


def from_table(table: Table, today: date) -> tuple[list[tuple[Initiative, Place]], list[Problem]]:
    """The initiatives of a table that was read."""
    columns, problems = _headers(table)
    if problems:
        return [], problems
    found: list[tuple[Initiative, Place]] = []
    for row in table.rows:
        cells: dict[str, str] = {}
        for column, name in columns.items():
            here, before = _plain(row[column]), cells.get(name, "")
            cells[name] = " ".join(filter(None, (before, here))) if name == "address" else here or before
        reader = _Reader(cells, row, columns, today)
        made = reader.record()
        problems += reader.problems
        if made:
            found.append((made, row.place()))
    return found, problems


def _plain(cell: str) -> str:
    """A cell without the apostrophe that :func:`_safe` puts before what a spreadsheet would run."""
    return cell[1:] if re.match(r"'[=+@\t\r-]", cell) else cell


def _headers(table: Table) -> tuple[dict[str, str], list[Problem]]:
    """Which column means what: ``{header: name}``."""
    known = {fold(each).replace("-", " ").replace("_", " "): name for each, name in ALIASES.items()}
    columns: dict[str, str] = {}
    problems: list[Problem] = []
    for each in table.columns:
        name = known.get(fold(each).replace("-", " ").replace("_", " ").strip())
        if name is None:
            problems.append(
                unknown("column", each, NAMES, table.head.place(), "remove it, or see the template")
            )
        elif name in columns.values() and name not in ("municipality", "address"):
            problems.append(Problem(f"two columns mean {name!r}", table.head.place(each)))
        else:
            columns[each] = name
    if "name" not in columns.values():
        step = nearest("name", table.columns)
        problems.append(
            Problem(
                "no column 'name'",
                table.head.place(),
                available=table.columns,
                step=f"is it {step!r}?" if step else None,
            )
        )
    return columns, problems


class _Reader:
    """One row on its way to a record; what is wrong is gathered in ``problems``."""

    def __init__(self, cells: dict[str, str], row: Row, columns: dict[str, str], today: date) -> None:
        self.cells, self.today, self.row = cells, today, row
        self.problems: list[Problem] = []
        self.header = {name: column for column, name in columns.items()}

    def place(self, name: str) -> Place:
        return self.row.place(self.header.get(name, name))

    def text(self, name: str) -> str | None:
        return self.cells.get(name, "").strip() or None

    def many(self, name: str) -> list[str]:
        mark = ";" if ";" in self.cells.get(name, "") or "|" not in self.cells.get(name, "") else "|"
        parts = self.cells.get(name, "").split(mark)
        if len(parts) == 1 and name != "areas":
            parts = parts[0].split(",")
        return [each.strip() for each in parts if each.strip()]

    def day(self, name: str) -> date | None:
        value = self.text(name)
        found = day(value) if value else None
        if value and found is None:
            self.problems.append(no_day(value, self.place(name)))
        return found

    def number(self, name: str) -> float | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            found = float(value.replace(",", "."))
        except ValueError:
            found = float("nan")
        if not math.isfinite(found):
            self.problems.append(
                Problem(f"{value!r} is no number", self.place(name), expected="a number such as 52.09")
            )
            return None
        return found

    def one_of(self, name: str, allowed: dict[str, str]) -> str:
        value = self.cells.get(name, "").strip()
        found = allowed.get(fold(value))
        if found is None:
            self.problems.append(unknown(name, value, sorted(set(allowed.values())), self.place(name)))
        return found or next(iter(allowed.values()))

    def marks(self, name: str) -> tuple[str, ...]:
        found = []
        for each in self.many(name):
            value = meant(name, each) or (
                each if name == "themes" and re.fullmatch(r"[a-z0-9-]+", each) else None
            )
            if value is None:
                self.problems.append(unknown(name, each, terms(name), self.place(name)))
            else:
                found.append(value)
        return tuple(dict.fromkeys(found))

    def code(self, name: str, value: str) -> str | None:
        if re.fullmatch(r"GM\d{4}", value):
            return value
        found = resolve(value, min(self.today, LAST))
        if found.code is None:
            fault = undecided(found)
            self.problems.append(
                Problem(fault.what, self.place(name), fault.expected, fault.available, fault.step)
            )
        elif found.how.partition(";")[2]:
            name_now = municipalities()[found.code].name
            self.problems.append(
                Problem(
                    f"{value!r} is no municipality any more",
                    self.place(name),
                    step=f"write {name_now} ({found.code})",
                )
            )
        return found.code

    def languages(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(_LANGUAGES.get(fold(each), each.casefold()) for each in self.many("languages"))
        )

    def record(self) -> Initiative | None:
        name = self.text("name")
        if name is None:
            self.problems.append(Problem("the name is empty", self.place("name"), step="give it a name"))
        municipality = self.text("municipality")
        code = self.code("municipality", municipality) if municipality else self._by_town()
        areas = tuple(filter(None, (self.code("areas", each) for each in self.many("areas"))))
        values: dict[str, Any] = {
            "id": self.text("id")
            or slug(f"{name or ''} {municipalities()[code].name if code in municipalities() else ''}"),
            "name": name or "?",
            **{each: self.text(each) for each in _TEXTS},
            "description": {
                language: text for language in LANGUAGES if (text := self.text(f"description_{language}"))
            },
            "municipality": code,
            "areas": areas,
            "scope": self._scope(code, areas),
            "where": self._where(),
            "themes": self.marks("themes"),
            "audience": self.marks("audience"),
            "form": self.marks("form"),
            "languages": self.languages(),
            "price": self.one_of("price", _PRICES) if "price" in self.cells else "unknown",
            "minimum_age": self.number("minimum_age"),
            "maximum_age": self.number("maximum_age"),
            "contact": self._contact(),
            "status": self._status(),
            "schedules": self._schedules(),
            "identifiers": tuple(self.many("identifiers")),
            "provenance": self._provenance(),
            "invented": self._invented(),
        }
        made = Initiative(**values)
        from thuis.directory.validate import faults

        seen = {problem.where.key for problem in self.problems if problem.where}
        for each in faults(made, self.today):
            if self.header.get(each.field, each.field) not in seen:
                self.problems.append(each.problem(self.place(each.field)))
        return made if name else None

    def _scope(self, code: str | None, areas: tuple[str, ...]) -> str:
        said = {
            "municipality": "municipality",
            "gemeente": "municipality",
            "region": "region",
            "regio": "region",
            "country": "country",
            "land": "country",
            "landelijk": "country",
            "unknown": "unknown",
            "onbekend": "unknown",
        }
        if self.text("scope"):
            return self.one_of("scope", said)
        return "municipality" if code or areas else "unknown"

    def _by_town(self) -> str | None:
        """The municipality that the town of the address is in, where that is one."""
        found = resolve(self.text("city") or "", min(self.today, LAST))
        return found.code or found.lies_in

    def _where(self) -> tuple[Where, ...]:
        made = Where(
            name=self.text("location"),
            latitude=self.number("latitude"),
            longitude=self.number("longitude"),
            **{each: self.text(each) for each in ("address", "postcode", "city", "accessibility")},
        )
        return (made,) if made != Where() else ()

    def _contact(self) -> Contact | None:
        made = Contact(
            name=self.text("contact_name"),
            role=self.text("contact_role"),
            phone=self.text("phone"),
            email=self.text("email"),
        )
        return made if made != Contact() else None

    def _status(self) -> str:
        said = {
            "": "active",
            "active": "active",
            "actief": "active",
            "inactive": "inactive",
            "inactief": "inactive",
            "defunct": "defunct",
            "gestopt": "defunct",
            "opgeheven": "defunct",
            "temporarily closed": "temporarily closed",
            "tijdelijk gesloten": "temporarily closed",
        }
        return self.one_of("status", said)

    def _schedules(self) -> tuple[Schedule, ...]:
        start, until = self.day("dtstart"), self.day("until")
        made = Schedule(
            freq=(self.text("freq") or "").upper() or None,
            byday=(self.text("byday") or "").upper().replace(";", ",") or None,
            dtstart=start.isoformat() if start else None,
            until=until.isoformat() if until else None,
            opens_at=self.text("opens_at"),
            closes_at=self.text("closes_at"),
        )
        return (made,) if made != Schedule() else ()

    def _provenance(self) -> Provenance:
        checked, due = self.day("checked_on"), self.day("check_due")
        return Provenance(
            source=self.text("source"),
            checked_on=checked,
            checked_by=self.text("checked_by"),
            check_due=due or (checked + YEAR if checked else None),
        )

    def _invented(self) -> bool:
        value = fold(self.cells.get("invented", "").strip())
        if value not in _YES | _NO:
            self.problems.append(unknown("value", value, ("yes", "no"), self.place("invented")))
        return value in _YES


def cells(record: Initiative) -> dict[str, str]:
    """A record as the cells of a row; what the table has no column for is left out."""
    where = record.where[0] if record.where else Where()
    schedule = record.schedules[0] if record.schedules else Schedule()
    contact, origin = record.contact or Contact(), record.provenance
    values: dict[str, Any] = {
        **{name: getattr(record, name) for name in NAMES if hasattr(record, name)},
        **{f"description_{each}": record.description.get(each) for each in LANGUAGES},
        "location": where.name,
        **{
            name: getattr(where, name)
            for name in ("address", "postcode", "city", "latitude", "longitude", "accessibility")
        },
        "contact_role": contact.role,
        "contact_name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        **{
            name: getattr(schedule, name)
            for name in ("freq", "byday", "dtstart", "until", "opens_at", "closes_at")
        },
        **{name: getattr(origin, name) for name in ("source", "checked_on", "checked_by", "check_due")},
        "invented": "yes" if record.invented else "no",
    }
    return {name: _written(values[name], BY_NAME[name].many) for name in NAMES}


def _written(value: Any, many: bool) -> str:
    if value is None:
        return ""
    if many:
        return ";".join(map(str, value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def as_csv(records: Sequence[Initiative]) -> str:
    """A CSV file of records; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    return tables.as_csv((map(_safe, cells(each).values()) for each in records), NAMES)


def _safe(cell: str) -> object:
    """As :func:`thuis.tables.safe`, but a telephone number and a degree west can be read back as they are."""
    return cell if re.fullmatch(r"[+-][\d\s().,/-]*", cell) else tables.safe(cell)


def as_xlsx(records: Sequence[Initiative], template: bool = False) -> bytes:
    """A workbook of records; a template has an example, lists to choose from, and what columns are for."""
    import xlsxwriter

    stream = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls"), False)
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    # The same records give the same bytes.
    book.set_properties({"created": datetime.combine(date(2020, 1, 1), time())})
    page = book.add_worksheet("initiatives")
    page.write_row(0, 0, NAMES, book.add_format({"bold": True}))
    page.freeze_panes(1, 0)
    rows = [list(cells(each).values()) for each in records]
    for at, row in enumerate(rows or ([[each.example for each in COLUMNS]] if template else []), 1):
        for column, value in enumerate(row):
            page.write_string(at, column, in_xml(value or ""))
    if template:
        lists = {
            "price": ["free", "paid", "unknown"],
            "scope": ["municipality", "region", "country"],
            "status": ["active", "inactive", "temporarily closed", "defunct"],
            "freq": list(FREQUENCIES),
            "invented": ["no", "yes"],
        }
        for name, values in lists.items():
            column = NAMES.index(name)
            page.data_validation(1, column, 1999, column, {"validate": "list", "source": values})
        _explained(book)
    book.close()
    return stream.getvalue()


def _explained(book: Any) -> None:
    columns = [("column", "kolom", "what"), *((each.name, each.nl, each.what) for each in COLUMNS)]
    values = [("column", "id", *LANGUAGES)]
    for facet in ("themes", "audience", "form", "price"):
        for term in terms(facet).values():
            values.append((facet, term.id, *(term.title[each] for each in LANGUAGES)))
    for name, rows in (("columns", columns), ("values", values)):
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
