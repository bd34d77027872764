"""From grouped sums to a tidy frame of estimates with their covariances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from thuis.survey import intervals
from thuis.survey.cells import Estimated, Grouped, Spread, described, estimated
from thuis.survey.checks import NUMBERS, check
from thuis.survey.covariance import Block, Scores
from thuis.survey.cross import Cross, Origin
from thuis.survey.engine.sql import Term, grouped, inner, mask_of, sums
from thuis.survey.estimates import Estimates
from thuis.survey.measures import Measure, Proportion
from thuis.survey.spread import spreads
from thuis.survey.variance import Bools, Floats, Ints, starts

if TYPE_CHECKING:
    from thuis.survey.sample import Sample

WIDTH = 24
"""Measures in one query: a wider one takes longer to plan and more memory than it saves in scanning."""

LARGE = 200_000
"""Rows from which a second query is worth its start."""

COUNTS = {"n": pl.Int64(), "n_hit": pl.Int64()}


@dataclass(frozen=True, slots=True)
class Options:
    """What a table is asked with."""

    level: float = 0.95
    interval: str | None = None
    df: str | float = "design"


def tabulate(
    sample: Sample, measures: Sequence[Measure], by: Sequence[tuple[str, ...]], options: Options
) -> Estimates:
    """See :meth:`thuis.survey.Sample.tabulate`."""
    measures, by = tuple(measures), tuple(dict.fromkeys(tuple(each) for each in by))
    check(sample.table, measures, by, options, replicated=sample.replicates is not None)
    terms = sample.terms(measures)
    names = sorted({column for grouping in by for column in grouping})
    tables: dict[tuple[str, ...], list[_Part]] = {grouping: [] for grouping in by}
    for begin in range(0, len(terms), WIDTH):
        found = _query(sample, terms[begin : begin + WIDTH], names, by, options)
        for grouping, part in found.items():
            tables[grouping].append(part)
    frames, blocks, start = [], [], 0
    for grouping, parts in tables.items():
        if parts:
            frames.append(_frame(measures, grouping, parts, options))
        for part in parts:
            blocks.append(Block(start, part.size, part.spread))
            start += part.size * blocks[-1].width
    frame = pl.concat(frames) if frames else _empty(names)
    cross = None
    if sample.element:
        cross = Cross(sample, tuple(terms), frame, by, _origin(list(tables.values())))
    stages, se = sample.stages, None
    if stages[0].strata.unknown.any():
        stages = (replace(stages[0], strata=stages[0].strata.without_average),)
        se = frame["se"].fill_null(0.0).to_numpy()
    load = sample.calibration.load if sample.calibration else None
    scores = Scores(tuple(blocks), stages, sample.height, cross, se, load)
    df = sample.df if isinstance(options.df, str) else float(options.df)
    return Estimates(frame, options.level, df, scores)


def _origin(tables: list[list[_Part]]) -> Origin:
    grouping, cell, measure, ratio, inverse = [], [], [], [], []
    for g, parts in enumerate(tables):
        first = 0
        for part in parts:
            width = len(part.terms)
            grouping.append(np.full(part.size * width, g))
            cell.append(np.tile(np.arange(part.size), width))
            measure.append(np.repeat(np.arange(first, first + width), part.size))
            ratio.append(part.made.ratio.T.ravel())
            inverse.append(part.made.inverse.T.ravel())
            first += width
    if not grouping:
        none = np.zeros(0, np.int64)
        return Origin(none, none, none, np.zeros(0), np.zeros(0))
    return Origin(
        np.concatenate(grouping),
        np.concatenate(cell),
        np.concatenate(measure),
        np.concatenate(ratio),
        np.concatenate(inverse),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One grouping of one query."""

    index: pl.DataFrame
    types: dict[str, pl.DataType]
    terms: list[Term]
    made: Estimated
    spread: Spread
    rows: Floats
    df: Floats

    @property
    def size(self) -> int:
        return self.index.height


def _query(
    sample: Sample, terms: list[Term], names: list[str], by: Sequence[tuple[str, ...]], options: Options
) -> dict[tuple[str, ...], _Part]:
    table, dialect = sample.table, sample.table.dialect
    asked = sums(terms, positive=sample.positive, squares=sample.element)
    groups = {f"g{i}": dialect.value(name, table.types) for i, name in enumerate(names)}
    sets = [tuple(f"g{names.index(column)}" for column in grouping) for grouping in by]
    aggregates = [*asked.sql, "count(*)", "count(*)" if sample.positive else "count(*) FILTER (WHERE w > 0)"]
    rows = inner(dialect, sample.weight, terms, table.types)
    apart = _apart(sample, asked.at, len(aggregates), options.df)
    held = np.cumsum(~apart) - 1
    held[apart] = -1

    def query(unit: dict[str, str], which: Bools) -> pl.DataFrame:
        chosen = [sql for sql, wanted in zip(aggregates, which, strict=True) if wanted]
        return table.query(grouped(dialect, rows, unit, groups, sets, chosen, sample.domain))

    found = sample.located(query(sample.unit, ~apart))
    whole = query({}, apart) if apart.any() else None
    types = {name: found.schema[f"g{i}"] for i, name in enumerate(names)}
    ready: dict[tuple[str, ...], tuple[pl.DataFrame, Grouped, Estimated]] = {}
    for grouping, keys in zip(by, sets, strict=True):
        mask = 0 if len(sets) == 1 else mask_of(list(groups), keys)
        here = pl.all_horizontal(pl.col("mask") == mask, *(pl.col(key).is_not_null() for key in keys))
        if (own := found.filter(here)).height:
            index, cell, order = _indexed(own, keys)
            values = _numbers(own)[order]
            total = np.empty((index.height, len(aggregates)))
            total[:, ~apart] = np.add.reduceat(values, starts(cell), axis=0)
            if whole is not None:
                cells = whole.filter(here)
                total[:, apart] = _numbers(
                    index.join(cells, on=keys, how="left", maintain_order="left") if keys else cells
                )
            unit = own["unit"].to_numpy()[order].astype(np.int64)
            one = Grouped(index.height, cell, unit, values, held, total, asked.at)
            index = index.rename(dict(zip(keys, grouping, strict=True)))
            ready[grouping] = index, one, estimated(one, terms)
    found_spreads = spreads(sample, terms, ready)
    return {
        grouping: _Part(index, types, terms, made, found_spreads[grouping], *_rows(sample, one, options.df))
        for grouping, (index, one, made) in ready.items()
    }


def _apart(sample: Sample, at: Mapping[str, Ints], many: int, df: str | float) -> Bools:
    """Aggregates that no design unit needs: with many rows those are asked in a second, smaller query."""
    apart = np.zeros(many, dtype=bool)
    if sample.element or sample.replicates is not None or sample.size < LARGE:
        return apart
    apart[: many - (df == "domain")] = True
    kept = ["sy", "sd"] + (["n"] if sample.stages[0].strata.unknown.any() else [])
    for name in kept:
        apart[at[name]] = False
    return apart


def _numbers(rows: pl.DataFrame) -> Floats:
    found = rows.select(pl.col(r"^s\d+$").cast(pl.Float64)).to_numpy(writable=True)
    found[np.isnan(found)] = 0.0  # the sum of no rows
    return found


def _rows(sample: Sample, rows: Grouped, df: str | float) -> tuple[Floats, Floats]:
    """Rows per cell, answered or not, and degrees of freedom."""
    return rows.sums[:, -2], _df(sample, rows, df)


def _indexed(rows: pl.DataFrame, keys: Sequence[str]) -> tuple[pl.DataFrame, Ints, Ints]:
    """The cells in order, the cell of every row, and the rows sorted by cell and design unit."""
    unit = rows["unit"].to_numpy().astype(np.int64)
    if not keys:
        order = np.argsort(unit, kind="stable")
        return pl.DataFrame(height=1), np.zeros(len(unit), np.int64), order
    index = rows.select(keys).unique().sort(keys)
    joined = rows.select(keys).join(
        index.with_row_index("cell"), on=list(keys), how="left", maintain_order="left"
    )
    cell = joined["cell"].to_numpy().astype(np.int64)
    order = np.argsort(cell * (int(unit.max()) + 1) + unit, kind="stable")
    return index, cell[order], order


def _df(sample: Sample, rows: Grouped, df: str | float) -> Floats:
    if df != "domain":
        return np.full(rows.size, sample.df if isinstance(df, str) else float(df))
    used = rows.values[:, -1] > 0
    stage = sample.stages[0]
    own = rows.unit if sample.element else stage.collect(rows.unit)
    h = own if sample.element else stage.stratum[own]
    cell, own, h, weight = rows.cell[used], own[used], h[used], rows.values[used, -1]
    one = np.unique(np.column_stack([cell, own]), axis=0)[:, 0] if not sample.element else cell
    units = np.bincount(one, weight if sample.element else None, minlength=rows.size)
    strata = np.bincount(np.unique(np.column_stack([cell, h]), axis=0)[:, 0], minlength=rows.size)
    return np.asarray(units - strata, dtype=float)


def _frame(
    measures: tuple[Measure, ...], grouping: tuple[str, ...], parts: list[_Part], options: Options
) -> Any:
    size, index, types = parts[0].size, parts[0].index, parts[0].types
    described_parts = [described(part.made, part.spread.variance, part.terms) for part in parts]
    found = {
        name: np.concatenate([each[name] for each in described_parts], axis=1) for name in described_parts[0]
    }
    shape = found["estimate"].shape
    df, rows = (np.broadcast_to(each[:, None], shape) for each in (parts[0].df, parts[0].rows))
    share = np.array([isinstance(measure, Proportion) for measure in measures])
    lower, upper = np.empty(shape), np.empty(shape)
    for which, method in ((share, options.interval or "logit"), (~share, "mean")):
        if which.any():
            estimate, se = found["estimate"][:, which], found["se"][:, which]
            lower[:, which], upper[:, which] = intervals.interval(
                method, estimate, se, df[:, which], options.level, rows[:, which]
            )
    found |= {"lower": lower, "upper": upper, "df": df, "n_hit": np.where(share, found["n_hit"], np.nan)}
    numbers = {name: found[name] for name in NUMBERS}
    many = shape[0] * shape[1]
    cell, measure = np.tile(np.arange(size), len(measures)), np.repeat(np.arange(len(measures)), size)
    return pl.DataFrame(
        [
            pl.Series("measure", [each.label for each in measures], pl.String).gather(measure),
            pl.Series("by", [list(grouping)], pl.List(pl.String)).new_from_index(0, many),
            *(
                index[name].gather(cell) if name in grouping else _nothing(name, kind, many)
                for name, kind in types.items()
            ),
            *(
                pl.Series(name, each.T.ravel(), nan_to_null=True).cast(COUNTS.get(name, pl.Float64()))
                for name, each in numbers.items()
            ),
        ]
    )


def _nothing(name: str, kind: pl.DataType, height: int) -> pl.Series:
    return pl.Series(name, [None], kind).new_from_index(0, height)


def _empty(names: list[str]) -> pl.DataFrame:
    """The frame when no row has a key of any grouping."""
    schema: dict[str, Any] = {"measure": pl.String(), "by": pl.List(pl.String)}
    schema |= dict.fromkeys(names, pl.String()) | {name: COUNTS.get(name, pl.Float64()) for name in NUMBERS}
    return pl.DataFrame(schema=schema)
