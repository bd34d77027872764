"""Several questions to one scale: alpha with an interval, what each item does, who answered enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.errors import Problem, raise_all, unknown
from thuis.findings.respondents import Sampled, interval_and_p
from thuis.findings.words import Num, say
from thuis.survey import Proportion
from thuis.survey.core.variance import Floats
from thuis.survey.used import rows_of, totals_of


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a scale, weighted: ``rest`` is its correlation with the sum of the others.

    Where the others add up to a constant, ``rest`` is NaN and ``alpha_without`` None.
    """

    name: str
    n: int
    mean: float
    sd: float
    rest: float
    alpha_without: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """How well items hold together. ``enough`` is the share that answered at least ``minimum`` items."""

    items: tuple[Item, ...]
    alpha: float
    se: float
    lower: float
    upper: float
    n: int
    minimum: int
    enough: float
    enough_se: float
    level: float

    def sentence(self, wave: str) -> dict[str, str]:
        """What alpha says and what it does not."""
        return say(
            "alpha.sentence",
            wave=wave,
            level=Num(100 * self.level, 0),
            k=len(self.items),
            alpha=Num(self.alpha, 2),
            low=Num(self.lower, 2),
            high=Num(self.upper, 2),
            enough=Num(100 * self.enough, 0, "percent"),
            minimum=self.minimum,
        )


def scale(
    frame: pl.DataFrame,
    items: Sequence[str],
    sampled: Sampled,
    *,
    minimum: int | None = None,
    reverse: Sequence[str] = (),
    level: float = 0.95,
) -> Scale:
    """Weighted Cronbach's alpha with a design-based interval, over people who answered every item.

    The interval is symmetric on ``log(1 - alpha)``, on which alpha's distribution is nearly so; its standard
    error is linearised through the weighted variances (Deville 1999).

    :param items: numeric columns, each running the same way, or listed in ``reverse``.
    :param minimum: items to answer for a score (all of them unless told).
    :raises ThuisError: for unknown or constant items, or fewer than two.

    >>> from thuis.survey import Sample
    >>> rows = pl.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 4, 4], "c": [1, 3, 3, 5], "w": [1.0] * 4})
    >>> round(scale(rows, ["a", "b", "c"], lambda rows: Sample.from_frame(rows, weight="w")).alpha, 4)
    0.9333
    """
    values = _values(frame, items, reverse)
    k = len(items)
    complete = np.asarray(np.isfinite(values).all(axis=1), dtype=np.bool_)
    sample = sampled(frame)
    weight = frame[sample.weight].cast(pl.Float64).fill_null(0.0).to_numpy()
    w = np.where(complete, weight, 0.0)
    raise_all(_faults(values, complete & (w > 0), items))
    x = np.where(complete[:, None], values, 0.0)
    alpha, z = _alpha(x, w)
    rows, _ = rows_of(sample, [])
    se = math.sqrt(float(totals_of(sample, rows, z[:, None])[0, 0]))
    low = high = math.nan
    if alpha < 1:
        low, high, _ = interval_and_p(math.log(1 - alpha), se / (1 - alpha), sample.df, level)
    minimum = k if minimum is None else minimum
    enough = _enough(frame, values, sampled, minimum)
    return Scale(
        tuple(_item(values, weight, x, w, j, name) for j, name in enumerate(items)),
        alpha,
        se,
        1 - math.exp(high),
        1 - math.exp(low),
        int((w > 0).sum()),
        minimum,
        *enough,
        level,
    )


def _values(frame: pl.DataFrame, items: Sequence[str], reverse: Sequence[str]) -> Floats:
    problems = [unknown("column", name, frame.columns) for name in items if name not in frame.columns]
    problems += [unknown("item to reverse", name, items) for name in reverse if name not in items]
    if len(items) < 2:
        problems.append(Problem(f"a scale of {len(items)} items", expected="at least two"))
    problems += [
        Problem(
            f"item {name!r} holds {frame.schema[name]}", expected="numbers", step="code the answers first"
        )
        for name in items
        if name in frame.columns and not frame.schema[name].is_numeric()
    ]
    raise_all(problems)
    table = np.column_stack([frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in items])
    for j, name in enumerate(items):
        if name in reverse:
            table[:, j] = np.nanmin(table[:, j]) + np.nanmax(table[:, j]) - table[:, j]
    return table


def _faults(values: Floats, used: NDArray[np.bool_], items: Sequence[str]) -> list[Problem]:
    if used.sum() < 3:
        return [Problem(f"{int(used.sum())} people answered every item", expected="at least three")]
    return [
        Problem(f"everyone gives item {name!r} the same answer", step="leave it out")
        for name, column in zip(items, values[used].T, strict=True)
        if column.min() == column.max()
    ]


def _alpha(x: Floats, w: Floats) -> tuple[float, Floats]:
    """Alpha and the influence of each row: ``-k/(k-1) (z_T - T/Q z_Q) / Q`` with T the items' variances."""
    k, size = x.shape[1], w.sum()
    centred = x - (w @ x) / size
    squares = (centred**2).sum(axis=1)
    whole = centred.sum(axis=1) ** 2
    t, q = float(w @ squares / size), float(w @ whole / size)
    factor = k / (k - 1)
    z = np.where(w > 0, -factor * (((squares - t) - t / q * (whole - q)) / size) / q, 0.0)
    return factor * (1 - t / q), z


def _item(values: Floats, weight: Floats, x: Floats, w: Floats, j: int, name: str) -> Item:
    known = np.isfinite(values[:, j])
    own, v = values[known, j], weight[known]
    mean = float(v @ own / v.sum())
    rest = np.delete(x, j, axis=1)
    varies = np.ptp(rest[w > 0].sum(axis=1)) > 0
    return Item(
        name,
        int((v > 0).sum()),
        mean,
        math.sqrt(float(v @ (own - mean) ** 2 / v.sum())),
        _correlation(x[:, j], rest.sum(axis=1), w),
        _alpha(rest, w)[0] if rest.shape[1] > 1 and varies else None,
    )


def _correlation(a: Floats, b: Floats, w: Floats) -> float:
    a, b = a - w @ a / w.sum(), b - w @ b / w.sum()
    spread = float((w @ a**2) * (w @ b**2))
    return float(w @ (a * b)) / math.sqrt(spread) if spread > 0 else math.nan


def _enough(frame: pl.DataFrame, values: Floats, sampled: Sampled, minimum: int) -> tuple[float, float]:
    answered = pl.Series("__enough", np.isfinite(values).sum(axis=1) >= minimum)
    row = sampled(frame.with_columns(answered)).tabulate([Proportion("__enough")])
    return float(row.frame["estimate"].item()), float(row.frame["se"].item())
