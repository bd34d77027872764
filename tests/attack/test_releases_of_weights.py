"""Attacks on two releases of a weighted monitor: nobody knows the weights, and one answer moves every number.

Labelled before the first run: who holds both releases may not learn that one to four people of a group of any
size came, left or changed their answer, nor which way; releases in which as many as the minimum did, or in
which only the weights are others, must go through.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from .support import Person, World, by
from .test_release_chain import released

MINIMUM = 20


def rows(seed: int) -> list[dict[str, object]]:
    rng = np.random.default_rng(seed)
    return [
        {"g": g, "q": "yn"[int(rng.random() < 0.5)], "wt": round(float(rng.uniform(0.4, 2.2)), 5)}
        for g in "abcd"
        for _ in range(int(rng.integers(90, 160)))
    ]


def monitor(people: list[Person], version: str) -> World:
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
    return World({"2026": people}, {"g": by("g", *"abcd")}, told, MINIMUM, version=version, weight="wt")


def other(answer: object) -> str:
    return "n" if answer == "y" else "y"


def changed(before: list[dict[str, object]], how: str, number: int) -> list[dict[str, object]]:
    """So many of group a who leave, come, change their answer, or come in the place of others."""
    after = [dict(each) for each in before]
    inside = [at for at, each in enumerate(after) if each["g"] == "a" and each["q"] == "n"][:number]
    if how == "corrected":
        for at in inside:
            after[at]["q"] = other(after[at]["q"])
    elif how == "replaced":
        for at in inside:
            after[at] = {"g": "a", "q": other(after[at]["q"]), "wt": 1.111}
    elif how == "moved":
        for at in inside:
            after[at]["g"] = "b"
    elif how == "left":
        after = [each for at, each in enumerate(after) if at not in inside]
    elif how == "raked":
        rng = np.random.default_rng(number)
        after = [{**each, "wt": round(float(str(each["wt"])) * rng.uniform(0.97, 1.03), 5)} for each in after]
    return after


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("how", "number", "through"),
    [
        ("corrected", 1, False),
        ("corrected", 4, False),
        ("replaced", 1, False),
        ("replaced", 3, False),
        ("moved", 2, False),
        ("left", 1, False),
        ("corrected", 40, True),
        ("raked", 5, True),
    ],
)
def test_a_few_answers_of_a_weighted_group(
    tmp_path: Path, seed: int, how: str, number: int, through: bool
) -> None:
    before = rows(seed)
    assert released(tmp_path, monitor(list(before), "1.0"))
    after = changed(before, how, number)
    assert (released(tmp_path, monitor(list(after), "1.1")) is not None) == through
