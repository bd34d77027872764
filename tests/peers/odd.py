"""Small sets with everything that users of other packages reported trouble with, made by a rule."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

N = 96


def _base() -> pl.DataFrame:
    i = pl.int_range(N, eager=True)
    frame = pl.DataFrame({"i": i})
    return frame.with_columns(
        h=(pl.col("i") // 16 + 1),
        psu=(pl.col("i") // 4 + 1),
        w=1.0 + (pl.col("i") * 7 % 11) / 4,
        y=((pl.col("i") * 37 % 41) - 11) / 3,
        x=(pl.col("i") * 29 % 31) / 2 + 0.5,
        b=((pl.col("i") * 13 % 17) < 7).cast(pl.Int64),
        g=pl.Series(["north side", "south", "it's", "\u00c5rhus"] * (N // 4)),
    )


def _gaps() -> pl.DataFrame:
    missing = (pl.col("i") * 5 % 7) == 0
    return _base().with_columns(
        y=pl.when(~missing).then("y"),
        g=pl.when(pl.col("i") % 9 != 4).then("g"),
        none=pl.lit(None, dtype=pl.Float64),
        out=pl.when(pl.col("psu") % 6 != 1).then("x"),
        part=pl.when(pl.col("g") != "south").then("x"),
    )


def _weights() -> pl.DataFrame:
    return _base().with_columns(
        zero=pl.when(pl.col("i") % 8 < 2).then(0.0).otherwise("w"),
        nobody=pl.when(pl.col("psu") == 5).then(0.0).otherwise("w"),
        huge=pl.col("w") * 1e14,
        tiny=pl.col("w") * 1e-14,
        equal=pl.lit(1.0),
        far=pl.col("y") + 1e9,
        same=pl.lit(3.25),
    )


def _lonely() -> pl.DataFrame:
    """A stratum with one unit; one with a unit alone in a group; every unit a stratum of its own."""
    return _base().with_columns(
        h=pl.when(pl.col("psu") == 1).then(99).otherwise("h"),
        only=pl.when(pl.col("psu") == 9).then(pl.lit("here")).otherwise(pl.lit("there")),
        own=pl.col("psu"),
        low=(pl.col("h") <= 3),
    )


def _cells() -> pl.DataFrame:
    """A table with empty cells, and answers of one person."""
    return _base().with_columns(
        a=pl.Series(["x", "y", "z"] * (N // 3)),
        c=pl.when(pl.col("i") % 3 == 2)
        .then(pl.lit("p"))
        .otherwise(pl.when(pl.col("i") * 11 % 13 < 6).then(pl.lit("p")).otherwise(pl.lit("q"))),
        one=pl.when(pl.col("i") == 40).then(pl.lit("me")).otherwise(pl.lit("rest")),
        count=(pl.col("i") * 3 % 7),
        nothing=pl.lit(0.0),
    )


SETS: dict[str, Callable[[], pl.DataFrame]] = {
    "odd_gaps": _gaps,
    "odd_weights": _weights,
    "odd_lonely": _lonely,
    "odd_cells": _cells,
}
