"""Weights under which some columns no longer go together with the terms of a model (R ``marginpred``).

Raking to 0 of the weighted products of every term and every column, both less their means: predictions of a
model then compare groups that are alike in these columns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, independent
from thuis.survey.models.terms import levels_of, matrix, parse_plain
from thuis.survey.used import in_use, rows_of
from thuis.survey.weights.calibrate import agreed, held, weighted_again
from thuis.survey.weights.solve import calibrated, distance

S = TypeVar("S", bound=Surveyed)
APART = 1e-7
"""What must be left of a column beside others."""


def balanced(sample: S, terms: str, on: str, *, means: bool, given: bool) -> S:
    """See :meth:`thuis.survey.Sample.balanced`."""
    types = sample.table.types
    formulas = [parse_plain(f"outcome ~ {each}") for each in (terms, on)]
    columns = list(dict.fromkeys(own.column for each in formulas for term in each.terms for own in term))
    raise_all(unknowns("column", columns, types))
    sample = held(replace(sample, domain=in_use(sample, columns).domain))
    rows, inside = rows_of(sample, columns)
    here = inside.to_numpy()
    used = rows.filter(inside)
    weight = used[sample.weight].cast(pl.Float64).to_numpy()
    model, others = (
        _centred(matrix(used, own, levels_of(used.get_column, own))[1], weight)
        for own in (each.resolved(types) for each in formulas)
    )
    kept = independent(np.column_stack([model, others]), APART)
    if not kept[: model.shape[1]].all():
        raise ThuisError(f"the terms {terms!r} repeat one another", step="leave one of them out")
    others = others[:, kept[model.shape[1] :]]
    if not model.shape[1] or not others.shape[1]:
        raise ThuisError(
            f"{on!r} tells nothing that {terms!r} does not",
            expected="columns to weigh by, that are no terms of the model",
        )
    beside = np.column_stack([np.ones(len(model)), others]) if means else others
    products = (model[:, :, None] * beside[:, None, :]).reshape(len(model), -1)
    x = np.zeros((rows.height, products.shape[1]))
    x[here] = products
    solve = calibrated(x, np.zeros(x.shape[1]), distance("raking", None), np.ones(rows.height))
    made = weighted_again(sample, rows, solve) if given else agreed(sample, rows, solve, x, None)
    return replace(made, domain=sample.domain)


def _centred(columns: Floats, weight: Floats) -> Floats:
    """Without the intercept, each column less its weighted mean."""
    if not np.isfinite(columns).all():
        raise ThuisError("a term is no number in some rows", step="leave those rows out with subset()")
    own = columns[:, 1:]
    return np.asarray(own - weight @ own / weight.sum())
