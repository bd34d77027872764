"""One door to every survey file: which columns there are, and the chosen ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from thuis.errors import Place, Problem, ThuisError, unknown
from thuis.project.model import Csv
from thuis.read import stat, text
from thuis.read.raw import Column, Raw, number_or_text

KINDS = (".sav", ".zsav", ".por", ".dta", ".csv", ".parquet")
_FAULTS = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
"""What Polars raises on a damaged file; a panic is no ``Exception``, and would end the command."""
UTF8 = Csv.model_construct(encoding="utf-8", delimiter=",", decimal=".")


def columns_of(path: Path, options: Csv = UTF8) -> dict[str, Column]:
    """The columns of a survey file by name, in the order of the file.

    :raises ThuisError: when the file is missing, damaged, or of a kind thuis does not read.
    """
    match _kind(path):
        case ".csv":
            return text.columns_of(path, options.encoding, options.delimiter)
        case ".parquet":
            return {name: Column(name) for name in _schema(path)}
        case _:
            return stat.columns_of(path)


def read(path: Path, wanted: Sequence[str], options: Csv = UTF8) -> Raw:
    """The wanted columns of a survey file; every one must exist.

    :raises ThuisError: as :func:`columns_of`, and for rows that cannot be read.
    """
    wanted = list(dict.fromkeys(wanted))
    match _kind(path):
        case ".csv":
            return text.read(path, wanted, options.encoding, options.delimiter)
        case ".parquet":
            schema = _schema(path)
            frame = _parquet(path, wanted)
            return Raw(
                frame.select(number_or_text(frame[name]).alias(name) for name in wanted),
                {name: Column(name) for name in schema},
            )
        case _:
            return stat.read(path, wanted)


def _kind(path: Path) -> str:
    readable(path)
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise ThuisError(unknown("file type", kind or path.name, KINDS, Place(path.name)))
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
            Problem(
                f"no file {path.name!r} in {folder.name or folder}",
                available=tuple(there),
                step="correct its name, or put the file there",
            )
        )
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        step = "name a file" if path.is_dir() else "give yourself the right to read it"
        why = (error.strerror or str(error)).lower()
        raise ThuisError(Problem(f"cannot be read: {why}", Place(path.name), step=step)) from error
    if empty:
        raise ThuisError(Problem("the file is empty", Place(path.name), step="export the data again"))


def _parquet(path: Path, wanted: list[str]) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, columns=wanted)
    except (*_FAULTS, OSError) as error:
        raise ThuisError(_damaged(path, error)) from error


def _schema(path: Path) -> list[str]:
    try:
        return list(pl.read_parquet_schema(path))
    except (*_FAULTS, OSError) as error:
        raise ThuisError(_damaged(path, error)) from error


def _damaged(path: Path, error: BaseException) -> Problem:
    return Problem(
        f"the file cannot be read: {(str(error).splitlines() or ['it is damaged'])[0]}",
        Place(path.name),
        expected="a whole Parquet file",
        step="copy the file again from its source",
    )
