"""One block of rows: its answers, the products made of them, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from thuis.survey.core.engine.sums import Product

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SOME = 5_000
"""Rows that tell around which value answers lie."""


class Answers:
    """One column: finite ``values``, of any size where ``gone``; None when all rows answer."""

    def __init__(self, column: Any) -> None:
        self.infinite = False
        self.gone: Bools | None = None
        if column.null_count:
            self.gone = np.asarray(pl.from_arrow(column.is_null()).to_numpy())
            self.values = numbers(
                pa.Array.from_buffers(column.type, len(column), [None, column.buffers()[1]], 0, column.offset)
            )
        else:
            self.values = numbers(column)
        with np.errstate(all="ignore"):
            plain = bool(np.isfinite(self.values.sum()))
        if not plain:
            self._cleared()

    def _cleared(self) -> None:
        """Of numbers whose sum is none: NaN counts as missing, and what is missing may have been infinite."""
        gone = np.isnan(self.values) if self.gone is None else self.gone | np.isnan(self.values)
        self.values = np.where(gone, 0.0, self.values)
        self.infinite = bool(np.isinf(self.values).any())
        self.gone = gone if gone.any() else None


class Block:
    """Weights, answers and denominators of some rows, from columns ``w``, ``y{k}`` and ``d{k}``.

    :param shifts: per measure what is taken from an answer before squaring.
    """

    def __init__(self, batch: pa.RecordBatch, shifts: Sequence[float]) -> None:
        column = dict(zip(batch.schema.names, batch.columns, strict=True))
        weight = numbers(column["w"])
        self._answers = {name: Answers(each) for name, each in column.items() if name[0] in "yd"}
        self._shifts = shifts
        self._known: dict[int, Bools | None] = {}
        self._weights = [np.ones_like(weight), weight, weight * weight]
        # One array of each kind for all: asking for large ones anew takes longer than the product.
        self._room, self._moved = np.empty_like(weight), np.empty_like(weight)
        self._masked = [np.empty_like(weight) for _ in self._weights]
        self._of: dict[object, int] = {}

    def _gone(self, k: int) -> Bools | None:
        return self._answers[f"y{k}"].gone

    def plain(self, product: Product) -> Product:
        """The same product without what says nothing in this block, such as that all rows answer."""
        kept = tuple(f for f in product.factors if f[0] != "k" or self._gone(f[1]) is not None)
        return Product(product.power, kept, product.positive)

    def without(self, product: Product) -> NDArray[np.int64] | None:
        """Of a count of rows that answer, those that do not; None of other sums."""
        if product.power or product.positive or len(product.factors) != 1 or product.factors[0][0] != "k":
            return None
        gone = self._gone(product.factors[0][1])
        return None if gone is None else np.flatnonzero(gone)

    def row(self, product: Product) -> Floats | None:
        """What every row adds to a product, until the next is asked; None when that is 1."""
        found = self._counted(product)
        if product.positive:
            found = self._times(found, (self._weights[1] > 0).astype(float))
        for kind, k in product.factors:
            if kind != "k":
                found = self._times(found, self._factor(kind, k))
        return found

    def _counted(self, product: Product) -> Floats | None:
        """The weights to their power, 0 where the answers that the product asks are missing; None for 1."""
        power = product.power
        asked = {k: gone for _, k in product.factors if (gone := self._gone(k)) is not None}
        if not asked:
            return self._weights[power] if power else None
        (k, gone), *_ = asked.items()
        found = self._masked[power]
        if self._of.get(power) != k:
            np.copyto(found, self._weights[power])
            np.putmask(found, gone, 0.0)
            self._of[power] = k
        return found

    def _times(self, found: Floats | None, factor: Floats) -> Floats:
        return factor if found is None else np.multiply(found, factor, out=self._room)

    def _factor(self, kind: str, k: int) -> Floats:
        """A factor, until another of its kind is asked; where the answer is missing it says nothing."""
        values = self._answers[f"{'d' if kind == 'd' else 'y'}{k}"].values
        if kind != "m":
            return values
        if self._of.get(kind) != k:
            np.subtract(values, self._shifts[k], out=self._moved)
            self._of[kind] = k
        return self._moved

    def infinite(self, k: int) -> bool:
        """Whether an answer to measure ``k`` is infinite."""
        return any(self._answers[name].infinite for name in (f"y{k}", f"d{k}") if name in self._answers)

    def other(self, k: int) -> int:
        """Answers to measure ``k`` that are neither 0 nor 1."""
        y, gone = self._answers[f"y{k}"].values, self._gone(k)
        wrong = (y != 0) & (y != 1)
        return int(np.count_nonzero(wrong if gone is None else wrong & ~gone))


def numbers(column: Any) -> Floats:
    """A column as numbers, NaN where it is missing."""
    return np.asarray(pl.from_arrow(column).to_numpy())


def shift(batch: pa.RecordBatch, k: int) -> float:
    """About the mean answer of a block."""
    y = numbers(batch.column(f"y{k}")[:SOME])
    known = y[np.isfinite(y)]
    return float(known.mean()) if len(known) else 0.0
