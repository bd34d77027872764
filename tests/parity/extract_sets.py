"""Writes the sets of survey_sets.R, not all shipped. Run: python extract_sets.py SURVEY-DATA FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

ONE = pl.lit(1.0)


def at(name: str, *values: object) -> pl.Expr:
    """1 where the answer is one of ``values``, 0 elsewhere, missing without an answer."""
    return pl.any_horizontal(pl.col(name) == value for value in values).cast(pl.Int64)


API = {"w": "pw", "y": "api00", "x": "enroll", "b": at("awards", "Yes"), "k": "comp.imp"}
SETS: dict[str, tuple[str, dict[str, str | pl.Expr]]] = {
    "apisrs": ("r_apisrs", {**API, "N1": "fpc", "g": "stype"}),
    "apistrat": ("r_apistrat", {**API, "N1": "fpc", "h": "stype", "g": "sch.wide"}),
    "apiclus1": ("r_apiclus1", {**API, "N1": "fpc", "p": "dnum", "g": "stype"}),
    "apiclus2": (
        "r_apiclus2",
        {**API, "N1": "fpc1", "N2": "fpc2", "p": "dnum", "s": "snum", "g": "stype"},
    ),
    "mu284": (
        "r_mu284",
        {
            "w": pl.col("n1") / 5 * pl.col("n2") / 3,
            "N1": "n1",
            "N2": "n2",
            "p": "id1",
            "s": "id2",
            "y": "y1",
            "x": "n2",
            "b": (pl.col("y1") > 40).cast(pl.Int64),
            "g": "id2",
            "k": "id1",
        },
    ),
    "scd": (
        "r_scd",
        {
            "w": ONE,
            "h": "ESA",
            "p": "ambulance",
            "y": "alive",
            "x": "arrests",
            "b": (pl.col("alive") > 29).cast(pl.Int64),
            "g": "ambulance",
            "k": "ESA",
        },
    ),
    "nhanes": (
        "r_nhanes",
        {
            "w": "WTMEC2YR",
            "h": "SDMVSTRA",
            "p": "SDMVPSU",
            "y": "HI_CHOL",
            "x": "RIAGENDR",
            "b": "HI_CHOL",
            "g": "race",
            "k": "agecat",
        },
    ),
    "yrbs": (
        "r_yrbs",
        {
            "w": "weight",
            "h": "stratum",
            "p": "psu",
            "y": "qn8",
            "x": pl.col("weight").sqrt(),
            "b": at("qn8", 1),
            "g": pl.col("stratum") % 4,
            "k": pl.col("weight") > 10,
        },
    ),
    "eusilc": (
        "r_eusilc",
        {
            "w": "rb050",
            "h": "db040",
            "p": "db030",
            "y": "eqIncome",
            "x": "hsize",
            "b": at("pb220a", "AT"),
            "g": "rb090",
            "k": "pl030",
        },
    ),
    "gss": (
        "gss_1972_2024_design",
        {
            "w": "wtssps",
            "h": "vstrat",
            "p": "vpsu",
            "y": "age",
            "x": "degree",
            "b": at("fefam", 1, 2),
            "g": "race",
            "k": "year",
        },
    ),
    "anes": (
        "anes_2020",
        {
            "w": "Weight",
            "h": "Stratum",
            "p": "VarUnit",
            "y": "Age",
            "x": pl.col("Income").str.len_chars(),
            "b": at("TrustPeople", "Always", "Most of the time"),
            "g": "RaceEth",
            "k": "Gender",
        },
    ),
    "nhanes2": (
        "samplics_nhanes2",
        {
            "w": "finalwgt",
            "h": "stratid",
            "p": "psuid",
            "y": "zinc",
            "x": pl.col("highbp") + 1,
            "b": "highlead",
            "g": "race",
            "k": "region",
        },
    ),
    "recs": (
        "recs_2015_brr96",
        {
            "w": "NWEIGHT",
            "y": "TOTCSQFT",
            "x": "TOTSQFT_EN",
            "b": pl.col("ACUsed").cast(pl.Int64),
            "g": "Region",
            "k": "Urbanicity",
        },
    ),
    **{
        name: (
            f"samplics_{name}_subset",
            {
                "w": "finalwgt",
                "y": "weight",
                "x": "height",
                "b": (pl.col("weight") > 70).cast(pl.Int64),
                "g": (pl.col("height") / 10).floor().clip(15, 18).cast(pl.Int64),
                "k": pl.col("finalwgt") > 11000,
            },
        )
        for name in ("nhanes2brr", "nhanes2jk")
    },
    "nmihs": (
        "samplics_nmihs_subset",
        {
            "w": "finalwgt",
            "y": "birth_weight",
            "x": pl.col("birth_weight").sqrt(),
            "b": (pl.col("birth_weight") < 1500).cast(pl.Int64),
            "g": pl.col("birth_weight") % 3,
            "k": pl.col("finalwgt") > 24,
        },
    ),
}


def extract(source: Path, name: str) -> pl.DataFrame:
    """One set with its design (w, h, p, s, N1, N2 or r1…), outcomes y, x, b and groups g, k."""
    file, columns = SETS[name]
    frame = pl.read_parquet(source / f"{file}.parquet")
    if name == "gss":
        known = pl.all_horizontal(pl.col("vpsu", "vstrat", "wtssps").is_not_null())
        frame = frame.filter(known, pl.col("year") >= 2012)
    made = {key: pl.col(each) if isinstance(each, str) else each for key, each in columns.items()}
    for key in ("g", "k"):
        whole = pl.col(key).cast(pl.String).str.replace(r"\.0$", "")
        frame = frame.with_columns(made[key].alias(key)).with_columns(whole)
        made[key] = pl.col(key)
    weights = [each for each in frame.columns if each.lower().startswith(("brr", "jkw", "bsrw"))]
    made |= {f"r{i + 1}": pl.col(each) for i, each in enumerate(weights)}
    return frame.select(each.alias(key) for key, each in made.items())


if __name__ == "__main__":
    for each in SETS:
        extract(Path(sys.argv[1]), each).write_csv(Path(sys.argv[2]) / f"{each}.csv", null_value="NA")
