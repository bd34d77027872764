"""Quantiles with Woodruff intervals (1952, JASA 47: 635; R ``svyquantile`` of survey 4.1)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey import curves
from thuis.survey.core import intervals
from thuis.survey.core.checks import Options, check
from thuis.survey.core.covariance import Scores
from thuis.survey.core.measures import Mean, Proportion
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates
from thuis.survey.per_cell import Asked, Statistic, per_cell
from thuis.survey.quantile_rules import ROWS, RULES, Step, quantile
from thuis.survey.tabulate import tabulate


def quantiles(
    sample: Surveyed,
    columns: tuple[str, ...],
    probabilities: tuple[float, ...],
    by: tuple[str, ...],
    rule: str,
    options: Options,
) -> Estimates:
    """See :meth:`thuis.survey.Sample.quantile`."""
    problems = [
        Problem(f"probability {each} is none", expected="above 0, below 1")
        for each in probabilities
        if not 0 < each < 1
    ]
    problems += unknowns("quantile rule", [rule], RULES)
    raise_all(problems)
    wanted = [(column, p) for column in columns for p in probabilities]
    if options.interval == "quantile":
        return _refitted(sample, wanted, by, rule, options)
    plain = tuple(Mean(column, f"quantile({column})") for column in columns)
    check(sample.table, plain, (by,), options, replicated=sample.replicates is not None)
    sample, found, cells = curves.read(sample, columns, by, each=rule in ROWS)
    steps = {column: _steps(curve, cells, by) for column, curve in zip(columns, found, strict=True)}
    points = {
        f"q{j}": pl.Series([quantile(step, p, rule) for step in steps[column]], dtype=pl.Float64)
        for j, (column, p) in enumerate(wanted)
    }
    below = curves.below(sample, [column for column, _ in wanted], cells.with_columns(**points), by)
    measures = [
        Proportion(f"below{j}", name=f"quantile({column}, {p:g})") for j, (column, p) in enumerate(wanted)
    ]
    shares = tabulate(below, measures, (by,), options)
    return _inverted(shares, [steps[column] for column, _ in wanted], list(points.values()), rule, options)


def _steps(curve: pl.DataFrame, cells: pl.DataFrame, by: tuple[str, ...]) -> list[Step]:
    """Per cell its answers and their weights."""
    if not by:
        return [_step(curve)]
    parts = {key: _step(part) for key, part in curve.partition_by(by, as_dict=True).items()}
    none = Step(np.zeros(0), np.zeros(0))
    return [parts.get(key, none) for key in cells.select(by).iter_rows()]


def _step(curve: pl.DataFrame) -> Step:
    return Step(curve["v"].to_numpy(), curve["w"].to_numpy())


def _refitted(
    sample: Surveyed, wanted: list[tuple[str, float]], by: tuple[str, ...], rule: str, options: Options
) -> Estimates:
    """The quantile of every replicate weight (R ``interval.type="quantile"``)."""
    if sample.replicates is None:
        raise ThuisError(
            'interval="quantile" computes the quantile with every replicate weight',
            step='make them first: sample.replicated("bootstrap")',
        )

    def of(p: float) -> Statistic:
        def found(values: Floats, weight: Floats, _: float) -> tuple[float, None]:
            answers = pl.DataFrame({"v": values[:, 0], "w": weight}).filter(pl.col("w") > 0)
            if rule not in ROWS:
                answers = answers.group_by("v").agg(pl.col("w").sum())
            value = quantile(_step(answers.sort("v", maintain_order=True)), p, rule)
            return float("nan") if value is None else value, None

        return found

    asked = [Asked(f"quantile({column}, {p:g})", (column,), of(p)) for column, p in wanted]
    return per_cell(sample, asked, by, options)


def _inverted(
    shares: Estimates,
    steps: list[list[Step]],
    points: list[pl.Series],
    rule: str,
    options: Options,
) -> Estimates:
    frame = shares.frame
    share, se, df = (
        frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in ("estimate", "se", "df")
    )
    n = frame["n"].to_numpy().astype(float)
    low, high = intervals.interval(options.interval or "mean", share, se, df, options.level, n)
    every = [step for each in steps for step in each]
    lower, upper = (
        np.array([_bound(step, p, rule) for step, p in zip(every, side, strict=True)]) for side in (low, high)
    )
    found = (upper - lower) / (2 * intervals.far(df, options.level))
    estimate = pl.concat(points).rename("estimate")
    columns = {"se": found, "lower": lower, "upper": upper}
    none = pl.lit(None, pl.Float64)
    frame = frame.with_columns(
        estimate,
        *(pl.Series(name, each, nan_to_null=True) for name, each in columns.items()),
        pl.lit(None, pl.Int64).alias("n_hit"),
        none.alias("deff"),
        none.alias("deff_replace"),
    ).with_columns(cv=pl.when(pl.col("estimate") != 0).then(pl.col("se") / pl.col("estimate").abs()))
    assert isinstance(shares._scores, Scores)
    scores = replace(shares._scores, se=np.nan_to_num(found))
    return replace(shares, frame=frame, _scores=scores)


def _bound(step: Step, p: float, rule: str) -> float:
    found = quantile(step, p, rule) if np.isfinite(p) else None
    return float("nan") if found is None else found
