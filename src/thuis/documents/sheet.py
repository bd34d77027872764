"""Tables as people save them: CSV of any spreadsheet (commas, semicolons, tabs, old encodings) and XLSX.

Every cell comes as text and every row with the number that a spreadsheet shows, so that a fault can be found.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from thuis.documents.decode import decode
from thuis.errors import Place, Problem, ThuisError, nearest, raise_all
from thuis.language import LANGUAGES, everywhere

_LIMIT = 200_000_000
_MARKS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the spreadsheet, and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns of its first row; empty rows are left out, their numbers are not."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def place(self, row: Row, column: str | None = None) -> Place:
        """Where a cell stands."""
        return Place(self.file, row=row.number, key=column)


def said(row: Row, name: str) -> dict[str, str]:
    """A text from the columns ``name_nl``, ``name_en`` and so on; a language without one shows the first.

    >>> said(Row(2, {"title_nl": "Taal", "title_en": ""}), "title") == dict.fromkeys(LANGUAGES, "Taal")
    True
    """
    return everywhere({each: row[f"{name}_{each}"] for each in LANGUAGES if row[f"{name}_{each}"]})


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
    """A CSV or XLSX file as text cells.

    :param sheet: the sheet of a workbook; the first one when not said.
    :raises ThuisError: for a missing or unreadable file, columns with one name, and rows wider than the first
        one; all at once.
    """
    if not path.is_file():
        raise ThuisError("there is no such file", Place(str(path)), step="check the name")
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        return _table(path.name, _workbook(path, data, sheet))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        fault = Problem("this is a workbook of before 2007", Place(path.name), expected="CSV or XLSX")
        raise ThuisError(fault.what, fault.where, fault.expected, step="save it as .xlsx or CSV UTF-8")
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
    text = text.lstrip("\ufeff")
    said = re.match(r"sep=(.)\r?\n", text, re.I)
    text = text[said.end() :] if said else text
    mark = said.group(1) if said else _mark(text)
    return _table(name, _records(text, mark, name))


def _mark(text: str) -> str:
    """The sign that divides most of the first lines in as many cells as the header."""

    def fit(mark: str) -> tuple[float, int]:
        try:
            lines = [
                row
                for row, _ in zip(
                    csv.reader(io.StringIO(text, newline=""), delimiter=mark), range(200), strict=False
                )
            ]
        except csv.Error:
            return (0.0, 0)
        lines = [row for row in lines if row]
        if not lines or len(lines[0]) < 2:
            return (0.0, 0)
        return (sum(len(row) == len(lines[0]) for row in lines) / len(lines), len(lines[0]))

    return max(_MARKS, key=fit)


def _records(text: str, mark: str, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ThuisError(
                f"the row that starts on line {start} cannot be read: {error}",
                Place(name, line=start),
                step="close the quotation mark, or write a quotation mark inside a cell twice",
            ) from error


def _workbook(path: Path, data: bytes, sheet: str | None) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
        if size > _LIMIT:
            raise ThuisError(
                f"the workbook unpacks to {size:,} bytes", Place(path.name), f"at most {_LIMIT:,}"
            )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ThuisError(f"this is no workbook: {error}", Place(path.name), "CSV or XLSX") from error
    try:
        if sheet and sheet not in book.sheetnames:
            raise ThuisError(
                f"there is no sheet {sheet!r}", Place(path.name), available=tuple(book.sheetnames)
            )
        page = book[sheet] if sheet else book.worksheets[0]
        page.reset_dimensions()
        for row in page.iter_rows(values_only=True):
            yield [_cell(each) for each in row]
    finally:
        book.close()


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


def _table(name: str, records: Iterable[list[str]]) -> Table:
    header: list[str] = []
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(records, 1):
        filled = [cell.strip() for cell in cells]
        if not any(filled):
            continue
        if not header:
            header = _header(filled, name, number, problems)
            continue
        extra = [cell for cell in filled[len(header) :] if cell]
        if extra:
            problems.append(
                Problem(
                    f"{len(header) + len(extra)} cells under {len(header)} columns",
                    Place(name, row=number),
                    step="put a text that holds the separator between double quotes",
                )
            )
        rows.append(
            Row(number, {column: cell for column, cell in zip(header, filled, strict=False) if column})
        )
    if not header:
        problems.append(Problem("the table is empty", Place(name), "a first row with the names of columns"))
    raise_all(problems)
    return Table(name, tuple(each for each in header if each), tuple(rows))


def _header(cells: list[str], name: str, number: int, problems: list[Problem]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    twice = sorted({each for each in cells if each and cells.count(each) > 1})
    problems += [Problem(f"two columns are called {each!r}", Place(name, row=number)) for each in twice]
    return cells


def read_lines(path: Path) -> Table:
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
            rows.append(Row(number, {key: _joined(value) for key, value in read.items()}))
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
            Place(table.file, row=1),
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
