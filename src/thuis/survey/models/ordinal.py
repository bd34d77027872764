"""Ordered logit: answers that have an order, such as agree and disagree (McCullagh 1980; R ``svyolr``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints
from thuis.survey.estimates import Estimates
from thuis.survey.models.model import coefficients
from thuis.survey.models.terms import levels_of, matrix, parse
from thuis.survey.used import rows_of, totals_of


def ordinal(sample: Surveyed, formula: str, order: Sequence[Any], level: float) -> Estimates:
    """See :meth:`thuis.survey.Sample.ordinal`."""
    made = replace(parse(formula), intercept=True)
    outcome, wanted = made.outcome.column, made.columns
    types = sample.table.types
    problems = [unknown("column", name, types) for name in wanted if name not in types]
    if len(order) < 2 or len(set(order)) != len(order):
        problems.append(Problem(f"order has {len(order)} answers", expected="two or more, each once"))
    if sample.replicates is not None:
        problems.append(Problem("ordinal takes no replicate weights", step="give strata and psu"))
    raise_all(problems)
    rows, inside = rows_of(sample, wanted)
    answer = rows[outcome].replace_strict(
        list(order), list(range(len(order))), default=None, return_dtype=pl.Int64
    )
    if strange := sorted(map(str, set(rows[outcome].drop_nulls()) - set(order))):
        raise ThuisError(
            Problem(f"{strange[0]!r} of {outcome!r} is not in the order", available=tuple(map(str, order)))
        )
    made = made.resolved(types)
    labels, x = matrix(rows, made, levels_of(rows.filter(inside & answer.is_not_null()), made))
    labels, x = labels[1:], x[:, 1:]
    known = (inside & answer.is_not_null() & pl.Series(np.isfinite(x).all(axis=1))).to_numpy()
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    k = answer.fill_null(0).to_numpy()[known]
    beta, scores, hessian = _fit(k, x[known], weight[known], len(order))
    influence = np.zeros((rows.height, len(beta)))
    influence[known] = np.linalg.solve(hessian, scores.T).T
    covariance = totals_of(sample, rows, influence)
    labels += [f"{a}|{b}" for a, b in pairwise(order)]
    return coefficients(labels, beta, covariance, sample.df, int(known.sum()), level)


def _fit(k: Ints, x: Floats, w: Floats, levels: int) -> tuple[Floats, Floats, Floats]:
    """Newton's method: parameters (slopes, cut points), scores per row, and minus the Hessian.

    ``P(Y <= j) = expit(zeta_j - x beta)``.
    """
    p = x.shape[1]
    share = np.cumsum(np.bincount(k, w, minlength=levels))[:-1] / w.sum()
    if (np.bincount(k, w, minlength=levels) <= 0).any():
        raise ThuisError(Problem("an answer of the order was given by nobody", step="leave it out of order="))
    theta = np.concatenate([np.zeros(p), special.logit(share)])
    for _ in range(100):
        value, scores, hessian = _likelihood(theta, k, x, w, levels)
        step = np.linalg.solve(hessian, w @ scores)
        while _likelihood(theta + step, k, x, w, levels)[0] < value - 1e-12 * abs(value):
            step = step / 2
        theta = theta + step
        if np.abs(step).max() < 1e-10 * (1 + np.abs(theta).max()):
            _, scores, hessian = _likelihood(theta, k, x, w, levels)
            return theta, scores, hessian
    raise ThuisError(Problem("the ordinal model does not converge", step="take fewer terms or join answers"))


def _likelihood(theta: Floats, k: Ints, x: Floats, w: Floats, levels: int) -> tuple[float, Floats, Floats]:
    p = x.shape[1]
    cut = np.concatenate([[-np.inf], theta[p:], [np.inf]])
    eta = x @ theta[:p]
    sides = []
    for at in (k + 1, k):
        cdf = special.expit(cut[at] - eta)
        density = cdf * (1 - cdf)
        row = np.column_stack([-x, *(at == j + 1 for j in range(levels - 1))]).astype(float)
        sides.append((cdf, density, density * (1 - 2 * cdf), row))
    (upper, f1, g1, a), (lower, f0, g0, b) = sides
    with np.errstate(all="ignore"):
        chance = upper - lower
        if not (chance > 0).all():
            return -np.inf, np.zeros((len(k), len(theta))), np.eye(len(theta))
        scores = (f1[:, None] * a - f0[:, None] * b) / chance[:, None]
        curve = (a * (w * g1 / chance)[:, None]).T @ a - (b * (w * g0 / chance)[:, None]).T @ b
        return float(w @ np.log(chance)), scores, (scores * w[:, None]).T @ scores - curve
