"""Attacks on findings by those they leave out: a scale counts who answered every item, its items everybody.

Labelled before the first run: of one to four people who answered some items of a scale, nobody may learn an
answer from the scale and the means of its items.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from thuis.errors import ThuisError

from .support import SAY, Person, World, by

ITEMS = ("i0", "i1", "i2")


def people(seed: int, n: int) -> list[Person]:
    rng = np.random.default_rng(seed)
    found: list[dict[str, object]] = []
    for at in range(n):
        one = rng.normal()
        answers = {name: int(np.clip(round(3 + one + rng.normal()), 1, 5)) for name in ITEMS}
        found.append({"g": "ab"[at % 2], **answers})
    found[0]["i2"] = None
    return list(found)


@pytest.mark.parametrize(("seed", "n"), [(0, 60), (1, 60), (2, 400), (3, 400)])
def test_who_answered_two_items_of_three(tmp_path: Path, seed: int, n: int) -> None:
    """The missing one's answers as all pairs that agree with every correlation and alpha of the scale.

    The attacker knows everybody else's answers, which is more than anybody has: if even so the published
    digits leave several answers open, they do for everybody.
    """
    rows = people(seed, n)
    told = {name: {"variable": name, "scale": [1, 5], "breakdowns": ["total", "g"]} for name in ITEMS}
    asked = {"scales": [{"id": "s", "title": SAY, "description": SAY, "wave": "2026", "items": list(ITEMS)}]}
    world = World(
        {"2026": rows}, {"g": by("g", "a", "b")}, told, minimum=20, numbers=list(ITEMS), findings=asked
    )
    try:
        public = world.publish(tmp_path)
    except ThuisError:
        return
    entry = json.loads((public.folder / "findings.json").read_text())["findings"][0]
    shown = [tuple(row[2:4]) for row in entry["table"]["rows"]]
    means = [public.get(name) for name in ITEMS]
    sums = [round(each["estimate"] * each["n"]) for each in means if each]
    squares = [
        round(
            each["se"] ** 2 * each["n"] / each["deff"] * (each["n"] - 1) + each["n"] * each["estimate"] ** 2
        )
        for each in means
        if each
    ]
    full = np.array([[int(str(row[name])) for name in ITEMS] for row in rows[1:]], dtype=float)
    true = (int(str(rows[0]["i0"])), int(str(rows[0]["i1"])))
    fits = set()
    for pair in itertools.product(range(1, 6), repeat=2):
        # Sums and squares of all who answered, less the pair, are those of the complete ones.
        left = [(sums[k] - pair[k], squares[k] - pair[k] ** 2) for k in (0, 1)] + [(sums[2], squares[2])]
        if agrees(left, full, shown, pair, true):
            fits.add(pair)
    assert true in fits, "an attacker that is wrong has found nothing"
    assert all(len(set(side)) > 1 for side in zip(*fits, strict=True)), fits


def agrees(
    left: list[tuple[int, int]],
    full: np.ndarray,
    shown: list[tuple[float, float]],
    pair: tuple[int, ...],
    true: tuple[int, ...],
) -> bool:
    """Whether some covariances give what is published with these sums: the true ones, moved with the pair."""
    n = len(full)
    mean = np.array([each[0] / n for each in left])
    variance = np.array([each[1] / n for each in left]) - mean**2
    if (variance <= 0).any():
        return False
    # The three correlations of an item with the others fix the covariances, given the variances: Newton.
    own = np.cov(full.T, bias=True)
    pairs = [(0, 1), (0, 2), (1, 2)]
    c = np.array([own[at] for at in pairs])
    for _ in range(60):
        value, slope = rests(variance, c), np.zeros((3, 3))
        for k in range(3):
            step = np.zeros(3)
            step[k] = 1e-6
            slope[:, k] = (rests(variance, c + step) - value) / 1e-6
        c = c - np.linalg.solve(slope, value - np.array([each[0] for each in shown]))
    without = np.array([2 * (2 * c[2 - k]) / (variance.sum() - variance[k] + 2 * c[2 - k]) for k in range(3)])
    digits = max(0.51 * 10.0 ** -len(repr(each[1]).partition(".")[2]) for each in shown)
    return bool(np.abs(without - [each[1] for each in shown]).max() <= max(20 * digits, 1e-7))


def rests(variance: np.ndarray, c: np.ndarray) -> np.ndarray:
    """The correlation of each item with the sum of the two others."""
    of = {(0, 1): c[0], (0, 2): c[1], (1, 2): c[2]}
    found = []
    for k in range(3):
        a, b = [j for j in range(3) if j != k]
        cov = of[min(k, a), max(k, a)] + of[min(k, b), max(k, b)]
        found.append(cov / (variance[k] * (variance[a] + variance[b] + 2 * of[a, b])) ** 0.5)
    return np.array(found)
