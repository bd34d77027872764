"""The paradox as the data folder holds it: its figure, the table of every test, and where all came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from thuis.findings.explain import formula, modelled, weight_said
from thuis.findings.margins import Margin
from thuis.findings.paradox import Paradox, Row, Test
from thuis.findings.paradox_words import fact, headline, method, verdict_of
from thuis.findings.words import say
from thuis.language import LANGUAGES
from thuis.project.battery import Battery
from thuis.project.model import Indicator, Project
from thuis.project.sets import page_of
from thuis.values import breakdown_id

Text = Mapping[str, str]
CELL = ("estimate", "se", "lower", "upper", "n", "df", "deff")


def paradox_entries(
    project: Project, battery: Battery, found: Paradox, released: pl.DataFrame
) -> list[dict[str, Any]]:
    """The figure and the table of every test. Cells come from the release: a withheld one stays withheld."""
    alpha = 1 - found.level
    outcomes = [(each, project.indicator(each.indicator)) for each in battery.outcomes]
    # Of several answers of one set its page tells the first.
    said = {page_of(one): headline(battery, found, each, one) for each, one in reversed(outcomes)}
    common = {
        "answer": found.answer,
        "wave": battery.wave,
        "level": found.level,
        "sentence": said[page_of(outcomes[0][1])],
        "said": said,
        "method": method(project, battery, found),
        "limits": say("paradox.limits"),
        "explain": _explain(project, battery, found),
        "controls": [dict(each.title) for each in battery.controls],
    }
    about = list(dict.fromkeys([battery.figure.exclusion, *(page_of(one) for _, one in outcomes)]))
    figure = {
        **common,
        "id": battery.id,
        "title": dict(battery.title),
        "description": dict(battery.description),
        "about": list(dict.fromkeys([battery.figure.position, *about])),
        "facts": [
            fact(each, battery.wave, alpha) for each in found.tests if each.outcome == battery.outcomes[0]
        ],
        "controls": [dict(each.title) for each in battery.controls if each.breakdown != battery.figure.group],
        **_figure(project, battery, found, released),
    }
    table = {
        **common,
        "id": f"{battery.id}-tests",
        "title": say("paradox.battery", title=battery.title),
        "description": dict(battery.description),
        "about": about,
        "facts": [fact(each, battery.wave, alpha) for each in found.tests],
        "table": _table(found.tests),
    }
    return [figure, table]


def _explain(project: Project, battery: Battery, found: Paradox) -> dict[str, Any]:
    fitted = [each.adjusted for each in found.tests if each.adjusted]
    return {
        "formula": formula("average-margin"),
        "inputs": [each.column.removeprefix("by_") for each in (*battery.positions, *battery.controls)],
        "n": max((each.n for each in fitted), default=None),
        "weight": weight_said(
            project.indicator(battery.outcomes[0].indicator).weight
            or project.wave(battery.wave).design.weight
        ),
        "model": _model(project, battery) if fitted else None,
    }


def _model(project: Project, battery: Battery) -> dict[str, str]:
    """The model of the first test, in the titles that a reader knows."""
    position = battery.positions[0]
    held = [each for each in battery.controls if each.column != position.column]
    return modelled(
        project.indicator(battery.outcomes[0].indicator).title,
        [position.title, *(each.title for each in held)],
    )


def _difference(found: Margin, p: float, alpha: float) -> dict[str, Any]:
    return {
        "difference": found.estimate,
        "se": found.se,
        "lower": found.lower,
        "upper": found.upper,
        "p": found.p,
        "p_adjusted": p,
        "verdict": verdict_of(found, p, alpha),
    }


def _figure(project: Project, battery: Battery, found: Paradox, released: pl.DataFrame) -> dict[str, Any]:
    line = next(each for each in battery.positions if each.breakdown == battery.figure.line)
    group = project.breakdowns[battery.figure.group]
    ids = [*line.low, *line.high]
    lines = [each for each in project.breakdowns[battery.figure.line].categories if each.id in ids]
    sides = {"position": battery.figure.position, "exclusion": battery.figure.exclusion}
    cells = {side: _cells(released, name, battery) for side, name in sides.items()}
    rows = {row.group: row for row in found.rows}
    held = any(each.breakdown != battery.figure.group for each in battery.controls)
    return {
        "panels": [_panel(side, project.indicator(name)) for side, name in sides.items()],
        "categories": [{"id": each.id, "title": dict(each.title)} for each in lines],
        "groups": [
            _group(
                each.id,
                each.title,
                rows[each.id],
                cells,
                [c.id for c in lines],
                1 - found.level,
                controlled=held,
            )
            for each in group.categories
            if each.id in rows
        ],
        "contrast": say("paradox.contrast", high=line.high_title, low=line.low_title),
    }


def _panel(side: str, one: Indicator) -> dict[str, Any]:
    share = one.percentage
    return {
        "id": side,
        "title": dict(one.title),
        "indicator": one.id,
        "kind": one.kind,
        "unit": dict.fromkeys(LANGUAGES, "%") if share else dict(one.unit or {}),
        "decimals": one.decimals,
        "scale": list(one.scale) if one.scale else [0, 100],
    }


def open_groups(released: pl.DataFrame, indicator: str, battery: Battery) -> set[str]:
    """Groups of the figure of which the cells of all its lines are published."""
    line = next(each for each in battery.positions if each.breakdown == battery.figure.line)
    cells = _cells(released, indicator, battery)
    return {
        group
        for group in {group for group, _ in cells}
        if all(cells.get((group, each), {}).get("status") == "published" for each in (*line.low, *line.high))
    }


def _cells(released: pl.DataFrame, indicator: str, battery: Battery) -> dict[tuple[str, str], dict[str, Any]]:
    """(group, line): the released cell, whichever of the two parts stands first in the crossing."""
    group, line = battery.figure.group, battery.figure.line
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for breakdown, first in ((breakdown_id([group, line]), 0), (breakdown_id([line, group]), 1)):
        rows = released.filter(
            pl.col("indicator") == indicator,
            pl.col("breakdown") == breakdown,
            pl.col("wave") == battery.wave,
        )
        for row in rows.iter_rows(named=True):
            cell = {name: row[name] for name in ("status", "reason", "reliability", *CELL)}
            found[row["cell"][first], row["cell"][1 - first]] = cell
    return found


def _group(
    id_: str,
    title: Text,
    row: Row,
    cells: Mapping[str, Mapping[tuple[str, str], dict[str, Any]]],
    lines: Sequence[str],
    alpha: float,
    *,
    controlled: bool,
) -> dict[str, Any]:
    nothing = {"status": "withheld", "reason": "not-applicable"}
    shown = {side: {line: found.get((id_, line), nothing) for line in lines} for side, found in cells.items()}

    def open_(side: str) -> bool:
        return all(cell["status"] == "published" for cell in shown[side].values())

    differences: dict[str, Any] = {}
    if row.position and open_("position"):
        differences["position"] = {"raw": _difference(row.position, row.p_position, alpha)}
    if row.raw and open_("exclusion"):
        differences["exclusion"] = {"raw": _difference(row.raw, row.p_raw, alpha)}
        if row.adjusted and controlled:
            differences["exclusion"]["adjusted"] = _difference(row.adjusted, row.p, alpha)
    answer = row.answer if "exclusion" in differences else "cannot-tell"
    return {"id": id_, "title": dict(title), "answer": answer, "cells": shown, "differences": differences}


def _table(tests: Sequence[Test]) -> dict[str, Any]:
    columns = ("outcome", "position", "raw", "adjusted", "lower", "upper", "p", "answer", "n")
    rows = []
    for each in tests:
        found = each.adjusted
        numbers = (
            [each.raw.estimate, found.estimate, found.lower, found.upper, _p(each.p)]
            if found and each.raw
            else [None] * 5
        )
        answer = say(f"paradox.answer.{each.answer}")
        titles = [dict(each.indicator.title), dict(each.position.title)]
        rows.append([*titles, *numbers, answer, str(found.n) if found else None])
    return {
        "caption": say("paradox.columns.answer"),
        "columns": [say(f"paradox.columns.{name}") for name in columns],
        "rows": rows,
        "decimals": 1,
    }


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
