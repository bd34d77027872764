"""Attacks on everything public, with every kind of figure and everything handed over, between twin worlds.

In twin worlds only withheld numbers differ: the two smallest groups give each other their answers, which are
all at one end. Labelled before the first run: whoever has both folders (pages, pictures, a book of tables,
reports, SDMX, SQLite, JSON-stat, DCAT) may find no byte that tells which of the two it is: no length of a
bar, order of a list, digest, size, sentence, width of a column or extreme.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from thuis.monitor.pipeline import build

from .support import SAY, Person, World, by, called
from .test_every_file import Whole
from .test_findings import side

MINIMUM = 40
BY = ["total", "g", "h"]
CROSSED = [*BY, ["g", "h"]]
ENDS = {"a": ("y", 9, "yes"), "b": ("n", 1, "no")}
SWAPPED = {"a": ENDS["b"], "b": ENDS["a"]}


def rows(wave: int, few: dict[str, tuple[str, int, str]]) -> list[Person]:
    rng = np.random.default_rng(wave)
    found: list[Person] = []
    for at, g in enumerate("ab"):
        q, m, e = few[g]
        found += [
            {"g": g, "h": "xy"[k % 2], "q": q, "m": m, "k": 10 - m, "e": e, "wt": 1.0 + k / 100, "id": at}
            for k in range(18)
        ]
    for g in "cdef":
        for _ in range(170):
            q = str(rng.choice(["y", "n", "s"]))
            found.append(
                {
                    "g": g,
                    "h": "xy"[int(rng.random() < 0.5)],
                    "q": q,
                    "m": int(rng.integers(2, 9)),
                    "k": int(rng.integers(2, 9)),
                    "e": ["yes", "no"][int(rng.random() < 0.4)],
                    "wt": round(float(rng.uniform(0.5, 1.8)), 5),
                }
            )
    return [{name: each for name, each in row.items() if name != "id"} for row in found]


def world(few: dict[str, tuple[str, int, str]]) -> World:
    answers = [{"id": each, "title": called(each), "codes": [each]} for each in "yns"]
    unit = {"unit": SAY, "breakdowns": BY}
    told = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": CROSSED},
        "e": {"variable": "e", "share": ["yes"], "breakdowns": CROSSED},
        "m": {"variable": "m", "scale": [0, 10], "breakdowns": BY},
        "stack": {"kind": "categories", "variable": "q", "answers": answers, "breakdowns": BY},
        "middle": {"kind": "median", "variable": "m", "rounding": 1, "scale": [0, 10], **unit},
        "many": {"kind": "total", "variable": "q", "share": ["y"], **unit},
        "per": {"kind": "ratio", "variable": "m", "per": "k", **unit},
    }
    findings = {
        "paradox": {
            "title": SAY, "description": SAY, "wave": "2024",
            "figure": {"group": "g", "line": "h", "position": "e", "exclusion": "q"},
            "positions": [side("h", "x", "y", breakdown="h")],
            "outcomes": [{"indicator": "q"}, {"indicator": "m", "margin": 0.5}],
        },
        "splits": [
            {"id": "s", "title": SAY, "wave": "2024", "indicator": "m", "breakdown": "g"}
            | {"first": "c", "second": "d", "by": [{"variable": "e", "title": SAY}]}
        ],
    }  # fmt: skip
    waves = {"2020": rows(1, few), "2024": rows(2, few)}
    cuts = {"g": by("g", *"abcdef"), "h": by("h", "x", "y")}
    return Whole(waves, cuts, told, MINIMUM, numbers=["m", "k"], weight="wt", findings=findings)


def parts(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                yield from parts(f"{name}!{each}", archive.read(each))
    yield name, content


def everything(world: World, folder: Path) -> dict[str, bytes]:
    build(world.write(folder), out=folder / "public", handover=True)
    return {
        part: content
        for path in sorted((folder / "public").rglob("*"))
        if path.is_file()
        for part, content in parts(path.relative_to(folder / "public").as_posix(), path.read_bytes())
    }


def test_twins_are_one_to_whoever_reads_everything(tmp_path: Path) -> None:
    one, other = (everything(world(few), tmp_path / name) for name, few in (("1", ENDS), ("2", SWAPPED)))
    kinds = {Path(name.partition("!")[0]).suffix for name in one}
    assert {".html", ".json", ".xlsx", ".svg", ".db", ".xml", ".docx", ".pdf", ".parquet"} & kinds
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.parametrize("name", ["q", "m", "stack", "middle", "many", "per", "e"])
def test_the_small_groups_are_withheld(tmp_path: Path, name: str) -> None:
    public = world(ENDS).publish(tmp_path)
    assert not any(
        cell["status"] == "published"
        for key, cell in public.cells.items()
        if key[0] == name and set(key[3]) & {"a", "b"}
    )
    assert any(cell["status"] == "published" for key, cell in public.cells.items() if key[0] == name)
