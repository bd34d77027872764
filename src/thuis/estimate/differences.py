"""The differences of all figures as frames, with the covariance of the design they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from thuis.estimate.pairs import Cell, category_pairs, crosses_break, wave_pairs
from thuis.estimate.verdict import independent
from thuis.project.model import Indicator, Project
from thuis.survey import Estimates as Tables
from thuis.values import TOTAL

COLUMNS: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "breakdown": pl.String(),
    "type": pl.String(),
    "wave": pl.String(),
    "cell": pl.List(pl.String()),
    "other_wave": pl.String(),
    "other": pl.List(pl.String()),
    "across_break": pl.Boolean(),
}
NUMBERS = ("difference", "se", "df")


def within_waves(project: Project, wave: str, tables: Tables, cells: pl.DataFrame) -> pl.DataFrame:
    """Differences between categories in one wave."""
    keys: list[tuple[object, ...]] = []
    pairs: list[tuple[int, int]] = []
    for indicator, breakdown, rows in _figures(cells):
        parts = [project.breakdowns[each] for each in parts_of(breakdown)]
        for cell, other in category_pairs(parts, list(rows)):
            keys.append((indicator, breakdown, "category", wave, cell, None, other, False))
            pairs.append((rows[other], rows[cell]))
    return _with(keys, tables, pairs, project)


def _figures(cells: pl.DataFrame) -> Iterable[tuple[str, str, dict[Cell, int]]]:
    known = cells.filter(pl.col("estimate").is_not_null(), pl.col("n") > 0)
    figures = known.group_by("indicator", "breakdown", maintain_order=True).agg("cell", "row")
    for indicator, breakdown, found, rows in figures.iter_rows():
        yield indicator, breakdown, dict(zip(map(tuple, found), rows, strict=True))


def parts_of(breakdown: str) -> tuple[str, ...]:
    """The parts of a breakdown id; ``-by-`` is kept for crossings.

    >>> parts_of("origin-by-sex"), parts_of("total")
    (('origin', 'sex'), ())
    """
    return tuple(breakdown.split("-by-")) if breakdown != TOTAL else ()


def _with(
    keys: Sequence[tuple[object, ...]], tables: Tables, pairs: list[tuple[int, int]], project: Project
) -> pl.DataFrame:
    frame = pl.DataFrame(keys, schema=COLUMNS, orient="row")
    if not pairs:
        return frame.with_columns(pl.lit(None, pl.Float64).alias(each) for each in NUMBERS)
    found = tables.differences(pairs).select(NUMBERS).cast(pl.Float64)
    percent = [each.id for each in project.indicators if each.kind == "proportion"]
    times = pl.when(pl.col("indicator").is_in(percent)).then(100.0).otherwise(1.0)
    return pl.concat([frame, found], how="horizontal").with_columns(
        pl.col("difference") * times, pl.col("se") * times
    )


def over_time(
    project: Project, cells: pl.DataFrame, panel: tuple[Tables, pl.DataFrame] | None
) -> pl.DataFrame:
    """Differences between waves of each category, from independent samples or from one panel."""
    source = panel[1] if panel else cells.with_row_index("row")
    keys: list[tuple[object, ...]] = []
    pairs: list[tuple[int, int]] = []
    for indicator in project.indicators:
        steps = _steps(project, indicator)
        own = source.filter(
            pl.col("indicator") == indicator.id, pl.col("estimate").is_not_null(), pl.col("n") > 0
        )
        rows = {
            (breakdown, wave, tuple(cell)): row
            for breakdown, wave, cell, row in own.select("breakdown", "wave", "cell", "row").iter_rows()
        }
        for (breakdown, wave, cell), row in rows.items():
            for later, earlier, broken in steps:
                if later == wave and (breakdown, earlier, cell) in rows:
                    keys.append((indicator.id, breakdown, "wave", wave, cell, earlier, cell, broken))
                    pairs.append((rows[breakdown, earlier, cell], row))
    if panel:
        return _with(keys, panel[0], pairs, project)
    return _independent(keys, cells, pairs)


def _steps(project: Project, indicator: Indicator) -> list[tuple[str, str, bool]]:
    waves = list(project.asked(indicator.variable))
    every = [wave.id for wave in project.waves]
    breaks = {each.wave for each in indicator.breaks}
    return [
        (later, earlier, crosses_break(every, later, earlier, breaks)) for later, earlier in wave_pairs(waves)
    ]


def _independent(
    keys: Sequence[tuple[object, ...]], cells: pl.DataFrame, pairs: list[tuple[int, int]]
) -> pl.DataFrame:
    frame = pl.DataFrame(keys, schema=COLUMNS, orient="row")
    earlier, later = ([pair[i] for pair in pairs] for i in (0, 1))
    value, se, df = (cells[name].to_numpy().astype(float) for name in ("estimate", "se", "df"))
    at, of = np.array(later, dtype=np.int64), np.array(earlier, dtype=np.int64)
    found = independent(value[at], value[of], se[at], se[of], df[at], df[of])
    return frame.with_columns(
        pl.Series(name, numbers).fill_nan(None) for name, numbers in zip(NUMBERS, found, strict=True)
    )
