"""Curves through a sample: local straight lines, and densities (Wand and Jones 1995; R ``svysmooth``)."""

from __future__ import annotations

from numbers import Real

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.models.components import numbers_of
from thuis.survey.models.terms import parse_plain

FAR = 4.0
"""Bandwidths from which a row counts for nothing."""
MOST = 20_000
EXPECTED = '"y ~ x", or the name of one column for its density'


def smooth(sample: Surveyed, formula: str, bandwidth: float, points: int) -> pl.DataFrame:
    """See :meth:`thuis.survey.Sample.smooth`."""
    if not isinstance(bandwidth, Real) or not 0 < bandwidth < np.inf or not 2 <= points <= MOST:
        raise ThuisError(
            f"bandwidth {bandwidth!r} and {points} points", expected=f"above 0, and 2 to {MOST:,}"
        )
    outcome, x = _columns(formula)
    names = [x, outcome or x]
    values, weight = numbers_of(sample, names)
    grid = np.linspace(values[:, 0].min(), values[:, 0].max(), points)
    step = (grid[-1] - grid[0]) / (points - 1)
    if step <= 0:
        raise ThuisError(f"{x!r} has one answer", expected="two or more")
    far = int(FAR * bandwidth / step)
    if not far:
        raise ThuisError(
            f"bandwidth {bandwidth:g} is less than a quarter of the step between points, {step:g}",
            step="take more points, or a wider band",
        )
    # Every row counts at the point before it.
    at = np.searchsorted(grid, values[:, 0], side="right") - 1
    here: Floats = np.bincount(at, weight, points).astype(float)
    if outcome is None:
        heights = here * points / ((grid[-1] - grid[0]) * weight.sum())
        return pl.DataFrame({x: grid, "density": _lines(np.ones(points), heights, step, bandwidth, far)})
    sums: Floats = np.bincount(at, weight * values[:, 1], points).astype(float)
    return pl.DataFrame({x: grid, outcome: _lines(here, sums, step, bandwidth, far)})


def _columns(formula: str) -> tuple[str | None, str]:
    if "~" not in formula:
        return None, formula.strip().strip("`")
    made = parse_plain(formula)
    plain = [each for term in (*made.terms, (made.outcome,)) for each in term]
    if len(plain) != 2 or not all(each.plain and not each.categorical for each in plain):
        raise ThuisError(f"{formula!r} is no curve", expected=EXPECTED)
    return made.outcome.column, plain[0].column


def _lines(counts: Floats, sums: Floats, step: float, bandwidth: float, far: int) -> Floats:
    """At every point the straight line through what is near it, nearer rows counting more."""
    away = np.arange(-far, far + 1) * step
    force = np.exp(-((away / bandwidth) ** 2) / 2)

    def near(each: Floats, power: int) -> Floats:
        # A convolution turns around what it moves along.
        return np.convolve(each, (force * away**power)[::-1])[far : far + len(each)]

    s0, s1, s2 = (near(counts, power) for power in range(3))
    t0, t1 = (near(sums, power) for power in range(2))
    with np.errstate(all="ignore"):
        found = (s2 * t0 - s1 * t1) / (s0 * s2 - s1**2)
        # Where all rows near are at one point, that point's mean.
        return np.where(s0 * s2 - s1**2 > 1e-14 * s0 * s2, found, t0 / s0)
