"""What is told apart at a glance is told apart as by the whole of its definition."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.columns import CELL_COLUMNS
from thuis.errors import ThuisError
from thuis.protect import IndicatorShape, Structure
from thuis.protect.coded import FIRST, MANY, Cells
from thuis.protect.profiles import OFTEN, recoded
from thuis.protect.table import Table
from thuis.protect.ties import NEARLY, ties


def columns(random: np.random.Generator) -> pl.DataFrame:
    """Columns of which some are made of others, and some left out for the same people."""
    size = int(random.integers(0, 4 * FIRST))
    base, found = random.integers(0, random.integers(2, 6), size), {}
    for number in range(8):
        values = [base, base // 2, np.where(base == 0, 9, base * 2), random.integers(0, 5, size)][number % 4]
        absent = base == 1 if random.random() < 0.3 else random.random(size) < random.choice([0, 0, 0.3])
        found[f"c{number}"] = [None if out else str(v) for v, out in zip(values, absent, strict=True)]
    return pl.DataFrame(found, schema=dict.fromkeys(found, pl.String()))


def by_definition(people: pl.DataFrame) -> list[tuple[str, str]]:
    """Pairs of columns with the same people, and no more pairs of answers than the finer has answers."""
    found = []
    for one, other in combinations(people.columns, 2):
        both = people.select(one, other).drop_nulls()
        sizes = sorted(people[each].drop_nulls().n_unique() for each in (one, other))
        same = people[one].is_null().equals(people[other].is_null())
        enough = sizes[0] >= 2 and sizes[1] <= MANY * MANY and both.height >= OFTEN * sizes[1]
        if same and enough and both.n_unique() == sizes[1]:
            found.append((one, other))
    return found


def test_columns_that_follow_from_others_are_those_of_the_definition() -> None:
    random = np.random.default_rng(20)
    pairs = 0
    for _ in range(150):
        people = columns(random)
        found = list(recoded(people.columns, Cells(people)))
        assert found == by_definition(people)
        pairs += len(found)
    assert pairs > 100


def numbers(answers: pl.Series) -> list[int]:
    found: list[int] = Cells(pl.DataFrame({"q": answers})).codes(["q"])["q"].tolist()
    return found


@pytest.mark.parametrize("kind", [pl.String(), pl.Float64()])
def test_answers_are_numbered_in_their_order(kind: pl.DataType) -> None:
    given = ["10", "9", None, "-1", "9", " 5", "10"] if kind == pl.String() else [10.0, 9.0, None, -1.0, 9.0]
    answers = pl.Series(given, dtype=kind)
    ordered = answers.drop_nulls().unique().sort().to_list()
    assert numbers(answers) == [-1 if each is None else ordered.index(each) for each in given]
    assert numbers(answers.clear()) == []
    assert numbers(pl.Series([None, None], dtype=kind)) == [-1, -1]


def test_a_crossing_in_both_orders_is_one_and_a_cell_that_stands_twice_is_refused() -> None:
    crossings = {frozenset("gh"): ("g", "h")}
    written = (("g", "h"), ("h", "g"))
    one = IndicatorShape("q", "mean", "q", (("g", "h"),), frozenset({"w"}), written=written)
    structure = replace(Structure.simple(["w"], [one], {"g": ["a"], "h": ["x"]}), crossings=crossings)
    estimates = [
        ("q", breakdown, "w", cell, 6.5, 0.1, 6.3, 6.7, 60, 30, 60.0, 50.0, 1.0)
        for breakdown, cell in (("g-by-h", ["a", "x"]), ("h-by-g", ["x", "a"]))
    ]
    table = Table.of(pl.DataFrame(estimates, schema=CELL_COLUMNS, orient="row"), structure)
    assert [(row.key, row.n) for row in table.ordered()] == [
        (key, 60) for key in zip(written, (("a", "x"), ("x", "a")), strict=True)
    ]
    again = pl.DataFrame([*estimates, estimates[1]], schema=CELL_COLUMNS, orient="row")
    with pytest.raises(ThuisError, match="two estimates for q/h-by-g, wave w, cell x, a"):
        Table.of(again, structure)


def test_who_was_asked_after_an_answer_is_found_as_by_the_definition() -> None:
    random = np.random.default_rng(21)
    found = 0
    for _ in range(4000):
        tables = {each: rows(random) for each in "ab"}
        if random.random() < 0.6:
            for key in tables["a"].keys() & tables["b"].keys():
                whole = tables["b"][key]
                tables["a"][key].n = random.choice(
                    [whole.n_hit, whole.n - whole.n_hit, max(0, whole.n_hit - 1)]
                )
        table: Any = SimpleNamespace(rows=lambda name, _, of=tables: of[name])
        one: Any = SimpleNamespace(id="a", family="x")
        other: Any = SimpleNamespace(id="b", family="y", counts=True)
        told = bool(ties(table, one, [other], "w"))
        assert told == follows(tables["a"], tables["b"])
        found += told
    assert found > 100


def rows(random: np.random.Generator) -> dict[int, Any]:
    """The cells of a question: how many answered, and how many are counted."""
    many = {int(key): int(random.choice([0, 1, 9, 10, 11, 100])) for key in random.permutation(6)[:4]}
    return {k: SimpleNamespace(n=n, n_hit=int(random.choice([0, n // 2, n]))) for k, n in many.items()}


def follows(one: dict[int, Any], other: dict[int, Any]) -> bool:
    """Of two cells or more all hold those of the counted answer, or of the other one, or nearly all."""
    shared = [(one[k].n, other[k]) for k in one if k in other and other[k].n]
    sides = [[(n, o.n_hit) for n, o in shared], [(n, o.n - o.n_hit) for n, o in shared]]
    filled = [[(n, count) for n, count in side if n or count] for side in sides]
    return any(
        len(side) > 1 and all(NEARLY * count <= n + 1 and n <= count for n, count in side) for side in filled
    )
