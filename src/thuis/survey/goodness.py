"""Do the shares of a column agree with those given? The test of Rao and Scott (1981; R ``svygofchisq``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import special

from thuis.errors import ThuisError
from thuis.survey.core.checks import Options
from thuis.survey.core.measures import Total
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.estimates import Estimates
from thuis.survey.tabulate import tabulate


@dataclass(frozen=True, slots=True, eq=False)
class Goodness:
    """Pearson's X² of weighted totals; ``x2 / scale`` has a chi-square of ``df`` (Satterthwaite)."""

    x2: float
    scale: float
    df: float
    p: float
    table: Estimates = field(repr=False)


def goodness(sample: Surveyed, column: str, shares: Mapping[Any, float]) -> Goodness:
    """See :meth:`thuis.survey.Sample.goodness`."""
    table = tabulate(sample, [Total()], [(column,)], Options())
    there = table.frame[column].to_list()
    given = np.array([shares.get(each, float("nan")) for each in there], dtype=float)
    if set(there) != set(shares) or not (given > 0).all() or len(there) < 2:
        raise ThuisError(
            f"the shares are of {', '.join(map(str, shares)) or 'nothing'}",
            expected="a share above 0 for every answer of the column, two answers or more",
            available=tuple(map(str, there)),
        )
    total, p = table.frame["estimate"].to_numpy(), given / given.sum()
    expected = p * total.sum()
    slope = (total + expected) / (2 * expected**1.5) * p
    move = np.diag(1 / np.sqrt(expected)) - np.outer(slope, np.ones(len(p)))
    weights = np.linalg.eigvalsh(move @ table.covariance() @ move.T)
    mean = weights.mean()
    spread = (weights**2).mean() / mean**2
    x2 = float(((total - expected) ** 2 / expected).sum())
    scale, df = float(mean * spread), len(p) / float(spread)
    return Goodness(x2, scale, df, float(special.chdtrc(df, x2 / scale)), table)
