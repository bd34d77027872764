"""Attacks on ratios: what stands below the line is a number of people too, where everybody adds one or none.

Labelled before the first run: of a group under four times the minimum nobody may learn that from one to four
people add nothing below the line, or something above it, from the ratio and the figures beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .support import SAY, Public, World, by, people

MINIMUM = 20
BY = ["total", "g"]


def publish(folder: Path, above: int, without: int, beside: bool) -> Public:
    groups = {"a": (above, 60, without), "b": (30, 100, 20), "c": (40, 120, 24)}
    rows = people(
        *(
            kind
            for g, (hits, n, none) in groups.items()
            for kind in (
                (hits, {"g": g, "x": 1, "one": 1}),
                (n - hits - none, {"g": g, "x": 0, "one": 1}),
                (none, {"g": g, "x": 0, "one": 0}),
            )
        )
    )
    told: dict[str, dict[str, object]] = {
        "r": {"kind": "ratio", "variable": "x", "per": "one", "unit": SAY, "breakdowns": BY},
    }
    if beside:
        told["m"] = {"variable": "x", "scale": [0, 1], "breakdowns": BY}
    return Ratios({"2026": rows}, {"g": by("g", "a", "b", "c")}, told, MINIMUM, numbers=["x", "one"]).publish(
        folder
    )


class Ratios(World):
    def _indicator(self, name: str, told: object) -> dict[str, object]:
        found = super()._indicator(name, told)  # type: ignore[arg-type]
        if found.get("kind") == "ratio":
            found.pop("scale", None)
        return found


def pairs(public: Public) -> set[tuple[int, int]]:
    """All (above, below) in group a that agree with what is published, directly or as total less parts."""
    cells = {g: public.get("r", *g, by="g" if g else "") for g in ((), ("a",), ("b",), ("c",))}
    if cells[("a",)] is None:
        return {(0, 0), (9, 9)}
    n, ratio = cells[("a",)]["n"], cells[("a",)]["estimate"]
    known = public.get("m", "a", by="g")
    found = {
        (above, below)
        for below in range(1, n + 1)
        for above in range(below + 1)
        if abs(above / below - ratio) < 1e-9
    }
    if known is not None:
        found = {each for each in found if abs(each[0] / n - known["estimate"]) < 1e-9}
    return {(above, n - below) for above, below in found}


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize(("above", "without"), [(8, 3), (9, 1), (3, 9), (20, 20)])
def test_who_adds_nothing(tmp_path: Path, above: int, without: int, beside: bool) -> None:
    found = pairs(publish(tmp_path, above, without, beside))
    for side in zip(*found, strict=True):
        if max(side) - min(side) <= 3:
            assert min(side) >= 5, found
