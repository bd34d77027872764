"""Attacks by breakdowns that are answers themselves: who is in a class of one figure answered another.

Everybody is laid out by group, sex and two answers. Of the second question figures are broken down by the
first: their numbers of respondents, and that a class has nobody, count its answers. Labelled before the first
run, of every group of the first question:

- ``answer``: that all or none of those who answered gave an answer that an indicator counts;
- ``few``: that from one to four are on one side of it, in a group under four times the minimum;
- ``count``: the respondents of a group that is withheld for having too few, to within three.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from .support import Person, Public, World, by, people

CODES, SAYS = ("y", "n", "z"), "yn"
CLASSES = {"yes": ("y",), "no": ("n",), "dunno": ("z",)}
OTHER = {"yes": ("y",), "other": ("n", "z")}
FEW, NARROW = 5, 3.0
Kind = tuple[str | None, str | None, str | None, str | None]
"""Group, sex, first and second answer."""


def inside(kind: Kind, parts: Mapping[str, str], classes: Mapping[str, tuple[str, ...]]) -> bool:
    own = {"g": kind[0], "h": kind[1]}
    return all(
        kind[2] in classes[category] if name == "k" else own[name] == category
        for name, category in parts.items()
    )


class Layout:
    """Numbers of people of every kind that agree with all that is published."""

    def __init__(self, world: World, public: Public, classes: Mapping[str, tuple[str, ...]]) -> None:
        lack = [None] if any(None in row.values() for row in world.waves["2026"]) else []
        g, h = ([*world.breakdowns[name], *lack] for name in "gh")
        self.kinds: list[Kind] = list(itertools.product(g, h, (*CODES, *lack), (*SAYS, *lack)))
        self.equal: list[np.ndarray] = []
        self.to: list[float] = []
        for (name, breakdown, _, cell), numbers in public.cells.items():
            parts = dict(zip([p for p in breakdown.split("-by-") if p != "total"], cell, strict=True))
            at = 2 if name == "q" else 3
            of = self.line(lambda kind, p=parts, at=at: kind[at] is not None and inside(kind, p, classes))
            if numbers["status"] == "published":
                hit = self.line(lambda kind, at=at: kind[at] == "y")
                self.tell(of, numbers["n"])
                self.tell(of * hit, round(numbers["n"] * numbers["estimate"] / 100))
            elif numbers["reason"] in ("not-asked", "not-applicable"):
                self.tell(of, 0)

    def tell(self, line: np.ndarray, count: float) -> None:
        self.equal.append(line)
        self.to.append(count)

    def line(self, says: Callable[..., bool]) -> np.ndarray:
        return np.array([float(says(kind)) for kind in self.kinds])

    def span(self, goal: np.ndarray) -> tuple[float, float]:
        if not self.equal:
            return 0.0, np.inf
        ends = []
        for sign in (1.0, -1.0):
            done = linprog(sign * goal, A_eq=np.array(self.equal), b_eq=self.to, method="highs")
            ends.append(sign * done.fun if done.status == 0 else -sign * np.inf)
        return ends[0], ends[1]


def follows(
    world: World, public: Public, classes: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, dict[str, str], tuple[float, ...]]]:
    everybody, rows = Layout(world, public, classes), world.waves["2026"]
    places: list[dict[str, str]] = [{"g": g} for g in world.breakdowns["g"]]
    places += [{"g": g, "h": h} for g in world.breakdowns["g"] for h in world.breakdowns["h"]]
    for where in places:
        here = [row for row in rows if row["q"] and all(row[k] == v for k, v in where.items())]
        group = everybody.line(lambda kind, p=where: kind[2] is not None and inside(kind, p, classes))
        gave = group * everybody.line(lambda kind: kind[2] == "y")
        true = (len(here), sum(row["q"] == "y" for row in here))
        size, hits = everybody.span(group), everybody.span(gave)
        assert size[0] - 1e-4 <= true[0] <= size[1] + 1e-4, "an attacker that is wrong has found nothing"
        assert hits[0] - 1e-4 <= true[1] <= hits[1] + 1e-4, "an attacker that is wrong has found nothing"
        if not true[0]:
            continue
        shown = public.get("q", *where.values(), by="-by-".join(where))
        if true[0] < world.minimum and not shown and size[1] - size[0] <= NARROW:
            yield "count", where, size
        if true[0] >= 4 * world.minimum:
            continue
        rest = everybody.span(group - gave)
        if size[0] > 0.5 and (hits[1] < 0.5 or rest[1] < 0.5):
            yield "answer", where, (*hits, *size)
        elif any(low > 0.5 and high < FEW - 0.5 for low, high in (hits, rest)):
            yield "few", where, (*hits, *size)


def world_of(
    rows: list[Person], classes: Mapping[str, tuple[str, ...]], figures: Mapping[str, list[Any]], minimum: int
) -> World:
    cuts: dict[str, Any] = {"k": {name: {"q": list(codes)} for name, codes in classes.items()}}
    for name in "gh":
        cuts[name] = by(name, *sorted({str(row[name]) for row in rows if row[name]}))
    told = {name: {"variable": name, "share": ["y"], "breakdowns": of} for name, of in figures.items()}
    return World({"2026": rows}, cuts, told, minimum, protection={"level": 0.9})


def drawn(seed: int) -> tuple[World, Mapping[str, tuple[str, ...]]]:
    rng = np.random.default_rng(seed)
    minimum, classes = int(rng.choice([10, 20, 50])), (CLASSES, OTHER)[seed % 2]
    lacking = (0.0, 0.03)[seed % 3 == 0]
    rows: list[Person] = []
    for g, h in itertools.product(("a", "b", "c", "d")[: 3 + seed % 2], "xy"):
        near = rng.dirichlet(np.full(3, 0.4))
        near[1] += max(near[0] - 0.98, 0)
        for _ in range(int(rng.lognormal(np.log(minimum * 1.8), 0.9)) + 1):
            row: dict[str, object] = {"g": g, "h": h, "q": str(rng.choice(CODES, p=near / near.sum()))}
            row["s"] = "y" if rng.random() < 0.5 else "n"
            rows.append(row | {name: None for name in "ghqs" if rng.random() < lacking})
    some: list[Any] = ["total", "g", "h", ["g", "h"]]
    more: list[Any] = ["k", ["g", "k"], ["k", "h"], ["g", "h", "k"]]
    of_q = [each for each in some if rng.random() < 0.6] or ["total"]
    of_s = [each for each in (*some, *more) if rng.random() < 0.5] + [["g", "k"]] * (seed % 2)
    figures = {"q": of_q, "s": [each for at, each in enumerate(of_s) if each not in of_s[:at]] or ["k"]}
    return world_of(rows, classes, figures, minimum), classes


def groups(**answers: tuple[int, int]) -> list[Person]:
    """So many of each group who say yes and no; the second answer by turns."""
    rows = people(
        *(
            (n, {"g": g, "h": "x", "q": q})
            for g, counts in answers.items()
            for q, n in zip("yn", counts, strict=True)
        )
    )
    return [{**row, "s": "yn"[at % 2]} for at, row in enumerate(rows)]


PLAIN = {"yes": ("y",), "no": ("n",)}


@pytest.mark.parametrize("first", [(60, 0), (0, 60), (117, 3), (4, 90)])
@pytest.mark.parametrize("figures", [["total", "g", "k", ["g", "k"]], [["g", "k"]], ["g", ["k", "g"]]])
def test_a_class_that_nobody_of_a_group_is_in(
    tmp_path: Path, first: tuple[int, int], figures: list[Any]
) -> None:
    """At first sight all of sixty people said yes: the class of no was said to have nobody."""
    rows = groups(a=first, b=(100, 90), c=(80, 110))
    world = world_of(rows, PLAIN, {"q": ["total", "g"], "s": figures}, 50)
    public = world.publish(tmp_path)
    assert list(follows(world, public, PLAIN)) == []
    assert public.get("q")
    cells = [each for key, each in public.cells.items() if key[0] == "s" and {"a", "yes"} == set(key[3])]
    assert [each["status"] for each in cells] == ["withheld"]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_follows_from_breakdowns_of_answers(tmp_path: Path, seed: int) -> None:
    world, classes = drawn(seed)
    assert list(follows(world, world.publish(tmp_path), classes)) == []


def test_what_is_no_secret_is_shown(tmp_path: Path) -> None:
    rows = groups(a=(90, 70), b=(100, 90), c=(80, 110))
    world = world_of(rows, PLAIN, {"q": ["total", "g"], "s": ["total", "g", "k", ["g", "k"]]}, 50)
    public = world.publish(tmp_path)
    assert list(public.withheld()) == []
