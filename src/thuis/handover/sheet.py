"""A workbook before it is written: sheets of cells with a value and a style, the same for XLSX and ODS.

A text is always a text: what starts with ``=``, ``+``, ``-`` or ``@`` reaches no spreadsheet as a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal, NamedTuple

from thuis.errors import Problem, ThuisError
from thuis.files import in_xml

Style = Literal[
    "title",
    "text",
    "strong",
    "head",
    "group",
    "stub",
    "whole",
    "number",
    "moderate",
    "withheld",
    "words",
    "link",
]
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
"""Limits of a sheet in XLSX: columns, rows, characters in its name, characters in a cell."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


class Cell(NamedTuple):
    """One cell. ``decimals`` says how a number is shown; ``link`` is the name of a sheet, or an address."""

    value: str | float | None
    style: Style = "text"
    decimals: int = 0
    link: str = ""


Row = tuple[Cell | None, ...]


class Column(NamedTuple):
    """One column of a block: a value for each row, or one text for all; they all look alike."""

    values: Sequence[str | float | None] | str | None
    style: Style = "text"
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are made alike, column by column: a monitor has too many cells for a value each."""

    size: int
    columns: tuple[Column, ...]

    def rows(self) -> Iterator[Row]:
        """The same as cells.

        >>> two = Block(2, (Column("a"), Column([1, None])))
        >>> [[cell and cell.value for cell in row] for row in two.rows()]
        [['a', 1], ['a', None]]
        """
        given = [each.values for each in self.columns]
        sides = [repeat(each, self.size) if each is None or isinstance(each, str) else each for each in given]
        for values in zip(*sides, strict=True):
            yield tuple(
                None if value is None else Cell(value, column.style, column.decimals)
                for value, column in zip(values, self.columns, strict=True)
            )


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the table of a sheet stands, from 0: its row of headers, its last row, its last column."""

    head: int
    last: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows, the widths of its columns in characters, and its table.

    ``stub`` is the number of columns that stay in sight; ``repeat`` are the first and last row printed on
    every page; ``breaks`` are the columns with which a printed page begins; ``blocks`` follow the rows.
    """

    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    grid: Grid | None = None
    stub: int = 0
    repeat: tuple[int, int] | None = None
    wide: bool = False
    breaks: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows) + sum(each.size for each in self.blocks)

    @property
    def width(self) -> int:
        """How many columns it has; blocks have as many as the rows above them."""
        return max(map(len, self.rows), default=0)

    def every_row(self) -> Iterator[Row]:
        """All rows in order."""
        yield from self.rows
        for block in self.blocks:
            yield from block.rows()


@dataclass(frozen=True, slots=True)
class Book:
    """Sheets in order, and what the file says of itself. ``language`` is its language code."""

    title: str
    author: str
    subject: str
    language: str
    day: tuple[int, int, int]
    sheets: tuple[Sheet, ...]


def text(value: str) -> str:
    """A text that fits a cell: no sign that XML does not know, and no longer than a cell may hold.

    >>> text("a\\x00b")
    'ab'
    """
    clean = in_xml(value)
    return clean if len(clean) <= LONGEST_TEXT else f"{clean[: LONGEST_TEXT - 1]}…"


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Names that every spreadsheet accepts, each once, as near to the titles as can be.

    >>> sheet_names(["In/out: all", "In-out- all", "'", "x" * 40, "X" * 40])[:3]
    ('In-out- all', 'In-out- all (2)', '-')
    >>> [len(each) for each in sheet_names(["x" * 40, "X" * 40])]
    [31, 31]
    """
    found: dict[str, str] = {}
    for title in titles:
        plain = _NOT_IN_NAMES.sub("-", text(title)).strip().strip("'").strip() or "-"
        plain = f"{plain} -" if plain.lower() == "history" else plain
        name, number = _cut(plain, ""), 2
        while name.lower() in found:
            name, number = _cut(plain, f" ({number})"), number + 1
        found[name.lower()] = name
    return tuple(found.values())


def _cut(name: str, end: str) -> str:
    """Excel counts in UTF-16: a letter outside the basic plane is two."""
    room = LONGEST_NAME - len(end)
    if len(name.encode("utf-16-le")) // 2 > room:
        while len(name.encode("utf-16-le")) // 2 > room - 1:
            name = name[:-1]
        name = f"{name.rstrip()}…"
    return f"{name}{end}"


def column_letters(column: int) -> str:
    """The letters of a column, from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(16_383)
    ('A', 'Z', 'AA', 'XFD')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def check_sizes(book: Book) -> None:
    """Refuse what no spreadsheet opens.

    :raises ThuisError: naming every sheet that is too large.
    """
    problems = [
        Problem(
            f"sheet {sheet.name!r} has {sheet.height:,} rows and {sheet.width:,} columns",
            expected=f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns",
            step="use CSV or Parquet for the whole, or fewer indicators, breakdowns or waves",
        )
        for sheet in book.sheets
        if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS
    ]
    if problems:
        raise ThuisError(problems)
