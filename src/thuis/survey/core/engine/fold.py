"""Grouped sums folded out of blocks of rows, for engines that hand rows over faster than they group them.

Every grouping key becomes a small number, so a sum is one pass over an array of its own. The query of
``engine.sql`` gives the same and is asked when there are more keys than arrays can count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from thuis.survey.core.engine.codes import SPAN, Coder, Codes, joint, met, places

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Places = tuple[Codes, Codes | None]
LIMIT = 1 << 24
"""Pairs of a cell and a design unit that are counted in an array."""


class TooManyError(Exception):
    """More keys than arrays count: ask the engine's own grouping."""


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Sums of one grouping: ``values`` per occupied (cell, unit), ``sums`` per cell, products x places.

    ``keys``, cells x keys, has the codes of every cell, those with a missing key too.
    """

    keys: Codes
    cell: Codes
    unit: Codes
    values: Floats
    sums: Floats


class Units:
    """The number of a row among some rows, such as those of design units, from its columns; -1 in none."""

    def __init__(self, units: pl.DataFrame, keys: Sequence[str]) -> None:
        self.height = max(units.height, 1) if keys else 1
        self._coders = [Coder() for _ in keys]
        self._table: Codes | None = None
        if keys:
            codes = [c.encode(units[key].to_arrow()) for c, key in zip(self._coders, keys, strict=True)]
            sizes = [len(each) for each in self._coders]
            many = int(np.prod([float(size) for size in sizes]))
            if many > LIMIT:
                raise TooManyError
            self._table = np.full(many, -1, dtype=np.int64)
            self._table[joint(codes, sizes)[0]] = np.arange(units.height)
            self._sizes = sizes

    def of(self, columns: Sequence[pa.Array], rows: int) -> Codes:
        """Units of a block."""
        if self._table is None:
            return np.zeros(rows, dtype=np.int64)
        codes = [coder.encode(column) for coder, column in zip(self._coders, columns, strict=True)]
        for i, (coder, size) in enumerate(zip(self._coders, self._sizes, strict=True)):
            if len(coder) > size:
                codes[i] = np.where(codes[i] < size, codes[i], 0)  # a value of no unit is as good as missing
        return self._table[joint(codes, self._sizes)[0]]


class Cells:
    """One grouping while blocks come by: the cells met, and the sums of each and of each of its units."""

    def __init__(self, keys: Sequence[int], units: int, held: Bools, *, more: bool = True) -> None:
        """Of keys in these places; without ``more`` blocks than one no room is kept for what others bring."""
        self._keys, self._units, self._held, self._more = keys, units, held & (units > 1), more
        self._at = np.cumsum(self._held) - 1
        self._numbers: dict[tuple[int, ...], int] = {}
        self._slot: NDArray[np.int32] = np.full(0, -1, dtype=np.int32)
        self._sizes: list[int] = []
        self._cell: Codes = np.zeros(0, dtype=np.int64)
        self._pairs: list[Codes] = []
        self._used = 0
        self._values = np.zeros((int(self._held.sum()), 0))
        self._sums = np.zeros((len(held), 0))

    def place(self, codes: Sequence[Codes], sizes: Sequence[int], unit: Codes) -> Places:
        """The cell of every row, and its place among the cell and unit pairs; room is made for their sums."""
        cell = self._cells([codes[key] for key in self._keys], [sizes[key] for key in self._keys], len(unit))
        slot = self._slots(cell * self._units + unit) if len(self._values) else None
        self._sums = _wider(self._sums, len(self._numbers))
        most = len(self._numbers) * self._units if self._more else 0
        self._values = _wider(self._values, self._used, most)
        return cell, slot

    def _cells(self, codes: list[Codes], sizes: list[int], rows: int) -> Codes:
        if not codes:
            self._numbers.setdefault((), 0)
            return np.zeros(rows, dtype=np.int64)
        whole, many = joint(codes, sizes)
        if many > 1 << 60:
            raise TooManyError
        if many <= SPAN:
            return self._near(whole, many, sizes)
        found, place = places(whole, many)
        return self._numbered(found, sizes)[place]

    def _near(self, whole: Codes, many: int, sizes: list[int]) -> Codes:
        """Cells of joint keys that are looked up in an array, as long as no key has new values."""
        if sizes != self._sizes:
            self._sizes, self._cell = list(sizes), np.full(many, -1, dtype=np.int64)
        found = self._cell[whole]
        if found.min(initial=0) < 0:
            new = met(whole[found < 0], many)
            self._cell[new] = self._numbered(new, sizes)
            found = self._cell[whole]
        return found

    def _numbered(self, found: Codes, sizes: list[int]) -> Codes:
        """The numbers of joint keys; those not met before get the next."""
        parts = []
        for size in reversed(sizes):
            found, part = np.divmod(found, size)
            parts.append(part.tolist())
        numbers = self._numbers
        keys = zip(*reversed(parts), strict=True)
        return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)

    def _slots(self, pair: Codes) -> Codes:
        many = len(self._numbers) * self._units
        if many > LIMIT:
            raise TooManyError
        if many > len(self._slot):
            more = np.full(many - len(self._slot), -1, dtype=np.int32)
            self._slot = np.concatenate([self._slot, more]) if len(self._slot) else more
        slot = self._slot[pair]
        new = slot < 0
        if new.any():
            own = met(pair[new], many)
            self._slot[own] = np.arange(self._used, self._used + len(own))
            self._pairs.append(own)
            self._used += len(own)
            slot = self._slot[pair]
        return slot.astype(np.int64)  # as bincount wants it, once for all sums

    def add(self, same: Sequence[int], row: Floats | None, at: Places, without: Codes | None = None) -> None:
        """Add up what every row adds to these products, which are the same here; None is 1.

        :param without: rows that are not counted.
        """
        cell, slot = at
        per_unit = [i for i in same if self._held[i]]
        per_cell = [i for i in same if not self._held[i]]
        if per_unit:
            assert slot is not None
            found = _binned(slot, row, self._used, without)
            for i in per_unit:
                self._values[self._at[i], : self._used] += found
        if per_cell:
            found = _binned(cell, row, len(self._numbers), without)
            for i in per_cell:
                self._sums[i, : len(self._numbers)] += found

    def done(self) -> Folded:
        """The sums, cells in the order in which they were met."""
        cells = len(self._numbers)
        keys = np.array(list(self._numbers), dtype=np.int64).reshape(cells, len(self._keys))
        sums = np.ascontiguousarray(self._sums[:, :cells])
        if not len(self._values):
            return Folded(keys, np.arange(cells), np.zeros(cells, dtype=np.int64), sums, sums)
        pair = np.concatenate(self._pairs) if self._pairs else np.zeros(0, dtype=np.int64)
        cell, unit = np.divmod(pair, self._units)
        values = self._values[:, : self._used]
        for i, row in zip(np.flatnonzero(self._held), values, strict=True):
            sums[i] = np.bincount(cell, row, cells)
        return Folded(keys, cell, unit, values, sums)


def _binned(at: Codes, row: Floats | None, size: int, without: Codes | None) -> NDArray[Any]:
    found: NDArray[Any] = np.bincount(at, row, size)
    return found if without is None else found - np.bincount(at[without], minlength=size)


def ordered(whole: Folded, ranks: Sequence[Codes]) -> Folded:
    """Without cells with a missing key; cells in the order of their values, places by cell and unit.

    :param ranks: per key the place of every code.
    """
    keys = whole.keys
    kept = np.flatnonzero((keys > 0).all(axis=1))
    if ranks:
        kept = kept[np.lexsort([rank[keys[kept, j]] for j, rank in reversed(list(enumerate(ranks)))])]
    number = np.full(len(keys), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    cell = number[whole.cell]
    here = _sorted(whole.cell, kept, len(keys), whole.unit)
    if here is None:
        here = np.flatnonzero(cell >= 0)
        units = int(whole.unit.max(initial=0)) + 1
        _, place = places(cell[here] * units + whole.unit[here], len(kept) * units)
        order = np.empty(len(here), dtype=np.int64)
        order[place] = here
        here = order
    return Folded(keys[kept], cell[here], whole.unit[here], whole.values[:, here], whole.sums[:, kept])


def _sorted(cell: Codes, kept: Codes, cells: int, unit: Codes) -> Codes | None:
    """The places of these cells one after another, where those of a cell stand together by unit already."""
    step = np.diff(cell)
    if (step < 0).any() or (np.diff(unit)[step == 0] < 0).any():
        return None
    many = np.bincount(cell, minlength=cells)
    begin, own = np.cumsum(many) - many, many[kept]
    return np.repeat(begin[kept] - np.cumsum(own) + own, own) + np.arange(own.sum())


def rolled(whole: Folded, keys: Sequence[int], sizes: Sequence[int], units: int) -> Folded:
    """The sums of a grouping by fewer keys: these columns of ``keys``, with so many codes each."""
    found, place = np.zeros(1, dtype=np.int64), np.zeros(len(whole.keys), dtype=np.int64)
    if keys:
        found, place = places(*joint([whole.keys[:, key] for key in keys], list(sizes)))
    parts = []
    for size in reversed(sizes):
        found, part = np.divmod(found, size)
        parts.append(part)
    new = np.column_stack(parts[::-1]) if keys else np.zeros((1, 0), dtype=np.int64)
    pair, slot = places(place[whole.cell] * units + whole.unit, len(new) * units)
    cell, unit = np.divmod(pair, units)
    values = _added(whole.values, slot, len(pair))
    return Folded(new, cell, unit, values, _added(whole.sums, place, len(new)))


def _added(rows: Floats, place: Codes, size: int) -> Floats:
    return np.array([np.bincount(place, row, size) for row in rows]).reshape(len(rows), size)


def _wider(array: Floats, columns: int, most: int = 0) -> Floats:
    """Room for more columns; of those that may still come, zeros that no one writes to cost nothing."""
    if columns <= array.shape[1]:
        return array
    found = np.zeros((len(array), max(columns, min(most, 2 * columns))))
    found[:, : array.shape[1]] = array
    return found
