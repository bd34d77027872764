"""Attacks with the weights in hand: they follow from a register and the number interviewed in each group.

Labelled before the first run: of no withheld crossing may the number of respondents follow to within three,
nor of a group below the minimum that all or none gave some answer. What is tried are whole numbers: of all
ways to fill the groups of a weight, few give the ten digits that are published.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from .support import Public, World, by, error, near

WEIGHTS = {"x": 0.7314, "y": 1.4426}
NARROW = 3
FIGURES = ["total", "g", "h", ["g", "h"]]
Split = tuple[int, int, int, int]
"""People of each weight, and how many of them gave the answer."""


def worlds(seed: int) -> World:
    """Three groups, of which two have a handful with one of the weights."""
    rng = np.random.default_rng(seed)
    sizes = {("a", "x"): 70, ("a", "y"): 6, ("b", "x"): 60, ("b", "y"): 8, ("c", "x"): 80, ("c", "y"): 75}
    rows: list[dict[str, object]] = []
    for (g, h), usual in sizes.items():
        chance = rng.uniform(0.2, 0.8)
        scale = rng.dirichlet(np.ones(5))
        for _ in range(usual + int(rng.integers(0, 3))):
            yes = rng.random() < chance
            score = int(rng.choice(5, p=scale)) + 1
            rows.append({"g": g, "h": h, "wt": WEIGHTS[h], "q": "y" if yes else "n", "m": score})
    told = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": FIGURES},
        "m": {"variable": "m", "scale": [1, 5], "breakdowns": FIGURES},
    }
    breakdowns = {"g": by("g", "a", "b", "c"), "h": by("h", "x", "y")}
    return World({"2026": rows}, breakdowns, told, minimum=20, numbers=["m"], weight="wt")


def splits(public: Public, g: str) -> list[Split]:
    """All ways to fill a group that give its published share, standard error and design effect."""
    cell = public.get("q", g, by="g")
    assert cell is not None
    n, share, n_all = cell["n"], cell["estimate"], public.n("q")
    assert n_all is not None
    found = []
    for light in range(n + 1):
        heavy = n - light
        whole = WEIGHTS["x"] * light + WEIGHTS["y"] * heavy
        yes, also = np.meshgrid(np.arange(light + 1), np.arange(heavy + 1), indexing="ij")
        of = 100 * (WEIGHTS["x"] * yes + WEIGHTS["y"] * also) / whole
        for a, b in np.argwhere(np.abs(of - share) <= near(cell["se"], cell["n"])):
            if spread((light, heavy, int(a), int(b)), n_all, cell):
                found.append((light, heavy, int(a), int(b)))
    return found


def spread(split: Split, n_all: int, cell: dict[str, float]) -> bool:
    """Whether the standard error is as published: that of a domain, with replacement (Lumley 2010, 2.2)."""
    light, heavy, yes, also = split
    whole = WEIGHTS["x"] * light + WEIGHTS["y"] * heavy
    p = (WEIGHTS["x"] * yes + WEIGHTS["y"] * also) / whole
    squares = sum(
        w**2 * (hit * (1 - p) ** 2 + (n - hit) * p**2)
        for w, n, hit in ((WEIGHTS["x"], light, yes), (WEIGHTS["y"], heavy, also))
    )
    se = 100 * (squares * n_all / (n_all - 1)) ** 0.5 / whole
    least, most = error(cell["se"])
    return least <= se <= most


@pytest.mark.parametrize("seed", range(6))
def test_whole_numbers_of_people_behind_a_weighted_share(tmp_path: Path, seed: int) -> None:
    world = worlds(seed)
    public = world.publish(tmp_path)
    for g, h in itertools.product("ab", "xy"):
        people = [row for row in world.waves["2026"] if (row["g"], row["h"]) == (g, h)]
        if public.get("q", g, h, by="g-by-h") is not None or public.get("q", g, by="g") is None:
            continue
        ways = splits(public, g)
        at = "xy".index(h)
        sizes, hits = [way[at] for way in ways], [way[2 + at] for way in ways]
        assert len(people) in sizes, "an attacker that is wrong has found nothing"
        assert max(sizes) - min(sizes) > NARROW, (g, h, min(sizes), max(sizes))
        if len(people) < world.minimum:
            assert any(way[2 + at] for way in ways), hits
            assert any(way[2 + at] < way[at] for way in ways), hits
