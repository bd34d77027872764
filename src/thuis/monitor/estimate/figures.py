"""Every figure of a project from its respondents: one pass per wave, then the tested differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from thuis.findings.respondents import sample_of
from thuis.monitor.estimate.differences import over_time, within_waves
from thuis.monitor.estimate.telling import KEY, telling
from thuis.monitor.estimate.verdict import with_test
from thuis.multiplicity import judged
from thuis.project.model import Indicator, Project
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
    waves = [each for wave in project.waves for each in _tables(project, microdata, wave.id)]
    level = project.protection.level
    found = [within_waves(project, each.tables, each.cells) for each in waves]
    cells = _stacked(waves)
    facts = [
        telling(project.indicators, microdata.of(each), each) for each in dict.fromkeys(w.wave for w in waves)
    ]
    cells = cells.join(pl.concat(facts), on=list(KEY), how="left") if facts else cells
    if project.samples == "panel":
        found += [over_time(project, own, tables) for tables, own in panel_tables(project, microdata)]
    else:
        found.append(over_time(project, cells))
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


def by_weight(indicators: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    """The indicators of every weight by its name; that of the wave has none."""
    found: dict[str, list[Indicator]] = {}
    for each in indicators:
        found.setdefault(each.weight or "", []).append(each)
    return found


def _tables(project: Project, microdata: Microdata, wave: str) -> Iterator[WaveTables]:
    asked = [each for each in project.indicators if wave in project.asked(each.variable)]
    for weight, own in by_weight(asked).items():
        sample = sample_of(microdata.of(wave), [microdata.designs[wave]], weight)
        tables = sample.tabulate(measures_of(own), _groupings(own), level=project.protection.level)
        yield WaveTables(wave, tables, cells_of(own, tables.frame, wave))


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


def panel_tables(project: Project, microdata: Microdata) -> list[tuple[Tables, pl.DataFrame]]:
    """All waves of a panel as one sample, where a PSU is the same in every wave: for change over time."""
    found = []
    for weight, own in by_weight(project.indicators).items():
        designs = {wave: each for wave, each in microdata.designs.items() if weight in each.weights}
        rows = microdata.frame.filter(pl.col("wave").is_in(list(designs)))
        sample = sample_of(rows, list(designs.values()), weight)
        tables = sample.tabulate(measures_of(own), _groupings(own, ("wave",)), level=project.protection.level)
        found.append((tables, cells_of(own, tables.frame, None, ("wave",))))
    return found
