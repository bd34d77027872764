"""Weighted sums of chi-squares, over another when their scale was estimated, and Wald tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from thuis.errors import ThuisError
from thuis.survey.core.variance import Floats

EDGE = 0.99999
NEAR_CENTRE = 1e-4
"""The saddlepoint formula divides by this parameter: nearer to 0 Satterthwaite's F is taken, as in R."""

NOTHING, MOST = 1e-9, 5000
"""Weights below this share of the greatest add nothing; terms of the exact sum at most."""


def above(x: float, weights: Floats, df: float = np.inf, *, method: str = "saddlepoint") -> float:
    """The chance that ``sum(weights * chi-squares of 1 df) > x * chi-square of df / df``.

    :param df: of the estimated scale; infinity when there is none.
    :param method: "saddlepoint" (Kuonen 1999, Biometrika 86: 929; R ``pFsum``, ``pchisqsum``), "exact" as a
        mixture of chi-squares (Ruben 1962, Ann. Math. Stat. 33: 542), or "satterthwaite".

    >>> round(above(3.84, np.array([1.0])), 3), round(above(3.84, np.array([1.0]), method="exact"), 4)
    (0.052, 0.05)
    """
    weights = np.asarray(weights, dtype=float)
    if not np.isfinite(x) or not np.isfinite(weights).all() or not len(weights) or df <= 0:
        return float("nan")
    if method == "exact":
        return _exact(x, weights, df)
    if method == "saddlepoint":
        found = _saddle(x, weights, df)
        if np.isfinite(found):
            return found
    mean = weights.mean()
    spread = (weights**2).mean() / mean**2
    first = len(weights) / spread
    if np.isinf(df):
        return float(special.chdtrc(first, x / (mean * spread)))
    return float(special.fdtrc(first, df, x / first / (mean * spread)))


def _saddle(x: float, weights: Floats, df: float) -> float:
    a, many = weights, np.ones(len(weights))
    if np.isfinite(df):
        # As R, which repeats the weight of an estimated scale a whole number of times.
        a, many, x = np.append(a, -x / df), np.append(many, np.floor(df)), 0.0
    size = a.max()
    if size <= 0:
        return float("nan")
    a, x = a / size, x / size

    def slope(z: float) -> float:
        return float(many @ (a / (1 - 2 * z * a))) - x

    low = -len(a) / (2 * x) if x > 0 else 0.0
    if (a < 0).any():
        low = float((1 / (2 * a[a < 0])).max()) * EDGE
    elif x > many @ a:
        low = -0.01
    high = float((1 / (2 * a[a > 0])).min()) * EDGE
    if slope(low) * slope(high) > 0:
        return float("nan")
    from scipy import optimize

    z = float(optimize.brentq(slope, low, high, xtol=1e-14, rtol=1e-14))
    if abs(z) < NEAR_CENTRE:
        return float("nan")
    log_moment = -float(many @ np.log(1 - 2 * z * a)) / 2
    bend = 2 * float(many @ ((a / (1 - 2 * z * a)) ** 2))
    w = np.sign(z) * np.sqrt(2 * (z * x - log_moment))
    v = z * np.sqrt(bend)
    return float(special.ndtr(-(w + np.log(v / w) / w)))


def _exact(x: float, weights: Floats, df: float) -> float:
    """A sum of chi-squares of ever more degrees of freedom, all with the least weight."""
    a = weights[weights > weights.max() * NOTHING]
    least = a.min()
    chance = [float(np.prod(np.sqrt(least / a)))]
    left, power, sums = 1 - chance[0], np.ones(len(a)), list[float]()
    while left > 1e-13 and len(chance) < MOST:
        power = power * (1 - least / a)
        sums.append(float(power.sum()))
        k = len(chance)
        chance.append(float(np.dot(sums, chance[::-1])) / (2 * k))
        left -= chance[-1]
    if left > 1e-6:
        return _saddle(x, weights, df)
    many = len(a) + 2.0 * np.arange(len(chance))
    x = x / least
    tail = special.chdtrc(many, x) if np.isinf(df) else special.fdtrc(many, df, x / many)
    return float(min(np.dot(chance, tail) + max(left, 0.0), 1.0))


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
