"""Answers of a set as the share that a finding asks about: one of them, or some of one question together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import polars as pl

from thuis.project.battery import Asking
from thuis.project.model import Project
from thuis.project.sets import part_of, parts_id
from thuis.values import TOTAL, Release

Ask = TypeVar("Ask", bound=Asking)


def named(asked: Ask) -> Ask:
    """What asks, of the indicator that its answers make."""
    return asked.model_copy(update={"indicator": parts_id(asked.indicator, asked.answers)})


def with_answers(project: Project, release: Release, asking: Iterable[Asking]) -> tuple[Project, Release]:
    """The project and its release with the answers that are asked about as indicators.

    A cell of some answers together is published where the cell of each of them is.
    """
    there = {parts_id(each.indicator, each.answers): each for each in asking if each.answers}
    made = [part_of(project.indicator(each.indicator), each.answers) for each in there.values()]
    if not made:
        return project, release
    cells = [release.cells, *(_cells(release.cells, project, *each) for each in there.items())]
    return (
        replace(project, indicators=(*project.indicators, *made)),
        replace(release, cells=pl.concat(cells, how="diagonal")),
    )


def _cells(cells: pl.DataFrame, project: Project, name: str, asked: Asking) -> pl.DataFrame:
    dimension = project.indicator(asked.indicator).dimension
    published = (pl.col("status") == "published").all() & (pl.len() == len(asked.answers))
    return (
        cells.filter(
            pl.col("indicator") == asked.indicator, pl.col("cell").list.last().is_in(list(asked.answers))
        )
        .with_columns(
            pl.col("cell").list.head(pl.col("cell").list.len() - 1),
            pl.when(pl.col("breakdown") == dimension)
            .then(pl.lit(TOTAL))
            .otherwise(pl.col("breakdown").str.strip_suffix(f"-by-{dimension}"))
            .alias("breakdown"),
        )
        .group_by("wave", "breakdown", "cell", maintain_order=True)
        .agg(pl.when(published).then(pl.lit("published")).otherwise(pl.lit("withheld")).alias("status"))
        .with_columns(pl.lit(name).alias("indicator"))
    )
