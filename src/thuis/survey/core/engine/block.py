"""One block of rows: its answers, the products made of them, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from thuis.survey.core.engine.sums import Product

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SOME = 5_000
"""Rows that tell around which value answers lie."""


class Block:
    """Weights, answers and denominators of some rows, from columns ``w``, ``y{k}`` and ``d{k}``.

    :param shifts: per measure what is taken from an answer before squaring.
    """

    def __init__(self, batch: pa.RecordBatch, shifts: Sequence[float]) -> None:
        column = dict(zip(batch.schema.names, batch.columns, strict=True))
        self._weight: Floats = numbers(column["w"])
        self._raw = {name: numbers(each) for name, each in column.items() if name[0] in "yd"}
        self._shifts = shifts
        self._known: dict[int, Bools | None] = {}
        self._gone: dict[int, Bools] = {}
        self._weights = [None, self._weight, self._weight * self._weight]
        # One array of each kind for all: asking for large ones anew takes longer than the product.
        self._room, self._rooms = np.empty_like(self._weight), dict[str, Floats]()
        self._made: dict[str, int] = {}

    def known(self, k: int) -> Bools | None:
        """Which rows answer measure ``k``; None when all do."""
        if k not in self._known:
            gone = np.isnan(self._raw[f"y{k}"])
            some = gone.any()
            self._known[k] = ~gone if some else None
            self._gone[k] = gone
        return self._known[k]

    def plain(self, product: Product) -> Product:
        """The same product without what says nothing in this block, such as that all rows answer."""
        kept = tuple(f for f in product.factors if f[0] != "k" or self.known(f[1]) is not None)
        return Product(product.power, kept, product.positive)

    def without(self, product: Product) -> NDArray[np.int64] | None:
        """Of a count of rows that answer, those that do not; None of other sums."""
        if product.power or product.positive or len(product.factors) != 1 or product.factors[0][0] != "k":
            return None
        k = product.factors[0][1]
        return None if self.known(k) is None else np.flatnonzero(self._gone[k])

    def row(self, product: Product) -> Floats | Bools | None:
        """What every row adds to a product, until the next is asked; None when that is 1."""
        found: Floats | Bools | None = self._weights[product.power]
        if product.positive:
            found = self._times(found, (self._weight > 0).astype(float))
        for kind, k in product.factors:
            found = self._times(found, self._factor(kind, k))
        return found

    def _times(self, found: Floats | Bools | None, factor: Floats | Bools) -> Floats | Bools:
        return factor if found is None else np.multiply(found, factor, out=self._room)

    def _factor(self, kind: str, k: int) -> Floats | Bools:
        """A factor, until another of its kind is asked."""
        if self._made.get(kind) == k:
            return self._rooms[kind]
        known, raw = self.known(k), self._raw[f"{'d' if kind == 'd' else 'y'}{k}"]
        if known is None and kind in "yd":
            return raw
        if kind == "k" and known is not None:
            return known
        if kind not in self._rooms:
            self._rooms[kind] = np.empty_like(self._weight)
        found, self._made[kind] = self._rooms[kind], k
        if kind == "k":
            found[:] = True
            return found
        np.subtract(raw, self._shifts[k] if kind == "m" else 0.0, out=found)
        if known is not None:
            np.putmask(found, self._gone[k], 0.0)
        return found

    def infinite(self, k: int) -> bool:
        """Whether an answer to measure ``k`` is infinite."""
        return any(np.isinf(self._raw[name]).any() for name in (f"y{k}", f"d{k}") if name in self._raw)

    def other(self, k: int) -> int:
        """Answers to measure ``k`` that are neither 0 nor 1."""
        y = self._factor("y", k)
        return int(np.count_nonzero((y != 0) & (y != 1)))


def numbers(column: Any) -> Floats:
    """A column as numbers, NaN where it is missing."""
    found: Floats = column.to_numpy(zero_copy_only=False)
    return found


def shift(batch: pa.RecordBatch, k: int) -> float:
    """About the mean answer of a block."""
    y = numbers(batch.column(f"y{k}")[:SOME])
    known = y[np.isfinite(y)]
    return float(known.mean()) if len(known) else 0.0
