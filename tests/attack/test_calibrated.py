"""Attacks on weights that thuis makes itself: those of a post-stratum are its people over its respondents.

The file has equal weights and the margins are a public table, so the weights after calibration are those of
groups. Labelled before the first run: of no group may the people of each weight, or those among them who gave
the answer, follow to within three from a share and its standard error; and of people in a withheld crossing
of the group with the strata, not how many there are.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from .support import Person, World, by, near

NARROW = 3


class Calibrated(World):
    """With weights made to agree with a table of totals."""

    method = "poststratify"

    def write(self, folder: Path) -> Path:
        super().write(folder)
        for path in (folder / "waves").glob("*.yaml"):
            told = json.loads(path.read_text())
            told["design"] |= {"calibrate": {"margins": "margins.csv", "method": self.method}}
            path.write_text(json.dumps(told))
        with (folder / "margins.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["margin", "category", "total"])
            writer.writerows([["h", "x", 61_000], ["h", "y", 143_000]])
        return folder


def monitor(seed: int, minimum: int) -> Calibrated:
    rng = np.random.default_rng(seed)
    rows: list[Person] = []
    for g in "abc":
        for h in "xy":
            size = minimum // 4 if (g, h) == ("a", "y") else int(rng.integers(2 * minimum, 3 * minimum))
            chance = rng.uniform(0.3, 0.7)
            rows += [{"g": g, "h": h, "q": "yn"[int(rng.random() > chance)]} for _ in range(size)]
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g", "h", ["g", "h"]]}}
    return Calibrated({"2026": rows}, {"g": by("g", *"abc"), "h": by("h", "x", "y")}, told, minimum)


@pytest.mark.parametrize("minimum", [10, 20])
@pytest.mark.parametrize("seed", range(3))
def test_people_of_a_post_stratum(tmp_path: Path, seed: int, minimum: int) -> None:
    world = monitor(seed, minimum)
    public = world.publish(tmp_path)
    sizes = {h: sum(row["h"] == h for row in world.waves["2026"]) for h in "xy"}
    w = {h: total / sizes[h] for h, total in (("x", 61_000), ("y", 143_000))}
    cell = public.get("q", "a", by="g")
    if cell is None:
        return
    n, away = cell["n"], near(cell["se"], cell["n"])
    fits = set()
    for light in range(n + 1):
        heavy = n - light
        yes, also = np.meshgrid(np.arange(light + 1), np.arange(heavy + 1), indexing="ij")
        share = 100 * (w["x"] * yes + w["y"] * also) / (w["x"] * light + w["y"] * heavy)
        fits |= {(light, int(i), int(j)) for i, j in np.argwhere(np.abs(share - cell["estimate"]) <= away)}
    inside = [row for row in world.waves["2026"] if row["g"] == "a"]
    true = tuple(
        sum(r["h"] == h and r["q"] in q for r in inside) for h, q in (("x", "yn"), ("x", "y"), ("y", "y"))
    )
    assert true in fits, "an attacker that is wrong has found nothing"
    assert all(max(each) - min(each) > NARROW for each in zip(*fits, strict=True)), fits
