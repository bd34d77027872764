"""The change in trust of the same people, worked out by hand: no code shared with the estimation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves


@pytest.mark.parametrize(
    ("indicator", "item"), [("house-of-representatives", 4), ("science", 9), ("banks", 11)]
)
def test_a_change_takes_into_account_that_people_are_the_same(root: Path, indicator: str, item: int) -> None:
    folder = root / "examples" / "vertrouwen"
    project = load_project(folder)
    found = estimate(project, read_waves(project)).comparisons.filter(
        pl.col("indicator") == indicator, pl.col("breakdown") == "total"
    )
    data = pl.read_parquet(folder / "data" / "vu_panel_2021.parquet")
    first, fourth = (data[name].to_numpy().astype(float) for name in (f"F2_{item}", f"F2_{item}_w4"))
    there, again = ~np.isnan(first), ~np.isnan(fourth)
    # Linearised means: each person's share in the difference, added up over the waves; n/(n-1) over persons.
    share = np.zeros(len(data))
    share[again] += (fourth[again] - fourth[again].mean()) / again.sum()
    share[there] -= (first[there] - first[there].mean()) / there.sum()
    n = len(data)
    assert found["difference"][0] == pytest.approx(fourth[again].mean() - first[there].mean(), abs=1e-8)
    assert found["se"][0] == pytest.approx(
        np.sqrt(n / (n - 1) * np.sum((share - share.mean()) ** 2)), abs=1e-8
    )
