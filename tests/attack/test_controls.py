"""Attacks on models by their rarest people: a coefficient of few is the answer of these few.

A split by one variable with two categories is the difference in composition times one coefficient, and that
coefficient is the mean of one category less that of the other. Labelled before the first run:

- of fewer than the minimum in one category of a control, in one group of a split, nobody may learn that all
  or none of them gave an answer;
- of the only person with some category of a control nobody may learn the answer from a raw and an adjusted
  difference: beside that category the model is the one without that person.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thuis.errors import ThuisError

from .support import SAY, World, by
from .test_findings import side

G = {"g": by("g", "a", "b")}


def split_world(seed: int, rare: int, hits: int, minimum: int, *, flat: bool) -> World:
    """In b so many have x; of these so many said yes."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for g, size, part in (("a", 8 * minimum, 0.4), ("b", 8 * minimum, 0.0)):
        for _ in range(size):
            x = "r" if rng.random() < part else "o"
            rows.append({"g": g, "x": x, "q": "y" if rng.random() < 0.4 else "n"})
    rows += [{"g": "b", "x": "r", "q": "y" if k < hits else "n"} for k in range(rare)]
    for row in rows:
        row["wt"] = 1.0 if flat else round(float(rng.uniform(0.4, 2.2)), 5)
    split = {"id": "s", "title": SAY, "wave": "2026", "indicator": "q", "breakdown": "g"}
    asked = {"splits": [{**split, "first": "a", "second": "b", "by": [{"variable": "x", "title": SAY}]}]}
    told = {name: {"variable": name, "share": [yes], "breakdowns": ["total", "g"]} for name, yes in
            (("q", "y"), ("x", "r"))}  # fmt: skip
    return World({"2026": list(rows)}, G, told, minimum, findings=asked, weight="wt")


def of_the_rare(public: Any) -> tuple[float, float] | None:
    """The share of yes among those with x in b, between the ends that the digits leave."""
    x = {g: public.get("x", g, by="g") for g in "ab"}
    q = public.get("q", "b", by="g")
    if not (x["a"] and x["b"] and q):
        return None
    entry = json.loads((public.folder / "findings.json").read_text())["findings"][0]
    part = entry["table"]["rows"][1][1]
    digits = max(0.5 * 10.0 ** -len(repr(float(part)).partition(".")[2]), 1e-8)
    p = x["b"]["estimate"] / 100
    ends = []
    for value in (part - digits, part + digits):
        b = value / ((x["a"]["estimate"] - x["b"]["estimate"]) / 100)
        ends.append(q["estimate"] + (1 - p) * b)
    return min(ends), max(ends)


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize(("rare", "hits"), [(6, 6), (6, 0), (8, 8)])
@pytest.mark.parametrize("minimum", [10, 50])
def test_the_rarest_category_of_a_split(
    tmp_path: Path, rare: int, hits: int, minimum: int, flat: bool
) -> None:
    try:
        public = split_world(rare + hits, rare, hits, minimum, flat=flat).publish(tmp_path)
    except ThuisError:
        return
    found = of_the_rare(public)
    if found is not None:
        true = 100 * hits / rare
        assert found[0] - 1e-3 <= true <= found[1] + 1e-3, "an attacker that is wrong has found nothing"
        low, high = max(found[0], 0.0), min(found[1], 100.0)
        assert high - low > 100 / rare, (low, high)


def battery_world(seed: int, answer: str, minimum: int, *, flat: bool) -> World:
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for g in "ab":
        for line in "xy":
            for _ in range(3 * minimum):
                rows.append({"g": g, "l": line, "c": "o", "e": "yn"[int(rng.random() < 0.5)],
                             "q": "yn"[int(rng.random() < 0.5)]})  # fmt: skip
    rows.append({"g": "a", "l": "x", "c": "r", "e": "y", "q": answer})
    for row in rows:
        row["wt"] = 1.0 if flat else round(float(rng.uniform(0.4, 2.2)), 5)
    asked = {
        "paradox": {
            "title": SAY, "description": SAY, "wave": "2026",
            "figure": {"group": "g", "line": "l", "position": "e", "exclusion": "q"},
            "positions": [side("l", "x", "y", breakdown="l")],
            "outcomes": [{"indicator": "q"}],
            "controls": [{"variable": "c", "title": SAY}],
        }
    }  # fmt: skip
    told = {name: {"variable": name, "share": ["y"], "breakdowns": ["total", "g", "l", ["g", "l"]]}
            for name in "qe"}  # fmt: skip
    cuts = {"g": by("g", "a", "b"), "l": by("l", "x", "y")}
    return World({"2026": list(rows)}, cuts, told, minimum, findings=asked, weight="wt")


def sides_of(data: Path) -> set[str]:
    """Which answer the single one gave, by the way a difference moves without them: they are in x."""
    said = set()
    for entry in json.loads((data / "findings.json").read_text())["findings"]:
        for row in (entry.get("table") or {"rows": []})["rows"]:
            if isinstance(row[2], float) and isinstance(row[3], float) and row[2] != row[3]:
                said.add("n" if row[3] > row[2] else "y")
        for group in entry.get("groups", ()):
            raw, held = (group.get(name) for name in ("raw", "adjusted"))
            if raw and held and raw["estimate"] != held["estimate"]:
                said.add("n" if held["estimate"] > raw["estimate"] else "y")
    return said


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize("answer", ["y", "n"])
@pytest.mark.parametrize("minimum", [10, 50])
def test_the_only_one_with_a_category_of_a_control(
    tmp_path: Path, answer: str, minimum: int, flat: bool
) -> None:
    public = battery_world(3, answer, minimum, flat=flat).publish(tmp_path)
    found = sides_of(public.folder)
    assert found != {answer}, "the difference without the one"
