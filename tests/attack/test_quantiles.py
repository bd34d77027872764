"""Attacks on quantiles: an end of the interval says how few may lie beyond it.

The interval of a quantile is read where a known share of the group lies below. Of sixty people the upper end
of the ninetieth percentile has at most one above it, whatever the answers are. Labelled before the first run,
of every group under four times the minimum whose quantile is published: the number of those above a
published end, or below one, may not be known to be fewer than five, unless the end is that of the scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from .support import SAY, Person, Public, World, by

FEW = 5


class Quantiles(World):
    """With a quantile for each chance."""

    def _indicator(self, name: str, told: object) -> dict[str, object]:
        found = super()._indicator(name, dict(told))  # type: ignore[call-overload]
        found["kind"] = "median"
        return found


def monitor(seed: int, minimum: int, chance: float, *, top: int = 10) -> Quantiles:
    rng = np.random.default_rng(seed)
    rows: list[Person] = []
    for g in "abcdef":
        size = int(minimum * rng.uniform(1.0, 4.5))
        shape = rng.dirichlet(np.full(top, rng.uniform(0.3, 3)))
        rows += [{"g": g, "m": int(each) + 1} for each in rng.choice(top, size, p=shape)]
    told = {
        f"p{round(100 * chance)}": {
            "variable": "m", "scale": [1, top], "unit": SAY, "quantile": chance, "rounding": 1,
            "breakdowns": ["total", "g"],
        }
    }  # fmt: skip
    return Quantiles({"2026": rows}, {"g": by("g", *"abcdef")}, told, minimum, numbers=["m"])


def span(n: int, below: int, df: float, level: float = 0.95) -> tuple[float, float]:
    """The shares between which Woodruff's interval is read, when so many lie at or below the quantile."""
    p = below / n
    half = float(stats.t.ppf((1 + level) / 2, df)) * (p * (1 - p) / (n - 1)) ** 0.5
    return p - half, p + half


def beyond(cell: dict[str, float], chance: float) -> tuple[int, int]:
    """The most people there can be below the lower end and above the upper one."""
    n = int(cell["n"])
    under, above = 0, 0
    for below in range(int(np.ceil(chance * n - 1e-9)), n):
        low, high = span(n, below, cell["df"])
        if low > 0 and high < 1:
            under = max(under, int(np.ceil(low * n - 1e-9)) - 1)
            above = max(above, n - int(np.ceil(high * n - 1e-9)))
    return under, above


def found(world: Quantiles, public: Public, top: int = 10) -> Iterator[tuple[str, str, str, int]]:
    for (name, breakdown, wave, at), cell in public.cells.items():
        if cell["status"] != "published" or cell["n"] >= 4 * world.minimum:
            continue
        inside = [int(str(r["m"])) for r in world.waves[wave] if breakdown == "total" or r["g"] == at[0]]
        under, above = beyond(cell, int(name[1:]) / 100)
        truth = sum(m > cell["upper"] for m in inside), sum(m < cell["lower"] for m in inside)
        assert truth[0] <= above, "an attacker that is wrong has found nothing"
        assert truth[1] <= under, "an attacker that is wrong has found nothing"
        if cell["upper"] < top and above < FEW:
            yield name, *at, "above", above
        if cell["lower"] > 1 and under < FEW:
            yield name, *at, "below", under


@pytest.mark.parametrize(
    ("seed", "minimum", "chance"), [(1, 10, 0.5), (3, 10, 0.5), (1, 50, 0.75), (0, 50, 0.9)]
)
def test_how_few_lie_beyond_an_interval(tmp_path: Path, seed: int, minimum: int, chance: float) -> None:
    """One quantile a monitor: of several on the same answers each hides what another does."""
    world = monitor(seed, minimum, chance)
    public = world.publish(tmp_path)
    assert any(cell["status"] == "published" for cell in public.cells.values())
    assert list(found(world, public)) == []
