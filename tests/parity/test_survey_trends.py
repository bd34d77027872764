"""Slopes and other contrasts against R survey 4.1: survey_trends.R wrote survey_trends.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.survey import Mean, Measure, Ratio, Sample, Total

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_trends.csv", null_values="NA", infer_schema_length=None)
MEASURES: list[Measure] = [Mean("y", "mean"), Total("y", "total"), Ratio("y", "x", "ratio")]
PLACES = {1: 0.0, 2: 1.0, 3: 4.0}
WEIGHTS = {1: 1.0, 2: -2.0, 3: 0.5}


@pytest.mark.parametrize("case", EXPECTED["case"].unique(maintain_order=True).to_list())
def test_equals_r(case: str) -> None:
    kind, measure = case.split()
    rows = pl.read_csv(DATA / "nhanes2.csv", infer_schema_length=None)
    units: dict[str, Any] = {"psu": "psu", "nest": True} if kind == "clustered" else {}
    result = Sample.from_frame(rows, weight="w", strata="stratum", **units).tabulate(
        MEASURES, [("race",), ("race", "sex")]
    )
    slopes = result.trend("race", PLACES).filter(pl.col("measure") == measure)
    frame = result.frame.with_row_index("row").filter(pl.col("measure") == measure)
    for row in EXPECTED.filter(pl.col("case") == case).iter_rows(named=True):
        inside = pl.col("sex").is_null() if row["sex"] is None else pl.col("sex") == row["sex"]
        if row["line"] == "trend":
            ours = slopes.filter(inside).rename({"slope": "estimate"}).row(0, named=True)
        else:
            cells = frame.filter(inside)
            weights = {i: WEIGHTS[race] for i, race in cells.select("row", "race").rows()}
            line = result.contrast(weights)
            ours = {name: getattr(line, name) for name in ("estimate", "se", "lower", "upper", "p")}
        for name in ("estimate", "se", "lower", "upper", "p"):
            assert ours[name] == pytest.approx(row[name], rel=1e-8), (name, row)
