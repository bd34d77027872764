"""What a fitted model predicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import raise_all, unknown, unknowns
from thuis.survey.core.engine.sources import table_of
from thuis.survey.core.expressions import recomputed
from thuis.survey.core.typed import expression, sql_of
from thuis.survey.core.variance import Floats, Ints
from thuis.survey.estimates import Estimates, tested
from thuis.survey.models.effects import Fitted
from thuis.survey.models.terms import matrix


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Covariances of ``gradient @ coefficients``, made when asked."""

    gradient: Floats
    coefficients: Floats

    def matrix(self, chosen: Ints) -> Floats:
        """Covariance matrix of frame rows."""
        own = self.gradient[chosen]
        return np.asarray(own @ self.coefficients @ own.T)

    def differences(self, left: Ints, right: Ints) -> Floats:
        """Variance of right minus left, for every pair of frame rows."""
        moved = self.gradient[right] - self.gradient[left]
        return np.asarray(np.einsum("ij,jk,ik->i", moved, self.coefficients, moved))


def predictions(model: Fitted, frame: Any, scale: str, df: float, level: float) -> Estimates:
    """See :meth:`thuis.survey.models.model.Model.predict`."""
    columns = model.formula.columns[1:]
    table = table_of(model.rows if frame is None else frame)
    new = {each: sql_of(each, list(table.types)) for each in columns if expression(each, table.types)}
    if new:
        table = recomputed(table, new)[0]
    problems = unknowns("column", columns, table.types)
    problems += unknowns("scale", [scale], ("response", "link"))
    raise_all(problems)
    wanted = ", ".join(
        f"{table.dialect.value(each, table.types)} AS {table.dialect.quote(each)}" for each in columns
    )
    rows = table.query(f"SELECT {wanted or '1 AS one'} FROM {table.dialect.source}")
    raise_all(
        [
            unknown(f"answer of {name!r}", value, map(str, known))
            for name, known in model.levels.items()
            if name in rows.columns
            for value in rows[name].drop_nulls().unique().to_list()
            if value not in known
        ]
    )
    _, x = matrix(rows, model.formula, model.levels)
    eta, family = x @ model.beta + model.formula.offset(rows), model.family
    value, gradient = (eta, x) if scale == "link" else (family.mean(eta), x * family.slope(eta)[:, None])
    se = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", gradient, model.covariance, gradient), 0.0))
    keys = [
        pl.Series("measure", ["prediction"] * len(value), pl.String),
        pl.Series("by", [list(columns)] * len(value), pl.List(pl.String)),
        *(rows[each] for each in columns),
    ]
    made = tested(keys, value, se, df, level, tests=())
    return Estimates(made, level, df, Linear(gradient, model.covariance))
