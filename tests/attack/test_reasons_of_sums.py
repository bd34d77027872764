"""Attacks on the reason of totals and means: "too uncertain" is said of few answers only.

Of a number near nothing the coefficient of variation is that of how many gave an answer: a reader who knows
the limit and, by a sister figure, the respondents of a group knows between which numbers they are. Labelled
before the first run: where the reason is said, more than eight numbers of people must agree with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .support import SAY, World, by, people

ROOM, FEW, SMALL = 8, 5, 200


class Sums(World):
    def _indicator(self, name: str, told: Any) -> dict[str, Any]:
        found = super()._indicator(name, told)
        return {key: each for key, each in found.items() if key != "scale" or told.get("scale")}


def allowed(n: int, all_: int, kind: str, limit: float) -> list[int]:
    """The numbers of people of whom the reason is said, by the rules that are public."""
    size = all_ if kind == "total" else n
    uncertain = [k for k in range(1, n) if ((size - k) / (size * k) * all_ / (all_ - 1)) ** 0.5 > limit]
    return [k for k in uncertain if k >= FEW or n >= SMALL]


@pytest.mark.parametrize("limit", [0.3, 0.4])
@pytest.mark.parametrize("hits", [5, 7, 9])
@pytest.mark.parametrize("kind", ["mean", "total"])
@pytest.mark.parametrize("n", [60, 120])
def test_a_sum_near_nothing(tmp_path: Path, kind: str, hits: int, limit: float, n: int) -> None:
    rows = people((n - hits, {"g": "a", "z": 0}), (hits, {"g": "a", "z": 1}))
    rows += people(*((400, {"g": g, "z": z}) for g in "bc" for z in (0, 1)))
    rows = [{**row, "q": str(row["z"]), "m": at % 9} for at, row in enumerate(rows)]
    figures = ["total", "g"]
    told: dict[str, Any] = {
        "mean": {"variable": "z", "scale": [0, 1], "breakdowns": figures},
        "total": {"kind": "total", "variable": "q", "share": ["1"], "unit": SAY, "breakdowns": figures},
    }
    sister = {"variable": "m", "scale": [0, 10], "breakdowns": figures}
    limits = {"maximum_cv": limit}
    of = {"x": told[kind], "m": sister}
    public = Sums(
        {"2026": rows}, {"g": by("g", *"abc")}, of, 50, numbers=["z", "m"], protection=limits
    ).publish(tmp_path)
    cell = public.cells["x", "g", "2026", ("a",)]
    assert public.n("m", "a", by="g") == n, "the sister tells how many they are"
    if cell["reason"] == "too-uncertain":
        fits = allowed(n, len(rows), kind, limit)
        assert hits in fits, "an attacker that is wrong has found nothing"
        assert max(fits) - min(fits) >= ROOM, fits
