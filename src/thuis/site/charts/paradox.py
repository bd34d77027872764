"""The paradox figure: structural position beside reported exclusion, from one category to the next.

Each row holds two drawings of one group. A reader sees at once whether both move the same way. Below it the
differences stand raw and adjusted, with their intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuis.contract.figure import Difference, Estimate
from thuis.contract.finding import Finding, Group, Panel
from thuis.site.charts.drawn import Drawn, Ticks, compared, drawn, ticks
from thuis.site.charts.scale import Scale, around_zero, nice
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Pair:
    """The points of one group in one panel; ``line`` joins the first and the last that are published."""

    points: tuple[Drawn, ...]
    line: tuple[tuple[float, float], tuple[float, float]] | None


@dataclass(frozen=True, slots=True)
class ParadoxRow:
    """One group: its pairs in the order of the panels."""

    id: str
    title: str
    answer: str
    answer_words: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A panel's heading and axis."""

    title: str
    unit: str
    ticks: Ticks


@dataclass(frozen=True, slots=True)
class Differences:
    """The differences of one panel: per group the raw one, the adjusted one, or both."""

    id: str
    title: str
    unit: str
    ticks: Ticks
    zero: float
    rows: tuple[tuple[str, tuple[Drawn, ...]], ...]
    adjusted: bool


@dataclass(frozen=True, slots=True)
class Paradox:
    """The whole figure. ``description`` is what a reader who cannot see it hears first."""

    legend: tuple[tuple[int, str], ...]
    heads: tuple[Head, ...]
    rows: tuple[ParadoxRow, ...]
    differences: tuple[Differences, ...]
    moderate: bool
    description: str


def paradox(finding: Finding, voice: Voice) -> Paradox | None:
    """The figure of a finding, or None when it has no panels or nothing is published."""
    published = [
        cell
        for group in finding.groups
        for panel in finding.panels
        for category in finding.categories
        if (cell := group.cell(panel.id, category.id)).status == "published"
    ]
    if not finding.panels or not published:
        return None
    scales = {side.id: _scale(side, finding) for side in finding.panels}
    rows = tuple(_row(group, finding, scales, voice) for group in finding.groups)
    return Paradox(
        tuple((index, voice.say(c.title)) for index, c in enumerate(finding.categories)),
        tuple(
            Head(voice.say(side.title), voice.unit(side), ticks(scales[side.id], voice))
            for side in finding.panels
        ),
        rows,
        tuple(found for side in finding.panels if (found := _differences(side, finding.groups, voice))),
        any(e.reliability == "moderate" for e in published),
        voice.t(
            "paradox.description",
            first=voice.say(finding.panels[0].title),
            second=voice.say(finding.panels[1].title),
            count=len(rows),
        ),
    )


def _scale(side: Panel, finding: Finding) -> Scale:
    """From zero for shares; for means the whole scale when it is known."""
    found = [group.cell(side.id, each.id) for group in finding.groups for each in finding.categories]
    low = min((e.lower for e in found if e.lower is not None), default=0.0)
    high = max((e.upper for e in found if e.upper is not None), default=1.0)
    if side.kind == "mean":
        return nice(*(side.scale or (low, high)))
    scale = nice(0.0, high)
    return scale if scale.high <= 100 else Scale(0, 100, (0, 25, 50, 75, 100))


def _row(group: Group, finding: Finding, scales: dict[str, Scale], voice: Voice) -> ParadoxRow:
    pairs = []
    names = [voice.say(c.title) for c in finding.categories]
    for side in finding.panels:
        found = [group.cell(side.id, c.id) for c in finding.categories]
        pairs.append(_pair(found, names, side, scales[side.id], voice))
    answer = group.answer or ""
    words = voice.t(f"answer.{answer}") if answer else ""
    return ParadoxRow(group.id, voice.say(group.title), answer, words, tuple(pairs))


def _pair(found: Sequence[Estimate], names: Sequence[str], side: Panel, scale: Scale, voice: Voice) -> Pair:
    points = tuple(
        drawn(name, each, scale, side, voice, style=index, y=_across(index, len(found)))
        for index, (each, name) in enumerate(zip(found, names, strict=True))
    )
    shown = [(point.x, point.y) for point in points if not point.reason]
    return Pair(points, (shown[0], shown[-1]) if len(shown) > 1 else None)


def _differences(side: Panel, groups: Sequence[Group], voice: Voice) -> Differences | None:
    found = {group.id: _listed(group, side) for group in groups}
    edges = [edge for each in found.values() for _, d in each for edge in (d.lower, d.upper)]
    if not edges:
        return None
    scale = around_zero(edges)
    rows = []
    for group in groups:
        shifts = tuple(
            compared("", each, scale, side, voice, kind=kind, y=_across(index, len(found[group.id])))
            for index, (kind, each) in enumerate(found[group.id])
        )
        if shifts:
            rows.append((voice.say(group.title), shifts))
    return Differences(
        side.id,
        voice.say(side.title),
        voice.difference_unit(side),
        ticks(scale, voice),
        scale.at(0),
        tuple(rows),
        any(kind == "adjusted" for each in found.values() for kind, _ in each),
    )


def _listed(group: Group, side: Panel) -> tuple[tuple[str, Difference], ...]:
    found = group.differences.get(side.id)
    return found.listed() if found else ()


def _across(index: int, count: int) -> float:
    """Where one of so many lines stands across its drawing, in per cent."""
    return round(100 * (index + 1) / (count + 1), 2)
