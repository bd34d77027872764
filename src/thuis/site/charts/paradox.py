"""The paradox figure: structural position beside reported exclusion, from one category to the next.

Each row holds two drawings of one group. A reader sees at once whether both move the same way. Below it the
differences stand raw and adjusted, with their intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuis.contract.figure import Difference, Estimate
from thuis.contract.finding import Finding, Group, Panel
from thuis.site.charts.scale import Scale, nice
from thuis.site.voice import Voice

Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One category in a panel: its position and interval in per cent, and its words."""

    name: str
    style: int
    x: float
    low: float
    high: float
    y: float
    value: str
    span: str
    n: str
    moderate: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The points of one group in one panel; ``line`` joins the first and the last that are published."""

    points: tuple[Point, ...]
    line: tuple[tuple[float, float], tuple[float, float]] | None


@dataclass(frozen=True, slots=True)
class Shift:
    """One difference, raw or adjusted."""

    kind: str
    x: float
    low: float
    high: float
    y: float
    value: str
    span: str
    verdict: str
    words: str


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
    rows: tuple[tuple[str, tuple[Shift, ...]], ...]
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
            Head(voice.say(side.title), voice.unit(side), _ticks(scales[side.id], voice))
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


def _ticks(scale: Scale, voice: Voice) -> Ticks:
    decimals = 0 if all(tick == int(tick) for tick in scale.ticks) else 1
    return tuple((scale.at(tick), voice.number(tick, decimals)) for tick in scale.ticks)


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
        _point(each, name, index, len(found), side, scale, voice)
        for index, (each, name) in enumerate(zip(found, names, strict=True))
    )
    shown = [(point.x, point.y) for point in points if not point.reason]
    return Pair(points, (shown[0], shown[-1]) if len(shown) > 1 else None)


def _point(
    each: Estimate, name: str, index: int, count: int, side: Panel, scale: Scale, voice: Voice
) -> Point:
    y = round(100 * (index + 1) / (count + 1), 2)
    if each.status == "withheld":
        reason = voice.t(f"reason.{each.reason}")
        return Point(name, index, 0, 0, 0, y, "", "", "", False, reason)
    return Point(
        name,
        index,
        scale.at(each.estimate),
        scale.at(each.lower),
        scale.at(each.upper),
        y,
        voice.value(each.estimate, side),
        voice.span(each.lower, each.upper, side),
        voice.count(each.n),
        each.reliability == "moderate",
        "",
    )


def _differences(side: Panel, groups: Sequence[Group], voice: Voice) -> Differences | None:
    found = {group.id: _listed(group, side) for group in groups}
    edges = [edge for each in found.values() for _, d in each for edge in (d.lower, d.upper)]
    if not edges:
        return None
    scale = nice(min(0.0, *edges), max(0.0, *edges))
    rows = []
    for group in groups:
        shifts = tuple(
            _shift(kind, each, index, len(found[group.id]), side, scale, voice)
            for index, (kind, each) in enumerate(found[group.id])
        )
        if shifts:
            rows.append((voice.say(group.title), shifts))
    return Differences(
        side.id,
        voice.say(side.title),
        voice.difference_unit(side),
        _ticks(scale, voice),
        scale.at(0),
        tuple(rows),
        any(kind == "adjusted" for each in found.values() for kind, _ in each),
    )


def _listed(group: Group, side: Panel) -> tuple[tuple[str, Difference], ...]:
    found = group.differences.get(side.id)
    return found.listed() if found else ()


def _shift(
    kind: str, each: Difference, index: int, count: int, side: Panel, scale: Scale, voice: Voice
) -> Shift:
    return Shift(
        kind,
        scale.at(each.difference),
        scale.at(each.lower),
        scale.at(each.upper),
        round(100 * (index + 1) / (count + 1), 2),
        voice.signed(each.difference, side),
        voice.span(each.lower, each.upper, side),
        each.verdict,
        voice.t(f"verdict.{each.verdict}"),
    )
