"""Statistics that are no ratio of totals: a value and the influence of every row, per cell of a grouping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.checks import Options, numbers_asked
from thuis.survey.core.covariance import Fixed
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates, tested
from thuis.survey.used import again, in_use, rows_of, totals_of

Statistic = Callable[[Floats, Floats, float], tuple[float, Floats | None]]
"""From answers (rows x columns), weights and the number of answers to a value and the influence of each row;
None where only replicate weights tell how it varies."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One statistic of some columns, over the rows that know them all."""

    label: str
    columns: tuple[str, ...]
    statistic: Statistic


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """``here`` are the places of its rows among all, ``n`` those that count."""

    here: Floats
    values: Floats
    n: float
    of: Statistic

    def value(self, weight: Floats) -> float:
        with np.errstate(all="ignore"):
            return self.of(self.values, weight[self.here], self.n)[0] if len(self.here) else float("nan")


def per_cell(sample: Surveyed, asked: Sequence[Asked], by: tuple[str, ...], options: Options) -> Estimates:
    """Estimates of statistics in the cells of a grouping, by linearisation or replicate weights.

    :raises ThuisError: unknown columns, or columns without numbers.
    """
    own = [name for each in asked for name in each.columns]
    names = list(dict.fromkeys([*own, *by]))
    others = [name for name in by if name not in own]
    raise_all(numbers_asked(own, sample.table.types) + unknowns("column", others, sample.table.types))
    rows, inside = rows_of(in_use(sample, by), names)
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    keyed = rows.with_row_index("__at").filter(inside).select("__at", *by)
    groups = keyed.group_by(by).agg("__at").sort(by) if by else keyed.select(pl.col("__at").implode())
    counted = weight if sample.replicates is None else np.ones(len(weight))
    cells = [_cell(rows, np.asarray(at), each, counted) for each in asked for at in groups["__at"].to_list()]
    value = np.array([each.value(weight) for each in cells])
    if sample.replicates is None:
        covariance = totals_of(sample, rows, _influence(cells, weight, rows.height))
    else:
        covariance = again(sample, rows, value, lambda w: np.array([each.value(w) for each in cells]))
    keys = [
        pl.Series("measure", [each.label for each in asked for _ in range(groups.height)], pl.String),
        pl.Series("by", [list(by)] * len(value), pl.List(pl.String)),
        *(pl.concat([groups[each]] * len(asked)) for each in by),
    ]
    n = [len(each.here) for each in cells]
    df = sample.df if isinstance(options.df, str) else float(options.df)
    se = np.where(np.isfinite(value), np.sqrt(np.maximum(np.diag(covariance), 0.0)), np.nan)
    frame = tested(keys, value, se, df, options.level, n, tests=())
    return Estimates(frame, options.level, df, Fixed(covariance))


def _influence(cells: Sequence[_Cell], weight: Floats, height: int) -> Floats:
    found = np.zeros((height, len(cells)))
    for k, each in enumerate(cells):
        if not len(each.here):
            continue
        with np.errstate(all="ignore"):
            moved = each.of(each.values, weight[each.here], each.n)[1]
        if moved is None:
            raise ThuisError(
                "only replicate weights tell how this statistic varies",
                step='make them first: sample.replicated("JKn")',
            )
        found[each.here, k] = np.nan_to_num(moved)
    return found


def _cell(rows: pl.DataFrame, at: Floats, asked: Asked, weight: Floats) -> _Cell:
    values = np.column_stack(
        [rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()[at] for name in asked.columns]
    )
    known = np.isfinite(values).all(axis=1)
    return _Cell(at[known], values[known], float((weight[at[known]] != 0).sum()), asked.statistic)
