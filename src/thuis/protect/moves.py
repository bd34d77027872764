"""How far people can be moved between cells: one linear programme for a measure, changed in place.

Every cell has two columns, the people that an intruder may think it has more and those it may have fewer.
They are closed where a cell is published, free where it is withheld, and at a price where it might be. So one
programme says how far a target can move, which cells would have to move with it, and by its dual what every
choice of withheld cells must do for the target. A solution is believed only where its own numbers add up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from thuis.protect.bounds import DUAL, NEAR, PRIMAL, STEPS, ContradictionError, Cut, Measure, Target, solver
from thuis.protect.system import Floats, System

STRONG = 1e4
"""What moving a target by one is worth, where what another cell costs is at most one."""
WRONG = 1e-5
"""People by which the numbers of a solution may differ from what is public."""
CLOSE = 1e-5
"""People by which a target may fall short of its goal."""
NOTHING = 1e-9
"""Part of what a target is worth below which the price of a line is a rounding."""
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
OPTIMAL = highspy.HighsModelStatus.kOptimal


class UnsureError(Exception):
    """A solution whose own numbers do not add up, twice."""


@dataclass(frozen=True, slots=True)
class Push:
    """A target moved: where it ended, whether short of its goal, and for every cell whether it moved."""

    reached: float
    short: bool
    moved: Bools


@dataclass(frozen=True, slots=True)
class _Asked:
    """A target on its way: ``aim`` has what each column does for it, ``line`` is that of a remainder."""

    cell: int
    sign: float
    goal: float
    worth: float
    aim: Floats
    line: int


SMALL = 50_000
"""Entries of a matrix up to which it multiplies sooner with its noughts written out."""


def _times(matrix: csr_array) -> Floats | csr_array:
    return np.asarray(matrix.toarray()) if math.prod(matrix.shape) <= SMALL else matrix


class Moves:
    """The linear programme of one measure.

    :param able: cells that are withheld or may be; all others stay as they are.
    :param first: cells that are withheld whatever is chosen.

    ``work`` counts the steps of the simplex method, times rows and columns.
    """

    def __init__(self, system: System, measure: Measure, able: Bools, first: Bools) -> None:
        size = self.size = len(system.keys)
        self.measure, self.first, layout = measure, first, system.layout
        values = measure.values[:size]
        self.up = np.where(able, np.maximum(measure.high[:size] - values, 0.0), 0.0)
        self.down = np.where(able, np.maximum(values - measure.low[:size], 0.0), 0.0)
        self.rests, self.rest_base = layout.rests, np.asarray(layout.rest_cells @ values)
        lines = np.where(layout.owner < 0, 0.0, values[layout.owner]) - layout.cells @ values
        self.matrix, self.turned = layout.matrix, layout.turned
        self.row_low = self.row_high = lines
        # A remainder of nobody or more says nothing that kinds of nobody or more do not.
        telling = (measure.low[size:] > 0) | np.isfinite(measure.high[size:])
        telling[[each.cell - size for each in measure.targets if each.cell >= size]] = True
        rest = np.flatnonzero(telling)
        self.line_of = np.full(len(telling), -1)
        self.line_of[rest] = len(lines) + np.arange(len(rest))
        if len(rest):
            self.matrix = csr_array(vstack([layout.matrix, layout.rests[rest]], format="csr"))
            self.turned = csr_array(self.matrix.T)
            self.row_low = np.concatenate([lines, measure.low[size + rest] - self.rest_base[rest]])
            self.row_high = np.concatenate([lines, measure.high[size + rest] - self.rest_base[rest]])
        adds = np.abs(system.adding @ values) <= NEAR
        self.inside = _times(csr_array(abs(system.adding[np.flatnonzero(adds)])))
        self.nought = np.zeros(self.matrix.shape[1])
        self.given = self.nought, np.full(len(self.nought), np.inf)
        self.work = 0
        self.shown = Shown(self)

    def loose(self, may: Bools) -> Bools:
        """Of the cells that may move, those that do not stay where they are since all others of a sum do."""
        found = may.copy()
        while True:
            alone = np.asarray(self.inside @ found.astype(float)) == 1.0
            held = found & (np.asarray(alone.astype(float) @ self.inside) > 0)
            if not held.any():
                return found
            found &= ~held

    @cached_property
    def model(self) -> highspy.Highs:
        """The programme, made when a target first needs it."""
        model = solver(self.matrix, self.row_low, self.row_high, self.turned)
        model.setOptionValue("simplex_strategy", DUAL)
        model.setOptionValue("simplex_iteration_limit", STEPS * sum(self.matrix.shape) + 10_000)
        return model

    def together(self, cells: Ints, goals: Floats, hidden: Bools) -> None:
        """Many targets moved at once, each as much as its goal; what the solution shows is kept."""
        n, z = self.size, self.nought
        change = goals - self.measure.values[cells]
        need, sign = np.abs(change), np.sign(change)
        ends, aim = np.full(len(z), np.inf), z.copy()
        ends[:n], ends[n : 2 * n] = np.where(hidden, self.up, 0.0), np.where(hidden, self.down, 0.0)
        aim[cells], aim[n + cells] = sign / need, -sign / need
        at = np.where(sign > 0, cells, n + cells)
        ends[at] = np.minimum(ends[at], need)
        self._put(-aim, ends)
        self._run(ends)
        self.shown.add(self.z)

    def _put(self, cost: Floats, ends: Floats) -> None:
        """What columns cost and where they end, as far as it is not so yet."""
        for at, told in ((0, cost), (1, ends)):
            changed = np.flatnonzero(self.given[at] != told).astype(np.int32)
            if not len(changed):
                continue
            if at:
                self.model.changeColsBounds(len(changed), changed, self.nought[changed], told[changed])
            else:
                self.model.changeColsCost(len(changed), changed, told[changed])
        self.given = cost, ends

    def push(self, cell: int, goal: float, hidden: Bools, price: Floats | None = None) -> Push:
        """The target as far towards its goal as can be.

        :param hidden: the cells that are withheld.
        :param price: what withholding another cell costs (0 to 1, infinite where it cannot be), for every
            cell. None: no other is.
        """
        n, values = self.size, self.measure.values
        need, sign = abs(goal - values[cell]), 1.0 if goal > values[cell] else -1.0
        cost, open_, worth = self.nought.copy(), hidden, 1.0
        if price is not None:
            asked, worth = np.where(open_, 0.0, price), STRONG
            open_ = np.isfinite(asked)
            asked[~open_] = 0.0
            cost[:n] = asked / np.maximum(np.minimum(self.up, need), NEAR)
            cost[n : 2 * n] = asked / np.maximum(np.minimum(self.down, need), NEAR)
        ends = np.full(len(self.nought), np.inf)
        ends[:n], ends[n : 2 * n] = np.where(open_, self.up, 0.0), np.where(open_, self.down, 0.0)
        aim, line = self.nought.copy(), -1
        if cell < n:
            aim[cell], aim[n + cell] = sign, -sign
            at = cell if sign > 0 else n + cell
            ends[at] = min(ends[at], need)
        else:
            row, line = cell - n, int(self.line_of[cell - n])
            places = slice(self.rests.indptr[row], self.rests.indptr[row + 1])
            aim[self.rests.indices[places]] = sign * self.rests.data[places]
        self.asked = _Asked(cell, sign, goal, worth, aim, line)
        self._put(cost - worth * aim, ends)
        self._limit(to_goal=True)
        self._run(ends)
        self._limit(to_goal=False)
        numbers, moved = self.shown.add(self.z)
        reached = float(numbers[cell])
        return Push(reached, sign * (goal - reached) > CLOSE, moved)

    def _limit(self, *, to_goal: bool) -> None:
        """A remainder goes no further than its goal."""
        line = self.asked.line
        if line < 0:
            return
        low, high = float(self.row_low[line]), float(self.row_high[line])
        if to_goal:
            end = self.asked.goal - float(self.rest_base[self.asked.cell - self.size])
            low, high = (low, min(high, end)) if self.asked.sign > 0 else (max(low, end), high)
        self.model.changeRowBounds(line, low, high)

    def _run(self, ends: Floats) -> None:
        # Nobody moves at first, and a target is moved as far as it may go at once: what that upsets is mended
        # step by step, which takes as many as cells move. The last solution would be in the way.
        for way in (DUAL, PRIMAL):
            self.model.clearSolver()
            self.model.setOptionValue("simplex_strategy", way)
            self.model.run()
            self.work += int(self.model.getInfoValue("simplex_iteration_count")[1]) * sum(self.matrix.shape)
            status = self.model.getModelStatus()
            if status == OPTIMAL and self._adds_up(ends):
                return
        if status == highspy.HighsModelStatus.kInfeasible:
            raise ContradictionError(self.measure)
        raise UnsureError

    def _adds_up(self, ends: Floats) -> bool:
        self.solution = self.model.getSolution()
        self.z = np.asarray(self.solution.col_value)
        self.sums = self.matrix @ self.z
        inside = (self.sums >= self.row_low - WRONG) & (self.sums <= self.row_high + WRONG)
        return bool(inside.all() and ((self.z >= -WRONG) & (self.z <= ends + WRONG)).all())

    def cut(self, target: Target) -> Cut | None:
        """What the last push says that every choice must do for its target; None where that is nothing."""
        asked, n = self.asked, self.size
        y = np.asarray(self.solution.row_dual)
        y = np.where(np.abs(y) > NOTHING * asked.worth, y, 0.0)
        rate = -(self.turned @ y)
        if asked.cell >= n:
            rate -= asked.worth * asked.aim
            weight = asked.worth + asked.sign * float(y[asked.line])
            base, y[asked.line] = float(self.rest_base[asked.cell - n]), 0.0
        else:
            weight = asked.sign * float(rate[asked.cell])
            base, rate[asked.cell] = float(self.measure.values[asked.cell]), 0.0
        if weight <= NEAR * asked.worth:
            return None
        price = -rate[:n] / weight
        with np.errstate(invalid="ignore"):
            most = np.where(y > 0, -y * self.row_low, np.where(y < 0, -y * self.row_high, 0.0))
            gain = np.where(price > NEAR, price * self.up, np.where(price < -NEAR, -price * self.down, 0.0))
        need = asked.sign * (asked.goal - base) - float(most.sum()) / weight - float(gain[self.first].sum())
        if not need > NEAR:
            return None
        useful = np.flatnonzero((gain > NEAR) & ~self.first)
        return Cut(target, useful, np.minimum(gain[useful] / need, 1.0))


KEPT = 400
"""Solutions that are kept."""
MANY = 50
"""Movements that are tried at once."""
FAR = 1_000.0
"""Times that a movement is made larger, at most."""


class Shown:
    """What solutions showed to be possible: it is as long as no cell that they move is published."""

    def __init__(self, of: Moves) -> None:
        self.of, self.count = of, 0
        self.found: tuple[Bools, int, Bools] | None = None
        self.moved = np.zeros((16, of.size), dtype=bool)
        self.numbers = np.zeros((16, len(of.measure.values)))
        # What may be doubled or turned round where nothing but cells moves, and all of it from what is so.
        nothing = (of.row_low <= NEAR).all() and (of.row_high >= -NEAR).all()
        self.turns = bool(nothing) and of.matrix.shape[1] == 2 * of.size

    def add(self, z: Floats) -> tuple[Floats, Bools]:
        """A solution; its numbers, and which cells it moves."""
        n = self.of.size
        change = z[:n] - z[n : 2 * n]
        moved = np.abs(change) > NEAR
        numbers = self._numbers(change, z)
        self._keep(numbers, moved)
        if self.turns:
            self._turned(change[None], self.of.sums[None])
        return numbers, moved

    def movements(self) -> Floats:
        """What was found, for another measure of the same cells; nothing where it may not be turned round."""
        n, there = self.of.size, min(self.count, KEPT) if self.turns else 0
        found: Floats = self.numbers[:there, :n] - self.of.measure.values[:n]
        return found

    def learn(self, movements: Iterable[Floats]) -> None:
        """What another measure found, as far as there is room for it here."""
        known = list(movements) if self.turns else []
        if not known:
            return
        lines = self.of.matrix[:, : self.of.size]
        for at in range(0, len(known), MANY):
            some = np.array(known[at : at + MANY])
            self._turned(some, np.asarray((lines @ some.T).T))

    def _turned(self, changes: Floats, sums: Floats) -> None:
        """The same people moved as far as there is room, and the other way; ``sums`` is what lines gain."""
        of, size = self.of, np.abs(changes)
        some = size > NEAR
        with np.errstate(divide="ignore", invalid="ignore"):
            up, down = np.where(some, of.up / size, FAR), np.where(some, of.down / size, FAR)
        rises = changes > 0
        for sign, room in ((1.0, np.where(rises, up, down)), (-1.0, np.where(rises, down, up))):
            far = sign * np.minimum(room.min(axis=1), FAR)
            ends = far[:, None] * sums
            inside = ((ends >= of.row_low - WRONG) & (ends <= of.row_high + WRONG)).all(axis=1)
            for at in np.flatnonzero(inside & (np.abs(far) > NEAR)).tolist():
                self._keep(self._numbers(far[at] * changes[at], of.nought), some[at])

    def _numbers(self, change: Floats, z: Floats) -> Floats:
        of = self.of
        numbers = of.measure.values.copy()
        numbers[: of.size] += change
        if len(of.rest_base):
            every = np.concatenate([np.maximum(change, 0.0), np.maximum(-change, 0.0), z[2 * of.size :]])
            numbers[of.size :] = of.rest_base + of.rests @ every
        return numbers

    def _keep(self, numbers: Floats, moved: Bools) -> None:
        if self.count == len(self.moved) < KEPT:
            self.moved = np.concatenate([self.moved, np.zeros_like(self.moved)])
            self.numbers = np.concatenate([self.numbers, np.zeros_like(self.numbers)])
        # The oldest goes when there is no room.
        at = self.count % len(self.moved)
        self.count += 1
        self.moved[at], self.numbers[at] = moved, numbers

    def ends(self, hidden: Bools) -> tuple[Floats, Floats]:
        """The least and the most that solutions gave each cell, of those that are still possible."""
        still = self._still(hidden)
        of = self.numbers[: len(still)][still]
        return of.min(axis=0, initial=np.inf), of.max(axis=0, initial=-np.inf)

    def of_cell(self, cell: int, hidden: Bools) -> tuple[float, float]:
        """The same of one cell."""
        still = self._still(hidden)
        of = self.numbers[: len(still), cell][still]
        return float(of.min(initial=np.inf)), float(of.max(initial=-np.inf))

    def _still(self, hidden: Bools) -> Bools:
        """Which solutions move no published cell; what was found last is kept for the next cell."""
        there, room = min(self.count, len(self.moved)), len(self.moved)
        since, still = self.count - there, np.zeros(there, dtype=bool)
        if self.found is not None and np.array_equal(self.found[0], hidden):
            since = max(since, self.found[1])
            still[: len(self.found[2])] = self.found[2]
        if since < self.count:
            new = np.arange(since, self.count) % room
            still[new] = ~(self.moved[new] & ~hidden).any(axis=1)
            self.found = hidden.copy(), self.count, still
        return still
