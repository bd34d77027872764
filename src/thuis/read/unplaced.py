"""Respondents in none of the categories of a breakdown: few of them cost every figure by it a cell."""

from __future__ import annotations

import polars as pl

from thuis.project.model import Breakdown, Project
from thuis.read.microdata import BREAKDOWN, Microdata


def unplaced(project: Project, microdata: Microdata) -> list[str]:
    """A remark for each breakdown whose remainder is too small to be told, and what can be done about it.

    A total less its categories is the answer of those in none. Where they are fewer than ``minimum_n``, a
    category may be withheld beside them in every figure, unless they are left out of all (``base: true``).
    """
    used = {name for each in project.indicators for group in each.groups for name in group}
    asked = [each for each in project.breakdowns.values() if each.id in used and not each.base]
    pooled = [wave.id for wave in project.waves if wave.pools]
    columns = [f"{BREAKDOWN}{each.id}" for each in asked]
    counts = (
        microdata.frame.filter(~pl.col("wave").is_in(pooled))
        .group_by("wave", maintain_order=True)
        .agg(pl.len(), pl.col(columns).null_count())
    )
    found = []
    for breakdown, column in zip(asked, columns, strict=True):
        # A wave in which nobody has a category did not ask.
        few = pl.col(column).is_between(1, project.protection.minimum_n - 1) & (
            pl.col(column) < pl.col("len")
        )
        told = dict(counts.filter(few).select("wave", column).iter_rows())
        found += [_said(breakdown, told, project)] if told else []
    return found


def _said(breakdown: Breakdown, few: dict[str, int], project: Project) -> str:
    counts = ", ".join(f"{n} in {wave}" for wave, n in few.items())
    return (
        f"note: {project.place('breakdowns', breakdown.id)}: a few respondents are in no category of "
        f"{breakdown.id!r} ({counts}); so that nobody works them out, figures by it may withhold cells. "
        "With 'base: true' there they are left out of every figure, and fewer need to be"
    )
