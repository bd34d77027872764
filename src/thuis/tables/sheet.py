"""Tables as people save them: CSV of any spreadsheet (commas, semicolons, tabs, old encodings) and XLSX.

Every cell comes as text and every row with the number that a spreadsheet shows, so that a fault can be found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import dropwhile
from pathlib import Path
from typing import Any

from thuis.apart import apart
from thuis.errors import Place, Problem, ThuisError, nearest, raise_all
from thuis.language import LANGUAGES, everywhere
from thuis.tables.decode import decode
from thuis.tables.lines import Line, read_lines
from thuis.tables.rows import Row
from thuis.tables.workbook import OLE, ZIP, Workbook, not_worked_out

LARGEST = 200_000_000
"""Bytes that a workbook may unpack to."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns of its first row; empty rows are left out, their numbers are not."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    head: Row = field(default=Row({}, ""), repr=False)
    """Where the names of the columns stand."""


def said(row: Row, name: str) -> dict[str, str]:
    """A text from the columns ``name_nl``, ``name_en`` and so on; a language without one shows the first.

    A column without a language holds for all of them.

    >>> row = Row({"title_nl": "Taal", "title_en": "", "source": "BWBR0027383"}, "a.csv", 2)
    >>> said(row, "title") == dict.fromkeys(LANGUAGES, "Taal")
    True
    >>> said(row, "source") == dict.fromkeys(LANGUAGES, "BWBR0027383")
    True
    """
    found = {each: row[f"{name}_{each}"] for each in LANGUAGES if row[f"{name}_{each}"]}
    return everywhere(found or {each: row[name] for each in LANGUAGES if row[name]})


def columns_of(*names: str) -> tuple[str, ...]:
    """The columns of texts: one for each language."""
    return tuple(f"{name}_{each}" for name in names for each in LANGUAGES)


def told_in(table: Table, names: Iterable[str]) -> tuple[str, ...]:
    """The columns of texts that have to stand in every language the table has any text in.

    >>> told_in(Table("a.csv", ("id", "title_en", "source_en"), ()), ("title",))
    ('title_en',)
    """
    used = [each for each in LANGUAGES if any(column.endswith(f"_{each}") for column in table.columns)]
    return tuple(f"{name}_{each}" for name in names for each in used or LANGUAGES[:1])


def read_table(path: Path, sheet: str | None = None) -> Table:
    """A CSV file or a workbook (XLSX, ODS, XLS) as text cells.

    :param sheet: the sheet of a workbook; the first one when not said.
    :raises ThuisError: for a missing or unreadable file, columns with one name, and rows wider than the first
        one; all at once.
    """
    if not path.is_file():
        raise ThuisError("there is no such file", Place(str(path)), step="check the name")
    data = path.read_bytes()
    if data.startswith((ZIP, OLE)):
        return _table(path.name, apart(_workbook, data, path.name, sheet, file=path.name))
    return parse_csv(data, path.name)


def parse_csv(data: bytes, name: str) -> Table:
    """The bytes of a CSV file as a table.

    >>> table = parse_csv("sep=;\\r\\nnaam;plaats\\r\\nCafé;Den Haag\\r\\n".encode("cp1252"), "a.csv")
    >>> table.columns, table.rows[0].number, table.rows[0]["naam"]
    (('naam', 'plaats'), 2, 'Café')
    """
    text = decode(data)
    if text is None:
        raise ThuisError("this is no text", Place(name), "CSV in UTF-8, UTF-16 or Windows-1252")
    problems: list[Problem] = []
    lines = list(read_lines(text, name, problems))
    raise_all(problems)
    return _table(name, lines)


def _workbook(data: bytes, name: str, sheet: str | None) -> list[Line]:
    """The rows of a sheet, read apart: the reader of workbooks breaks down on some that are damaged."""
    book = Workbook(data, name, LARGEST)
    page = book.page(sheet or book.names[0]).spread()
    raise_all([not_worked_out(each, name) for each in page.beside.unworked])
    return [Line(0, number, [_cell(each).strip() for each in row]) for number, row in enumerate(page.rows, 1)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(name: str, lines: Iterable[Line]) -> Table:
    filled = _headed([each for each in lines if any(each.cells) and not _ruled(each.cells)])
    if not filled:
        raise ThuisError("the table is empty", Place(name), "a first row with the names of columns")
    head = Row({}, name, filled[0].line, filled[0].number)
    header = filled[0].cells
    while not header[-1]:
        header.pop()
    twice = sorted({each for each in header if each and header.count(each) > 1})
    problems = [Problem(f"two columns are called {each!r}", head.place()) for each in twice]
    rows = []
    for line, number, cells in filled[1:]:
        rows.append(Row({k: v for k, v in zip(header, cells, strict=False) if k}, name, line, number))
        extra = [cell for cell in cells[len(header) :] if cell]
        if extra:
            what = f"{len(header) + len(extra)} cells under {len(header)} columns"
            step = "put a text that holds the separator between double quotes"
            problems.append(Problem(what, rows[-1].place(), step=step))
    raise_all(problems)
    return Table(name, tuple(each for each in header if each), tuple(rows), head)


def _ruled(cells: list[str]) -> bool:
    """Whether a row is the line under the names of columns that Markdown draws."""
    return all(re.fullmatch(r":?-{3,}:?", cell) for cell in cells if cell)


def _headed(filled: list[Line]) -> list[Line]:
    """The rows from the names of columns on: above them a title may stand, alone in a row of several cells.

    >>> title, head, row = Line(1, 1, ["Lijst", ""]), Line(2, 2, ["a", "b"]), Line(3, 3, ["1", "2"])
    >>> _headed([title, head, row]) == [head, row]
    True
    """

    def alone(each: Line) -> bool:
        """One cell in a row that has room for more; a row of a workbook always has."""
        return sum(map(bool, each.cells)) == 1 and (len(each.cells) > 1 or not each.line)

    rest = list(dropwhile(alone, filled))
    return rest or filled


def read_objects(path: Path) -> Table:
    """A file with a JSON object per line as a table; lists are joined by semicolons.

    :raises ThuisError: with every line that is no object.
    """
    text = decode(path.read_bytes()) if path.is_file() else None
    if text is None:
        raise ThuisError("there is no such text file", Place(str(path)), "a JSON object per line")
    problems: list[Problem] = []
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            read = None
        if isinstance(read, dict):
            rows.append(Row({key: _joined(value) for key, value in read.items()}, path.name, number))
        else:
            problems.append(Problem("this line is no JSON object", Place(path.name, line=number)))
    raise_all(
        problems or ([] if rows else [Problem("the file is empty", Place(path.name), "an object per line")])
    )
    return Table(path.name, tuple(dict.fromkeys(key for row in rows for key in row.cells)), tuple(rows))


def _joined(value: Any) -> str:
    return ";".join(map(_cell, value)) if isinstance(value, list) else _cell(value).strip()


def wanting(table: Table, columns: Sequence[str]) -> list[Problem]:
    """A problem for every column that is not there, with the one that was probably meant."""
    return [
        Problem(
            f"column {each!r} is missing",
            table.head.place(),
            available=table.columns,
            step=f"rename {near!r} to {each!r}"
            if (near := nearest(each, table.columns))
            else f"add a column {each}",
        )
        for each in columns
        if each not in table.columns
    ]


_FORMS = (
    (
        re.compile(
            r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
        ),
        (1, 2, 3),
    ),
    (re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})"), (3, 2, 1)),
)


def day(text: str) -> date | None:
    """A day written as ISO 8601, or as a Dutch spreadsheet saves it; None when it is none.

    ``1/2/2010`` is two days, depending on who wrote it, and so is none.

    >>> day("2010-01-31"), day("31-1-2010"), day("31-2-2010"), day("1/2/2010")
    (datetime.date(2010, 1, 31), datetime.date(2010, 1, 31), None, None)
    """
    for pattern, order in _FORMS:
        found = pattern.fullmatch(text.strip())
        if found:
            year, month, number = (int(found.group(i)) for i in order)
            try:
                return date(year, month, number)
            except ValueError:
                return None
    return None


def no_day(text: str, where: Place) -> Problem:
    """What to say of a cell that is no day."""
    step = None
    if re.fullmatch(r"\d{5}", text):
        step = "this is a spreadsheet's day number: format the column as a date and save again"
    elif "/" in text:
        step = "write the year first: 1/2/2010 may be 1 February or 2 January"
    elif re.fullmatch(r"\d{4}", text):
        step = f"write a day of that year, such as {text}-01-01"
    return Problem(f"{text!r} is no date" if text else "the date is empty", where, "YYYY-MM-DD", step=step)
