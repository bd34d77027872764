"""A published number straight from the respondents, not through the estimation library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.findings.respondents import outcome
from thuis.monitor.estimate.medians import rounded
from thuis.project.model import Breakdown, Indicator
from thuis.project.sets import parts
from thuis.read.microdata import BREAKDOWN, weight_column

Cell = tuple[Sequence[Breakdown], Sequence[str], Indicator]


@dataclass(frozen=True, slots=True)
class Recount:
    """A number and the two sums it is made of; of a quantile these are the weight up to it, and all."""

    value: float
    part: float
    whole: float


def resolved(indicator: Indicator, breakdowns: Sequence[Breakdown], ids: Sequence[str]) -> Cell:
    """The breakdowns and categories of a cell, and what is counted in it: of a set, one of its answers."""
    if not indicator.set_of_answers:
        return breakdowns, ids, indicator
    at = [each.id for each in indicator.answers].index(ids[-1])
    return breakdowns[:-1], ids[:-1], parts(indicator)[at]


def recount(people: pl.DataFrame, cell: Cell) -> Recount:
    """The number of a cell among the respondents of a wave."""
    breakdowns, ids, one = cell
    for each, id_ in zip(breakdowns, ids, strict=True):
        people = people.filter(pl.col(BREAKDOWN + each.id) == id_)
    weight = pl.col(weight_column(one.weight or "")).alias("weight")
    below = pl.col(one.below) if one.kind == "ratio" else pl.lit(1.0)
    rows = people.select(weight, outcome(one).alias("counts"), below.alias("below")).drop_nulls("counts")
    part, whole = (
        float(rows.select((pl.col("weight") * pl.col(name)).sum()).item()) for name in ("counts", "below")
    )
    if one.kind == "median":
        return _quantile(rows.filter(pl.col("weight") > 0), one, whole)
    times = {"proportion": 100 / whole, "total": 1.0}.get(one.kind, 1 / whole)
    return Recount(part * times, part, whole)


def _quantile(rows: pl.DataFrame, one: Indicator, whole: float) -> Recount:
    up = rows.sort("counts").with_columns(pl.col("weight").cum_sum().alias("up"))
    row = up.filter(pl.col("up") >= whole * one.quantile * (1 - 1e-12)).row(0, named=True)
    value = rounded(np.array([row["counts"]], dtype=float), one.rounding)
    return Recount(float(value[0]), float(row["up"]), whole)
