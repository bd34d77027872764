"""Linear models with instruments: two-stage least squares (R ``svyivreg``, Stata ``svy: ivregress 2sls``)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.models.regression import inseparable, inverse
from thuis.survey.models.terms import Formula, levels_of, matrix, parse_plain, split
from thuis.survey.used import again, answered, freedom_of, totals_of

EXPECTED = "outcome ~ term + term | instrument + instrument, every term from outside on both sides"


@dataclass(frozen=True, slots=True)
class _Data:
    """Answers, columns of the model and of the instruments, less their means beside an intercept."""

    y: Floats
    x: Floats
    z: Floats

    def solved(self, weight: Floats) -> tuple[Floats, Floats, Floats]:
        """Coefficients, the columns as the instruments foretell them, and the inverse of their products."""
        root = np.sqrt(weight)[:, None]
        first, *_ = np.linalg.lstsq(self.z * root, self.x * root, rcond=None)
        foretold = self.z @ first
        products = (foretold * weight[:, None]).T @ foretold
        size = np.sqrt(np.maximum(np.diag(products), 1e-300))
        if np.linalg.matrix_rank(products / np.outer(size, size)) < len(size):
            raise inseparable(len(size), len(self.y))
        bread = inverse(products)
        return bread @ (foretold.T @ (weight * self.y)), foretold, bread


def instrumental(sample: Surveyed, formula: str, level: float) -> Estimates:
    """See :meth:`thuis.survey.Sample.instrumental`."""
    made, instruments = _parsed(formula)
    types, columns = sample.table.types, list(dict.fromkeys([*made.columns, *instruments.columns]))
    raise_all(unknowns("column", columns, types))
    made, instruments = made.resolved(types), instruments.resolved(types)
    rows, _, known = answered(sample, columns)
    used = rows.filter(known)
    labels, x = matrix(used, made, levels_of(used.get_column, made))
    _, z = matrix(used, instruments, levels_of(used.get_column, instruments))
    if z.shape[1] < x.shape[1]:
        few = Problem(f"{z.shape[1]} columns of instruments for {x.shape[1]} coefficients", expected=EXPECTED)
        raise ThuisError(few)
    y = made.outcome.numbers(used)
    if not all(np.isfinite(each).all() for each in (y, x, z)):
        raise ThuisError(f"a term of {formula!r} is no number in some rows", step="leave those out: subset()")
    back = np.eye(x.shape[1])
    if made.intercept and instruments.intercept:
        middle = x[:, 1:].mean(axis=0)
        x, z = (np.column_stack([each[:, 0], each[:, 1:] - each[:, 1:].mean(axis=0)]) for each in (x, z))
        back[0, 1:] -= middle
    data, weight = _Data(y, x, z), rows[sample.weight].cast(pl.Float64).to_numpy()
    here = np.flatnonzero(known.to_numpy())
    beta, foretold, bread = data.solved(weight[here])
    value = back @ beta
    if sample.replicates is not None:
        covariance = again(sample, rows, value, lambda w: back @ data.solved(w[here])[0])
        return coefficients(labels, value, covariance, sample.df + 1 - len(beta), len(y), level)
    influence = np.zeros((rows.height, len(beta)))
    influence[here] = ((y - x @ beta)[:, None] * foretold) @ bread @ back.T
    df = max(freedom_of(sample, sample.unit_of(rows)[here]) + 1 - len(beta), 0.0)
    return coefficients(labels, value, totals_of(sample, rows, influence), df, len(y), level)


def _parsed(formula: str) -> tuple[Formula, Formula]:
    sides = split(formula, "|")
    if len(sides) != 2 or not sides[1].strip():
        raise ThuisError(f"{formula!r} has no instruments", expected=EXPECTED)
    made = parse_plain(sides[0])
    outside = parse_plain(f"{sides[0].partition('~')[0]} ~ {sides[1]}")
    return made, replace(outside, outcome=made.outcome)
