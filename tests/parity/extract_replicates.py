"""Writes the extracts of survey_replicates.R. Run: python extract_replicates.py SURVEY-DATA FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

SETS = {
    "brr": ("samplics_nhanes2brr_subset", "weight", "height", 300),
    "jkn": ("samplics_nhanes2jk_subset", "weight", "height", 250),
    "bootstrap": ("samplics_nmihs_subset", "birth_weight", "birth_weight", 250),
    "recs": ("recs_2015_brr96", "TOTCSQFT", "TOTSQFT_EN", 5686),
}


def extract(source: Path, name: str) -> pl.DataFrame:
    """Weights as ``w`` and ``r1…``, an outcome with gaps, a second one, a share and a group."""
    file, y, x, rows = SETS[name]
    frame = pl.read_parquet(source / f"{file}.parquet").head(rows)
    weight = "NWEIGHT" if name == "recs" else "finalwgt"
    replicates = [each for each in frame.columns if each.lower().startswith(("brr", "jkw", "bsrw"))]
    row = pl.int_range(pl.len())
    return frame.select(
        pl.col(weight).alias("w"),
        pl.when(row % 7 != 3).then(pl.col(y)).alias("y"),
        (pl.col(x) + (row % 5) if x == y else pl.col(x)).alias("x"),
        pl.when(row % 11 != 5).then((pl.col(y) > pl.col(y).median()).cast(pl.Int8)).alias("b"),
        (row % 3).alias("g"),
        *(pl.col(each).alias(f"r{i + 1}") for i, each in enumerate(replicates)),
    )


if __name__ == "__main__":
    for each in SETS:
        extract(Path(sys.argv[1]), each).write_csv(Path(sys.argv[2]) / f"{each}.csv", null_value="NA")
