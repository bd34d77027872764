"""Attacks with the design in hand: everybody counts the same, and who was drawn where is public.

The standard error of a group is made of a part for every stratum, and of one for every sampling unit. Where
these are the classes of a breakdown, it counts the people of the group in each of them, and those who gave
the answer. Labelled before the first run: of a withheld cell nobody may learn to within three how many it
has, nor of one with fewer than the minimum that all or none gave the answer, from any number of a figure that
holds it. What is tried are whole numbers: all ways to fill two cells of which the sum is known.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from .support import Person, Public, World, by, error, near

NARROW = 3
Way = tuple[int, int]
"""People of the one withheld cell, and how many of them gave the answer."""


@dataclass
class Drawn(World):
    """A monitor whose waves tell how people were drawn."""

    drawn: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        super().write(folder)
        for path in (folder / "waves").glob("*.yaml"):
            told = json.loads(path.read_text())
            told["design"] |= self.drawn
            path.write_text(json.dumps(told))
        return folder


def fits(se: float, published: float) -> bool:
    """Whether a standard error may be the one that is published."""
    least, most = error(published)
    return least <= se <= most


def spread(parts: Sequence[tuple[int, int, int]], of: int, p: float) -> float:
    """The standard error of a share in a stratified sample with replacement (Lumley 2010, 2.2), in points.

    :param parts: of every stratum its people, those of the group and those of them who gave the answer.
    """
    found = 0.0
    for size, n, hit in parts:
        squares, whole = hit * (1 - p) ** 2 + (n - hit) * p**2, hit - n * p
        found += size / (size - 1) * (squares - whole**2 / size)
    return 100 * float(found**0.5) / of


def between(units: Sequence[Way], p: float) -> float:
    """The standard error of a share of everybody from the sums of its sampling units, in points."""
    sums = [hit - n * p for n, hit in units]
    of = sum(n for n, _ in units)
    return 100 * float((len(units) / (len(units) - 1) * sum(each**2 for each in sums)) ** 0.5) / of


def ways(cell: Mapping[str, Any]) -> Iterator[Way]:
    """The people of a published cell, with each number of answers that agrees with its share."""
    n = cell["n"]
    for hit in range(n + 1):
        if abs(100 * hit / n - cell["estimate"]) <= near(cell["se"], cell["n"]):
            yield n, hit


def safe(found: Sequence[Way], true: Way, minimum: int) -> None:
    assert true in found, "an attacker that is wrong has found nothing"
    sizes = [n for n, _ in found]
    assert max(sizes) - min(sizes) > NARROW, found
    if true[0] < minimum:
        assert any(hit for _, hit in found), found
        assert any(hit < n for n, hit in found), found


def crossed(seed: int, drawn: dict[str, str]) -> Drawn:
    """Three groups in two strata; two of the groups have a handful in the one."""
    rng = np.random.default_rng(seed)
    sizes = {("a", "x"): 70, ("a", "y"): 6, ("b", "x"): 60, ("b", "y"): 8, ("c", "x"): 80, ("c", "y"): 75}
    rows: list[Person] = []
    for (g, h), usual in sizes.items():
        chance = rng.uniform(0.2, 0.8)
        for _ in range(usual + int(rng.integers(0, 3))):
            rows.append({"g": g, "h": h, "q": "yn"[int(rng.random() < chance)]})
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g", "h", ["g", "h"]]}}
    cuts = {"g": by("g", *"abc"), "h": by("h", *"xy")}
    return Drawn({"2026": rows}, cuts, told, minimum=20, drawn=drawn)


def counted(rows: Sequence[Person], **of: str) -> Way:
    there = [row for row in rows if all(row[name] == value for name, value in of.items())]
    return len(there), sum(row["q"] == "y" for row in there)


def fillings(cell: Mapping[str, Any], drawn: Sequence[int]) -> Iterator[Way]:
    """Those of a group in the second stratum and their answers, as its share and standard error allow."""
    for n, hit in ways(cell):
        for few in range(n + 1):
            for also in range(max(0, hit - n + few), min(few, hit) + 1):
                parts = ((drawn[0], n - few, hit - also), (drawn[1], few, also))
                if fits(spread(parts, n, hit / n), cell["se"]):
                    yield few, also


def sizes(public: Public, name: str) -> list[int]:
    found = [public.n(name, h, by="h") for h in "xy"]
    return [n for n in found if n is not None]


@pytest.mark.parametrize("seed", range(6))
def test_strata_are_not_counted_by_the_error_of_a_group(tmp_path: Path, seed: int) -> None:
    world = crossed(seed, {"strata": "h"})
    public, rows = world.publish(tmp_path), world.waves["2026"]
    drawn = sizes(public, "q")
    tried = 0
    for g in "ab":
        cell = public.get("q", g, by="g")
        if cell is None or public.get("q", g, "y", by="g-by-h"):
            continue
        tried += 1
        safe(list(fillings(cell, drawn)), counted(rows, g=g, h="y"), world.minimum)
    assert tried


QUESTIONS = tuple(f"q{at:02d}" for at in range(12))


def asked(seed: int) -> Drawn:
    """As :func:`crossed`, with a dozen questions that everybody answered."""
    world = crossed(seed, {"strata": "h"})
    rng = np.random.default_rng(seed + 100)
    rows: list[Person] = [
        {**row, **{name: "yn"[int(rng.random() < rng.uniform(0.3, 0.7))] for name in QUESTIONS}}
        for row in world.waves["2026"]
    ]
    told: dict[str, dict[str, Any]] = {
        name: {"variable": name, "share": ["y"], "breakdowns": ["total", "g", "h"]} for name in QUESTIONS
    }
    told["q00"]["breakdowns"] = ["total", "g", "h", ["g", "h"]]
    return Drawn({"2026": rows}, world.breakdowns, told, minimum=20, drawn=world.drawn)


@pytest.mark.parametrize("seed", range(3))
def test_a_dozen_questions_count_strata_no_better_than_one(tmp_path: Path, seed: int) -> None:
    world = asked(seed)
    public, rows = world.publish(tmp_path), world.waves["2026"]
    tried = 0
    for g in "ab":
        if public.get("q00", g, "y", by="g-by-h"):
            continue
        left: set[int] | None = None
        for name in QUESTIONS:
            cell = public.get(name, g, by="g")
            if cell is None:
                continue
            fit = {few for few, _ in fillings(cell, sizes(public, name))}
            left = fit if left is None else left & fit
        if left is not None:
            tried += 1
            safe([(few, -1) for few in left], (counted(rows, g=g, h="y")[0], -1), 0)
    assert tried


@pytest.mark.parametrize("seed", range(3))
def test_a_p_value_says_no_more_than_the_difference_and_its_error(tmp_path: Path, seed: int) -> None:
    # Where a difference follows from numbers of people the exact p value is a look at the exact error.
    public = asked(seed).publish(tmp_path)
    assert len(public.tests) > len(QUESTIONS)
    for each in public.tests:
        p = 2 * stats.t.sf(
            abs(each["difference"]) / each["se"], public.cells["q00", "total", "2026", ()]["df"]
        )
        assert each["p"] == float(f"{p:.3g}"), each


TOWNS, FEW = "abcdefghijkl", "ab"


def towns(seed: int) -> Drawn:
    """Twelve towns that were drawn, of which two have too few people to be shown."""
    rng = np.random.default_rng(seed)
    rows: list[Person] = []
    for town in TOWNS:
        chance = rng.uniform(0.2, 0.8)
        size = int(rng.integers(11, 16)) if town in FEW else int(rng.integers(30, 60))
        rows += [{"g": town, "town": town, "q": "yn"[int(rng.random() < chance)]} for _ in range(size)]
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
    return Drawn({"2026": rows}, {"g": by("g", *TOWNS)}, told, minimum=20, keys=["town"])


@pytest.mark.parametrize("seed", range(6))
def test_sampling_units_are_not_counted_by_the_error_of_everybody(tmp_path: Path, seed: int) -> None:
    world = towns(seed)
    public, rows = world.publish(tmp_path), world.waves["2026"]
    whole = public.get("q")
    assert whole is not None
    assert not any(public.get("q", g, by="g") for g in FEW)
    # The attacker is given the exact answers of everybody, and of every other town.
    shown = [counted(rows, g=g) for g in TOWNS if g not in FEW]
    n, hit = counted(rows)
    rest = n - sum(n for n, _ in shown), hit - sum(hit for _, hit in shown)
    found = [
        (few, also)
        for few, also in itertools.product(range(1, rest[0]), range(rest[1] + 1))
        if also <= few and rest[1] - also <= rest[0] - few
        if fits(between([*shown, (few, also), (rest[0] - few, rest[1] - also)], hit / n), whole["se"])
    ]
    for g in FEW:
        safe(found, counted(rows, g=g), world.minimum)
