"""-1 beside a 0: an answer or none, by what the file does elsewhere and what its titles say."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.project import load_project
from thuis.starter import start

N = 120
SIDED = [(-1, 0, 1, 2, -9)[i % 5] for i in range(N)]


def missing_of(folder: Path, columns: dict[str, list[int]], title: str = "") -> tuple[set[str], str]:
    frame = (
        pl.DataFrame({"sex": [1 + i % 2 for i in range(N)], "x": SIDED, **columns}).to_pandas().astype(float)
    )
    path = folder / "a.sav"
    pyreadstat.write_sav(frame, str(path), column_labels=[title if c == "x" else c for c in frame.columns])
    begun = start(folder / "m", path, by=["sex"], indicators=["x"])
    source = load_project(folder / "m").waves[0].variables["x"]
    assert source is not None
    return set(source.missing), " ".join(begun.remarks)


def others(*codes: int) -> dict[str, list[int]]:
    return {f"q{k}": [(1, 2, 3, *codes)[(i + k) % (3 + len(codes))] for i in range(N)] for k in range(4)}


@pytest.mark.parametrize(
    ("columns", "title", "missing"),
    [
        ({}, "", {"-9", "-1"}),
        (others(-9), "", {"-9"}),
        (others(-9, -8), "", {"-9"}),
        (others(-9, -1), "", {"-9", "-1"}),
        (others(-1), "", {"-9", "-1"}),
        ({}, "Change, from -2 to 2", {"-9"}),
        ({}, "Verandering -2 t/m +2", {"-9"}),
        ({}, "Item 3-1 to 2", {"-9", "-1"}),
    ],
)
def test_minus_one_beside_nought(
    tmp_path: Path, columns: dict[str, list[int]], title: str, missing: set[str]
) -> None:
    found, told = missing_of(tmp_path, columns, title)
    assert found == missing
    assert ("are taken for no answer, by their number: check" in told) is bool(missing)
