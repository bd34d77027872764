"""Variances, standard deviations and correlations of a population (R ``svyvar``), and Gini coefficients."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from thuis.survey.core.checks import Options
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates
from thuis.survey.per_cell import Asked, Statistic, per_cell

Pair = tuple[str, str]
Value = Callable[[Floats], float]
Slopes = Callable[[Floats], Floats]
KINDS: dict[str, tuple[Value, Slopes]] = {
    "variance": (lambda v: float(v[0]), lambda _: np.array([1.0, 0.0, 0.0])),
    "covariance": (lambda v: float(v[1]), lambda _: np.array([0.0, 1.0, 0.0])),
    "sd": (lambda v: float(np.sqrt(v[0])), lambda v: np.array([1 / (2 * np.sqrt(v[0])), 0.0, 0.0])),
    "correlation": (
        lambda v: float(v[1] / np.sqrt(v[0] * v[2])),
        lambda v: np.array([-v[1] / v[0] / 2, 1.0, -v[1] / v[2] / 2]) / np.sqrt(v[0] * v[2]),
    ),
}
"""Of ``var a, cov, var b``: the quantity and its derivatives."""


def moments(
    sample: Surveyed, kind: str, pairs: Sequence[Pair], by: tuple[str, ...], options: Options
) -> Estimates:
    """See :meth:`thuis.survey.Sample.variance`; ``n / (n - 1)`` with the rows of weight above 0, as R."""
    asked = [
        Asked(f"{kind}({a})" if a == b else f"{kind}({a}, {b})", (a, b), _moment(*KINDS[kind]))
        for a, b in pairs
    ]
    return per_cell(sample, asked, by, options)


def _moment(value: Value, slopes: Slopes) -> Statistic:
    def found(values: Floats, weight: Floats, n: float) -> tuple[float, Floats]:
        moved = values - weight @ values / weight.sum()
        a, b = moved.T
        products = np.column_stack([a * a, a * b, b * b]) * (n / (n - 1) if n > 1 else np.nan)
        centre = weight @ products / weight.sum()
        return value(centre), (products - centre) @ slopes(centre) / weight.sum()

    return found


def gini(sample: Surveyed, columns: Sequence[str], by: tuple[str, ...], options: Options) -> Estimates:
    """See :meth:`thuis.survey.Sample.gini`."""
    return per_cell(sample, [Asked(f"gini({each})", (each,), _gini) for each in columns], by, options)


def _gini(values: Floats, weight: Floats, _: float) -> tuple[float, Floats]:
    """``G = sum w_i w_j |y_i - y_j| / (2 N Y)`` and its derivative to every weight."""
    order = np.argsort(values[:, 0], kind="stable")
    y, w = values[order, 0], weight[order]
    many, total = w.sum(), w @ y
    below, sum_below = np.cumsum(w), np.cumsum(w * y)
    apart = y * (2 * below - many) - 2 * sum_below + total
    value = float(w @ apart / (2 * many * total))
    found = np.empty(len(y))
    found[order] = (apart - value * (total + many * y)) / (many * total)
    return value, found
