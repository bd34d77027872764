"""Factor analysis: what several columns have in common, by few factors (R ``svyfactanal``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.checks import Options
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.models.components import numbers_of, spread_of
from thuis.survey.moments import moments
from thuis.survey.used import freedom, in_use

LEAST, STEPS, STEP = 0.005, 20, 1e-5
SIZES = ("none", "rows", "design", "effective", "least")


@dataclass(frozen=True, slots=True)
class Factors:
    """``loadings``: a row per column, a column per factor, those that tell most first, each with a sum above
    0; ``own``: the share of every column's variance that no factor tells.

    ``chi2``, ``df`` and ``p`` test that so many factors are enough, with the number of rows that ``size``
    counts for it; null without one, or when no degree of freedom is left.
    """

    n: int
    loadings: pl.DataFrame
    own: pl.DataFrame
    df: int
    size: float | None
    chi2: float | None
    p: float | None


def factors(sample: Surveyed, columns: Sequence[str], many: int, rotation: str, size: str) -> Factors:
    """See :meth:`thuis.survey.Sample.factors`."""
    width = len(columns)
    df = ((width - many) ** 2 - width - many) // 2
    if len(set(columns)) < width or width < 3:
        raise ThuisError(f"{width} columns for factors", expected="three or more, each once")
    raise_all(unknowns("rotation", [rotation], ("varimax", "none")))
    raise_all(unknowns("size", [size], SIZES))
    if many < 1 or df < 0:
        raise ThuisError(f"{many} factors of {width} columns", expected=f"1 to {_most(width)}")
    values, weight = numbers_of(sample, columns)
    spread = spread_of(values, weight)
    sd = np.sqrt(np.diag(spread))
    if not sd.all():
        raise ThuisError(f"{columns[int(np.argmin(sd))]!r} has one answer", step="leave it out")
    own, lost = _fitted(spread / np.outer(sd, sd), many)
    loadings = _in_order(_loadings(spread / np.outer(sd, sd), own, many))
    if rotation == "varimax" and many > 1:
        loadings = _in_order(_varimax(loadings))
    counted = _size(sample, columns, size, len(values))
    chi2 = None if counted is None or not df else (counted - 1 - (2 * width + 5) / 6 - 2 * many / 3) * lost
    names = [f"factor {k + 1}" for k in range(many)]
    return Factors(
        len(values),
        pl.DataFrame({"column": list(columns), **dict(zip(names, loadings.T, strict=True))}),
        pl.DataFrame({"column": list(columns), "own": own}),
        df,
        counted,
        chi2,
        None if chi2 is None else float(special.chdtrc(df, chi2)),
    )


def _most(width: int) -> int:
    return max(k for k in range(width) if (width - k) ** 2 >= width + k)


def _values(correlation: Floats, own: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues and vectors of the correlations in units of what is each column's own, largest first."""
    root = np.sqrt(own)
    found, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    return found[::-1], vectors[:, ::-1]


def _loadings(correlation: Floats, own: Floats, many: int) -> Floats:
    found, vectors = _values(correlation, own)
    size = np.sqrt(np.maximum(found[:many] - 1, 0))
    return np.asarray(np.sqrt(own)[:, None] * vectors[:, :many] * size)


def _fitted(correlation: Floats, many: int) -> tuple[Floats, float]:
    """What is each column's own at the greatest likelihood, and what is lost beside a free correlation.

    Lawley and Maxwell (1971); by quasi-Newton steps, then Newton's on the slopes as long as no share is at
    its bound.
    """

    def lost(own: Floats) -> float:
        rest = _values(correlation, own)[0][many:]
        return float(-(np.log(rest) - rest).sum() + many - len(own))

    def slopes(own: Floats) -> Floats:
        loadings = _loadings(correlation, own, many)
        return np.asarray((np.diag(loadings @ loadings.T) + own - np.diag(correlation)) / own**2)

    try:
        start = (1 - 0.5 * many / len(correlation)) / np.diag(np.linalg.inv(correlation))
    except np.linalg.LinAlgError as error:
        raise ThuisError("a column follows from the others", step="leave it out") from error
    from scipy import optimize

    found: Any = optimize.minimize(
        lost,
        start,
        jac=slopes,
        method="L-BFGS-B",
        bounds=[(LEAST, 1.0)] * len(start),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5_000},
    )
    own = np.asarray(found.x)
    if not np.isfinite(found.fun) or np.abs(slopes(own)[(own > LEAST) & (own < 1)]).max(initial=0) > 1e-3:
        raise ThuisError("the factors do not converge", step="take fewer factors, or other columns")
    own = _nearer(own, slopes)
    return own, lost(own)


def _nearer(own: Floats, slopes: Callable[[Floats], Floats]) -> Floats:
    """The same to the last digits, by Newton's steps as long as no share is at its bound."""
    for _ in range(STEPS):
        moves = np.eye(len(own)) * STEP
        bent = np.column_stack([(slopes(own + move) - slopes(own - move)) / (2 * STEP) for move in moves])
        try:
            new = own - np.linalg.solve(bent, slopes(own))
        except np.linalg.LinAlgError:
            break
        if not ((new > LEAST) & (new < 1)).all() or np.abs(slopes(new)).max() >= np.abs(slopes(own)).max():
            break
        own = np.asarray(new)
    return own


def _in_order(loadings: Floats) -> Floats:
    """Factors that tell most first, with a sum above 0."""
    order = np.argsort(-(loadings**2).sum(axis=0), kind="stable")
    found = loadings[:, order]
    return np.asarray(found * np.where(found.sum(axis=0) < 0, -1.0, 1.0))


def _varimax(loadings: Floats) -> Floats:
    """Turned so that each column loads on few factors (Kaiser 1958, Psychometrika 23: 187)."""
    size = np.sqrt((loadings**2).sum(axis=1))[:, None]
    x, turn = loadings / size, np.eye(loadings.shape[1])
    for _ in range(10_000):
        z = x @ turn
        left, _, right = np.linalg.svd(x.T @ (z**3 - z * (z**2).mean(axis=0)))
        last, turn = turn, left @ right
        # Not by what is gained: that stands still to the last digit while the factors still turn.
        if np.abs(turn - last).max() < 1e-14:
            break
    return np.asarray(x @ turn * size)


def _size(sample: Surveyed, columns: Sequence[str], size: str, rows: int) -> float | None:
    """For how many rows the sample counts in a test of its correlations."""
    used = in_use(sample, columns)
    match size:
        case "none":
            return None
        case "rows":
            return float(rows)
        case "design":
            return freedom(used) + 1
    pairs = [(each, each) for each in columns]
    found = moments(used, "variance", pairs, (), Options()).frame
    each = 2 * (found["estimate"].to_numpy() / found["se"].to_numpy()) ** 2
    return float(each.min() if size == "least" else 1 / np.mean(1 / each)) + 1
