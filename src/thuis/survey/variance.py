"""Linearised variance from sums per design unit: Särndal et al. (1992), ch. 5 (R ``svyrecvar``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Per stratum: number of PSUs, sampled fraction and what to do with a lonely PSU."""

    psus: Floats
    fraction: Floats
    lonely: str

    @property
    def scale(self) -> Floats:
        """``(1 - f) n / (n - 1)``; for one PSU ``1 - f`` under "adjust", else 0 (R ``onestrat``)."""
        many = self.psus > 1
        one = 1.0 if self.lonely == "adjust" else 0.0
        factor = np.where(many, self.psus / np.where(many, self.psus - 1, 1), one)
        return (1 - self.fraction) * factor

    @property
    def centred(self) -> NDArray[np.bool_]:
        """Strata whose scores are taken from their mean; a lonely one under "adjust" from zero."""
        return np.asarray((self.psus > 1) | (self.lonely != "adjust"))

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Lonely strata that "average" replaces by the mean of the others."""
        return np.asarray((self.psus == 1) & (self.fraction < 1) & (self.lonely == "average"))


def by_unit(strata: Strata, column: Ints, stratum: Ints, score: Floats, size: int) -> Floats:
    """Variance per estimate from scores per (estimate, PSU); a PSU that is absent scores zero."""
    pair = column * len(strata.psus) + stratum
    keys, where = np.unique(pair, return_inverse=True)
    members = np.bincount(where, minlength=len(keys)).astype(float)
    h = keys % len(strata.psus)
    mean = np.bincount(where, score, minlength=len(keys)) / strata.psus[h]
    mean = np.where(strata.centred[h], mean, 0.0)
    squares = np.asarray(np.bincount(where, (score - mean[where]) ** 2, len(keys)), dtype=float)
    squares += (strata.psus[h] - members) * mean**2
    return _collect(strata, keys // len(strata.psus), h, squares, size)


def by_element(
    strata: Strata, column: Ints, stratum: Ints, first: Floats, second: Floats, size: int
) -> Floats:
    """Variance per estimate when each row is a PSU, from the sums of scores and of squared scores."""
    mean = np.where(strata.centred[stratum], first / strata.psus[stratum], 0.0)
    squares = np.maximum(second - mean * first, 0.0)
    return _collect(strata, column, stratum, squares, size)


def _collect(strata: Strata, column: Ints, h: Ints, squares: Floats, size: int) -> Floats:
    known = ~strata.unknown[h]
    total = np.asarray(
        np.bincount(column, np.where(known, strata.scale[h] * squares, 0.0), size), dtype=float
    )
    if known.all():
        return total
    present = np.bincount(column, minlength=size)
    counted = np.bincount(column, known, minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total * present / counted)


def matrix(strata: Strata, stratum: Ints, scores: Floats) -> Floats:
    """Covariance matrix from a dense (PSU x estimate) matrix of scores."""
    sums = np.zeros((len(strata.psus), scores.shape[1]))
    np.add.at(sums, stratum, scores)
    mean = np.where(strata.centred[:, None], sums / strata.psus[:, None], 0.0)
    rest = (scores - mean[stratum]) * np.sqrt(strata.scale)[stratum, None]
    return np.asarray(rest.T @ rest)


def products(strata: Strata, first: Floats, second: Floats) -> Floats:
    """Covariance matrix from sums (stratum x K) and summed products (stratum x K x K) of element scores."""
    mean = np.where(strata.centred[:, None], first / strata.psus[:, None], 0.0)
    within = second - mean[:, :, None] * first[:, None, :]
    return np.asarray((strata.scale[:, None, None] * within).sum(axis=0))


def sparse(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Any:
    """A column-compressed matrix of scores."""
    from scipy.sparse import csc_matrix

    return csc_matrix((values, (rows, columns)), shape=shape)
