"""Attacks with the weighted number of people of every group in hand, from a register or from totals.

A share times the weights of its group is a sum that adds up over groups, also where no weight is known:
weights are raked to register counts that anybody can look up, and a total over a share gives them as well.
Labelled before the first run: the weighted answers of a withheld cell may not be determined by margins and
the cells that are published, in random surveys with a cell in which nobody, or a handful, said yes.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .support import SAY, Person, Public, World, by

CELLS = list(itertools.product("abc", "xyz"))
FIGURES = ["total", "g", "h", ["g", "h"]]


class Sums(World):
    def _indicator(self, name: str, told: Any) -> dict[str, Any]:
        found = super()._indicator(name, told)
        return {key: each for key, each in found.items() if key != "scale" or told.get("scale")}


def drawn(seed: int, few: int) -> list[Person]:
    rng, rows = np.random.default_rng(seed), list[Person]()
    for cell in CELLS:
        chance = rng.uniform(0.3, 0.7)
        for k in range(60 if cell == ("a", "x") else int(rng.integers(100, 160))):
            yes = k < few if cell == ("a", "x") else rng.random() < chance
            weight = round(float(rng.uniform(0.3, 3.0)), 6)
            rows.append({"g": cell[0], "h": cell[1], "q": "y" if yes else "n", "wt": weight})
    return rows


def determined(public: Public, indicator: str) -> list[tuple[str, str]]:
    """Withheld cells whose weighted answers are the only ones that fit: no move that keeps all sums."""
    hidden = [cell for cell in CELLS if public.get(indicator, *cell, by="g-by-h") is None]
    sums = [
        np.array([float(cell[side] == name) for cell in hidden])
        for side, names in enumerate(("abc", "xyz"))
        for name in names
        if public.get(indicator, name, by="gh"[side])
    ]
    if public.get(indicator):
        sums.append(np.ones(len(hidden)))
    if not hidden or not sums:
        return []
    _, size, basis = np.linalg.svd(np.array(sums))
    free = basis[int((size > 1e-9).sum()) :]
    return [cell for k, cell in enumerate(hidden) if np.abs(free[:, k]).max(initial=0.0) < 1e-9]


@pytest.mark.parametrize("few", [0, 3])
@pytest.mark.parametrize("seed", [1, 2])
def test_weighted_answers_of_a_withheld_cell(tmp_path: Path, seed: int, few: int) -> None:
    share: dict[str, Any] = {"variable": "q", "share": ["y"], "breakdowns": FIGURES}
    told = {"q": share, "t": {**share, "kind": "total", "unit": SAY}}
    cuts = {"g": by("g", *"abc"), "h": by("h", *"xyz")}
    limits = {"maximum_half_width": 20, "moderate_half_width": 10}
    rows = {"2026": drawn(seed, few)}
    public = Sums(rows, cuts, told, minimum=50, weight="wt", protection=limits).publish(tmp_path)
    for indicator in told:
        assert public.get(indicator, "a", "x", by="g-by-h") is None
        assert determined(public, indicator) == []
    assert public.get("q"), "the total is what readers come for"
