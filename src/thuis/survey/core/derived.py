"""Weights that follow from probabilities, or from the units sampled and those in the population."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import polars as pl

from thuis.errors import Problem, Remark, ThuisError, raise_all, unknowns
from thuis.survey.core.design import Columns
from thuis.survey.core.engine.table import Table
from thuis.survey.core.expressions import recomputed

NAME = "__weight"


def weighted(table: Table, columns: Columns, probability: Sequence[str]) -> Table:
    """The same rows with a weight: one over probabilities, or ``N / n`` of every stage; 1 without either.

    :raises ThuisError: unknown columns, probabilities that are none.
    """
    names = [
        *probability,
        *columns.strata,
        *columns.psu,
        *columns.fpc,
        *(n for each in columns.later for n in each),
    ]
    raise_all(unknowns("column", names, table.types))
    if probability:
        wrong = table.query(
            "SELECT "
            + ", ".join(
                f"count(*) FILTER (WHERE {table.dialect.quote(each)} IS NULL OR NOT "
                f"({table.dialect.quote(each)} > 0 AND {table.dialect.quote(each)} <= 1)) AS p{i}"
                for i, each in enumerate(probability)
            )
            + f" FROM {table.dialect.source}"
        ).row(0)
        raise_all(
            [
                Problem(f"probability {each!r} is none in {many} rows", expected="above 0, at most 1")
                for each, many in zip(probability, wrong, strict=True)
                if many
            ]
        )
        quote = table.dialect.quote
        one = " / ".join(["CAST(1 AS DOUBLE)", *(f"CAST({quote(each)} AS DOUBLE)" for each in probability)])
        return recomputed(table, {NAME: one})[0]
    if columns.fpc and table.maps:
        raise ThuisError(
            "weights from populations, of rows in Spark",
            step="add the column of weights to the frame first, and name it in weight=",
        )
    if columns.fpc:
        return recomputed(table, {NAME: _grown(columns)})[0]
    warnings.warn(Remark("no weights, probabilities or populations: every row counts for one"), stacklevel=4)
    return recomputed(table, {NAME: 1.0})[0]


def _grown(columns: Columns) -> pl.Expr:
    weight, before = pl.lit(1.0), list[str]()
    for (strata, unit), fpc in zip(columns.levels(), columns.fpc, strict=False):
        stratum = [*before, *strata]
        before = [*stratum, *unit]
        size = pl.col(fpc).cast(pl.Float64)
        inside = pl.struct(before).n_unique() if unit else pl.len()
        n = inside.over(stratum) if stratum else inside
        weight = weight * pl.when(size.max() <= 1).then(1 / size).otherwise(size / n)
    return weight
