"""Every figure of a project from its respondents: one pass per wave, then the tested differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from thuis.findings.respondents import sample_of
from thuis.monitor.estimate.differences import over_time, within_waves
from thuis.monitor.estimate.telling import KEY, telling
from thuis.monitor.estimate.verdict import with_test
from thuis.project.model import Indicator, Project
from thuis.protect.holm import judged
from thuis.read.microdata import BREAKDOWN, Microdata
from thuis.survey import Estimates as Tables
from thuis.survey import Mean, Proportion
from thuis.values import CELL_COLUMNS, COMPARISON_COLUMNS, Estimates, breakdown_id

_SCHEMA: dict[str, pl.DataType] = {"row": pl.Int64(), **CELL_COLUMNS}
PERCENT = ("estimate", "se", "lower", "upper")


@dataclass(frozen=True, slots=True)
class WaveTables:
    """The tables of one wave and its cells, where ``row`` is the row in the tables."""

    wave: str
    tables: Tables
    cells: pl.DataFrame


def estimate(project: Project, microdata: Microdata) -> Estimates:
    """All cells and comparisons of a project's figures.

    Proportions are percentages with logit intervals; degrees of freedom are those of the wave's design
    (PSUs minus strata). Differences within a wave use the covariance of the design. Differences between
    waves are those of independent samples, or of one panel when the project says so. P values are
    adjusted within a figure (Holm).
    """
    tables = (_tables(project, microdata, wave.id) for wave in project.waves)
    waves = [each for each in tables if each is not None]
    level = project.protection.level
    found = [within_waves(project, each.tables, each.cells) for each in waves]
    cells = _stacked(waves)
    facts = [telling(project.indicators, microdata.of(each.wave), each.wave) for each in waves]
    cells = cells.join(pl.concat(facts), on=list(KEY), how="left") if facts else cells
    panel = panel_tables(project, microdata) if project.samples == "panel" else None
    found.append(over_time(project, cells, panel))
    comparisons = judged(with_test(pl.concat(found), level), level, ["indicator", "breakdown"])
    return Estimates(
        cells, comparisons.select(pl.col(name).cast(kind) for name, kind in COMPARISON_COLUMNS.items())
    )


def measures_of(indicators: Sequence[Indicator]) -> list[Mean | Proportion]:
    """What the survey library is asked for each indicator."""
    return [
        Mean(each.column, name=each.id)
        if each.kind == "mean"
        else Proportion(each.column, values=each.share, valid=each.among, name=each.id)
        for each in indicators
    ]


def _groupings(indicators: Sequence[Indicator], front: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return list(
        dict.fromkeys(
            (*front, *(BREAKDOWN + part for part in parts)) for each in indicators for parts in each.groupings
        )
    )


def _tables(project: Project, microdata: Microdata, wave: str) -> WaveTables | None:
    asked = [each for each in project.indicators if wave in project.asked(each.variable)]
    if not asked:
        return None
    sample = sample_of(microdata.of(wave), [microdata.designs[wave]])
    tables = sample.tabulate(measures_of(asked), _groupings(asked), level=project.protection.level)
    return WaveTables(wave, tables, cells_of(asked, tables.frame, wave))


def _no_cells() -> pl.DataFrame:
    return pl.DataFrame(schema=_SCHEMA)


def cells_of(
    indicators: Sequence[Indicator], frame: pl.DataFrame, wave: str | None, front: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Cells in the columns of :data:`thuis.values.CELL_COLUMNS` with their ``row`` in the tables."""
    frame = frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    percent = pl.col("measure").is_in([each.id for each in indicators if each.kind == "proportion"])
    times = pl.when(percent).then(100.0).otherwise(1.0)
    found = [_no_cells()]
    for grouping in _groupings(indicators, front):
        parts = tuple(each.removeprefix(BREAKDOWN) for each in grouping[len(front) :])
        wanted = [each.id for each in indicators if parts in each.groupings]
        rows = frame.filter(pl.col("by") == list(grouping), pl.col("measure").is_in(wanted))
        cell = (
            pl.concat_list([pl.col(each) for each in grouping[len(front) :]])
            if parts
            else pl.lit([], pl.List(pl.String))
        )
        found.append(
            rows.with_columns(
                pl.col("measure").alias("indicator"),
                pl.lit(breakdown_id(parts)).alias("breakdown"),
                pl.lit(wave).alias("wave") if wave else pl.col("wave"),
                cell.alias("cell"),
                # Weights need not add up to the population, so the simple sample is one with replacement.
                pl.col("deff_replace").alias("deff"),
                *(pl.col(each) * times for each in PERCENT),
            ).select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())
        )
    return pl.concat(found)


def _stacked(waves: Sequence[WaveTables]) -> pl.DataFrame:
    return pl.concat([_no_cells(), *(each.cells for each in waves)]).drop("row")


def panel_tables(project: Project, microdata: Microdata) -> tuple[Tables, pl.DataFrame]:
    """All waves of a panel as one sample, where a PSU is the same in every wave: for change over time."""
    sample = sample_of(microdata.frame, list(microdata.designs.values()))
    tables = sample.tabulate(
        measures_of(project.indicators),
        _groupings(project.indicators, ("wave",)),
        level=project.protection.level,
    )
    return tables, cells_of(project.indicators, tables.frame, None, ("wave",))
