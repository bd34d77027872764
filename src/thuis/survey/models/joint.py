"""Whether terms of a model matter together: Wald and likelihood ratio tests (R ``regTermTest``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from thuis.errors import ThuisError, raise_all, unknown, unknowns
from thuis.survey.chi_squares import above, wald
from thuis.survey.core.variance import Floats
from thuis.survey.elsewhere import Elsewhere
from thuis.survey.models.criteria import Rows, naive
from thuis.survey.models.effects import Fitted
from thuis.survey.models.terms import Term, matrix, parse, spans

METHODS = ("wald", "lrt", "working")
Key = frozenset[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Joint(Elsewhere):
    """A test that every coefficient of some terms is 0.

    ``f`` is Wald's F. Of a likelihood ratio test it is ``chi2`` over the sum of ``weights``: ``chi2`` is the
    loss of deviance, with weights that have mean 1, and follows a sum of chi-squares with these weights. Of
    "working" ``chi2`` is Wald's quantity with the covariance that rows drawn singly would have.
    """

    _called: ClassVar = ("Joint", "table")

    terms: tuple[str, ...]
    f: float
    df: tuple[float, float]
    p: float
    chi2: float | None = None
    weights: tuple[float, ...] = ()


def joint(
    model: Fitted, names: Iterable[str], df: float, method: str, null: float | Sequence[float] = 0.0
) -> Joint:
    """See :meth:`thuis.survey.models.model.Model.joint`."""
    names, found = tuple(names), spans(model.empty, model.formula, model.levels)
    there = {_key(term): places for term, places in found}
    labels = [":".join(each.label for each in term) for term, _ in found]
    asked = [(name, _key(term)) for name in names for term in parse(f"y ~ {name}").terms]
    problems = [unknown("term of the model", name, labels) for name, key in asked if key not in there]
    raise_all(problems + (unknowns("joint test", [method], METHODS)))
    at = sorted({place for _, key in asked for place in there[key]})
    if not at:
        raise ThuisError("no term to test", available=tuple(labels))
    away = model.beta[at] - _null(null, len(at))
    if method == "wald":
        tested = wald(away, model.covariance[np.ix_(at, at)], df)
        return Joint(names, tested.f, tested.df, tested.p)
    if method == "working":
        inside = naive(model)[np.ix_(at, at)]
        return _scott(model, names, at, df, float(away @ np.linalg.solve(inside, away)))
    if np.any(np.asarray(null) != 0):
        raise ThuisError('a null other than 0 with method="lrt"', step='ask method="wald" or "working"')
    return _scott(model, names, at, df, _lost(model, {key for _, key in asked}))


def _null(null: float | Sequence[float], many: int) -> Floats:
    given = np.asarray(null, dtype=float)
    if given.ndim > 1 or given.size not in (1, many) or not np.isfinite(given).all():
        raise ThuisError(
            f"null has {given.size} numbers", expected=f"one, or {many}: one for each coefficient"
        )
    return np.broadcast_to(given, (many,))


def _lost(model: Fitted, dropped: set[Key]) -> float:
    """The deviance lost without some terms (Lumley and Scott 2014, J. Surv. Stat. Methodol. 2: 1)."""
    left = tuple(term for term in model.formula.terms if _key(term) not in dropped)
    _, rest = matrix(model.rows, replace(model.formula, terms=left), model.levels)
    if not rest.shape[1]:
        raise ThuisError("without these terms no model is left", step='ask method="wald"')
    of = Rows.of(model)
    return of.lost(of.again(rest, of.offset))


def _scott(model: Fitted, names: tuple[str, ...], at: list[int], df: float, chi2: float) -> Joint:
    """Rao and Scott's test of a quantity that is a sum of chi-squares."""
    inside = np.ix_(at, at)
    weights = np.linalg.eigvals(np.linalg.solve(naive(model)[inside], model.covariance[inside])).real
    p = above(chi2, weights, df)
    return Joint(names, chi2 / float(weights.sum()), (float(len(at)), df), p, chi2, tuple(weights.tolist()))


def _key(term: Term) -> Key:
    return frozenset((each.column, each.basis or each.function, each.power) for each in term)
