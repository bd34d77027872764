"""Values of a key as small numbers, in the order in which they are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Codes = NDArray[np.int64]
SPAN = 65_536
"""Whole numbers that lie this close together are looked up in an array."""
WIDE = 32
"""Places of an array that are passed over in the time in which one number is sorted."""


class Coder:
    """The values of one column over many blocks: 0 is missing, others count from 1."""

    def __init__(self, order: Sequence[str] = ()) -> None:
        self._codes: dict[Any, int] = {}
        self._met: list[pa.Array] = []
        self._kind: pl.DataType | None = None
        self._order = {value: place for place, value in enumerate(order)}
        self._near: Codes = np.zeros(0, dtype=np.int64)
        self._low = 0

    def __len__(self) -> int:
        """Codes given, that of missing included."""
        return len(self._codes) + 1

    def series(self, codes: Codes) -> pl.Series:
        """The values of codes; that of 0 is null."""
        values = pa.concat_arrays([pa.nulls(1, self._met[0].type), *self._met])
        found = _series(values.take(_array(codes)))
        return found if self._kind is None else found.cast(self._kind)

    @property
    def ranks(self) -> Codes:
        """The place of every code in the order of the values."""
        values = list(self._codes)
        if self._order:
            place = [self._order.get(value, len(self._order)) for value in values]
            order = np.argsort(np.array(place, dtype=np.int64), kind="stable").astype(np.int64)
        elif self._kind is None:
            order = np.array(sorted(range(len(values)), key=values.__getitem__), dtype=np.int64)
        else:
            order = self.series(np.arange(1, len(self))).arg_sort().to_numpy().astype(np.int64)
        found = np.zeros(len(self), dtype=np.int64)
        found[order + 1] = np.arange(1, len(self))
        return found

    def encode(self, column: pa.Array) -> Codes:
        """The codes of a block."""
        if pa.types.is_dictionary(column.type) and self._kind is None:
            self._kind = _series(column[:0]).dtype  # categories keep their order
        if column.null_count == 0 and pa.types.is_integer(column.type) and len(column):
            numbers = _series(column).to_numpy()
            low, high = int(numbers.min()), int(numbers.max())
            if high < 1 << 62 and self._spans(low, high):
                return self._looked_up(column.type, numbers)
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        places = _series(column.indices)
        if places.null_count():
            places = places.fill_null(len(column.dictionary))
        index = places.to_numpy().astype(np.int64)
        there = np.zeros(len(column.dictionary) + 1, dtype=bool)
        there[index] = True
        own = np.flatnonzero(there[:-1])
        known = np.zeros(len(there), dtype=np.int64)
        known[own] = self._given(column.dictionary.take(_array(own)))
        return np.asarray(known[index])

    def _spans(self, low: int, high: int) -> bool:
        """Whether whole numbers up to these can be looked up; room is made for them."""
        size = len(self._near)
        first, last = (min(low, self._low), max(high, self._low + size - 1)) if size else (low, high)
        if last - first >= SPAN:
            return False
        if last - first + 1 > size:
            wider = np.zeros(last - first + 1, dtype=np.int64)
            wider[self._low - first : self._low - first + size] = self._near
            self._near, self._low = wider, first
        return True

    def _looked_up(self, kind: pa.DataType, numbers: NDArray[Any]) -> Codes:
        place = numbers.astype(np.int64) - self._low if self._low or numbers.dtype != np.int64 else numbers
        found = self._near[place]
        if not found.all():
            own = met(place[found == 0], len(self._near))
            self._near[own] = self._given(_array(own + self._low).cast(kind))
            found = self._near[place]
        return np.asarray(found)

    def _given(self, values: pa.Array) -> list[int]:
        codes = self._codes
        listed = values.to_pylist()
        before = len(codes)
        found = [codes.setdefault(value, len(codes) + 1) for value in listed]
        if len(codes) > before or not self._met:
            new = values.take(
                _array(np.array([i for i, code in enumerate(found) if code > before], dtype=np.int64))
            )
            self._met.append(new)
        return found


def _series(values: pa.Array) -> pl.Series:
    found = pl.from_arrow(values)
    assert isinstance(found, pl.Series)
    return found


def met(numbers: Codes, span: int) -> Codes:
    """The different numbers below ``span``, in order; sorting them takes longer where they are many.

    >>> met(np.array([4, 1, 4]), 5).tolist()
    [1, 4]
    """
    if span > max(WIDE * len(numbers), SPAN):
        return np.unique(numbers)
    there = np.zeros(span, dtype=bool)
    there[numbers] = True
    return np.flatnonzero(there)


def joint(codes: list[Codes], sizes: list[int]) -> tuple[Codes, int]:
    """Several codes as one number, and how many there can be.

    >>> joint([np.array([0, 1]), np.array([2, 0])], [2, 3])
    (array([2, 3]), 6)
    """
    whole, many = codes[0], sizes[0]
    for code, size in zip(codes[1:], sizes[1:], strict=True):
        whole, many = whole * size + code, many * size
    return whole, many


def places(numbers: Codes, span: int) -> tuple[Codes, Codes]:
    """The different numbers, in order, and the place of each number among them."""
    if span > max(WIDE * len(numbers), SPAN):
        found, back = np.unique(numbers, return_inverse=True)
        return found, back.astype(np.int64)
    there = np.zeros(span, dtype=bool)
    there[numbers] = True
    found = np.flatnonzero(there)
    place = np.empty(span, dtype=np.int64)
    place[found] = np.arange(len(found))
    return found, place[numbers]


def _array(numbers: Codes) -> pa.Array:
    """Numbers as Arrow; what Arrow makes of them by itself loads pandas first."""
    return pl.Series(numbers).to_arrow()
