"""The lines of a system in what cells move: what is the same for every measure of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack


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
    turned: csr_array
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
        size: int,
    ) -> Layout:
        """The layout of lines (:class:`thuis.protect.system.Lines`) with ``size`` cells."""
        own = owner[single]
        of_cell = np.flatnonzero(own < size)
        held, at = np.unique(alone[of_cell], return_index=True)
        free = np.ones(rows.shape[1], dtype=bool)
        free[held] = False
        stands = _ones(held, own[of_cell][at], (rows.shape[1], size))
        left = owner < size
        left[single[of_cell][at]] = False
        used, many = np.flatnonzero(left), int(left.sum())
        picked = csr_array(rows[np.concatenate([used, first[size:]])])
        by_cell = csr_array(picked @ stands)
        by_kind = csr_array(picked[:, np.flatnonzero(free)])
        mine = np.flatnonzero(owner[used] >= 0)
        change = csr_array(by_cell[:many] - _ones(mine, owner[used][mine], (many, size)))
        rests = csr_array(by_cell[many:])
        matrix = csr_array(hstack([change, -change, by_kind[:many]], format="csr"))
        return cls(
            matrix,
            csr_array(matrix.T),
            csr_array(by_cell[:many]),
            owner[used],
            csr_array(hstack([rests, -rests, by_kind[many:]], format="csr")),
            rests,
        )


def _ones(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> csr_array:
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
