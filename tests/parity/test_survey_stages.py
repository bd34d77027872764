"""Strata, finite populations and lonely units at every stage: survey_stages.R wrote survey_stages.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.survey import Mean, Proportion, Ratio, Sample, Total

HERE = Path(__file__).parent
EXPECTED = pl.read_csv(HERE / "data" / "survey_stages.csv", null_values=["NA", "NaN"])
ROWS = pl.read_csv(HERE / "data" / "stages_strata.csv", null_values="NA").with_columns(
    inf=pl.lit(float("inf")), n36=36, n20=20, ts=pl.concat_str("t", "s", separator=" ")
)
THREE: dict[str, Any] = {"strata": "h", "psu": ["p", "s", "e"], "later_strata": ["t", "v"], "nest": True}
COUNTS = ["N1", "N2", "N3"]
CASES: dict[str, dict[str, Any]] = {
    "three": {**THREE, "fpc": COUNTS},
    "three unique": {**THREE, "psu": ["p1", "s1", "e1"], "fpc": COUNTS, "nest": False},
    "three fractions": {**THREE, "fpc": ["f1", "f2", "f3"]},
    "two": {"strata": "h", "psu": ["p", "s"], "later_strata": "t", "fpc": ["N1", "N2"], "nest": True},
    "later only": {"psu": ["p1", "s1"], "later_strata": "t", "fpc": ["n36", "N2"], "nest": True},
    "third only": {
        "strata": "h",
        "psu": ["p1", "ts", "e1"],
        "later_strata": (None, "v"),
        "fpc": ["N1", "n20", "N3"],
    },
    "dropped": THREE,
    "replaced": {**THREE, "fpc": ["N1", "N2", "inf"]},
    "lonely adjust": {**THREE, "fpc": COUNTS, "lonely": "adjust"},
    "lonely certainty": {**THREE, "fpc": COUNTS, "lonely": "certainty"},
    "lonely remove": {**THREE, "fpc": COUNTS, "lonely": "remove"},
}


@pytest.mark.parametrize("case", CASES)
def test_equals_r(case: str) -> None:
    rows = ROWS.filter("lone") if case.startswith("lonely") else ROWS
    sample = Sample.from_frame(rows.sample(fraction=1, shuffle=True, seed=1), weight="w", **CASES[case])
    measures = [
        Mean("y", "mean"),
        Total("y", "total"),
        Proportion("b", name="share"),
        Ratio("y", "x", "ratio"),
    ]
    table = sample.tabulate(measures, [(), ("g",)]).frame
    expected = EXPECTED.filter(pl.col("case") == case)
    assert expected.filter(what="df")["estimate"].item() == sample.df
    expected = expected.filter(pl.col("what") != "df")
    assert expected.height == 16
    for row in expected.iter_rows(named=True):
        inside = pl.col("g").is_null() if row["cell"] == "all" else pl.col("g") == row["cell"]
        found = table.filter(inside, measure=row["what"]).row(0, named=True)
        for column in ("estimate", "se", "deff"):
            if row[column] is not None:
                assert found[column] == pytest.approx(row[column], rel=1e-8), (column, row)


def test_without_fpc_only_the_first_stage_counts() -> None:
    with_later = Sample.from_frame(ROWS, weight="w", **THREE)
    without = Sample.from_frame(ROWS, weight="w", strata="h", psu="p", nest=True)
    se = without.mean("y").frame["se"].item()
    assert with_later.mean("y").frame["se"].item() == pytest.approx(se, rel=1e-12)
