"""A declared scale as a finding: alpha in words, and what every item does in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.findings.explain import formula, weight_said
from thuis.findings.paradox import anything
from thuis.findings.remainders import Open, equal_weights, groups_of, tell
from thuis.findings.respondents import Sampled, outcome
from thuis.findings.scales import Scale, scale
from thuis.findings.words import say
from thuis.project.model import Project
from thuis.project.scales import ScaleOf

NOTHING: Open = {}
MANY = 200
"""Respondents from which one of them moves no correlation by a digit that is published."""
SHOWN = 2
"""Decimals of a correlation and of alpha."""


def scale_entry(
    project: Project,
    asked: ScaleOf,
    respondents: pl.DataFrame,
    sampled: Sampled,
    cells: Open = NOTHING,
    telling: Callable[[int, int | None], bool] = anything,
) -> dict[str, Any]:
    """The entry of ``findings.json``.

    :param respondents: those of the wave.
    :param cells: of every indicator those that are published in the wave.
    :raises ThuisError: when everybody gives an item the same answer, too few answered one or all, or a few
        who answered some only would be known: with equal weights correlations of those who answered all, and
        the means of everybody, say what these few answered.
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
    if found.n < MANY and _leaves(project, asked, rows, cells, telling):
        raise ThuisError(
            f"scale {asked.id!r} tells what the few answered who did not answer every item",
            expected=f"{least} who left an item out, nobody, or {MANY} who answered all",
            step="leave out the item that they did not answer, or the scale",
        )
    return {
        "id": asked.id,
        "title": dict(asked.title),
        "sentence": say(f"alpha.head.{_together(found.alpha)}", k=len(found.items), wave=asked.wave),
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


def _leaves(
    project: Project,
    asked: ScaleOf,
    rows: pl.DataFrame,
    cells: Open,
    telling: Callable[[int, int | None], bool],
) -> bool:
    """Whether those who answered every item leave too few of those who answered one."""
    indicators = [project.indicator(each) for each in asked.items]
    complete = rows.select(pl.all_horizontal(pl.col(f"_item_{each}").is_not_null() for each in asked.items))
    every_item = np.asarray(complete.to_series().to_numpy(), dtype=np.bool_)
    return any(
        tell(
            rows[f"_item_{each.id}"].cast(pl.Float64),
            [every_item],
            groups_of(rows, cells.get(each.id, ())),
            telling,
            share=each.percentage,
        )
        for each in indicators
        if equal_weights(rows, each.weight)
    )


def _together(alpha: float) -> str:
    """How well questions go together, after DeVellis (2017): very good from 0.80, poor below 0.60."""
    return "well" if alpha >= 0.8 else "fairly" if alpha >= 0.6 else "little"


def _places(value: float | None) -> float | None:
    return None if value is None else round(value, SHOWN)


def _table(project: Project, asked: ScaleOf, found: Scale) -> dict[str, Any]:
    columns = ("item", "n", "rest", "without")
    return {
        "caption": say("alpha.caption"),
        "columns": [say(f"alpha.columns.{name}") for name in columns],
        "rows": [
            [dict(project.indicator(id_).title), each.n, _places(each.rest), _places(each.alpha_without)]
            for id_, each in zip(asked.items, found.items, strict=True)
        ],
        "decimals": 2,
    }
