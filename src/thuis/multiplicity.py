"""Many tests at once: Holm's adjusted p values, and the verdicts that rest on them.

A test that is withheld may not count: how many there are, and where their p values stand among the others,
could be worked out from what is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def holm(p: Sequence[float] | Floats, family: Sequence[Any] | NDArray[Any] | None = None) -> Floats:
    """Holm (1979, Scand. J. Statist. 6: 65) adjusted p values in the order given; NaN is no test.

    As R ``p.adjust(p, "holm")``, within each family when families are told.

    >>> holm([0.01, 0.04, 0.03, float("nan")]).round(4).tolist()
    [0.03, 0.06, 0.06, nan]
    >>> holm([0.01, 0.04, 0.03], ["a", "b", "a"]).round(4).tolist()
    [0.02, 0.04, 0.03]
    """
    p = np.asarray(p, dtype=float)
    of = np.zeros(len(p), int) if family is None else np.asarray(family)
    if of.dtype.kind not in "iu":
        of = np.unique(of, return_inverse=True)[1]
    found, tested = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = tested[np.lexsort((p[tested], of[tested]))]
    for own in np.split(order, np.flatnonzero(np.diff(of[order])) + 1):
        steps = p[own] * np.arange(len(own), 0, -1)
        found[own] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return found


def judged(tests: pl.DataFrame, level: float, family: Sequence[str]) -> pl.DataFrame:
    """Adds ``p_adjusted`` (within each ``family``, columns that name one) and ``verdict``.

    >>> tests = pl.DataFrame({"f": ["a"] * 3, "p": [0.01, 0.04, 0.03], "difference": [1.0, 1.0, -1.0]})
    >>> judged(tests, 0.95, ["f"]).select("p_adjusted", "verdict").rows()
    [(0.03, 'higher'), (0.06, 'none'), (0.06, 'none')]
    """
    if not tests.height:
        return tests.with_columns(p_adjusted=pl.lit(None, pl.Float64), verdict=pl.lit(None, pl.String))
    of = tests.select(pl.struct(family).rank("dense").alias("of"))["of"].to_numpy()
    p = holm(tests["p"].cast(pl.Float64).fill_null(np.nan).to_numpy(), of)
    rows = tests.with_columns(pl.Series("p_adjusted", p).fill_nan(None))
    shown = (pl.col("p_adjusted") < 1 - level).fill_null(value=False)
    verdict = (
        pl.when(shown & (pl.col("difference") > 0))
        .then(pl.lit("higher"))
        .when(shown & (pl.col("difference") < 0))
        .then(pl.lit("lower"))
        .otherwise(pl.lit("none"))
    )
    return rows.with_columns(verdict.alias("verdict"))
