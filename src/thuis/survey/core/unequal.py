"""Variances of units drawn with unequal probabilities and not put back.

Of totals ``sum(z)`` they are quadratic forms of the scores of a stratum's units: Brewer (2002), Overton
(1985) and Hartley and Rao (1962) from the probabilities alone, Horvitz and Thompson (1952) or Yates and
Grundy (1953) from those of every pair (Särndal et al. 1992, ch. 2.8 and 3.6; R ``svydesign(pps=)``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.variance import Floats, Ints, starts

METHODS = ("brewer", "overton", "HR", "poisson", "joint")
VARIANCES = ("HT", "YG")
LARGEST = 6_000
"""Units whose pairs are held in memory."""
NEAR = 1e-4
"""As R: what two probabilities have in common is rounding below this."""


@dataclass(frozen=True, slots=True, eq=False)
class PPS:
    """How units of unequal probability are counted; the probabilities stand in ``fpc``.

    :param method: "brewer", also with later stages; "overton"; "HR" (Hartley and Rao); "poisson", units
        drawn each for itself; "joint", the probabilities of pairs.
    :param squares: of "HR" the sum of squared probabilities of the population of a stratum over the units
        drawn, a number or one for each stratum by name; the mean probability of the sample unless told.
    :param joint: rows x rows, in their order, the probability that both are drawn; of a row with itself its
        own.
    :param variance: "HT" or "YG", which may differ for any but "brewer".
    :param form: not to be given: what follows from the others, rows x rows.
    :raises ThuisError: an unknown method or variance, a matrix that holds no probabilities.

    >>> import polars as pl
    >>> from thuis.survey import PPS, Sample
    >>> rows = pl.DataFrame({"y": [10.0, 21, 29], "p": [0.2, 0.4, 0.5]})
    >>> for pps in ("brewer", PPS("HR", squares=0.4, variance="YG")):
    ...     print(round(Sample.from_frame(rows, fpc="p", pps=pps).total("y").frame["se"].item(), 4))
    5.5486
    5.6976
    """

    method: str = "brewer"
    squares: float | Mapping[Any, float] | None = None
    joint: Floats | None = None
    variance: str = "HT"
    form: Floats | None = None

    def __post_init__(self) -> None:
        found = []
        found += unknowns("way of counting unequal probabilities", [self.method], METHODS)
        found += unknowns("variance", [self.variance], VARIANCES)
        if self.method == "brewer" and self.variance != "HT":
            found.append(
                Problem('variance="YG" of "brewer"', expected="a method with probabilities of pairs")
            )
        if self.squares is not None and self.method != "HR":
            found.append(Problem(f"squares of {self.method!r}", expected='those of "HR"'))
        if (self.method == "joint") != (self.joint is not None or self.form is not None):
            found.append(
                Problem('a matrix of joint probabilities and "joint"', expected="one with the other")
            )
        if self.joint is not None:
            found += _none(np.asarray(self.joint, dtype=float))
        raise_all(found)

    def of(self, stratum: Ints, names: list[Any], probability: Floats, row: Ints) -> Linked | Pairs:
        """The quadratic form of these units.

        :param stratum: the number of every unit's stratum, sorted; ``names`` of the strata.
        :param row: of every unit the row it is, for ``joint``.
        """
        if self.method == "joint":
            return self._pairs(row)
        n = np.bincount(stratum).astype(float)
        with np.errstate(divide="ignore"):
            k = np.where(n > 1, 1 / (n - 1), 0.0)
        p, none = probability, np.zeros(len(n))
        if self.method == "poisson":
            return Linked(stratum, 1 - p, p, none, none)
        if self.method == "brewer":
            a = (1 - p) * (n * k)[stratum]
            return Linked(stratum, a, a, np.bincount(stratum, a) / n**2, np.where(n > 1, -1 / n, 0.0))
        if self.method == "overton":
            made = Linked(stratum, 1 - p - k[stratum] * (p - 1), p, -k, k / 2)
        else:
            squares = self._squares(names, np.bincount(stratum, p) / n)
            rest = 1 - p - k[stratum] * (2 * p - 1 - squares[stratum])
            made = Linked(stratum, rest, p, -k * (1 + squares), k)
        return made if self.variance == "HT" else made.between

    def _squares(self, names: list[Any], mean: Floats) -> Floats:
        if self.squares is None:
            return mean
        if isinstance(self.squares, Mapping):
            missing = [name for name in names if name not in self.squares]
            raise_all([Problem(f"stratum {name!r} has no squares") for name in missing])
            return np.array([float(self.squares[name]) for name in names])
        return np.full(len(names), float(self.squares))

    def _pairs(self, row: Ints) -> Pairs:
        if self.form is not None:
            return Pairs(self.form[np.ix_(row, row)])
        joint = np.asarray(self.joint, dtype=float)
        if len(joint) <= row.max():
            raise ThuisError(
                f"{len(joint)} joint probabilities a side for {row.max() + 1} rows",
                expected="one for each row",
            )
        own = np.diag(joint)
        form = (joint - np.outer(own, own)) / joint
        form[np.abs(form) < NEAR] = 0.0
        form = form[np.ix_(row, row)]
        return Pairs(form if self.variance == "HT" else form - np.diag(form.sum(axis=1)))


def pps_of(pps: str | PPS | None) -> PPS | None:
    """What is meant by a name."""
    return PPS(pps) if isinstance(pps, str) else pps


def _none(joint: Floats) -> list[Problem]:
    if joint.ndim != 2 or joint.shape[0] != joint.shape[1]:
        return [Problem(f"joint probabilities of {joint.shape}", expected="as many rows as columns")]
    if len(joint) > LARGEST:
        return [
            Problem(
                f"joint probabilities of {len(joint)} rows",
                expected=f"at most {LARGEST}",
                step='count them by "brewer" or "HR", from the probabilities alone',
            )
        ]
    own = np.diag(joint)
    if not ((joint > 0) & (joint <= 1 + 1e-12)).all():
        return [
            Problem(
                "joint probabilities of 0, above 1 or missing",
                expected="above 0, at most 1",
                step="pairs that are never drawn leave the variance unknown: count as drawn with replacement",
            )
        ]
    if not np.allclose(joint, joint.T, rtol=1e-9, atol=0):
        return [Problem("joint probabilities that differ for the same pair", expected="a symmetric matrix")]
    if (joint > np.minimum.outer(own, own) * (1 + 1e-9)).any():
        return [
            Problem(
                "a pair that is likelier than one of its rows", expected="at most the probability of each"
            )
        ]
    return []


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """``sum(a z^2) + m S^2 + 2 c S sum(v z)`` per stratum, ``S`` the sum of its scores."""

    stratum: Ints
    own: Floats
    link: Floats
    both: Floats
    cross: Floats

    @property
    def between(self) -> Linked:
        """The same pairs, where what a unit has with itself makes up for the others (Yates and Grundy)."""
        n, h = np.bincount(self.stratum), self.stratum
        others = n * self.both + self.cross * np.bincount(h, self.link)
        return Linked(h, -(others[h] + (self.cross * n)[h] * self.link), self.link, self.both, self.cross)

    def times(self, scores: Floats) -> Floats:
        """The matrix of the form times scores, units x estimates."""
        h, first = self.stratum, starts(self.stratum)
        summed = np.add.reduceat(scores, first, axis=0)[h]
        linked = np.add.reduceat(self.link[:, None] * scores, first, axis=0)[h]
        found = self.own[:, None] * scores + self.both[h, None] * summed
        return np.asarray(found + self.cross[h, None] * (linked + self.link[:, None] * summed))

    def squares(self, cell: Ints, unit: Ints, score: Floats, size: int) -> Floats:
        """The form of every cell's scores, (cell, unit) x columns and sorted."""
        h, found = self.stratum[unit], np.zeros((size, score.shape[1]))
        pair = starts(cell, h)
        at = h[pair]
        summed = np.add.reduceat(score, pair, axis=0)
        linked = np.add.reduceat(self.link[unit, None] * score, pair, axis=0)
        part = np.add.reduceat(self.own[unit, None] * score**2, pair, axis=0)
        part += self.both[at, None] * summed**2 + 2 * self.cross[at, None] * summed * linked
        first = starts(cell[pair])
        found[cell[pair][first]] = np.add.reduceat(part, first, axis=0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """``z' Q z`` with a matrix of all pairs."""

    form: Floats

    def times(self, scores: Floats) -> Floats:
        """The matrix of the form times scores, units x estimates."""
        return np.asarray(self.form @ scores)

    def squares(self, cell: Ints, unit: Ints, score: Floats, size: int) -> Floats:
        """The form of every cell's scores, (cell, unit) x columns and sorted."""
        found, first = np.zeros((size, score.shape[1])), starts(cell)
        for begin, end in zip(first, np.append(first[1:], len(cell)), strict=True):
            own, z = unit[begin:end], score[begin:end]
            found[cell[begin]] = (z * (self.form[np.ix_(own, own)] @ z)).sum(axis=0)
        return found
