"""Attacks on the reason itself: "too uncertain" is said of few shares when a group is nearly large enough.

Labelled before the first run: where a sister figure says how many a group has, the answers that a reason
allows may not be within three of each other.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy import special

from .support import World, by, people

NARROW = 3


def half_width(hits: int, n: int, all_: int, level: float = 0.95) -> float:
    """Half of the interval on the log odds of a share of a domain with equal weights, in points."""
    p = hits / n
    se = (p * (1 - p) / n * all_ / (all_ - 1)) ** 0.5
    spread = special.stdtrit(all_ - 1, (1 + level) / 2) * se / (p * (1 - p))
    low, high = (special.expit(special.logit(p) + sign * spread) for sign in (-1, 1))
    return float(50 * (high - low))


def allowed(n: int, all_: int, limit: float) -> list[int]:
    return [hits for hits in range(1, n) if half_width(hits, n, all_) > limit]


def edge(limit: float) -> int:
    """The largest group of which any share is too uncertain."""
    return max(n for n in range(10, 600) if half_width(n // 2, n, 1600 + n) > limit)


@pytest.mark.parametrize("limit", [15, 12, 10, 8, 6, 5])
@pytest.mark.parametrize("fewer", [0, 1, 3])
def test_a_group_that_is_nearly_large_enough(tmp_path: Path, limit: float, fewer: int) -> None:
    n = edge(limit) - fewer
    others = people(
        *((400, {"g": g, "q": q}) for g in "bc" for q in "yn"), (n // 2, {"g": "a", "q": "y"})
    ) + people((n - n // 2, {"g": "a", "q": "n"}))
    rows = [{**row, "m": at % 9} for at, row in enumerate(others)]
    told = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]},
        "m": {"variable": "m", "scale": [0, 10], "breakdowns": ["total", "g"]},
    }
    limits = {"maximum_half_width": limit, "moderate_half_width": limit}
    world = World({"2026": rows}, {"g": by("g", *"abc")}, told, minimum=10, numbers=["m"], protection=limits)
    public = world.publish(tmp_path)
    cell, size = public.cells["q", "g", "2026", ("a",)], public.n("m", "a", by="g")
    assert size == n, "the sister tells how many they are"
    if cell["reason"] == "too-uncertain":
        fits = allowed(n, len(rows), limit)
        assert n // 2 in fits, "an attacker that is wrong has found nothing"
        assert max(fits) - min(fits) > NARROW, fits
