"""Conditions and new columns as a person types them: SQL, Polars or Narwhals expressions, or functions."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from polars import selectors as cs

from thuis.errors import ThuisError
from thuis.survey.core.engine.sources import categories
from thuis.survey.core.engine.table import Table
from thuis.survey.core.typed import natural

KINDS = "SQL text, an expression of Polars or Narwhals, or a function of the frame"


def truths(table: Table, conditions: Sequence[Any]) -> tuple[Table, list[str]]:
    """SQL of conditions, and the table with a column for each that is no SQL already.

    :raises ThuisError: a condition that fails, or is no truth.
    """
    texts = [_sql(table, each) for each in conditions if isinstance(each, str)]
    for each in texts:
        _tried(table, each)
    table = _known(table, texts)
    others = [each for each in conditions if not isinstance(each, str)]
    if not others:
        return table, [f"({each})" for each in texts]
    taken = sum(name.startswith("__inside") for name in table.types)
    names = [f"__inside{taken + i}" for i in range(len(others))]
    frame = with_columns(table, dict(zip(names, others, strict=True)))
    for name, each in zip(names, others, strict=True):
        if frame.schema[name] != pl.Boolean:
            raise ThuisError(
                f"the condition {_text(each)} gives {frame.schema[name]}", expected="true or false"
            )
    made = _table(table, frame)
    quote = made.dialect.quote
    return made, [*(f"({each})" for each in texts), *(f"({quote(name)})" for name in names)]


def _known(table: Table, texts: Sequence[str]) -> Table:
    """The rows with nothing in place of NaN in the columns that conditions name.

    An engine holds NaN to be above every number, or false in every comparison: here it is no answer.
    """
    said = " ".join(texts).lower()
    floats = [
        name
        for name, kind in table.types.items()
        if kind.upper() in {"DOUBLE", "FLOAT"} and name.lower() in said
    ]
    if not floats:
        return table
    quote = table.dialect.quote
    asked = ", ".join(
        f"max(CASE WHEN isnan({quote(name)}) THEN 1 ELSE 0 END) AS n{i}" for i, name in enumerate(floats)
    )
    seen = table.query(f"SELECT {asked} FROM {table.dialect.source}").row(0)
    gone = [name for name, one in zip(floats, seen, strict=True) if one]
    return table.recoded({name: table.dialect.value(name, table.types) for name in gone}) if gone else table


def _tried(table: Table, sql: str) -> None:
    try:
        kind = table.query(f"SELECT ({sql}) AS t FROM {table.dialect.source} LIMIT 1").schema["t"]
    except Exception as error:
        raise ThuisError(
            f"the condition {sql!r} cannot be read: {str(error).splitlines()[0]}",
            expected="SQL, such as \"age\" > 64 AND sex = 'f'; a name with signs stands in double quotes",
            available=tuple(table.types),
        ) from error
    if kind not in (pl.Boolean, pl.Null):
        raise ThuisError(f"the condition {sql!r} gives {kind}", expected="true or false")


def with_columns(table: Table, columns: Mapping[str, Any]) -> pl.DataFrame:
    """Every row with new columns; NaN is no answer, and null to an expression.

    :raises ThuisError: what fails, or is no column.
    """
    frame = table.query(f"SELECT * FROM {table.dialect.source}")
    frame = frame.with_columns(cs.float().fill_nan(None))
    for name, each in columns.items():
        try:
            frame = _with(frame, name, each)
        except ThuisError:
            raise
        except Exception as error:
            raise ThuisError(
                f"{_text(each)} cannot be worked out: {str(error).splitlines()[0]}",
                expected=KINDS,
                available=tuple(frame.columns),
            ) from error
    return frame


def _with(frame: pl.DataFrame, name: str, each: Any) -> pl.DataFrame:
    if isinstance(each, str):
        from thuis.survey.core.engine.duckdb import DuckTable

        table = DuckTable(frame)
        return frame.with_columns(
            table.query(f"SELECT ({natural(each)}) AS v FROM {table.dialect.source}")["v"].alias(name)
        )
    if type(each).__module__.startswith("narwhals"):
        # The caller's own, which made the expression.
        stable = ".".join(type(each).__module__.split(".")[:3])
        made = (
            sys.modules[stable if ".stable." in stable else "narwhals"]
            .from_native(frame)
            .with_columns(each.alias(name))
            .to_native()
        )
        assert isinstance(made, pl.DataFrame)
        return made
    value = each(frame) if callable(each) and not isinstance(each, pl.Expr) else each
    if isinstance(value, pl.Expr):
        return frame.with_columns(value.alias(name))
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return frame.with_columns(pl.lit(value).alias(name))
    several = value if isinstance(value, pl.Series) else pl.Series(list(value))
    if len(several) != frame.height:
        raise ThuisError(
            f"{len(several)} values of {name!r} for {frame.height} rows",
            expected="one for every row of the sample, also of those outside a subset",
        )
    return frame.with_columns(several.alias(name))


def _sql(table: Table, text: str) -> str:
    """SQL text that means the same to every engine.

    :raises ThuisError: ``^`` for rows in Spark, which takes it for an exclusive or of bits.
    """
    if table.maps and "^" in re.sub(r"'[^']*'", "", text):
        raise ThuisError(f"{text!r} has ^", expected="power(x, 2) for rows in Spark")
    return natural(text)


def _text(each: Any) -> str:
    return repr(each) if isinstance(each, str) else str(each).splitlines()[0]


def _table(table: Table, frame: pl.DataFrame) -> Table:
    from thuis.survey.core.engine.duckdb import DuckTable

    if not isinstance(table, DuckTable):
        raise ThuisError(
            "only SQL text is a condition for rows in Spark",
            step="write it as text, or add the column to the frame first",
        )
    return DuckTable(frame)


def recomputed(table: Table, columns: Mapping[str, Any]) -> tuple[Table, dict[str, list[str]]]:
    """The same rows with new columns, and in which order the answers of some stand."""
    if table.maps:
        return _computed(table, columns), {}
    frame = with_columns(table, columns)
    return _table(table, frame), categories(frame)


def _computed(table: Table, columns: Mapping[str, Any]) -> Table:
    """New columns of rows that lie elsewhere, which only SQL and numbers can make."""
    other = [name for name, each in columns.items() if not isinstance(each, str | bool | int | float)]
    if other:
        raise ThuisError(
            f"{other[0]!r} is made by {type(columns[other[0]]).__name__}",
            expected="SQL text, or a number, for rows in Spark",
            step="write it as text, or add the column to the frame first",
        )
    for name, each in columns.items():
        try:
            table = table.computed(
                {name: _sql(table, each) if isinstance(each, str) else table.dialect.literal(each)}
            )
        except ThuisError:
            raise
        except Exception as error:
            raise ThuisError(
                f"{_text(each)} cannot be worked out: {str(error).splitlines()[0]}",
                expected="SQL text, or a number, for rows in Spark",
                available=tuple(table.types),
            ) from error
    return table


ROW = "__drawn"
"""The number of a row as the unit that it is."""


def numbered(table: Table) -> Table:
    """The same rows with their numbers, those that they have or else new ones."""
    return (
        table if ROW in table.types else recomputed(table, {ROW: pl.int_range(pl.len(), dtype=pl.Int64)})[0]
    )
