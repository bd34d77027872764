"""Writes the sets of survey_designs.R not shipped. Run: python extract_designs.py SURVEY-DATA FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

FILES = {
    "gss": "gss_1972_2024_design",
    "anes": "anes_2020",
    **{
        name: f"r_{name}"
        for name in ("apiclus1", "apiclus2", "apistrat", "apisrs", "mu284", "nhanes", "yrbs", "eusilc")
    },
}


def extract(source: Path, name: str) -> pl.DataFrame:
    """One set as R reads it; of the GSS the years since 2012, of mu284 with its weights."""
    frame = pl.read_parquet(source / f"{FILES[name]}.parquet")
    if name == "gss":
        known = pl.all_horizontal(pl.col("vpsu", "vstrat", "wtssps").is_not_null())
        frame = frame.filter(known, pl.col("year") >= 2012).select("vpsu", "vstrat", "wtssps", "age", "race")
        return frame.with_columns(pl.all().cast(pl.Float64))
    if name == "mu284":
        return frame.with_columns(w=pl.col("n1") / 5 * pl.col("n2") / 3)
    return frame


if __name__ == "__main__":
    for each in FILES:
        extract(Path(sys.argv[1]), each).write_csv(Path(sys.argv[2]) / f"{each}.csv", null_value="NA")
