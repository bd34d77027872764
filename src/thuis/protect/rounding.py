"""Fewer digits where a project asks for them: what is published then says no more than it can bear.

With ``digits: standard-error`` numbers keep as many digits as a standard error of two significant digits has:
an estimate of 34.81726 with a standard error of 1.2837 is published as 34.8 and 1.3.

In a wave whose weights are known numbers keep fewer, whatever was asked: with the weights in hand ten digits
of one share count the people of each weight, and so do two digits of the standard errors of a dozen.

With ``respondents: rounded`` the number of respondents is rounded to tens, and what would give it back to the
last one (the number that gave the answer, weighted sums, the design effect) is rounded as far, or left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import polars as pl
from scipy import special

from thuis.protect.rules import ProtectionRules
from thuis.values import Release, decimals

TENS = 10
STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Standard errors of a wave whose weights are known, but for the power of ten."""
MANY = 500
"""Respondents of whom a number may keep a decimal more: a cell can be filled in many ways (decision 1222)."""
DIGITS = 10
"""Decimals of a number without a standard error: all."""
EVEN = 1e-6
"""How far the middle of an interval may be from its number on the scale on which it is even."""
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


def of_known(
    frame: pl.DataFrame,
    known: frozenset[tuple[str, str]],
    people: Callable[[pl.DataFrame], Iterable[int | None]] = lambda cells: cells["n"],
) -> pl.DataFrame:
    """Cells or comparisons with fewer digits for the indicators and waves whose weights are known.

    :param people: of some rows the respondents behind each, or behind the smaller of its cells.

    Of all numbers of people of each weight few give ten digits, and the design effect gives them alone. A
    change less the wave that has all digits is the other one, so either of its waves makes it keep few.
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
    return pl.concat([_followed(few, people(few)), rest]).sort("_at").drop("_at")


def step(se: float, n: int = 0) -> tuple[float, int]:
    """A standard error of few digits, never smaller than it is, and the decimals of a number that has it.

    :param n: respondents behind the number, or behind the smaller of two: of many one decimal more is told.

    >>> step(5.83), step(1.43), step(0.83), step(9.2), step(431.0), step(1.43, 500)
    ((6.0, 0), (1.5, 0), (1.0, 1), (10.0, 0), (500.0, -2), (1.5, 1))
    """
    power = math.floor(math.log10(se))
    kept = next(each for each in STEPS if each * (1 + 1e-9) >= se / 10.0**power)
    kept = float(f"{kept}e{power}")
    return kept, math.floor(1 - math.log10(kept) + 1e-9) + (n >= MANY)


def _followed(frame: pl.DataFrame, people: Iterable[int | None]) -> pl.DataFrame:
    """Numbers of few digits, with the interval and p value that follow from them as they are published.

    Of their own digits these would give the standard error more sharply: where a share follows from two
    numbers of people, a dozen of them count people as ten digits do. An interval keeps its form: even on the
    scale of the number, or of its log odds; that of a quantile is made of answers and is rounded.
    """
    name = "difference" if "difference" in frame.columns else "estimate"
    value, se, lower, upper, df = (
        frame[each].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for each in (name, "se", "lower", "upper", "df")
    )
    steps = [
        step(each, n or 0) if np.isfinite(each) and each > 0 else (each, DIGITS)
        for each, n in zip(se, people, strict=True)
    ]
    kept = np.array([each[0] for each in steps])
    place = [each[1] for each in steps]
    now, low, high = (
        np.array([round(v, at) if np.isfinite(v) else v for v, at in zip(of, place, strict=True)])
        for of in (value, lower, upper)
    )
    with np.errstate(all="ignore"):
        wider = kept / se * (upper - lower) / 2
        odds = [special.logit(each / 100) for each in (value, lower, upper)]
        spread = (odds[2] - odds[1]) / 2 * kept / se * value * (100 - value) / (now * (100 - now))
        ends = [100 * special.expit(special.logit(now / 100) + sign * spread) for sign in (-1, 1)]
        logit = (np.abs(odds[1] + odds[2] - 2 * odds[0]) < EVEN) & np.isfinite(ends[0] + ends[1])
        even = np.abs(lower + upper - 2 * value) < EVEN * (upper - lower)
        away = -np.abs(now / np.where(kept > 0, kept, np.nan))
        p = np.where(np.isposinf(df), 2 * special.ndtr(away), 2 * special.stdtr(df, away))
    told = {
        name: now,
        "se": kept,
        "lower": np.where(logit, ends[0], np.where(even, now - wider, low)),
        "upper": np.where(logit, ends[1], np.where(even, now + wider, high)),
    }
    found = frame.with_columns(pl.Series(each, of, nan_to_null=True) for each, of in told.items())
    if "p" in frame.columns:
        again = pl.Series("_p", p, nan_to_null=True)
        found = found.with_columns(p=pl.when(pl.col("p").is_not_null()).then(pl.coalesce(again, "p")))
    if "deff" in frame.columns:
        found = found.with_columns(deff=pl.lit(None, pl.Float64))
    rounded = [each for each in ("df", "p", "lower", "upper") if each in found.columns]
    return found.with_columns(pl.col(each).round_sig_figs(3) for each in rounded)


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
