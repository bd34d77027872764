"""Every figure of a project from its respondents: one pass per wave, then the tested differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.findings.respondents import outcome, sample_of
from thuis.monitor.estimate.differences import Ever, ever, over_time, with_test, within_waves
from thuis.monitor.estimate.medians import medians_of
from thuis.monitor.estimate.telling import KEY, telling
from thuis.multiplicity import judged
from thuis.project.bare import told
from thuis.project.model import Indicator, Project
from thuis.project.sets import taken_apart
from thuis.protect.rules import ProtectionRules
from thuis.read.microdata import BREAKDOWN, Microdata
from thuis.remembered import asked_for, content, remembered
from thuis.survey import Estimates as Tables
from thuis.survey import Mean, Proportion, Ratio, Total
from thuis.values import Estimates, breakdown_id

_SCHEMA: dict[str, pl.DataType] = {"row": pl.Int64(), **CELL_COLUMNS}
PERCENT = ("estimate", "se", "lower", "upper")


@dataclass(frozen=True)
class _Wave:
    """One wave: its cells, where ``row`` is the row in the tables, what protection asks of them, and the
    differences within it. The tables are there only while something is to be made of them."""

    project: Project
    microdata: Microdata
    id: str

    @cached_property
    def tables(self) -> list[tuple[Tables, pl.DataFrame]]:
        """The tables of each weight, and their cells."""
        return list(_tables(self.project, self.microdata, self.id))

    @cached_property
    def _made_of(self) -> str:
        if not asked_for():
            return ""
        return content(
            told(self.project), self.id, self.microdata.of(self.id), self.microdata.designs[self.id]
        )

    def cells(self) -> list[pl.DataFrame]:
        """The cells of each weight."""
        return remembered(lambda: [cells for _, cells in self.tables], "cells", self._made_of)

    def within(self, known: Ever) -> list[pl.DataFrame]:
        """The differences of each weight; ``known`` are the cells of all waves."""
        return remembered(
            lambda: [within_waves(self.project, *each, known) for each in self.tables],
            "differences",
            self._made_of,
            known,
        )

    def facts(self) -> pl.DataFrame:
        """What protection asks of each cell."""
        people = self.microdata.of(self.id)
        return remembered(lambda: telling(self.project.indicators, people, self.id), "facts", self._made_of)


def estimate(project: Project, microdata: Microdata) -> Estimates:
    """All cells and comparisons of a project's figures.

    Proportions are percentages with logit intervals; degrees of freedom are those of the wave's design
    (PSUs minus strata). Differences within a wave use the covariance of the design. Differences between
    waves are those of independent samples, or of one panel when the project says so. P values are
    adjusted within a figure (Holm).
    """
    project = taken_apart(project)
    waves = [_Wave(project, microdata, each.id) for each in project.waves]
    made = [cells for each in waves for cells in each.cells()]
    medians = [each for each in project.indicators if each.kind == "median"]
    level = project.protection.level
    known = ever(made)
    asked = [each for each in waves if each.cells()]
    found = [differences for each in asked for differences in each.within(known)]
    cells = pl.concat([_no_cells(), *made]).drop("row")
    facts = [each.facts() for each in asked]
    cells = cells.join(pl.concat(facts), on=list(KEY), how="left") if facts else cells
    if medians:
        cells = pl.concat([cells, *_medians(project, microdata, medians)], how="diagonal")
    if project.samples == "panel":
        found += [over_time(project, own, tables) for tables, own in panel_tables(project, microdata)]
    else:
        tested = cells.filter(~pl.col("indicator").is_in([each.id for each in medians]))
        found.append(over_time(project, tested))
    comparisons = judged(with_test(pl.concat(found), level), level, ["indicator", "breakdown"])
    return Estimates(
        cells, comparisons.select(pl.col(name).cast(kind) for name, kind in COMPARISON_COLUMNS.items())
    )


Measure = Mean | Proportion | Ratio | Total


def measures_of(indicators: Sequence[Indicator]) -> list[Measure]:
    """What the survey library is asked for each indicator."""
    return [measure for each in indicators for measure in _measures(each)]


def _measures(each: Indicator) -> Iterator[Measure]:
    if each.kind == "mean":
        yield Mean(each.column, name=each.id)
    elif each.kind == "ratio":
        yield Ratio(each.column, each.below, name=each.id)
    else:
        # Of a total it counts the respondents on both sides.
        name = f"{SHARE}{each.id}" if each.kind == "total" else each.id
        yield Proportion(f"{COUNTS}{each.id}", name=name)
        if each.kind == "total":
            yield Total(f"{COUNTS}{each.id}", name=each.id)


SHARE, COUNTS = "share of ", "counts in "


def counting(frame: pl.DataFrame, indicators: Sequence[Indicator]) -> pl.DataFrame:
    """The respondents with 1 or 0 for everybody in a share or a total: numbers need no query."""
    return frame.with_columns(
        outcome(each).alias(f"{COUNTS}{each.id}")
        for each in indicators
        if each.kind in ("proportion", "total")
    )


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


def _tables(project: Project, microdata: Microdata, wave: str) -> Iterator[tuple[Tables, pl.DataFrame]]:
    asked = [each for each in project.indicators if wave in project.asked(each.variable)]
    asked = [each for each in asked if each.kind != "median"]
    for weight, own in by_weight(asked).items():
        sample = sample_of(counting(microdata.of(wave), own), [microdata.designs[wave]], weight)
        tables = sample.tabulate(measures_of(own), _groupings(own), level=project.protection.level)
        yield tables, cells_of(own, tables.frame, wave)


def _medians(
    project: Project, microdata: Microdata, indicators: Sequence[Indicator]
) -> Iterator[pl.DataFrame]:
    rules = ProtectionRules.of(project.protection)
    for wave in project.waves:
        asked = [each for each in indicators if wave.id in project.asked(each.variable)]
        for weight, own in by_weight(asked).items():
            people = microdata.of(wave.id)
            sample = sample_of(people, [microdata.designs[wave.id]], weight)
            facts = telling(own, people, wave.id)
            cells = pl.concat(medians_of(own, sample, people, wave.id, rules))
            yield cells.join(facts.drop("at_value"), on=list(KEY), how="left")


def _no_cells() -> pl.DataFrame:
    return pl.DataFrame(schema=_SCHEMA)


def cells_of(
    indicators: Sequence[Indicator], frame: pl.DataFrame, wave: str | None, front: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Cells in the columns of :data:`thuis.columns.CELL_COLUMNS` with their ``row`` in the tables."""
    frame = frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    percent = pl.col("measure").is_in([each.id for each in indicators if each.percentage])
    times = pl.when(percent).then(100.0).otherwise(1.0)
    found = [_no_cells()]
    totals = [each.id for each in indicators if each.kind == "total"]
    shares = frame.filter(pl.col("measure").str.starts_with(SHARE)).with_columns(
        pl.col("measure").str.strip_prefix(SHARE)
    )
    for grouping in _groupings(indicators, front):
        parts = tuple(each.removeprefix(BREAKDOWN) for each in grouping[len(front) :])
        wanted = [each.id for each in indicators if parts in each.groupings]
        rows = frame.filter(pl.col("by") == list(grouping), pl.col("measure").is_in(wanted))
        if totals:
            hits = shares.filter(pl.col("by") == list(grouping)).select("measure", *grouping, "n_hit")
            rows = rows.update(hits, on=["measure", *grouping], how="left")
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


def panel_tables(project: Project, microdata: Microdata) -> list[tuple[Tables, pl.DataFrame]]:
    """All waves of a panel as one sample, where a PSU is the same in every wave: for change over time."""
    found = []
    for weight, own in by_weight([each for each in project.indicators if each.kind != "median"]).items():
        designs = {wave: each for wave, each in microdata.designs.items() if weight in each.weights}
        rows = microdata.frame.filter(pl.col("wave").is_in(list(designs)))
        sample = sample_of(counting(rows, own), list(designs.values()), weight)
        tables = sample.tabulate(measures_of(own), _groupings(own, ("wave",)), level=project.protection.level)
        found.append((tables, cells_of(own, tables.frame, None, ("wave",))))
    return found
