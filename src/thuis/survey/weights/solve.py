"""Weights that agree with totals: raking, post-stratification, and calibration with or without bounds.

Calibration as Deville and Särndal (1992, JASA 87: 376): new weights are ``w F(x' eta)``, with ``F`` the
function of the distance and ``eta`` such that ``sum(w F x)`` are the totals (R ``grake``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.engine.codes import joint, places
from thuis.survey.core.variance import Floats, Ints
from thuis.survey.weights.targets import Categories

Solver = Callable[[Floats], Floats]
CLOSE, ROUNDS = 1e-12, 1000
"""Raking ends when every margin is this near to its total, as a share of it."""
NEAR, STEPS = 1e-11, 200
METHODS = ("linear", "raking", "logit")


@dataclass(frozen=True, slots=True)
class Distance:
    """How far weights may go: ``factor`` of a linear predictor, 1 at 0, and its ``slope``."""

    factor: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def distance(method: str, bounds: tuple[float, float] | None) -> Distance:
    """The distance function of a method; ``bounds`` are the least and greatest ratio of new to old weight.

    :raises ThuisError: an unknown method, bounds that do not hold 1, logit without bounds.
    """
    raise_all(unknowns("calibration method", [method], METHODS))
    low, high = bounds or (-np.inf, np.inf)
    if not low < 1 < high:
        raise ThuisError(f"bounds {low:g} and {high:g}", expected="one below 1 and one above it")
    if method == "logit":
        if not np.isfinite([low, high]).all():
            raise ThuisError("logit calibration without bounds", step="say bounds=(0.3, 3)")
        return _logit(low, high)
    if method == "raking":
        return Distance(
            lambda u: np.clip(np.exp(u), low, high),
            lambda u: np.where((np.exp(u) > low) & (np.exp(u) < high), np.exp(u), 0.0),
        )
    return Distance(
        lambda u: np.clip(1 + u, low, high),
        lambda u: ((u < high - 1) & (u > low - 1)).astype(float),
    )


def _logit(low: float, high: float) -> Distance:
    steep = (high - low) / ((high - 1) * (1 - low))

    def factor(u: Floats) -> Floats:
        grown = np.exp(steep * u)
        return np.asarray((low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown))

    def slope(u: Floats) -> Floats:
        own = factor(u)
        # d factor / d u of a logistic curve between the bounds, 1 and of slope 1 at 0.
        return np.asarray(steep * (own - low) * (high - own) / (high - low))

    return Distance(factor, slope)


def calibrated(x: Floats, wanted: Floats, of: Distance, scale: Floats) -> Solver:
    """Weights whose totals of the columns ``x``, rows x columns, are those ``wanted``.

    :param scale: the variance of the outcome of each row, up to a factor: 1, or that of a ratio estimator.
    """

    largest = np.abs(x).max(axis=0, initial=0.0)
    largest[largest == 0] = 1.0
    x, wanted = x / largest, wanted / largest

    def solve(weight: Floats) -> Floats:
        eta = np.zeros(x.shape[1])
        size = np.maximum(np.abs(wanted), np.abs(x).T @ np.abs(weight))
        for _ in range(STEPS):
            u = x @ eta / scale
            away = wanted - x.T @ (weight * of.factor(u))
            if (np.abs(away) <= NEAR * np.maximum(size, 1e-300)).all():
                return weight * of.factor(u)
            bend = x.T @ (x * (weight * of.slope(u) / scale)[:, None])
            # The categories of two columns repeat one another, so the least solution is taken.
            step = np.linalg.pinv(bend, hermitian=True) @ away
            while not np.isfinite(of.factor(x @ (eta + step) / scale)).all():
                step = step / 2
            eta = eta + step
        raise ThuisError(
            "the weights cannot be made to agree: the totals contradict one another, or the bounds",
            expected="totals that rows can add up to, and bounds that leave room",
            step="widen bounds=, or join categories",
        )

    return solve


def raked(of: Categories, wanted: Sequence[Floats]) -> Solver:
    """Weights whose margins are the totals, one margin after the other (Deming and Stephan 1940).

    Rows of one category in every margin share one factor, so it is these cells that are raked.
    """
    whole, many = joint(list(of.codes), list(of.sizes))
    cells, place = places(whole, many)
    codes = [each.astype(np.int64) for each in np.unravel_index(cells, of.sizes)]

    def solve(weight: Floats) -> Floats:
        before = now = np.bincount(place, weight, len(cells)).astype(np.float64)
        for _ in range(ROUNDS):
            for code, each in zip(codes, wanted, strict=True):
                now = now * _factors(_sums(code, now, each), each)[code]
            away = [
                np.abs(_sums(code, now, each) - each) > CLOSE * each
                for code, each in zip(codes, wanted, strict=True)
            ]
            if not np.concatenate(away).any():
                factor = np.divide(now, before, out=np.zeros_like(now), where=before != 0)
                return np.asarray(weight * factor[place])
        raise ThuisError(
            "the weights cannot be made to agree: raking does not settle",
            expected="margins that add up to one number, and cells that can hold them",
        )

    return solve


def _sums(code: Ints, weight: Floats, wanted: Floats) -> Floats:
    return np.bincount(code, weight, minlength=len(wanted)).astype(np.float64)


def _factors(have: Floats, wanted: Floats) -> Floats:
    if (short := (have == 0) & (wanted > 0)).any():
        raise ThuisError(f"{int(short.sum())} categories have no rows of positive weight")
    return np.divide(wanted, have, out=np.zeros_like(have), where=have > 0)
