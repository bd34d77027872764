"""A map in colour classes, with every value in a table: polygons to inline SVG.

Positions are rounded to a grid before they are drawn, in the same way for every area, so that two neighbours
keep one border and the drawing stays small.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from thuis.contract.area import Area, Map, Ring
from thuis.language.letters import in_order
from thuis.site.charts.scale import nice
from thuis.site.voice import Voice

WIDTH = 700
"""Grid steps from west to east."""
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One area as a path; ``level`` is its colour class, None when it has no figure."""

    path: str
    level: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    """A colour class: its limits in words, and how many areas are in it."""

    level: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in the table: its bar, its interval when there is one, and its words."""

    title: str
    value: str
    width: float
    level: int | None
    low: float
    high: float
    span: str
    n: str
    moderate: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Choropleth:
    """The whole map with its table."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    levels: tuple[Level, ...]
    without: int
    highest: tuple[AreaRow, ...]
    lowest: tuple[AreaRow, ...]
    rows: tuple[AreaRow, ...]
    spans: bool
    counts: bool
    description: str


def per_hundred(found: Map, voice: Voice) -> Map:
    """An index between 0 and 1 as so many in a hundred, the unit of its sentence; others as they are."""
    values = [v for a in found.areas for v in (a.value, a.lower, a.upper) if v is not None]
    if found.kind != "index" or not all(0 <= each <= 1 for each in values):
        return found

    def times(value: float | None) -> float | None:
        return None if value is None else round(value * 100, 6)

    areas = tuple(
        each
        if each.status == "withheld"
        else each.but(value=times(each.value), lower=times(each.lower), upper=times(each.upper))
        for each in found.areas
    )
    return found.but(
        areas=areas,
        classes=tuple(times(each) for each in found.classes),
        decimals=max(0, found.decimals - 2),
        unit={voice.language: voice.t("map.per-hundred")},
    )


def choropleth(found: Map, shapes: Mapping[str, tuple[Ring, ...]], voice: Voice) -> Choropleth:
    """The drawing and the table of a map."""
    limits = found.classes or _limits([a.value for a in found.areas if a.value is not None])
    areas = {each.id: each for each in found.areas}
    drawn, height = _drawn(tuple(shapes.items()))
    levels = {each.id: _level(each.value, limits) for each in found.areas}
    paths = tuple(
        Shape(path, levels.get(id_), _name(areas.get(id_), found, voice))
        for id_, path in drawn.items()
        if path
    )
    rows = _rows(found, levels, voice)
    ranked = sorted(
        (each for each in zip(found.areas, rows, strict=True) if each[0].value is not None),
        key=lambda each: -(each[0].value or 0.0),
    )
    ends = min(10, len(ranked) // 2)
    return Choropleth(
        WIDTH,
        height,
        paths,
        _legend(limits, list(levels.values()), found, voice),
        sum(each.value is None for each in found.areas) + sum(id_ not in areas for id_ in drawn),
        tuple(row for _, row in ranked[:ends]),
        tuple(row for _, row in ranked[len(ranked) - ends :]),
        tuple(in_order(rows, voice.language, lambda row: row.title)),
        any(row.span for row in rows),
        any(row.n for row in rows),
        _description(found, ranked, voice),
    )


def _limits(values: Sequence[float]) -> tuple[float, ...]:
    """Inner limits at round numbers, for four or five classes.

    >>> _limits([0.05, 0.31, 0.78])
    (0.2, 0.4, 0.6)
    """
    if not values:
        return ()
    scale = nice(min(values), max(values), steps=5)
    inner = list(scale.ticks[1:-1])
    return tuple(inner if len(inner) <= 4 else inner[:: math.ceil(len(inner) / 4)])


def _level(value: float | None, limits: Sequence[float]) -> int | None:
    return None if value is None else sum(value >= limit for limit in limits)


@lru_cache(maxsize=16)
def _drawn(shapes: tuple[tuple[str, tuple[Ring, ...]], ...]) -> tuple[Mapping[str, str], int]:
    """Area -> SVG path on the grid, and the height of the grid. Several maps have the same boundaries."""
    points = [point for _, rings in shapes for ring in rings for point in ring]
    if not points:
        return {}, 1
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    degrees = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    narrow = math.cos(math.radians((south + north) / 2)) if degrees else 1.0
    step = ((east - west) * narrow or 1.0) / WIDTH

    def place(x: float, y: float) -> Point:
        return round((x - west) * narrow / step), round((north - y) / step)

    return (
        {id_: "".join(_ring(place(x, y) for x, y in ring) for ring in rings) for id_, rings in shapes},
        round((north - south) / step) + 1,
    )


def _ring(points: Iterable[Point]) -> str:
    """A closed ring in relative steps; a point on the last one, or on a straight line, is dropped.

    >>> _ring([(0, 0), (5, 0), (5, 0), (10, 0), (10, 10), (0, 0)])
    'M0 0h10v10z'
    """
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    if kept and kept[0] == kept[-1]:
        kept.pop()
    if len(kept) < 3:
        return ""
    steps = [f"M{kept[0][0]} {kept[0][1]}"]
    for (x0, y0), (x1, y1) in pairwise(kept):
        dx, dy = x1 - x0, y1 - y0
        steps.append(f"h{dx}" if dy == 0 else f"v{dy}" if dx == 0 else f"l{dx} {dy}")
    return f"{''.join(steps)}z"


def _straight(a: Point, b: Point, c: Point) -> bool:
    cross = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    onward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return cross == 0 and onward > 0


def _name(area: Area | None, found: Map, voice: Voice) -> str:
    if area is None:
        return ""
    words = voice.value(area.value, found) if area.value is not None else voice.t(f"reason.{area.reason}")
    return f"{voice.say(area.title)}: {words}"


def _rows(found: Map, levels: Mapping[str, int | None], voice: Voice) -> list[AreaRow]:
    values = [edge for a in found.areas for edge in (a.value, a.upper) if edge is not None]
    top = 100.0 if found.kind == "proportion" else max(values, default=1.0) or 1.0

    def at(value: float | None) -> float:
        return round(100 * min(1.0, max(0.0, (value or 0.0) / top)), 2)

    rows = []
    for each in found.areas:
        title = voice.say(each.title)
        if each.value is None:
            rows.append(AreaRow(title, "", 0, None, 0, 0, "", "", False, voice.t(f"reason.{each.reason}")))
            continue
        bounded = each.lower is not None and each.upper is not None
        span = ""
        if each.lower is not None and each.upper is not None:
            span = voice.span(each.lower, each.upper, found)
        rows.append(
            AreaRow(
                title,
                voice.value(each.value, found),
                at(each.value),
                levels[each.id],
                at(each.lower) if bounded else 0,
                at(each.upper) if bounded else 0,
                span,
                voice.count(each.n),
                each.reliability == "moderate",
                "",
            )
        )
    return rows


def _legend(
    limits: Sequence[float], levels: Sequence[int | None], found: Map, voice: Voice
) -> tuple[Level, ...]:
    words = [voice.value(limit, found) for limit in limits]
    if not words:
        return ()
    labels = [
        voice.t("map.below", value=words[0]),
        *(voice.t("map.between", low=low, high=high) for low, high in pairwise(words)),
        voice.t("map.above", value=words[-1]),
    ]
    return tuple(Level(index, label, levels.count(index)) for index, label in enumerate(labels))


def _description(found: Map, ranked: Sequence[tuple[Area, AreaRow]], voice: Voice) -> str:
    if not ranked:
        return voice.t("map.nothing")
    first, last = ranked[0], ranked[-1]
    return voice.t(
        "map.drawing",
        count=len(found.areas),
        high=f"{first[1].value} ({first[1].title})",
        low=f"{last[1].value} ({last[1].title})",
    )
