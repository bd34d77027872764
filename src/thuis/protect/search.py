"""A choice of cells to withhold, made target by target and bettered cell by cell.

For every target the cells come that move it far enough at the least cost, beside those withheld already. Then
each is left out in turn, and what takes its place, if anything has to, must cost less. What a choice must do
at least is kept as conditions, so that most of this needs no programme. Each target ends with a solution that
moves it to its goal and no published cell; nothing else is called safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from thuis.protect.bounds import NEAR, ContradictionError, Cut, Measure, Target
from thuis.protect.moves import Moves, Push, UnsureError
from thuis.protect.near import Bools, Ints
from thuis.protect.system import Floats, System

ALONE = "the only respondent"
"""Stands where a measure would, for what one respondent knows of its own cell."""


FEW = 3
"""Sides of targets for which it is no use to move them at once."""
WORK = 200_000_000
"""Steps of programmes, times their size, after which a safe choice is bettered no further."""
ROUNDS = 200
"""Times that all targets are looked at anew, since some were lowered or cells came beside them."""


def sums_with(system: System, single: Bools) -> list[Ints]:
    """The cells of every sum that has a cell of one respondent."""
    sums = (np.unique([each.whole, *each.parts]) for each in system.sums if single.any())
    return [each for each in sums if single[each].any()]


def beside(sums: Iterable[Ints], single: Bools, hidden: Bools, able: Bools) -> Iterator[Cut]:
    """A sum in which only a single respondent's cell and one other are withheld: a third must be."""
    for members in sums:
        unknown = members[hidden[members]]
        if len(unknown) == 2 and single[unknown].any():
            other = next((i for i in unknown if not single[i]), unknown[0])
            third = members[able[members] & ~hidden[members]]
            if len(third):
                yield Cut(Target(int(other), 0.0, 0.0), third, np.ones(len(third)))


class Front:
    """The targets of one measure, upwards and downwards, and how far they can be moved."""

    def __init__(self, system: System, measure: Measure, able: Bools, first: Bools) -> None:
        self.measure, self.able = measure, able
        self.moves = Moves(system, measure, able, first)
        self.targets: list[Target] = []
        self.told: dict[int, Target | None] = {}
        for each in measure.targets:
            self._ask(each)
        self._sides()

    def _ask(self, target: Target) -> None:
        value = self.measure.values[target.cell]
        if target.high - value > NEAR:
            self.targets.append(target)
        if value - target.low > NEAR:
            self.targets.append(target)

    def _sides(self) -> None:
        value = self.measure.values
        self.cell = np.array([each.cell for each in self.targets], dtype=np.int64)
        second = [k > 0 and self.targets[k - 1] is each for k, each in enumerate(self.targets)]
        self.goal = np.array(
            [
                each.low if again or each.high - value[each.cell] <= NEAR else each.high
                for each, again in zip(self.targets, second, strict=True)
            ],
            dtype=float,
        )
        self.order = np.argsort(-np.abs(self.goal - value[self.cell]), kind="stable")
        self.moves.shown.aim(self.cell, self.goal)

    def left(self, hidden: Bools) -> list[int]:
        """The sides of targets that no solution shows to be safe; those that ask most first."""
        found: list[int] = self.order[~self.moves.shown.safe(hidden)[self.order]].tolist()
        return found

    def safe(self, side: int, hidden: Bools) -> bool:
        """Whether a solution shows one side to be safe."""
        return bool(self.moves.shown.safe(hidden)[side])

    def push(self, side: int, hidden: Bools, price: Floats | None) -> Push:
        """One side moved as far as can be."""
        return self.moves.push(int(self.cell[side]), float(self.goal[side]), hidden, price)

    def stuck(self, sides: list[int], may: Bools) -> bool:
        """Whether a sum leaves one of some sides where it is, though all cells that may be are withheld."""
        cells = self.cell[sides]
        return not bool(self.moves.loose(may)[cells[cells < len(may)]].all())

    def together(self, hidden: Bools) -> list[int]:
        """The sides that are left once many were moved at once, as long as that shows a few to be safe."""
        left = self.left(hidden)
        while len(left) > FEW:
            asked = np.array([side for side in left if self.cell[side] < len(hidden)], dtype=np.int64)
            if len(asked) <= FEW:
                break
            _, one_each = np.unique(self.cell[asked], return_index=True)
            asked = asked[one_each]
            self.moves.together(self.cell[asked], self.goal[asked], hidden)
            before, left = len(left), self.left(hidden)
            if before - len(left) < FEW:
                break
        return left

    def known(self, hidden: Bools, may: Bools) -> list[Target]:
        """Other withheld cells that are known too well, with an interval that is wide enough."""
        measure, low, high = self.measure, *self.moves.shown.ends(hidden)
        others = hidden & may & (high - low <= measure.narrow + NEAR)[: len(hidden)]
        others[[each.cell for each in measure.targets if each.cell < len(hidden)]] = False
        half, found = (measure.narrow + 1) / 2, []
        for cell in np.flatnonzero(others).tolist():
            value = float(measure.values[cell])
            if self._width(cell, value, hidden) <= measure.narrow + NEAR:
                found.append(Target(cell, max(value - half, float(measure.low[cell])), value + half))
        return found

    def _width(self, cell: int, value: float, hidden: Bools) -> float:
        """How far apart the most and the least are, up to what is asked; nothing where no numbers add up."""
        far = self.measure.narrow + 1
        try:
            most, least = (self.moves.push(cell, value + sign * far, hidden).reached for sign in (1, -1))
        except ContradictionError:
            return 0.0
        return most - least

    def lower(self, target: Target) -> None:
        """A target that cannot be reached, whatever is withheld, asks for half of what can be."""
        value, ends = float(self.measure.values[target.cell]), []
        for goal in (target.low, target.high):
            there = abs(goal - value) <= NEAR
            found = None if there else self.moves.push(target.cell, goal, self.able)
            half = None if found is None or not found.short else (value + found.reached) / 2
            ends.append(goal if half is None else half)
        low, high = min(ends[0], max(value, target.low)), max(ends[1], min(value, target.high))
        kept = replace(target, low=low, high=high) if high - low > NEAR else None
        self.told[target.cell] = kept
        self.targets = [each for each in self.targets if each is not target]
        if kept:
            self._ask(kept)
        self._sides()


class Search:
    """Cells to withhold for some measures.

    :param first: cells that are withheld in any case.
    :param cost: what withholding each cell loses; infinite for what is public in any case.
    :param heads: for every cell the first of those that are withheld together.
    :param singles: cells of one respondent.
    :param moved: movements that were found for other measures.
    """

    def __init__(
        self,
        system: System,
        measures: Sequence[Measure],
        first: Bools,
        cost: Floats,
        heads: NDArray[np.int64],
        singles: Iterable[int],
        moved: Sequence[Floats] = (),
    ) -> None:
        self.first, self.heads, self.cost = first, heads, cost
        self.absent = np.zeros(len(cost), dtype=bool)
        self.absent[list(system.absent)] = True
        self.free = np.isfinite(cost) & ~first
        able = (self.free | first) & ~self.absent
        self.fronts = [Front(system, each, able, first) for each in measures]
        for front in self.fronts:
            front.moves.learn(moved)
        dearest = float(cost[self.free].max(initial=1.0))
        self.price = np.where(self.free, cost[heads] / dearest, np.inf)
        self.rows = np.zeros((16, len(cost)))
        self.conditions: list[tuple[Target, str]] = []
        self.why: dict[int, tuple[Target, str]] = {}
        self.single = np.zeros(len(cost), dtype=bool)
        self.single[list(singles)] = True
        self.sums = sums_with(system, self.single)

    def hidden(self, chosen: Bools) -> Bools:
        """The cells that a choice withholds, with those withheld in any case."""
        found: Bools = self.first | (chosen[self.heads] & ~self.absent)
        return found

    def run(self) -> Bools:
        """A choice that is safe."""
        return self.better(self.enough(np.zeros(len(self.cost), dtype=bool)))

    def enough(self, chosen: Bools) -> Bools:
        """More cells, until every target is safe and no single respondent learns another's cell."""
        chosen = chosen.copy()
        for _ in range(ROUNDS):
            again = False
            for front in self.fronts:
                again |= self._enough(front, chosen)
            for cut in beside(self.sums, self.single, self.hidden(chosen), self.free & ~self.absent):
                self._add(cut, ALONE)
                heads = np.unique(self.heads[cut.cells])
                if not chosen[heads].any():
                    chosen[heads[np.argmin(self.cost[heads])]] = again = True
            if not again:
                return chosen
        raise UnsureError

    def _enough(self, front: Front, chosen: Bools) -> bool:
        """The same for one measure, in place; whether a target was lowered, which is then looked at anew."""
        hidden, vain = self.hidden(chosen), dict[int, Target]()
        for side in front.together(hidden):
            if front.targets[side].cell in vain or front.safe(side, hidden):
                continue
            found = front.push(side, hidden, self.price)
            if found.short:
                vain[front.targets[side].cell] = front.targets[side]
            elif len(new := self._new(front, side, found, hidden)):
                chosen[new] = True
                hidden = self.hidden(chosen)
        for target in vain.values():
            front.lower(target)
        return bool(vain)

    def _new(self, front: Front, side: int, found: Push, hidden: Bools) -> NDArray[np.int64]:
        """What a target asks to be withheld, noted with the condition behind it."""
        new = np.unique(self.heads[found.moved & ~hidden])
        if len(new):
            target = front.targets[side]
            if (cut := front.moves.cut(target)) is not None:
                self._add(cut, front.measure.name)
            for head in new.tolist():
                self.why[head] = target, front.measure.name
        return new

    def better(self, chosen: Bools) -> Bools:
        """Each cell left out in turn, the dearest first, where what replaces it costs less."""
        begun = self._work()
        for head in sorted(np.flatnonzero(chosen).tolist(), key=lambda k: (-self.cost[k], k)):
            if self._work() - begun > WORK:
                break
            chosen = self._without(head, chosen) if chosen[head] else chosen
        return chosen

    def _work(self) -> int:
        return sum(front.moves.work for front in self.fronts)

    def _without(self, head: int, chosen: Bools) -> Bools:
        """A safe choice without a cell that costs less, or the choice as it is."""
        other = chosen.copy()
        other[head] = False
        hidden, left = self.hidden(other), float(self.cost[head]) - NEAR
        if self._least(head, other) >= left or any(
            beside(self.sums, self.single, hidden, self.free & ~self.absent)
        ):
            return chosen
        own = self.heads == head
        for front in self.fronts:
            sides = front.left(hidden)
            if sides:
                # What costs as much takes no place.
                may = hidden | (self.free & ~self.absent & ~own & (self.cost[self.heads] < left))
                if front.stuck(sides, may):
                    return chosen
            first = self.why.get(head)
            # What a cell was withheld for is what most likely needs it.
            sides.sort(key=lambda side: first is None or front.targets[side] != first[0])
            for at, side in enumerate(sides):
                if front.safe(side, hidden):
                    continue
                # What costs as much takes no place.
                price = np.where(own | (self.cost[self.heads] >= left), np.inf, self.price)
                found = front.push(side, hidden, price)
                if found.short:
                    return chosen
                new = self._new(front, side, found, hidden)
                left -= float(self.cost[new].sum())
                if left <= 0:
                    return chosen
                if len(new):
                    other[new] = True
                    hidden = self.hidden(other)
                if not at and len(sides) > FEW:
                    front.together(hidden)
        return other

    def _least(self, head: int, other: Bools) -> float:
        """What the conditions say that leaving a cell out costs at least."""
        lacking = 1 - NEAR - self.weights[:, other].sum(axis=1)
        unmet = lacking > 0
        if not unmet.any():
            return 0.0
        may = ~other
        may[head] = False
        weights = self.weights[unmet][:, may]
        with np.errstate(divide="ignore"):
            per = np.where(weights > 0, self.cost[may] / weights, np.inf)
        return float((per.min(axis=1, initial=np.inf) * lacking[unmet]).max())

    def _add(self, cut: Cut, name: str) -> None:
        """One more condition."""
        may = self.free[cut.cells]
        row = np.bincount(self.heads[cut.cells[may]], cut.weights[may], len(self.cost))
        at = len(self.conditions)
        if at == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[at] = np.minimum(row, 1.0)
        self.conditions.append((cut.target, name))

    @property
    def weights(self) -> Floats:
        """What each cell does for each condition."""
        return self.rows[: len(self.conditions)]

    def reason(self, head: int) -> tuple[Target, str]:
        """The condition that a chosen cell does most for."""
        weights = self.weights[:, head]
        if len(weights) and weights.max() > 0:
            return self.conditions[int(np.argmax(weights))]
        return self.why[head]
