"""When a difference may be called one: a t test, adjusted for the number of tests in the figure."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.survey.core.intervals import t_test

Floats = NDArray[np.float64]


def independent(
    values: Floats, others: Floats, se: Floats, other_se: Floats, df: Floats, other_df: Floats
) -> tuple[Floats, Floats, Floats]:
    """Difference, standard error and degrees of freedom of estimates from two independent samples.

    The degrees of freedom are Satterthwaite's (1946, Biometrics Bulletin 2), as in Welch's test.

    >>> one = [np.array([each]) for each in (5.0, 3.0, 0.3, 0.4, 30.0, 20.0)]
    >>> [round(float(each[0]), 6) for each in independent(*one)]
    [2.0, 0.5, 40.322581]
    """
    a, b = se**2, other_se**2
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (a + b) ** 2 / (a**2 / df + b**2 / other_df)
    return values - others, np.sqrt(a + b), freedom


def with_test(rows: pl.DataFrame, level: float) -> pl.DataFrame:
    """Adds ``lower``, ``upper`` and ``p`` to differences with ``difference``, ``se`` and ``df``.

    A difference without spread cannot be tested: its ``p`` is null.
    """
    difference, se, df = (rows[name].to_numpy().astype(float) for name in ("difference", "se", "df"))
    lower, upper, _, p = t_test(difference, se, df, level)
    columns = {"lower": lower, "upper": upper, "p": p}
    return rows.with_columns(
        pl.Series(name, np.where(se > 0, numbers, np.nan)).fill_nan(None) for name, numbers in columns.items()
    )
