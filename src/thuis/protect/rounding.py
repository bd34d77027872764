"""Fewer digits where a project asks for them: what is published then says no more than it can bear.

With ``digits: standard-error`` numbers keep as many digits as a standard error of two significant digits has:
an estimate of 34.81726 with a standard error of 1.2837 is published as 34.8 and 1.3.

So are those of a wave whose weights follow from one breakdown or two, whatever was asked: with the weights in
hand ten digits count the people of each weight.

With ``respondents: rounded`` the number of respondents is rounded to tens, and what would give it back to the
last one (the number that gave the answer, weighted sums, the design effect) is rounded as far, or left out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from scipy import special

from thuis.protect.rules import ProtectionRules
from thuis.values import Release, decimals

TENS = 10
_ON_SCALE = ("estimate", "difference", "se", "lower", "upper")
_SIGNIFICANT = ("p", "p_adjusted", "deff", "df")


def coarse(release: Release, rules: ProtectionRules) -> Release:
    """The release with the digits that the rules ask for; itself where they ask for all."""
    cells, comparisons = release.cells, release.comparisons
    if rules.digits == "standard-error":
        cells, comparisons = _bearing(cells), _bearing(comparisons)
    if rules.respondents == "rounded":
        cells = _tens(cells)
    return replace(release, cells=cells, comparisons=comparisons)


def of_known(frame: pl.DataFrame, known: frozenset[tuple[str, str]]) -> pl.DataFrame:
    """Cells or comparisons with fewer digits for the indicators and waves whose weights are known.

    Of all numbers of people of each weight few give ten digits, and the design effect gives them alone. A
    change less the wave that has all digits is the other one, so either of its waves makes it keep few. The p
    value of a test is that of its difference and standard error as they are published.
    """
    if not known or frame.is_empty():
        return frame
    waves = [name for name in ("wave", "other_wave") if name in frame.columns]
    is_known = pl.any_horizontal(
        pl.struct(pl.col("indicator").alias("i"), pl.col(name).alias("w")).is_in(
            [{"i": indicator, "w": wave} for indicator, wave in sorted(known)]
        )
        for name in waves
    )
    order = frame.with_row_index("_at").with_columns(is_known.fill_null(value=False).alias("_known"))
    few, rest = (part.drop("_known") for part in (order.filter("_known"), order.filter(~pl.col("_known"))))
    few = _tested(_bearing(few))
    if "deff" in few.columns:
        few = few.with_columns(pl.col("deff").round_sig_figs(2))
    return pl.concat([few, rest]).sort("_at").drop("_at")


def _tested(frame: pl.DataFrame) -> pl.DataFrame:
    """Tests with the p value that their difference and standard error give as they are published.

    Where the difference follows exactly from two numbers of people, three digits of a p value would give as
    many of the standard error, and with a dozen questions that counts people as ten digits do.
    """
    if not {"p", "difference", "df"} <= set(frame.columns):
        return frame
    difference, se, df = (frame[name].cast(pl.Float64).to_numpy() for name in ("difference", "se", "df"))
    away = -np.abs(np.divide(difference, se, out=np.full(len(se), np.nan), where=se > 0))
    p = np.where(np.isposinf(df), 2 * special.ndtr(away), 2 * special.stdtr(df, away))
    again = pl.Series("_p", p).fill_nan(None).round_sig_figs(3)
    kept = pl.when(pl.col("p").is_not_null()).then(pl.coalesce("_p", "p"))
    return frame.with_columns(again).with_columns(p=kept).drop("_p")


def tens(n: int) -> int:
    """A number of respondents to tens, halves upwards, so that the rule can be said in a word.

    >>> tens(44), tens(45), tens(50)
    (40, 50, 50)
    """
    return (n + TENS // 2) // TENS * TENS


def _bearing(frame: pl.DataFrame) -> pl.DataFrame:
    places = [decimals(se) for se in frame["se"]]
    found = {
        name: [
            value if value is None or digits is None else round(value, digits)
            for value, digits in zip(frame[name], places, strict=True)
        ]
        for name in _ON_SCALE
        if name in frame.columns
    }
    significant = [pl.col(name).round_sig_figs(3) for name in _SIGNIFICANT if name in frame.columns]
    return frame.with_columns(
        *(pl.Series(name, values, pl.Float64) for name, values in found.items()), *significant
    )


def _tens(cells: pl.DataFrame) -> pl.DataFrame:
    # As ``tens``; Polars itself rounds halves to even.
    n = ((pl.col("n") + TENS // 2) // TENS * TENS).cast(pl.Int64)
    relative = pl.when(pl.col("n") > 0).then(n / pl.col("n"))
    return cells.with_columns(
        n=n,
        n_hit=pl.lit(None, pl.Int64),
        weighted_n=(pl.col("weighted_n") * relative).round_sig_figs(3),
        deff=pl.col("deff").round_sig_figs(2),
    )
