"""Models that an analyst writes: a likelihood, or a curve, as a function of rows and parameters.

Derivatives are by complex steps (Squire and Trapp 1998), so that they have all digits; the bend of a
likelihood is that of its scores, by differences of which the next two terms of the error are out (Richardson
1911).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all
from thuis.survey.core.checks import numbers_asked
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Floats
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.models.likelihood import Likelihood, covariance_of, maximum
from thuis.survey.models.regression import inseparable
from thuis.survey.used import again, answered, freedom_of, totals_of

Answers = Mapping[str, Floats]
Function = Callable[[Answers, Mapping[str, Any]], Any]
SMALL, WIDE, STEPS, CLOSE = 1e-30, 1e-3, 200, 1e-13
EXPECTED = "sums, products, powers, and exp, log and the like of numpy, giving one number for every row"


class _Rows:
    """The rows that know some columns, and a function of them and of parameters."""

    def __init__(
        self, sample: Surveyed, function: Function, start: Mapping[str, float], columns: Sequence[str]
    ):
        raise_all(numbers_asked(columns, sample.table.types))
        if not isinstance(start, Mapping) or not start or not all(map(_number, start.values())):
            raise ThuisError("no start", expected="a number for every parameter: {'a': 0, 'b': 1}")
        self.rows, _, known = answered(sample, columns)
        self.known: Bools = known.to_numpy()
        used = self.rows.filter(self.known)
        self.answers = {name: used[name].cast(pl.Float64).to_numpy() for name in columns}
        self.function, self.names, self.n = function, list(start), used.height
        self.start = np.array([float(each) for each in start.values()])
        self.weight = self.rows[sample.weight].cast(pl.Float64).to_numpy()
        self.value(self.start)

    def value(self, theta: Floats) -> Floats:
        """What the function gives for every row."""
        return np.asarray(self._asked(theta).real)

    def slopes(self, theta: Floats) -> Floats:
        """Its derivatives, rows x parameters."""
        steps = np.eye(len(theta)) * SMALL * 1j
        return np.column_stack([self._asked(theta + each).imag / SMALL for each in steps])

    def _asked(self, theta: Any) -> Any:
        try:
            with np.errstate(all="ignore"):
                found = np.asarray(self.function(self.answers, dict(zip(self.names, theta, strict=True))))
                return np.broadcast_to(found, (self.n,)).astype(complex)
        except Exception as error:
            raise ThuisError(f"the function fails: {error}", expected=EXPECTED) from error


def _number(value: object) -> bool:
    return isinstance(value, Real) and bool(np.isfinite(float(value)))


def own_likelihood(
    sample: Surveyed, function: Function, start: Mapping[str, float], columns: Sequence[str], level: float
) -> Estimates:
    """See :meth:`thuis.survey.Sample.likelihood`."""
    of = _Rows(sample, function, start, columns)
    if not np.isfinite(of.value(of.start)).all():
        raise ThuisError("the logarithm of the likelihood is no number at the start", step="start elsewhere")
    _analytic(of)
    theta = maximum(_likelihood(of), of.start, of.weight[of.known], "own")
    covariance = covariance_of(sample, of.rows, of.known, _likelihood(of), theta, "own")
    return _made(sample, of, theta, covariance, level)


def _likelihood(of: _Rows) -> Likelihood:
    def found(theta: Floats, w: Floats) -> tuple[float, Floats, Floats]:
        value = float(w @ of.value(theta))
        if not np.isfinite(value):
            return -np.inf, np.zeros((of.n, len(theta))), np.eye(len(theta))
        scores = of.slopes(theta)
        bend = _bend(of, theta, w)
        if not np.isfinite(bend).all() or np.linalg.eigvalsh(bend)[0] <= 0:
            bend = (scores * w[:, None]).T @ scores
        return value, scores, bend

    return found


def _bend(of: _Rows, theta: Floats, w: Floats) -> Floats:
    size = np.maximum(np.abs(theta), 1e-3)

    def slope(k: int, step: float) -> Floats:
        moved = np.eye(len(theta))[k] * size[k] * step
        return np.asarray(w @ (of.slopes(theta + moved) - of.slopes(theta - moved)) / (2 * size[k] * step))

    rows = []
    for k in range(len(theta)):
        one, two, three = (slope(k, WIDE / 2**i) for i in range(3))
        finer = (4 * two - one) / 3, (4 * three - two) / 3
        rows.append(-(16 * finer[1] - finer[0]) / 15)
    found = np.array(rows)
    return (found + found.T) / 2


def nonlinear(
    sample: Surveyed,
    outcome: str,
    function: Function,
    start: Mapping[str, float],
    columns: Sequence[str],
    level: float,
) -> Estimates:
    """See :meth:`thuis.survey.Sample.nonlinear`."""
    of = _Rows(sample, function, start, [*dict.fromkeys([outcome, *columns])])
    _analytic(of)
    y = of.answers[outcome]
    theta = _least_squares(of, y, of.weight[of.known], of.start)
    if sample.replicates is not None:
        covariance = again(sample, of.rows, theta, lambda w: _least_squares(of, y, w[of.known], theta))
        return _made(sample, of, theta, covariance, level)
    slopes, w = of.slopes(theta), of.weight[of.known]
    influence = np.zeros((of.rows.height, len(theta)))
    scores = (y - of.value(theta))[:, None] * slopes
    influence[of.known] = np.linalg.solve((slopes * w[:, None]).T @ slopes, scores.T).T
    return _made(sample, of, theta, totals_of(sample, of.rows, influence), level)


def _least_squares(of: _Rows, y: Floats, w: Floats, theta: Floats) -> Floats:
    """By steps of Gauss and Newton, halved where they lead away."""
    root = np.sqrt(np.maximum(w, 0.0))

    def away(theta: Floats) -> float:
        return float(w @ (y - of.value(theta)) ** 2)

    before = away(theta)
    for _ in range(STEPS):
        slopes = of.slopes(theta) * root[:, None]
        if not (np.isfinite(slopes).all() and np.isfinite(before)):
            break
        step, _, rank, _ = np.linalg.lstsq(slopes, root * (y - of.value(theta)), rcond=None)
        if rank < len(theta):
            raise inseparable(len(theta), of.n)
        size = float(np.abs(step).max() / (1 + np.abs(theta).max()))
        for _ in range(40):
            now = away(theta + step)
            if np.isfinite(now) and (now <= before or size < 1e-7):
                break
            step = step / 2
        theta, before = theta + step, now
        if size <= CLOSE * 100:
            return np.asarray(theta)
    raise ThuisError("the curve does not converge", step="start nearer, or take fewer parameters")


def _analytic(of: _Rows) -> None:
    """Refuse a function whose derivatives by complex steps are none, as of ``abs``."""
    slopes, size = of.slopes(of.start), np.maximum(np.abs(of.start), 1e-3) * 1e-5
    for k, by in enumerate(np.diag(size)):
        near = (of.value(of.start + by) - of.value(of.start - by)) / (2 * size[k])
        known = np.isfinite(near) & np.isfinite(slopes[:, k])
        most = np.abs(near[known]).max(initial=0.0)
        if (np.abs(near - slopes[:, k])[known] > 1e-3 * most + 1e-9).any():
            raise ThuisError(
                "the function has no derivative, or takes no complex numbers",
                expected=EXPECTED,
                step="write it without abs, max, min, if, and functions of scipy.stats",
            )


def _made(sample: Surveyed, of: _Rows, theta: Floats, covariance: Floats, level: float) -> Estimates:
    df = freedom_of(sample, sample.unit_of(of.rows)[of.known]) if sample.replicates is None else sample.df
    return coefficients(of.names, theta, covariance, max(df + 1 - len(theta), 0.0), of.n, level)
