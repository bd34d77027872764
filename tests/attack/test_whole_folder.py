"""Attacks on everything public at once: pages, pictures, search index, feeds, workbooks, zips.

Two worlds of which only withheld numbers differ must be one to whoever reads the folder, byte for byte: an
axis, an order, a hash, a position or a number of digits that depends on a withheld value tells it apart.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from thuis.monitor.pipeline import build

from .support import SAY, Public, World, by, people
from .test_findings import side

Person = dict[str, object]
MINIMUM = 50
FEW = ("a", "b")
GROUPS = (*FEW, "c", "d", "e")
BY = ["total", "g", "h", ["g", "h"]]
WEIGHTS = {"y": 1.3, "n": 0.8, "s": 1.0}
BATTERY = {
    "paradox": {
        "title": SAY,
        "description": SAY,
        "wave": "2024",
        "figure": {"group": "g", "line": "h", "position": "s", "exclusion": "q"},
        "positions": [side("h", "x", "y", breakdown="h")],
        "outcomes": [{"indicator": "q"}, {"indicator": "m", "margin": 0.5}],
    }
}


def rows(wave: int, few: dict[str, tuple[tuple[str, int, int], ...]]) -> list[Person]:
    """The small groups as told (answer, score, people), and three large ones; h takes turns."""
    found: list[Person] = []
    for g, kinds in few.items():
        found += people(*((n, {"g": g, "q": q, "m": m}) for q, m, n in kinds))
    for at, g in enumerate(GROUPS[len(FEW) :]):
        counts = (160 + 20 * at + 60 * wave, 140 - 10 * at, 90 + 70 * wave)
        kinds = zip((("y", 8), ("n", 3), ("s", 5)), counts, strict=True)
        found += people(*((n, {"g": g, "q": q, "m": m}) for (q, m), n in kinds))
    return [{**each, "h": "xy"[at % 2], "wt": WEIGHTS[str(each["q"])]} for at, each in enumerate(found)]


def world(first: dict[str, tuple[tuple[str, int, int], ...]]) -> World:
    told = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": BY},
        "s": {"variable": "q", "share": ["s"], "breakdowns": BY},
        "m": {"variable": "m", "scale": [0, 10], "breakdowns": BY},
    }
    breakdowns = {"g": by("g", *GROUPS), "h": by("h", "x", "y")}
    return World(
        {"2020": rows(0, first), "2024": rows(1, first)},
        breakdowns,
        told,
        MINIMUM,
        numbers=["m"],
        weight="wt",
        findings=BATTERY,
    )


A = (("y", 9, 22), ("n", 1, 6), ("s", 4, 10))
B = (("y", 2, 4), ("n", 7, 22), ("s", 5, 16))
TRUE = {"a": A, "b": B}
SWAPPED = {"a": B, "b": A}
"""As many people in each group, each with the answers of the other."""
MOVED = {"a": (("y", 9, 22), ("n", 1, 6)), "b": (*B, ("s", 4, 10))}
"""Ten people of the one are in the other."""


def public(world: World, folder: Path) -> dict[str, bytes]:
    build(world.write(folder), out=folder / "public")
    return {
        path.relative_to(folder / "public").as_posix(): path.read_bytes()
        for path in sorted((folder / "public").rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("true")
    return folder, public(world(TRUE), folder)


def parts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """A file as text; what is packed or pressed in it too."""
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                yield from parts(f"{name}!{each}", archive.read(each))
    elif content[:2] == b"\x1f\x8b":
        yield from parts(f"{name}!", gzip.decompress(content))
    elif content[:4] == b"PAR1":
        yield name, pl.read_parquet(content).write_json()
    else:
        yield name, content.decode("utf-8", "replace")


def test_the_small_groups_are_withheld(built: tuple[Path, dict[str, bytes]]) -> None:
    found = Public(built[0] / "public" / "data")
    for indicator in ("q", "s", "m"):
        for wave in ("2020", "2024"):
            assert not any(found.get(indicator, g, by="g", wave=wave) for g in FEW)
            assert found.get(indicator, "c", by="g", wave=wave)
            assert found.get(indicator, wave=wave)


@pytest.mark.parametrize("other", [SWAPPED, MOVED], ids=["swapped", "moved"])
def test_what_is_withheld_leaves_no_trace(
    tmp_path: Path, built: tuple[Path, dict[str, bytes]], other: dict[str, tuple[tuple[str, int, int], ...]]
) -> None:
    found, again = built[1], public(world(other), tmp_path)
    assert list(found) == list(again)
    assert [name for name in found if found[name] != again[name]] == []


def test_no_withheld_number_is_in_any_file(built: tuple[Path, dict[str, bytes]]) -> None:
    """Means and shares of the small groups, as numbers and as positions on a scale from 0 to 100."""
    withheld: set[float] = set()
    for kinds in (A, B):
        n = sum(WEIGHTS[q] * k for q, _, k in kinds)
        withheld |= {100 * sum(WEIGHTS[q] * k for q, _, k in kinds if q == answer) / n for answer in "ys"}
        withheld |= {100 * sum(WEIGHTS[q] * m * k for q, m, k in kinds) / n / 10}
    needles = {
        f"{value / by_:.{digits}f}" for value in withheld for by_, digits in ((1, 3), (10, 4), (100, 5))
    }
    pattern = re.compile("(?<![0-9.])(?:" + "|".join(re.escape(each) for each in needles) + ")")
    seen = 0
    for name, content in built[1].items():
        for part, text in parts(name, content):
            seen += 1
            assert not pattern.search(text.replace(",", ".")), part
    assert seen > 100


def test_the_search_for_numbers_finds_what_is_public(built: tuple[Path, dict[str, bytes]]) -> None:
    """The same search finds a published share in pages, tables, zips and workbooks."""
    cell = Public(built[0] / "public" / "data").get("q", "c", by="g", wave="2020")
    assert cell is not None
    needle = f"{cell['estimate']:.1f}"
    kinds = {
        Path(part.rpartition("!")[2] or part).suffix
        for name, content in built[1].items()
        for part, text in parts(name, content)
        if needle in text.replace(",", ".")
    }
    assert {".html", ".json", ".csv", ".parquet"} <= kinds
