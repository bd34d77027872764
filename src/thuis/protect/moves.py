"""How far people can be moved between cells: one linear programme for a measure, changed in place.

Every cell has two columns, the people that an intruder may think it has more and those it may have fewer.
They are closed where a cell is published, free where it is withheld, and at a price where it might be. So one
programme says how far a target can move, which cells would have to move with it, and by its dual what every
choice of withheld cells must do for the target. A solution is believed only where its own numbers add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from thuis.protect.bounds import DUAL, PRIMAL, STEPS, ContradictionError, Cut, Measure, Target, silent
from thuis.protect.near import MANY, Bools, Ints, Near, Part
from thuis.protect.shown import CLOSE, NEAR, Shown
from thuis.protect.system import Floats, System

STRONG = 1e4
"""What moving a target by one is worth, where what another cell costs is at most one."""
WRONG = 1e-5
"""People by which the numbers of a solution may differ from what is public."""
NOTHING = 1e-9
"""Part of what a target is worth below which the price of a line is a rounding."""
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


TRIED = 50
"""Movements that are tried at once."""
FAR = 1_000.0
"""Times that a movement is made larger, at most."""


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
        near = system.near
        self.row_low = self.row_high = lines
        # A remainder of nobody or more says nothing that kinds of nobody or more do not.
        telling = (measure.low[size:] > 0) | np.isfinite(measure.high[size:])
        telling[[each.cell - size for each in measure.targets if each.cell >= size]] = True
        rest = np.flatnonzero(telling)
        self.line_of = np.full(len(telling), -1)
        self.line_of[rest] = len(lines) + np.arange(len(rest))
        if len(rest):
            near = Near(csr_array(vstack([layout.matrix, layout.rests[rest]], format="csr")))
            self.row_low = np.concatenate([lines, measure.low[size + rest] - self.rest_base[rest]])
            self.row_high = np.concatenate([lines, measure.high[size + rest] - self.rest_base[rest]])
        adds = np.abs(system.adding @ values) <= NEAR
        self.inside = system.members if adds.all() else system.members[np.flatnonzero(adds)]
        self.near = near
        self.nought = np.zeros(near.matrix.shape[1])
        self.uneven = (self.row_low > WRONG) | (self.row_high < -WRONG)
        self.work = 0
        # What may be doubled or turned round where nothing but cells moves, and all of it from what is so.
        nothing = (self.row_low <= NEAR).all() and (self.row_high >= -NEAR).all()
        self.turns = bool(nothing) and len(self.nought) == 2 * size
        self.shown = Shown(measure.values, size)

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
        """The solver, made when a target first needs it."""
        model = silent()
        model.setOptionValue("simplex_iteration_limit", STEPS * sum(self.near.matrix.shape) + 10_000)
        return model

    def together(self, cells: Ints, goals: Floats, hidden: Bools) -> None:
        """Many targets moved at once, each as much as its goal; what the solution shows is kept."""
        n = self.size
        change = goals - self.measure.values[cells]
        need, sign = np.abs(change), np.sign(change)
        ends, aim = self._ends(hidden), self.nought.copy()
        aim[cells], aim[n + cells] = sign / need, -sign / need
        at = np.where(sign > 0, cells, n + cells)
        ends[at] = np.minimum(ends[at], need)
        part = self.near.part(self.near.whole.rows, np.flatnonzero(ends > 0))
        self._solve(part, -aim, ends, self.row_low, self.row_high)
        self._keep()

    def _ends(self, open_: Bools) -> Floats:
        """How far every column may go, where only some cells move."""
        ends = np.full(len(self.nought), np.inf)
        ends[: self.size] = np.where(open_, self.up, 0.0)
        ends[self.size : 2 * self.size] = np.where(open_, self.down, 0.0)
        return ends

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
        ends, aim, line = self._ends(open_), self.nought.copy(), -1
        low, high = self.row_low, self.row_high
        if cell < n:
            aim[cell], aim[n + cell] = sign, -sign
            at = cell if sign > 0 else n + cell
            ends[at] = min(ends[at], need)
        else:
            row, line = cell - n, int(self.line_of[cell - n])
            places = slice(self.rests.indptr[row], self.rests.indptr[row + 1])
            aim[self.rests.indices[places]] = sign * self.rests.data[places]
            # A remainder goes no further than its goal.
            low, high, end = low.copy(), high.copy(), goal - float(self.rest_base[row])
            if sign > 0:
                high[line] = min(high[line], end)
            else:
                low[line] = max(low[line], end)
        self.asked = _Asked(cell, sign, goal, worth, aim, line)
        self._near(aim, cost - worth * aim, ends, low, high)
        change = self._keep()
        reached = float(values[cell] + change[cell])
        return Push(reached, sign * (goal - reached) > CLOSE, np.abs(change[:n]) > NEAR)

    def _near(self, aim: Floats, cost: Floats, ends: Floats, low: Floats, high: Floats) -> None:
        """Solved among the columns near the target, and the lines that these upset, until no other is."""
        open_, small = ends > 0, len(ends) <= MANY
        part = self.near.whole if small else self.near.around(aim != 0, open_, self.uneven)
        while (upset := self._solve(part, cost, ends, low, high)).any():
            part = self.near.wider(part, upset, open_)

    def _solve(self, part: Part, cost: Floats, ends: Floats, low: Floats, high: Floats) -> Bools:
        """Some columns moved, the others not; which lines outside the part that upsets."""
        # Nobody moves at first, and a target is moved as far as it may go at once: what that upsets is mended
        # step by step, which takes as many as cells move.
        columns, rows = part.columns, part.lines
        part.passed(self.model, cost, ends, low, high)
        for way in (DUAL, PRIMAL):
            self.model.clearSolver()
            self.model.setOptionValue("simplex_strategy", way)
            self.model.run()
            steps = int(self.model.getInfoValue("simplex_iteration_count")[1])
            self.work += steps * (len(columns) + len(rows))
            status = self.model.getModelStatus()
            if status != OPTIMAL:
                continue
            solution = self.model.getSolution()
            moved = np.asarray(solution.col_value)
            self.sums = part.sums(moved)
            off = (self.sums < low - WRONG) | (self.sums > high + WRONG)
            if ((moved >= -WRONG) & (moved <= ends[columns] + WRONG)).all() and not off[rows].any():
                self.z, self.y = self.nought.copy(), np.zeros(len(low))
                self.z[columns], self.y[rows] = moved, solution.row_dual
                return off
        if status == highspy.HighsModelStatus.kInfeasible:
            raise ContradictionError(self.measure)
        raise UnsureError

    def _keep(self) -> Floats:
        """The last solution as a movement, and how far that may go."""
        n, z = self.size, self.z
        change = z[:n] - z[n : 2 * n]
        far = np.array([1.0, 0.0])
        if self.turns:
            far = np.maximum(far, self._far(change[None], self.sums[None])[0])
        # Kinds that are no cell by themselves stand for all their people, not for more or fewer.
        every = np.concatenate([change, self.rest_base + self.rests @ z - self.measure.values[n:]])
        self.shown.keep(every, far)
        return every

    def movements(self) -> Floats:
        """What was found, for another measure of the same cells; nothing where it may not be turned round."""
        return self.shown.movements()[: None if self.turns else 0]

    def learn(self, movements: Sequence[Floats]) -> None:
        """What another measure found, as far as there is room for it here."""
        for at in range(0, len(movements) if self.turns else 0, TRIED):
            changes = np.array(movements[at : at + TRIED])
            rises, falls = np.maximum(changes, 0.0), np.maximum(-changes, 0.0)
            both = np.hstack([rises, falls]).T
            far = self._far(changes, (self.near.matrix @ both).T)
            every = np.hstack([changes, (self.rests @ both).T])
            for k in np.flatnonzero((far > NEAR).any(axis=1)).tolist():
                self.shown.keep(every[k], far[k])

    def _far(self, changes: Floats, sums: Floats) -> Floats:
        """How many times as far the same people may move, and the other way; ``sums`` is what lines gain."""
        some = np.flatnonzero(np.abs(changes).max(axis=0) > NEAR)
        moved, up, down = changes[:, some], self.up[some], self.down[some]
        size, rises = np.abs(moved), moved > 0
        rooms = np.array([np.where(rises, up, down), np.where(rises, down, up)])
        far = np.divide(rooms, size, out=np.full(rooms.shape, FAR), where=size > NEAR).min(
            axis=2, initial=FAR
        )
        ends = (far * [[1.0], [-1.0]])[:, :, None] * sums
        inside = ((ends >= self.row_low - WRONG) & (ends <= self.row_high + WRONG)).all(axis=2)
        return np.where(inside, far, 0.0).T

    def cut(self, target: Target) -> Cut | None:
        """What the last push says that every choice must do for its target; None where that is nothing."""
        asked, n = self.asked, self.size
        y = np.where(np.abs(self.y) > NOTHING * asked.worth, self.y, 0.0)
        rate = -(self.near.turned @ y)
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
