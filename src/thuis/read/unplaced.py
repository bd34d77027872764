"""Respondents in none of the categories of a breakdown, who cost every figure by it a cell when they are few;
and a category of everybody, which nobody is in.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from thuis.formats.answers import everybody
from thuis.project.model import Breakdown, Project
from thuis.read.microdata import BREAKDOWN, Microdata

_SEVERAL = 2


def unplaced(project: Project, microdata: Microdata) -> Iterator[str]:
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
    for breakdown, column in zip(asked, columns, strict=True):
        # A wave in which nobody has a category did not ask.
        few = pl.col(column).is_between(1, project.protection.minimum_n - 1) & (
            pl.col(column) < pl.col("len")
        )
        told = dict(counts.filter(few).select("wave", column).iter_rows())
        if told:
            yield _said(breakdown, told, project)


def of_everybody(project: Project, microdata: Microdata) -> Iterator[str]:
    """A remark for each category that is called the total and has rows: these add others up."""
    for breakdown in project.breakdowns.values():
        for each in breakdown.categories:
            if not any(map(everybody, each.title.values())) or len(breakdown.categories) < _SEVERAL:
                continue
            rows = int((microdata.frame[f"{BREAKDOWN}{breakdown.id}"] == each.id).sum())
            if rows:
                yield (
                    f"note: {project.place('breakdowns', breakdown.id)}: {rows:,} rows are in the category "
                    f"{each.id!r}, as if everybody were a group beside the others; where they add others up, "
                    "leave them out with 'where' in the wave: they count in every figure"
                )


def _said(breakdown: Breakdown, few: dict[str, int], project: Project) -> str:
    counts = ", ".join(f"{n} in {wave}" for wave, n in few.items())
    return (
        f"note: {project.place('breakdowns', breakdown.id)}: a few respondents are in no category of "
        f"{breakdown.id!r} ({counts}); so that nobody works them out, figures by it may withhold cells. "
        "With 'base: true' there they are left out of every figure, and fewer need to be"
    )
