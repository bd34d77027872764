"""What protection asks of a cell beside its estimate: how alike its answers are, and whose weight it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from thuis.project.model import Indicator
from thuis.read.microdata import BREAKDOWN, weight_column
from thuis.values import breakdown_id

KEY = ("indicator", "breakdown", "wave", "cell")
TELLING: dict[str, pl.DataType] = {
    "alike": pl.Int64(),
    "positive": pl.Int64(),
    "largest": pl.Float64(),
    "two_largest": pl.Float64(),
    "n_effective": pl.Float64(),
    "at_value": pl.Int64(),
    "adds_largest": pl.Float64(),
    "adds_two": pl.Float64(),
    "adds_rest": pl.Float64(),
    "lightest_side": pl.Float64(),
}
"""Columns beside those of a cell, which protection reads and nobody publishes: the respondents who gave the
commonest answer to a mean, those with a weight above zero, the part of the weight (0-1) of the largest one
and two, the effective number of respondents of Kish (1965), ``(sum w)^2 / sum w^2``, and the fewest
respondents at a median or an end of its interval. Of a ratio the part is that of what they add to it, above
the line or below.

Of a mean or a share, ``adds_largest`` and ``adds_two`` are the parts (0-1) that one respondent and two have
of what is added up, weight times distance from an end of the scale, at the end where it is most;
``adds_rest`` is the least that all but the largest two add, as part of the largest. A side of a share of
fewer than :data:`COUNTED` people is judged by their number. ``lightest_side`` is the weight of the smaller
side of a share as part of the largest weight."""
COUNTED = 3
"""People of equal weight who have no more than two thirds of a side by two: fewer always have it all."""


def telling(indicators: Sequence[Indicator], respondents: pl.DataFrame, wave: str) -> pl.DataFrame:
    """The columns of :data:`TELLING` for every cell of a wave with respondents in it."""
    found = [pl.DataFrame(schema=_schema())]
    groupings = dict.fromkeys(parts for each in indicators for parts in each.groupings)
    for parts in groupings:
        asked = [each for each in indicators if parts in each.groupings]
        columns = [BREAKDOWN + part for part in parts]
        rows = respondents.drop_nulls(columns) if columns else respondents
        by = [pl.col(each) for each in columns] or [pl.lit(1).alias("_all")]
        wide = rows.group_by(by, maintain_order=True).agg(each for one in asked for each in _about(one))
        found += [_long(wide, one, parts, wave) for one in asked]
    return pl.concat(found)


def _about(indicator: Indicator) -> Iterable[pl.Expr]:
    answered = pl.col(indicator.column).is_not_null()
    if indicator.among:
        answered = answered & pl.col(indicator.column).is_in(list(indicator.among))
    given = pl.col(weight_column(indicator.weight or ""))
    weight = given.filter(answered & (given > 0)).cast(pl.Float64)
    whole, name = weight.sum(), indicator.id
    if indicator.kind == "ratio":
        yield from _of_ratio(indicator, answered, given)
        return
    yield pl.lit(None, pl.Int64).alias(f"at_value {name}")
    if indicator.kind in ("mean", "median"):
        yield pl.col(indicator.column).filter(answered).unique_counts().max().alias(f"alike {name}")
    else:
        yield pl.lit(None, pl.Int64).alias(f"alike {name}")
    yield weight.len().alias(f"positive {name}")
    yield (weight.max() / whole).alias(f"largest {name}")
    yield (weight.top_k(2).sum() / whole).alias(f"two_largest {name}")
    yield (whole**2 / (weight**2).sum()).alias(f"n_effective {name}")
    yield from _added(indicator, answered & (given > 0), given.cast(pl.Float64))


def _added(indicator: Indicator, counted: pl.Expr, weight: pl.Expr) -> Iterable[pl.Expr]:
    """What single respondents add to a mean or a share, seen from either end."""
    name, value = indicator.id, pl.col(indicator.column)
    if indicator.kind == "mean" and indicator.scale:
        low, high = indicator.scale
        distances, least = [(value - low).abs(), (high - value).abs()], 1
    elif indicator.kind in ("proportion", "total"):
        hit = value.is_in(list(indicator.counted)).cast(pl.Float64)
        distances, least = [hit, 1 - hit], COUNTED
    else:
        yield from _nothing(name)
        return
    sides = [(weight * each).filter(counted & (each > 0)) for each in distances]

    def of(worst: Callable[[pl.Expr], pl.Expr]) -> list[pl.Expr]:
        return [pl.when(each.len() >= least).then(worst(each)) for each in sides]

    yield pl.max_horizontal(of(lambda e: e.max() / e.sum())).alias(f"adds_largest {name}")
    yield pl.max_horizontal(of(lambda e: e.top_k(2).sum() / e.sum())).alias(f"adds_two {name}")
    rest = of(lambda e: (e.sum() - e.top_k(2).sum()) / e.max())
    yield pl.min_horizontal(rest).alias(f"adds_rest {name}")
    lightest = pl.min_horizontal([each.sum() for each in sides]) / weight.filter(counted).max()
    yield (lightest if least == COUNTED else pl.lit(None, pl.Float64)).alias(f"lightest_side {name}")


def _nothing(name: str) -> Iterable[pl.Expr]:
    for each in ("adds_largest", "adds_two", "adds_rest", "lightest_side"):
        yield pl.lit(None, pl.Float64).alias(f"{each} {name}")


def _of_ratio(indicator: Indicator, answered: pl.Expr, given: pl.Expr) -> Iterable[pl.Expr]:
    """A ratio is of amounts: who has much of one has much to say, whatever the weight."""
    name, above, below = indicator.id, pl.col(indicator.column), pl.col(indicator.below)
    counted = answered & (given > 0)
    pair = pl.struct(above, below).filter(answered)
    yield pl.lit(None, pl.Int64).alias(f"at_value {name}")
    yield pair.unique_counts().max().alias(f"alike {name}")
    yield counted.sum().alias(f"positive {name}")
    parts = [(given.cast(pl.Float64) * each.abs()).filter(counted) for each in (above, below)]
    largest = [each.max() / each.sum() for each in parts]
    yield pl.max_horizontal(largest).alias(f"largest {name}")
    yield pl.max_horizontal([each.top_k(2).sum() / each.sum() for each in parts]).alias(f"two_largest {name}")
    weight = given.filter(counted).cast(pl.Float64)
    yield (weight.sum() ** 2 / (weight**2).sum()).alias(f"n_effective {name}")
    yield from _nothing(name)


def _long(wide: pl.DataFrame, indicator: Indicator, parts: tuple[str, ...], wave: str) -> pl.DataFrame:
    cell = pl.concat_list([BREAKDOWN + part for part in parts]) if parts else pl.lit([], pl.List(pl.String))
    found = {name: pl.col(f"{name} {indicator.id}").cast(kind) for name, kind in TELLING.items()}
    return wide.select(
        pl.lit(indicator.id).alias("indicator"),
        pl.lit(breakdown_id(parts)).alias("breakdown"),
        pl.lit(wave).alias("wave"),
        cell.alias("cell"),
        *(
            (each.fill_nan(None) if TELLING[name] == pl.Float64() else each).alias(name)
            for name, each in found.items()
        ),
    )


def _schema() -> dict[str, pl.DataType]:
    return {
        "indicator": pl.String(),
        "breakdown": pl.String(),
        "wave": pl.String(),
        "cell": pl.List(pl.String()),
        **TELLING,
    }
