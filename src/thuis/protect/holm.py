"""Verdicts on differences, adjusted for the number of those that are published and no others.

A test that is withheld may not count: how many there are, and where their p values stand among the others,
could be worked out from what is published.
"""

from __future__ import annotations

import polars as pl


def judged(rows: pl.DataFrame, level: float, family: list[str]) -> pl.DataFrame:
    """Adds ``p_adjusted`` (Holm 1979, within each ``family``) and ``verdict``.

    >>> tests = pl.DataFrame({"f": ["a"] * 3, "p": [0.01, 0.04, 0.03], "difference": [1.0, 1.0, -1.0]})
    >>> judged(tests, 0.95, ["f"]).select("p_adjusted", "verdict").rows()
    [(0.03, 'higher'), (0.06, 'none'), (0.06, 'none')]
    """
    p = pl.col("p")
    tests = p.count().over(family)
    rank = p.rank("ordinal").over(family).cast(pl.Int64)
    steps = rows.with_row_index("_at").with_columns(
        ((tests - rank + 1) * p).alias("_step"), rank.alias("_rank")
    )
    steps = steps.sort("_rank", nulls_last=True).with_columns(
        pl.min_horizontal(pl.col("_step").cum_max().over(family), pl.lit(1.0)).alias("p_adjusted")
    )
    steps = steps.with_columns(
        pl.when(pl.col("_step").is_null()).then(None).otherwise(pl.col("p_adjusted")).alias("p_adjusted")
    )
    shown = (pl.col("p_adjusted") < 1 - level).fill_null(value=False)
    verdict = (
        pl.when(shown & (pl.col("difference") > 0))
        .then(pl.lit("higher"))
        .when(shown & (pl.col("difference") < 0))
        .then(pl.lit("lower"))
        .otherwise(pl.lit("none"))
    )
    return steps.with_columns(verdict.alias("verdict")).sort("_at").drop("_at", "_step", "_rank")
