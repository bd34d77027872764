"""Parametric models of times until an event (R ``svysurvreg``, Stata ``svy: streg, time``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Floats
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.models.likelihood import Likelihood, covariance_of, maximum
from thuis.survey.models.terms import levels_of, matrix, parse_plain
from thuis.survey.survival import Spell, times_of
from thuis.survey.used import freedom, in_use

Function = Callable[[Floats], tuple[Floats, Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Logarithms of a density and of the share above, each with its first and second derivative."""

    density: Function
    above: Function


def _least(z: Floats) -> tuple[Floats, Floats, Floats]:
    e = np.exp(z)
    return z - e, 1 - e, -e


def _least_above(z: Floats) -> tuple[Floats, Floats, Floats]:
    e = np.exp(z)
    return -e, -e, -e


def _logistic(z: Floats) -> tuple[Floats, Floats, Floats]:
    share = special.expit(z)
    return z + 2 * special.log_expit(-z), 1 - 2 * share, -2 * share * (1 - share)


def _logistic_above(z: Floats) -> tuple[Floats, Floats, Floats]:
    share = special.expit(z)
    return special.log_expit(-z), -share, -share * (1 - share)


def _normal(z: Floats) -> tuple[Floats, Floats, Floats]:
    return -(z**2) / 2 - np.log(2 * np.pi) / 2, -z, -np.ones_like(z)


def _normal_above(z: Floats) -> tuple[Floats, Floats, Floats]:
    log = special.log_ndtr(-z)
    ratio = np.exp(-(z**2) / 2 - np.log(2 * np.pi) / 2 - log)
    return log, -ratio, -ratio * (ratio - z)


LEAST, LOGISTIC, NORMAL = (
    Shape(_least, _least_above),
    Shape(_logistic, _logistic_above),
    Shape(_normal, _normal_above),
)
DISTRIBUTIONS: dict[str, tuple[Shape, bool, bool]] = {
    "weibull": (LEAST, True, True),
    "exponential": (LEAST, True, False),
    "lognormal": (NORMAL, True, True),
    "loglogistic": (LOGISTIC, True, True),
    "gaussian": (NORMAL, False, True),
    "logistic": (LOGISTIC, False, True),
}
"""Per name the shape, whether it is that of the logarithm of the time, and whether its width is free."""


def lifetimes(sample: Surveyed, spell: Spell, terms: str, distribution: str, level: float) -> Estimates:
    """See :meth:`thuis.survey.Sample.lifetimes`."""
    formula = parse_plain(f"{spell.time} ~ {terms}")
    raise_all(unknowns("distribution", [distribution], DISTRIBUTIONS))
    shape, logged, free = DISTRIBUTIONS[distribution]
    columns = formula.columns[1:]
    rows, known, times = times_of(sample, spell, columns)
    formula = formula.resolved(sample.table.types)
    used = rows.filter(known)
    labels, x = matrix(used, formula, levels_of(used.get_column, formula))
    if logged and (times.exit <= 0).any():
        raise ThuisError(
            f"{spell.time!r} is 0 or less in {int((times.exit <= 0).sum())} rows", expected="above 0"
        )
    if not np.isfinite(x).all():
        raise ThuisError(f"{terms!r} is no number in some rows", step="leave those rows out with subset()")
    y = np.log(times.exit) if logged else times.exit
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    in_rows = np.zeros(rows.height, dtype=bool)
    in_rows[times.here] = True
    likelihood = _likelihood(y, times.event > 0, x, shape, free=free)
    theta = maximum(likelihood, _start(y, x, weight[times.here], free=free), weight[times.here], distribution)
    covariance = covariance_of(sample, rows, in_rows, likelihood, theta, distribution)
    df = max(freedom(in_use(sample, [*spell.columns, *columns])) + 1 - x.shape[1], 0.0)
    labels += ["log(scale)"] if free else []
    return coefficients(labels, theta, covariance, df, used.height, level)


def _start(y: Floats, x: Floats, weight: Floats, *, free: bool) -> Floats:
    """Coefficients of a straight line through all times, and the logarithm of what it leaves."""
    root = np.sqrt(weight / weight.mean())
    beta, *_ = np.linalg.lstsq(x * root[:, None], y * root, rcond=None)
    left = float(np.sqrt(np.mean((root * (y - x @ beta)) ** 2)))
    return np.append(beta, np.log(max(left, 1e-3))) if free else np.asarray(beta)


def _likelihood(y: Floats, hit: Bools, x: Floats, shape: Shape, *, free: bool) -> Likelihood:
    """Of ``(y - x beta) / scale``; parameters are the coefficients, then the logarithm of the scale."""
    p = x.shape[1]

    def found(theta: Floats, w: Floats) -> tuple[float, Floats, Floats]:
        scale = float(np.exp(theta[p])) if free else 1.0
        with np.errstate(all="ignore"):
            z = (y - x @ theta[:p]) / scale
            log, first, second = (
                np.where(hit, a, b) for a, b in zip(shape.density(z), shape.above(z), strict=True)
            )
            value = float(w @ (log - hit * np.log(scale)))
        if not np.isfinite(value):
            return -np.inf, np.zeros((len(y), len(theta))), np.eye(len(theta))
        scores = -first[:, None] * x / scale
        bend = -(x * (w * second)[:, None]).T @ x / scale**2
        if free:
            scores = np.column_stack([scores, -first * z - hit])
            cross = -x.T @ (w * (second * z + first)) / scale
            corner = -float(w @ (second * z**2 + first * z))
            bend = np.block([[bend, cross[:, None]], [cross[None], np.array([[corner]])]])
        if np.linalg.eigvalsh(bend)[0] <= 0:
            # Far from the top the curve may bend upwards: the products of scores lead there too.
            bend = (scores * w[:, None]).T @ scores
        return value, scores, bend

    return found
