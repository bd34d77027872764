"""A change among the same people is that of pairs: held against counts of who went up and who went down."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest

from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves
from thuis.values import Estimates

INSTITUTIONS = (
    "judiciary", "journalism", "government", "house", "european-union", "parties", "politicians", "democracy",
    "science", "corporations", "banks",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(root: Path) -> Estimates:
    project = load_project(root / "examples" / "vertrouwen")
    return estimate(project, read_waves(project))


@pytest.fixture(scope="module")
def pairs(root: Path) -> pl.DataFrame:
    """Who answered both times, straight from the file."""
    frame = pl.read_parquet(root / "examples" / "vertrouwen" / "data" / "vu_panel_2021.parquet")
    return frame.filter(pl.col("F2_1").is_not_null() & pl.col("F2_1_w4").is_not_null())


def change(found: Estimates, indicator: str, breakdown: str = "total") -> dict[str, object]:
    row = found.comparisons.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("breakdown") == breakdown)
        & (pl.col("wave") != pl.col("other_wave"))
    )
    assert row.height == 1
    return row.row(0, named=True)


@pytest.mark.parametrize(("number", "name"), list(enumerate(INSTITUTIONS, 1)))
def test_a_share_changes_as_in_a_table_of_pairs(
    found: Estimates, pairs: pl.DataFrame, number: int, name: str
) -> None:
    """With b who gained trust and c who lost it: (b − c)/n, variance ((b + c) − (b − c)²/n) / (n(n − 1))."""
    before, after = pairs[f"F2_{number}"] >= 6, pairs[f"F2_{number}_w4"] >= 6
    b, c, n = int((after & ~before).sum()), int((before & ~after).sum()), len(before)
    se = 100 * math.sqrt((b + c - (b - c) ** 2 / n) / (n * (n - 1)))
    row = change(found, f"trust-{name}")
    assert abs(float(str(row["difference"]))) == pytest.approx(100 * abs(b - c) / n, abs=1e-10)
    assert row["se"] == pytest.approx(se, rel=1e-10)
    p, q = before.mean(), after.mean()
    assert isinstance(p, float)
    assert isinstance(q, float)
    apart = 100 * math.sqrt((p * (1 - p) + q * (1 - q)) / (n - 1))
    assert se < 0.9 * apart, "the answers of the same people go together"


@pytest.mark.parametrize(
    ("number", "name"), [(3, "government"), (4, "house"), (5, "european-union"), (6, "parties")]
)
def test_a_mean_changes_as_the_mean_of_differences(
    found: Estimates, pairs: pl.DataFrame, number: int, name: str
) -> None:
    gone = pairs[f"F2_{number}_w4"].cast(pl.Float64) - pairs[f"F2_{number}"].cast(pl.Float64)
    spread, mean = gone.std(), gone.mean()
    assert isinstance(spread, float)
    assert isinstance(mean, float)
    row = change(found, f"score-{name}")
    assert abs(float(str(row["difference"]))) == pytest.approx(abs(mean), abs=1e-10)
    assert row["se"] == pytest.approx(spread / math.sqrt(len(gone)), rel=1e-10)
