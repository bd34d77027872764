"""Log-linear models of the cells of a table, and tests between two of them (R ``svyloglin``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.chi_squares import above
from thuis.survey.core.checks import Options
from thuis.survey.core.measures import Total
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.independence import shares_of
from thuis.survey.models.families import family_of
from thuis.survey.models.regression import Data, InseparableError, inseparable
from thuis.survey.models.terms import Term, named, parse_plain
from thuis.survey.tabulate import tabulate

MOST = 5_000
"""Cells of a table."""


@dataclass(frozen=True, slots=True)
class Versus:
    """Two log-linear models, one inside the other.

    ``deviance`` is what the smaller loses, ``pearson`` the squared distance of their cells; over the sum of
    ``effects`` both follow F with ``df`` (Rao and Scott 1984; R ``anova`` of ``svyloglin``).
    """

    deviance: float
    p: float
    pearson: float
    p_pearson: float
    df: tuple[float, float]
    effects: tuple[float, ...]

    @property
    def saddlepoint(self) -> float:
        """p of the deviance as a sum of chi-squares, by a saddlepoint."""
        return above(self.deviance, np.array(self.effects))


@dataclass(frozen=True, slots=True, eq=False)
class LogLinear:
    """A log-linear model; ``coefficients`` compare answers with the mean of all (sums to zero, as R)."""

    formula: str
    n: int
    coefficients: Estimates
    cells: Estimates = field(repr=False)
    _x: Floats = field(repr=False)
    _fitted: Floats = field(repr=False)
    _share: Floats = field(repr=False)
    _spread: Floats = field(repr=False)

    def versus(self, other: LogLinear) -> Versus:
        """Whether the larger of two models tells more than the smaller (R ``anova``).

        :raises ThuisError: models of other cells, or of which neither has all terms of the other.
        """
        small, large = sorted((self, other), key=lambda each: each._x.shape[1])
        if small._share.shape != large._share.shape or (small._share != large._share).any():
            raise ThuisError("the models are of other cells", expected="the same columns of the same sample")
        return _versus(small, large)

    def __repr__(self) -> str:
        return f"log-linear model of {self.formula}, {self.n:,} rows\n{self.coefficients!r}"


def loglinear(sample: Surveyed, formula: str, level: float) -> LogLinear:
    """See :meth:`thuis.survey.Sample.loglinear`."""
    right = formula.rpartition("~")[2]
    made = parse_plain(f"cells ~ {right}")
    columns = list(dict.fromkeys(each.column for term in made.terms for each in term))
    raise_all(unknowns("column", columns, sample.table.types))
    plain = made.intercept and all(each.plain and each.ref is None for term in made.terms for each in term)
    if not columns or not plain:
        raise ThuisError(f"{formula!r} is no table", expected="columns as they stand: a * b + c")
    table = tabulate(sample, [Total()], [tuple(columns)], Options())
    answers = [table.frame[name].unique(maintain_order=True).sort().to_list() for name in columns]
    size = [len(each) for each in answers]
    if min(size, default=0) < 2 or np.prod(size) > MOST:
        raise ThuisError(
            f"a table of {' x '.join(map(str, size))} cells",
            expected=f"2 answers or more each, at most {MOST:,}",
        )
    share, spread = np.zeros(int(np.prod(size))), np.zeros((int(np.prod(size)),) * 2)
    at = _places(table.frame, columns, answers)
    share[at], spread[np.ix_(at, at)] = shares_of(sample, columns, table)
    labels, x = _coded(made.terms, columns, answers)
    n = int(table.frame["n"].sum())
    beta, fitted = _fit(x, share * n)
    inside = x - x.mean(axis=0)
    bread = np.linalg.inv(inside.T @ _simple(fitted / n, n) @ inside)
    covariance = bread @ (inside.T @ spread @ inside) @ bread / n**2
    found = coefficients(labels, beta[1:], covariance, sample.df, n, level)
    return LogLinear(right.strip(), n, found, table, x, fitted, share, spread)


def _places(frame: pl.DataFrame, columns: Sequence[str], answers: list[list[object]]) -> list[int]:
    numbers = {key: i for i, key in enumerate(product(*answers))}
    return [numbers[key] for key in frame.select(columns).iter_rows()]


def _coded(
    terms: Sequence[Term], columns: Sequence[str], answers: list[list[object]]
) -> tuple[list[str], Floats]:
    """Names and columns of the cells, in the order of ``product(*answers)``; the last answer is minus 1."""
    places = np.array(list(product(*(range(len(each)) for each in answers))))
    labels, found = [], []
    for term in terms:
        blocks = []
        for factor in term:
            k = columns.index(factor.column)
            many = len(answers[k])
            codes = np.vstack([np.eye(many - 1), -np.ones(many - 1)])[places[:, k]]
            blocks.append([(f"{factor.label}_{named(answers[k][j])}", codes[:, j]) for j in range(many - 1)])
        for chosen in product(*blocks):
            labels.append(":".join(name for name, _ in chosen))
            found.append(reduce(np.multiply, (column for _, column in chosen)))
    return labels, np.array(found).T


def _fit(x: Floats, counts: Floats) -> tuple[Floats, Floats]:
    whole = np.column_stack([np.ones(len(x)), x])
    data = Data.of(family_of("poisson"), counts, whole)
    try:
        beta = data.back @ data.solved(np.ones(len(x)))
    except InseparableError:
        raise inseparable(whole.shape[1], len(x)) from None
    except ThuisError as error:
        nobody = "some answers that are crossed were given together by nobody"
        raise ThuisError(nobody, step="leave the crossing out, or join answers") from error
    return beta, np.exp(whole @ beta)


def _simple(share: Floats, n: float) -> Floats:
    """The covariance of shares if rows had been drawn singly."""
    return np.asarray((np.diag(share) - np.outer(share, share)) / n)


def _versus(small: LogLinear, large: LogLinear) -> Versus:
    n, few = small.n, small._x - small._x.mean(axis=0)
    many = large._x - large._x.mean(axis=0)
    plain = _simple(large._fitted / n, n)
    rest = many - few @ np.linalg.solve(few.T @ plain @ few, few.T @ plain @ many)
    own, size, _ = np.linalg.svd(rest, full_matrices=False)
    rest = own[:, size > 1e-10 * max(float(size.max(initial=0.0)), 1.0)]
    if rest.shape[1] != many.shape[1] - few.shape[1] or not rest.shape[1]:
        raise ThuisError(
            f"neither {small.formula!r} nor {large.formula!r} has all terms of the other and more"
        )
    counted = rest.T @ _simple(small._share, n) @ rest
    effects = np.linalg.eigvals(np.linalg.solve(counted, rest.T @ small._spread @ rest)).real
    deviance = 2 * float(
        special.rel_entr(large._share * n, small._fitted).sum()
        - special.rel_entr(large._share * n, large._fitted).sum()
    )
    pearson = float(((large._fitted - small._fitted) ** 2 / small._fitted).sum())
    first = float(effects.sum() ** 2 / (effects**2).sum())
    df = (first, first * small.coefficients.df)
    p, p_pearson = (float(special.fdtrc(*df, each / effects.sum())) for each in (deviance, pearson))
    return Versus(deviance, p, pearson, p_pearson, df, tuple(effects.tolist()))
