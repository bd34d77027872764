"""Small areas: the Fay-Herriot model borrows strength between areas and says how uncertain it stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from thuis.errors import Problem, ThuisError, raise_all

Floats = NDArray[np.float64]
Method = Literal["REML", "ML"]


@dataclass(frozen=True, slots=True)
class Area:
    """One area: the model's estimate with its mean squared error, beside what the survey alone says.

    ``weight`` is the part of the direct estimate in the modelled one, 0 to 1; ``direct`` is None for an area
    without respondents, whose estimate is the model's prediction alone.
    """

    name: str
    estimate: float
    mse: float
    direct: float | None
    direct_variance: float | None
    weight: float

    @property
    def rmse(self) -> float:
        """Root of the mean squared error."""
        return float(np.sqrt(self.mse))


@dataclass(frozen=True, slots=True, eq=False)
class SmallAreas:
    """A fitted Fay-Herriot model: its estimates are modelled, and are to be labelled so."""

    areas: tuple[Area, ...]
    coefficients: dict[str, float]
    coefficient_se: dict[str, float]
    between_variance: float
    method: Method


def fay_herriot(
    direct: Sequence[float | None],
    variance: Sequence[float | None],
    covariates: dict[str, Sequence[float]],
    names: Sequence[str],
    *,
    intercept: bool = True,
    method: Method = "REML",
) -> SmallAreas:
    """EBLUP of area means from direct estimates and facts about the areas, with its mean squared error.

    ``y_d = x_d'b + v_d + e_d`` with ``var(e_d)`` known (Fay and Herriot 1979). The variance of ``v`` by REML
    or ML (Fisher scoring); the mean squared error after Prasad and Rao (1990) for REML, with the bias of ML
    after Datta and Lahiri (2000). As R ``sae::mseFH``.

    :param direct: direct estimates, None where nobody answered.
    :param variance: their sampling variances, above 0.
    :param covariates: name: one number per area, from a register, not from the same survey.
    :param names: of the areas, in the order of the estimates.
    :param intercept: whether the model has one.
    :param method: "REML" or "ML".
    :raises ThuisError: for unequal lengths, missing covariates, variances of 0 or too few areas.

    >>> fit = fay_herriot([1, 2, 4, 3], [1, 1, 1, 1], {}, ["a", "b", "c", "d"])
    >>> round(fit.between_variance, 6), round(fit.areas[0].estimate, 6)
    (0.666667, 1.9)
    """
    x, terms = _matrix(covariates, names, intercept)
    _check(direct, variance, x, names, covariates)
    seen = np.asarray([each is not None for each in direct])
    y = np.asarray([each for each in direct if each is not None], dtype=float)
    d = np.asarray([v for v, s in zip(variance, seen, strict=True) if s], dtype=float)
    a, information = _variance(y, x[seen], d, method)
    precision = 1 / (a + d)
    q = np.linalg.inv((x[seen].T * precision) @ x[seen])
    beta = q @ (x[seen].T @ (precision * y))
    full = np.full(len(names), np.inf)
    full[seen] = d
    shrink = _ratio(full, a)
    synthetic = x @ beta
    observed = np.zeros(len(names))
    observed[seen] = y
    estimate = np.where(seen, synthetic + (1 - shrink) * (observed - synthetic), synthetic)
    mse = _mse(x, q, a, full, shrink, information)
    if method == "ML":
        p2 = precision**2
        bias = -np.trace(q @ ((x[seen].T * p2) @ x[seen])) / (2 * information)
        mse = mse - bias * shrink**2
    areas = tuple(
        Area(name, float(e), float(m), direct[i], variance[i] if seen[i] else None, float(1 - shrink[i]))
        for i, (name, e, m) in enumerate(zip(names, estimate, mse, strict=True))
    )
    return SmallAreas(
        areas,
        dict(zip(terms, map(float, beta), strict=True)),
        dict(zip(terms, map(float, np.sqrt(np.diag(q))), strict=True)),
        float(a),
        method,
    )


def _ratio(d: Floats, a: float) -> Floats:
    """``d / (a + d)``: how far an area is drawn to the model; 1 without a direct estimate."""
    with np.errstate(invalid="ignore"):
        return np.where(np.isinf(d), 1.0, d / (a + np.where(np.isinf(d), 1.0, d)))


def _mse(x: Floats, q: Floats, a: float, d: Floats, shrink: Floats, information: float) -> Floats:
    """``g1 + g2 + 2 g3``; without a direct estimate ``a + x'Qx``."""
    g1 = a * shrink
    g2 = shrink**2 * np.einsum("ij,jk,ik->i", x, q, x)
    unseen = np.isinf(d)
    finite = np.where(unseen, 1.0, d)
    g3 = np.where(unseen, 0.0, finite**2 / (a + finite) ** 3 / information)
    return np.asarray(g1 + g2 + 2 * g3, dtype=float)


def _variance(y: Floats, x: Floats, d: Floats, method: Method) -> tuple[float, float]:
    """Fisher scoring from the median sampling variance, and the expected information at the end."""
    a, information = float(np.median(d)), 1.0
    for _ in range(500):
        w = 1 / (a + d)
        q = np.linalg.inv((x.T * w) @ x)
        p = np.diag(w) - (w[:, None] * x) @ q @ (x.T * w)
        py = p @ y
        if method == "REML":
            score, information = (py @ py - np.trace(p)) / 2, float((p * p).sum() / 2)
        else:
            score, information = (py @ py - w.sum()) / 2, float((w @ w) / 2)
        new = max(a + score / information, 0.0)
        if abs(new - a) <= 1e-13 * max(1.0, float(np.median(d))) + 1e-13 * a:
            # The information of the mean squared error is that of the ML likelihood for both methods (sae).
            return new, float((1 / (new + d) ** 2).sum() / 2)
        a = new
    raise ThuisError("the variance between areas did not settle in 500 steps", step="look for areas far off")


def _matrix(
    covariates: dict[str, Sequence[float]], names: Sequence[str], intercept: bool
) -> tuple[Floats, tuple[str, ...]]:
    columns = [np.ones(len(names))] if intercept else []
    short = [name for name, values in covariates.items() if len(values) != len(names)]
    raise_all([Problem(f"covariate {name!r} has not one value per area") for name in short])
    columns += [np.asarray(values, dtype=float) for values in covariates.values()]
    terms = (*(("intercept",) if intercept else ()), *covariates)
    if not columns:
        raise ThuisError("a model needs an intercept or a covariate")
    return np.column_stack(columns), terms


def _check(
    direct: Sequence[float | None],
    variance: Sequence[float | None],
    x: Floats,
    names: Sequence[str],
    covariates: dict[str, Sequence[float]],
) -> None:
    if not len(direct) == len(variance) == len(names):
        raise ThuisError("estimates, variances and names differ in number", step="give one per area")
    problems = [
        Problem(
            f"area {name!r} has the sampling variance {v}",
            expected="above 0",
            step="leave its direct estimate out (None) or smooth the variances first",
        )
        for name, y, v in zip(names, direct, variance, strict=True)
        if y is not None and not (v is not None and np.isfinite(v) and v > 0)
    ]
    problems += [
        Problem(f"area {names[int(i)]!r} has no covariate", available=tuple(covariates))
        for i in np.flatnonzero(~np.isfinite(x).all(axis=1))
    ]
    seen = [i for i, each in enumerate(direct) if each is not None]
    if len(seen) <= x.shape[1] + 1:
        problems.append(
            Problem(
                f"{len(seen)} areas with an estimate for {x.shape[1]} coefficients", expected="more areas"
            )
        )
    elif not problems and np.linalg.matrix_rank(x[seen]) < x.shape[1]:
        problems.append(Problem("the covariates repeat one another", step="leave one out"))
    raise_all(problems)
