"""Answers of a set put together again: one figure with a row for each, after every one was judged."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from thuis.multiplicity import judged
from thuis.project.model import Project
from thuis.project.sets import part_id
from thuis.project.sets import parts as parts_of
from thuis.values import TOTAL, Release


def put_together(project: Project, release: Release) -> Release:
    """The release with the answers of every set as a dimension of one indicator.

    P values are adjusted anew, for the number of tests in a figure is now that of all its answers.
    """
    parts = {
        part_id(each.id, answer.id): (each.id, each.dimension, answer.id)
        for each in project.indicators
        if each.set_of_answers
        for answer in each.answers
    }
    release = _without_pools(project, release)
    if not parts:
        return release
    table = pl.DataFrame(
        [(name, *found) for name, found in parts.items()],
        schema=["indicator", "_set", "_dimension", "_answer"],
        orient="row",
    )
    cells, comparisons = (_folded(each, table) for each in (release.cells, release.comparisons))
    comparisons = judged(comparisons, project.protection.level, ["indicator", "breakdown"])
    return replace(
        release,
        cells=cells.select(release.cells.columns),
        comparisons=comparisons.select(release.comparisons.columns),
        audit=_audit(release.audit, table),
    )


def _without_pools(project: Project, release: Release) -> Release:
    """The release without cells of pooled waves that are about other questions."""
    pools = [each for each in project.waves if each.pools]
    if not pools:
        return release
    shown = pl.DataFrame(
        [
            (part.id, wave)
            for each in project.indicators
            for part in parts_of(each)
            for wave in project.shown(each)
        ],
        schema={"indicator": pl.String(), "wave": pl.String()},
        orient="row",
    )
    on = ["indicator", "wave"]
    return replace(
        release,
        cells=release.cells.join(shown, on=on, how="semi", maintain_order="left"),
        audit=release.audit.join(shown, on=on, how="semi", maintain_order="left"),
    )


def _breakdown() -> pl.Expr:
    """The breakdown with the answers as its last part."""
    total = pl.col("breakdown") == TOTAL
    return (
        pl.when(total)
        .then(pl.col("_dimension"))
        .otherwise(pl.concat_str("breakdown", "_dimension", separator="-by-"))
    )


def _folded(rows: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    known = rows.join(table, on="indicator", how="left", maintain_order="left")
    part = pl.col("_set").is_not_null()
    answer = pl.concat_list(pl.col("_answer"))
    changed = {
        "indicator": pl.col("_set"),
        "breakdown": _breakdown(),
        "cell": pl.col("cell").list.concat(answer),
    }
    if "other" in rows.columns:
        changed["other"] = pl.col("other").list.concat(answer)
    return known.with_columns(
        pl.when(part).then(each).otherwise(pl.col(name)).alias(name) for name, each in changed.items()
    ).drop("_set", "_dimension", "_answer")


def _audit(rows: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    known = rows.join(table, on="indicator", how="left", maintain_order="left")
    part = pl.col("_set").is_not_null()
    cell = pl.when(pl.col("cell") == TOTAL).then(pl.col("_answer"))
    return known.with_columns(
        pl.when(part).then(pl.col("_set")).otherwise("indicator").alias("indicator"),
        pl.when(part).then(_breakdown()).otherwise("breakdown").alias("breakdown"),
        pl.when(part)
        .then(cell.otherwise(pl.concat_str("cell", "_answer", separator=", ")))
        .otherwise("cell")
        .alias("cell"),
    ).drop("_set", "_dimension", "_answer")
