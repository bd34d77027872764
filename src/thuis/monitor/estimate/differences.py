"""The differences of all figures as frames, with the covariance of the design they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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


Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of cells by their position in a frame of cells: ``at`` is compared with ``of``."""

    at: Places
    of: Places
    broken: NDArray[np.bool_]

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
    found: dict[tuple[str, str], tuple[Cell, ...]] = {}
    for cells in waves:
        for indicator, breakdown, there, _ in _figures(cells):
            before = found.setdefault((indicator, breakdown), there)
            if before != there:
                found[indicator, breakdown] = tuple(dict.fromkeys((*before, *there)))
    return found


def within_waves(project: Project, tables: Tables, cells: pl.DataFrame, known: Ever) -> pl.DataFrame:
    """Differences between categories in one wave; ``known`` tells the cells of all of them."""
    # Most figures by the same breakdowns have the same cells, and so the same pairs of them.
    alike: dict[tuple[str, tuple[Cell, ...], Sequence[Cell]], Places] = {}
    found = [np.zeros((0, 2), dtype=np.int64)]
    for indicator, breakdown, there, at in _figures(cells):
        key = (breakdown, there, known[indicator, breakdown])
        if key not in alike:
            parts = [project.breakdowns[each] for each in breakdown_parts(breakdown)]
            place = {cell: number for number, cell in enumerate(there)}
            pairs = [(place[one], place[other]) for one, other in category_pairs(parts, there, key[2])]
            alike[key] = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        found.append(at[alike[key]])
    at, of = np.concatenate(found).T
    pairs_ = Pairs(at, of, np.zeros(len(at), dtype=np.bool_))
    return _with(pairs_.frame(cells, "category"), tables, cells, pairs_, project)


def _known() -> pl.Expr:
    return pl.col("estimate").is_not_null() & (pl.col("n") > 0)


def _figures(cells: pl.DataFrame) -> Iterator[tuple[str, str, tuple[Cell, ...], Places]]:
    """Every figure, its cells with anybody in them, and where these stand."""
    known = cells.with_row_index("at").filter(_known())
    numbered = known.select("cell").unique().with_row_index("number")
    names = [tuple(each) for each in numbered["cell"].to_list()]
    figures = (
        known.join(numbered, on="cell", how="left", maintain_order="left")
        .group_by("indicator", "breakdown", maintain_order=True)
        .agg(pl.col("number", "at").cast(pl.Int64))
    )
    ends = np.cumsum(figures["at"].list.len().to_numpy())[:-1]
    numbers, places = (np.split(figures[each].explode().to_numpy(), ends) for each in ("number", "at"))
    same: dict[bytes, tuple[Cell, ...]] = {}
    of = figures.select("indicator", "breakdown").iter_rows()
    for (indicator, breakdown), own, at in zip(of, numbers, places, strict=False):
        there = own.tobytes()
        if there not in same:
            same[there] = tuple(names[number] for number in own)
        yield indicator, breakdown, same[there], at


def _with(
    frame: pl.DataFrame, tables: Tables, cells: pl.DataFrame, pairs: Pairs, project: Project
) -> pl.DataFrame:
    if not len(pairs.at):
        return frame.with_columns(pl.lit(None, pl.Float64).alias(each) for each in NUMBERS)
    rows = cells["row"].to_numpy()
    _, difference, se = tables.apart(np.column_stack([rows[pairs.of], rows[pairs.at]]))
    percent = [each.id for each in project.indicators if each.percentage]
    times = pl.when(pl.col("indicator").is_in(percent)).then(100.0).otherwise(1.0)
    return frame.with_columns(
        pl.Series("difference", difference, nan_to_null=True) * times,
        pl.Series("se", se, nan_to_null=True) * times,
        pl.lit(float(tables.df)).alias("df"),
    )


def over_time(project: Project, cells: pl.DataFrame, panel: Tables | None = None) -> pl.DataFrame:
    """Differences between waves of each category, from independent samples or from the tables of a panel."""
    pairs = _in_time(project, cells)
    frame = pairs.frame(cells, "wave")
    if panel:
        return _with(frame, panel, cells, pairs, project)
    value, se, df = (cells[name].to_numpy().astype(float) for name in ("estimate", "se", "df"))
    at, of = pairs.at, pairs.of
    found = independent(value[at], value[of], se[at], se[of], df[at], df[of])
    return frame.with_columns(
        pl.Series(name, numbers).fill_nan(None) for name, numbers in zip(NUMBERS, found, strict=True)
    )


def _in_time(project: Project, cells: pl.DataFrame) -> Pairs:
    """Pairs of waves of each cell, cell by cell."""
    steps = _Steps(project)
    waves = {wave.id: number for number, wave in enumerate(project.waves)}
    known = cells.with_row_index("at").filter(_known())
    series = known.group_by("indicator", "breakdown", "cell", maintain_order=True).agg("wave", "at")
    rows = series.select("wave", "at").with_row_index("series").explode("wave", "at")
    numbers = rows["wave"].replace_strict(waves, return_dtype=pl.Int64) if rows.height else rows["series"]
    where = np.full((series.height, len(waves)), -1)
    where[rows["series"].to_numpy(), numbers.to_numpy()] = rows["at"].to_numpy()
    alike: dict[int, list[int]] = {}
    asked = [steps.of(*each) for each in series.select("indicator", "breakdown", "cell").iter_rows()]
    for number, each in enumerate(asked):
        alike.setdefault(id(each), []).append(number)
    found = [np.zeros((0, 5), dtype=np.int64)]
    for own in alike.values():
        for number, (later, earlier, broken) in enumerate(asked[own[0]]):
            at, of = where[own, waves[later]], where[own, waves[earlier]]
            pair = (own, np.full_like(at, number), at, of, np.full_like(at, broken))
            found.append(np.column_stack(pair)[(at >= 0) & (of >= 0)])
    pairs = np.concatenate(found)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return Pairs(pairs[:, 2], pairs[:, 3], pairs[:, 4].astype(np.bool_))


class _Steps:
    """Which waves of a cell are compared, and over which of them a break stands."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._order = [wave.id for wave in project.waves if not wave.pools]
        self._known: dict[tuple[str, ...], list[tuple[str, str, bool]]] = {}
        self._named: dict[tuple[str, str], list[tuple[str, int]]] = {}

    def of(self, indicator: str, breakdown: str, cell: Sequence[str]) -> list[tuple[str, str, bool]]:
        """The steps of a cell: one list for all cells of which the breaks are the same."""
        parts = self._named.get((indicator, breakdown))
        if parts is None:
            named = {name for each in self._project.indicator(indicator).breaks for name in each.only}
            at = {name: number for number, name in enumerate(breakdown_parts(breakdown))}
            parts = self._named[indicator, breakdown] = [(each, at[each]) for each in sorted(named & set(at))]
        key = (indicator, *(f"{name}={cell[number]}" for name, number in parts))
        if key not in self._known:
            groups = dict(zip(breakdown_parts(breakdown), cell, strict=True))
            self._known[key] = self._steps(self._project.indicator(indicator), groups)
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
