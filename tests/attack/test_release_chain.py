"""Attacks with every release in hand: people who leave one by one, groups that are cut otherwise.

Labelled before the first run: from two or three releases nobody may learn how many of fewer than the minimum
came, left, or stand between two cuts of the same people, nor what these answered. A release that tells so
must be refused; one that does not must go through.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from thuis.errors import ThuisError
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.publish.freezing import freeze

from .support import Person, Public, World, by, people

Answers = dict[str, tuple[int, int]]
"""Yes and no of each group."""
MINIMUM = 10


def rows(groups: Answers) -> list[Person]:
    return list(
        people(
            *(
                (n, {"g": g, "q": q})
                for g, numbers in groups.items()
                for q, n in zip("yn", numbers, strict=True)
            )
        )
    )


def released(folder: Path, world: World, withdraw: Sequence[str] = ()) -> dict[tuple[str, ...], Any] | None:
    """Build and release; what is public of q, or None where the release is refused."""
    for old in ("data", "breakdowns", "indicators", "waves"):
        shutil.rmtree(folder / old, ignore_errors=True)
    world.write(folder)
    kept = folder / "releases" / "versions.json"
    earlier = [each["version"] for each in json.loads(kept.read_text())] if kept.exists() else []
    lines = [f"2026-11-28,{version},{name},x,x" for version in earlier for name in world.indicators]
    (folder / "corrections.csv").write_text("\n".join(["date,version,indicator,nl,en", *lines]) + "\n")
    build(folder, out=folder / "public", pages=False)
    try:
        freeze(load_project(folder), withdrawn=withdraw)
    except ThuisError as error:
        assert "tells about a few people" in str(error)
        return None
    public = Public(folder / "public" / "data")
    return {key[3]: cell for key, cell in public.cells.items() if cell["status"] == "published"}


def monitor(people_: list[Person], version: str, cut: dict[str, Any], name: str = "g") -> World:
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", name]}}
    return World({"2026": people_}, {name: cut}, told, MINIMUM, version=version)


def left(before: dict[tuple[str, ...], Any], after: dict[tuple[str, ...], Any]) -> tuple[int, int]:
    """People, and those who said yes, by which the groups that nobody sees changed between two releases."""
    n = hits = 0
    for key, a in before.items():
        if key in after:
            sign, b = (1 if key == () else -1), after[key]
            n += sign * (b["n"] - a["n"])
            hits += sign * (round(b["estimate"] * b["n"] / 100) - round(a["estimate"] * a["n"] / 100))
    return n, hits


FIRST: Answers = {"a": (5, 4), "b": (5, 4), "c": (4, 5), "d": (70, 60), "e": (50, 66), "f": (80, 90)}
GROUPS = by("g", *FIRST)


@pytest.mark.parametrize("gone", [(1, 0), (0, 1), (1, 1)])
def test_somebody_leaves_three_groups_that_nobody_sees(tmp_path: Path, gone: tuple[int, int]) -> None:
    """All else changes by enough; the total less the others says how many left, and what they answered."""
    first = released(tmp_path, monitor(rows(FIRST), "1.0", GROUPS))
    now = {g: (y + 7, n + 8) if g in "def" else (y, n) for g, (y, n) in FIRST.items()}
    now["a"] = (now["a"][0] - gone[0], now["a"][1] - gone[1])
    second = released(tmp_path, monitor(rows(now), "1.1", GROUPS))
    assert first is not None
    if second is not None:
        assert {(key in first) for key in second} == {True}
        people_, _ = left(first, second)
        assert abs(people_) in (0, *range(MINIMUM, 10_000)), left(first, second)


def test_three_releases_of_which_each_is_enough(tmp_path: Path) -> None:
    """Twelve leave and thirteen come: of the first and the third one stands between."""
    step = {0: (0, 0), 1: (-6, -6), 2: (1, 0)}
    found = []
    for at, more in step.items():
        now = {**FIRST, "d": (70 + more[0], 60 + more[1])}
        found.append(released(tmp_path, monitor(rows(now), f"1.{at}", GROUPS)))
    assert found[0] is not None
    assert found[1] is not None
    assert found[2] is None


AGES: Answers = {"15": (50, 60), "25": (1, 2), "26": (70, 60), "50": (50, 66)}
OLD = {"young": ["15"], "old": ["25", "26"], "oldest": ["50"]}
NEW = {"young": ["15", "25"], "old": ["26"], "oldest": ["50"]}


def cut(column: str, of: dict[str, list[str]], *names: str) -> dict[str, Any]:
    return {name: {column: codes} for name, codes in zip(names or of, of.values(), strict=True)}


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize(
    ("breakdown", "names"),
    [
        ("g", ("young", "old", "oldest")),
        ("g", ("jong", "oud", "oudst")),
        ("ages", ("young", "old", "oldest")),
    ],
    ids=["same-names", "other-names", "other-breakdown"],
)
def test_a_class_that_begins_a_year_later(
    tmp_path: Path, breakdown: str, names: tuple[str, ...], middle: bool
) -> None:
    """Three people of 25 stand between two cuts, whatever the classes are called, also a release later."""
    every = rows(AGES)
    assert released(tmp_path, monitor(every, "1.0", cut("g", OLD)))
    if middle:
        whole = {"all": ["15", "25", "26"], "oldest": ["50"]}
        assert released(tmp_path, monitor(every, "1.1", cut("g", whole)))
    world = monitor(
        [{**row, breakdown: row["g"]} for row in every], "1.2", cut(breakdown, NEW, *names), breakdown
    )
    assert released(tmp_path, world) is None


def test_an_answer_that_counts_from_now_on(tmp_path: Path) -> None:
    """Three people said "depends"; the second release counts them."""
    kinds = {"y": 40, "n": 50, "d": 3}
    every = people(*((k, {"g": g, "q": q}) for g in "abc" for q, k in kinds.items()))
    for version, share in (("1.0", ["y"]), ("1.1", ["y", "d"])):
        told = {"q": {"variable": "q", "share": share, "breakdowns": ["total", "g"]}}
        world = World({"2026": every}, {"g": by("g", *"abc")}, told, 25, version=version)
        found = released(tmp_path, world)
    assert found is None


def test_classes_that_are_cut_anew_for_good(tmp_path: Path) -> None:
    """Sixty people stand between: nothing is told, and nothing is refused."""
    ages = {**AGES, "25": (30, 30)}
    assert released(tmp_path, monitor(rows(ages), "1.0", cut("g", OLD)))
    assert released(tmp_path, monitor(rows(ages), "1.1", cut("g", NEW)))


def test_another_question_about_other_groups_goes_through(tmp_path: Path) -> None:
    """Groups that have nothing to do with each other may be as many by chance."""
    every = [{**row, "h": "xyz"[at * 7 % 3]} for at, row in enumerate(rows(AGES))]
    assert released(tmp_path, monitor(every, "1.0", cut("g", {"a": ["15", "25"], "b": ["26"], "c": ["50"]})))
    other = World(
        {"2026": every},
        {"h": by("h", "x", "y", "z")},
        {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "h"]}},
        MINIMUM,
        version="1.1",
    )
    assert released(tmp_path, other)


def test_groups_that_have_nothing_to_do_with_each_other_go_through(tmp_path: Path) -> None:
    """Breakdowns of nearly the same sizes, with opinions that are shared alike, released twice."""
    questions = [f"q{k}" for k in range(12)]
    crossed = {("m", "n"): 330, ("m", "s"): 305, ("w", "n"): 310, ("w", "s"): 322}
    people_ = [
        {"sex": sex, "part": part, **{q: "yn"[at * (at + k) % 7 % 2] for k, q in enumerate(questions)}}
        for (sex, part), size in crossed.items()
        for at in range(size)
    ]
    told = {q: {"variable": q, "share": ["y"], "breakdowns": ["total", "sex", "part"]} for q in questions}
    cuts = {"sex": by("sex", "m", "w"), "part": by("part", "n", "s")}
    for version in ("1.0", "1.1"):
        world = World({"2026": people_}, cuts, told, minimum=MINIMUM, version=version)
        assert released(tmp_path, world) is not None
