"""Attacks on two maps of one register: an area that merged, less the parts that the other map shows.

Labelled before the first run: of an area that a map withholds, no group of fewer than the minimum may follow
from another map of the same counts.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from thuis.errors import ThuisError
from thuis.monitor.pipeline import build

from .support import SAY, World, by, people

PARTS = ("GM0003", "GM0010", "GM0024")
"""Appingedam, Delfzijl and Loppersum, which became Eemsdelta on 1 January 2021."""
MERGED = "GM1979"
MINIMUM = 20


def boundaries(*codes: str) -> str:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    features = [
        {"type": "Feature", "id": code, "properties": {}}
        | {"geometry": {"type": "Polygon", "coordinates": [[[x + k, y] for x, y in ring]]}}
        for k, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def a_map(name: str, day: str, file: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": SAY,
        "description": SAY,
        "counts": "findings/counts.csv",
        "groups": {"inside": SAY, "outside": SAY},
        "counted": "2020-01-01",
        "boundaries": f"findings/{file}",
        "boundaries_of": day,
        "source": SAY,
    }


def written(folder: Path, outside: tuple[int, ...]) -> Path:
    rows = people((60, {"q": "y", "g": "a"}), (60, {"q": "n", "g": "a"}), (90, {"q": "y", "g": "b"}))
    rows += people((60, {"q": "n", "g": "b"}))
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
    maps = [a_map("then", "2020-01-01", "then.geojson"), a_map("now", "2022-01-01", "now.geojson")]
    world = World({"2026": rows}, {"g": by("g", "a", "b")}, told, MINIMUM, findings={"maps": maps})
    world.write(folder)
    (folder / "findings").mkdir()
    lines = [f"{code},{code},{1000 + k},{n}" for k, (code, n) in enumerate(zip(PARTS, outside, strict=True))]
    (folder / "findings" / "counts.csv").write_text("\n".join(["code,name,inside,outside", *lines]) + "\n")
    (folder / "findings" / "then.geojson").write_text(boundaries(*PARTS))
    (folder / "findings" / "now.geojson").write_text(boundaries(MERGED))
    return folder


def shown(data: Path, name: str) -> dict[str, int]:
    with (data / "map" / f"{name}.csv").open() as file:
        return {row["code"]: int(row["outside"]) for row in csv.DictReader(file) if row["outside"]}


@pytest.mark.parametrize(
    "outside",
    [(5, 200, 300), (5, 3, 300), (5, 17, 300), (40, 200, 300)],
    ids=["one", "two", "enough", "none"],
)
def test_a_merged_area_less_its_parts(tmp_path: Path, outside: tuple[int, ...]) -> None:
    folder = written(tmp_path, outside)
    try:
        build(folder, out=folder / "public", pages=False)
    except ThuisError as error:
        assert "on another map of the same counts" in str(error)
        assert 0 < sum(n for n in outside if n < MINIMUM) < MINIMUM
        return
    data = folder / "public" / "data"
    then, now = shown(data, "then"), shown(data, "now")
    assert then or now
    left = now[MERGED] - sum(then.values()) if MERGED in now else 0
    assert left == 0 or left >= MINIMUM
