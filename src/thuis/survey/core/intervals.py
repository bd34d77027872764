"""Confidence intervals, as R ``confint`` and ``svyciprop``."""

from __future__ import annotations

import numpy as np
from scipy import special

from thuis.survey.core.variance import Floats

METHODS = ("logit", "mean", "beta", "wilson", "asin", "likelihood")


def interval(
    method: str, estimate: Floats, se: Floats, df: Floats, level: float, n: Floats
) -> tuple[Floats, Floats]:
    """Lower and upper bounds; ``df`` of infinity gives the normal distribution.

    "mean": ``p ± t se``; "logit": on the log odds, ``se / (p (1 - p))`` (R "xlogit"; with replicate weights
    R "logit" differs); "beta": Korn and Graubard (1998), with ``n`` the rows of the cell, answered or not, as
    R counts them; "wilson": the shares q with ``|p - q| = t sqrt(q (1 - q) / m)``, where ``m`` is
    ``p (1 - p) / se^2``, the rows over the design effect (Dean and Pagano 2015; R survey 4.5);
    "asin": on ``asin(sqrt(p))``, within 0 to 1; "likelihood": the shares q whose likelihood ratio from p,
    with ``m`` answers as of "wilson", is ``t^2`` (R ``svyciprop(method="likelihood")``).
    At a share of 0 or 1 all but "mean" are undefined, and the bounds NaN.

    >>> one = [np.array([each]) for each in (0.5, 0.05, float("inf"), 400.0)]
    >>> low, high = interval("wilson", one[0], one[1], one[2], 0.95, one[3])
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.4038, 0.5962)
    """
    t = far(df, level)
    with np.errstate(all="ignore"):
        if method == "mean":
            return estimate - t * se, estimate + t * se
        if method == "logit":
            spread = t * se / (estimate * (1 - estimate))
            centre = special.logit(estimate)
            return special.expit(centre - spread), special.expit(centre + spread)
        if method == "wilson":
            room = estimate * (1 - estimate)
            a = (t * se) ** 2 / room
            half = np.sqrt(a * room + a**2 / 4)
            return (estimate + a / 2 - half) / (1 + a), (estimate + a / 2 + half) / (1 + a)
        if method == "asin":
            spread = t * se / (2 * np.sqrt(estimate * (1 - estimate)))
            angle = np.arcsin(np.sqrt(estimate))
            low, high = np.maximum(angle - spread, 0.0), np.minimum(angle + spread, np.pi / 2)
            return np.sin(low) ** 2, np.sin(high) ** 2
        if method == "likelihood":
            return _profile(estimate, estimate * (1 - estimate) / se**2, np.asarray(t**2, dtype=np.float64))
        rows = special.stdtrit(n - 1, (1 + level) / 2)
        size = estimate * (1 - estimate) / se**2 * (rows / t) ** 2
        tail = (1 - level) / 2
        low = special.betaincinv(size * estimate, size * (1 - estimate) + 1, tail)
        high = special.betaincinv(size * estimate + 1, size * (1 - estimate), 1 - tail)
        return np.asarray(low), np.asarray(high)


def far(df: Floats, level: float) -> Floats:
    """How many standard errors a bound is away; of one number where all degrees of freedom are alike."""
    alike = df.size > 0 and bool((df == df.flat[0]).all())
    df = df.ravel()[:1] if alike else df
    df = np.where(df > 0, df, np.nan)
    t = special.stdtrit(df, (1 + level) / 2)
    return np.where(np.isposinf(df), special.ndtri((1 + level) / 2), t)


def _profile(share: Floats, size: Floats, far: Floats) -> tuple[Floats, Floats]:
    """Where twice the log likelihood of a share has fallen so far, on both sides, by halving."""
    found = []
    for end in (0.0, 1.0):
        near, away = share.astype(float), np.full(share.shape, end)
        for _ in range(100):
            middle = (near + away) / 2
            lost = special.rel_entr(share, middle) + special.rel_entr(1 - share, 1 - middle)
            inside = 2 * size * lost < far
            near, away = np.where(inside, middle, near), np.where(inside, away, middle)
        found.append(np.where(np.isfinite(size) & np.isfinite(far), near, np.nan))
    return found[0], found[1]


def t_test(estimate: Floats, se: Floats, df: Floats, level: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Interval, t and two-sided p that a quantity is 0; t and p are NaN without spread."""
    freedom = np.where(df > 0, df, np.nan)
    with np.errstate(all="ignore"):
        t = np.where(se > 0, estimate / se, np.nan)
        p = np.where(
            np.isposinf(freedom), 2 * special.ndtr(-np.abs(t)), 2 * special.stdtr(freedom, -np.abs(t))
        )
    return *interval("mean", estimate, se, df, level, df), t, p
