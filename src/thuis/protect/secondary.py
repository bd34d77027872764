"""Which further cells to withhold so that no withheld one can be known too well.

A table is looked at as a whole (:mod:`thuis.protect.search`). Where it is too large for that, or its solver
unsure, it is looked at by parts: conditions (:mod:`thuis.protect.bounds`) are added until an intruder's
interval is wide enough for every target, and met by a greedy choice, which is safe as well but may withhold
more. Everything is counted in steps, so the same figures always give the same result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from thuis.protect.bounds import (
    NEAR,
    Attack,
    ContradictionError,
    Cut,
    Measure,
    Target,
    cuts,
    narrow,
)
from thuis.protect.moves import UnsureError
from thuis.protect.near import Bools
from thuis.protect.search import ALONE, Search, beside, sums_with
from thuis.protect.system import Floats, System

TURNS = 20
"""Times that what is withheld for others may ask for more, before the table is looked at by parts."""
WHOLE = 20_000
"""Kinds of people up to which a problem is looked at as a whole."""
THOUSAND = 1_000.0
"""People in a population that stands for any other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One cell withheld to protect another: the target whose interval it widens most, and in which number."""

    cell: int
    target: Target
    measure: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is learned on the way.

    :param lowered: cells whose interval cannot be had, and what is kept instead.
    :param moved: movements of people that measures of the system allow: those found before, then those found.
    """

    lowered: dict[int, Target | None] = field(default_factory=dict)
    moved: list[Floats] = field(default_factory=list)


Begun = Callable[[list[Measure], Bools], Search]
"""A search for some measures beside the cells that are withheld in any case."""


def complement(
    system: System,
    measures: Sequence[Measure],
    withheld: Iterable[int],
    cost: Sequence[float],
    singles: Iterable[int] = (),
    unit: Sequence[int] | None = None,
    told: Told | None = None,
) -> list[Step]:
    """The further cells to withhold, each with what it protects.

    :param cost: what withholding a cell loses; infinite for what is public in any case.
    :param singles: cells of one respondent, who knows that cell and may not learn another by it.
    :param unit: for every cell the first of those that are withheld together; itself unless given.

    What is withheld for others may not be worked out either: where that is so, more is.
    """
    asked, hidden, told = list(measures), frozenset(withheld) - system.absent, told or Told()
    heads = np.asarray(unit if unit is not None else range(len(system.keys)), dtype=np.int64)
    if system.lines.rows.shape[1] <= WHOLE:
        losses, alone = np.asarray(cost, dtype=float), tuple(singles)
        with suppress(UnsureError):
            return _whole(
                system,
                asked,
                hidden,
                lambda some, first: Search(system, some, first, losses, heads, alone, told.moved),
                told,
            )
    return _by_parts(system, asked, hidden, cost, singles, heads, told.lowered)


def _whole(
    system: System, asked: list[Measure], hidden: frozenset[int], begun: Begun, told: Told
) -> list[Step]:
    """All of a small table at once."""
    first, steps = np.zeros(len(system.keys), dtype=bool), list[Step]()
    first[list(hidden)] = True
    for _ in range(TURNS):
        search, chosen = _searched(system, asked, first, begun)
        told.moved[:] = [each for front in search.fronts for each in front.moves.movements()]
        for front in search.fronts:
            told.lowered.update(front.told)
        found = np.flatnonzero(chosen).tolist()
        steps += [Step(head, *search.reason(head)) for head in found]
        first = search.hidden(chosen)
        known = [front.known(first, np.isfinite(search.cost)) for front in search.fronts]
        if not any(known):
            return steps
        asked = [
            replace(front.measure, targets=(*front.measure.targets, *more))
            for front, more in zip(search.fronts, known, strict=True)
        ]
    raise UnsureError


def _by_parts(
    system: System,
    asked: list[Measure],
    hidden: frozenset[int],
    cost: Sequence[float],
    singles: Iterable[int],
    heads: NDArray[np.int64],
    lowered: dict[int, Target | None],
) -> list[Step]:
    steps: list[Step] = []
    while True:
        found = _complement(system, asked, hidden, cost, singles, heads, lowered)
        steps += found
        hidden |= _together(heads, [step.cell for step in found])
        firmer = [_firmer(system, each, hidden - system.absent, cost) for each in asked]
        if all(new is old for new, old in zip(firmer, asked, strict=True)):
            return steps
        asked = firmer


def _searched(system: System, asked: list[Measure], first: Bools, begun: Begun) -> tuple[Search, Bools]:
    """A safe choice; of a measure whose numbers do not add up only that nothing is determined is asked."""
    for _ in range(TURNS):
        search = begun(asked, first)
        try:
            return search, search.run()
        except ContradictionError as error:
            asked = [_structural(system, each) if each is error.measure else each for each in asked]
    raise UnsureError


def _firmer(system: System, measure: Measure, hidden: frozenset[int], cost: Sequence[float]) -> Measure:
    """The measure, with each withheld cell as a target that an intruder knows too well."""
    asked = {each.cell for each in measure.targets}
    others = [i for i in sorted(hidden - asked) if math.isfinite(cost[i])]
    near = list(narrow(system, measure, hidden, others))
    return replace(measure, targets=(*measure.targets, *near)) if near else measure


def _complement(
    system: System,
    measures: Sequence[Measure],
    withheld: Iterable[int],
    cost: Sequence[float],
    singles: Iterable[int],
    heads: NDArray[np.int64],
    lowered: dict[int, Target | None],
) -> list[Step]:
    first = frozenset(withheld) - system.absent
    search = _Search(first, cost, heads)
    chosen: frozenset[int] = frozenset()
    asked, single, able = list(measures), np.zeros(len(heads), dtype=bool), search.free.copy()
    single[list(singles)], able[list(system.absent)] = True, False
    sums = sums_with(system, single)
    while True:
        hidden = first | _together(heads, chosen)
        there = np.zeros(len(heads), dtype=bool)
        there[list(hidden)] = True
        found = [(cut, ALONE) for cut in beside(sums, single, there, able)]
        for number, each in enumerate(asked):
            asked[number], more = _asked(system, each, hidden, search, lowered)
            found += [(cut, each.name) for cut in more]
        for cut, name in found:
            search.add(cut, name)
        chosen, new = search.choice(chosen) if found else (chosen, False)
        if not new:
            return search.steps(chosen)


def _together(heads: NDArray[np.int64], chosen: Iterable[int]) -> frozenset[int]:
    """Chosen cells, with those that are withheld with them."""
    return frozenset(np.flatnonzero(np.isin(heads, list(chosen))).tolist())


def _asked(
    system: System,
    measure: Measure,
    hidden: frozenset[int],
    search: _Search,
    told: dict[int, Target | None],
) -> tuple[Measure, list[Cut]]:
    """The conditions of a measure; a target that cannot be reached asks for half of what can be."""
    try:
        found = cuts(system, measure, hidden)
    except ContradictionError:
        measure = _structural(system, measure)
        found = cuts(system, measure, hidden)
    vain = {cut.target for cut in found if not search.helps(cut)}
    if not vain:
        return measure, found
    everything = frozenset(i for i in range(len(system.keys)) if search.selectable(i)) | hidden
    attack = Attack(system, measure, everything - system.absent)
    lowered = {each: attack.attainable(each) for each in vain}
    told |= {each.cell: kept for each, kept in lowered.items()}
    targets = (lowered.get(each, each) for each in measure.targets)
    measure = replace(measure, targets=tuple(each for each in targets if each is not None))
    return measure, [cut for cut in cuts(system, measure, hidden) if search.helps(cut)]


def _structural(system: System, measure: Measure) -> Measure:
    """A measure whose numbers do not add up, as one that asks only that no target be determined."""
    values = np.zeros(system.size)
    values[system.owner] = THOUSAND * (system.matrix @ system.even)
    targets = tuple(
        Target(each.cell, values[each.cell] / 2, values[each.cell] * 1.5) for each in measure.targets
    )
    return Measure(measure.name, values, np.zeros(system.size), np.full(system.size, np.inf), targets)


class _Search:
    """The conditions so far, and the cheapest choice that meets them."""

    def __init__(self, first: frozenset[int], cost: Sequence[float], heads: NDArray[np.int64]) -> None:
        self.cost = cost
        self.free = np.isfinite(np.asarray(cost, dtype=float))
        self.free[list(first)] = False
        self.always = np.zeros(len(self.free), dtype=bool)
        self.always[list(first)] = True
        self.heads = heads
        self.conditions: list[tuple[Target, str]] = []
        self.cells: list[NDArray[np.int64]] = []
        self.weights: list[Floats] = []
        self.tried: set[frozenset[int]] = set()

    def add(self, cut: Cut, name: str) -> None:
        """One more condition."""
        cells, weights = self._weighed(cut)
        self.conditions.append((cut.target, name))
        self.cells.append(cells)
        self.weights.append(weights)

    def helps(self, cut: Cut) -> bool:
        """Whether anything can be done about it: everything withheld is all there is."""
        return bool(self._weighed(cut)[1].sum() >= 1 - NEAR)

    def selectable(self, cell: int) -> bool:
        """Whether a cell may be withheld at all."""
        return math.isfinite(self.cost[cell])

    def _weighed(self, cut: Cut) -> tuple[NDArray[np.int64], Floats]:
        """The weights of cells that may still be chosen, or of those withheld together.

        They need do no more than what those withheld in any case leave to be done.
        """
        may = self.free[cut.cells]
        left = max(1.0 - float(cut.weights[self.always[cut.cells]].sum()), NEAR)
        weights = cut.weights[may] / left
        cells, at = np.unique(self.heads[cut.cells[may]], return_inverse=True)
        return cells, np.minimum(np.bincount(at, weights, len(cells)), 1.0)

    def choice(self, before: frozenset[int]) -> tuple[frozenset[int], bool]:
        """Cells that meet every condition, and whether they are new: if not, a rounding asks for more."""
        found, new = self._cheap(before), len(self.tried)
        self.tried.add(found)
        return found, len(self.tried) > new

    def _cheap(self, before: frozenset[int]) -> frozenset[int]:
        """Cells in the order of what they add to unmet conditions for their cost; then what is not needed."""
        cells, by_row = self._matrix()
        by_cell = by_row.tocsc()
        cost = np.maximum(np.array([self.cost[cell] for cell in cells]), NEAR)
        chosen = np.array([cell in before for cell in cells], dtype=bool)
        lacking = 1.0 - by_row @ chosen.astype(float)
        while (lacking > NEAR).any():
            number = int(np.argmax(lacking))
            options = by_row.indices[by_row.indptr[number] : by_row.indptr[number + 1]]
            options = options[~chosen[options]]
            useful = by_cell[:, options]
            gain = np.minimum(useful.data, np.maximum(lacking[useful.indices], 0.0))
            worth = np.add.reduceat(gain, useful.indptr[:-1]) / cost[options]
            best = int(options[worth >= worth.max() * (1 - NEAR)].min())
            chosen[best] = True
            _add(lacking, by_cell, best, -1.0)
        for k in sorted(np.flatnonzero(chosen).tolist(), key=lambda k: (-cost[k], k)):
            start, end = by_cell.indptr[k], by_cell.indptr[k + 1]
            if (lacking[by_cell.indices[start:end]] + by_cell.data[start:end] <= NEAR).all():
                chosen[k] = False
                _add(lacking, by_cell, k, 1.0)
        return frozenset(cells[k] for k in np.flatnonzero(chosen))

    def _matrix(self) -> tuple[list[int], csr_array]:
        """The cells that any condition weighs, and their weights, a row for each condition."""
        nothing = np.zeros(0, dtype=np.int64)
        cells, columns = np.unique(np.concatenate([nothing, *self.cells]), return_inverse=True)
        data = np.concatenate([np.zeros(0), *self.weights])
        ends = np.cumsum([0, *(len(each) for each in self.cells)])
        return cells.tolist(), csr_array((data, columns, ends), shape=(len(self.cells), len(cells)))

    def steps(self, chosen: frozenset[int]) -> list[Step]:
        """Each chosen cell with the condition it does most for."""
        cells, by_row = self._matrix()
        by_cell = by_row.tocsc()
        found = []
        for k, cell in enumerate(cells):
            if cell in chosen:
                start, end = by_cell.indptr[k], by_cell.indptr[k + 1]
                number = by_cell.indices[start:end][np.argmax(by_cell.data[start:end])]
                found.append(Step(cell, *self.conditions[number]))
        return found


def _add(lacking: Floats, by_cell: csc_array, cell: int, sign: float) -> None:
    """What a cell does for every condition, once chosen (sign -1) or no longer (1)."""
    start, end = by_cell.indptr[cell], by_cell.indptr[cell + 1]
    lacking[by_cell.indices[start:end]] += sign * by_cell.data[start:end]
