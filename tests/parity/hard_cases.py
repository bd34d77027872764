"""Writes hard_cases.csv, rows made up to be hard. Run: python hard_cases.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

ROWS = 120


def rows() -> pl.DataFrame:
    """Seven strata whose PSU numbers start anew, the last two of one PSU, and answers of awkward kinds."""
    rng = np.random.default_rng(31)
    h = np.sort(rng.integers(1, 8, ROWS))
    word = rng.choice(["a", "b c", "it's", "é", "absent", "silent"], ROWS, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.1])
    w = np.where(word == "absent", 0.0, rng.uniform(0.5, 9, ROWS).round(2))

    def gaps(values: np.ndarray, share: float) -> pl.Series:
        return pl.Series([None if rng.random() < share else v for v in values.tolist()])

    y = gaps(rng.normal(50, 9, ROWS).round(2), 0.1)
    share = np.where(word == "a", 0, np.where(word == "b c", 1, rng.integers(0, 2, ROWS)))
    return pl.DataFrame(
        {
            "h": h,
            "p": np.where(h >= 6, 1, rng.integers(1, 4, ROWS)),
            "w": w,
            "far": np.where(rng.random(ROWS) < 0.5, w * 1e12, w * 1e-3),
            "y": pl.select(pl.when(pl.lit(pl.Series(word)) != "silent").then(y)).to_series(),
            "x": rng.uniform(1, 5, ROWS).round(2),
            "b": gaps(share, 0.05),
            "same": np.full(ROWS, 7.25),
            "most": gaps(np.full(ROWS, 0.1), 0.3),
            "none": np.zeros(ROWS, dtype=int),
            "all": gaps(np.ones(ROWS, dtype=int), 0.2),
            "never": pl.Series([None] * ROWS, dtype=pl.Float64),
            "g": gaps(word, 0.1),
            "k": gaps(rng.integers(-1, 2, ROWS), 0.2),
        }
    )


if __name__ == "__main__":
    rows().write_csv(Path(sys.argv[1]) / "hard_cases.csv")
