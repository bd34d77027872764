"""The respondents of a wave as a sample: the one place where a wave's design becomes one of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from thuis.read.microdata import FPC, PSU, STRATUM, WEIGHT, Microdata, WaveDesign
from thuis.survey import Sample
from thuis.survey.core.intervals import t_test

Sampled = Callable[[pl.DataFrame], Sample]
"""Makes a sample of respondents with further columns."""


def sample_of(frame: pl.DataFrame, designs: Sequence[WaveDesign]) -> Sample:
    """The respondents with the design of their wave, or of several waves of a panel."""
    first = designs[0]
    rules = {each.lonely for each in designs} - {"error"}
    return Sample.from_frame(
        frame,
        weight=WEIGHT,
        strata=STRATUM if first.strata else None,
        psu=PSU if first.psu else None,
        fpc=FPC if first.fpc else None,
        nest=True,
        lonely=min(rules) if rules else "error",
    )


def sampled(microdata: Microdata, wave: str) -> Sampled:
    """What makes a sample of the respondents of one wave."""
    return lambda frame: sample_of(frame, [microdata.designs[wave]])


def interval_and_p(value: float, se: float, df: float, level: float) -> tuple[float, float, float]:
    """Interval and two-sided p of one statistic; p is NaN without spread.

    >>> [round(each, 4) for each in interval_and_p(2.0, 1.0, 10.0, 0.95)]
    [-0.2281, 4.2281, 0.0734]
    """
    lower, upper, _, p = t_test(np.array([value]), np.array([se]), np.array([df]), level)
    return float(lower[0]), float(upper[0]), float(p[0])
