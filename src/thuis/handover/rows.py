"""The rows of a sheet as XlsxWriter's own XML, a line at a time.

The library writes everything else of the file. Cell by cell through its interface, the workbooks of a monitor
took a quarter of the time of its build; rows written at once take a twentieth of that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from xlsxwriter.worksheet import Worksheet

from thuis.handover.sheet import Cell, Row, column_letters, text


class Page(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet that is given whole rows. ``look`` gives the format of a cell."""

    given: tuple[Row, ...] = ()
    heights: dict[int, float] = {}  # noqa: RUF012  replaced as a whole, never changed
    look: Callable[[Cell], Any]

    def hold(self, rows: tuple[Row, ...], heights: dict[int, float], look: Callable[[Cell], Any]) -> None:
        """Take the rows; they are written when the file is closed."""
        self.given, self.heights, self.look = rows, heights, look
        self.dim_rowmin, self.dim_rowmax = 0, max(0, len(rows) - 1)
        self.dim_colmin, self.dim_colmax = 0, max(1, *map(len, rows)) - 1 if rows else 0

    def _write_sheet_data(self) -> None:
        columns = [column_letters(at) for at in range(max(map(len, self.given), default=0))]
        styles: dict[tuple[str, int], int] = {}

        def style(cell: Cell) -> int:
            key = (cell.style, cell.decimals)
            if key not in styles:
                styles[key] = self.look(cell)._get_xf_index()
            return styles[key]

        self.fh.write("<sheetData>")
        for number, row in enumerate(self.given, 1):
            height = self.heights.get(number - 1)
            told = f' ht="{height:g}" customHeight="1"' if height else ""
            cells = "".join(
                _cell(f"{column}{number}", cell, style(cell))
                for column, cell in zip(columns, row, strict=False)
                if cell is not None and cell.value is not None
            )
            self.fh.write(f'<row r="{number}"{told}>{cells}</row>')
        self.fh.write("</sheetData>")


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
