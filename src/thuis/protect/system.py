"""The cells of one wave as sums of the same people: what their numbers say about each other.

A *kind* is a combination of categories, one for every breakdown of a block (:mod:`thuis.protect.nesting`),
or none: people whom no category of a breakdown holds are its *rest*. A figure counts kinds of one or more
blocks. The largest sets of blocks that figures use are *tables*; every cell is a sum of the kinds of each
table that has its blocks, and tables that share blocks agree about them. All linear relations between cells
follow from this, and so does that no kind has fewer than nobody in it.

People that a reader finds by subtracting cells of one figure from a cell of another, and that are no cell
themselves, are *remainders*: cells that nobody may publish and everybody can calculate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from thuis.protect.layout import Layout
from thuis.protect.near import Near
from thuis.protect.structure import Structure
from thuis.values import breakdown_id

Floats = NDArray[np.float64]
Key = tuple[tuple[str, ...], tuple[str, ...]]
"""A cell: the parts of its breakdown, and one category for each."""
Kind = tuple[str | None, ...]
"""A category, or None, for every breakdown of a block that is in use."""

JOINT = 2_000
"""Up to this number of kinds all blocks are taken as one table: bounds are then those of the people."""
SMALL = 50_000
"""Entries of a matrix up to which it multiplies sooner with its noughts written out."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """The people of ``whole`` who are in none of ``parts``, cells of one figure."""

    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Lines:
    """``matrix`` and ``links`` of a system as one, and what does not change from attack to attack.

    ``owner`` is -1 for links. ``at`` and ``column`` are the places of all entries, ``single`` the rows of one
    kind, which bound that kind, ``alone`` their columns; ``first`` is a row of each cell.
    """

    rows: csr_array
    turned: csr_array
    owner: NDArray[np.int64]
    at: NDArray[np.int64]
    column: NDArray[np.int64]
    single: NDArray[np.int64]
    alone: NDArray[np.int64]
    is_single: NDArray[np.bool_]
    first: NDArray[np.int64]

    @classmethod
    def of(cls, system: System) -> Lines:
        rows = csr_array(vstack([system.matrix, system.links], format="csr"))
        owner = np.concatenate([system.owner, np.full(system.links.shape[0], -1)]).astype(np.int64)
        length = np.diff(rows.indptr)
        single = np.flatnonzero((length == 1) & (owner >= 0))
        is_single = np.zeros(len(owner), dtype=bool)
        is_single[single] = True
        first = np.zeros(system.size, dtype=np.int64)
        first[owner[owner >= 0][::-1]] = np.flatnonzero(owner >= 0)[::-1]
        column = rows.indices.astype(np.int64)
        at = np.repeat(np.arange(len(owner)), length)
        alone = column[rows.indptr[single]]
        return cls(rows, csr_array(rows.T), owner, at, column, single, alone, is_single, first)


@dataclass(frozen=True)
class System:
    """Cells, the remainders between them, and the kinds of people both are sums of.

    ``sums`` are the remainders of nobody: a cell that is the sum of cells of one figure.

    ``matrix`` has a row for each cell and remainder in each table that has its blocks (``owner`` says whose)
    and a column for each kind; ``links`` are the differences between tables, all zero; ``even`` is a
    population of one in which all kinds of a table are as many. ``absent`` are cells in which nobody was
    interviewed: an intruder knows that they are nothing. ``shorter`` has for rows of ``matrix`` the fewest
    cells of the table that are the same people.
    """

    keys: tuple[Key, ...]
    remainders: tuple[Remainder, ...]
    sums: tuple[Remainder, ...]
    absent: frozenset[int]
    matrix: csr_array
    owner: NDArray[np.int64]
    links: csr_array
    even: Floats
    shorter: Mapping[int, NDArray[np.int64]]

    @property
    def size(self) -> int:
        """Cells and remainders together."""
        return len(self.keys) + len(self.remainders)

    @cached_property
    def index(self) -> dict[Key, int]:
        """Position of every cell."""
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def lines(self) -> Lines:
        """All rows of the linear programmes of an attack."""
        return Lines.of(self)

    @cached_property
    def layout(self) -> Layout:
        """The same lines in what cells move."""
        of = self.lines
        return Layout.of(of.rows, of.owner, of.single, of.alone, of.first, self.shorter, len(self.keys))

    @cached_property
    def adding(self) -> csr_array:
        """A row for each of ``sums``: the whole less its parts."""
        lines = [np.array([each.whole, *each.parts], dtype=np.int64) for each in self.sums]
        signs = [np.concatenate([[1.0], -np.ones(len(each.parts))]) for each in self.sums]
        return _sparse(lines, len(self.keys), signs)

    @cached_property
    def members(self) -> Floats | csr_array:
        """A row for each of ``sums`` with its cells; the noughts of a small one are written out."""
        found = abs(self.adding)
        return np.asarray(found.toarray()) if math.prod(found.shape) <= SMALL else csr_array(found)

    @cached_property
    def near(self) -> Near:
        """What cells move, as a programme."""
        return Near(self.layout.matrix)

    def extended(self, values: Sequence[float]) -> Floats:
        """Values of cells, and of the remainders that follow from them."""
        cells = np.asarray(values, dtype=float)
        rest = [cells[each.whole] - cells[list(each.parts)].sum() for each in self.remainders]
        return np.concatenate([cells, np.array(rest, dtype=float)])

    def name(self, position: int) -> str:
        """A cell or remainder for the audit."""
        if position < len(self.keys):
            return label(self.keys[position])
        rest = self.remainders[position - len(self.keys)]
        return f"{label(self.keys[rest.whole])} outside {breakdown_id(self.keys[rest.parts[0]][0])}"


def system(
    structure: Structure,
    figures: tuple[tuple[str, ...], ...],
    absent: frozenset[Key],
    loose: frozenset[str] = frozenset(),
    *,
    spare: str | None = None,
) -> System:
    """The system of some figures.

    :param absent: cells without anybody in this wave.
    :param loose: breakdowns that do not hold everybody.
    :param spare: a block with people whom none of its categories holds.
    """
    kinds = _kinds(structure, tuple(dict.fromkeys(p for parts in figures for p in parts)), loose, spare)
    keys = tuple((parts, cell) for parts in figures for cell in structure.cells(parts))
    tables = _tables(structure, figures, kinds)
    rows = [_rows(structure, keys, table, kinds) for table in tables]
    empty = {i for found in rows for i, columns in found.items() if not len(columns)}
    nothing = frozenset(i for i, key in enumerate(keys) if key in absent or i in empty)
    sizes = [_count(table, kinds) for table in tables]
    rests: dict[Remainder, list[tuple[int, NDArray[np.int64]]]] = {}
    sums: dict[Remainder, None] = {}
    shorter: dict[tuple[int, int], NDArray[np.int64]] = {}
    for number, found in enumerate(rows):
        for rest, columns in _remainders(keys, found, sizes[number], nothing):
            if len(columns):
                rests.setdefault(rest, []).append((number, columns))
                continue
            sums[rest] = None
            known = shorter.get((number, rest.whole), found[rest.whole])
            if 1 < len(rest.parts) < len(known):
                shorter[number, rest.whole] = np.array(rest.parts)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    places_of = [(t, i) for t, found in enumerate(rows) for i in found]
    lines = [(i, starts[t] + rows[t][i]) for t, i in places_of]
    for j, places in enumerate(rests.values()):
        lines += [(len(keys) + j, starts[t] + columns) for t, columns in places]
    return System(
        keys,
        tuple(rests),
        tuple(sums),
        nothing,
        _sparse([columns for _, columns in lines], int(starts[-1])),
        np.array([i for i, _ in lines], dtype=np.int64),
        _links(tables, kinds, starts),
        np.concatenate([np.full(size, 1.0 / size) for size in sizes]),
        {at: shorter[of] for at, of in enumerate(places_of) if of in shorter},
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """The kinds of a block, and which of them each category holds."""

    count: int
    holds: Mapping[tuple[str, str], NDArray[np.bool_]]


def _kinds(
    structure: Structure, used: Sequence[str], loose: frozenset[str], spare: str | None
) -> dict[str, _Block]:
    blocks: dict[str, list[str]] = {}
    for id_ in used:
        blocks.setdefault(structure.breakdowns[id_].block, []).append(id_)
    return {block: _block(structure, ids, loose, spare=block == spare) for block, ids in blocks.items()}


def _block(structure: Structure, ids: Sequence[str], loose: frozenset[str], *, spare: bool) -> _Block:
    """Kinds as the definitions allow them, and the same without a category of a loose breakdown."""
    names: dict[int, list[str | None]] = {}
    for at, id_ in enumerate(ids):
        for category, atoms in structure.breakdowns[id_].members.items():
            for atom in atoms:
                names.setdefault(atom, [None] * len(ids))[at] = category
    if spare:
        names.setdefault(-1, [None] * len(ids))
    options = [(False, True) if id_ in loose else (False,) for id_ in ids]
    found: dict[Kind, None] = {}
    for atom in sorted(names):
        for out in itertools.product(*options):
            kind = tuple(None if gone else c for c, gone in zip(names[atom], out, strict=True))
            found[kind] = None
    kinds = list(found)
    return _Block(
        len(kinds),
        {
            (id_, category): np.array([kind[at] == category for kind in kinds], dtype=bool)
            for at, id_ in enumerate(ids)
            for category in structure.breakdowns[id_].categories
        },
    )


def _tables(
    structure: Structure, figures: Iterable[tuple[str, ...]], kinds: Mapping[str, _Block]
) -> list[tuple[str, ...]]:
    """The largest sets of blocks that figures use; one of all blocks where that says more, and is small."""
    everything = tuple(kinds)
    used = {frozenset(structure.breakdowns[p].block for p in parts) for parts in figures}
    largest = [each for each in used if not any(each < other for other in used)]
    # A category of everybody lies in figures that do not have its block.
    trivial = any(every.all() for block in kinds.values() for every in block.holds.values())
    if _count(everything, kinds) <= JOINT and (trivial or not _acyclic(largest)):
        return [everything]
    ordered = [tuple(block for block in everything if block in each) for each in largest]
    return sorted(ordered, key=lambda table: [everything.index(block) for block in table])


def _acyclic(tables: Iterable[frozenset[str]]) -> bool:
    """Whether tables that agree about what they share are always those of some people.

    So it is where they can be taken away one by one, each sharing blocks with the others in one of them only
    (Vorob'ev 1962, Theory of Probability and its Applications 7, 147).
    """
    left = list(tables)
    while len(left) > 1:
        for each in left:
            others = [other for other in left if other is not each]
            shared = each & frozenset().union(*others)
            if any(shared <= other for other in others):
                left = others
                break
        else:
            return False
    return True


def _count(table: Sequence[str], kinds: Mapping[str, _Block]) -> int:
    size = 1
    for block in table:
        size *= kinds[block].count
    return size


def _rows(
    structure: Structure, keys: Sequence[Key], table: Sequence[str], kinds: Mapping[str, _Block]
) -> dict[int, NDArray[np.int64]]:
    """The columns of every cell that the table has the blocks of."""
    shape = [kinds[block].count for block in table]
    steps = dict(zip(table, [math.prod(shape[at + 1 :]) for at in range(len(shape))], strict=True))
    every = {block: np.arange(kinds[block].count) * step for block, step in steps.items()}
    places: dict[tuple[str, str], NDArray[np.int64]] = {}
    found: dict[int, NDArray[np.int64]] = {}
    for i, (parts, cell) in enumerate(keys):
        inside: dict[str, NDArray[np.int64]] = {}
        for part, category in zip(parts, cell, strict=True):
            block = structure.breakdowns[part].block
            if block not in steps:
                break
            if (part, category) not in places:
                places[part, category] = np.flatnonzero(kinds[block].holds[part, category]) * steps[block]
            own = places[part, category]
            inside[block] = np.intersect1d(inside[block], own, assume_unique=True) if block in inside else own
        else:
            at = np.zeros(1, dtype=np.int64)
            for block, all_ in every.items():
                own = inside.get(block, all_)
                at = at + own if len(at) == 1 else (at[:, None] + own).ravel()
            found[i] = at
    return found


def _remainders(
    keys: Sequence[Key], rows: Mapping[int, NDArray[np.int64]], width: int, absent: frozenset[int]
) -> list[tuple[Remainder, NDArray[np.int64]]]:
    """What is left of a cell without the cells of one figure that lie within it; nothing for a sum."""
    cells = [i for i, columns in rows.items() if len(columns)]
    if not cells:
        return []
    matrix = _sparse([rows[i] for i in cells], width)
    sizes = np.array([len(rows[i]) for i in cells])
    shared = coo_array(matrix @ matrix.T)
    whole, part = shared.coords
    inside = (shared.data == sizes[part]) & (whole != part)
    names: dict[tuple[str, ...], int] = {}
    figure = np.array([names.setdefault(keys[i][0], len(names)) for i in cells])
    inside &= figure[whole] != figure[part]
    whole, part = whole[inside], part[inside]
    group = whole.astype(np.int64) * len(names) + figure[part]
    covered = np.bincount(group, weights=sizes[part], minlength=len(cells) * len(names))
    short = np.flatnonzero((covered > 0) & (covered <= np.repeat(sizes, len(names))))
    order = np.argsort(group, kind="stable")
    starts, ends = np.searchsorted(group[order], short), np.searchsorted(group[order], short, side="right")
    found, gone = [], np.zeros(width, dtype=np.bool_)
    for at, start, end in zip(short // len(names), starts, ends, strict=True):
        if cells[at] in absent:
            continue
        parts = sorted(cells[k] for k in part[order[start:end]])
        # Cells of one figure share nobody, so as many kinds as the whole has are all of them.
        left = rows[cells[at]][:0]
        if sum(len(rows[i]) for i in parts) < len(rows[cells[at]]):
            inside = np.concatenate([rows[i] for i in parts])
            gone[inside] = True
            left = rows[cells[at]][~gone[rows[cells[at]]]]
            gone[inside] = False
        found.append((Remainder(cells[at], tuple(parts)), left))
    return found


def _links(
    tables: Sequence[tuple[str, ...]], kinds: Mapping[str, _Block], starts: NDArray[np.int64]
) -> csr_array:
    """For two tables that share blocks, the difference of their counts of each kind in these."""
    lines, signs = list[NDArray[np.int64]](), list[Floats]()
    for (a, one), (b, other) in itertools.combinations(enumerate(tables), 2):
        shared = [block for block in one if block in other]
        first, second = _margin(one, shared, kinds), _margin(other, shared, kinds)
        for kind in range(_count(shared, kinds)):
            left, right = np.flatnonzero(first == kind), np.flatnonzero(second == kind)
            lines.append(np.concatenate([starts[a] + left, starts[b] + right]))
            signs.append(np.concatenate([np.ones(len(left)), -np.ones(len(right))]))
    return _sparse(lines, int(starts[-1]), signs)


def _margin(table: Sequence[str], shared: Sequence[str], kinds: Mapping[str, _Block]) -> NDArray[np.int64]:
    """For every kind of a table, its number in the margin of the shared blocks."""
    shape = tuple(kinds[block].count for block in table)
    number = np.zeros(shape or (1,), dtype=np.int64)
    for block in shared:
        at = list(table).index(block)
        own = np.arange(shape[at]).reshape([-1 if axis == at else 1 for axis in range(len(shape))])
        number = number * kinds[block].count + own
    return number.ravel()


def _sparse(
    lines: Sequence[NDArray[np.int64]], width: int, values: Sequence[Floats] | None = None
) -> csr_array:
    ends = np.concatenate([[0], np.cumsum([len(line) for line in lines])]).astype(np.int64)
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *lines])
    data = np.concatenate([np.zeros(0), *values]) if values is not None else np.ones(len(columns))
    return csr_array((data, columns, ends), shape=(len(lines), width))


def label(key: Key) -> str:
    """A cell for the audit: ``origin-by-generation[turkish, first]``.

    >>> label((("sex",), ("men",))), label(((), ()))
    ('sex[men]', 'total')
    """
    return f"{breakdown_id(key[0])}[{', '.join(key[1])}]" if key[0] else "total"
