"""The design of a survey's rows, and the variance of any smooth function of weighted sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from thuis.survey import Sample, Total

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Design:
    """Which columns hold the design. PSU numbers start anew in each stratum; no ``psu``: rows are PSUs."""

    weight: str
    strata: str | None = None
    psu: str | None = None
    lonely: str = "error"

    @property
    def columns(self) -> list[str]:
        """The columns it needs."""
        return [name for name in (self.weight, self.strata, self.psu) if name]

    def sample(self, frame: pl.DataFrame) -> Sample:
        """The rows as a :class:`thuis.survey.Sample`."""
        return Sample.from_frame(
            frame,
            weight=self.weight,
            strata=self.strata,
            psu=self.psu,
            nest=self.psu is not None and self.strata is not None,
            lonely=self.lonely,
        )


def linearised(frame: pl.DataFrame, design: Design, scores: Mapping[str, Floats]) -> tuple[Floats, float]:
    """Covariance of statistics from their influence values, and the design's degrees of freedom.

    Deville (1999): the variance of a statistic is that of the total of its influence values ``z`` under the
    design, ``var(sum w z)``. Rows outside the statistic's domain have ``z = 0`` and stay in ``frame``: they
    belong to the design.

    :param scores: per statistic one value per row of ``frame``.
    :returns: a matrix in the order of ``scores``, and the degrees of freedom.
    """
    names = {f"__z{i}": values for i, values in enumerate(scores.values())}
    rows = frame.select(design.columns).with_columns(*(pl.Series(name, z) for name, z in names.items()))
    sample = design.sample(rows)
    estimates = sample.tabulate([Total(name, name) for name in names])
    return estimates.covariance(list(range(len(names)))), float(sample.df)


def t_interval(estimate: float, se: float, df: float, level: float = 0.95) -> tuple[float, float]:
    """``estimate ± t se``; an infinite ``df`` gives the normal distribution."""
    half = _quantile(df, level) * se
    return estimate - half, estimate + half


def _quantile(df: float, level: float) -> float:
    if np.isinf(df):
        return float(special.ndtri((1 + level) / 2))
    return float(special.stdtrit(df, (1 + level) / 2)) if df > 0 else float("nan")


def t_test(estimate: float, se: float, df: float) -> float:
    """Two-sided p-value that the quantity is 0; NaN when there is no standard error."""
    if not se > 0 or not df > 0:
        return float("nan")
    t = -abs(estimate) / se
    return float(2 * (special.ndtr(t) if np.isinf(df) else special.stdtr(df, t)))
