"""Everybody of random surveys laid out against all that is published: nothing that is labelled may follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .outsider import Laid, attack
from .worlds import made

ROUNDS: list[tuple[int, dict[str, Any]]] = [
    *((seed, {}) for seed in range(4)),
    *((seed, {"routed": True, "typical": 2.0}) for seed in (100, 101)),
    # A mean, its spread and two shares on one scale: each told an answer before they were held together.
    *((seed, {"scale": True, "typical": 1.5}) for seed in (203, 204, 205, 206, 210, 212)),
    # Of people in no category a third answer followed from two shares, in three worlds of twenty-five.
    *((seed, {"scale": True, "typical": 2.0, "lacking": 0.1}) for seed in (1006, 1008, 1014)),
    *((seed, {"coarse": 2, "typical": 1.5, "lacking": 0.0}) for seed in (300, 301)),
]


@pytest.mark.parametrize(("seed", "more"), ROUNDS)
def test_nothing_follows_of_anybody(tmp_path: Path, seed: int, more: dict[str, Any]) -> None:
    one = made(seed, **more)
    public = one.world.publish(tmp_path)
    for variable in {each.variable for each in one.asked.values()}:
        assert list(attack(one, public, "2026", variable)) == []


def test_the_attack_finds_what_is_public(tmp_path: Path) -> None:
    """Laid out with one more number, a withheld cell of a group, something follows."""
    one = made(0)
    public = one.world.publish(tmp_path)
    for (indicator, breakdown, wave, cell), numbers in public.cells.items():
        if numbers["status"] != "published" and indicator == "a":
            names = () if breakdown == "total" else tuple(breakdown.split("-by-"))
            of = [
                row["q"]
                for row in one.rows[wave]
                if row["q"] is not None and all(row[n] == c for n, c in zip(names, cell, strict=True))
            ]
            share = 100 * of.count("y") / max(len(of), 1)
            numbers |= {"status": "published", "n": len(of), "estimate": share}
    assert Laid(one, public, "2026", "q").rows
    assert list(attack(one, public, "2026", "q"))
