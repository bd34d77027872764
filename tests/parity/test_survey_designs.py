"""Designs and quantiles against R survey 4.1: survey_designs.R wrote survey_designs.csv."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.survey import Mean, Proportion, Sample, Total

HERE = Path(__file__).parent
EXPECTED = pl.read_csv(
    HERE / "data" / "survey_designs.csv",
    null_values=["NA", "NaN"],
    infer_schema_length=None,
    schema_overrides={"cell": pl.String},
)
TWO = {"strata": "h", "psu": ["p", "s"], "nest": True}
STAGES = {
    "two": {**TWO, "fpc": ["N1", "N2"]},
    "fraction": {**TWO, "fpc": ["f1", "f2"]},
    "one": {"strata": "h", "psu": "p", "nest": True},
    "rows": {"strata": "h"},
    "huge": {"strata": "h", "psu": "p", "nest": True},
}
SETS: dict[str, tuple[dict[str, Any], str, str, str | None]] = {
    "apiclus2": ({"weight": "pw", "psu": ["dnum", "snum"], "fpc": ["fpc1", "fpc2"]}, "api00", "stype", None),
    "apiclus1": ({"weight": "pw", "psu": "dnum", "fpc": "fpc"}, "api00", "stype", None),
    "apistrat": ({"weight": "pw", "strata": "stype", "fpc": "fpc"}, "api00", "awards", None),
    "apisrs": ({"weight": "pw", "fpc": "fpc"}, "api00", "stype", None),
    "mu284": ({"weight": "w", "psu": ["id1", "id2"], "fpc": ["n1", "n2"]}, "y1", "id1", None),
    "nhanes": (
        {"weight": "WTMEC2YR", "strata": "SDMVSTRA", "psu": "SDMVPSU", "nest": True},
        "HI_CHOL",
        "race",
        "HI_CHOL",
    ),
    "yrbs": ({"weight": "weight", "strata": "stratum", "psu": "psu", "nest": True}, "qn8", "qn8", None),
    "eusilc": ({"weight": "rb050", "strata": "db040", "psu": "db030"}, "eqIncome", "rb090", None),
    "gss": ({"weight": "wtssps", "strata": "vstrat", "psu": "vpsu", "nest": True}, "age", "race", None),
    "anes": (
        {"weight": "Weight", "strata": "Stratum", "psu": "VarUnit", "nest": True},
        "Age",
        "Gender",
        None,
    ),
}


def compare(case: str, sample: Sample, y: str, g: str, b: str | None) -> None:
    expected = EXPECTED.filter(pl.col("case") == case)
    measures = [Mean(y, "mean"), Total(y, "total"), *([Proportion(b, name="share")] if b else [])]
    tables = {"": sample.tabulate(measures, [(), (g,)]).frame}
    if expected["what"].str.starts_with("quantile").any():
        for rule in ("math", "school"):
            for by in ((), (g,)):
                found = sample.quantile(y, by, probabilities=(0.25, 0.5, 0.9), rule=rule)
                tables[f"{rule} {len(by)}"] = found.frame
    compared = 0
    for row in expected.iter_rows(named=True):
        if row["what"] == "df":
            assert sample.df == row["estimate"]
            continue
        kind, _, which = row["what"].partition(" ")
        rule, _, p = which.partition(" ")
        inside = row["cell"] != "all"
        table = tables[f"{rule} {int(inside)}" if kind == "quantile" else ""]
        name = f"quantile({y}, {float(p):g})" if kind == "quantile" else kind
        cell = table.filter(pl.col("measure") == name, pl.col("by") == ([g] if inside else []))
        if inside:
            cell = cell.filter(pl.col(g).cast(pl.String).str.replace(r"\.0$", "") == row["cell"])
        for column in ("estimate", "se", "lower", "upper"):
            if row[column] is not None:
                scale = abs(row["estimate"]) if column == "se" else 0.0
                found = cell[column].item()
                assert found == pytest.approx(row[column], rel=1e-8, abs=1e-9 * scale), (column, row, found)
                compared += 1
    assert compared >= len(expected)


@pytest.mark.parametrize("kind", STAGES)
def test_stages_equal_r(kind: str) -> None:
    rows = pl.read_csv(HERE / "data" / "stages.csv", null_values="NA", infer_schema_length=None)
    if kind == "huge":
        scale = pl.when(pl.col("g") == "a").then(1e-6).when(pl.col("g").is_not_null()).then(1e6)
        rows = rows.with_columns(w=pl.col("w") * scale).drop_nulls("w")
    compare(
        f"stages {kind}", Sample.from_frame(rows, weight="w", lonely="adjust", **STAGES[kind]), "y", "g", "b"
    )


@pytest.mark.parametrize("name", SETS)
def test_known_sets_equal_r(extract_set: Callable[[str, str], pl.DataFrame], name: str) -> None:
    design, *what = SETS[name]
    rows = extract_set("extract_designs", name)
    compare(name, Sample.from_frame(rows, lonely="adjust", **design), *what)
