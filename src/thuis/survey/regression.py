"""Models on designs that svy does not treat as R does: stages, replicate or calibrated weights, subsets.

Maximum pseudo-likelihood by Newton's method (Binder 1983, Int. Stat. Rev. 51: 279). The variance is that of
the totals of influence values under the design, or of the coefficients refitted with every replicate weight,
as R ``svyglm``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import Problem, ThuisError
from thuis.survey.variance import Floats

if TYPE_CHECKING:
    from thuis.survey.sample import Sample

CLOSE, STEPS = 1e-12, 100


def mean_and_slope(family: str, eta: Floats) -> tuple[Floats, Floats]:
    """The mean of an outcome at a linear predictor, and how fast it moves with it.

    >>> mean_and_slope("binomial", np.zeros(1))
    (array([0.5]), array([0.25]))
    """
    if family == "binomial":
        mean = special.expit(eta)
        return mean, mean * (1 - mean)
    if family == "poisson":
        mean = np.exp(eta)
        return mean, mean
    return eta, np.ones_like(eta)


def fitted(family: str, y: Floats, x: Floats, w: Floats, start: Floats | None = None) -> Floats:
    """Coefficients that solve ``sum(w x (y - mean)) = 0``.

    :param x: rows x coefficients.
    :raises ThuisError: no solution.
    """
    beta = np.zeros(x.shape[1]) if start is None else start
    if start is None and family == "poisson":
        beta[0] = np.log(max(np.average(y, weights=w), 1e-8))
    for _ in range(STEPS):
        mean, slope = mean_and_slope(family, x @ beta)
        information = x.T @ (x * (w * slope)[:, None])
        try:
            step = np.linalg.solve(information, x.T @ (w * (y - mean)))
        except np.linalg.LinAlgError as error:
            raise ThuisError(Problem("the model cannot be fitted", step="take fewer terms")) from error
        beta = beta + step
        if np.abs(step).max() <= CLOSE * (1 + np.abs(beta).max()):
            return np.asarray(beta)
    raise ThuisError(Problem("the model does not converge", step="take fewer terms"))


def regression(
    sample: Sample, rows: pl.DataFrame, known: pl.Series, family: str, y: Floats, x: Floats
) -> tuple[Floats, Floats]:
    """Coefficients, that of the intercept first, and their covariance.

    :param rows: every row with its design; ``known`` are those in use, of which ``y`` and ``x`` tell.
    """
    x = np.column_stack([np.ones(len(y)), x])
    used = rows.filter(known)
    weight = used[sample.weight].cast(pl.Float64).to_numpy()
    if len(y) == 0 or np.linalg.matrix_rank(x) < x.shape[1]:
        raise ThuisError(
            Problem(
                f"the model has {x.shape[1]} coefficients, but its {len(y)} rows do not tell them apart",
                step="leave a term out",
            )
        )
    beta = fitted(family, y, x, weight)
    if sample.replicates is not None:
        of = sample.replicates
        weights = [used[name].cast(pl.Float64).to_numpy() for name in of.columns]
        # R leaves such replicates out with a warning: the variance then lacks what they would add.
        if lost := sum(not _apart(x, own) for own in weights):
            raise ThuisError(
                Problem(
                    f"{lost} of {len(weights)} replicate weights leave a term of the model without rows",
                    step="join small categories, or leave the term out",
                )
            )
        found = np.array([fitted(family, y, x, own, beta) for own in weights])
        away = of.deviations(found[None], beta[None])[0]
        return beta, away.T @ away
    mean, slope = mean_and_slope(family, x @ beta)
    scores = x * (y - mean)[:, None]
    influence = np.zeros((rows.height, len(beta)))
    influence[known.to_numpy()] = np.linalg.solve(x.T @ (x * (weight * slope)[:, None]), scores.T).T
    return beta, sample.totals_of(rows, influence)


def _apart(x: Floats, w: Floats) -> bool:
    """Whether rows of positive weight tell the columns apart, whatever the size of their numbers."""
    products = x.T @ (x * w[:, None])
    size = np.sqrt(np.diag(products))
    return bool(size.all() and np.linalg.matrix_rank(products / np.outer(size, size)) == len(size))
