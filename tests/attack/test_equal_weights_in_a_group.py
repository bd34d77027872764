"""Attacks on groups in which everybody counts the same, though in the wave they do not.

An oversample with one weight stands beside people with weights of their own: in its cells a mean, its error
and n count people as they do where all weights are equal, and the design effect says that they are. Labelled
before the first run: of a group under four times the minimum the counts that agree with what is published may
not leave one to four people at an end of a scale of three answers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .support import Person, Public, World, by

FEW = 5
SIZES = {("a", "x"): 60, ("a", "y"): 115, ("a", "z"): 107, ("b", "x"): 120, ("b", "y"): 130, ("b", "z"): 141}


def drawn(seed: int, low: int, oversampled: float) -> list[Person]:
    rng, rows = np.random.default_rng(seed), list[Person]()
    for (g, h), n in SIZES.items():
        for k in range(n):
            m = 1 + int(rng.integers(0, 3)) if (g, h) != ("a", "y") else 1 if k < low else 2 + k % 2
            weight = oversampled if g == "a" else round(float(rng.uniform(0.3, 3.0)), 6)
            rows.append({"g": g, "h": h, "m": m, "wt": weight})
    return rows


def fits(cell: dict[str, Any]) -> list[tuple[int, ...]]:
    """All counts of three answers that give a mean and its error, with equal weights."""
    n, mean, size, found = cell["n"], cell["estimate"], cell["df"] + 1, []
    for one in range(n + 1):
        three = round(mean * n - 2 * n + one)
        two = n - one - three
        if min(two, three) < 0 or abs(mean * n - (one + 2 * two + 3 * three)) > 1e-5:
            continue
        spread = sum(k * (x - mean) ** 2 for k, x in ((one, 1), (two, 2), (three, 3)))
        if abs((size / (size - 1) * spread) ** 0.5 / n - cell["se"]) < 1e-7 * cell["se"]:
            found.append((one, two, three))
    return found


def tells(public: Public, *cell: str) -> bool:
    shown = public.get("m", *cell, by="g-by-h")
    return shown is not None and any(0 < min(each[0], each[2]) < FEW for each in fits(shown))


@pytest.mark.parametrize("low", [1, 2, 4])
@pytest.mark.parametrize("seed", [1, 2])
def test_an_oversample_with_one_weight(tmp_path: Path, seed: int, low: int) -> None:
    told = {"m": {"variable": "m", "scale": [1, 3], "breakdowns": ["total", "g", "h", ["g", "h"]]}}
    cuts = {"g": by("g", "a", "b"), "h": by("h", *"xyz")}
    world = World({"2026": drawn(seed, low, 0.25)}, cuts, told, minimum=50, numbers=["m"], weight="wt")
    public = world.publish(tmp_path)
    assert not tells(public, "a", "y")
    shown = next(cell for h in "xz" if (cell := public.get("m", "a", h, by="g-by-h")))
    assert len(fits(shown)) == 1, "the attack works where it may"
