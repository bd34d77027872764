"""The choice of further cells, held against programmes that share no code with it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from thuis.protect.bounds import Measure, Target
from thuis.protect.moves import Moves
from thuis.protect.secondary import Step, Told, complement
from thuis.protect.structure import Structure
from thuis.protect.system import System, system

MINIMUM = 10
SIZES = [(3, 4), (5, 3), (2, 3, 3), (4, 4)]


def drawn(seed: int) -> tuple[System, Measure, list[int], list[float]]:
    """A table with all its margins in which some cells are too small."""
    rng = np.random.default_rng(seed)
    counts = rng.lognormal(2.6, 1.0, SIZES[seed % len(SIZES)]).astype(int)
    axes = [f"d{k}" for k in range(counts.ndim)]
    figures = [parts for size in range(len(axes) + 1) for parts in itertools.combinations(axes, size)]
    categories = {axis: [f"c{k}" for k in range(n)] for axis, n in zip(axes, counts.shape, strict=True)}
    found = system(Structure.simple(["1"], [], categories), tuple(figures), frozenset())
    numbers: list[float] = []
    for parts, cell in found.keys:
        at = dict(zip(parts, cell, strict=True))
        places = tuple(int(at[axis][1:]) if axis in at else slice(None) for axis in axes)
        numbers.append(float(counts[places].sum()))
    values = found.extended(numbers)
    few = [i for i, n in enumerate(numbers) if 0 < n < MINIMUM]
    targets = tuple(Target(i, 1.0, float(MINIMUM)) for i in few)
    low = np.where(values > 0, 1.0, 0.0)
    return (
        found,
        Measure("n", values, low, np.full(len(values), np.inf), targets),
        few,
        [n + 1 for n in numbers],
    )


def span(cells: System, measure: Measure, hidden: set[int], cell: int) -> tuple[float, float]:
    """The least and most of a cell by SciPy, over people."""
    rows = cells.matrix.toarray()
    at = {int(owner): row for row, owner in zip(rows, cells.owner, strict=True)}
    known = [i for i in range(len(cells.keys)) if i not in hidden]
    ends: list[float] = []
    for sign in (1.0, -1.0):
        solved = linprog(
            sign * at[cell],
            A_eq=np.array([at[i] for i in known]) if known else None,
            b_eq=measure.values[known] if known else None,
            A_ub=-np.array([at[i] for i in sorted(hidden)]),
            b_ub=-measure.low[sorted(hidden)],
            method="highs",
        )
        ends.append(-sign * np.inf if solved.fun is None else sign * solved.fun)
    return ends[0], ends[1]


def safe(cells: System, measure: Measure, hidden: set[int]) -> bool:
    return all(
        low <= each.low + 1e-4 and high >= each.high - 1e-4
        for each in measure.targets
        for low, high in [span(cells, measure, hidden, each.cell)]
    )


def chosen(steps: list[Step]) -> set[int]:
    return {each.cell for each in steps}


@pytest.mark.parametrize("seed", range(16))
def test_every_level_is_reached_and_no_cell_is_withheld_for_nothing(seed: int) -> None:
    """By SciPy every target has its interval, and loses it with any one of the further cells published."""
    cells, measure, few, cost = drawn(seed)
    told = Told()
    further = chosen(complement(cells, [measure], few, cost, told=told))
    # A small cell of two small ones has two at least: it is told that one is out of reach.
    kept = [told.lowered.get(each.cell, each) for each in measure.targets]
    measure = replace(measure, targets=tuple(each for each in kept if each))
    assert safe(cells, measure, {*few, *further})
    wide = {
        i for i in {*few, *further} if (ends := span(cells, measure, {*few, *further}, i))[1] - ends[0] > 3
    }
    assert wide == {*few, *further}
    needed = [i for i in further if not _enough(cells, measure, {*few, *further} - {i})]
    assert len(needed) == len(further)


def _enough(cells: System, measure: Measure, hidden: set[int]) -> bool:
    if not safe(cells, measure, hidden):
        return False
    return all(high - low > 3 for low, high in (span(cells, measure, hidden, i) for i in hidden))


@pytest.mark.parametrize("seed", range(8))
def test_no_choice_costs_much_less(seed: int) -> None:
    """Small enough to try every choice of up to four cells: none is safe that costs a fifth less."""
    cells, measure, few, cost = drawn(4 * seed)
    further = chosen(complement(cells, [measure], few, cost))
    price = sum(cost[i] for i in further)
    others = [i for i in range(len(cells.keys)) if i not in few and cost[i] < price]
    cheaper = (
        pick
        for size in range(min(len(further), 4) + 1)
        for pick in itertools.combinations(others, size)
        if sum(cost[i] for i in pick) < 0.8 * price
    )
    assert not any(_enough(cells, measure, {*few, *pick}) for pick in itertools.islice(cheaper, 2_000))


def test_the_same_figures_give_the_same_choice() -> None:
    for seed in range(4):
        cells, measure, few, cost = drawn(seed)
        assert complement(cells, [measure], few, cost) == complement(cells, [measure], few, cost)


def test_what_those_withheld_in_any_case_can_take_asks_for_no_more() -> None:
    """Two small cells in a row and a column of their own protect each other: 8 and 7 within 1 to 10."""
    found = system(Structure.simple(["1"], [], {"g": ["a", "b", "c"]}), ((), ("g",)), frozenset())
    values = found.extended(
        [115.0 if not key[0] else {"a": 8.0, "b": 7.0, "c": 100.0}[key[1][0]] for key in found.keys]
    )
    few = [i for i, n in enumerate(values[:4]) if n < MINIMUM]
    low, high = np.ones(len(values)), np.full(len(values), np.inf)
    targets = tuple(Target(i, 5.0, 10.0) for i in few)
    measure = Measure("n", values, low, high, targets)
    assert complement(found, [measure], few, [values[i] for i in range(4)]) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_condition_holds_for_every_safe_choice(seed: int) -> None:
    """What the dual says a choice must do, every choice does that SciPy calls safe."""
    cells, measure, few, cost = drawn(seed)
    size, rng = len(cells.keys), np.random.default_rng(seed)
    first = np.zeros(size, dtype=bool)
    first[few] = True
    moves = Moves(cells, measure, np.ones(size, dtype=bool), first)
    price = np.asarray(cost) / max(cost)
    found = []
    for each in measure.targets:
        for goal in (each.low, each.high):
            if abs(goal - measure.values[each.cell]) > 1e-6:
                moves.push(each.cell, goal, first, price)
                if (cut := moves.cut(each)) is not None:
                    found.append((cut, goal))
    assert found or not few
    for _ in range(30):
        hidden = {*few, *np.flatnonzero(rng.random(size) < 0.35).tolist()}
        for cut, goal in found:
            low, high = span(cells, measure, hidden, cut.target.cell)
            if low - 1e-6 <= goal <= high + 1e-6:
                assert sum(w for i, w in zip(cut.cells, cut.weights, strict=True) if i in hidden) >= 1 - 1e-4


def test_a_withheld_cell_that_nothing_can_hide_is_asked_for_once() -> None:
    """A total less its one other cell, both public whatever is chosen: there is an end to asking."""
    found = system(Structure.simple(["1"], [], {"g": ["a", "b"]}), ((), ("g",)), frozenset())
    numbers = {(): 100.0, ("a",): 5.0, ("b",): 95.0}
    values = found.extended([numbers[cell] for _, cell in found.keys])
    measure = Measure("n", values, np.ones(len(values)), np.full(len(values), np.inf), ())
    few = [i for i, (_, cell) in enumerate(found.keys) if cell == ("a",)]
    cost = [5.0 if i in few else np.inf for i in range(len(found.keys))]
    told = Told()
    assert complement(found, [measure], few, cost, told=told) == []
    assert told.lowered == {few[0]: None}


@pytest.mark.parametrize("seed", range(8))
def test_what_solutions_show_is_possible(seed: int) -> None:
    """Many targets moved at once, and what another measure learns of it: SciPy reaches as far."""
    cells, measure, few, _ = drawn(seed)
    size = len(cells.keys)
    first = np.zeros(size, dtype=bool)
    first[few] = True
    asked = np.array(few, dtype=np.int64)
    moves = Moves(cells, measure, np.ones(size, dtype=bool), first)
    moves.together(asked, np.full(len(few), float(MINIMUM)), first)
    half = replace(measure, values=measure.values / 2, low=0 * measure.low, high=measure.values)
    other = Moves(cells, half, np.ones(size, dtype=bool), first)
    other.learn(moves.movements())
    for of, told in ((moves, measure), (other, half)):
        least, most = of.shown.ends(first)
        for cell in few:
            low, high = span(cells, told, set(few), cell)
            assert least[cell] >= low - 1e-4
            assert most[cell] <= high + 1e-4
    assert not few or moves.shown.count
    bare = np.zeros(size, dtype=bool)
    least, most = moves.shown.ends(bare)
    assert ((least == measure.values) | (least == np.inf)).all()
    assert ((most == measure.values) | (most == -np.inf)).all()
