"""Variances, standard deviations and correlations of a population, with standard errors (R ``svyvar``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import Problem, raise_all, unknown
from thuis.survey.core.checks import NO_NUMBER, Options
from thuis.survey.core.covariance import Fixed
from thuis.survey.core.intervals import t_test
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates
from thuis.survey.used import in_use, rows_of, totals_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """The answers of one pair of columns in one cell; ``here`` are their places among the rows."""

    here: Floats
    a: Floats
    b: Floats
    divisor: float

    def products(self, w: Floats) -> tuple[Floats, Floats]:
        """``var a, cov, var b`` under weights of every row, and the products that they are means of."""
        own = w[self.here]
        with np.errstate(all="ignore"):
            a, b = (each - own @ each / own.sum() for each in (self.a, self.b))
            products = np.column_stack([a * a, a * b, b * b]) * self.divisor
            return own @ products / own.sum(), products


Value = Callable[[Floats], float]
Slopes = Callable[[Floats], Floats]
KINDS: dict[str, tuple[Value, Slopes]] = {
    "variance": (lambda v: float(v[0]), lambda _: np.array([1.0, 0.0, 0.0])),
    "sd": (lambda v: float(np.sqrt(v[0])), lambda v: np.array([1 / (2 * np.sqrt(v[0])), 0.0, 0.0])),
    "correlation": (
        lambda v: float(v[1] / np.sqrt(v[0] * v[2])),
        lambda v: np.array([-v[1] / v[0] / 2, 1.0, -v[1] / v[2] / 2]) / np.sqrt(v[0] * v[2]),
    ),
}
"""Of ``var a, cov, var b``: the quantity and its derivatives."""


def moments(
    sample: Surveyed, kind: str, pairs: Sequence[Pair], by: tuple[str, ...], options: Options
) -> Estimates:
    """See :meth:`thuis.survey.Sample.variance`; ``n / (n - 1)`` with the rows of weight above 0, as R."""
    types = sample.table.types
    names = list(dict.fromkeys([*(each for pair in pairs for each in pair), *by]))
    problems = [unknown("column", each, types) for each in names if each not in types]
    problems += [
        Problem(f"column {each!r} holds {types[each]}", expected="numbers")
        for pair in pairs
        for each in dict.fromkeys(pair)
        if each in types and types[each].upper().startswith(NO_NUMBER)
    ]
    raise_all(problems)
    rows, inside = rows_of(in_use(sample, by), names)
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    keyed = rows.with_row_index("__at").filter(inside).select("__at", *by)
    groups = keyed.group_by(by).agg("__at").sort(by) if by else keyed.select(pl.col("__at").implode())
    of = sample.replicates
    cells = [
        _cell(rows, np.asarray(at), pair, weight if of is None else np.ones(len(weight)))
        for pair in pairs
        for at in groups["__at"].to_list()
    ]
    value = np.array([_value(kind, each, weight) for each in cells])
    if of is None:
        influence = np.zeros((rows.height, len(cells)))
        for k, each in enumerate(cells):
            found, products = each.products(weight)
            with np.errstate(all="ignore"):
                moved = (products - found) @ KINDS[kind][1](found) / weight[each.here].sum()
            influence[each.here, k] = np.nan_to_num(moved)
        covariance = totals_of(sample, rows, influence)
    else:
        weights = [rows[name].cast(pl.Float64).to_numpy() for name in of.columns]
        replicated = np.array([[_value(kind, each, w) for each in cells] for w in weights])
        away = of.deviations(replicated[None], value[None])[0]
        covariance = away.T @ away
    labels = [f"{kind}({a})" if a == b else f"{kind}({a}, {b})" for a, b in pairs]
    keys = [
        pl.Series("measure", [each for each in labels for _ in range(groups.height)], pl.String),
        pl.Series("by", [list(by)] * len(value), pl.List(pl.String)),
        *(pl.concat([groups[each]] * len(labels)) for each in by),
    ]
    df = sample.df if isinstance(options.df, str) else float(options.df)
    n = pl.Series("n", [len(each.here) for each in cells], pl.Int64)
    return _estimates(keys, n, value, np.asarray(covariance), df, options.level)


def _value(kind: str, cell: _Cell, weight: Floats) -> float:
    with np.errstate(all="ignore"):
        return KINDS[kind][0](cell.products(weight)[0])


def _cell(rows: pl.DataFrame, at: Floats, pair: Pair, weight: Floats) -> _Cell:
    a, b = (rows[each].cast(pl.Float64).fill_null(float("nan")).to_numpy()[at] for each in pair)
    known = np.isfinite(a) & np.isfinite(b)
    n = int((weight[at[known]] != 0).sum())
    return _Cell(at[known], a[known], b[known], n / (n - 1) if n > 1 else float("nan"))


def _estimates(
    keys: list[pl.Series], n: pl.Series, value: Floats, covariance: Floats, df: float, level: float
) -> Estimates:
    se = np.where(np.isfinite(value), np.sqrt(np.maximum(np.diag(covariance), 0.0)), np.nan)
    each_df = np.full(len(value), df)
    lower, upper, _, _ = t_test(value, se, each_df, level)
    numbers = {"estimate": value, "se": se, "lower": lower, "upper": upper}
    columns = [pl.Series(name, each, pl.Float64, nan_to_null=True) for name, each in numbers.items()]
    frame = pl.DataFrame([*keys, *columns, n, pl.Series("df", each_df)])
    return Estimates(frame, level, df, Fixed(covariance))
