"""Attacks on classes: a fine and a coarse breakdown of one answer, and cells without some answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from .support import World, by, people

TOLD = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g", "two"]}}
SIZES = {"a": (80, 82), "b": (3, 4), "c": (40, 47), "d": (8, 40)}


@pytest.mark.parametrize("missing", [0, 60])
@pytest.mark.parametrize("column", ["g", "own"])
def test_a_coarse_class_less_the_fine_ones(tmp_path: Path, missing: int, column: str) -> None:
    """Two classes of one column, or in a column of their own; and people who have no class at all."""
    rows = people(
        *(
            (n, {"g": g, "own": "k" if g in "ab" else "l", "q": q})
            for g, both in SIZES.items()
            for q, n in zip("yn", both, strict=True)
        ),
        (missing // 2, {"q": "y"}),
        (missing // 2, {"q": "n"}),
    )
    codes = {"k": ["a", "b"], "l": ["c", "d"]} if column == "g" else {"k": ["k"], "l": ["l"]}
    two = {name: {column: given} for name, given in codes.items()}
    public = World({"2026": rows}, {"g": by("g", *"abcd"), "two": two}, TOLD).publish(tmp_path)
    coarse, other = public.n("q", "k", by="two"), public.n("q", "a", by="g")
    assert public.n("q", "b", by="g") is None
    assert coarse is None or other is None, "the difference are the seven in b"


def test_nobody_among_some_answers_is_no_emptiness_to_tell(tmp_path: Path) -> None:
    """That a share among those who ever did does not apply to a group says that all in it never did."""
    rows = people(
        *((n, {"g": g, "q": q}) for g in "ab" for q, n in (("never", 40), ("some", 50), ("often", 60))),
        (30, {"g": "c", "q": "never"}),
    )
    among = {"variable": "q", "share": ["often"], "among": ["some", "often"]}
    told = {"among": {**among, "breakdowns": ["total", "g"]}}
    public = World({"2026": rows}, {"g": by("g", *"abc")}, told).publish(tmp_path)
    assert public.cells["among", "g", "2026", ("c",)]["reason"] == "confidential"
