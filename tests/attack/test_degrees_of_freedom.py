"""Attacks on the degrees of freedom: sampling units less strata, which may count people whom n does not.

Labelled before the first run: nothing that is published of a group may count its sampling units, or who of it
was drawn and did not answer; degrees of freedom are those of the design of a whole wave, the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from .support import Person, Public, by
from .test_strata_and_clusters import Drawn

DRAWN = {"strata": "s", "lonely": "adjust"}
"""With strata, and sampling units of one to three people."""


def monitor(seed: int, minimum: int) -> Drawn:
    rng = np.random.default_rng(seed)
    rows: list[Person] = []
    unit = 0
    for stratum in "uvw":
        for g in "abc":
            size = int(rng.integers(2, 6)) if g == "a" else int(rng.integers(50, 4 * max(minimum, 25)))
            while size > 0:
                unit += 1
                for _ in range(min(size, int(rng.integers(1, 4)))):
                    q = None if rng.random() < 0.15 else "yn"[int(rng.random() < 0.5)]
                    rows.append({"g": g, "s": stratum, "id": unit, "q": q})
                    size -= 1
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g", "s", ["g", "s"]]}}
    cuts = {"g": by("g", *"abc"), "s": by("s", *"uvw")}
    return Drawn({"2026": rows}, cuts, told, minimum, keys=["id"], drawn=DRAWN)


def quantile(test: Mapping[str, float]) -> tuple[float, float]:
    """The least and the most that the quantile of a tested difference is, as its digits say."""
    ends = test["lower"], test["upper"]
    wide = (ends[1] - ends[0]) / 2
    off = sum(0.2501 * 10.0 ** (math.floor(math.log10(abs(each))) - 2) for each in ends if each)
    return (wide - off) / test["se"], (wide + off) / test["se"]


@pytest.mark.parametrize("minimum", [10, 50])
@pytest.mark.parametrize("seed", range(3))
def test_degrees_of_freedom_count_nobody_of_a_group(tmp_path: Path, seed: int, minimum: int) -> None:
    world = monitor(seed, minimum)
    public: Public = world.publish(tmp_path)
    rows = world.waves["2026"]
    design = len({row["id"] for row in rows}) - len({row["s"] for row in rows})
    shown = {cell["df"] for cell in public.cells.values() if cell["status"] == "published"}
    assert shown == {float(design)}
    # Everybody counts the same and was drawn in strata: numbers have few digits, and one quantile fits all.
    fits = [quantile(each) for each in public.tests]
    assert max(low for low, _ in fits) <= min(high for _, high in fits)
