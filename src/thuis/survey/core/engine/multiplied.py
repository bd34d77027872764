"""Sums of weights times values per cell, of rows in memory and of rows that lie elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Columns = Sequence[Floats]
SUMS = "__sums"
"""The column of what comes back."""


@dataclass(frozen=True, slots=True, eq=False)
class Multiplied:
    """Sums per cell of the rows of a part; plain values, so that it can be sent to where they are.

    Rows have ``g{i}``, ``w{i}``, ``y{k}`` and ``d{k}``; ``sizes`` as of :func:`by_category`.
    """

    keys: int
    weights: int
    terms: int
    sizes: tuple[int, ...] = ()

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The keys of every cell met with its sums."""
        names = [f"g{i}" for i in range(self.keys)]
        for batch in batches:
            if not len(batch):
                continue
            rows = pl.from_arrow(pa.Table.from_batches([batch]))
            assert isinstance(rows, pl.DataFrame)
            index, cell = _cells(rows.select(names), rows.height)
            weights = [rows[f"w{i}"].to_numpy() for i in range(self.weights)]
            values = [rows[f"{each}{k}"].to_numpy() for each in "yd" for k in range(self.terms)]
            size = max(index.height, 1)
            if self.sizes:
                found = by_category(cell, weights, values, size, self.sizes)
            else:
                found = products(cell, weights, values, size)
            own = index.to_arrow().combine_chunks().columns
            yield pa.RecordBatch.from_arrays(
                [*(each.combine_chunks() for each in own), listed(found.reshape(size, -1))],
                names=[*names, SUMS],
            )


def _cells(keys: pl.DataFrame, height: int) -> tuple[pl.DataFrame, Ints]:
    """The different keys, and of every row which it has."""
    if not keys.width:
        return pl.DataFrame(), np.zeros(height, dtype=np.int64)
    index = keys.unique(maintain_order=True)
    on = keys.columns
    numbered = index.with_row_index("cell")
    found = keys.join(numbered, on=on, how="left", nulls_equal=True, maintain_order="left")
    return index, found["cell"].to_numpy().astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Triangles:
    """The triangle of the weights ``w{i}`` of a part, which has the same products as its rows."""

    weights: int

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """One row, none when there were no rows."""
        triangle = np.zeros((0, self.weights))
        for batch in batches:
            if len(batch):
                block = [batch.column(f"w{i}").to_numpy() for i in range(self.weights)]
                triangle = np.asarray(np.linalg.qr(np.vstack([triangle, np.column_stack(block)]), mode="r"))
        if len(triangle):
            yield pa.RecordBatch.from_arrays([listed(triangle.reshape(1, -1))], names=[SUMS])


def listed(values: Floats) -> pa.Array:
    """Rows of numbers as lists."""
    offsets = np.arange(0, values.size + 1, max(values.shape[1], 1), dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.ascontiguousarray(values).ravel()))


NEAR = 16_384
"""Rows sorted at once: a column of them stays near the processor."""
ALONE = 1 << 18
"""Multiplications for which BLAS starts no threads of its own, which would mostly wait for each other."""
FEW = np.iinfo(np.int16).max
"""Numbers below this are sorted by their digits, in a tenth of the time."""


def products(cell: Ints, weights: Columns, values: Columns, size: int) -> Floats:
    """Sums per cell of every weight times every value: cells x weights x values. Cell -1 is in none."""
    found = np.zeros((size, len(weights), len(values)))
    step = min(max(NEAR, 64 * size), max(len(cell), 1))
    most = max(ALONE // max(len(weights) * len(values), 1), 1)
    across, along = np.empty((len(weights), step)), np.empty((len(values), step))
    for begin in range(0, len(cell), step):
        part = slice(begin, begin + step)
        own = cell[part].astype(np.int16) if size < FEW else cell[part]
        order = np.argsort(own, kind="stable")
        _taken(weights, part, order, across)
        _taken(values, part, order, along)
        upright = np.ascontiguousarray(along[:, : len(order)].T)
        edges = np.cumsum(np.bincount(own + 1, minlength=size + 1)).tolist()
        for c, (low, high) in enumerate(itertools.pairwise(edges)):
            for begun in range(low, high, most):
                ended = min(begun + most, high)
                found[c] += across[:, begun:ended] @ upright[begun:ended]
    return found


def by_category(cell: Ints, columns: Columns, values: Columns, size: int, sizes: Sequence[int]) -> Floats:
    """Sums per cell and category of every value: cells x categories x values. Cell -1 is in none.

    :param columns: the category of every row, so many as ``sizes`` say, and then what values count times.
    """
    counted, *codes = (cell >= 0, *columns[: len(sizes)])
    times = [each * columns[-1] for each in values] if len(columns) > len(sizes) else values
    found = []
    for code, many in zip(codes, sizes, strict=True):
        at = cell * many + code.astype(np.int64)
        whole = counted.all()
        sums = [
            np.bincount(at, each, size * many)
            if whole
            else np.bincount(at[counted], each[counted], size * many)
            for each in times
        ]
        found.append(np.stack(sums, axis=1).reshape(size, many, len(times)))
    return np.concatenate(found, axis=1)


def _taken(columns: Columns, part: slice, order: Ints, room: Floats) -> None:
    """Columns x rows, in another order."""
    for column, into in zip(columns, room, strict=True):
        column[part].take(order, out=into[: len(order)], mode="wrap")
