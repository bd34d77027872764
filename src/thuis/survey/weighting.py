"""Weights made to agree with known totals: post-stratification, raking, linear calibration (GREG)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.core.calibration import Calibration
from thuis.survey.core.replicates import Replicates
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, starts

S = TypeVar("S", bound=Surveyed)
Totals = Mapping[str, Mapping[Any, float]]
NEW, ROW = "__calibrated", "__row"
CLOSE, ROUNDS = 1e-12, 1000
"""Raking ends when every margin is this near to its total, as a share of it."""


def rake(sample: S, totals: Totals) -> S:
    """See :meth:`thuis.survey.Sample.rake`; Deming and Stephan (1940, Ann. Math. Stat. 11: 427)."""
    rows = _rows(sample, totals)
    margins = [_indicators(rows, {name: each}) for name, each in totals.items()]
    wanted = [np.array(list(each.values()), dtype=float) for each in totals.values()]
    of = tuple(m for m, each in enumerate(totals.values()) for _ in each)
    return _calibrated(sample, rows, lambda old: _raked(old, margins, wanted), np.hstack(margins), of)


def poststratify(sample: S, column: str, totals: Mapping[Any, float]) -> S:
    """See :meth:`thuis.survey.Sample.poststratify`."""
    rows = _rows(sample, {column: totals})
    cells, wanted = _indicators(rows, {column: totals}), np.array(list(totals.values()), dtype=float)
    return _calibrated(sample, rows, lambda old: old * (cells @ _factors(old, cells, wanted)), cells, None)


def calibrate(sample: S, totals: Totals, numbers: Mapping[str, float]) -> S:
    """See :meth:`thuis.survey.Sample.calibrate`; ``w (1 + x' (X'WX)^-1 (T - X'w))`` (Deville and Särndal)."""
    rows = _rows(sample, totals, tuple(numbers))
    x = np.column_stack([_indicators(rows, totals), *(rows[name].to_numpy() for name in numbers)])
    wanted = np.array([*(t for each in totals.values() for t in each.values()), *numbers.values()], float)
    return _calibrated(sample, rows, lambda old: _linear(old, x, wanted, sample.replicates), x, None)


def _linear(old: Floats, x: Floats, wanted: Floats, replicates: Replicates | None) -> Floats:
    # The categories of two columns repeat one another, so the least solution is taken.
    step = np.linalg.pinv(x.T @ (x * old[:, None]), hermitian=True) @ (wanted - x.T @ old)
    weight = old * (1 + x @ step)
    away = np.abs(x.T @ weight - wanted)
    if (away > 1e-8 * np.maximum(np.abs(wanted), np.abs(x).T @ np.abs(old))).any():
        raise ThuisError(Problem("the weights cannot be made to agree: the totals contradict one another"))
    if (weight < 0).any() and not (replicates and replicates.negative):
        raise ThuisError(
            Problem(
                f"linear calibration makes {int((weight < 0).sum())} weights negative",
                expected="totals nearer to those of the sample",
                step="rake(), which keeps weights above 0",
            )
        )
    return weight


def _raked(weight: Floats, margins: Sequence[Floats], wanted: Sequence[Floats]) -> Floats:
    for _ in range(ROUNDS):
        for cells, each in zip(margins, wanted, strict=True):
            weight = weight * (cells @ _factors(weight, cells, each))
        away = [
            np.abs(cells.T @ weight - each) > CLOSE * each
            for cells, each in zip(margins, wanted, strict=True)
        ]
        if not np.concatenate(away).any():
            return weight
    raise ThuisError(
        Problem(
            "the weights cannot be made to agree: raking does not settle",
            expected="margins that add up to one number, and cells that can hold them",
        )
    )


def _factors(weight: Floats, cells: Floats, wanted: Floats) -> Floats:
    have = cells.T @ weight
    if ((have <= 0) & (wanted > 0)).any():
        raise ThuisError(Problem("the weights cannot be made to agree: a category has weight 0"))
    return np.divide(wanted, have, out=np.zeros_like(have), where=have > 0)


def _old(sample: Surveyed, rows: pl.DataFrame) -> Floats:
    return rows[sample.weight].cast(pl.Float64).to_numpy()


def _rows(sample: Surveyed, totals: Totals, numbers: Sequence[str] = ()) -> pl.DataFrame:
    types, problems = sample.table.types, []
    if sample.domain or sample.calibration or (sample.replicates and NEW in sample.table.types):
        problems.append(Problem("only a whole sample is calibrated, once", step="calibrate before subset()"))
    if sample.replicates is None and sample.stages[0].strata.unknown.any():
        problems.append(Problem('lonely="average" is not defined for calibrated weights'))
    problems += [unknown("column", name, types) for name in (*totals, *numbers) if name not in types]
    if not totals and not numbers:
        problems.append(Problem("no totals to agree with"))
    problems += [
        Problem(f"the total of {value!r} of {name!r} is {total}", expected="a number of 0 or more")
        for name, each in totals.items()
        for value, total in each.items()
        if not (np.isfinite(total) and total >= 0)
    ]
    raise_all(problems)
    rows = sample.table.query(f"SELECT * FROM {sample.table.dialect.source}").with_columns(
        pl.col(name).cast(pl.Float64) for name in (sample.weight, *numbers)
    )
    for name, each in totals.items():
        there = set(rows[name].unique().to_list())
        problems += [
            Problem(f"{name!r} has {value!r}, which has no total", available=tuple(map(str, each)))
            for value in sorted(there - set(each), key=str)
        ]
        problems += [Problem(f"{value!r} of {name!r} is in no row") for value in each if value not in there]
    problems += [
        Problem(f"{name!r} is missing in {rows[name].null_count()} rows")
        for name in numbers
        if rows[name].null_count()
    ]
    raise_all(problems)
    return rows


def _indicators(rows: pl.DataFrame, totals: Totals) -> Floats:
    """A column per category: rows x categories."""
    found = [(rows[name] == value).to_numpy() for name, each in totals.items() for value in each]
    return np.column_stack(found).astype(float) if found else np.zeros((rows.height, 0))


def _calibrated(
    sample: S,
    rows: pl.DataFrame,
    solve: Callable[[Floats], Floats],
    x: Floats,
    margins: tuple[int, ...] | None,
) -> S:
    weight = solve(_old(sample, rows))
    if sample.replicates is not None:
        return _replicated(sample, rows.with_columns(pl.Series(NEW, weight)), sample.replicates, solve)
    base = _old(sample, rows) if margins is None else np.ones(rows.height)
    names = tuple(f"__x{i}" for i in range(x.shape[1]))
    rows = rows.with_row_index(ROW).with_columns(
        pl.Series(NEW, weight), *(pl.Series(name, x[:, i] * base) for i, name in enumerate(names))
    )
    made = sample.over(rows, weight=NEW, psu=sample.columns.psu or (ROW,))
    calibration = Calibration(names, x.T @ (x * base[:, None]), _load(made, rows, x), margins)
    return replace(made, df=sample.df, calibration=calibration)


def _replicated(
    sample: S, rows: pl.DataFrame, replicates: Replicates, solve: Callable[[Floats], Floats]
) -> S:
    """Every replicate made to agree with the totals, as R ``calibrate`` of a replicate design does."""
    names = tuple(f"{NEW}{i}" for i in range(len(replicates.columns)))
    weights = [solve(rows[each].cast(pl.Float64).to_numpy()) for each in replicates.columns]
    rows = rows.with_row_index(ROW).with_columns(
        pl.Series(name, each) for name, each in zip(names, weights, strict=True)
    )
    return sample.over(rows, weight=NEW, replicates=replace(replicates, columns=names))


def _load(made: Surveyed, rows: pl.DataFrame, x: Floats) -> Floats:
    unit = made.unit_of(rows)
    order = np.argsort(unit, kind="stable")
    weighted = x * rows[NEW].to_numpy()[:, None]
    return np.asarray(np.add.reduceat(weighted[order], starts(unit[order]), axis=0))
