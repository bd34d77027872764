"""The sheets of a workbook as XML: rows that are made alike are written column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import repeat
from typing import Any

from xlsxwriter.worksheet import Worksheet

from thuis.handover.sheet import Block, Column, Sheet, Style, column_letters, text

ROWS = b"<sheetData>"
"""What the rows of a sheet stand behind."""
TEXTS = "xl/sharedStrings.xml"
"""The part that holds the texts of a workbook."""
_LISTED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HERE = "\0"
"""Stands for the number of a row: no text of a cell holds it."""


class Page(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet whose rows are written after it, when all else is. ``look`` gives the format of a cell."""

    given: Sheet
    places: dict[str, int]
    heights: dict[int, float] = {}  # noqa: RUF012  replaced as a whole, never changed
    look: Callable[[Style, int], Any]

    def hold(self, sheet: Sheet, heights: dict[int, float], look: Callable[[Style, int], Any]) -> None:
        """Take the sheet; its rows are written when the file is closed."""
        self.given, self.heights, self.look, self.places = sheet, heights, look, {}
        for row in sheet.rows:
            self._texts(cell.value for cell in row if cell is not None)
        for block in sheet.blocks:
            for each in block.columns if block.size else ():
                if isinstance(each.values, str):
                    self._text(each.values, block.size)
                elif each.values is not None and str in set(map(type, each.values)):
                    self._texts(each.values)
        self.dim_rowmin, self.dim_rowmax = 0, max(0, sheet.height - 1)
        self.dim_colmin, self.dim_colmax = 0, max(1, sheet.width) - 1

    def _texts(self, values: Iterable[str | float | None]) -> None:
        """Give each text its place in the list of texts of the workbook, where it stands once."""
        for value, times in Counter(values).items():
            if isinstance(value, str):
                self._text(value, times)

    def _text(self, value: str, times: int) -> None:
        self.places[value] = self.str_table._get_shared_string_index(text(value))
        self.str_table.count += times - 1

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
                self._cell(f"{letter}{number}", cell.value, self._style(cell.style, cell.decimals))
                for letter, cell in zip(letters, row, strict=False)
                if cell is not None and cell.value is not None
            )
            yield f'<row r="{number}"{told}>{cells}</row>'

    def _block(self, block: Block, before: int, letters: list[str]) -> Iterator[str]:
        """Rows that are made alike: what all of them hold is made once, and each text of a column too."""
        if not block.size:
            return
        sides: list[Iterable[str]] = []
        for letter, column in zip(letters, block.columns, strict=False):
            if column.values is None:
                continue
            style = self._style(column.style, column.decimals)
            at = f"{letter}{_HERE}"
            if isinstance(column.values, str):
                sides.append(repeat(self._cell(at, column.values, style), block.size))
            else:
                sides.append(self._side(at, column.values, style))
        for number, cells in enumerate(map("".join, zip(*sides, strict=True)), before + 1):
            yield f'<row r="{_HERE}">{cells}</row>'.replace(_HERE, str(number))

    def _side(self, at: str, values: Sequence[str | float | None], style: int) -> list[str]:
        """The cells of one column."""
        kinds = set(map(type, values)) - {type(None)}
        if str in kinds:
            known = {each: self._cell(at, each, style) for each in set(values) if each is not None}
            return [known[each] if each is not None else "" for each in values]
        front = f'<c r="{at}" s="{style}"><v>'
        return [f"{front}{each!r}</v></c>" if each is not None else "" for each in values]

    def _cell(self, at: str, value: str | float, style: int) -> str:
        """A number, or a text that can be nothing else: a text of the list is never read as a formula."""
        if isinstance(value, str):
            return f'<c r="{at}" s="{style}" t="s"><v>{self.places[value]}</v></c>'
        return f'<c r="{at}" s="{style}"><v>{value!r}</v></c>'


def _begun(block: Block) -> Iterator[tuple[int, int, Column]]:
    """Where each column of a block has its first value: row, place of the column, and the column."""
    for at, column in enumerate(block.columns):
        values = [None] if column.values is None else column.values
        first = next((row for row, value in enumerate(values) if value is not None), None)
        if first is not None and block.size:
            yield first, at, column


def listed(texts: Sequence[str], count: int) -> bytes:
    """The list of texts of a workbook, each once and as it is: what looks like markup is none.

    :param count: how many cells hold one of them.

    >>> listed(["<r>a</r>", " b"], 3).decode().partition('uniqueCount="2"')[2]
    '><si><t>&lt;r&gt;a&lt;/r&gt;</t></si><si><t xml:space="preserve"> b</t></si></sst>'
    """
    space = {True: ' xml:space="preserve"', False: ""}
    items = (f"<si><t{space[each != each.strip()]}>{escape(each, quote=False)}</t></si>" for each in texts)
    counts = f'count="{count}" uniqueCount="{len(texts)}"'
    return f'{_LISTED}<sst xmlns="{_MAIN}" {counts}>{"".join(items)}</sst>'.encode()
