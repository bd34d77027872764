"""Criteria that compare models: Akaike's and Schwarz's, under a design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.variance import Floats
from thuis.survey.models.effects import Fitted
from thuis.survey.models.terms import matrix


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: ``value``; how many ``parameters`` it counts, and the mean design ``effect`` of each.

    Schwarz's counts whole parameters, and its ``effect`` is that of the terms that the largest model has more
    (null of the largest itself).
    """

    value: float
    parameters: float
    effect: float | None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a model: answers, columns, means, and weights whose mean over all rows asked is 1."""

    y: Floats
    x: Floats
    eta: Floats
    weight: Floats

    @classmethod
    def of(cls, model: Fitted) -> _Rows:
        _, x = matrix(model.rows, model.formula, model.levels)
        eta = x @ model.beta + model.formula.offset(model.rows)
        return cls(model.formula.outcome.numbers(model.rows), x, eta, model.fit.weight / model.size)


def naive(model: Fitted) -> Floats:
    """The covariance of the coefficients if rows had been drawn singly, of a dispersion of 1."""
    return _naive(model, _Rows.of(model))


def _naive(model: Fitted, rows: _Rows) -> Floats:
    family = model.family
    mean, slope = family.mean(rows.eta), family.slope(rows.eta)
    force = rows.weight * slope**2 / family.variance(mean)
    return np.asarray(np.linalg.inv(rows.x.T @ (rows.x * force[:, None])))


def aic(model: Fitted, penalty: float) -> Criterion:
    """See :meth:`thuis.survey.models.model.Model.aic`."""
    rows, plain = _Rows.of(model), model.family
    inside = _naive(model, rows)
    first = int(model.formula.intercept)
    spread = model.covariance[first:, first:]
    if plain.linear:
        return _normal(rows, inside[first:, first:], spread, penalty)
    value = float(rows.weight @ plain.deviance(rows.y, plain.mean(rows.eta)))
    if not len(spread):
        return Criterion(value, 0.0, None)
    effects = np.diag(np.linalg.solve(inside[first:, first:], spread))
    parameters = float(effects.sum())
    return Criterion(value + penalty * parameters, parameters, float(effects.mean()))


def _normal(rows: _Rows, inside: Floats, spread: Floats, penalty: float) -> Criterion:
    """Of a linear model, with the variance of the answers as a parameter too."""
    many, away = float(rows.weight.sum()), (rows.y - rows.eta) ** 2
    variance = float(rows.weight @ away) / many
    value = many * (np.log(variance) + 1 + np.log(2 * np.pi))
    scores = (away / variance - 1) / (2 * variance)
    own = many / (2 * variance**2) / float(rows.weight @ scores**2)
    effects = [*np.diag(np.linalg.solve(inside * variance, spread)), own]
    parameters = float(np.sum(effects))
    return Criterion(float(value + penalty * parameters), parameters, float(np.mean(effects)))


def bic(largest: Fitted, names: tuple[Sequence[str], Sequence[str]], sizes: tuple[int, int]) -> Criterion:
    """See :meth:`thuis.survey.models.model.Model.bic`; ``names`` and rows of the model and the largest."""
    own, every = names
    problems = unknowns("coefficient of the largest model", own, every)
    if sizes[0] != sizes[1]:
        problems.append(
            Problem(
                f"the models have {sizes[0]:,} and {sizes[1]:,} rows",
                expected="the same rows",
                step="leave rows without an answer out first: answering(...)",
            )
        )
    raise_all(problems)
    rows, family = _Rows.of(largest), largest.family
    value = float(rows.weight @ family.deviance(rows.y, family.mean(rows.eta))) + len(own) * np.log(sizes[0])
    at = [i for i, each in enumerate(every) if each not in own]
    if not at:
        return Criterion(float(value), float(len(own)), None)
    inside, spread = _naive(largest, rows)[np.ix_(at, at)], largest.covariance[np.ix_(at, at)]
    ratio = float(np.linalg.det(np.linalg.solve(inside, spread)))
    if not ratio > 0:
        raise ThuisError("the design has too few units for a model so large", step="take fewer terms")
    wald = float(largest.beta[at] @ np.linalg.solve(spread, largest.beta[at]))
    return Criterion(float(value + wald + np.log(ratio)), float(len(own)), ratio ** (1 / len(at)))
