"""Attacks on what a withdrawn release leaves behind: once taken back, no file tells its numbers.

Labelled before the first run: after version 1.0 was taken back and the monitor built again, neither the
respondents nor the estimates that only 1.0 had may be in any file, packed or not: versions, changes since,
corrections, feeds, pages, search.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.publish.freezing import freeze

from .support import Person, Public, World, by, people
from .test_every_file import seen_in

MINIMUM = 1000


def rows(more: int) -> list[Person]:
    sizes = {"a": 2713 + more, "b": 3527, "c": 4911}
    return people(
        *((n - n // 3, {"g": g, "q": "y"}) for g, n in sizes.items()),
        *((n // 3, {"g": g, "q": "n"}) for g, n in sizes.items()),
    )


def world(version: str, more: int) -> World:
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
    return World({"2026": rows(more)}, {"g": by("g", *"abc")}, told, MINIMUM, version=version)


@pytest.mark.parametrize("pages", [False, True])
def test_the_numbers_of_a_version_that_was_taken_back(tmp_path: Path, pages: bool) -> None:
    for version, more, gone in (("1.0", 0, ()), ("1.1", 3, ("1.0",))):
        for old in ("data", "breakdowns", "indicators", "waves"):
            shutil.rmtree(tmp_path / old, ignore_errors=True)
        world(version, more).write(tmp_path)
        (tmp_path / "corrections.csv").write_text(
            "date,version,indicator,nl,en\n" + ("2026-11-28,1.0,q,x,x\n" if more else "")
        )
        build(tmp_path, out=tmp_path / "public", pages=pages)
        report = freeze(load_project(tmp_path), withdrawn=gone)
        assert set(report.beyond_reach) == set(gone), "who kept the zip can subtract, and is warned of"
        build(tmp_path, out=tmp_path / "public", pages=pages)
        if not more:
            first = Public(tmp_path / "public" / "data").cells
            own = {float(cell["n"]) for key, cell in first.items() if key[3] in ((), ("a",))}
            assert any((n, 0) in there for n in own for there in seen_in(tmp_path / "public").values())
    found = seen_in(tmp_path / "public")
    assert own == {2713.0, 11151.0}
    assert [(name, n) for name, there in found.items() for n in own if (n, 0) in there] == []
    assert not list((tmp_path / "public").rglob("1.0*"))
