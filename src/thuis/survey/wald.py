"""Wald tests that several quantities are 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from thuis.errors import ThuisError
from thuis.survey.core.variance import Floats


@dataclass(frozen=True, slots=True)
class Wald:
    """An F test; ``df`` of the numerator, how many quantities, and of the denominator."""

    f: float
    df: tuple[float, float]
    p: float


def wald(value: Floats, spread: Floats, df: float) -> Wald:
    """Wald's F, ``v' V^-1 v / k``.

    :raises ThuisError: a covariance matrix of lower rank.

    >>> wald(np.array([2.0]), np.array([[1.0]]), 30.0).f
    4.0
    """
    if not len(value) or np.linalg.matrix_rank(spread) < len(value):
        raise ThuisError(
            f"the design has too few units to test {len(value)} coefficients together",
            step="test fewer terms",
        )
    f = float(value @ np.linalg.solve(spread, value)) / len(value)
    both = (float(len(value)), float(df))
    if np.isinf(df):
        return Wald(f, both, float(special.chdtrc(len(value), f * len(value))))
    return Wald(f, both, float(special.fdtrc(*both, f)) if df > 0 else float("nan"))
