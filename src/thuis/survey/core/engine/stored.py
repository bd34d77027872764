"""Rows as they are stored, in a Parquet file or a frame of Polars: their columns read past an engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from thuis.errors import ThuisError

KINDS: Mapping[Any, str] = {
    pl.Int8: "TINYINT",
    pl.Int16: "SMALLINT",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.UInt8: "UTINYINT",
    pl.UInt16: "USMALLINT",
    pl.UInt32: "UINTEGER",
    pl.UInt64: "UBIGINT",
    pl.Float32: "FLOAT",
    pl.Float64: "DOUBLE",
    pl.String: "VARCHAR",
    pl.Boolean: "BOOLEAN",
}
"""Types of which an engine has the same, by its name for them."""
FLOATS = frozenset({pl.Float32, pl.Float64})
KEYS = frozenset(KINDS) - FLOATS


_DAMAGED = (
    pl.exceptions.ComputeError,
    pl.exceptions.PanicException,
    pa.ArrowException,
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.SerializationException,
    OSError,
)
"""What the libraries raise where the rows of a Parquet file are damaged though its columns can be told."""


@contextmanager
def whole(source: Any) -> Iterator[None]:
    """Rows of a file are read.

    :raises ThuisError: where the file is damaged; what is wrong with rows in memory is raised as it is.
    """
    try:
        yield
    except _DAMAGED as error:
        if not isinstance(source, str | Path):
            raise
        raise ThuisError(
            f"{Path(source).name}: its rows cannot be read: {str(error).splitlines()[0]}",
            expected="a whole Parquet file",
            step="copy the file again from its source",
        ) from error


SMALL = 1 << 18
"""Values of a file that is read at once and whole: looking up columns in it takes longer."""


def small(path: str | Path) -> pl.DataFrame | None:
    """The rows of a Parquet file of few values, all of kinds that an engine has too; None of another."""
    if not Path(path).is_file() or "=" in str(path) or Path(path).stat().st_size > SMALL * 8:
        return None
    try:
        about = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        return None  # the engine says what is wrong with the file
    with whole(path):
        found = pl.read_parquet(path) if about.num_rows * about.num_columns <= SMALL else None
    return None if found is None or kinds(found) is None else found


def names(source: Any) -> list[str]:
    """The columns of a source as it calls them: an engine may not tell ``nh`` from ``Nh``."""
    if isinstance(source, str | Path):
        paths = Path(source)
        return list(pl.read_parquet_schema(paths)) if paths.is_file() else []
    found: Any = getattr(source, "column_names", None)
    return [str(each) for each in (source.columns if found is None else found)]


def kinds(source: Any) -> dict[str, str] | None:
    """The columns and their types by the names of the engine; None where only the engine knows them."""
    if isinstance(source, pl.DataFrame):
        schema = source.schema
    elif isinstance(source, str | Path) and Path(source).is_file() and "=" not in str(source):
        try:
            schema = pl.Schema(pl.read_parquet_schema(source))
        except (pl.exceptions.PolarsError, OSError):
            return None  # the engine says what is wrong with the file
    else:
        return None
    if len({name.lower() for name in schema}) < len(schema) or not schema:
        return None
    found = {name: KINDS.get(kind) for name, kind in schema.items()}
    return {name: kind for name, kind in found.items() if kind} if all(found.values()) else None


def plain(source: Any, columns: Mapping[str, str], numbers: Collection[str]) -> pl.LazyFrame | None:
    """Columns by new names.

    :param numbers: the new names of those that become floats; others are keys already.
    :returns: None where the columns hold something else.
    """
    if isinstance(source, str | Path) and Path(source).is_file():
        schema, lazy = pl.read_parquet_schema(source), pl.scan_parquet(source)
    elif isinstance(source, pl.DataFrame):
        schema, lazy = source.schema, source.lazy()
    else:
        return None
    for name, column in columns.items():
        kind = schema[column]
        fits = kind.is_numeric() and kind in KINDS if name in numbers else kind in KEYS
        if not fits:
            return None
    wanted = [
        pl.col(c).cast(pl.Float64).alias(n) if n in numbers else pl.col(c).alias(n)
        for n, c in columns.items()
    ]
    return lazy.select(wanted)


def pieces(source: Any, lazy: pl.LazyFrame, rows: int, size: int) -> Iterator[pa.RecordBatch]:
    """Some rows of a source at a time, of so many."""
    with whole(source):
        parts = (
            iter([lazy.collect(engine="in-memory")])
            if size <= rows
            else lazy.collect_batches(chunk_size=rows)
        )
        for part in parts:
            yield from one(part.to_arrow().to_batches())


def one(batches: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches as one; none when they have no rows."""
    if len(batches) == 1:
        yield from (batch for batch in batches if len(batch))
    elif batches:
        yield from pa.Table.from_batches(batches).combine_chunks().to_batches()


def frame_of(rows: Any) -> pl.DataFrame:
    """Rows of Arrow as a frame."""
    found = pl.from_arrow(rows)
    assert isinstance(found, pl.DataFrame)
    return found
