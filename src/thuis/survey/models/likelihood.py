"""Maximum likelihood on a sample, and what every row or replicate weight adds to its variance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Floats
from thuis.survey.used import again, totals_of

Likelihood = Callable[[Floats, Floats], tuple[float, Floats, Floats]]
"""From parameters and weights: the log likelihood, the score of every row, and minus the Hessian."""
STEPS, CLOSE = 100, 1e-10


def maximum(likelihood: Likelihood, theta: Floats, w: Floats, what: str) -> Floats:
    """The parameters at the maximum, by Newton's method with steps halved where they go down.

    :raises ThuisError: no maximum, or one at infinity.
    """
    for _ in range(STEPS):
        value, scores, bend = likelihood(theta, w)
        try:
            step = np.linalg.solve(bend, w @ scores)
        except np.linalg.LinAlgError:
            break
        while (now := likelihood(theta + step, w)[0]) < value - 1e-12 * abs(value) or np.isnan(now):
            step = step / 2
        theta = theta + step
        if np.abs(step).max() < CLOSE * (1 + np.abs(theta).max()):
            return theta
        if np.abs(theta).max() > 1e6:
            break
    raise ThuisError(f"the {what} model does not converge", step="take fewer terms or join answers")


def covariance_of(
    sample: Surveyed, rows: pl.DataFrame, known: Bools, likelihood: Likelihood, theta: Floats, what: str
) -> Floats:
    """Covariance of the parameters under the design; ``known`` says which rows are in use."""
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    if sample.replicates is not None:
        return again(sample, rows, theta, lambda w: maximum(likelihood, theta, w[known], what))
    _, scores, bend = likelihood(theta, weight[known])
    influence = np.zeros((rows.height, len(theta)))
    influence[known] = np.linalg.solve(bend, scores.T).T
    return totals_of(sample, rows, influence)
