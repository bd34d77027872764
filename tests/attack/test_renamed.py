"""Attacks with two releases in which nothing is called what it was, and one respondent fewer.

Labelled before the first run: subtracted, the two give that respondent's answers in every question, so
``compare`` (of ``thuis release`` and ``thuis audit --against``) must tell; of other people, or other
questions of the same people, it may tell nothing. At first sight it told in none of 18, and now in all, with
no false alarm in 36 pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thuis.audit import read
from thuis.audit.releases import compare

from .support import Person, World, by

SIZES = {"a": 60, "b": 130, "c": 85, "d": 140}
ASKED = "qrs"


def people(seed: int) -> list[Person]:
    rng = np.random.default_rng(seed)
    found: list[Person] = []
    for g, n in SIZES.items():
        chances = rng.uniform(0.2, 0.8, len(ASKED))
        for _ in range(n):
            answers = {q: "ny"[int(rng.random() < p)] for q, p in zip(ASKED, chances, strict=True)}
            found.append({"g": g, "wt": round(float(rng.uniform(0.4, 2.5)), 5), **answers})
    return found


def monitor(rows: Sequence[Person], names: str = ASKED, wave: str = "2026", **more: Any) -> World:
    name, of = more.get("by", "g"), more.get("of", ["total"])
    told = {
        each: {"variable": q, "share": ["y"], "breakdowns": [*of, name]}
        for each, q in zip(names, ASKED, strict=True)
    }
    rows = [{**row, name: row["g"]} for row in rows]
    if not more.get("weighted"):
        rows = [{key: value for key, value in row.items() if key != "wt"} for row in rows]
    weight = "wt" if more.get("weighted") else None
    return World({wave: rows}, {name: by(name, *SIZES)}, told, 10, weight=weight)


def told(folder: Path, before: World, after: World) -> int:
    now, then = (
        read(each.publish(folder / name).folder) for name, each in (("now", after), ("then", before))
    )
    return len(compare(then, now))


NEW: dict[str, Mapping[str, Any]] = {
    "indicators": {"names": "uvw"},
    "wave": {"wave": "2027"},
    "everything": {"names": "uvw", "wave": "2027", "by": "h", "of": []},
}


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("what", NEW)
def test_one_respondent_fewer_under_other_names(tmp_path: Path, what: str, weighted: bool) -> None:
    rows = people(3)
    later = [row for at, row in enumerate(rows) if at != 7]
    before = monitor(rows, weighted=weighted)
    assert told(tmp_path, before, monitor(later, weighted=weighted, **NEW[what]))


@pytest.mark.parametrize("what", ["indicators", "wave"])
def test_other_questions_and_other_people(tmp_path: Path, what: str) -> None:
    assert not told(tmp_path, monitor(people(4)), monitor(people(5), **NEW[what]))
