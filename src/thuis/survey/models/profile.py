"""Intervals of coefficients by the profile of the likelihood (R ``confint.svyglm(method="likelihood")``)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core import intervals
from thuis.survey.models.criteria import Rows, naive
from thuis.survey.models.effects import Fitted

STEPS = 60


def profiled(model: Fitted, names: list[str], df: float, level: float) -> pl.DataFrame:
    """See :meth:`thuis.survey.models.model.Model.profile`."""
    if not 0 < level < 1:
        raise ThuisError(f"level {level} is no probability", expected="between 0 and 1")
    if not df > 0:
        raise ThuisError(f"the model has {df:g} degrees of freedom", expected="more than 0")
    t = float(intervals.far(np.array([df]), level)[0])
    effects = np.diag(model.covariance) / np.diag(naive(model))
    se = np.sqrt(np.diag(model.covariance))
    rows, ends = Rows.of(model), []
    for k in range(len(names)):
        lost, far = _lost(rows, k), t * t * float(effects[k])
        beta = float(model.fit.beta[k])
        ends.append([_end(lost, far, beta, side * t * float(se[k])) for side in (-1, 1)])
    low, high = np.array(ends).T
    return pl.DataFrame(
        {"measure": names, "estimate": model.beta, "lower": low, "upper": high}, strict=False
    ).with_columns(pl.col("lower", "upper").fill_nan(None))


def _lost(of: Rows, k: int) -> Callable[[float], float]:
    """The deviance lost when a coefficient is held at a value and the others are fitted again."""
    own, rest = of.x[:, k], np.delete(of.x, k, axis=1)

    def found(value: float) -> float:
        held = of.offset + own * value
        return of.lost(of.again(rest, held) if rest.shape[1] else held)

    return found


def _end(lost: Callable[[float], float], far: float, beta: float, step: float) -> float:
    """Where the deviance lost reaches ``far``, from the coefficient on; NaN where it never does."""
    from scipy import optimize

    inner, outer = beta, beta + step
    try:
        for _ in range(STEPS):
            if lost(outer) >= far:
                return float(optimize.brentq(lambda at: lost(at) - far, inner, outer, xtol=1e-12, rtol=1e-13))
            inner, outer = outer, outer + (outer - beta)
    except ThuisError:
        pass  # held so far away the others have no fit
    return float("nan")
