"""What somebody typed in the form, read by the directory's own reader and validators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from thuis.directory.model import Initiative
from thuis.directory.table import cells as cells_of
from thuis.directory.table import from_table
from thuis.directory.terms import terms
from thuis.directory.validate import Remark, remarks
from thuis.live.served import languages
from thuis.live.where import ASKED, called
from thuis.live.where import LONGEST as LINE
from thuis.tables import Row
from thuis.tables.sheet import Table

Control = Literal["text", "area", "choice", "choices", "email", "url", "tel", "date", "time"]
LONGEST = {"text": LINE, "area": 4000}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form: the column it fills and how it is asked."""

    name: str
    control: Control = "text"
    must: bool = False
    options: tuple[str, ...] = ()
    autocomplete: str = ""


def fields() -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The questions of the form, by heading."""
    return (
        ("who", (Field("organization", autocomplete="organization"),)),
        (
            "what",
            (
                Field("name", must=True),
                *(Field(each, "area") for each in in_each("description")),
                Field("form", "choices", options=tuple(terms("form"))),
                Field("audience", "choices", options=tuple(terms("audience"))),
                Field("languages"),
            ),
        ),
        (
            "where",
            (
                Field("municipality", must=True),
                Field("location"),
                Field("address"),
                Field("postcode"),
                Field("city"),
                Field("accessibility"),
            ),
        ),
        (
            "when",
            (
                Field("freq", "choice", options=("", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
                Field("byday", "choices", options=WEEK),
                Field("opens_at", "time"),
                Field("closes_at", "time"),
                Field("price", "choice", options=("unknown", "free", "paid")),
                Field("price_text"),
            ),
        ),
        (
            "contact",
            (
                Field("contact_role"),
                Field("contact_name"),
                Field("phone", "tel"),
                Field("email", "email"),
                Field("url", "url"),
            ),
        ),
    )


def in_each(name: str) -> tuple[str, ...]:
    """The names of a question that is asked in each language of the monitor."""
    return tuple(f"{name}_{each}" for each in languages())


def asked() -> tuple[Field, ...]:
    """All questions of the form."""
    return tuple(each for _, group in fields() for each in group)


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of the cells: a record, what is wrong by column, and what a person should look at."""

    record: Initiative | None
    wrong: Mapping[str, str]
    remarks: tuple[Remark, ...]


def typed(given: Any) -> dict[str, str]:
    """The cells of a form as it was sent; a line break is one sign, and what was not asked is left out."""
    found = {}
    for each in asked():
        if each.control == "choices":
            mark = "," if each.name == "byday" else ";"
            text = mark.join(value for value in given.getlist(each.name) if value in each.options)
        else:
            text = given.get(each.name, "").replace("\r\n", "\n").strip()
        found[each.name] = text
    return found


def read(cells: Mapping[str, str], today: date, own_id: str = "") -> Read:
    """A record of cells, with everything that is wrong at once.

    :param own_id: the id of the record that the cells correct; a new one is made from the name otherwise.
    """
    # What is too long is told so; nothing reads more of it than shows that.
    most = {each.name: _longest(each) + 1 for each in asked()}
    given = {**{name: text[: most.get(name)] for name, text in cells.items()}, "id": own_id}
    records, problems = from_table(Table("form", tuple(given), (Row(given, "form", number=1),)), today)
    wrong = {each.where.key or "name": each.what for each in reversed(problems) if each.where}
    for each in asked():
        text = given.get(each.name, "")
        longest = _longest(each)
        if each.must and not text.strip():
            wrong[each.name] = "empty"
        elif len(text) > longest:
            wrong[each.name] = f"longer than {longest} signs"
    if not any(given.get(each) for each in in_each("description")):
        wrong.setdefault(in_each("description")[0], "empty")
    record = records[0][0] if records else None
    return Read(record, wrong, remarks(record) if record else ())


def _longest(field: Field) -> int:
    """Signs of the longest answer to a question; those that are chosen are as long as what one may choose."""
    chosen = sum(len(each) + 1 for each in field.options) if field.control == "choices" else 0
    return max(LONGEST.get(field.control, LINE), chosen)


def checked(record: Initiative, today: date, by: str, source: str) -> Initiative:
    """A record that was looked at today, and is due again in a year."""
    origin = record.provenance.model_copy(
        update={
            "checked_on": today,
            "checked_by": by,
            "check_due": today + timedelta(days=365),
            "source": record.provenance.source or source,
        }
    )
    return record.model_copy(update={"provenance": origin})


def corrected(record: Initiative, cells: Mapping[str, str], today: date) -> Read:
    """A record with other cells; what the form does not ask of it stays as it is."""
    before = cells_of(record)
    found = read({**before, **cells}, today, record.id)
    if found.record is None:
        return found
    made = found.record.model_copy(
        update={
            "kept": record.kept,
            "organization_id": record.organization_id,
            "where": (*found.record.where, *record.where[1:]),
            "schedules": (*found.record.schedules, *record.schedules[1:]),
            "description": {
                **{k: v for k, v in record.description.items() if k not in languages()},
                **found.record.description,
            },
        }
    )
    return Read(made, found.wrong, found.remarks)


def asked_of(record: Initiative) -> dict[str, str]:
    """The cells of a record that the form asks, as somebody would type them."""
    cells = cells_of(record)
    cells[ASKED] = called(cells[ASKED])
    return {each.name: cells[each.name] for each in asked()}
