"""A share that is 0 or 1 in every replicate has no spread, however its two sums were added up."""

import numpy as np
import polars as pl
import pytest

from thuis.survey import Replicates, Sample


def _sample(rows: int, others: int) -> tuple[Sample, list[str]]:
    rng = np.random.default_rng(rows + others)
    w = rng.uniform(0.3, 9, rows)
    columns = {"w": w, "all": np.ones(rows), "none": np.zeros(rows), "g": rng.integers(0, 3, rows)}
    columns |= {f"y{k}": rng.integers(0, 2, rows).astype(float) for k in range(others)}
    columns |= {f"r{k}": w * rng.uniform(0, 2, rows) for k in range(20)}
    sample = Sample.from_frame(pl.DataFrame(columns), weight="w", replicates=Replicates("r*", "bootstrap"))
    return sample, ["all", *(f"y{k}" for k in range(others)), "none"]


@pytest.mark.parametrize("rows", [40, 1_000, 40_000])
@pytest.mark.parametrize("others", [0, 3, 8, 15])
def test_no_spread(rows: int, others: int) -> None:
    sample, names = _sample(rows, others)
    found = sample.proportion(names, by="g").frame
    alike = found.filter(pl.col("measure").is_in(["proportion(all)", "proportion(none)"]))
    assert alike["se"].to_list() == [0.0] * 6
    assert alike["estimate"].to_list() == [1.0] * 3 + [0.0] * 3
    if others:
        assert (found.filter(pl.col("measure") == "proportion(y0)")["se"] > 1e-4).all()
