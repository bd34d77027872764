"""Linearised variance from sums per design unit: Särndal et al. (1992), ch. 4 and 5 (R ``svyrecvar``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Per stratum: number of units, factor of the squares, and whether scores are taken from their mean.

    ``unknown`` marks lonely strata that "average" replaces by the mean of the others.
    """

    units: Floats
    scale: Floats
    centred: Bools
    unknown: Bools

    @classmethod
    def of(
        cls,
        units: Floats,
        fraction: Floats,
        lonely: str | NDArray[np.str_],
        factor: Floats | float = 1.0,
    ) -> Strata:
        """Factor ``(1 - f) n / (n - 1)``; with one unit ``1 - f`` under "adjust", else 0 (R ``onestrat``).

        Under "adjust" such a unit is held against the mean of all units, as R ``survey`` does since 4.2.

        :param lonely: the rule of all strata, or of each.
        :param factor: what multiplies a later stage: the fractions sampled at the stages before it.
        """
        many, rule = units > 1, np.broadcast_to(np.asarray(lonely), units.shape)
        one = np.where(rule == "adjust", 1.0, 0.0)
        scale = (1 - fraction) * np.where(many, units / np.where(many, units - 1, 1), one) * factor
        alone = (units == 1) & (fraction < 1)
        return cls(units, scale, many | (rule != "adjust"), alone & (rule == "average"))

    @property
    def lonely(self) -> Bools:
        """Strata of one unit whose score counts from the mean of all units ("adjust")."""
        return np.asarray(~self.centred & (self.units == 1))

    @property
    def without_average(self) -> Strata:
        """The same strata, where "average" adds nothing for a lonely one."""
        return Strata(self.units, self.scale, self.centred, np.zeros_like(self.unknown))


class Form(Protocol):
    """The variance of a stage as a quadratic form of the scores of its units."""

    def times(self, scores: Floats) -> Floats:
        """The matrix of the form times scores, units x estimates."""

    def squares(self, cell: Ints, unit: Ints, score: Floats, size: int) -> Floats:
        """The form of every cell's scores, (cell, unit) x columns and sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One stage of sampling: ``unit`` of every final unit, ``stratum`` of every unit of this stage.

    :param form: the variance of units of unequal probability, in place of squares from the stratum's mean.
    """

    unit: Ints | None
    stratum: Ints
    strata: Strata
    form: Form | None = None

    def collect(self, unit: Ints) -> Ints:
        """Units of this stage of these final units."""
        return unit if self.unit is None else self.unit[unit]


def starts(*keys: Ints) -> Ints:
    """Where a run of equal keys begins.

    >>> starts(np.array([0, 0, 1, 1]), np.array([5, 5, 5, 6])).tolist()
    [0, 2, 3]
    """
    if len(keys[0]) == 0:
        return np.zeros(0, dtype=np.int64)
    new = np.zeros(len(keys[0]), dtype=bool)
    new[0] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new).astype(np.int64)


def independent(columns: Floats, least: float) -> Bools:
    """Which columns tell something that those before them do not (Gram and Schmidt, each twice).

    :param least: what must be left of a column beside the others, as a share of its length: R ``qr``.

    >>> independent(np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 1.0]]), 1e-5).tolist()
    [True, False, True]
    """
    basis: list[Floats] = []
    kept = np.zeros(columns.shape[1], dtype=bool)
    for k, column in enumerate(columns.T):
        size = np.linalg.norm(column)
        rest = column / size if size else column
        for _ in range(2):
            for each in basis:
                rest = rest - (each @ rest) * each
        if (left := np.linalg.norm(rest)) > least:
            kept[k] = True
            basis.append(rest / left)
    return kept


def added(rows: Floats, run: Ints, runs: int) -> Floats:
    """Sums of runs of rows, column by column: where runs are short ``reduceat`` takes three times as long.

    :param run: which run every row is in.

    >>> added(np.array([[1.0], [2.0], [4.0]]), np.array([0, 0, 1]), 2).ravel().tolist()
    [3.0, 4.0]
    """
    found = np.empty((rows.shape[1], runs))
    for column, into in zip(rows.T, found, strict=True):
        into[:] = np.bincount(run, column, runs)
    return found.T


def from_the_mean(
    stage: Stage, cell: Ints, unit: Ints, score: Floats, size: int, has: Bools | None = None
) -> Floats:
    """Scores per (cell, unit), sorted, where those of lonely units count from the mean of all units.

    All units are those of the strata in which a cell has answers, as in R. Scores of means add up to 0: only
    totals change.

    :param has: which units have answers; all unless told.
    """
    strata, h = stage.strata, stage.stratum[unit]
    there = np.ones(score.shape, dtype=bool) if has is None else has
    pair, first = starts(cell, h), starts(cell)
    present = np.logical_or.reduceat(there, pair) * strata.units[h[pair]][:, None]
    units, total = np.ones((size, score.shape[1])), np.zeros((size, score.shape[1]))
    units[cell[first]] = np.maximum(np.add.reduceat(present, starts(cell[pair]), axis=0), 1.0)
    total[cell[first]] = np.add.reduceat(score, first, axis=0)
    return score - np.where(strata.lonely[h][:, None] & there, (total / units)[cell], 0.0)


def by_unit(
    stages: Sequence[Stage], cell: Ints, unit: Ints, score: Floats, size: int, has: Bools | None = None
) -> Floats:
    """Variance per cell and column from scores per (cell, final unit), sorted; an absent unit scores zero.

    :param score: rows x columns.
    :param has: which scores exist, for the rule "average", which counts the strata that a cell is in.
    :returns: size x columns.
    """
    total = np.zeros((size, score.shape[1]))
    for number, stage in enumerate(stages):
        own = stage.collect(unit)
        first = starts(cell, own)
        if not len(first):
            continue
        sums = score if len(first) == len(cell) else np.add.reduceat(score, first, axis=0)
        if stage.form is not None:
            total += stage.form.squares(cell[first], own[first], sums, size)
            continue
        if len(stages) > 1 and stage.strata.lonely.any():
            within = stages[number - 1].collect(unit) if number else np.zeros_like(unit)
            part = np.cumsum(np.isin(np.arange(len(cell)), starts(cell, within)))[first] - 1
            there = None if has is None else np.logical_or.reduceat(has, first)
            sums = from_the_mean(stage, part, own[first], sums, int(part[-1]) + 1, there)
        column, h = cell[first], stage.stratum[own[first]]
        pair = starts(column, h)
        members = np.diff(np.append(pair, len(column)))
        run = np.repeat(np.arange(len(pair)), members)
        at, strata = h[pair], stage.strata
        centre = np.where(strata.centred[at], 1 / strata.units[at], 0.0)[:, None]
        mean = added(sums, run, len(pair)) * centre
        rest = sums - mean.T[:, run].T
        squares = added(rest * rest, run, len(pair))
        squares += (strata.units[at] - members)[:, None] * mean**2
        present = None if has is None else np.logical_or.reduceat(np.logical_or.reduceat(has, first), pair)
        total += _collect(strata, column[pair], at, squares, size, present)
    return total


def by_element(
    strata: Strata, cell: Ints, h: Ints, first: Floats, second: Floats, size: int, has: Bools | None = None
) -> Floats:
    """Variance per cell and column when each row is a unit, from the sums of scores and of their squares.

    :param first: (cell, stratum) x columns, sorted; ``second`` likewise.
    """
    if not len(cell):
        return np.zeros((size, first.shape[1]))
    squares = np.where(strata.lonely[h][:, None], first**2, second - first**2 / strata.units[h][:, None])
    return _collect(strata, cell, h, np.maximum(squares, 0.0), size, has)


def _collect(
    strata: Strata, cell: Ints, h: Ints, squares: Floats, size: int, present: Bools | None
) -> Floats:
    known = ~strata.unknown[h]
    total = np.zeros((size, squares.shape[1]))
    first = starts(cell)
    scaled = squares * np.where(known, strata.scale[h], 0.0)[:, None]
    total[cell[first]] = np.add.reduceat(scaled, first, axis=0)
    if known.all():
        return total
    there = np.ones_like(squares, dtype=bool) if present is None else present
    factor = np.ones_like(total)
    with np.errstate(invalid="ignore", divide="ignore"):
        factor[cell[first]] = np.add.reduceat(there.astype(float), first, axis=0) / np.add.reduceat(
            (there & known[:, None]).astype(float), first, axis=0
        )
        return np.asarray(total * factor)


def matrix(stages: Sequence[Stage], scores: Floats, *, adjust: bool = True) -> Floats:
    """Covariance matrix from a dense (final unit x estimate) matrix of scores."""
    return np.asarray(sum(one.T @ other for one, other in scaled(stages, scores, adjust=adjust)))


def by_row(strata: Strata, h: Ints, scores: Floats) -> Floats:
    """Covariance matrix from a dense (row x estimate) matrix when each row is a unit; ``h`` is sorted."""
    mean = np.add.reduceat(scores, starts(h), axis=0) / strata.units[:, None]
    mean = np.where(strata.lonely[:, None], scores.mean(axis=0), mean)
    away = (scores - mean[h]) * np.sqrt(strata.scale)[h, None]
    return np.asarray(away.T @ away)


def scaled(
    stages: Sequence[Stage], scores: Floats, *, adjust: bool = True
) -> Iterator[tuple[Floats, Floats]]:
    """Per stage two matrices, units x estimates, whose products are the variance.

    Twice the scores of its units from their stratum's mean, scaled; with a form the scores and what it makes
    of them.

    :param adjust: scores of lonely units still have to be taken from the mean of all units.
    """
    for number, stage in enumerate(stages):
        own = scores
        if stage.unit is not None:
            own = np.add.reduceat(scores, starts(stage.unit), axis=0)
        if stage.form is not None:
            yield own, stage.form.times(own)
            continue
        strata = stage.strata
        if strata.lonely.any() and (adjust or len(stages) > 1):
            before = stages[number - 1].unit if number else None
            within = np.zeros(len(scores), dtype=np.int64) if before is None else before
            if stage.unit is not None:
                within = within[starts(stage.unit)]
            own = from_the_mean(stage, within, np.arange(len(own)), own, int(within[-1]) + 1)
        sums = np.add.reduceat(own, starts(stage.stratum), axis=0)
        mean = np.where(strata.centred[:, None], sums / strata.units[:, None], 0.0)
        rest = (own - mean[stage.stratum]) * np.sqrt(strata.scale)[stage.stratum, None]
        yield rest, rest
