"""Workbooks as survey files: the sheet with the respondents as rows of text, read as those of a CSV are.

Rows keep the numbers a spreadsheet shows. A column of number cells is one of numbers, whatever its marks.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import blake2b
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Place, Problem, ThuisError, listing, raise_all
from thuis.formats.header import Header, header_in
from thuis.formats.raw import Column, Raw, standing_twice
from thuis.formats.rows import Rows
from thuis.tables.workbook import OLE, ZIP, Page, Workbook, not_worked_out, place

BOOKS = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")
_MOST = 1_000_000_000
"""Bytes that a workbook may unpack to."""
_LARGER = 3
"""The sheet with the respondents holds so many times the cells of any other, or somebody names it."""
_REPEATED = {"_parent_index", "_submission__id", "PARENT_KEY"}
"""Columns by which survey tools tie rows of a repeated group to those of respondents."""
_EXACT = 1e15
_NUMBERS = (int, float)
_LINE = re.compile(r"\bline(s?) (?=\d)")
_MARKS = (",", ";", "\t")
_SEEN = 3
_FEW = 2
"""A heading has no more cells than these."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """A sheet as lines of CSV, one for each row; the columns of numbers by their place, with their zeros."""

    text: str
    left: int
    page: Page


def columns_of(path: Path, sheet: str | None = None) -> dict[str, Column]:
    """The columns named in the header of the sheet with respondents."""
    return dict(_whole(path, sheet).columns)


def read(path: Path, wanted: Sequence[str], sheet: str | None = None, most: int | None = None) -> Raw:
    """The wanted columns, numbers or text; at most about ``most`` rows.

    :raises ThuisError: when it is not told which sheet is meant, for a formula that was never worked out, and
        as for a CSV file.
    """
    whole = _whole(path, sheet)
    again = [each for each in wanted if whole.columns[each].times > 1]
    raise_all([standing_twice(each, Place(path.name)) for each in again])
    frame = whole.frame.select(wanted)
    height = whole.height if most is None else min(most, whole.height or 0)
    return replace(whole, frame=frame.head(most) if most else frame, height=height)


def sheet_of(path: Path) -> str | None:
    """The sheet with the respondents; None where there is but one."""
    kept = _kept(path, None)
    return kept.sheet if kept.several else None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sheet that was read: of the file with these bytes, and whether it was found or named."""

    mark: bytes
    sheet: str
    found: bool
    several: bool
    said: tuple[str, ...]
    raw: Raw


_SHEETS: deque[_Kept] = deque(maxlen=2)
"""Read last: who looks at a file asks for its columns many times."""


def _whole(path: Path, sheet: str | None) -> Raw:
    """All columns of the sheet; which one was read is said where it was found."""
    kept = _kept(path, sheet)
    return kept.raw if sheet else replace(kept.raw, notes=(*kept.said, *kept.raw.notes))


def _kept(path: Path, sheet: str | None) -> _Kept:
    data = path.read_bytes()
    mark = blake2b(data).digest()
    for each in _SHEETS:
        if each.mark == mark and (each.found if sheet is None else each.sheet == sheet):
            return each
    book = _opened(path, data)
    page, said = _chosen(book, path, sheet)
    several = len(book.names) > 1
    _SHEETS.append(_Kept(mark, page.name, sheet is None, several, tuple(said), _read(page, path)))
    return _SHEETS[-1]


def _opened(path: Path, data: bytes) -> Workbook:
    """
    :raises ThuisError: when it is no workbook, though its name says so: tools call a page or a text ``.xls``.
    """
    if not data.startswith((ZIP, OLE)):
        page = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
        kind = "a web page or XML" if page else "text"
        step = (
            "open it in a spreadsheet program and save it as .xlsx"
            if page
            else "give it the name .csv or .txt"
        )
        raise ThuisError(f"the file is {kind}, no workbook", Place(path.name), "XLSX, ODS or XLS", step=step)
    return Workbook(data, path.name, _MOST)


def _read(page: Page, path: Path) -> Raw:
    """All columns of a sheet."""
    grid = _grid(page.spread(), path)
    try:
        head = header_in(grid.text, path, ",")
        rows = Rows(path.name, ",", head.names)
        body = grid.text.split("\n", head.line - 1)[-1]
        frame = rows.frame(body, head.line, range(len(head.names)))
        rows.done()
    except ThuisError as error:
        raise ThuisError([_by_row(each) for each in error.problems]) from error
    _headings(grid, head, path)
    typed = frame.with_columns(_typed(frame, grid, head)).select(f"c{i}" for i in range(len(head.names)))
    columns = head.columns
    first = [head.names.index(name) for name in columns]
    named = typed.select(pl.col(f"c{i}").alias(head.names[i]) for i in first)
    _worked_out(page, path)
    notes = [*map(_rowed, (*head.notes, *rows.notes())), *_beside(page, grid, head)]
    return Raw(named, columns, notes=tuple(notes), height=rows.count)


def _chosen(book: Workbook, path: Path, sheet: str | None) -> tuple[Page, list[str]]:
    """The sheet that is named, or the one that can only be meant, and what to say of that.

    :raises ThuisError: when two may be meant, or none holds a table.
    """
    if sheet is not None:
        return book.page(sheet), []
    pages = [book.page(each) for each in book.shown or book.names]
    tables = [each for each in pages if _is_table(each)] or [each for each in pages if len(each.rows) > 1]
    tables.sort(key=lambda each: -each.filled)
    if not tables:
        raise ThuisError("no sheet holds rows under names", Place(path.name), "one row per respondent")
    if len(tables) > 1 and tables[0].filled < _LARGER * tables[1].filled:
        near = [each.name for each in tables]
        first = near[0] if re.fullmatch(r"[\w-]+", near[0]) else repr(near[0])
        raise ThuisError(
            f"the workbook has {len(tables)} sheets that may hold the respondents: {listing(near, 4)}",
            Place(path.name),
            expected="the name of one",
            available=tuple(near),
            step=f"say sheet: {first} in the wave, or --sheet {first} to thuis init and thuis columns",
        )
    rest = [each for each in book.names if each != tables[0].name]
    said = (
        [f"sheet {tables[0].name!r} is read; not {listing([repr(each) for each in rest], 6)}"] if rest else []
    )
    return tables[0], said


def _is_table(page: Page) -> bool:
    """Whether a sheet has several rows and columns, and no rows that belong to those of another sheet."""
    filled = [row for row in page.rows if sum(each is not None for each in row) > 1]
    return len(filled) > 1 and not any(str(each) in _REPEATED for row in filled[:1] for each in row)


def _grid(page: Page, path: Path) -> _Grid:
    """The rows as text, without empty columns at the sides; an empty row is an empty line."""
    used = {i for row in page.rows for i, each in enumerate(row) if each is not None}
    left, right = min(used, default=0), max(used, default=0) + 1
    filled = [row for row in page.rows if any(each is not None for each in row)]
    if right - left == 1 and len(filled) > 1:
        _refuse_unsplit([str(row[left]) for row in filled], path)
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\n")
    last = len(page.rows)
    while last and not any(each is not None for each in page.rows[last - 1]):
        last -= 1
    for row in page.rows[:last]:
        cells = [*row[left:right], *[None] * (right - max(left, len(row)))]
        if any(each is not None for each in cells):
            writer.writerow([_text(each) for each in cells])
        else:
            said.write("\n")
    return _Grid(said.getvalue(), left, page)


def _refuse_unsplit(lines: Sequence[str], path: Path) -> None:
    """A CSV that was opened without being split: every row stands in one cell."""
    for mark in _MARKS:
        if lines[0].count(mark) and all(each.count(mark) >= lines[0].count(mark) for each in lines):
            raise ThuisError(
                f"every row stands in one cell, its fields apart by {mark!r}",
                Place(path.name),
                expected="a cell for each field",
                step="use the CSV that this was made of, or split the cells with 'text to columns'",
            )


def _text(value: Any) -> str:
    r"""A cell as text; a number as its shortest form, and no line ends, so that every row is one line.

    >>> _text(3.0), _text(0.85), _text("a\r\nb"), _text(True), _text(None)
    ('3', '0.85', 'a b', 'TRUE', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return _line(str(value))


def _line(text: str) -> str:
    """A text on one line, without the codes of Excel for letters that XML does not hold."""
    if text.isprintable() and "_x" not in text:
        return text
    said = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029\0]+\s*", " ", said)


def _typed(frame: pl.DataFrame, grid: _Grid, head: Header) -> Iterator[pl.Series]:
    """The columns whose cells are all numbers; those shown with zeros in front as text with these."""
    zeros = {
        found[1]: width
        for letters, width in grid.page.beside.zeros.items()
        if (found := place(f"{letters}1"))
    }
    failed = set(grid.page.beside.errors.values())
    body = grid.page.rows[head.line - 1 :]
    for i in range(len(head.names)):
        at = i + grid.left
        held = [row[at] for row in body if at < len(row) and row[at] is not None]
        numbers = [each for each in held if type(each) in _NUMBERS]
        if not numbers or any(each not in failed for each in held if type(each) not in _NUMBERS):
            continue
        values = frame[f"c{i}"].cast(pl.Float64, strict=False)
        width = zeros.get(at)
        if width and all(float(each).is_integer() for each in numbers):
            yield values.cast(pl.Int64).cast(pl.String).str.zfill(width).alias(f"c{i}")
        else:
            yield values.alias(f"c{i}")


def _headings(grid: _Grid, head: Header, path: Path) -> None:
    """:raises ThuisError: for rows with a word alone where most have a number and more cells."""
    rows = [row[grid.left :] for row in grid.page.rows[head.line - 1 :]]
    filled = [sum(each is not None for each in row) for row in rows]
    alone = [
        at
        for at, (row, n) in enumerate(zip(rows[:-1], filled, strict=False), head.line)
        if n == 1 and isinstance(row[0], str)
    ]
    numbered = sum(n > _FEW and type(row[0]) in _NUMBERS for row, n in zip(rows, filled, strict=True))
    if alone and numbered > len(rows) / 2:
        said = rows[alone[0] - head.line][0]
        many = f" ({len(alone)} such rows)" if len(alone) > 1 else ""
        raise ThuisError(
            f"the row holds {said[:60]!r} alone and no answers{many}",
            Place(path.name, row=alone[0]),
            expected="one row per respondent",
            step="put it in a column of its own beside each respondent, and remove the row",
        )


def _worked_out(page: Page, path: Path) -> None:
    """:raises ThuisError: when formulas have no value, since their cells would count as empty."""
    cells = page.beside.unworked
    if cells:
        raise ThuisError(
            not_worked_out(cells[0], path.name, f" ({len(cells)} such cells)" if len(cells) > 1 else "")
        )


def _beside(page: Page, grid: _Grid, head: Header) -> Iterator[str]:
    """What a person who looks at the sheet does not see, or sees otherwise."""
    told = page.beside
    if told.failed:
        first = ", ".join(f"{cell} {said}" for cell, said in list(told.errors.items())[:_SEEN])
        cells = f"{told.failed} cell{'s hold' if told.failed > 1 else ' holds'} a fault of a formula"
        yield f"{cells}{f' ({first})' if first else ''}: in a column of numbers no answer"
    if told.hidden:
        rows = f"{told.hidden} row{'s are' if told.hidden > 1 else ' is'} hidden or filtered away"
        yield f"{rows} in the sheet, and read like all others"
    names = {i + grid.left: name for i, name in enumerate(head.names)}
    shown = [names[at[1]] for each in told.percent if (at := place(f"{each}1")) and at[1] in names]
    if shown:
        yield f"{listing([repr(each) for each in shown], _SEEN)} shows percentages: 25% is read as 0.25"
    down = [area for area in page.merged if area[1][0] > area[0][0] >= head.line - 1]
    if down:
        cells = f"{len(down)} merged cell{'s reach' if len(down) > 1 else ' reaches'} over several rows"
        yield f"{cells}, the first from row {down[0][0][0] + 1}: each of these rows has its value"


def _by_row(problem: Problem) -> Problem:
    where = problem.where
    if where is not None and where.line is not None:
        where = replace(where, line=None, row=where.line)
    step = problem.step and problem.step.replace(" line", " row")
    return replace(problem, where=where, what=_rowed(problem.what), step=step)


def _rowed(said: str) -> str:
    """A sentence on lines as one on rows."""
    return _LINE.sub(r"row\1 ", said)
