"""The differences of all figures as frames, with the covariance of the design they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.monitor.estimate.pairs import Cell, category_pairs, wave_pairs
from thuis.project.comparable import between
from thuis.project.model import Indicator, Project
from thuis.survey import Estimates as Tables
from thuis.survey.core.intervals import t_test
from thuis.values import breakdown_parts

NUMBERS = ("difference", "se", "df")


@dataclass(slots=True)
class Pairs:
    """Pairs of cells by their position in a frame of cells: ``at`` is compared with ``of``."""

    at: list[int] = field(default_factory=list)
    of: list[int] = field(default_factory=list)
    broken: list[bool] = field(default_factory=list)

    def add(self, at: int, of: int, *, broken: bool = False) -> None:
        """One more pair."""
        self.at.append(at)
        self.of.append(of)
        self.broken.append(broken)

    def frame(self, cells: pl.DataFrame, type_: str) -> pl.DataFrame:
        """What identifies each pair, in the columns of comparisons; gathered whole, since they are many."""
        one = cells.select("indicator", "breakdown", pl.lit(type_).alias("type"), "wave", "cell")
        other = cells.select(pl.col("wave").alias("other_wave"), pl.col("cell").alias("other"))
        frame = pl.concat([one[self.at], other[self.of]], how="horizontal")
        if type_ == "category":
            frame = frame.with_columns(pl.lit(None, pl.String).alias("other_wave"))
        return frame.with_columns(pl.Series("across_break", self.broken, dtype=pl.Boolean))


Ever = Mapping[tuple[str, str], Sequence[Cell]]
"""The cells with anybody in some wave, by indicator and breakdown."""


def ever(waves: Iterable[pl.DataFrame]) -> Ever:
    """The cells of each figure in which anybody is, in whatever wave."""
    found: dict[tuple[str, str], dict[Cell, None]] = {}
    for cells in waves:
        for indicator, breakdown, there in _figures(cells):
            found.setdefault((indicator, breakdown), {}).update(dict.fromkeys(there))
    return {figure: tuple(cells) for figure, cells in found.items()}


def within_waves(project: Project, tables: Tables, cells: pl.DataFrame, known: Ever) -> pl.DataFrame:
    """Differences between categories in one wave; ``known`` tells the cells of all of them."""
    pairs = Pairs()
    for indicator, breakdown, there in _figures(cells):
        parts = [project.breakdowns[each] for each in breakdown_parts(breakdown)]
        for cell, other in category_pairs(parts, list(there), known[indicator, breakdown]):
            pairs.add(there[cell], there[other])
    return _with(pairs.frame(cells, "category"), tables, cells, pairs, project)


def _known() -> pl.Expr:
    return pl.col("estimate").is_not_null() & (pl.col("n") > 0)


def _figures(cells: pl.DataFrame) -> Iterable[tuple[str, str, dict[Cell, int]]]:
    known = cells.with_row_index("at").filter(_known())
    figures = known.group_by("indicator", "breakdown", maintain_order=True).agg("cell", "at")
    for indicator, breakdown, found, at in figures.select("indicator", "breakdown", "cell", "at").iter_rows():
        yield indicator, breakdown, dict(zip(map(tuple, found), at, strict=True))


def _with(
    frame: pl.DataFrame, tables: Tables, cells: pl.DataFrame, pairs: Pairs, project: Project
) -> pl.DataFrame:
    if not pairs.at:
        return frame.with_columns(pl.lit(None, pl.Float64).alias(each) for each in NUMBERS)
    rows = cells["row"].to_numpy()
    found = tables.differences(np.column_stack([rows[pairs.of], rows[pairs.at]]))
    percent = [each.id for each in project.indicators if each.percentage]
    times = pl.when(pl.col("indicator").is_in(percent)).then(100.0).otherwise(1.0)
    found = found.select(NUMBERS).cast(pl.Float64)
    return pl.concat([frame, found], how="horizontal").with_columns(
        pl.col("difference") * times, pl.col("se") * times
    )


def over_time(project: Project, cells: pl.DataFrame, panel: Tables | None = None) -> pl.DataFrame:
    """Differences between waves of each category, from independent samples or from the tables of a panel."""
    steps = _Steps(project)
    known = cells.with_row_index("at").filter(_known())
    series = known.group_by("indicator", "breakdown", "cell", maintain_order=True).agg("wave", "at")
    pairs = Pairs()
    columns = ("indicator", "breakdown", "cell", "wave", "at")
    for indicator, breakdown, cell, waves, at in series.select(columns).iter_rows():
        there = dict(zip(waves, at, strict=True))
        for later, earlier, broken in steps.of(indicator, breakdown, cell):
            if later in there and earlier in there:
                pairs.add(there[later], there[earlier], broken=broken)
    frame = pairs.frame(cells, "wave")
    if panel:
        return _with(frame, panel, cells, pairs, project)
    value, se, df = (cells[name].to_numpy().astype(float) for name in ("estimate", "se", "df"))
    at, of = np.array(pairs.at, dtype=np.int64), np.array(pairs.of, dtype=np.int64)
    found = independent(value[at], value[of], se[at], se[of], df[at], df[of])
    return frame.with_columns(
        pl.Series(name, numbers).fill_nan(None) for name, numbers in zip(NUMBERS, found, strict=True)
    )


class _Steps:
    """Which waves of a cell are compared, and over which of them a break stands."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._order = [wave.id for wave in project.waves if not wave.pools]
        self._known: dict[tuple[str, ...], list[tuple[str, str, bool]]] = {}

    def of(self, indicator: str, breakdown: str, cell: Sequence[str]) -> list[tuple[str, str, bool]]:
        one = self._project.indicator(indicator)
        groups = dict(zip(breakdown_parts(breakdown), cell, strict=True))
        named = {name for each in one.breaks for name in each.only}
        key = (indicator, *(f"{name}={groups[name]}" for name in sorted(named & set(groups))))
        if key not in self._known:
            self._known[key] = self._steps(one, groups)
        return self._known[key]

    def _steps(self, one: Indicator, groups: Mapping[str, str]) -> list[tuple[str, str, bool]]:
        def broken(pair: tuple[str, str]) -> bool:
            return bool(between(one.breaks, self._order, *pair, groups))

        # A pooled wave holds others, which it cannot differ from.
        asked = [each for each in self._project.asked(one.variable) if each in self._order]
        return [(*pair, broken(pair)) for pair in wave_pairs(asked, broken)]


Floats = NDArray[np.float64]


def independent(
    values: Floats, others: Floats, se: Floats, other_se: Floats, df: Floats, other_df: Floats
) -> tuple[Floats, Floats, Floats]:
    """Difference, standard error and degrees of freedom of estimates from two independent samples.

    The degrees of freedom are Satterthwaite's (1946, Biometrics Bulletin 2), as in Welch's test.

    >>> one = [np.array([each]) for each in (5.0, 3.0, 0.3, 0.4, 30.0, 20.0)]
    >>> [round(float(each[0]), 6) for each in independent(*one)]
    [2.0, 0.5, 40.322581]
    """
    a, b = se**2, other_se**2
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (a + b) ** 2 / (a**2 / df + b**2 / other_df)
    return values - others, np.sqrt(a + b), freedom


def with_test(rows: pl.DataFrame, level: float) -> pl.DataFrame:
    """Adds ``lower``, ``upper`` and ``p`` to differences with ``difference``, ``se`` and ``df``.

    A difference without spread cannot be tested: its ``p`` is null.
    """
    difference, se, df = (rows[name].to_numpy().astype(float) for name in ("difference", "se", "df"))
    lower, upper, _, p = t_test(difference, se, df, level)
    columns = {"lower": lower, "upper": upper, "p": p}
    return rows.with_columns(
        pl.Series(name, np.where(se > 0, numbers, np.nan)).fill_nan(None) for name, numbers in columns.items()
    )
