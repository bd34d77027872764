"""How narrow everything public makes a number: the attack of an intruder, as linear programmes.

An intruder knows the numbers of published cells, that a withheld one lies between two bounds, and that no
kind of people has fewer than nobody in it. The least and the most that a cell can then be are two linear
programmes. Where they are too near each other, the dual says which further cells would help, as the capacity
constraints of Fischetti and Salazar (2001, Management Science 47, 1008): a condition on the choice of cells
to withhold that holds for every choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.sparse.csgraph import connected_components

from thuis.protect.system import Floats, System

NEAR = 1e-6
"""Numbers of people nearer than this are the same: those of a monitor are whole."""
PRIMAL = 4
"""The primal simplex method, for which the solution for one target is a start for the next."""

DUAL = 1
STEPS = 100
"""Steps of the simplex method for each row and column, above which it is taken to go round in circles."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell or remainder, and the interval that an intruder may not be able to narrow any further."""

    cell: int
    low: float
    high: float


@dataclass(frozen=True)
class Measure:
    """One number of every cell that adds up over people: respondents, or those who gave some answer.

    :param values: of cells and remainders, as they are.
    :param low: the least that an intruder takes each for when it is withheld.
    :param high: the most.
    :param narrow: an interval no wider than this is as good as the number itself.
    """

    name: str
    values: Floats
    low: Floats
    high: Floats
    targets: tuple[Target, ...]
    narrow: float = 3.0


@dataclass(frozen=True, slots=True)
class Cut:
    """What the choice of withheld cells must do for a target: the weights of those chosen add to 1."""

    target: Target
    cells: NDArray[np.int64]
    weights: Floats


def cuts(system: System, measure: Measure, hidden: frozenset[int]) -> list[Cut]:
    """A condition for every side of a target that an intruder knows too well; none when all is well.

    :param hidden: the withheld cells, without remainders.
    """
    if not measure.targets:
        return []
    attack = Attack(system, measure, hidden)
    return [cut for target in measure.targets for cut in attack.cuts(target)]


def narrow(
    system: System,
    measure: Measure,
    hidden: frozenset[int],
    cells: Sequence[int],
) -> Iterator[Target]:
    """Those of some cells that an intruder knows too well, with an interval that is wide enough."""
    if not cells:
        return
    attack = Attack(system, measure, hidden)
    for cell in cells:
        seen = attack.seen_high[cell] - attack.seen_low[cell]
        if seen <= measure.narrow + NEAR and attack.width(cell) <= measure.narrow + NEAR:
            value, half = float(measure.values[cell]), (measure.narrow + 1) / 2
            yield Target(cell, max(value - half, float(measure.low[cell])), value + half)


class Attack:
    """The linear programmes of one measure, split into parts that know nothing of each other."""

    def __init__(self, system: System, measure: Measure, hidden: frozenset[int]) -> None:
        self.system, self.measure, self.lines = system, measure, system.lines
        self.hidden = np.zeros(system.size, dtype=bool)
        self.hidden[list(hidden)] = True
        self.hidden[len(system.keys) :] = True
        self.nothing = np.array(sorted(system.absent), dtype=np.int64)
        low = np.where(self.hidden, measure.low, measure.values)
        high = np.where(self.hidden, measure.high, measure.values)
        owner = self.lines.owner
        self.row_low = np.where(owner < 0, 0.0, low[owner])
        self.row_high = np.where(owner < 0, 0.0, high[owner])
        self._bound_columns()
        self._split()
        self.seen_low, self.seen_high = np.full(system.size, np.inf), np.full(system.size, -np.inf)

    def _bound_columns(self) -> None:
        """A cell of one kind is a bound on that kind, not a row."""
        lines = self.lines
        width, single = lines.rows.shape[1], lines.single
        self.low, self.high = np.zeros(width), np.full(width, np.inf)
        np.maximum.at(self.low, lines.alone, self.row_low[single])
        np.minimum.at(self.high, lines.alone, self.row_high[single])
        self.low = np.minimum(self.low, self.high)
        self.free = self.high - self.low > NEAR
        # Of several cells of one and the same kind, a published one is what holds an intruder's number.
        ordered = np.argsort(self.hidden[lines.owner[single]], kind="stable")
        held, first = np.unique(lines.alone[ordered], return_index=True)
        self.held, self.holder = held, lines.owner[single][ordered[first]]
        self.several = (lines.owner >= 0) & ~lines.is_single

    def _split(self) -> None:
        lines = self.lines
        n_rows, n_columns = lines.rows.shape
        inside = self.free[lines.column] & ~lines.is_single[lines.at]
        at, column = lines.at[inside], lines.column[inside]
        graph = coo_array(
            (np.ones(len(at)), (at, n_rows + column)), shape=(n_rows + n_columns, n_rows + n_columns)
        )
        _, part = connected_components(graph, directed=False)
        live = np.zeros(n_rows, dtype=bool)
        live[at] = True
        self.part_of_row = np.where(live, part[:n_rows], -1)
        self.part_of_column = np.where(self.free, part[n_rows:], -1)
        self.by_row = _groups(self.part_of_row)
        self.by_column = _groups(self.part_of_column)
        self.parts: dict[int, _Part] = {}

    def reach(self, cell: int, sign: float) -> float:
        """The most (sign 1) or the least (-1) that a cell can be."""
        found = self._solve(cell, sign)
        return found if isinstance(found, float) else found[0]

    def width(self, cell: int) -> float:
        """How far apart the most and the least are; nothing where the numbers do not add up."""
        try:
            return self.reach(cell, 1.0) - self.reach(cell, -1.0)
        except ContradictionError:
            return 0.0

    def _solve(self, cell: int, sign: float) -> float | tuple[float, _Part, NDArray[np.int64], Floats]:
        columns = self._columns(cell)
        loose = columns[self.free[columns]]
        fixed = float(self.low[columns[~self.free[columns]]].sum())
        if not len(loose):
            return fixed
        part = self._part(int(self.part_of_column[loose[0]]))
        value, duals = part.optimum(loose, sign)
        self._note(part)
        return fixed + value, part, loose, duals

    def _columns(self, cell: int) -> NDArray[np.int64]:
        """The kinds that a cell counts."""
        row, ends = self.lines.first[cell], self.lines.rows.indptr
        return self.lines.column[ends[row] : ends[row + 1]]

    def _note(self, part: _Part) -> None:
        """What a solution shows to be possible for every cell of its part."""
        if part.point is None:
            return
        found = part.activity()
        np.minimum.at(self.seen_low, part.owners, found)
        np.maximum.at(self.seen_high, part.owners, found)

    def attainable(self, target: Target) -> Target | None:
        """The target, asking no more than half of what can be had; None when that is nothing."""
        value = float(self.measure.values[target.cell])
        least, most = self.reach(target.cell, -1.0), self.reach(target.cell, 1.0)
        low = target.low if least <= target.low + NEAR else value - max(value - least, 0.0) / 2
        high = target.high if most >= target.high - NEAR else value + max(most - value, 0.0) / 2
        return Target(target.cell, low, high) if high - low > NEAR else None

    def cuts(self, target: Target) -> Iterator[Cut]:
        """The conditions that a target asks for, upwards and downwards."""
        value = self.measure.values[target.cell]
        for sign, goal, seen in ((1.0, target.high, self.seen_high), (-1.0, target.low, self.seen_low)):
            if sign * (goal - value) <= NEAR or sign * (seen[target.cell] - goal) >= -NEAR:
                continue
            found = self._solve(target.cell, sign)
            reached = found if isinstance(found, float) else found[0]
            if sign * (reached - goal) >= -NEAR or not np.isfinite(value):
                continue
            yield self._cut(target, sign, sign * (goal - reached), found)

    def _cut(
        self,
        target: Target,
        sign: float,
        gap: float,
        found: float | tuple[float, _Part, NDArray[np.int64], Floats],
    ) -> Cut:
        """The dual as a condition: what every cell, once withheld, can add to the target."""
        owner = self.lines.owner
        cost = np.zeros(self.lines.rows.shape[1])
        cost[self._columns(target.cell)] = sign
        duals = np.zeros(len(owner))
        if not isinstance(found, float):
            duals[found[1].rows] = found[3]
        reduced = cost - self.lines.turned @ duals
        size = self.system.size
        price = np.zeros(size)
        np.add.at(price, owner[self.several], duals[self.several])
        np.add.at(price, self.holder, reduced[self.held])
        values, low, high = self.measure.values, self.measure.low, self.measure.high
        with np.errstate(invalid="ignore"):
            up, down = price * (high - values), -price * (values - low)
        gain = np.where(price > NEAR, up, np.where(price < -NEAR, down, 0.0))
        gain[len(self.system.keys) :] = 0.0
        gain[self.nothing] = 0.0
        need = gap + float(gain[self.hidden & np.isfinite(gain)].sum())
        useful = np.flatnonzero(gain > NEAR)
        return Cut(target, useful, np.minimum(gain[useful] / need, 1.0))

    def _part(self, number: int) -> _Part:
        if number not in self.parts:
            rows = self.by_row.get(number, np.zeros(0, dtype=np.int64))
            columns = self.by_column[number]
            self.parts[number] = _Part(self, number, rows, columns)
        return self.parts[number]


class _Part:
    """One linear programme; another target changes its objective only, so it starts where the last ended."""

    def __init__(
        self, attack: Attack, number: int, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> None:
        self.rows, self.columns = rows, columns
        lines = attack.lines
        self.at = np.full(lines.rows.shape[1], -1)
        self.at[columns] = np.arange(len(columns))
        every = lines.rows[rows]
        self.fixed = np.asarray(every @ np.where(attack.free, 0.0, attack.low))
        self.matrix = csr_array(every[:, columns])
        owners = lines.owner[rows]
        self.real = owners >= 0
        inside = attack.part_of_column[lines.alone] == number
        self.single_columns = self.at[lines.alone[inside]]
        self.owners = np.concatenate([owners[self.real], lines.owner[lines.single[inside]]])
        self.point: Floats | None = None
        self.asked: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.model = solver(
            self.matrix, attack.row_low[rows] - self.fixed, attack.row_high[rows] - self.fixed
        )
        self.model.setOptionValue("simplex_strategy", PRIMAL)
        self.model.setOptionValue("simplex_iteration_limit", STEPS * sum(self.matrix.shape) + 10_000)
        whole = np.arange(len(columns), dtype=np.int32)
        self.model.changeColsBounds(len(columns), whole, attack.low[columns], attack.high[columns])

    def optimum(self, columns: NDArray[np.int64], sign: float) -> tuple[float, Floats]:
        """The largest ``sign`` times the sum of some kinds, times ``sign``, and the price of every row."""
        places = self.at[columns].astype(np.int32)
        changed = np.union1d(self.asked, places).astype(np.int32)
        cost = np.zeros(len(self.columns))
        cost[places] = -sign
        self.model.changeColsCost(len(changed), changed, cost[changed])
        self.asked = places.astype(np.int64)
        self.model.run()
        if self.model.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            self._afresh()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            status = self._told_apart()
        if status == highspy.HighsModelStatus.kUnbounded:
            return sign * np.inf, np.zeros(len(self.rows))
        if status != highspy.HighsModelStatus.kOptimal:
            raise ContradictionError
        solution = self.model.getSolution()
        self.point = np.asarray(solution.col_value)
        return -float(cost @ self.point) * sign, -np.asarray(solution.row_dual)

    def _afresh(self) -> None:
        """From nothing, by the dual simplex method: the primal one went round in circles."""
        self.model.clearSolver()
        self.model.setOptionValue("simplex_strategy", DUAL)
        self.model.run()
        self.model.setOptionValue("simplex_strategy", PRIMAL)

    def _told_apart(self) -> highspy.HighsModelStatus:
        """Whether there is no end or no solution, where the solver leaves that open: asked for no more than
        a solution, it finds one or none. Taken for no end, numbers that contradict would pass as safe."""
        whole = np.arange(len(self.columns), dtype=np.int32)
        self.model.changeColsCost(len(whole), whole, np.zeros(len(whole)))
        self.asked = np.zeros(0, dtype=np.int64)
        self._afresh()
        found = self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return highspy.HighsModelStatus.kUnbounded if found else highspy.HighsModelStatus.kInfeasible

    def activity(self) -> Floats:
        """The values of the cells of this part in the last solution."""
        assert self.point is not None
        multiple = (self.matrix @ self.point + self.fixed)[self.real]
        return np.concatenate([multiple, self.point[self.single_columns]])


class ContradictionError(Exception):
    """Numbers that do not add up: no table has them."""

    def __init__(self, measure: Measure | None = None) -> None:
        super().__init__()
        self.measure = measure


class _Quiet(highspy.Highs):
    """The solver without its callbacks, which announce themselves on standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def silent() -> highspy.Highs:
    """A solver that says nothing, on one thread, so that it always takes the same steps."""
    model = _Quiet()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("random_seed", 0)):
        model.setOptionValue(option, value)
    return model


def solver(matrix: csr_array, row_low: Floats, row_high: Floats) -> highspy.Highs:
    """The rows of a problem in a silent solver."""
    model = silent()
    by_column = csc_array(matrix)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.full(lp.num_col_, np.inf)
    lp.row_lower_, lp.row_upper_ = row_low, row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = by_column.indptr
    lp.a_matrix_.index_ = by_column.indices
    lp.a_matrix_.value_ = by_column.data
    model.passModel(lp)
    return model


def _groups(parts: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    members = np.flatnonzero(parts >= 0)
    if not len(members):
        return {}
    order = members[np.argsort(parts[members], kind="stable")]
    numbers, starts = np.unique(parts[order], return_index=True)
    return {int(n): each for n, each in zip(numbers, np.split(order, starts[1:]), strict=True)}
