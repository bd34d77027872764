"""Intervals of coefficients by the profile of the likelihood (R ``confint.svyglm(method="likelihood")``)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from scipy import optimize, special

from thuis.errors import ThuisError
from thuis.survey.core.variance import Floats
from thuis.survey.models.criteria import naive
from thuis.survey.models.effects import Fitted
from thuis.survey.models.regression import Data
from thuis.survey.models.terms import matrix

STEPS = 60


def profiled(model: Fitted, names: list[str], df: float, level: float) -> pl.DataFrame:
    """See :meth:`thuis.survey.models.model.Model.profile`."""
    if not 0 < level < 1:
        raise ThuisError(f"level {level} is no probability", expected="between 0 and 1")
    if not df > 0:
        raise ThuisError(f"the model has {df:g} degrees of freedom", expected="more than 0")
    q = (1 + level) / 2
    t = float(special.ndtri(q) if np.isposinf(df) else special.stdtrit(df, q))
    effects = np.diag(model.covariance) / np.diag(naive(model))
    se = np.sqrt(np.diag(model.covariance))
    ends = []
    for k in range(len(names)):
        lost, far = _lost(model, k), t * t * float(effects[k])
        beta = float(model.fit.beta[k])
        ends.append([_end(lost, far, beta, side * t * float(se[k])) for side in (-1, 1)])
    low, high = np.array(ends).T
    return pl.DataFrame(
        {"measure": names, "estimate": model.beta, "lower": low, "upper": high}, strict=False
    ).with_columns(pl.col("lower", "upper").fill_nan(None))


def _lost(model: Fitted, k: int) -> Callable[[float], float]:
    """The deviance lost when a coefficient is held at a value and the others are fitted again."""
    fit, family = model.fit, model.fit.family
    scale = fit.weight / model.size
    y, offset = model.formula.outcome.numbers(model.rows), model.formula.offset(model.rows)
    _, x = matrix(model.rows, model.formula, model.levels)
    own, rest = x[:, k], np.delete(x, k, axis=1)

    def deviance(eta: Floats) -> float:
        return float(scale @ family.deviance(y, family.mean(eta)))

    least = deviance(x @ fit.beta + offset)

    def found(value: float) -> float:
        held = offset + own * value
        if rest.shape[1]:
            again = Data.of(family, y, rest, held)
            held = rest @ (again.back @ again.solved(fit.weight)) + held
        return deviance(held) - least

    return found


def _end(lost: Callable[[float], float], far: float, beta: float, step: float) -> float:
    """Where the deviance lost reaches ``far``, from the coefficient on; NaN where it never does."""
    inner, outer = beta, beta + step
    try:
        for _ in range(STEPS):
            if lost(outer) >= far:
                return float(optimize.brentq(lambda at: lost(at) - far, inner, outer, xtol=1e-12, rtol=1e-13))
            inner, outer = outer, outer + (outer - beta)
    except ThuisError:
        pass  # held so far away the others have no fit
    return float("nan")
