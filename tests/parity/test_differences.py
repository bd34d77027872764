"""Differences between groups and between waves against R's ``svycontrast`` with its covariances."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(("example", "least"), [("gss", 40), ("nederland", 50), ("vertrouwen", 50)])
def test_differences_equal_r(root: Path, example: str, least: int) -> None:
    project = load_project(root / "examples" / example)
    found = estimate(project, read_waves(project)).comparisons
    ours = {
        _key(row): (row["difference"], row["se"])
        for row in found.iter_rows(named=True)
        if len(row["cell"]) == 1
    }
    compared = 0
    for row in pl.read_csv(DATA / f"{example}_differences.csv", infer_schema_length=None).iter_rows(
        named=True
    ):
        for sign, (one, other) in ((1, (row["cell"], row["other"])), (-1, (row["other"], row["cell"]))):
            key = (row["indicator"], row["breakdown"], *_sides(row, one), *_sides(row, other))
            if key in ours:
                difference, se = ours[key]
                assert difference == pytest.approx(sign * row["difference"], abs=1e-10)
                assert se == pytest.approx(row["se"], rel=1e-9)
                compared += 1
    assert compared >= least


def _sides(row: dict[str, object], side: str) -> tuple[str, str]:
    if row["type"] == "wave":
        wave, cell = side.split("/")
        return wave, cell
    return str(row["wave"]), side


def _key(row: dict[str, object]) -> tuple[object, ...]:
    cell, other = row["cell"], row["other"]
    assert isinstance(cell, list)
    assert isinstance(other, list)
    other_wave = row["other_wave"] or row["wave"]
    return (row["indicator"], row["breakdown"], row["wave"], cell[0], other_wave, other[0])
