"""Criteria of models under a design: Akaike's and Schwarz's, and how much of an outcome a model tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.variance import Floats
from thuis.survey.models.effects import Fitted
from thuis.survey.models.families import Family
from thuis.survey.models.regression import Data
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


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a model: answers, columns, offset, linear predictor, and weights as they were.

    ``weight`` are those of which the mean over all rows asked is 1.
    """

    family: Family
    y: Floats
    x: Floats
    offset: Floats
    eta: Floats
    weight: Floats
    given: Floats

    @classmethod
    def of(cls, model: Fitted) -> Rows:
        """Those that it was fitted on."""
        _, x = matrix(model.rows, model.formula, model.levels)
        offset, given = model.formula.offset(model.rows), model.fit.weight
        y = model.formula.outcome.numbers(model.rows)
        return cls(model.family, y, x, offset, x @ model.beta + offset, given / model.size, given)

    @property
    def deviance(self) -> float:
        """That of the model from the answers."""
        return float(self.weight @ self.family.deviance(self.y, self.family.mean(self.eta)))

    def lost(self, eta: Floats) -> float:
        """The deviance that another linear predictor loses."""
        far, near = (self.family.deviance(self.y, self.family.mean(each)) for each in (eta, self.eta))
        return float(self.weight @ (far - near))

    def again(self, x: Floats, offset: Floats) -> Floats:
        """The linear predictor of a model of other columns."""
        data = Data.of(self.family, self.y, x, offset)
        return np.asarray(x @ (data.back @ data.solved(self.given)) + offset)


def naive(model: Fitted) -> Floats:
    """The covariance of the coefficients if rows had been drawn singly, of a dispersion of 1."""
    return _naive(Rows.of(model))


def _naive(rows: Rows) -> Floats:
    family = rows.family
    mean, slope = family.mean(rows.eta), family.slope(rows.eta)
    force = rows.weight * slope**2 / family.variance(mean)
    return np.asarray(np.linalg.inv(rows.x.T @ (rows.x * force[:, None])))


def aic(model: Fitted, penalty: float) -> Criterion:
    """See :meth:`thuis.survey.models.model.Model.aic`."""
    rows = Rows.of(model)
    inside = _naive(rows)
    first = int(model.formula.intercept)
    spread = model.covariance[first:, first:]
    if model.family.linear:
        return _normal(rows, inside[first:, first:], spread, penalty)
    value = rows.deviance
    if not len(spread):
        return Criterion(value, 0.0, None)
    effects = np.diag(np.linalg.solve(inside[first:, first:], spread))
    parameters = float(effects.sum())
    return Criterion(value + penalty * parameters, parameters, float(effects.mean()))


def _normal(rows: Rows, inside: Floats, spread: Floats, penalty: float) -> Criterion:
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
    rows = Rows.of(largest)
    value = rows.deviance + len(own) * np.log(sizes[0])
    at = [i for i, each in enumerate(every) if each not in own]
    if not at:
        return Criterion(float(value), float(len(own)), None)
    inside, spread = _naive(rows)[np.ix_(at, at)], largest.covariance[np.ix_(at, at)]
    ratio = float(np.linalg.det(np.linalg.solve(inside, spread)))
    if not ratio > 0:
        raise ThuisError("the design has too few units for a model so large", step="take fewer terms")
    wald = float(largest.beta[at] @ np.linalg.solve(spread, largest.beta[at]))
    return Criterion(float(value + wald + np.log(ratio)), float(len(own)), ratio ** (1 / len(at)))


WAYS = ("deviance", "cox-snell", "nagelkerke")


def r_squared(model: Fitted, way: str) -> float:
    """See :meth:`thuis.survey.models.model.Model.r_squared`."""
    raise_all(unknowns("R²", [way], WAYS))
    model.without_offset()
    rows, family = Rows.of(model), model.family
    share = rows.given / rows.given.sum()
    left = float(share @ family.deviance(rows.y, family.mean(rows.eta)))
    whole = float(share @ family.deviance(rows.y, np.full_like(rows.y, share @ rows.y)))
    if way == "deviance":
        return 1 - left / whole if whole > 0 else float("nan")
    told = -np.expm1(left - whole)
    return float(told / -np.expm1(-whole) if way == "nagelkerke" else told)
