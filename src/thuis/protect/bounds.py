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
from scipy.sparse import csc_array, csr_array, vstack
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
    system: System, measure: Measure, hidden: frozenset[int], cells: Sequence[int]
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


def interval(system: System, measure: Measure, hidden: frozenset[int], cell: int) -> tuple[float, float]:
    """The least and the most that a cell or remainder can be to an intruder."""
    attack = Attack(system, measure, hidden)
    return attack.reach(cell, -1.0), attack.reach(cell, 1.0)


class Attack:
    """The linear programmes of one measure, split into parts that know nothing of each other."""

    def __init__(self, system: System, measure: Measure, hidden: frozenset[int]) -> None:
        self.system, self.measure = system, measure
        self.hidden = np.zeros(system.size, dtype=bool)
        self.hidden[list(hidden)] = True
        self.hidden[len(system.keys) :] = True
        self.nothing = np.array(sorted(system.absent), dtype=np.int64)
        self.rows = csr_array(vstack([system.matrix, system.links], format="csr"))
        self.owner = np.concatenate([system.owner, np.full(system.links.shape[0], -1)])
        low = np.where(self.hidden, measure.low, measure.values)
        high = np.where(self.hidden, measure.high, measure.values)
        self.row_low = np.where(self.owner < 0, 0.0, low[self.owner])
        self.row_high = np.where(self.owner < 0, 0.0, high[self.owner])
        self._bound_columns()
        self._split()
        self.seen_low, self.seen_high = np.full(system.size, np.inf), np.full(system.size, -np.inf)

    def _bound_columns(self) -> None:
        """A cell of one kind is a bound on that kind, not a row."""
        width = self.rows.shape[1]
        self.low, self.high = np.zeros(width), np.full(width, np.inf)
        single = np.flatnonzero((np.diff(self.rows.indptr) == 1) & (self.owner >= 0))
        columns = self.rows.indices[self.rows.indptr[single]]
        np.maximum.at(self.low, columns, self.row_low[single])
        np.minimum.at(self.high, columns, self.row_high[single])
        self.low = np.minimum(self.low, self.high)
        self.single = np.zeros(self.rows.shape[0], dtype=bool)
        self.single[single] = True
        self.free = self.high - self.low > NEAR
        # Of several cells of one and the same kind, a published one is what holds an intruder's number.
        ordered = single[np.argsort(self.hidden[self.owner[single]], kind="stable")]
        held, first = np.unique(self.rows.indices[self.rows.indptr[ordered]], return_index=True)
        self.held, self.holder = held, self.owner[ordered[first]]
        self.several = (self.owner >= 0) & ~self.single
        self.turned = csr_array(self.rows.T)

    def _split(self) -> None:
        free = self.rows[:, np.flatnonzero(self.free)]
        self.live = np.flatnonzero((np.diff(free.indptr) > 0) & ~self.single)
        inner = csr_array(free[self.live])
        n_rows, n_columns = inner.shape
        links = csr_array((n_rows + n_columns, n_rows + n_columns))
        if inner.nnz:
            coo = inner.tocoo()
            links = csr_array((np.ones(coo.nnz), (coo.coords[0], n_rows + coo.coords[1])), shape=links.shape)
        _, part = connected_components(links, directed=False)
        self.part_of_row = np.full(self.rows.shape[0], -1)
        self.part_of_row[self.live] = part[:n_rows]
        self.part_of_column = np.full(self.rows.shape[1], -1)
        self.part_of_column[np.flatnonzero(self.free)] = part[n_rows:]
        self.by_row = _groups(self.part_of_row)
        self.by_column = _groups(self.part_of_column)
        self.first: dict[int, int] = {}
        for row, cell in enumerate(self.owner):
            self.first.setdefault(int(cell), row)
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
        row = self.first[cell]
        columns = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]].astype(np.int64)
        loose = columns[self.free[columns]]
        fixed = float(self.low[columns[~self.free[columns]]].sum())
        if not len(loose):
            return fixed
        part = self._part(int(self.part_of_column[loose[0]]))
        value, duals = part.optimum(loose, sign)
        self._note(part)
        return fixed + value, part, loose, duals

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
        cost = np.zeros(self.rows.shape[1])
        row = self.first[target.cell]
        cost[self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]] = sign
        duals = np.zeros(self.rows.shape[0])
        if not isinstance(found, float):
            duals[found[1].rows] = found[3]
        reduced = cost - self.turned @ duals
        price = np.zeros(self.system.size)
        np.add.at(price, self.owner[self.several], duals[self.several])
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
            self.parts[number] = _Part(self, rows, columns)
        return self.parts[number]


class _Part:
    """One linear programme; another target changes its objective only, so it starts where the last ended."""

    def __init__(self, attack: Attack, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
        self.rows, self.columns = rows, columns
        self.at = {int(column): k for k, column in enumerate(columns)}
        every = attack.rows[rows]
        fixed = every @ np.where(attack.free, 0.0, attack.low)
        self.matrix = csr_array(every[:, columns])
        self.fixed = np.asarray(fixed)
        self.owners = np.concatenate([attack.owner[rows], np.zeros(0, dtype=np.int64)]).astype(np.int64)
        self.real = self.owners >= 0
        single = [
            (int(attack.owner[line]), self.at[int(attack.rows.indices[attack.rows.indptr[line]])])
            for line in np.flatnonzero(attack.single)
            if int(attack.rows.indices[attack.rows.indptr[line]]) in self.at
        ]
        self.single_columns = np.array([k for _, k in single], dtype=np.int64)
        self.owners = np.concatenate(
            [self.owners[self.real], np.array([i for i, _ in single], dtype=np.int64)]
        )
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
        places = np.array([self.at[int(each)] for each in columns], dtype=np.int32)
        changed = np.union1d(self.asked, places).astype(np.int32)
        cost = np.zeros(len(self.columns))
        cost[places] = -sign
        self.model.changeColsCost(len(changed), changed, cost[changed])
        self.asked = places.astype(np.int64)
        self.model.run()
        if self.model.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            self._afresh()
        status = self.model.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
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

    def activity(self) -> Floats:
        """The values of the cells of this part in the last solution."""
        assert self.point is not None
        multiple = (self.matrix @ self.point + self.fixed)[self.real]
        return np.concatenate([multiple, self.point[self.single_columns]])


class ContradictionError(Exception):
    """Numbers that do not add up: no table has them."""


class _Quiet(highspy.Highs):
    """The solver without its callbacks, which announce themselves on standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def solver(matrix: csr_array, row_low: Floats, row_high: Floats) -> highspy.Highs:
    """A silent solver on one thread, so that it always takes the same steps, with the rows of a problem."""
    model = _Quiet()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("random_seed", 0)):
        model.setOptionValue(option, value)
    by_column = csc_array(matrix)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = by_column.shape
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
