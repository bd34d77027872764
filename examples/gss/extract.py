"""Take the columns this example needs from the General Social Survey's 2016-2020 panel file.

The panel file is wide: one row per respondent, ``_1a`` for the interview of 2016, ``_1b`` for 2018 and ``_2``
for the reinterview of 2020. Columns and codes are kept as NORC has them; everything that is made of them
stands in ``waves/``.

    python examples/gss/extract.py gss_panel_2016_2018_2020.parquet examples/gss/data/gss_panel.parquet
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

ASKED = (
    *(
        "born",
        "parborn",
        "race",
        "hispanic",
        "sex",
        "age",
        "degree",
        "educ",
        "wrkstat",
        "happy",
        "trust",
        "fair",
        "helpful",
        "confed",
        "conlegis",
    ),
    *("conjudge", "conpress", "racdif1", "disrspct", "letin1a", "vstrat", "vpsu", "year"),
)
WEIGHT = "wtssnr"
SUFFIXES = ("_1a", "_1b", "_2")


def extract(panel: pl.DataFrame) -> pl.DataFrame:
    """The respondents of ``panel`` with the columns needed: codes as whole numbers, weights as they are."""
    asked = [name + suffix for name in ASKED for suffix in SUFFIXES if name + suffix in panel.columns]
    return panel.select(
        pl.col("samptype", "yearid").cast(pl.Int32),
        *(pl.col(name).cast(pl.Int16) for name in asked),
        *(pl.col(WEIGHT + suffix) for suffix in SUFFIXES),
    ).sort("samptype", "yearid")


def main(source: str, target: str) -> None:
    """Read the panel at ``source`` and write the extract to ``target``."""
    extract(pl.read_parquet(source)).write_parquet(Path(target), compression="zstd", compression_level=19)


if __name__ == "__main__":
    main(*sys.argv[1:3])
