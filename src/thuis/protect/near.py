"""Some lines and columns of a programme: those that a target can reach at first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from thuis.protect.layout import entries

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

MANY = 400
"""Columns that a part has at least, where there are as many: a smaller one misses lines too often."""
BY_COLUMN_LEAST = int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize)
"""The matrix is told by columns, and the least is asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are kept, and columns that may move; ``rows`` says of all lines whether they are kept.

    ``line``, ``column`` (its place in ``columns``) and ``value`` are all entries of the columns; ``matrix``
    has those of lines that are kept as a solver takes them: where columns start, rows, what they are.
    """

    rows: Bools
    lines: Ints
    columns: Ints
    line: Ints
    column: Ints
    value: Floats
    matrix: tuple[NDArray[np.int32], NDArray[np.int32], Floats]

    def passed(self, model: highspy.Highs, cost: Floats, ends: Floats, low: Floats, high: Floats) -> None:
        """The programme as a solver takes it."""
        model.passModel(
            len(self.columns),
            len(self.lines),
            len(self.matrix[2]),
            *BY_COLUMN_LEAST,
            0.0,
            cost[self.columns],
            np.zeros(len(self.columns)),
            ends[self.columns],
            low[self.lines],
            high[self.lines],
            *self.matrix[:2],
            self.matrix[2],
            np.zeros(len(self.columns), dtype=np.int32),
        )

    def sums(self, moved: Floats) -> Floats:
        """What every line gains, kept or not."""
        found: Floats = np.bincount(self.line, self.value * moved[self.column], len(self.rows)).astype(float)
        return found


@dataclass(frozen=True)
class Near:
    """A programme by its lines."""

    matrix: csr_array

    @cached_property
    def turned(self) -> csr_array:
        """The same by its columns."""
        return csr_array(self.matrix.T)

    def part(self, rows: Bools, columns: Ints) -> Part:
        """Some lines and columns."""
        column, entry = entries(self.turned.indptr, columns)
        line, value = self.turned.indices[entry].astype(np.int64), self.turned.data[entry]
        inside = rows[line]
        many = np.bincount(column[inside], minlength=len(columns))
        starts, number = np.cumsum(many) - many, np.cumsum(rows) - 1
        matrix = starts.astype(np.int32), number[line[inside]].astype(np.int32), value[inside]
        return Part(rows, np.flatnonzero(rows), columns, line, column, value, matrix)

    @cached_property
    def whole(self) -> Part:
        """All there is."""
        rows, columns = self.matrix.shape
        return self.part(np.ones(rows, dtype=bool), np.arange(columns))

    def around(self, start: Bools, able: Bools, rows: Bools) -> Part:
        """Columns that share lines with some, and those that share lines with these, until they are many.

        :param start: columns that are there in any case, and ``rows`` the lines.
        :param able: columns that may move.
        """
        columns, count = np.flatnonzero(start), -1
        while count < len(columns) < MANY:
            count, rows = len(columns), rows.copy()
            rows[self.turned.indices[entries(self.turned.indptr, columns)[1]]] = True
            columns = self._of(rows, start, able)
        return self.part(rows, columns)

    def wider(self, part: Part, upset: Bools, able: Bools) -> Part:
        """A part with some more lines, and what may move in them."""
        there = np.zeros(len(able), dtype=bool)
        there[part.columns] = True
        rows = part.rows | upset
        return self.part(rows, self._of(rows, there, able))

    def _of(self, rows: Bools, there: Bools, able: Bools) -> Ints:
        found = np.zeros(len(able), dtype=bool)
        found[self.matrix.indices[entries(self.matrix.indptr, np.flatnonzero(rows))[1]]] = True
        return np.flatnonzero((found & able) | there)
