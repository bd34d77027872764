"""Covariances between estimates, and the variances of many differences at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from thuis.survey.core.cells import Spread
from thuis.survey.core.variance import Floats, Ints, Stage, Strata, by_unit, matrix, scaled

CHUNK = 4_000_000
"""Scores in memory at once: a block of differences."""
DENSE = 0.1
"""From this share of design units that a cell is in, zeros are kept too: adding is faster than looking."""


class Covariances(Protocol):
    """What stands behind a table of estimates."""

    def matrix(self, chosen: Ints) -> Floats:
        """Covariance matrix of frame rows."""

    def differences(self, left: Ints, right: Ints) -> Floats:
        """Variance of right minus left, for every pair of frame rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What one grouping left behind: its estimates stand in the frame from ``start``, k * size + cell."""

    start: int
    size: int
    spread: Spread

    @property
    def width(self) -> int:
        """Its measures."""
        return int(self.spread.first.shape[1])


def columns(blocks: Sequence[Block], rows: Ints, height: int, *, squares: bool = False) -> Any:
    """The scores of these frame rows as a sparse matrix, design units x rows."""
    from scipy.sparse import csc_array

    starting = np.array([block.start for block in blocks])
    where = np.searchsorted(starting, rows, side="right") - 1
    lengths = np.zeros(len(rows), dtype=np.int64)
    for b in np.unique(where):
        block, here = blocks[b], where == b
        cell = (rows[here] - block.start) % block.size
        lengths[here] = block.spread.pointer[cell + 1] - block.spread.pointer[cell]
    pointer = np.concatenate([[0], np.cumsum(lengths)])
    indices, data = np.empty(pointer[-1], dtype=np.int64), np.empty(pointer[-1])
    for b in np.unique(where):
        block, here = blocks[b], np.flatnonzero(where == b)
        k, cell = np.divmod(rows[here] - block.start, block.size)
        n = lengths[here]
        step = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        source, target = np.repeat(block.spread.pointer[cell], n) + step, np.repeat(pointer[here], n) + step
        values = block.spread.second if squares else block.spread.first
        indices[target] = block.spread.unit[source]
        data[target] = values[source, np.repeat(k, n)] if values is not None else 0.0
    return csc_array((data, indices, pointer), shape=(height, len(rows)))


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The scores of a tabulation with the design they come from.

    :param cross: for elements as units: products of scores summed per stratum, for pairs of frame rows.
    :param load: what a calibrated sample's scores lose, times the slopes of their block.
    :param se: standard errors when they differ from those of the scores (rule "average").
    """

    blocks: tuple[Block, ...]
    stages: tuple[Stage, ...]
    height: int
    cross: Callable[[Ints, Ints], tuple[Ints, Ints, Floats]] | None = None
    se: Floats | None = None
    load: Floats | None = None

    def _full(self, rows: Ints, first: Any) -> Floats:
        """Dense scores of frame rows, less what calibration takes."""
        dense = np.asarray(first.toarray())
        if self.load is not None:
            starting = np.array([block.start for block in self.blocks])
            where = np.searchsorted(starting, rows, side="right") - 1
            for column, (row, b) in enumerate(zip(rows.tolist(), where.tolist(), strict=True)):
                block = self.blocks[b]
                k, cell = divmod(row - block.start, block.size)
                if block.spread.slopes is not None:
                    dense[:, column] -= self.load @ block.spread.slopes[cell, :, k]
        return dense

    def matrix(self, chosen: Ints) -> Floats:
        """Covariance matrix of frame rows."""
        rows, back = np.unique(np.asarray(chosen, dtype=np.int64), return_inverse=True)
        if not len(rows):
            return np.zeros((0, 0))
        first = columns(self.blocks, rows, self.height)
        found = self._elements(rows, first) if self.cross else self._units(rows, first)
        if self.se is not None:
            spread = np.sqrt(np.diag(found))
            factor = self.se[rows] / np.where(spread > 0, spread, 1.0)
            found = found * factor[:, None] * factor[None, :]
        return np.asarray(found[np.ix_(back, back)])

    def _units(self, rows: Ints, first: Any) -> Floats:
        return matrix(self.stages, self._full(rows, first), adjust=self.load is not None)

    def _elements(self, rows: Ints, first: Any) -> Floats:
        assert self.cross is not None
        strata = self.stages[0].strata
        found = np.asarray(-(first.T @ (first * _centre(strata)[:, None])).toarray())
        second = columns(self.blocks, rows, self.height, squares=True)
        scale = np.where(strata.lonely, 0.0, strata.scale)
        found[np.diag_indices(len(rows))] += second.T @ scale
        a, b = np.triu_indices(len(rows), 1)
        pair, h, product = self.cross(rows[a], rows[b])
        extra = np.bincount(pair, scale[h] * product, minlength=len(a))
        found[a, b] += extra
        found[b, a] += extra
        diagonal = np.diag_indices(len(rows))
        found[diagonal] = np.maximum(found[diagonal], 0.0)
        # Differences of sums: where nothing varies, rounding must not look like a covariance.
        most = np.sqrt(np.outer(found[diagonal], found[diagonal]))
        return np.asarray(np.clip(found, -most, most))

    def differences(self, left: Ints, right: Ints) -> Floats:
        """Variance of right minus left, for every pair of frame rows."""
        rows, at = np.unique(np.concatenate([left, right]), return_inverse=True)
        first = columns(self.blocks, rows, self.height)
        second = columns(self.blocks, rows, self.height, squares=True) if self.cross else None
        i, j = at[: len(left)], at[len(left) :]
        found = np.empty(len(left))
        sizes = np.diff(first.indptr)
        if self.load is not None or (self.cross is None and first.nnz > DENSE * self.height * len(rows)):
            for part in _parts(np.full(len(left), self.height)):
                found[part] = self._dense(rows, first, i[part], j[part])
        else:
            for part in _parts(sizes[i] + sizes[j]):
                found[part] = self._part(first, second, i[part], j[part], rows)
        if self.se is not None:
            found = self._scaled(found, first, second, i, j, self.se[rows])
        return np.where(left == right, 0.0, found)

    def _dense(self, rows: Ints, first: Any, i: Ints, j: Ints) -> Floats:
        own, at = np.unique(np.concatenate([i, j]), return_inverse=True)
        total = np.zeros(len(i))
        full = self._full(rows[own], first[:, own])
        for one, other in scaled(self.stages, full, adjust=self.load is not None):
            moved = _moved(one, at)
            total += np.einsum("ij,ij->i", moved, moved if other is one else _moved(other, at))
        return total

    def _part(self, first: Any, second: Any, i: Ints, j: Ints, rows: Ints) -> Floats:
        from scipy.sparse import csc_array

        n, ones = len(i), np.ones(len(i))
        at = np.concatenate([i, j]), np.tile(np.arange(n), 2)
        moved = first @ csc_array((np.concatenate([-ones, ones]), at), shape=(len(rows), n))
        if self.cross is None:
            return self._variance(moved, None)
        pair, h, product = self.cross(rows[i], rows[j])
        squares = second @ csc_array((np.concatenate([ones, ones]), at), shape=(len(rows), n))
        return self._variance(moved, squares - 2 * csc_array((product, (h, pair)), shape=squares.shape))

    def _variance(self, first: Any, second: Any) -> Floats:
        """Variance per column of sparse scores, design units x columns."""
        if second is None:
            first.sort_indices()
            cell = np.repeat(np.arange(first.shape[1]), np.diff(first.indptr))
            unit = first.indices.astype(np.int64)
            return by_unit(self.stages, cell, unit, first.data[:, None], first.shape[1])[:, 0]
        strata = self.stages[0].strata
        scale = np.where(strata.lonely, 0.0, strata.scale)
        found = second.T @ scale - first.multiply(first).T @ _centre(strata)
        return np.asarray(np.maximum(found, 0.0))

    def _scaled(self, found: Floats, first: Any, second: Any, i: Ints, j: Ints, se: Floats) -> Floats:
        """Differences under "average": own variances, and the correlation of the scores."""
        raw = self._variance(first, second)
        spread = np.sqrt(raw)
        factor = se / np.where(spread > 0, spread, 1.0)
        covariance = (raw[i] + raw[j] - found) / 2 * factor[i] * factor[j]
        return np.maximum(se[i] ** 2 + se[j] ** 2 - 2 * covariance, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A covariance matrix that a model left."""

    known: Floats

    def matrix(self, chosen: Ints) -> Floats:
        """Covariance matrix of frame rows."""
        return self.known[np.ix_(chosen, chosen)]

    def differences(self, left: Ints, right: Ints) -> Floats:
        """Variance of right minus left, for every pair of frame rows."""
        return _pairs(self, left, right)


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """Covariances of estimates that were multiplied, each by its own factor."""

    of: Covariances
    factors: Floats

    def matrix(self, chosen: Ints) -> Floats:
        """Covariance matrix of frame rows."""
        own = self.factors[chosen]
        return np.asarray(self.of.matrix(chosen) * np.outer(own, own))

    def differences(self, left: Ints, right: Ints) -> Floats:
        """Variance of right minus left, for every pair of frame rows."""
        return _pairs(self, left, right)


def _moved(scores: Floats, at: Ints) -> Floats:
    """Scores of the second half of these columns less those of the first, columns x units."""
    turned = np.ascontiguousarray(scores.T)
    return np.asarray(turned[at[len(at) // 2 :]] - turned[at[: len(at) // 2]])


def _centre(strata: Strata) -> Floats:
    """What squares of sums count for; a lonely unit is a sum of one row, and its square all there is."""
    return np.where(strata.lonely, -strata.scale, np.where(strata.centred, strata.scale / strata.units, 0.0))


def _parts(sizes: Ints) -> Iterator[slice]:
    upto, begin = np.cumsum(sizes), 0
    while begin < len(sizes):
        done = upto[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(upto, done + CHUNK)))
        yield slice(begin, end)
        begin = end


def _pairs(of: Covariances, left: Ints, right: Ints) -> Floats:
    found = [of.matrix(np.array(pair)) for pair in zip(left.tolist(), right.tolist(), strict=True)]
    return np.array([max(m[0, 0] + m[1, 1] - 2 * m[0, 1], 0.0) for m in found])
