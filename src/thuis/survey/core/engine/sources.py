"""What people hand over as rows: which of it an engine reads, and in which order its categories stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core.engine.duckdb import DuckTable
from thuis.survey.core.engine.table import Table

READ = ("polars", "pandas", "pyarrow", "duckdb", "pyspark")
EXPECTED = (
    "a frame of Polars, pandas, Arrow or PySpark, a DuckDB relation, columns as a dict, rows as dicts, "
    "or the path of a Parquet file"
)
PATTERN = frozenset("*?[")
REMOTE = "://"


def table_of(source: Any) -> Table:
    """The engine for a frame: Spark for a PySpark DataFrame, DuckDB for all else; a table is its own."""
    if type(source).__module__.startswith("pyspark."):
        from thuis.survey.core.engine.spark import SparkTable

        return SparkTable(source)
    return source if isinstance(source, DuckTable) else DuckTable(readable(source))


def readable(source: Any) -> Any:
    """The same rows as an engine reads them.

    :raises ThuisError: what is no rows, has two columns of one name, or is a file that is not there.

    >>> readable({"y": [1, 2]}).shape, readable([{"y": 1}, {"y": 2}]).shape
    ((2, 1), (2, 1))
    """
    if isinstance(source, str | Path):
        return _path(source)
    if (plain := _plain(source)) is not None:
        return _made(plain)
    kind, package = type(source), type(source).__module__.partition(".")[0].lstrip("_")
    if package == "narwhals":
        return readable(source.to_native())
    if isinstance(source, pl.DataFrame | pl.LazyFrame):
        return _readable(source)
    if package in READ and (hasattr(kind, "columns") or hasattr(kind, "column_names")):
        return _pandas(source) if package == "pandas" else source
    if hasattr(source, "__arrow_c_stream__") and not isinstance(source, pl.Series):
        return _made(source)
    raise ThuisError(f"a {kind.__name__} is no rows", expected=EXPECTED)


WIDE = (pl.Int128, pl.UInt128)
"""Numbers that Arrow does not have."""


def _readable(frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame | pl.LazyFrame:
    """The same with wide numbers in a type that Arrow has too, where they are no wider than that."""
    schema = frame.collect_schema()
    objects = [name for name, kind in schema.items() if kind == pl.Object]
    if objects:
        raise ThuisError(
            f"column {objects[0]!r} of the frame holds objects of Python",
            expected="numbers, words, dates or truths",
            step=f"frame.drop({objects[0]!r}), or make a column of its values",
        )
    wide = [name for name, kind in schema.items() if kind in WIDE]
    try:
        return frame.lazy().with_columns(pl.col(wide).cast(pl.Int64)).collect() if wide else frame
    except pl.exceptions.InvalidOperationError as error:
        raise ThuisError(f"{', '.join(wide)} hold numbers beyond 64 bits", step="make them text") from error


def _plain(source: Any) -> dict[str, Any] | list[Any] | None:
    """Columns, or rows, in structures of Python or numpy."""
    if isinstance(source, Mapping):
        return {str(name): each for name, each in source.items()}
    if isinstance(source, np.ndarray) and source.dtype.names:
        return {name: source[name] for name in source.dtype.names}
    rows = isinstance(source, Sequence) and source and all(isinstance(each, Mapping) for each in source)
    return list(source) if rows else None


def _made(source: Any) -> pl.DataFrame:
    try:
        return pl.DataFrame(source)
    except Exception as error:
        raise ThuisError(
            f"the {type(source).__name__} is no rows: {str(error).splitlines()[0]}",
            expected="columns of one length, each with one kind of answers",
        ) from error


def _path(source: str | Path) -> str | Path:
    path = Path(source)
    if REMOTE in str(source) or path.exists() or PATTERN & set(str(source)):
        return source
    raise ThuisError(
        f"no file {str(source)!r}",
        expected=EXPECTED,
        step="for CSV, SPSS and Stata ask Sample.from_file()",
    )


def _pandas(frame: Any) -> Any:
    names = list(map(str, frame.columns))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ThuisError(
            f"two columns of the frame are named {twice[0]!r}",
            step="frame.loc[:, ~frame.columns.duplicated()] keeps the first of each",
        )
    if getattr(frame.columns, "nlevels", 1) > 1:
        raise ThuisError(
            f"the columns of the frame have {frame.columns.nlevels} levels of names",
            expected="one name each",
            step='frame.columns = ["_".join(each) for each in frame.columns]',
        )
    return frame


def categories(source: Any) -> dict[str, list[str]]:
    """Columns of words that say in which order their answers stand.

    Enum of Polars, also in Arrow and Parquet that Polars wrote, and of DuckDB; categories of pandas.

    >>> categories(pl.DataFrame({"g": ["b", "a"]}, schema={"g": pl.Enum(["b", "a"])}))
    {'g': ['b', 'a']}
    """
    return {name: order for name, order in _ordered(source) if all(isinstance(each, str) for each in order)}


def _ordered(source: Any) -> Iterator[tuple[str, list[Any]]]:
    package = type(source).__module__.partition(".")[0].lstrip("_")
    if package == "pandas":
        for name, kind in source.dtypes.items():
            if hasattr(kind, "categories"):
                yield str(name), list(kind.categories)
    elif package == "duckdb":
        for name, each in zip(source.columns, source.types, strict=True):
            if each.id == "enum":
                yield name, list(each.children[0][1])
    else:
        for name, own in _schema(source, package).items():
            if isinstance(own, pl.Enum):
                yield name, own.categories.to_list()


def _schema(source: Any, package: str) -> Mapping[str, pl.DataType]:
    if isinstance(source, pl.DataFrame | pl.LazyFrame):
        return source.collect_schema()
    if package == "pyarrow" and hasattr(source, "schema"):
        empty = pl.from_arrow(source.schema.empty_table())
        return empty.schema if isinstance(empty, pl.DataFrame) else {}
    if isinstance(source, str | Path) and Path(source).is_file():
        return pl.read_parquet_schema(source)
    return {}
