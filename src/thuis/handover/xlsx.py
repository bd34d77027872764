"""A workbook as XLSX: headers marked as a table, frozen, repeated in print; two runs give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Callable
from functools import cache, lru_cache, partial
from html import escape
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thuis.handover.sheet import Book, Cell, Row, Sheet, check_sizes, column_letters, text
from thuis.language.direction import right_to_left

_WRAPPED = ("head", "group", "words")
_FONT = {"font_name": "Arial", "font_size": 10}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "text": {"valign": "top"},
    "strong": {"bold": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bottom": 1},
    "group": {"bold": True, "align": "center", "valign": "bottom", "text_wrap": True},
    "stub": {"valign": "top"},
    "whole": {"num_format": "#,##0", "align": "right"},
    "number": {"align": "right"},
    "moderate": {"align": "right", "italic": True},
    "withheld": {"align": "right", "font_color": "#595959"},
    "words": {"align": "right", "valign": "top", "text_wrap": True},
    "link": {"font_color": "#0B5394", "underline": 1},
}


def xlsx(book: Book) -> bytes:
    """The book as bytes of an XLSX file. Two runs give the same bytes.

    :raises ThuisError: when a sheet is larger than XLSX allows.

    >>> made = xlsx(Book("t", "", "", "en", (2026, 1, 1), (Sheet("a", ((Cell("=1+1"),),), ()),)))
    >>> import openpyxl
    >>> openpyxl.load_workbook(io.BytesIO(made))["a"]["A1"].data_type
    's'
    """
    check_sizes(book)
    stream = io.BytesIO()
    file = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    file.set_properties(
        {
            "title": book.title,
            "author": book.author,
            "subject": book.subject,
            "created": dt.datetime(*book.day),  # noqa: DTZ001  a workbook knows no time zone
        }
    )
    looks = _Looks(file)
    for number, sheet in enumerate(book.sheets, 1):
        page = file.add_worksheet(sheet.name, worksheet_class=Page)
        if right_to_left(book.language):
            page.right_to_left()
        _write(page, sheet, looks, number)
    file.close()
    return stream.getvalue()


class _Looks:
    """Formats, made once for each style and number of decimals."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self.file = file
        self.made: dict[tuple[str, int], Any] = {}

    def __call__(self, cell: Cell) -> Any:
        decimals = max(cell.decimals, 0) if cell.style in ("number", "moderate") else 0
        key = (cell.style, decimals)
        if key not in self.made:
            look = _FONT | _LOOKS[cell.style]
            if cell.style in ("number", "moderate"):
                look["num_format"] = f"0.{'0' * decimals}" if decimals else "0"
            self.made[key] = self.file.add_format(look)
        return self.made[key]


def _write(page: Any, sheet: Sheet, looks: _Looks, number: int) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            if cell is not None and cell.link:
                _link(page, r, c, cell, looks(cell))
    if sheet.grid:
        _grid(page, sheet, looks, number)
    page.set_landscape() if sheet.wide else page.set_portrait()
    page.set_paper(9)
    if sheet.breaks:
        page.set_v_pagebreaks(sheet.breaks)
        page.repeat_columns(0, sheet.stub - 1)
        page.set_print_scale(60)
    else:
        page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    if sheet.rows:
        page.print_area(0, 0, len(sheet.rows) - 1, max(1, *map(len, sheet.rows)) - 1)
    if sheet.repeat:
        page.repeat_rows(*sheet.repeat)
    wrapped = [r for r, row in enumerate(sheet.rows) if any(c and c.style in _WRAPPED for c in row)]
    page.hold(sheet.rows, {r: 14.0 * _deepest(sheet, r) for r in wrapped}, looks)


def _deepest(sheet: Sheet, r: int) -> int:
    """How many lines the wrapped cells of a row need."""
    cells = zip(sheet.rows[r], sheet.widths, strict=False)
    wrapped = ((str(c.value), width) for c, width in cells if c and c.style in _WRAPPED)
    return max(_lines(said, width) for said, width in wrapped)


@cache
def _lines(said: str, width: float) -> int:
    return len(textwrap.wrap(said, max(4, int(width)))) or 1


def _link(page: Any, r: int, c: int, cell: Cell, look: Any) -> None:
    quoted = cell.link.replace("'", "''")
    address = cell.link if "://" in cell.link else f"internal:'{quoted}'!A1"
    page.write_url(r, c, address, look, string=text(str(cell.value)))


def _grid(page: Any, sheet: Sheet, looks: _Looks, number: int) -> None:
    """Mark the header cells: a table tells a screen reader which header a number stands under."""
    grid = sheet.grid
    assert grid is not None
    heads = [cell or Cell("") for cell in sheet.rows[grid.head][: grid.right + 1]]
    columns = [{"header": text(str(cell.value)), "header_format": looks(cell)} for cell in heads]
    add = partial(page.add_table, grid.head, 0, max(grid.last, grid.head + 1), grid.right)
    add(
        {
            "columns": columns,
            "autofilter": False,
            "style": None,
            "name": f"Table{number}",
            "first_column": True,
        }
    )
    page.freeze_panes(grid.head + 1, sheet.stub)


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
