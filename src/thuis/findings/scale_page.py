"""A declared scale as a finding: alpha in words, and what every item does in a table."""

from __future__ import annotations

from typing import Any

import polars as pl

from thuis.errors import ThuisError
from thuis.findings.explain import formula, weight_said
from thuis.findings.respondents import Sampled, outcome
from thuis.findings.scales import Scale, scale
from thuis.findings.words import Num, say
from thuis.project.model import Project
from thuis.project.scales import ScaleOf


def scale_entry(
    project: Project, asked: ScaleOf, respondents: pl.DataFrame, sampled: Sampled
) -> dict[str, Any]:
    """The entry of ``findings.json``.

    :param respondents: those of the wave.
    :raises ThuisError: when everybody gives an item the same answer, or too few answered one or all.
    """
    rows = respondents.with_columns(
        outcome(project.indicator(each)).alias(f"_item_{each}") for each in asked.items
    )
    found = scale(
        rows,
        [f"_item_{each}" for each in asked.items],
        sampled,
        minimum=asked.minimum,
        reverse=[f"_item_{each}" for each in asked.reverse],
        level=project.protection.level,
    )
    least = project.protection.minimum_n
    if min(found.n, *(each.n for each in found.items)) < least:
        raise ThuisError(
            f"scale {asked.id!r} has too few respondents",
            expected=f"{least} who answered every item",
            step="leave out an item that few were asked, or the scale",
        )
    return {
        "id": asked.id,
        "title": dict(asked.title),
        "sentence": say("alpha.head", k=len(found.items), alpha=Num(found.alpha, 2), wave=asked.wave),
        "facts": [found.sentence(asked.wave)],
        "description": dict(asked.description),
        "about": list(asked.items),
        "wave": asked.wave,
        "level": project.protection.level,
        "table": _table(project, asked, found),
        "method": say("alpha.method"),
        "limits": say("alpha.limits"),
        "explain": {
            "formula": formula("alpha"),
            "inputs": list(asked.items),
            "n": found.n,
            "weight": weight_said(
                project.indicator(asked.items[0]).weight or project.wave(asked.wave).design.weight
            ),
        },
    }


def _table(project: Project, asked: ScaleOf, found: Scale) -> dict[str, Any]:
    columns = ("item", "n", "rest", "without")
    return {
        "caption": say("alpha.caption"),
        "columns": [say(f"alpha.columns.{name}") for name in columns],
        "rows": [
            [dict(project.indicator(id_).title), each.n, each.rest, each.alpha_without]
            for id_, each in zip(asked.items, found.items, strict=True)
        ],
        "decimals": 2,
    }
