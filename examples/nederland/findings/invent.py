"""Invent what no open file in this folder has: an earlier count per municipality, and the moves of a year.

    python invent.py

Both rest on the real counts of ``municipalities-2021.csv`` and on nothing else; they show what the two maps
do, and say nothing of a municipality. The same seed gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

HERE = Path(__file__).parent
GROUPS = ("dutch", "western", "non-western")
SEED = 20160101


def earlier(counts: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Fewer people with a background elsewhere, by a part that differs between municipalities."""
    parts = {"dutch": (1.01, 0.02), "western": (0.90, 0.04), "non-western": (0.88, 0.05)}
    drawn = {
        name: np.rint(counts[name].to_numpy() * random.normal(*parts[name], counts.height)).astype(int)
        for name in GROUPS
    }
    return counts.select("code", "name").with_columns(pl.Series(k, v) for k, v in drawn.items())


def moves(counts: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Arrivals, departures and moves inside; larger municipalities have more of the last."""
    people = counts.select(pl.sum_horizontal(GROUPS)).to_series().to_numpy()
    inside = 0.035 + 0.006 * np.log(people / 50_000)
    rates = {"arrivals": 0.047, "departures": 0.044, "within": np.clip(inside, 0.01, 0.09)}
    drawn = {
        name: np.rint(people * rate * random.lognormal(0, 0.15, people.size)).astype(int)
        for name, rate in rates.items()
    }
    return counts.select("code", "name", pl.Series("population", people)).with_columns(
        pl.Series(k, v) for k, v in drawn.items()
    )


if __name__ == "__main__":
    table = pl.read_csv(HERE / "municipalities-2021.csv")
    generator = np.random.default_rng(SEED)
    earlier(table, generator).write_csv(HERE / "municipalities-2016-invented.csv")
    moves(table, generator).write_csv(HERE / "moves-2021-invented.csv")
