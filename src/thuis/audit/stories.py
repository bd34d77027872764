"""Attacks on what stands beside the figures: findings, sentences and maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thuis.audit.answers import counted
from thuis.audit.attack import Table
from thuis.audit.model import Weak
from thuis.audit.read import Published, secret
from thuis.language import LANGUAGES, texts

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)? ?%")
"""A percentage within a sentence."""
RAW = frozenset(texts("findings", each)("paradox.columns.raw") for each in LANGUAGES)
COUNTED = frozenset(texts("findings", each)("paradox.columns.n") for each in LANGUAGES)
"""The heads of a table of raw differences, in every language."""


def attack_stories(published: Published, tables: Mapping[tuple[str, str], Table]) -> Iterator[Weak]:
    """Everything beside the figures that tells what these withhold."""
    for entry in published.findings:
        yield from _cells(entry, tables)
        yield from _remainders(entry, tables, published)
    for indicator, record in published.indicators.items():
        yield from _said(indicator, record.get("facts", ()), tables, published)
    for area_map in published.maps:
        yield from _areas(area_map, published.map_tables.get(str(area_map.get("id")), []))


def _cells(entry: Mapping[str, Any], tables: Mapping[tuple[str, str], Table]) -> Iterator[Weak]:
    """Numbers of a group in a finding, or of a difference beside it, that its figure withholds."""
    of = {panel["id"]: panel["indicator"] for panel in entry.get("panels", ())}
    wave = str(entry.get("wave", ""))
    for group in entry.get("groups", ()):
        for panel, cells in group.get("cells", {}).items():
            figures = tables.get((of.get(panel, ""), wave), {})
            hidden = []
            for category, cell in cells.items():
                crossed = [c for at, c in figures.items() if set(at[1]) == {group["id"], category}]
                if any(secret(c) for _, c in crossed):
                    hidden.append(category)
                    if cell.get("status") == "published":
                        yield Weak(
                            "finding", entry["id"], wave, (group["id"], category), 0, 0, f"cell of {panel}"
                        )
            if hidden and len(hidden) < len(cells) and group.get("differences", {}).get(panel):
                yield Weak(
                    "finding", entry["id"], wave, (group["id"], hidden[0]), 0, 0, f"difference of {panel}"
                )


def _remainders(
    entry: Mapping[str, Any], tables: Mapping[tuple[str, str], Table], published: Published
) -> Iterator[Weak]:
    """A difference of two sides that leaves out a few of those in the figure, where weights are flat."""
    wave = str(entry.get("wave", ""))
    titles = {_name(each.get("title", {})): id_ for id_, each in published.indicators.items()}
    columns = [set(each.values()) for each in entry.get("table", {}).get("columns", ())]
    if not columns or not columns[-1] & COUNTED or not set.union(*columns) & RAW:
        return
    for row in entry["table"]["rows"]:
        indicator = titles.get(_name(row[0])) if isinstance(row[0], dict) else None
        cells = tables.get((str(indicator), wave), {})
        total = cells.get(((), ()))
        if row[-1] is None or not total or total[1]["status"] != "published" or counted(cells) is None:
            continue
        rest = float(total[1]["n"]) - float(row[-1])
        if 0.5 < rest < published.minimum:
            how = f"{indicator} less those on a side of {next(iter(row[1].values()))}"
            yield Weak("finding", entry["id"], wave, (), rest, rest, how)


def _name(title: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(title.items()))


def _said(
    indicator: str,
    facts: Sequence[Mapping[str, str]],
    tables: Mapping[tuple[str, str], Table],
    published: Published,
) -> Iterator[Weak]:
    """Percentages in the main facts of a share that no published cell has."""
    kinds = {f.indicator: f.kind for f in published.figures}
    if kinds.get(indicator) != "proportion":
        return
    shown = {
        f"{float(cell[name]):.{digits}f}"
        for (name_, _), cells in tables.items()
        if name_ == indicator
        for _, cell in cells.values()
        if cell["status"] == "published"
        for name in ("estimate", "lower", "upper")
        if cell.get(name) is not None
        for digits in range(4)
    }
    for fact in facts:
        for language, text in fact.items():
            for found in NUMBER.findall(text):
                if found.rstrip("% ").replace(",", ".") not in shown:
                    how = f"{found} in {language}: {text[:60]}"
                    yield Weak("said", indicator, "", (), 0, 0, how)


def _areas(area_map: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> Iterator[Weak]:
    """Numbers of withheld areas."""
    hidden = {each["id"] for each in area_map["areas"] if each["status"] != "published"}
    for row in rows:
        code = row.get("code", "")
        told = [name for name, value in row.items() if name not in ("code", "name", "synthetic") and value]
        if code in hidden and told:
            yield Weak("map", str(area_map["id"]), "", (code,), 0, 0, f"{told[0]} of a withheld area")
