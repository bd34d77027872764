"""Answers that have an order, such as agree and disagree (McCullagh 1980; R ``svyolr``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.checks import TEXT
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Floats, Ints
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.levels import levels
from thuis.survey.models.families import LINKS, Function, Link
from thuis.survey.models.likelihood import Likelihood, covariance_of, maximum
from thuis.survey.models.terms import levels_of, matrix, parse, parse_plain
from thuis.survey.used import rows_of

ORDERED = ("logit", "probit", "cloglog", "cauchit")
"""Links whose means are distribution functions."""


def _finite(function: Function, x: Floats) -> Floats:
    """A density, or the slope of one, which is 0 where its argument is infinite."""
    return np.where(np.isfinite(x), function(np.where(np.isfinite(x), x, 0.0)), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Rows of the sample, which are in use, the number of their answer and the columns of the model."""

    rows: pl.DataFrame
    known: Bools
    k: Ints
    labels: list[str]
    x: Floats
    weight: Floats


def answers(sample: Surveyed, formula: str, order: Sequence[Any]) -> Answers:
    """The rows of a model of one of several answers; columns start with the intercept.

    :raises ThuisError: unknown columns, answers that are not in the order, or that nobody gave.
    """
    made = replace(parse_plain(formula), intercept=True)
    outcome, wanted = made.outcome.column, made.columns
    types = sample.table.types
    problems = unknowns("column", wanted, types)
    if len(order) < 2 or len(set(order)) != len(order):
        problems.append(Problem(f"order has {len(order)} answers", expected="two or more, each once"))
    raise_all(problems)
    rows, inside = rows_of(sample, wanted)
    answer = rows[outcome].replace_strict(
        list(order), list(range(len(order))), default=None, return_dtype=pl.Int64
    )
    if strange := sorted(map(str, set(rows[outcome].drop_nulls()) - set(order))):
        raise ThuisError(
            f"{strange[0]!r} of {outcome!r} is not in the order", available=tuple(map(str, order))
        )
    made = made.resolved(types)
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    inside = inside & answer.is_not_null() & pl.Series(weight > 0)
    labels, x = matrix(rows, made, levels_of(rows.filter(inside).get_column, made))
    known = inside.to_numpy() & np.isfinite(x).all(axis=1)
    k = answer.fill_null(0).to_numpy()[known]
    if (np.bincount(k, weight[known], minlength=len(order)) <= 0).any():
        raise ThuisError("an answer of the order was given by nobody", step="leave it out of order=")
    return Answers(rows, known, k, labels, x[known], weight[known])


def ordered_answers(sample: Surveyed, formula: str) -> list[Any]:
    """The answers of an outcome in their order.

    :raises ThuisError: words of which the order is not known.
    """
    name, types = parse(formula).outcome.column, sample.table.types
    raise_all(unknowns("column", [name], types))
    if types[name].upper().startswith(TEXT) and name not in sample.orders:
        raise ThuisError(
            f"the order of the answers of {name!r} is not known",
            expected="order=(low, ..., high)",
            step='say it here, or once for all with order={"column": (...)} of from_frame',
        )
    return levels(sample, name)


def ordinal(sample: Surveyed, formula: str, order: Sequence[Any], link: str, level: float) -> Estimates:
    """See :meth:`thuis.survey.Sample.ordinal`."""
    raise_all(unknowns("link", [link], ORDERED))
    of = answers(sample, formula, order)
    labels, x, many = of.labels[1:], of.x[:, 1:], len(order)
    share = np.cumsum(np.bincount(of.k, of.weight, minlength=many))[:-1] / of.weight.sum()
    likelihood = _likelihood(of.k, x, many, LINKS[link])
    start = np.concatenate([np.zeros(x.shape[1]), LINKS[link].link(share)])
    theta = maximum(likelihood, start, of.weight, "ordinal")
    covariance = covariance_of(sample, of.rows, of.known, likelihood, theta, "ordinal")
    labels += [f"{a}|{b}" for a, b in pairwise(order)]
    return coefficients(labels, theta, covariance, sample.df, int(of.known.sum()), level)


def _likelihood(k: Ints, x: Floats, levels: int, link: Link) -> Likelihood:
    """Of ``P(Y <= j) = F(zeta_j - x beta)``; parameters are slopes, then cut points."""
    p = x.shape[1]

    def found(theta: Floats, w: Floats) -> tuple[float, Floats, Floats]:
        cut = np.concatenate([[-np.inf], theta[p:], [np.inf]])
        eta = x @ theta[:p]
        sides = []
        for at in (k + 1, k):
            row = np.column_stack([-x, *(at == j + 1 for j in range(levels - 1))]).astype(float)
            point = cut[at] - eta
            density, slope = (_finite(each, point) for each in (link.slope, link.bend))
            sides.append((link.mean(point), density, slope, row))
        (upper, f1, g1, a), (lower, f0, g0, b) = sides
        with np.errstate(all="ignore"):
            chance = upper - lower
            if not (chance > 0).all():
                return -np.inf, np.zeros((len(k), len(theta))), np.eye(len(theta))
            scores = (f1[:, None] * a - f0[:, None] * b) / chance[:, None]
            curve = (a * (w * g1 / chance)[:, None]).T @ a - (b * (w * g0 / chance)[:, None]).T @ b
            return float(w @ np.log(chance)), scores, (scores * w[:, None]).T @ scores - curve

    return found


def multinomial(sample: Surveyed, formula: str, order: Sequence[Any] | None, level: float) -> Estimates:
    """See :meth:`thuis.survey.Sample.multinomial`."""
    if order is None:
        outcome = parse(formula).outcome.column
        raise_all(unknowns("column", [outcome], sample.table.types))
        rows, inside = rows_of(sample, [outcome])
        order = rows.filter(inside)[outcome].drop_nulls().unique().sort().to_list()
    of = answers(sample, formula, order)
    many = len(order) - 1
    likelihood = _choice(of.k, of.x, many)
    theta = maximum(likelihood, np.zeros(many * of.x.shape[1]), of.weight, "multinomial")
    covariance = covariance_of(sample, of.rows, of.known, likelihood, theta, "multinomial")
    labels = [f"{answer}: {label}" for answer in order[1:] for label in of.labels]
    return coefficients(labels, theta, covariance, sample.df, int(of.known.sum()), level)


def _choice(k: Ints, x: Floats, many: int) -> Likelihood:
    """Of ``P(Y = j) / P(Y = 0) = exp(x beta_j)``; parameters are those of each answer after the first."""
    chosen = np.column_stack([k == j + 1 for j in range(many)]).astype(float)
    p = x.shape[1]

    def found(theta: Floats, w: Floats) -> tuple[float, Floats, Floats]:
        eta = x @ theta.reshape(many, p).T
        top = np.maximum(eta.max(axis=1), 0.0)
        powers = np.exp(eta - top[:, None])
        below = powers.sum(axis=1) + np.exp(-top)
        share = powers / below[:, None]
        value = float(w @ ((chosen * eta).sum(axis=1) - top - np.log(below)))
        away = chosen - share
        scores = (away[:, :, None] * x[:, None, :]).reshape(len(k), many * p)
        bend = np.empty((many * p, many * p))
        for a in range(many):
            for b in range(many):
                own = w * share[:, a] * ((a == b) - share[:, b])
                bend[a * p : (a + 1) * p, b * p : (b + 1) * p] = (x * own[:, None]).T @ x
        return value, scores, bend

    return found
