"""Small pictures of findings: a few rows with a dot, a pair of dots or a bar."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.contract.area import Map
from thuis.contract.figure import Figure
from thuis.contract.finding import Finding, PlainTable
from thuis.contract.flow import Flow
from thuis.site.charts.groups import groups
from thuis.site.charts.scale import nice
from thuis.site.voice import Measured, Voice

MOST = 6
"""Rows of a small picture."""


@dataclass(frozen=True, slots=True)
class Small:
    """One row: places in per cent (joined when there are two), or a bar from zero."""

    label: str
    value: str
    at: tuple[float, ...] = ()
    bar: float | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture with its key."""

    rows: tuple[Small, ...]
    key: str = ""


def of_figure(figure: Figure, voice: Voice) -> Thumb | None:
    """The groups of a figure, high to low."""
    found = groups(figure, voice)
    rows = [Small(d.label, d.value, (d.x,), mark=d.verdict) for d in found.dots if d.value]
    if len(rows) > MOST:
        half = MOST // 2
        rows = [*rows[:half], *rows[-half:]]
    return Thumb(tuple(rows), f"{voice.unit(figure)}, {voice.wave(found.wave)}") if rows else None


def _short(value: float, of: Measured, voice: Voice) -> str:
    return voice.number(value, 0 if of.kind == "proportion" else of.decimals)


def of_finding(finding: Finding, voice: Voice) -> Thumb | None:
    """The second panel: for every group its first and last category, joined; else the rows of its table."""
    if not finding.panels:
        return _of_table(finding.table, voice) if finding.table else None
    panel = finding.panels[-1]
    ends = (finding.categories[0], finding.categories[-1])
    pairs = []
    for group in finding.groups:
        cells = [group.cell(panel.id, each.id) for each in ends]
        values = [each.estimate for each in cells if each.estimate is not None]
        if len(values) == len(ends):
            pairs.append((voice.say(group.title), values))
    if not pairs:
        return None
    scale = nice(0.0, max(value for _, values in pairs for value in values))
    rows = tuple(
        Small(
            label,
            " → ".join(_short(each, panel, voice) for each in values),
            tuple(scale.at(each) for each in values),
        )
        for label, values in pairs[:MOST]
    )
    return Thumb(rows, " → ".join(voice.say(each.title) for each in ends))


def _of_table(table: PlainTable, voice: Voice) -> Thumb | None:
    """The rows of a table of estimates with their intervals; one that holds zero shows no difference."""
    shown: list[tuple[str, float, bool]] = []
    for name, *numbers in table.rows:
        values = [each for each in numbers if isinstance(each, (int, float))]
        if not isinstance(name, dict) or len(numbers) != 3 or len(values) != 3:
            return None
        if not values[1] <= values[0] <= values[2]:
            return None
        shown.append((voice.say(name), values[0], values[1] <= 0 <= values[2]))
    if not shown:
        return None
    estimates = [value for _, value, _ in shown]
    scale = nice(min(0.0, *estimates), max(0.0, *estimates))
    rows = tuple(
        Small(label, voice.number(value, table.decimals), (scale.at(value),), mark="none" if none else "")
        for label, value, none in shown[:MOST]
    )
    return Thumb(rows, voice.say(table.caption))


def of_map(found: Map, voice: Voice) -> Thumb | None:
    """The highest and the lowest areas."""
    valued = [(each.value, each) for each in found.areas if each.value is not None]
    ranked = [(value, each) for value, each in sorted(valued, key=lambda pair: -pair[0])]
    half = MOST // 2
    shown = ranked if len(ranked) <= MOST else [*ranked[:half], *ranked[-half:]]
    if not shown:
        return None
    scale = nice(min(0.0, shown[-1][0]), shown[0][0])
    rows = tuple(
        Small(voice.say(each.title), voice.number(value, found.decimals), (scale.at(value),))
        for value, each in shown
    )
    return Thumb(rows, voice.say(found.unit))


def of_flow(flow: Flow, voice: Voice) -> Thumb | None:
    """How many are in the coloured bands, and how many in the grey."""
    counts = {True: 0.0, False: 0.0}
    for link in flow.links:
        counts[link.moves] += link.persons or 0.0
    whole = sum(counts.values())
    if not whole:
        return None
    words = {
        True: voice.say(flow.coloured) or voice.t("flow.moves"),
        False: voice.say(flow.grey) or voice.t("flow.stays"),
    }
    rows = tuple(
        Small(
            words[moves],
            voice.percent(100 * counts[moves] / whole),
            bar=round(100 * counts[moves] / whole, 2),
            mark="higher" if moves else "none",
        )
        for moves in (True, False)
    )
    return Thumb(rows, voice.say(flow.unit))
