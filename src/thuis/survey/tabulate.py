"""From grouped sums to a tidy frame of estimates with their covariances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from thuis.survey.core import intervals
from thuis.survey.core.cells import Estimated, Grouped, Spread, described, estimated
from thuis.survey.core.checks import NUMBERS, Options, check
from thuis.survey.core.covariance import Block, Scores
from thuis.survey.core.cross import Cross, Origin
from thuis.survey.core.engine.sql import Term
from thuis.survey.core.engine.sums import POSITIVE, ROWS
from thuis.survey.core.folding import LEAST
from thuis.survey.core.groups import Grouping, groups
from thuis.survey.core.measures import Measure, Proportion
from thuis.survey.core.spread import spreads
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates

WIDTH = 24
"""Measures in one query: a wider one takes longer to plan and more memory than it saves in scanning."""
FOLDED = 48
"""Measures in one reading of the rows."""
NEAR = 2_600_000
"""Answers in one reading of few rows."""

COUNTS = {"n": pl.Int64(), "n_hit": pl.Int64()}


def tabulate(
    sample: Surveyed, measures: Sequence[Measure], by: Sequence[tuple[str, ...]], options: Options
) -> Estimates:
    """See :meth:`thuis.survey.Sample.tabulate`."""
    measures, by = tuple(measures), tuple(dict.fromkeys(tuple(each) for each in by))
    check(sample.table, measures, by, options, replicated=sample.replicates is not None)
    names = sorted({column for grouping in by for column in grouping})
    tables: dict[tuple[str, ...], list[_Part]] = {grouping: [] for grouping in by}
    terms: list[Term] = []
    width = _width(sample) if sample.table.folds else WIDTH
    for begin in range(0, len(measures), width):
        asked, found = _query(sample, measures[begin : begin + width], names, by, options)
        terms += asked
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
    if sample.averages:
        stages = (replace(stages[0], strata=stages[0].strata.without_average),)
        se = frame["se"].fill_null(0.0).to_numpy()
    load = sample.calibration.load if sample.calibration else None
    scores = Scores(tuple(blocks), stages, sample.height, cross, se, load)
    df = sample.df if isinstance(options.df, str) else float(options.df)
    return Estimates(frame, options.level, df, scores)


def _width(sample: Surveyed) -> int:
    """Measures in one reading: of few rows more, since these are one block however many columns they have."""
    return max(FOLDED, NEAR // max(1, sample.size)) if sample.size <= LEAST else FOLDED


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
    sample: Surveyed, measures: Sequence[Measure], names: list[str], by: Sequence[Grouping], options: Options
) -> tuple[list[Term], dict[Grouping, _Part]]:
    found = groups(sample, measures, names, by, domain_df=options.df == "domain")
    ready = {
        grouping: (index, one, estimated(one, found.terms)) for grouping, (index, one) in found.groups.items()
    }
    spread = spreads(sample, found.terms, ready)
    return found.terms, {
        grouping: _Part(
            index, found.types, found.terms, made, spread[grouping], *_rows(sample, one, options.df)
        )
        for grouping, (index, one, made) in ready.items()
    }


def _rows(sample: Surveyed, rows: Grouped, df: str | float) -> tuple[Floats, Floats]:
    """Rows per cell, answered or not, and degrees of freedom."""
    return rows.sums[:, rows.at[ROWS][0]], _df(sample, rows, df)


def _df(sample: Surveyed, rows: Grouped, df: str | float) -> Floats:
    if df != "domain":
        return np.full(rows.size, sample.df if isinstance(df, str) else float(df))
    positive = rows.of(POSITIVE)[:, 0]
    used = positive > 0
    stage = sample.stages[0]
    own = rows.unit if sample.element else stage.collect(rows.unit)
    h = own if sample.element else stage.stratum[own]
    cell, own, h, weight = rows.cell[used], own[used], h[used], positive[used]
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
    return pl.DataFrame(
        [
            pl.Series("measure", np.repeat([each.label for each in measures], size).tolist(), pl.String),
            pl.Series("by", [list(grouping)], pl.List(pl.String)).new_from_index(0, many),
            *(
                pl.concat([index[name]] * len(measures), rechunk=True)
                if name in grouping
                else _nothing(name, kind, many)
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
