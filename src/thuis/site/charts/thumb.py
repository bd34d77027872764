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
    """A small picture with its key; ``zero`` is where no difference lies, when that is inside it."""

    rows: tuple[Small, ...]
    key: str = ""
    zero: float | None = None


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
    """The rows of a table of one estimate, or of two beside each other, with their intervals.

    A row whose last interval holds zero shows no difference; one in which a number is missing is left out.
    """
    shown: list[tuple[str, list[float], bool]] = []
    for name, *rest in table.rows:
        kinds = [isinstance(each, (int, float)) for each in rest]
        values = [each for each in rest if isinstance(each, (int, float))]
        if None in rest:
            continue
        spans = [values[at : at + 3] for at in range(0, len(values), 3)]
        even = (len(values), len(rest)) in ((3, 3), (6, 6), (6, 7)) and all(kinds[: len(values)])
        if not isinstance(name, dict) or not even or any(not low <= at <= high for at, low, high in spans):
            return None
        estimates = [estimate for estimate, *_ in spans]
        shown.append((voice.say(name), estimates, spans[-1][1] <= 0 <= spans[-1][2]))
    if len({len(estimates) for _, estimates, _ in shown}) != 1:
        return None
    every = [each for _, estimates, _ in shown for each in estimates]
    scale = nice(min(0.0, *every), max(0.0, *every))
    rows = tuple(
        Small(
            label,
            " → ".join(voice.number(each, table.decimals) for each in estimates),
            tuple(scale.at(each) for each in estimates),
            mark="none" if none else "",
        )
        for label, estimates, none in shown[:MOST]
    )
    two = len(shown[0][1]) > 1
    heads = [voice.say(table.columns[at]) for at in (1, 4)] if two else [voice.say(table.caption)]
    return Thumb(rows, " → ".join(heads), scale.at(0.0) if min(every) < 0 else None)


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
