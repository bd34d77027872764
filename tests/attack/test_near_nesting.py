"""Attacks on two columns of which one is the other but for a few people: the difference is those few."""

from __future__ import annotations

from pathlib import Path

import pytest

from .support import Public, World, by

FINE, COARSE = ("a", "b", "c", "d"), ("x", "y")
TOLD = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "fine", "coarse"]}}


def world(few: dict[tuple[str, str], int], minimum: int = 10) -> World:
    """a and b are x, c and d are y, in columns of their own; ``few`` are in another class than theirs."""
    rows = [
        {"fine": f, "coarse": c, "q": "yn"[at % 2]}
        for f, c, number in (("a", "x", 90), ("b", "x", 81), ("c", "y", 100), ("d", "y", 120))
        for at in range(number)
    ]
    rows += [{"fine": f, "coarse": c, "q": "y"} for (f, c), number in few.items() for _ in range(number)]
    told = {"fine": by("fine", *FINE), "coarse": by("coarse", *COARSE)}
    return World({"2026": rows}, told, TOLD, minimum=minimum)


def difference(public: Public, ask: str) -> int | None:
    """One class less the two that should be it, each as published or as the total less the others."""
    found = [
        public.derived(ask, "q", cell, by=by_)
        for by_, cell in (("coarse", "y"), ("fine", "c"), ("fine", "d"))
    ]
    return None if None in found else (found[0] or 0) - (found[1] or 0) - (found[2] or 0)


@pytest.mark.parametrize(
    ("few", "minimum"),
    [({("a", "y"): 1}, 10), ({("a", "y"): 3, ("b", "y"): 2}, 10), ({("c", "x"): 4}, 50)],
    ids=str,
)
def test_a_column_that_is_nearly_another(
    tmp_path: Path, few: dict[tuple[str, str], int], minimum: int
) -> None:
    public = world(few, minimum).publish(tmp_path)
    assert difference(public, "n") is None
    assert difference(public, "hits") is None


def test_two_columns_that_are_of_other_people_cost_nothing(tmp_path: Path) -> None:
    public = world({("a", "y"): 40, ("d", "x"): 45}).publish(tmp_path)
    assert not list(public.withheld())
