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
    least = project.protection.minimum_n
    frame = microdata.frame.filter(~pl.col("wave").is_in([wave.id for wave in project.waves if wave.pools]))
    used = {name for each in project.indicators for group in each.groups for name in group}
    found = []
    for breakdown in project.breakdowns.values():
        if breakdown.id in used and not breakdown.base:
            few = {wave: n for wave, n in _without(frame, breakdown).items() if 0 < n < least}
            if few:
                found.append(_said(breakdown, few, project))
    return found


def _without(frame: pl.DataFrame, breakdown: Breakdown) -> dict[str, int]:
    """Per wave that asked, how many have no category."""
    category = pl.col(f"{BREAKDOWN}{breakdown.id}")
    counts = frame.group_by("wave", maintain_order=True).agg(category.null_count().alias("out"), pl.len())
    return dict(counts.filter(pl.col("out") < pl.col("len")).select("wave", "out").iter_rows())


def _said(breakdown: Breakdown, few: dict[str, int], project: Project) -> str:
    counts = ", ".join(f"{n} in {wave}" for wave, n in few.items())
    return (
        f"note: {project.place('breakdowns', breakdown.id)}: a few respondents are in no category of "
        f"{breakdown.id!r} ({counts}); so that nobody works them out, figures by it may withhold cells. "
        "With 'base: true' there they are left out of every figure, and fewer need to be"
    )
