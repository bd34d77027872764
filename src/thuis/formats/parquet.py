"""Parquet files: the chosen columns; whole numbers stay whole, and nested columns are refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.formats.raw import Column, Raw, number_or_text

_FAULTS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
"""What Polars raises on a damaged file; a panic is no ``Exception``, and would end the command."""


def columns_of(path: Path) -> dict[str, Column]:
    """The columns by name; Parquet has no labels."""
    return {name: Column(name) for name in _schema(path)}


def read(path: Path, wanted: Sequence[str], most: int | None = None) -> Raw:
    """The wanted columns, which must be there.

    :raises ThuisError: when the file is damaged, or a column holds lists or records.
    """
    schema = _schema(path)
    raise_all(
        [
            Problem(
                f"column {name!r} holds {'records' if schema[name] == pl.Struct else 'lists'}",
                Place(path.name, key=name),
                expected="one number or text per row",
                step="write each part to a column of its own",
            )
            for name in wanted
            if schema[name].is_nested()
        ]
    )
    try:
        frame = pl.read_parquet(path, columns=list(wanted), n_rows=most)
    except _FAULTS as error:
        raise ThuisError(_damaged(path)) from error
    series = [number_or_text(_text(frame[name], path)).alias(name) for name in wanted]
    return Raw(pl.DataFrame(series), {name: Column(name) for name in schema}, height=frame.height)


def _text(series: pl.Series, path: Path) -> pl.Series:
    if series.dtype != pl.Binary:
        return series
    try:
        return series.cast(pl.String)
    except pl.exceptions.ComputeError as error:
        where = Place(path.name, key=series.name)
        step = "write it as text or as a number"
        what = f"column {series.name!r} holds bytes, and is no text"
        raise ThuisError(what, where, expected="one number or text per row", step=step) from error


def _schema(path: Path) -> dict[str, pl.DataType]:
    try:
        return dict(pl.read_parquet_schema(path))
    except _FAULTS as error:
        raise ThuisError(_damaged(path)) from error


def _damaged(path: Path) -> Problem:
    return Problem(
        "the file cannot be read: it is damaged, or no Parquet file",
        Place(path.name),
        expected="a whole Parquet file",
        step="copy the file again from its source",
    )
