"""Attacks on a panel by means: the error of a change counts how far people moved, all of them together.

Labelled before the first run: in a group under four times the minimum nobody may learn that fewer than five
people changed their answer, nor in any group that nobody did.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from .support import Person, Public, World, by

FEW, MINIMUM = 5, 20
SIZES = {"a": 60, "b": 130, "c": 150}


def panel(seed: int, moved: int, scale: int) -> tuple[list[Person], list[Person]]:
    """Two waves of the same people; of group a as many as told go up by one."""
    rng = np.random.default_rng(seed)
    first = [
        {"pid": f"{g}{k}", "g": g, "m": int(rng.integers(1, scale + 1))}
        for g, size in SIZES.items()
        for k in range(size)
    ]
    left, then = moved, []
    for row in first:
        answer = int(str(row["m"]))
        if row["g"] != "a":
            answer = int(rng.integers(1, scale + 1)) if rng.random() < 0.5 else answer
        elif left and answer < scale:
            answer, left = answer + 1, left - 1
        then.append({**row, "m": answer})
    return list(first), then


def moves(public: Public, cell: str) -> float | None:
    """The sum of the squares of all moves in a group: from its change, or the total's less the others'."""
    tests = {tuple(t["cell"]): t for t in public.tests if t["type"] == "wave"}

    def of(key: tuple[str, ...]) -> float | None:
        now = public.get("m", *key, by="g" if key else "", wave="2024")
        if key not in tests or now is None:
            return None
        n, test = now["n"], tests[key]
        people = sum(SIZES.values())
        return float(n**2 * test["se"] ** 2 * (people - 1) / people + n * test["difference"] ** 2)

    own = of((cell,))
    if own is not None:
        return own
    parts = [of((each,)) for each in SIZES if each != cell]
    whole = of(())
    if whole is None or None in parts:
        return None
    return whole - sum(each or 0.0 for each in parts)


@pytest.mark.parametrize("scale", [3, 5, 7])
@pytest.mark.parametrize("moved", [0, 1, 4])
def test_how_far_people_moved_together(tmp_path: Path, moved: int, scale: int) -> None:
    first, then = panel(scale + moved, moved, scale)
    told = {"m": {"variable": "m", "scale": [1, scale], "breakdowns": ["total", "g"]}}
    world = World(
        {"2020": first, "2024": then},
        {"g": by("g", *SIZES)},
        told,
        minimum=MINIMUM,
        samples="panel",
        keys=["pid"],
        numbers=["m"],
    )
    public = world.publish(tmp_path)
    found = moves(public, "a")
    assert found is None or found > FEW - 0.5
    assert moves(public, "b") is not None or moves(public, "c") is not None, "what may be told is told"
