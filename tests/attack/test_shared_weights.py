"""Attacks with more weights than can be tried one by one, in the small groups that a low minimum shows.

Labelled before the first run: of a group shown with ten to forty-nine respondents nobody may learn from which
stratum each is, let alone their answers, from its share and standard error. All ways to give six people one
of 36 weights are sorted by their sum, and each is looked for beside those who gave the other answer. At first
sight one way was left in 4 of 4, with everybody's answer.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from .support import Person, World, by, error, near

STRATA, SIX = 36, 6


def monitor(seed: int) -> tuple[World, np.ndarray, list[int]]:
    """Twelve people of one group, half of whom said yes, among people of 36 strata."""
    rng = np.random.default_rng(seed)
    weights = np.round(rng.uniform(0.6, 1.8, STRATA), 4)
    few = [int(each) for each in rng.choice(STRATA, 2 * SIX)]
    rows: list[Person] = [{"g": "a", "wt": weights[s], "q": "yn"[at % 2]} for at, s in enumerate(few)]
    for s in range(STRATA):
        for k in range(12):
            rows.append({"g": "bc"[k % 2], "wt": weights[s], "q": "yn"[int(rng.random() < 0.5)]})
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
    return World({"2026": rows}, {"g": by("g", *"abc")}, told, 10, weight="wt"), weights, few


def of_size(number: int) -> np.ndarray:
    """All ways to choose so many strata, with some of them more than once."""
    found = np.arange(STRATA, dtype=np.int16)[:, None]
    for _ in range(number - 1):
        more = STRATA - found[:, -1]
        step = np.arange(more.sum()) - np.repeat(np.cumsum(more) - more, more)
        found = np.repeat(found, more, axis=0)
        found = np.concatenate([found, (found[:, -1] + step)[:, None].astype(np.int16)], axis=1)
    return found


def ways(cell: dict[str, float], weights: np.ndarray, size: int) -> int:
    """How many ways there are to fill both sides of a share, as far as it and its error allow."""
    sums, squares = (each[of_size(SIX)].sum(axis=1) for each in (weights, weights**2))
    order, p, away = np.argsort(sums), cell["estimate"] / 100, near(cell["se"], cell["n"]) / 100
    ends = [sums * (1 - p - side) / (p + side) for side in (away, -away)]
    first, last = (np.searchsorted(sums[order], each) for each in ends)
    least, most = error(cell["se"])
    found = 0
    for at in range(int((last - first).max())):
        yes = np.flatnonzero(last - first > at)
        no = order[first[yes] + at]
        spread = squares[yes] * (1 - p) ** 2 + squares[no] * p**2
        se = 100 * (spread * size / (size - 1)) ** 0.5 / (sums[yes] + sums[no])
        found += int(((least <= se) & (se <= most)).sum())
        if found > 1000:
            break
    return found


@pytest.mark.parametrize("seed", range(2))
def test_the_stratum_of_everybody_in_a_small_group(tmp_path: Path, seed: int) -> None:
    world, weights, _ = monitor(seed)
    public = world.publish(tmp_path)
    assert public.get("q"), "what may be told is told"
    cell = public.get("q", "a", by="g")
    assert cell is None or ways(cell, weights, len(world.waves["2026"])) > 1
