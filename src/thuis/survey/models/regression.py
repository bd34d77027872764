"""The one fit of a generalised linear model, and what every row and replicate weight adds to it.

Pseudo-likelihood by iteratively reweighted least squares (Binder 1983, Int. Stat. Rev. 51: 279). The variance
is that of the totals of influence values under the design, or of the coefficients refitted with every
replicate weight, as R ``svyglm``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core.replicates import Replicates
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints, matrix
from thuis.survey.models.families import Family
from thuis.survey.used import clustered, totals_of

CLOSE, NEARLY, STEPS = 1e-13, 1e-8, 100
BLOCK = 8_192
"""Rows of which all that is made of them stays near the processor."""
CERTAIN = 15.0
"""A linear predictor beyond this is a share of 0 or 1 to seven digits."""

Scores = Callable[[slice], Floats]
Sums = tuple[Floats, Floats, Callable[[], bool]]
"""``X' W X``, what the next coefficients must make of it, and whether a row's mean is all but certain."""


class InseparableError(Exception):
    """Rows that do not tell the columns of a model apart."""


def inseparable(columns: int, rows: int) -> ThuisError:
    """The same, said to who asked."""
    return ThuisError(
        f"the model has {columns} coefficients, but its {rows} rows do not tell them apart",
        step="leave a term out",
    )


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients on the rows in use, and from where their variance comes.

    :param known: which of all ``rows`` of the sample are in use; ``weight`` is theirs.
    :param scores: of some of the rows in use, rows x coefficients; times ``bread`` they are the influence of
        each. None with replicate weights, where ``replicated`` has the coefficients of each.
    :param unit: the design unit of every row in use.
    """

    sample: Surveyed
    rows: pl.DataFrame
    known: pl.Series
    family: Family
    weight: Floats
    beta: Floats
    scores: Scores | None
    bread: Floats
    replicated: Floats | None
    unit: Ints

    @property
    def influence(self) -> Floats | None:
        """What every row in use adds to every coefficient; None with replicate weights."""
        if self.scores is None:
            return None
        found = np.empty((len(self.weight), len(self.beta)))
        for part in parts(len(found)):
            found[part] = self.scores(part) @ self.bread
        return found

    def covariance(self) -> Floats:
        """Covariance of the coefficients."""
        if self.scores is None:
            assert self.replicated is not None
            return self.deviations(self.replicated, self.beta)
        if not clustered(self.sample):
            influence = self.influence
            assert influence is not None
            return self.spread(influence)
        unit, height = self.unit, self.sample.height
        sums = np.zeros((len(self.beta), height))
        for part in parts(len(unit), 4 * height):
            score = (self.scores(part) * self.weight[part, None]).T
            sums += [np.bincount(unit[part], each, height) for each in score]
        return matrix(self.sample.stages, sums.T @ self.bread)

    def spread(self, influence: Floats) -> Floats:
        """Covariance of statistics from the influence of the rows in use on each."""
        if self.known.all():
            return totals_of(self.sample, self.rows, influence)
        whole = np.zeros((self.rows.height, influence.shape[1]))
        whole[self.known.to_numpy()] = influence
        return totals_of(self.sample, self.rows, whole)

    def weights(self) -> list[Floats]:
        """The replicate weights of the rows in use."""
        of = self.sample.replicates
        return [] if of is None else [_numbers(self.rows, name, self.known) for name in of.columns]

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
    family: Family,
    y: Floats,
    x: Floats,
    offset: Floats | float = 0.0,
) -> Fit:
    """Fit a model; the first column of ``x`` is that of the intercept, when there is one.

    :param rows: every row with its design; ``known`` are those in use, of which ``y`` and ``x`` tell.
    :raises ThuisError: coefficients that the rows do not tell apart, or that have no finite answer.
    """
    weight = _numbers(rows, sample.weight, known)
    data = Data.of(family, y, x, offset)
    try:
        beta = data.solved(weight)
    except InseparableError:
        raise inseparable(x.shape[1], len(y)) from None
    if sample.replicates is not None:
        found, lost = [], 0
        for name in sample.replicates.columns:
            try:
                found.append(data.solved(_numbers(rows, name, known), beta))
            except InseparableError:
                lost += 1
        # R leaves such replicates out with a warning: the variance then lacks what they would add.
        if lost:
            raise ThuisError(
                f"{lost} of {lost + len(found)} replicate weights leave a term of the model without rows",
                step="join small categories, or leave the term out",
            )
        none = np.zeros((0, len(beta))), np.array(found) @ data.back.T, np.zeros(0, np.int64)
        return Fit(sample, rows, known, family, weight, data.back @ beta, None, *none)
    bread = data.inverse(weight, beta) @ data.back.T

    def scores(part: slice) -> Floats:
        return data.scores(part, beta)

    unit = sample.unit_of(rows)
    unit = unit if known.all() else unit[known.to_numpy()]
    return Fit(sample, rows, known, family, weight, data.back @ beta, scores, bread, None, unit)


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Answers and columns of a model; beside an intercept columns count less their means.

    A number far from 0, as a year is, then keeps its digits. ``back`` turns coefficients into those of ``x``
    itself.
    """

    family: Family
    y: Floats
    x: Floats
    offset: Floats
    middle: Floats
    back: Floats

    @classmethod
    def of(
        cls,
        family: Family,
        y: Floats,
        x: Floats,
        offset: Floats | float = 0.0,
        middle: Floats | None = None,
    ) -> Data:
        """:param x: rows x coefficients; ``offset`` what the linear predictor holds beside them.
        :param middle: what is added to the columns, when these are not all rows.
        """
        back = np.eye(x.shape[1])
        if middle is None:
            middle = np.zeros(x.shape[1])
            if x.size and (x[:, 0] == 1).all():
                middle[1:] = -x[:, 1:].mean(axis=0)
        if x.shape[1]:
            back[0] += middle
        return cls(family, y, x, np.broadcast_to(np.asarray(offset, dtype=float), y.shape), middle, back)

    def scores(self, part: slice, beta: Floats) -> Floats:
        """``x (y - mean) slope / variance`` of some rows."""
        x = self.x[part] + self.middle
        eta = x @ beta + self.offset[part]
        mean = self.family.mean(eta)
        rest = (self.y[part] - mean) * self.family.slope(eta) / self.family.variance(mean)
        return x * rest[:, None]

    def inverse(self, weight: Floats, beta: Floats) -> Floats:
        """The inverse of the information at some coefficients."""
        return inverse(self.sums(weight, beta)[0])

    def sums(self, w: Floats, beta: Floats | None) -> tuple[Floats, Floats]:
        """``X' W X`` and what the next coefficients must make of it, block by block of the rows."""
        family, many = self.family, self.x.shape[1]
        products, wanted = np.zeros((many, many)), np.zeros(many)
        for part in parts(len(w)):
            y, x, own, offset = self.y[part], self.x[part] + self.middle, w[part], self.offset[part]
            eta = family.link(family.start(y)) if beta is None else x @ beta + offset
            mean, slope = family.mean(eta), family.slope(eta)
            if beta is not None and not family.inside(mean[own != 0]):
                return np.full_like(products, np.nan), np.full_like(wanted, np.nan)
            pull = np.where(own != 0, own * slope / family.variance(mean), 0.0)
            rest = y - mean if beta is not None else slope * (eta - offset) + y - mean
            wanted += np.where(own != 0, pull * rest, 0.0) @ x
            products += x.T @ (x.T * np.where(own != 0, pull * slope, 0.0)).T
        return products, wanted

    def solved(self, w: Floats, beta: Floats | None = None) -> Floats:
        """Coefficients that solve ``sum(w x (y - mean) slope / variance) = 0``; see :func:`solved`."""

        def sums(beta: Floats | None) -> Sums:
            return *self.sums(w, beta), lambda: beta is not None and self.certain(w, beta)

        return solved(sums, self.family, beta)

    def certain(self, w: Floats, beta: Floats) -> bool:
        """Whether a share is 0 or 1 to seven digits."""
        if not self.family.shares:
            return False
        eta = self.x @ beta + self.middle @ beta + self.offset
        return bool(np.abs(eta[w != 0]).max(initial=0.0) > CERTAIN)


def solved(sums: Callable[[Floats | None], Sums], family: Family, beta: Floats | None = None) -> Floats:
    """Coefficients at which what the rows pull is 0, by Newton's method with the expected information.

    :param sums: of all rows, at some coefficients; without them as each row's own answer has it.
    :param beta: coefficients to start from.
    :raises InseparableError: rows that do not tell the columns apart.
    :raises ThuisError: no solution.
    """
    size, before, last = np.zeros(0), np.inf, beta
    for _ in range(STEPS):
        with np.errstate(all="ignore"):
            products, wanted, certain = sums(beta)
        if not (np.isfinite(products).all() and np.isfinite(wanted).all()):
            if family.ends is None or beta is None:
                break
            # Some mean is none that there can be: half a step, from where all can.
            last = _safe(family, len(beta)) if last is None else last
            beta = (beta + last) / 2
            continue
        if not size.size:
            size = np.sqrt(np.diag(products))
            if not (size.size and size.all()) or np.linalg.matrix_rank(products / np.outer(size, size)) < len(
                size
            ):
                raise InseparableError
            size /= size.max()
        # Each step starts from the answers themselves, so rounding in the matrix does not stay.
        try:
            step = np.linalg.solve(products / np.outer(size, size), wanted / size)
        except np.linalg.LinAlgError:
            break
        last, new = beta, step / size if beta is None else beta + step / size
        far = float("inf") if beta is None else float(np.abs(step).max() / (1 + np.abs(new * size).max()))
        beta = new
        if far <= CLOSE or (far >= before / 2 and far < NEARLY):
            return np.asarray(beta)
        before = far
    if family.ends is not None:
        raise ThuisError(
            "the model has no answer inside: the mean of some row reaches the end of what there can be",
            step='take fewer terms; ratios of shares have family="poisson", differences "gaussian"',
        )
    if family.shares and certain():
        raise ThuisError(
            "the logistic model has no finite answer: some group all answered alike",
            step="join categories, or leave a term out",
        )
    raise ThuisError("the model does not converge", step="take fewer terms")


def inverse(products: Floats) -> Floats:
    """The inverse of sums of products of columns, whatever the units of each are."""
    size = np.sqrt(np.diag(products))
    return np.asarray(np.linalg.inv(products / np.outer(size, size)) / np.outer(size, size))


def _safe(family: Family, many: int) -> Floats:
    """One mean for all rows, in which an intercept comes first."""
    return np.array([family.safe, *[0.0] * (many - 1)])


def parts(size: int, least: int = 0) -> Iterator[slice]:
    """Slices of some rows."""
    step = max(BLOCK, least)
    yield from (slice(begin, begin + step) for begin in range(0, size, step))


def _numbers(rows: pl.DataFrame, name: str, known: pl.Series) -> Floats:
    return rows[name].filter(known).cast(pl.Float64).to_numpy()
