"""Workbooks of spreadsheet programs (.xlsx, .xlsm, .xlsb, .ods, .xls): the values of a sheet, and what cells
hold beside a value.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thuis.errors import Place, Problem, ThuisError
from thuis.tables.cells import Beside, beside

if TYPE_CHECKING:
    from python_calamine import SheetMetadata

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""What a workbook begins with: those of today are archives."""
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its rows from the first on, each from column A on; None is an empty cell."""

    name: str
    rows: Sequence[Sequence[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    beside: Beside = field(default_factory=Beside)

    @property
    def filled(self) -> int:
        """Cells that hold something."""
        return sum(each is not None for row in self.rows for each in row)

    def spread(self) -> Page:
        """The same, where every cell of those that were merged over rows has the value of the first."""
        rows = [list(row) for row in self.rows]
        for (top, left), (bottom, _) in self.merged:
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
        return Page(self.name, rows, self.merged, self.beside)


class Workbook:
    """The sheets of a workbook; each is read when it is asked for.

    :raises ThuisError: when it is none, is locked by a password, or unpacks to more than ``most`` bytes.
    """

    def __init__(self, data: bytes, name: str, most: int) -> None:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        self._name = name
        self._archive = _archive(data, name, most)
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except PasswordError as error:
            step = "open it, take the password off and save it again"
            raise ThuisError("the workbook is locked by a password", Place(name), step=step) from error
        except (CalamineError, OSError) as error:
            raise _none(name) from error

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets in their order, the ones that hold tables: no charts."""
        return tuple(each.name for each in self._sheets())

    @property
    def shown(self) -> tuple[str, ...]:
        """The sheets that are not hidden."""
        from python_calamine import SheetVisibleEnum

        return tuple(each.name for each in self._sheets() if each.visible == SheetVisibleEnum.Visible)

    def _sheets(self) -> list[SheetMetadata]:
        from python_calamine import SheetTypeEnum

        return [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]

    def page(self, sheet: str) -> Page:
        """A sheet by its name.

        :raises ThuisError: when there is no such sheet, or it is damaged.
        """
        from python_calamine import CalamineError

        if sheet not in self.names:
            raise ThuisError(f"there is no sheet {sheet!r}", Place(self._name), available=self.names)
        try:
            found = self._book.get_sheet_by_name(sheet)
            left = [None] * (found.start[1] if found.start else 0)
            # An empty sheet has no rows to go through: older readers break down on it.
            filled = found.iter_rows() if found.start else ()
            rows = [[*left, *(None if each == "" else each for each in row)] for row in filled]
            merged = tuple(found.merged_cell_ranges or ())
        except (CalamineError, OSError) as error:
            step = "open it in a spreadsheet program and save it again, or name another sheet"
            raise ThuisError(f"sheet {sheet!r} is damaged", Place(self._name), step=step) from error
        told = beside(self._archive, sheet) if self._archive else Beside()
        return Page(sheet, _with_errors(rows, told.errors), merged, told)


def _with_errors(rows: list[list[Any]], errors: Mapping[str, str]) -> list[list[Any]]:
    """The rows with the word for a fault where a formula failed."""
    for cell, said in errors.items():
        at = place(cell)
        if at and at[0] < len(rows) and at[1] < len(rows[at[0]]):
            rows[at[0]][at[1]] = said
    return rows


def place(cell: str) -> tuple[int, int] | None:
    """Row and column of a cell, counted from 0; None when it says no place.

    >>> place("A1"), place("AB12"), place("")
    ((0, 0), (11, 27), None)
    """
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def not_worked_out(cell: str, name: str, more: str = "") -> Problem:
    """A formula without a value: the program that wrote the workbook never worked it out."""
    at = place(cell)
    return Problem(
        f"cell {cell} holds a formula that was never worked out{more}",
        Place(name, row=at[0] + 1 if at else None),
        expected="a value",
        step="open the workbook in a spreadsheet program and save it, or write the value",
    )


def _archive(data: bytes, name: str, most: int) -> zipfile.ZipFile | None:
    """The parts of a workbook of today; None for one of before 2007."""
    if not data.startswith(ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _none(name) from error
    if size > most:
        step = "save the sheet as CSV"
        raise ThuisError(
            f"the workbook unpacks to {size:,} bytes", Place(name), f"at most {most:,}", step=step
        )
    return archive


def _none(name: str) -> ThuisError:
    step = "open it in a spreadsheet program and save it again, as .xlsx or CSV"
    return ThuisError("this is no workbook, or a damaged one", Place(name), "CSV, XLSX or ODS", step=step)
