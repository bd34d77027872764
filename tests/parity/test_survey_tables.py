"""Tables against R survey 4.1: survey_tables.R wrote survey_tables.csv from the two extracts beside it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.survey import Estimates, Mean, Proportion, Ratio, Sample, Total

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_tables.csv", null_values=["NA", "NaN"], infer_schema_length=None)
CASES = EXPECTED["case"].unique(maintain_order=True).to_list()
MEASURES = [
    Mean("y", "mean"),
    Total("y", "total"),
    Ratio("y", "x", "ratio"),
    Proportion("b", name="proportion"),
]


def tables(case: str, method: str) -> Estimates:
    file, _, rule = case.partition(" ")
    rows = pl.read_csv(DATA / f"{file}.csv", infer_schema_length=None)
    design = {"weight": "w", "strata": "stratum", "psu": "psu", "nest": True}
    if rule == "element":
        design = {"weight": "w", "strata": "stratum"}
    elif rule == "fpc":
        rows, design = rows.filter(pl.col("stratum") < 9), {**design, "fpc": "N"}
    elif rule:
        design["lonely"] = rule
    return Sample.from_frame(rows, **design).tabulate(
        MEASURES,
        [(), ("race",), ("sex",)],
        interval="beta" if method == "domain" else method,
        df="domain" if method == "domain" else "design",
    )


@pytest.mark.parametrize("case", CASES)
def test_equals_r(case: str) -> None:
    found = {method: tables(case, method) for method in ("logit", "mean", "beta", "domain")}
    compared, spread = 0, {}
    for row in EXPECTED.filter(pl.col("case") == case).iter_rows(named=True):
        measure, _, method = row["what"].partition(" ")
        result = found[method or "logit"]
        if measure == "covariance":
            picks = [
                i
                for i, each in enumerate(result.frame.iter_rows(named=True))
                if each["measure"] == "mean" and each["by"] == ["race"]
            ]
            i, j = (picks[int(each)] for each in row["cell"].split())
            matrix = result.covariance([i, j])
            size = result.frame["se"][i] * result.frame["se"][j]
            if case == "hard average":  # R's factor for the whole design, ours per cell: same correlation
                spread[row["cell"]] = row["estimate"]
                continue
            assert matrix[0, -1] == pytest.approx(row["estimate"], rel=1e-8, abs=1e-9 * size), row
            continue
        by, _, key = row["cell"].partition(" ")
        where = pl.col("by") == ([] if by == "all" else [by])
        cell = result.frame.filter(where, pl.col("measure") == measure)
        ours = cell.filter(pl.col(by) == int(key)) if by != "all" else cell
        for name in ("estimate", "se", "deff", "lower", "upper"):
            if row[name] is not None:
                assert ours[name].item() == pytest.approx(row[name], rel=1e-8), (name, row)
                compared += 1
    assert compared > 50
    rows = [
        i
        for i, each in enumerate(found["logit"].frame.iter_rows(named=True))
        if each["measure"] == "mean" and each["by"] == ["race"]
    ]
    for cell, value in spread.items():
        i, j = cell.split()
        matrix = found["logit"].covariance([rows[int(i)], rows[int(j)]])
        ours = matrix[0, 1] / (matrix[0, 0] * matrix[1, 1]) ** 0.5
        theirs = value / (spread[f"{i} {i}"] * spread[f"{j} {j}"]) ** 0.5
        assert ours == pytest.approx(theirs, rel=1e-8)
