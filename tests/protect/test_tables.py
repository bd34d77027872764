"""Figures that no circle joins are tables that agree: what a reader can know is what one table says."""

import numpy as np
import pytest

from thuis.protect import IndicatorShape, Structure
from thuis.protect import system as systems
from thuis.protect.bounds import Attack, Measure
from thuis.protect.moves import Moves
from thuis.protect.search import Front

CHAINS = [
    [("a",), ("b",), ("a", "b"), ("b", "c"), ("c",), ()],
    [("a", "b"), ("a", "c"), ("a",), ()],
    [("a",), ("b",), ("c",), ()],
    [("a", "b"), ("b", "c"), ("c", "d")],
]
CIRCLES = [[("a", "b"), ("b", "c"), ("a", "c")], [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]]


def _structure(figures, sizes) -> Structure:
    shape = IndicatorShape("x", "mean", "x", tuple(figures), frozenset({"1"}))
    return Structure.simple(["1"], [shape], {k: [f"{k}{i}" for i in range(n)] for k, n in sizes.items()})


def _measured(found: systems.System, people: np.ndarray, names: list[str]) -> Measure:
    values = []
    for parts, cell in found.keys:
        at = [slice(None)] * people.ndim
        for part, category in zip(parts, cell, strict=True):
            at[names.index(part)] = int(category[1:])
        values.append(people[tuple(at)].sum())
    known = found.extended(values)
    return Measure("n", known, np.zeros(found.size), np.full(found.size, np.inf), ())


@pytest.mark.parametrize("figures", CHAINS, ids=str)
def test_tables_that_agree_say_what_one_table_says(figures, monkeypatch):
    rng = np.random.default_rng(len(figures))
    names = sorted({part for parts in figures for part in parts})
    for _ in range(5):
        sizes = {name: int(rng.integers(2, 4)) for name in names}
        structure = _structure(figures, sizes)
        apart = systems.system(structure, tuple(figures), frozenset())
        monkeypatch.setattr(systems, "_acyclic", lambda _: False)
        whole = systems.system(structure, tuple(figures), frozenset())
        monkeypatch.undo()
        assert apart.keys == whole.keys
        assert apart.remainders == whole.remainders
        assert set(apart.sums) == set(whole.sums)
        people = rng.poisson(3, tuple(sizes.values()))
        hidden = frozenset(np.flatnonzero(rng.random(len(apart.keys)) < 0.6).tolist())
        one, other = (Attack(each, _measured(each, people, names), hidden) for each in (apart, whole))
        for cell in range(apart.size):
            for sign in (1.0, -1.0):
                assert one.reach(cell, sign) == pytest.approx(other.reach(cell, sign), abs=1e-6)


@pytest.mark.parametrize("figures", CIRCLES, ids=str)
def test_figures_in_a_circle_stay_one_table(figures):
    names = sorted({part for parts in figures for part in parts})
    found = systems.system(_structure(figures, dict.fromkeys(names, 2)), tuple(figures), frozenset())
    assert len(found.even) == 2 ** len(names)


def test_a_category_of_everybody_keeps_figures_one_table():
    """All are in the one category of b, so of a by b what a by c leaves is a remainder."""
    figures = [("a", "b"), ("a", "c")]
    found = systems.system(_structure(figures, {"a": 2, "b": 1, "c": 2}), tuple(figures), frozenset())
    assert len(found.even) == 4
    assert found.sums


def test_a_cell_that_a_sum_holds_cannot_be_moved_by_any_programme():
    rng = np.random.default_rng(4)
    figures = [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c"), ()]
    held = 0
    for _ in range(20):
        found = systems.system(_structure(figures, {"a": 3, "b": 3, "c": 2}), tuple(figures), frozenset())
        measure = _measured(found, rng.poisson(6, (3, 3, 2)), ["a", "b", "c"])
        may = rng.random(len(found.keys)) < 0.4
        moves = Moves(found, measure, may, may)
        loose = moves.loose(may)
        for cell in np.flatnonzero(may & ~loose).tolist():
            value = float(measure.values[cell])
            for goal in (value + 5, max(value - 5, 0)):
                if goal != value:
                    assert moves.push(cell, goal, may).reached == pytest.approx(value, abs=1e-6)
                    held += 1
    assert held > 20
    assert Front(found, measure, may, may).left(may) == []
