"""Whether terms of a model matter together: Wald and likelihood ratio tests (R ``regTermTest``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.chi_squares import above, wald
from thuis.survey.models.effects import Fitted
from thuis.survey.models.regression import Data
from thuis.survey.models.terms import Term, matrix, parse, spans

METHODS = ("wald", "lrt")
Key = frozenset[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Joint:
    """A test that every coefficient of some terms is 0.

    ``f`` is Wald's F. Of a likelihood ratio test it is ``chi2`` over the sum of ``weights``: ``chi2`` is the
    loss of deviance, with weights that have mean 1, and follows a sum of chi-squares with these weights.
    """

    terms: tuple[str, ...]
    f: float
    df: tuple[float, float]
    p: float
    chi2: float | None = None
    weights: tuple[float, ...] = ()


def joint(model: Fitted, names: Iterable[str], df: float, method: str) -> Joint:
    """See :meth:`thuis.survey.models.model.Model.joint`."""
    names, found = tuple(names), spans(model.empty, model.formula, model.levels)
    there = {_key(term): places for term, places in found}
    labels = [":".join(each.label for each in term) for term, _ in found]
    asked = [(name, _key(term)) for name in names for term in parse(f"y ~ {name}").terms]
    problems = [unknown("term of the model", name, labels) for name, key in asked if key not in there]
    raise_all(problems + ([unknown("joint test", method, METHODS)] if method not in METHODS else []))
    at = sorted({place for _, key in asked for place in there[key]})
    if not at:
        raise ThuisError("no term to test", available=tuple(labels))
    if method == "lrt":
        return _likelihood(model, names, {key for _, key in asked}, at, df)
    tested = wald(model.beta[at], model.covariance[np.ix_(at, at)], df)
    return Joint(names, tested.f, tested.df, tested.p)


def _likelihood(model: Fitted, names: tuple[str, ...], dropped: set[Key], at: list[int], df: float) -> Joint:
    """Rao and Scott's likelihood ratio test (Lumley and Scott 2014, J. Surv. Stat. Methodol. 2: 1)."""
    model.without_offset()
    fit, family = model.fit, model.fit.family
    scale = fit.weight / model.size
    y = model.formula.outcome.numbers(model.rows)
    _, x = matrix(model.rows, model.formula, model.levels)
    left = tuple(term for term in model.formula.terms if _key(term) not in dropped)
    _, rest = matrix(model.rows, replace(model.formula, terms=left), model.levels)
    if not rest.shape[1]:
        raise ThuisError(Problem("without these terms no model is left", step='ask method="wald"'))
    left_out = Data.of(family, y, rest)
    without = rest @ (left_out.back @ left_out.solved(fit.weight))
    eta = x @ fit.beta
    chi2 = float(scale @ (family.deviance(y, family.mean(without)) - family.deviance(y, family.mean(eta))))
    slope = family.slope(eta)
    information = x.T @ (x * (scale * slope**2 / family.variance(family.mean(eta)))[:, None])
    naive = np.linalg.inv(information)[np.ix_(at, at)]
    weights = np.linalg.eigvals(np.linalg.solve(naive, model.covariance[np.ix_(at, at)])).real
    p = above(chi2, weights, df)
    return Joint(names, chi2 / float(weights.sum()), (float(len(at)), df), p, chi2, tuple(weights.tolist()))


def _key(term: Term) -> Key:
    return frozenset((each.column, each.function, each.power) for each in term)
