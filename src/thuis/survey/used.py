"""The rows of a sample that a test or a model uses, while the design stays whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from thuis.survey.core.checks import Options
from thuis.survey.core.engine.sources import table_of
from thuis.survey.core.facts import Facts
from thuis.survey.core.measures import Total
from thuis.survey.core.ordering import enumerated
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints, by_row, matrix
from thuis.survey.tabulate import tabulate


def in_use(sample: Surveyed, columns: Sequence[str]) -> Surveyed:
    """The rows that know all these columns; the design stays whole."""
    value, types = sample.table.dialect.value, sample.table.types
    known = [f"({value(name, types)}) IS NOT NULL" for name in columns]
    return replace(sample, domain=" AND ".join([*known, *([sample.domain] if sample.domain else [])]))


def freedom(part: Surveyed) -> float:
    """Degrees of freedom of the rows in use, as R of a design without the others."""
    if part.replicates is not None:
        return part.df
    frame = tabulate(part, [Total()], [()], Options(df="domain")).frame
    return float(frame["df"][0]) if frame.height else 0.0


def freedom_of(sample: Surveyed, unit: Ints) -> float:
    """The same, from the design unit of every row in use."""
    if sample.replicates is not None:
        return sample.df
    if sample.element:
        return float(len(unit) - len(np.unique(unit)))
    stage, here = sample.stages[0], np.flatnonzero(np.bincount(unit, minlength=1))
    first = np.unique(stage.collect(here))
    return float(len(first) - len(np.unique(stage.stratum[first])))


def rows_of(sample: Surveyed, columns: Sequence[str]) -> tuple[pl.DataFrame, pl.Series]:
    """Every row with its design and these columns, and which rows are in the subset."""
    dialect, types = sample.table.dialect, sample.table.types
    wanted = list(dict.fromkeys([*columns, *sample.design_columns]))
    near = sample.table.at_hand(wanted) if sample.domain is None else None
    if near is not None:
        rows = near.with_columns(pl.selectors.float().fill_nan(None))
        return enumerated(rows, sample.orders), pl.repeat(True, rows.height, dtype=pl.Boolean, eager=True)
    names = [f"{dialect.value(each, types)} AS {dialect.quote(each)}" for each in wanted]
    names.append(f"coalesce({sample.domain or 'TRUE'}, FALSE) AS __inside")
    rows = sample.table.query(f"SELECT {', '.join(names)} FROM {dialect.source}")
    return enumerated(rows.drop("__inside"), sample.orders), rows["__inside"]


def answered(sample: Surveyed, columns: Sequence[str]) -> tuple[pl.DataFrame, pl.Series, pl.Series]:
    """Every row with its design and these columns, which are in the subset, and which of those are in use:
    they know all these columns and have weight."""
    rows, inside = rows_of(sample, columns)
    known = pl.all_horizontal(pl.col(list(columns)).is_not_null(), pl.col(sample.weight) > 0)
    return rows, inside, inside & rows.select(known).to_series()


def totals_of(sample: Surveyed, rows: pl.DataFrame, influence: Floats) -> Floats:
    """Covariance of the totals of influence values, rows x estimates (Deville 1999, Surv. Methodol. 25).

    :param rows: the rows of the sample with its ``design_columns``.
    """
    domain = sample.columns.lonely_domain
    if linear(sample):
        weight, unit = rows[sample.weight].cast(pl.Float64).to_numpy(), sample.unit_of(rows)
        if sample.element:
            order = np.argsort(unit, kind="stable")
            return by_row(sample.stages[0].strata, unit[order], (influence * weight[:, None])[order])
        return matrix(sample.stages, summed(influence, weight, unit, sample.height))
    names = [f"__z{j}" for j in range(influence.shape[1])]
    if domain:
        # Rows without influence are not in use: who is alone in a stratum depends on it.
        influence = np.where((influence != 0).any(axis=1, keepdims=True), influence, np.nan)
    frame = rows.with_columns(
        pl.Series(name, influence[:, j], nan_to_null=True) for j, name in enumerate(names)
    )
    if sample.calibration is not None:
        one = replace(sample, table=table_of(frame), domain=None, _facts=Facts())
    else:
        one = sample.over(frame, replicates=sample.replicates)
    return tabulate(one, [Total(name) for name in names], ((),), Options()).covariance()


def clustered(sample: Surveyed) -> bool:
    """Whether the sums of influence per design unit, several rows each, are all that a variance needs."""
    return linear(sample) and not sample.element


def linear(sample: Surveyed) -> bool:
    """Whether a variance is that of sums of scores, with nothing between them and the design."""
    plain = sample.calibration is None and sample.replicates is None
    return plain and not sample.averages and not sample.columns.lonely_domain


def summed(values: Floats, weight: Floats, unit: Ints, height: int) -> Floats:
    """Weighted sums per design unit, in one pass over the rows."""
    from scipy.sparse import csc_array

    each = csc_array((weight, unit, np.arange(len(unit) + 1)), shape=(height, len(unit)))
    return np.asarray(each @ values)


def again(
    sample: Surveyed, rows: pl.DataFrame, value: Floats, statistics: Callable[[Floats], Floats]
) -> Floats:
    """Covariance of statistics, each computed anew with every replicate weight.

    :param statistics: of the weights of all ``rows``.
    """
    of = sample.replicates
    assert of is not None
    replicated = np.array([statistics(rows[name].cast(pl.Float64).to_numpy()) for name in of.columns])
    away = of.deviations(replicated[None], value[None])[0]
    return np.asarray(away.T @ away)
