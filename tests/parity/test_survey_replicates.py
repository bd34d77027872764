"""Replicate weights against R survey 4.1: survey_replicates.R wrote survey_replicates.csv."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from thuis.survey import Estimates, Mean, Proportion, Ratio, Replicates, Sample, Total

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_replicates.csv", null_values=["NA", "NaN"], infer_schema_length=None)
DESIGNS = {
    "BRR": ("brr", {}),
    "Fay": ("brr", {"rho": 0.3}),
    "JK1": ("jkn", {"scale": 61 / 62}),
    "JKn": ("jkn", {"factors": (0.5,) * 62}),
    "bootstrap": ("bootstrap", {}),
    "SDR": ("bootstrap", {}),
    "other": ("bootstrap", {"scale": 0.1, "factors": tuple(i / 50 for i in range(1, 51))}),
}
MEASURES = [Mean("y", "mean"), Total("y", "total"), Ratio("y", "x", "ratio"), Proportion("b", name="share")]


def compare(case: str, rows: pl.DataFrame, replicates: Replicates) -> None:
    sample = Sample.from_frame(rows, weight="w", replicates=replicates)
    result = sample.tabulate([*MEASURES, Mean("x", "x")], [(), ("g",)])
    expected = EXPECTED.filter(pl.col("case") == case)
    compared = sum(one(result, row) for row in expected.iter_rows(named=True))
    assert compared == len(expected) > 20


def one(result: Estimates, row: dict[str, object]) -> bool:
    if row["what"] == "df":
        assert result.df == row["estimate"]
        return True
    frame = result.frame.with_row_index("row")
    if row["what"] == "covariance":
        cells = frame.filter(pl.col("measure") == "x", pl.col("by") == ["g"])["row"].to_list()
        i, j = (cells[int(each)] for each in str(row["cell"]).split())
        size = result.frame["se"][i] * result.frame["se"][j]
        found = result.covariance([i, j])[0, 1]
        assert found == pytest.approx(row["estimate"], rel=1e-8, abs=1e-10 * size)
        single = result.differences([(i, j)])["se"].item() ** 2
        assert single == pytest.approx(result.contrast({i: -1.0, j: 1.0}).se ** 2 if i != j else 0, rel=1e-8)
        return True
    by = [] if row["cell"] == "all" else ["g"]
    cell = frame.filter(pl.col("measure") == row["what"], pl.col("by") == by)
    if by:
        cell = cell.filter(pl.col("g") == int(str(row["cell"])))
    for name in ("estimate", "se"):
        assert cell[name].item() == pytest.approx(row[name], rel=1e-8), row
    return True


@pytest.mark.parametrize("centre", ["mean", "mse"])
@pytest.mark.parametrize("method", DESIGNS)
def test_equals_r(method: str, centre: str) -> None:
    file, options = DESIGNS[method]
    rows = pl.read_csv(DATA / f"{file}.csv", null_values="NA", infer_schema_length=None)
    compare(f"{method} {centre}", rows, Replicates("r[0-9]*", method, mse=centre == "mse", **options))


@pytest.mark.parametrize("centre", ["mean", "mse"])
def test_recs_with_96_weights_equals_r(extract_set: Callable[[str, str], pl.DataFrame], centre: str) -> None:
    rows = extract_set("extract_replicates", "recs")
    compare(f"recs Fay {centre}", rows, Replicates("r[0-9]*", "Fay", rho=0.5, mse=centre == "mse"))


def test_jackknife_of_a_linear_statistic_is_linearisation() -> None:
    rng = np.random.default_rng(4)
    rows = pl.DataFrame({"h": np.repeat(np.arange(5), 12), "p": np.tile(np.repeat(np.arange(4), 3), 5)})
    rows = rows.with_columns(w=pl.Series(rng.uniform(1, 3, 60)), y=pl.Series(rng.normal(size=60)))
    left = [(h, p) for h in range(5) for p in range(4)]
    weights = {
        f"r{k}": rows.select(
            pl.when((pl.col("h") == h) & (pl.col("p") == p))
            .then(0.0)
            .when(pl.col("h") == h)
            .then(pl.col("w") * 4 / 3)
            .otherwise("w")
        ).to_series()
        for k, (h, p) in enumerate(left)
    }
    rows = rows.with_columns(**weights)
    jackknife = Replicates(tuple(weights), "JKn", factors=(3 / 4,) * 20, mse=True)
    one = Sample.from_frame(rows, weight="w", replicates=jackknife).total(["y"]).frame
    other = Sample.from_frame(rows, weight="w", strata="h", psu="p", nest=True).total(["y"]).frame
    assert one["se"].item() == pytest.approx(other["se"].item(), rel=1e-10)
