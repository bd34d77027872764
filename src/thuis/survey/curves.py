"""The weight at every value of a column per cell, and which answers lie below a point of their cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from thuis.errors import raise_all
from thuis.survey.core.engine.sources import table_of
from thuis.survey.core.engine.stored import KEYS
from thuis.survey.core.facts import Facts, misfit
from thuis.survey.core.measures import Mean
from thuis.survey.core.ordering import in_order
from thuis.survey.core.spread import cell_of
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Ints


def read(
    sample: Surveyed, columns: tuple[str, ...], by: tuple[str, ...], *, each: bool
) -> tuple[Surveyed, list[pl.DataFrame], pl.DataFrame]:
    """The sample with its rows at hand if they can be, the curve of every column (``by``, ``v``, ``w``), and
    the cells of the grouping in the order of a table, those without an answer too.

    :param each: the weight of each row, those with equal values in the order of the file.
    :raises ThuisError: infinite answers.
    """
    measures = [Mean(column, f"quantile({column})") for column in columns]
    if sample.domain is None:
        # Several looks at a few columns: they are read once.
        names = list(dict.fromkeys([*columns, *by, *sample.design_columns]))
        sample = replace(sample, table=sample.table.near(names), _facts=Facts())
    near = _near(sample, columns, by)
    if near is None:
        sample.terms(measures)
        return sample, [_queried(sample, column, by, each=each) for column in columns], _cells(sample, by)
    infinite = [
        misfit(one, infinite=bool(near[one.column].is_infinite().any()), other=0)
        for one in measures
        if near.schema[one.column].is_float()
    ]
    raise_all([problem for problem in infinite if problem])
    curves = [_summed(near, column, sample.weight, by, each=each) for column in columns]
    cells = pl.DataFrame(height=1)
    if by:
        cells = in_order(curves[0].select(by).unique().drop_nulls(), by, sample.orders)
    return sample, [one.filter(pl.col("v").is_not_null(), pl.col("w") > 0) for one in curves], cells


def _near(sample: Surveyed, columns: Sequence[str], by: tuple[str, ...]) -> pl.DataFrame | None:
    """Columns and design of rows in memory, when all of them count."""
    names = list(dict.fromkeys([*columns, *by, *sample.design_columns]))
    near = sample.table.at_hand(names) if sample.domain is None else None
    fits = near is not None and all(near.schema[each] in KEYS for each in by)
    return near if fits else None


def _summed(rows: pl.DataFrame, column: str, weight: str, by: tuple[str, ...], *, each: bool) -> pl.DataFrame:
    w, v = pl.col(weight).cast(pl.Float64), pl.col(column).cast(pl.Float64).fill_nan(None)
    found = rows.lazy().select(*(pl.col(name) for name in by), v.alias("v"), w.alias("w"))
    if not each:
        found = found.group_by([*by, "v"]).agg(pl.col("w").sum())
    return found.sort([*by, "v"], maintain_order=True).collect(engine="streaming")


def _cells(sample: Surveyed, by: tuple[str, ...]) -> pl.DataFrame:
    """The cells of a grouping in the order of a table, those without an answer too."""
    if not by:
        return pl.DataFrame(height=1)
    keys = [sample.table.dialect.value(name, sample.table.types) for name in by]
    known = [f"({sql}) IS NOT NULL" for sql in keys] + ([sample.domain] if sample.domain else [])
    names = ", ".join(f"{sql} AS g{i}" for i, sql in enumerate(keys))
    found = sample.table.query(
        f"SELECT DISTINCT {names} FROM {sample.table.dialect.source} WHERE {' AND '.join(known)}"
    )
    return in_order(found.rename({f"g{i}": name for i, name in enumerate(by)}), by, sample.orders)


def _queried(sample: Surveyed, column: str, by: tuple[str, ...], *, each: bool) -> pl.DataFrame:
    table, dialect = sample.table, sample.table.dialect
    value = f"CAST({dialect.value(column, table.types)} AS DOUBLE)"
    weight = f"CAST({dialect.value(sample.weight, table.types)} AS DOUBLE)"
    keys = [dialect.value(name, table.types) for name in by]
    names = [f"{sql} AS g{i}" for i, sql in enumerate(keys)]
    known = [f"({sql}) IS NOT NULL" for sql in (value, *keys)] + [f"{weight} > 0"]
    known += [sample.domain] if sample.domain else []
    groups = ", ".join([*(f"g{i}" for i in range(len(by))), "v"])
    total, grouped = ("w", "") if each else ("sum(w) AS w", f" GROUP BY {groups}")
    found = table.query(
        f"SELECT {groups}, {total} FROM (SELECT {', '.join([*names, f'{value} AS v', f'{weight} AS w'])} "
        f"FROM {dialect.source} WHERE {' AND '.join(known)}) AS r{grouped}"
    )
    return found.rename({f"g{i}": name for i, name in enumerate(by)}).sort([*by, "v"], maintain_order=True)


def below(sample: Surveyed, columns: Sequence[str], points: pl.DataFrame, by: tuple[str, ...]) -> Surveyed:
    """The same sample with ``below{j}``: whether an answer to column j is at most ``q{j}`` of its cell.

    :param points: the cells with their points.
    """
    near = _near(sample, columns, by)
    if near is None:
        return _joined(sample, columns, points, by)
    cell = cell_of(near.select(by), points.select(by), near.height) if by else None
    marks = []
    for j, column in enumerate(columns):
        own = points[f"q{j}"]
        point = pl.lit(own[0], pl.Float64) if cell is None else _at(own, cell)
        reached = pl.col(column).cast(pl.Float64).fill_nan(None) <= point
        marks.append(reached.cast(pl.Float64).alias(f"below{j}"))
    kept = dict.fromkeys([*by, *sample.design_columns])
    return replace(sample, table=table_of(near.select(*kept, *marks)), _facts=Facts())


def _at(values: pl.Series, place: Ints) -> pl.Series:
    """The value at every place, which is null at -1."""
    known = np.append(values.cast(pl.Float64).fill_null(float("nan")).to_numpy(), np.nan)
    return pl.Series(known[place]).fill_nan(None)


def _joined(sample: Surveyed, columns: Sequence[str], points: pl.DataFrame, by: tuple[str, ...]) -> Surveyed:
    types, quote = sample.table.types, sample.table.dialect.quote
    marks = [
        f"CASE WHEN ({sample.table.dialect.value(column, types)}) IS NULL OR t.q{j} IS NULL THEN NULL "
        f"WHEN CAST({quote(column)} AS DOUBLE) <= t.q{j} THEN CAST(1 AS DOUBLE) ELSE CAST(0 AS DOUBLE) END "
        f"AS below{j}"
        for j, column in enumerate(columns)
    ]
    return replace(sample, table=sample.table.joined(points, by, marks), _facts=Facts())
