"""The sheets of a workbook as XML: rows that are made alike are written column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import repeat
from typing import Any

from xlsxwriter.worksheet import Worksheet

from thuis.handover.sheet import Block, Cell, Column, Sheet, Style, column_letters, text

ROWS = b"<sheetData>"
"""What the rows of a sheet stand behind."""
_HERE = "\0"
"""Stands for the number of a row: no text of a cell holds it."""


class Page(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet whose rows are written after it, when all else is. ``look`` gives the format of a cell."""

    given: Sheet
    heights: dict[int, float] = {}  # noqa: RUF012  replaced as a whole, never changed
    look: Callable[[Style, int], Any]

    def hold(self, sheet: Sheet, heights: dict[int, float], look: Callable[[Style, int], Any]) -> None:
        """Take the sheet; its rows are written when the file is closed."""
        self.given, self.heights, self.look = sheet, heights, look
        self.dim_rowmin, self.dim_rowmax = 0, max(0, sheet.height - 1)
        self.dim_colmin, self.dim_colmax = 0, max(1, sheet.width) - 1

    @property
    def large(self) -> bool:
        """Whether its XML may be of a size that zip keeps apart."""
        return self.given.height * self.given.width > 4_000_000

    def _write_sheet_data(self) -> None:
        """Leave room for the rows, and have their formats numbered as its cells would ask for them."""
        for row in self.given.rows:
            for cell in row:
                if cell is not None and cell.value is not None:
                    self._style(cell.style, cell.decimals)
        for block in self.given.blocks:
            for _, _, column in sorted(_begun(block), key=lambda each: each[:2]):
                self._style(column.style, column.decimals)
        self.fh.write("<sheetData></sheetData>")

    def rows(self) -> Iterator[str]:
        """The XML of all rows, some at a time."""
        yield from self._first()
        number = len(self.given.rows)
        letters = self._letters()
        for block in self.given.blocks:
            yield "".join(self._block(block, number, letters))
            number += block.size

    def _letters(self) -> list[str]:
        return [column_letters(at) for at in range(self.given.width)]

    def _style(self, style: Style, decimals: int) -> int:
        return int(self.look(style, decimals)._get_xf_index())

    def _first(self) -> Iterator[str]:
        letters = self._letters()
        for number, row in enumerate(self.given.rows, 1):
            height = self.heights.get(number - 1)
            told = f' ht="{height:g}" customHeight="1"' if height else ""
            cells = "".join(
                _cell(f"{letter}{number}", cell, self._style(cell.style, cell.decimals))
                for letter, cell in zip(letters, row, strict=False)
                if cell is not None and cell.value is not None
            )
            yield f'<row r="{number}"{told}>{cells}</row>'

    def _block(self, block: Block, before: int, letters: list[str]) -> Iterator[str]:
        """Rows that are made alike: what all of them hold is made once, and each text of a column too."""
        sides: list[Iterable[str]] = []
        for letter, column in zip(letters, block.columns, strict=False):
            if column.values is None:
                continue
            style = self._style(column.style, column.decimals)
            at = f"{letter}{_HERE}"
            if isinstance(column.values, str):
                sides.append(repeat(_cell(at, Cell(column.values), style), block.size))
            else:
                sides.append(_side(at, column.values, style))
        for number, cells in enumerate(zip(*sides, strict=True), before + 1):
            yield f'<row r="{_HERE}">{"".join(cells)}</row>'.replace(_HERE, str(number))


def _begun(block: Block) -> Iterator[tuple[int, int, Column]]:
    """Where each column of a block has its first value: row, place of the column, and the column."""
    for at, column in enumerate(block.columns):
        values = [None] if column.values is None else column.values
        first = next((row for row, value in enumerate(values) if value is not None), None)
        if first is not None and block.size:
            yield first, at, column


def _side(at: str, values: Sequence[str | float | None], style: int) -> list[str]:
    """The cells of one column."""
    kinds = set(map(type, values)) - {type(None)}
    if str in kinds:
        known = {each: _cell(at, Cell(each), style) for each in set(values) if each is not None}
        return [known[each] if each is not None else "" for each in values]
    front = f'<c r="{at}" s="{style}"><v>'
    return [f"{front}{each!r}</v></c>" if each is not None else "" for each in values]


def _cell(at: str, cell: Cell, style: int) -> str:
    """A number, or a text that can be nothing else: an inline string is never read as a formula."""
    value = cell.value
    if isinstance(value, str):
        return f'<c r="{at}" s="{style}" t="inlineStr">{_inline(value)}</c>'
    return f'<c r="{at}" s="{style}"><v>{value!r}</v></c>'


@lru_cache(maxsize=10_000)
def _inline(value: str) -> str:
    """Most texts of a sheet stand in it often: a unit, a group, a wave."""
    return f'<is><t xml:space="preserve">{escape(text(value), quote=False)}</t></is>'
