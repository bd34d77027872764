"""Everything the published cells of one wave say about each other.

A cell is the sum of the people in its atoms. Cells as vectors of atoms would be as long as the product of all
breakdowns, so they are written in the basis of :func:`_coordinates`, where a table that is not crossed with
another costs nothing. From the vectors follow

- the *sums*: a cell is the sum of other cells of one figure (a total and its parts, a margin and its
  crossing, a class and the finer classes in it), which a reader sees too and the audit names;
- all *relations* there are: the left null space of the vectors, against which the result is verified.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from thuis.protect.structure import Structure
from thuis.values import breakdown_id

Floats = NDArray[np.float64]
Key = tuple[tuple[str, ...], tuple[str, ...]]
"""A cell: the parts of its breakdown, and one category for each."""

SMALL = 1e-8
"""Below this a component is zero: entries are small whole numbers, so rounding stays near 1e-13."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The cell ``whole`` is the sum of the cells ``parts``."""

    whole: int
    parts: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """All cells of the relation."""
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class System:
    """The cells of a set of figures in one wave, with all relations between them.

    ``absent`` are cells in which nobody was interviewed: an intruder knows that they are nothing.
    """

    keys: tuple[Key, ...]
    supports: tuple[Mapping[str, frozenset[int]], ...]
    sizes: Mapping[str, int]
    absent: frozenset[int]

    @cached_property
    def index(self) -> dict[Key, int]:
        """Position of every cell."""
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Every cell that is the sum of cells of one figure, without the absent ones."""
        figures: dict[tuple[str, ...], list[int]] = {}
        for i, (parts, _) in enumerate(self.keys):
            figures.setdefault(parts, []).append(i)
        found = (
            self._sum(whole, members)
            for whole in range(len(self.keys))
            if whole not in self.absent
            for parts, members in figures.items()
            if parts != self.keys[whole][0]
        )
        return tuple(each for each in found if each)

    def _sum(self, whole: int, members: list[int]) -> Sum | None:
        """The cells of one figure that together are exactly ``whole``."""
        outer = self.supports[whole]
        within = [i for i in members if i not in self.absent and self._within(i, outer)]
        if not within:
            return None
        names = set(outer).union(*(self.supports[i] for i in within))
        size = self._size(outer, names)
        return (
            Sum(whole, tuple(within))
            if sum(self._size(self.supports[i], names) for i in within) == size
            else None
        )

    def _within(self, inner: int, outer: Mapping[str, frozenset[int]]) -> bool:
        own = self.supports[inner]
        return all(bool(own.get(block)) and own[block] <= atoms for block, atoms in outer.items())

    def _size(self, support: Mapping[str, frozenset[int]], names: set[str]) -> int:
        size = 1
        for block in names:
            size *= len(support[block]) if block in support else self.sizes[block]
        return size

    @cached_property
    def relations(self) -> Floats:
        """A basis of all linear relations: every row, applied to the cells' totals, gives zero."""
        vectors = self._vectors()
        left, values, _ = np.linalg.svd(vectors, full_matrices=True)
        rank = int((values > SMALL).sum())
        return np.ascontiguousarray(left[:, rank:].T)

    def _vectors(self) -> Floats:
        rows = [_coordinates(support, self.sizes) for support in self.supports]
        columns = {monomial: j for j, monomial in enumerate(dict.fromkeys(m for row in rows for m in row))}
        vectors = np.zeros((len(rows), max(len(columns), 1)))
        for i, row in enumerate(rows):
            for monomial, value in row.items():
                vectors[i, columns[monomial]] = value
        return vectors

    def determined(self, withheld: list[int]) -> tuple[int, Floats] | None:
        """The first withheld cell that the others give away, with the relation that does so."""
        unknown = [i for i in withheld if i not in self.absent]
        if not unknown:
            return None
        part = self.relations[:, unknown]
        _, values, right = np.linalg.svd(part, full_matrices=True)
        free = right[int((values > SMALL).sum()) :]
        fixed = [j for j in range(len(unknown)) if not free.size or float(np.abs(free[:, j]).max()) < SMALL]
        if not fixed:
            return None
        target = np.zeros(len(unknown))
        target[fixed[0]] = 1.0
        weights, *_ = np.linalg.lstsq(part.T, target, rcond=None)
        return unknown[fixed[0]], np.asarray(weights @ self.relations)


def _coordinates(
    support: Mapping[str, frozenset[int]], sizes: Mapping[str, int]
) -> dict[tuple[tuple[str, int], ...], int]:
    """A cell as a sum of products of atoms, the last atom of a block written as one minus the others.

    Tables that share a margin then share coordinates: the population is the empty product in each of them.
    """
    factors: list[list[tuple[tuple[tuple[str, int], ...], int]]] = []
    for block in sorted(support):
        last = sizes[block] - 1
        atoms = support[block]
        terms: list[tuple[tuple[tuple[str, int], ...], int]]
        if last in atoms:
            terms = [(((block, a),), -1) for a in range(last) if a not in atoms] + [((), 1)]
        else:
            terms = [(((block, a),), 1) for a in sorted(atoms)]
        factors.append(terms)
    vector: dict[tuple[tuple[str, int], ...], int] = {}
    for product in itertools.product(*factors):
        monomial = tuple(itertools.chain.from_iterable(term for term, _ in product))
        sign = 1
        for _, each in product:
            sign *= each
        vector[monomial] = vector.get(monomial, 0) + sign
    return vector


def system(structure: Structure, figures: tuple[tuple[str, ...], ...], absent: frozenset[Key]) -> System:
    """The system of some figures; ``absent`` are the cells without anybody in this wave.

    Atoms within an absent category of a single breakdown are taken out: what is known to be nothing can make
    two other classes equal.
    """
    gone: dict[str, frozenset[int]] = {}
    for parts, cell in absent:
        if len(parts) == 1:
            shape = structure.breakdowns[parts[0]]
            gone[shape.block] = gone.get(shape.block, frozenset()) | shape.members[cell[0]]
    numbers = _renumbered(structure, {p for parts in figures for p in parts}, gone)
    keys = tuple((parts, cell) for parts in figures for cell in structure.cells(parts))
    supports = tuple(_support(structure, key, numbers) for key in keys)
    nothing = {
        i
        for i, (key, support) in enumerate(zip(keys, supports, strict=True))
        if key in absent or not all(support.values())
    }
    return System(keys, supports, {block: len(found) for block, found in numbers.items()}, frozenset(nothing))


def _renumbered(
    structure: Structure, used: set[str], gone: Mapping[str, frozenset[int]]
) -> dict[str, dict[int, int]]:
    """For every block in use, its remaining atoms numbered from 0."""
    left: dict[str, set[int]] = {}
    for id_ in sorted(used):
        shape = structure.breakdowns[id_]
        every = frozenset().union(*shape.members.values())
        left.setdefault(shape.block, set()).update(every - gone.get(shape.block, frozenset()))
    return {block: {atom: n for n, atom in enumerate(sorted(atoms))} for block, atoms in left.items()}


def _support(
    structure: Structure, key: Key, numbers: Mapping[str, Mapping[int, int]]
) -> dict[str, frozenset[int]]:
    support: dict[str, frozenset[int]] = {}
    for part, category in zip(*key, strict=True):
        shape = structure.breakdowns[part]
        own = frozenset(numbers[shape.block][a] for a in shape.members[category] if a in numbers[shape.block])
        support[shape.block] = support[shape.block] & own if shape.block in support else own
    return support


def label(key: Key) -> str:
    """A cell for the audit: ``origin-by-generation[turkish, first]``.

    >>> label((("sex",), ("men",))), label(((), ()))
    ('sex[men]', 'total')
    """
    return f"{breakdown_id(key[0])}[{', '.join(key[1])}]" if key[0] else "total"
