"""Attacks on two monitors of one survey file: each keeps its rules, and cuts the same people otherwise.

Nobody can forbid another project, but who publishes both can ask ``thuis audit --against``. Labelled before
the first run: where the folders together leave a group of fewer than the minimum between two classes, or in
what one of them withholds, the audit says so; where they cut alike it finds nothing. A class of the same name
that the one withholds is reported though it may be another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from thuis.audit import over_releases, read

from .support import Public, World, people

MINIMUM = 10
ROWS = people(
    *(
        (n, {"age": age, "h": h, "q": q})
        for age, numbers in {
            "15": (40, 44),
            "25": (2, 1),
            "26": (61, 50),
            "50": (37, 52),
            "70": (2, 3),
        }.items()
        for q, n in zip("yn", numbers, strict=True)
        for h in "x"
    )
)


def monitor(folder: Path, cut: Mapping[str, Sequence[str]], name: str, indicator: str) -> Public:
    classes = {each: {"age": list(codes)} for each, codes in cut.items()}
    told = {indicator: {"variable": "q", "share": ["y"], "breakdowns": ["total", name]}}
    return World({"2026": ROWS}, {name: classes}, told, MINIMUM).publish(folder)


YOUNG = {"young": ["15", "25"], "middle": ["26"], "old": ["50", "70"]}
LATER = {"young": ["15"], "middle": ["25", "26"], "old": ["50", "70"]}
OLDEST = {"young": ["15", "25"], "middle": ["26"], "old": ["50"], "oldest": ["70"]}


@pytest.mark.parametrize(
    ("other", "name", "indicator", "found"),
    [
        (YOUNG, "age", "q", False),
        (LATER, "age", "q", True),
        (LATER, "class", "q", True),
        (OLDEST, "age", "q", True),
        (LATER, "age", "trust", True),
        (LATER, "class", "trust", True),
        (OLDEST, "class", "trust", False),
    ],
    ids=[
        "alike",
        "a year",
        "other name",
        "one more class",
        "other indicator",
        "all other",
        "all other, alike",
    ],
)
def test_two_monitors_of_one_file(
    tmp_path: Path, other: Mapping[str, Sequence[str]], name: str, indicator: str, found: bool
) -> None:
    first = monitor(tmp_path / "1", YOUNG, "age", "q")
    second = monitor(tmp_path / "2", other, name, indicator)
    weak = over_releases(read(second.folder), [read(first.folder)])
    assert bool(weak) == found, weak
