"""The lines of a system in what cells move: what is the same for every measure of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Triples = Sequence[NDArray[Any]]
"""Entries of a matrix: their rows, their columns and what they are."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns are what every cell has more, what it has fewer, and the kinds that are no cell by themselves.

    :param matrix: a row for every line of a cell and every link. A cell of one kind is that kind, so that
        line is left out.
    :param cells: the same lines by cell alone, before any moves.
    :param owner: whose line it is; -1 for a link.
    :param rests: a row for every remainder, and ``rest_cells`` as ``cells``.
    """

    matrix: csr_array
    cells: csr_array
    owner: NDArray[np.int64]
    rests: csr_array
    rest_cells: csr_array

    @classmethod
    def of(
        cls,
        rows: csr_array,
        owner: NDArray[np.int64],
        single: NDArray[np.int64],
        alone: NDArray[np.int64],
        first: NDArray[np.int64],
        shorter: Mapping[int, NDArray[np.int64]],
        size: int,
    ) -> Layout:
        """The layout of lines (:class:`thuis.protect.system.Lines`) with ``size`` cells."""
        own = owner[single]
        of_cell = np.flatnonzero(own < size)
        held, at = np.unique(alone[of_cell], return_index=True)
        stands = np.full(rows.shape[1], -1)
        stands[held] = own[of_cell][at]
        left = owner < size
        left[single[of_cell][at]] = False
        used, many = np.flatnonzero(left), int(left.sum())
        picked = np.concatenate([used, first[size:]])
        short = np.array([row in shorter for row in picked.tolist()], dtype=bool)
        sums = [shorter[row] for row in picked[short].tolist()]
        line, entry = entries(rows.indptr, np.where(short, -1, picked))
        kind, data = rows.indices[entry], rows.data[entry]
        cell = stands[kind]
        is_cell = cell >= 0
        free = np.cumsum(stands < 0) - 1
        of_sum = np.repeat(np.flatnonzero(short), [len(each) for each in sums])
        by_cell = [
            np.concatenate([line[is_cell], of_sum]),
            np.concatenate([cell[is_cell], *sums]),
            np.concatenate([data[is_cell], np.ones(len(of_sum))]),
        ]
        by_kind = line[~is_cell], free[kind[~is_cell]], data[~is_cell]
        width = 2 * size + int((stands < 0).sum())
        mine = np.flatnonzero(owner[used] >= 0)
        told = by_cell[0] < many
        change = [
            np.concatenate([each[told], more])
            for each, more in zip(by_cell, (mine, owner[used][mine], -np.ones(len(mine))), strict=True)
        ]
        cells = _sparse([each[told] for each in by_cell], (many, size))
        rest = [by_cell[0][~told] - many, *(each[~told] for each in by_cell[1:])]
        told = by_kind[0] < many
        lines = _both(change, [each[told] for each in by_kind], size)
        remaining = _both(rest, [by_kind[0][~told] - many, *(each[~told] for each in by_kind[1:])], size)
        return cls(
            _sparse(lines, (many, width)),
            cells,
            owner[used],
            _sparse(remaining, (len(picked) - many, width)),
            _sparse(rest, (len(picked) - many, size)),
        )


def entries(ends: NDArray[np.int32], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of some rows the number of each entry's row among them, and where the entry stands; -1 is no row."""
    starts = ends[rows].astype(np.int64)
    many = np.where(rows < 0, 0, ends[rows + 1] - ends[rows]).astype(np.int64)
    line = np.repeat(np.arange(len(rows)), many)
    before = np.cumsum(many) - many
    return line, np.arange(len(line)) - before[line] + starts[line]


def _both(change: Triples, kinds: Triples, size: int) -> Triples:
    """Entries of what cells have more, what they have fewer, and of kinds."""
    return [
        np.concatenate([change[0], change[0], kinds[0]]),
        np.concatenate([change[1], change[1] + size, kinds[1] + 2 * size]),
        np.concatenate([change[2], -change[2], kinds[2]]),
    ]


def _sparse(entries: Triples, shape: tuple[int, int]) -> csr_array:
    return csr_array((entries[2], (entries[0], entries[1])), shape=shape)
