"""One door to every survey file: which columns there are, and the chosen ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from thuis.apart import apart
from thuis.errors import Place, ThuisError, unknown
from thuis.files import ordinary, special
from thuis.formats import parquet, stat, text, workbook
from thuis.formats.raw import AnswerSet, Column, Raw, Written

TEXT = (".csv", ".tsv", ".tab", ".txt", ".dat")
"""Rows of text with a mark between the fields."""
KINDS = (".sav", ".zsav", ".por", ".dta", ".xpt", ".sas7bdat", *TEXT, ".parquet", *workbook.BOOKS)
_TABS = (".tsv", ".tab")
USUAL = Written()
_PACKED = (".gz", ".zip", ".7z", ".xz", ".bz2", ".zst")
_OTHERS = (".numbers", ".rds", ".rdata", ".json", ".xml", ".html")


_LIMITS = {
    65_535: "a sheet of an old workbook",
    65_536: "a sheet of an old workbook",
    1_048_575: "a sheet of a workbook",
    1_048_576: "a sheet of a workbook",
}


def columns_of(path: Path, how: Written = USUAL) -> dict[str, Column]:
    """The columns of a survey file by name, in the order of the file.

    :raises ThuisError: when the file is missing, damaged, or of a kind thuis does not read.
    """
    match _kind(path):
        case kind if kind in TEXT:
            return text.columns_of(path, how.encoding or "utf-8", _mark(kind, how))
        case ".parquet":
            return apart(parquet.columns_of, path, file=path.name, seconds=300, memory=0)
        case kind if kind in workbook.BOOKS:
            return apart(workbook.columns_of, path, how.sheet, file=path.name, seconds=300)
        case _:
            stamp = path.stat()
            return dict(_described(path, (stamp.st_mtime_ns, stamp.st_size), how.encoding))


@lru_cache(maxsize=4)
def _described(path: Path, _stamp: tuple[int, int], encoding: str | None) -> Mapping[str, Column]:
    """What an SPSS, Stata or SAS file says of its columns; asked for again, it is not read again."""
    return apart(stat.columns_of, path, encoding, file=path.name, seconds=300)


def sets_of(path: Path, how: Written = USUAL) -> tuple[AnswerSet, ...]:
    """The questions with several answers that a file declares: SPSS alone can.

    :raises ThuisError: as :func:`columns_of`.
    """
    if _kind(path) not in (".sav", ".zsav"):
        return ()
    return apart(stat.sets_of, path, how.encoding, file=path.name, seconds=300)


def headed(path: Path, how: Written = USUAL) -> tuple[str, int | None]:
    """What a file is called within, and the year in which it was saved: SPSS and Stata files say so.

    :raises ThuisError: as :func:`columns_of`.
    """
    if _kind(path) not in (".sav", ".zsav", ".dta"):
        return "", None
    return apart(stat.headed, path, how.encoding, file=path.name, seconds=300)


def sheet_of(path: Path, sheet: str | None = None) -> str | None:
    """The sheet of a workbook that holds the respondents, when it has several; None for any other file.

    :raises ThuisError: as :func:`columns_of`, and when it is not told which is meant.
    """
    if sheet or _kind(path) not in workbook.BOOKS:
        return sheet
    return apart(workbook.sheet_of, path, file=path.name, seconds=300)


def read(path: Path, wanted: Sequence[str], how: Written = USUAL, most: int | None = None) -> Raw:
    """The wanted columns of a survey file; every one must exist.

    :param most: stop after about so many rows, for a first look.
    :raises ThuisError: as :func:`columns_of`, and for rows that cannot be read.
    """
    raw = _read(path, list(dict.fromkeys(wanted)), how, most)
    cut = None if most else cut_off(raw.frame.height)
    return replace(raw, notes=(*raw.notes, cut)) if cut else raw


def cut_off(height: int) -> str | None:
    """A remark when a table is as long as what it was kept in: the rest may be lost.

    >>> cut_off(65_535)
    '65,535 rows are as many as a sheet of an old workbook holds: was the rest cut off?'
    """
    kept = _LIMITS.get(height)
    return f"{height:,} rows are as many as {kept} holds: was the rest cut off?" if kept else None


def _read(path: Path, wanted: Sequence[str], how: Written, most: int | None) -> Raw:
    match _kind(path):
        case kind if kind in TEXT:
            return text.read(path, wanted, how.encoding or "utf-8", _mark(kind, how), most)
        case ".parquet":
            return apart(parquet.read, path, wanted, most, file=path.name, seconds=600, memory=0)
        case kind if kind in workbook.BOOKS:
            return apart(workbook.read, path, wanted, how.sheet, most, file=path.name, seconds=600)
        case _:
            # These libraries may end the process they run in on a damaged file: ReadStat, and Polars too.
            # What is said of the columns is here already when they were looked at.
            raw = apart(stat.rows, path, wanted, how.encoding, most, file=path.name, seconds=600)
            return replace(raw, columns=columns_of(path, how))


def _mark(kind: str, how: Written) -> str:
    """The mark between fields: a tab where the name of a file says so and nobody says otherwise."""
    return "\t" if kind in _TABS and how.delimiter == USUAL.delimiter else how.delimiter


def _kind(path: Path) -> str:
    readable(path)
    kind = path.suffix.lower()
    if kind not in KINDS:
        step = "unpack the file" if kind in _PACKED else "save it as CSV" if kind in _OTHERS else None
        raise ThuisError(unknown("file type", kind or path.name, KINDS, Place(path.name), step))
    return kind


def readable(path: Path) -> None:
    """One look before a library gives the file a message of its own.

    :raises ThuisError: when there is no such file, it is empty, a folder, or not ours to read.
    """
    if not path.exists():
        folder = path.parent
        there = (
            sorted(each.name for each in folder.glob("*.*") if each.suffix.lower() in KINDS)
            if folder.is_dir()
            else []
        )
        raise ThuisError(
            f"no file {path.name!r} in {folder.name or folder}",
            available=tuple(there),
            step="correct its name, or put the file there",
        )
    if not ordinary(path):
        raise ThuisError(special(path.name))
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        step = "name a file" if path.is_dir() else "give yourself the right to read it"
        why = (error.strerror or str(error)).lower()
        raise ThuisError(f"cannot be read: {why}", Place(path.name), step=step) from error
    if empty:
        raise ThuisError("the file is empty", Place(path.name), step="export the data again")
