"""Which further cells to withhold so that no withheld one can be known too well.

An integer programme chooses the cells that lose least (:mod:`thuis.protect.bounds` gives its conditions, as
many as turn out to be needed). Conditions are added until an intruder's interval is wide enough for every
target. Where the programme grows too large a greedy choice takes over, which is safe as well but may withhold
more. Everything is counted in steps, so the same figures always give the same result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from thuis.protect.bounds import (
    NEAR,
    Attack,
    ContradictionError,
    Cut,
    Measure,
    Seen,
    Target,
    cuts,
    narrow,
    solver,
)
from thuis.protect.moves import UnsureError
from thuis.protect.near import Bools
from thuis.protect.search import Search
from thuis.protect.system import Floats, System

NODES = 3_000
"""Branches of the integer programme, over all its rounds, after which the greedy choice takes over."""
LARGE = 30_000
"""Conditions times cells above which the integer programme is not begun."""


TURNS = 20
"""Times that what is withheld for others may ask for more, before the table is looked at by parts."""
WHOLE = 6_000
"""Kinds of people up to which a problem is looked at as a whole."""
ROUNDS = 4
"""Integer programmes for one set of measures; then the best safe choice so far stands."""
GAP = 0.005
"""Part by which a choice may cost more than the least there is."""
NEVER = 200.0
"""Seconds after which a solver is taken to go on for ever; its steps are what ends it otherwise."""
TRIES = (
    "mip_allow_restart",
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
)
"""What a solver tries beside its branches, which takes longer here than it saves."""
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
    return _by_parts(system, asked, hidden, cost, singles, unit, told.lowered)


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
    unit: Sequence[int] | None,
    lowered: dict[int, Target | None] | None,
) -> list[Step]:
    steps: list[Step] = []
    seen = [Seen(system.size) for _ in asked]
    while True:
        found = _complement(system, list(zip(asked, seen, strict=True)), hidden, cost, singles, unit, lowered)
        steps += found
        heads = {step.cell for step in found}
        hidden |= {i for i in range(len(system.keys)) if (unit[i] if unit else i) in heads}
        firmer = [
            _firmer(system, each, hidden - system.absent, cost, of)
            for each, of in zip(asked, seen, strict=True)
        ]
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


def _firmer(
    system: System, measure: Measure, hidden: frozenset[int], cost: Sequence[float], seen: Seen
) -> Measure:
    """The measure, with each withheld cell as a target that an intruder knows too well."""
    asked = {each.cell for each in measure.targets}
    others = [i for i in sorted(hidden - asked) if math.isfinite(cost[i])]
    near = list(narrow(system, measure, hidden, others, seen))
    return replace(measure, targets=(*measure.targets, *near)) if near else measure


def _complement(
    system: System,
    measures: Sequence[tuple[Measure, Seen]],
    withheld: Iterable[int],
    cost: Sequence[float],
    singles: Iterable[int],
    unit: Sequence[int] | None,
    lowered: dict[int, Target | None] | None,
) -> list[Step]:
    first = frozenset(withheld) - system.absent
    together: dict[int, list[int]] = {}
    for cell, head in enumerate(unit or ()):
        together.setdefault(head, []).append(cell)
    search = _Search(first, cost, unit)
    chosen: frozenset[int] = frozenset()
    asked, alone = [measure for measure, _ in measures], frozenset(singles)
    while True:
        hidden = first | frozenset(i for head in chosen for i in together.get(head, (head,)))
        found = [(cut, "the only respondent") for cut in _beside(system, alone, hidden)]
        found = [pair for pair in found if search.helps(pair[0])]
        for number, (_, seen) in enumerate(measures):
            asked[number], new = _asked(system, asked[number], hidden, search, lowered, seen)
            found += [(cut, asked[number].name) for cut in new]
        for cut, name in found:
            search.add(cut, name)
        better = search.choice(chosen, safe=not found)
        if better is None:
            return search.steps(search.best or frozenset())
        chosen = better


def _asked(
    system: System,
    measure: Measure,
    hidden: frozenset[int],
    search: _Search,
    told: dict[int, Target | None] | None,
    seen: Seen,
) -> tuple[Measure, list[Cut]]:
    """The conditions of a measure; a target that cannot be reached asks for half of what can be."""
    try:
        found = cuts(system, measure, hidden, seen)
    except ContradictionError:
        measure = _structural(system, measure)
        seen.forget()
        found = cuts(system, measure, hidden, seen)
    vain = {cut.target for cut in found if not search.helps(cut)}
    if not vain:
        return measure, found
    everything = frozenset(i for i in range(len(system.keys)) if search.selectable(i)) | hidden
    attack = Attack(system, measure, everything - system.absent)
    lowered = {each: attack.attainable(each) for each in vain}
    if told is not None:
        told |= {each.cell: kept for each, kept in lowered.items()}
    targets = (lowered.get(each, each) for each in measure.targets)
    measure = replace(measure, targets=tuple(each for each in targets if each is not None))
    return measure, [cut for cut in cuts(system, measure, hidden, seen) if search.helps(cut)]


def _beside(system: System, singles: frozenset[int], hidden: frozenset[int]) -> Iterator[Cut]:
    """A sum in which only a single respondent's cell and one other are withheld: a third must be."""
    for each in system.sums if singles else ():
        members = (each.whole, *each.parts)
        unknown = [i for i in members if i in hidden]
        if len(unknown) == 2 and any(i in singles for i in unknown):
            other = next((i for i in unknown if i not in singles), unknown[0])
            third = np.array(sorted(set(members) - hidden - system.absent), dtype=np.int64)
            if len(third):
                yield Cut(Target(other, 0.0, 0.0), third, np.ones(len(third)))


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

    def __init__(self, first: frozenset[int], cost: Sequence[float], unit: Sequence[int] | None) -> None:
        self.cost = cost
        self.free = np.isfinite(np.asarray(cost, dtype=float))
        self.free[list(first)] = False
        self.always = np.zeros(len(self.free), dtype=bool)
        self.always[list(first)] = True
        self.together = unit is not None
        self.heads = np.asarray(unit if unit is not None else range(len(self.free)), dtype=np.int64)
        self.conditions: list[tuple[Target, str]] = []
        self.cells: list[NDArray[np.int64]] = []
        self.weights: list[Floats] = []
        self.nodes = self.rounds = 0
        self.best: frozenset[int] | None = None
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
        if not self.together:
            return cut.cells[may], np.minimum(weights, 1.0)
        cells, at = np.unique(self.heads[cut.cells[may]], return_inverse=True)
        return cells, np.minimum(np.bincount(at, weights, len(cells)), 1.0)

    def choice(self, before: frozenset[int], *, safe: bool) -> frozenset[int] | None:
        """The next cells to try withholding; None when ``best`` will do.

        Cheap choices come until one is safe. The integer programme then says what the conditions found so
        far cost at least. Its choice seldom meets those not yet found, so it is mended by cheap ones in turn,
        which finds many conditions for one programme.
        """
        if not safe:
            found = self._cheap(before)
            if found not in self.tried:
                self.tried.add(found)
                return found
            # Only a rounding of the solver's keeps this choice from meeting its conditions.
            before = found
        if self.best is None or self._price(before) < self._price(self.best) - NEAR:
            self.best = before
        better = self._optimal()
        if better is None or self._price(better) >= self._price(self.best) * (1 - GAP):
            return None
        return better

    def _price(self, chosen: Iterable[int]) -> float:
        return sum(self.cost[cell] for cell in chosen)

    def _optimal(self) -> frozenset[int] | None:
        cells, matrix = self._matrix()
        self.rounds += 1
        if not cells or len(cells) * len(self.conditions) > LARGE or self.rounds > ROUNDS:
            return None
        enough = np.full(len(self.conditions), 1 - NEAR)
        result = solver(matrix, enough, np.full(len(self.conditions), np.inf))
        whole = np.arange(len(cells), dtype=np.int32)
        result.changeColsBounds(len(cells), whole, np.zeros(len(cells)), np.ones(len(cells)))
        result.changeColsCost(len(cells), whole, np.array([self.cost[cell] for cell in cells]))
        result.changeColsIntegrality(
            len(cells), whole, np.full(len(cells), highspy.HighsVarType.kInteger, dtype=object)
        )
        result.setOptionValue("mip_max_nodes", max(NODES - self.nodes, 1))
        result.setOptionValue("mip_rel_gap", GAP)
        result.setOptionValue("time_limit", NEVER)
        result.setOptionValue("presolve", "choose")
        for name in TRIES:
            result.setOptionValue(name, False)
        result.run()
        info = result.getInfo()
        self.nodes += max(int(info.mip_node_count), 0)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        chosen = np.asarray(result.getSolution().col_value) > 0.5
        return frozenset(cell for cell, x in zip(cells, chosen, strict=True) if x)

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
