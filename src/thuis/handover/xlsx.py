"""A workbook as XLSX: headers marked as a table, frozen, repeated in print; two runs give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from thuis.handover.page import ROWS, TEXTS, Page, listed
from thuis.handover.sheet import Book, Cell, Sheet, Style, check_sizes, text
from thuis.language.direction import right_to_left

PRESSED = 2
"""Of nine degrees: four takes half as long again for a tenth, six, which is usual, more than twice."""
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
    frame = io.BytesIO()
    file = xlsxwriter.Workbook(frame, {"in_memory": True, "strings_to_formulas": False})
    file.set_properties(
        {
            "title": book.title,
            "author": book.author,
            "subject": book.subject,
            "created": dt.datetime(*book.day),  # noqa: DTZ001  a workbook knows no time zone
        }
    )
    looks = _Looks(file)
    pages = [_page(file, sheet, looks, number, book) for number, sheet in enumerate(book.sheets, 1)]
    file.close()
    rows = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(pages, 1)}
    return _filled(frame, rows, listed(file.str_table.string_array, file.str_table.count))


def _page(file: xlsxwriter.Workbook, sheet: Sheet, looks: _Looks, number: int, book: Book) -> Page:
    page: Page = file.add_worksheet(sheet.name, worksheet_class=Page)
    if right_to_left(book.language):
        page.right_to_left()
    _write(page, sheet, looks, number)
    return page


def _filled(frame: io.BytesIO, pages: Mapping[str, Page], texts: bytes) -> bytes:
    """A workbook whose sheets are empty, with the rows of each: they pass by, never all there at once."""
    stream = io.BytesIO()
    pressed = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=PRESSED)
    with zipfile.ZipFile(frame) as empty, pressed as full:
        for name in empty.namelist():
            page, held = pages.get(name), texts if name == TEXTS else empty.read(name)
            # Opened by its name, a part is of 1980: two runs give the same bytes.
            with full.open(name, "w", force_zip64=bool(page and page.large)) as part:
                if page is None:
                    part.write(held)
                    continue
                before, mark, after = held.partition(ROWS)
                part.write(before + mark)
                for some in page.rows():
                    part.write(some.encode())
                part.write(after)
    return stream.getvalue()


class _Looks:
    """Formats, made once for each style and number of decimals."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self.file = file
        self.made: dict[tuple[str, int], Any] = {}

    def __call__(self, style: Style, decimals: int) -> Any:
        decimals = max(decimals, 0) if style in ("number", "moderate") else 0
        key = (style, decimals)
        if key not in self.made:
            look = _FONT | _LOOKS[style]
            if style in ("number", "moderate"):
                look["num_format"] = f"0.{'0' * decimals}" if decimals else "0"
            self.made[key] = self.file.add_format(look)
        return self.made[key]


def _write(page: Any, sheet: Sheet, looks: _Looks, number: int) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            if cell is not None and cell.link:
                _link(page, r, c, cell, looks(cell.style, cell.decimals))
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
        page.print_area(0, 0, sheet.height - 1, max(1, sheet.width) - 1)
    if sheet.repeat:
        page.repeat_rows(*sheet.repeat)
    wrapped = [r for r, row in enumerate(sheet.rows) if any(c and c.style in _WRAPPED for c in row)]
    page.hold(sheet, {r: 14.0 * _deepest(sheet, r) for r in wrapped}, looks)


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
    columns = [
        {"header": text(str(cell.value)), "header_format": looks(cell.style, cell.decimals)} for cell in heads
    ]
    # The library keeps a value for each cell of a table, to see whether tables overlap: it gets two rows.
    page.add_table(
        *(grid.head, 0, grid.head + 1, grid.right),
        {
            "columns": columns,
            "autofilter": False,
            "style": None,
            "name": f"Table{number}",
            "first_column": True,
        },
    )
    area = xl_range(grid.head, 0, max(grid.last, grid.head + 1), grid.right)
    page.tables[-1] |= {"range": area, "a_range": area}
    page.freeze_panes(grid.head + 1, sheet.stub)
