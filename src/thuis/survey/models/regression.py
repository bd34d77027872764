"""The one fit of a generalised linear model, and what every row and replicate weight adds to it.

Pseudo-likelihood by iteratively reweighted least squares (Binder 1983, Int. Stat. Rev. 51: 279). The variance
is that of the totals of influence values under the design, or of the coefficients refitted with every
replicate weight, as R ``svyglm``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core.replicates import Replicates
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.models.families import FAMILIES, Family
from thuis.survey.used import totals_of

CLOSE, NEARLY, STEPS = 1e-13, 1e-8, 100
BLOCK = 2_048
"""Rows whose weighted copy stays near the processor, and whose product is too small for several threads."""
CERTAIN = 15.0
"""A linear predictor beyond this is a share of 0 or 1 to seven digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients on the rows in use, and from where their variance comes.

    :param known: which of all ``rows`` of the sample are in use; ``weight`` and ``x`` are theirs.
    :param influence: of every row in use on every coefficient; None with replicate weights, where
        ``replicated`` has the coefficients of each.
    """

    sample: Surveyed
    rows: pl.DataFrame
    known: pl.Series
    family: Family
    weight: Floats
    beta: Floats
    influence: Floats | None
    replicated: Floats | None

    def covariance(self) -> Floats:
        """Covariance of the coefficients."""
        if self.influence is not None:
            return self.spread(self.influence)
        assert self.replicated is not None
        return self.deviations(self.replicated, self.beta)

    def spread(self, influence: Floats) -> Floats:
        """Covariance of statistics from the influence of the rows in use on each."""
        if self.known.all():
            return totals_of(self.sample, self.rows, influence)
        whole = np.zeros((self.rows.height, influence.shape[1]))
        whole[self.known.to_numpy()] = influence
        return totals_of(self.sample, self.rows, whole)

    def weights(self) -> list[Floats]:
        """The replicate weights of the rows in use."""
        used, of = self.rows.filter(self.known), self.sample.replicates
        return [] if of is None else [_numbers(used, name) for name in of.columns]

    def deviations(self, replicated: Floats, value: Floats) -> Floats:
        """Covariance of statistics, each computed with every replicate weight."""
        of = self.sample.replicates
        assert isinstance(of, Replicates)
        away = of.deviations(replicated[None], value[None])[0]
        return np.asarray(away.T @ away)


def regression(
    sample: Surveyed,
    rows: pl.DataFrame,
    known: pl.Series,
    family: str,
    y: Floats,
    x: Floats,
    offset: Floats | float = 0.0,
) -> Fit:
    """Fit a model; the first column of ``x`` is that of the intercept, when there is one.

    :param rows: every row with its design; ``known`` are those in use, of which ``y`` and ``x`` tell.
    :raises ThuisError: coefficients that the rows do not tell apart, or that have no finite answer.
    """
    used, kind = rows.filter(known), FAMILIES[family]
    weight = _numbers(used, sample.weight)
    x, back = _centred(x)
    if len(y) == 0 or not _apart(x, weight):
        raise ThuisError(
            f"the model has {x.shape[1]} coefficients, but its {len(y)} rows do not tell them apart",
            step="leave a term out",
        )
    beta = solved(kind, y, x, weight, offset=offset)
    if sample.replicates is not None:
        weights = [_numbers(used, name) for name in sample.replicates.columns]
        # R leaves such replicates out with a warning: the variance then lacks what they would add.
        if lost := sum(not _apart(x, own) for own in weights):
            raise ThuisError(
                f"{lost} of {len(weights)} replicate weights leave a term of the model without rows",
                step="join small categories, or leave the term out",
            )
        found = np.array([solved(kind, y, x, own, x @ beta + offset, offset=offset) for own in weights])
        return Fit(sample, rows, known, kind, weight, back @ beta, None, found @ back.T)
    eta = x @ beta + offset
    mean, slope = kind.mean(eta), kind.slope(eta)
    pull = slope / kind.variance(mean)
    information = crossed(x, weight * slope * pull)
    size = np.sqrt(np.diag(information))
    inverse = np.linalg.inv(information / np.outer(size, size)) / np.outer(size, size)
    influence = x @ (inverse @ back.T)
    influence *= ((y - mean) * pull)[:, None]
    return Fit(sample, rows, known, kind, weight, back @ beta, influence, None)


def _centred(x: Floats) -> tuple[Floats, Floats]:
    """The columns less their means, and what turns coefficients of these into those of ``x``.

    A number far from 0, as a year is, then keeps its digits beside the intercept.
    """
    back = np.eye(x.shape[1])
    if not x.size or not (x[:, 0] == 1).all():
        return x, back
    back[0, 1:] = -x[:, 1:].mean(axis=0)
    middle = back[0].copy()
    middle[0] = 0.0
    return x + middle, back


def solved(
    family: Family,
    y: Floats,
    x: Floats,
    w: Floats,
    eta: Floats | None = None,
    *,
    offset: Floats | float = 0.0,
) -> Floats:
    """Coefficients that solve ``sum(w x (y - mean) slope / variance) = 0``.

    :param x: rows x coefficients.
    :param eta: linear predictors to start from; ``offset`` what they hold beside ``x``.
    :raises ThuisError: no solution.
    """
    eta = family.link(family.start(y)) if eta is None else eta
    size = np.maximum(x.max(axis=0, initial=0.0), -x.min(axis=0, initial=0.0))
    size[size == 0] = 1.0
    beta, before = np.zeros(x.shape[1]), np.inf
    for steps in range(STEPS):
        mean, slope = family.mean(eta), family.slope(eta)
        with np.errstate(all="ignore"):
            pull = np.where(w != 0, w * slope / family.variance(mean), 0.0)
            rest = pull * (y - mean if steps else slope * (eta - offset) + y - mean)
            bread = np.where(w != 0, pull * slope, 0.0)
        if not (np.isfinite(rest).all() and np.isfinite(bread).all()):
            break
        # Each step starts from the answers themselves, so rounding in the matrix does not stay.
        try:
            new = beta + np.linalg.solve(crossed(x, bread) / np.outer(size, size), (rest @ x) / size)
        except np.linalg.LinAlgError:
            break
        step = float(np.abs(new - beta).max() / (1 + np.abs(new).max()))
        beta, eta = new, x @ (new / size) + offset
        if step <= CLOSE or (step >= before / 2 and step < NEARLY):
            return np.asarray(beta / size)
        before = step
    if family is FAMILIES["binomial"] and np.abs(eta[w != 0]).max() > CERTAIN:
        raise ThuisError(
            "the logistic model has no finite answer: some group all answered alike",
            step="join categories, or leave a term out",
        )
    raise ThuisError("the model does not converge", step="take fewer terms")


def crossed(x: Floats, weight: Floats) -> Floats:
    """``X' W X``, block by block of the rows."""
    found = np.zeros((x.shape[1], x.shape[1]))
    for begin in range(0, len(x), BLOCK):
        part = x[begin : begin + BLOCK]
        found += part.T @ (part * weight[begin : begin + BLOCK, None])
    return found


def _numbers(rows: pl.DataFrame, name: str) -> Floats:
    return rows[name].cast(pl.Float64).to_numpy()


def _apart(x: Floats, w: Floats) -> bool:
    """Whether rows of positive weight tell the columns apart, whatever the size of their numbers."""
    products = x.T @ x if w.all() else crossed(x, (w != 0).astype(float))
    size = np.sqrt(np.diag(products))
    return bool(size.all() and np.linalg.matrix_rank(products / np.outer(size, size)) == len(size))
