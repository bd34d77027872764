"""How much of an outcome a model tells."""

from __future__ import annotations

import numpy as np

from thuis.errors import raise_all, unknowns
from thuis.survey.models.effects import Fitted
from thuis.survey.models.terms import matrix

WAYS = ("deviance", "cox-snell", "nagelkerke")


def r_squared(model: Fitted, way: str) -> float:
    """See :meth:`thuis.survey.models.model.Model.r_squared`."""
    raise_all(unknowns("R²", [way], WAYS))
    model.without_offset()
    fit, family = model.fit, model.fit.family
    y = model.formula.outcome.numbers(model.rows)
    _, x = matrix(model.rows, model.formula, model.levels)
    share = fit.weight / fit.weight.sum()
    known = share > 0
    y, x, share = y[known], x[known], share[known]
    middle = np.full_like(y, share @ y)
    left = float(share @ family.deviance(y, family.mean(x @ fit.beta)))
    whole = float(share @ family.deviance(y, middle))
    if way == "deviance":
        return 1 - left / whole if whole > 0 else float("nan")
    told = -np.expm1(left - whole)
    return float(told / -np.expm1(-whole) if way == "nagelkerke" else told)
