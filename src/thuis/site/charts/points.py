"""Points on the outline of areas: where initiatives are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from thuis.contract.area import Ring

WIDTH = 400
"""Grid steps from west to east."""
EDGE = 12
DEFAULT = (3.3, 50.75, 7.23, 53.56)
"""West, south, east and north of the Netherlands in Europe, for a map without boundaries."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point: which, its name, and where on the grid."""

    id: str
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Points:
    """The drawing: its size, the areas as one path, and the points on it."""

    width: int
    height: int
    path: str
    points: tuple[Point, ...]


def points(
    found: Sequence[tuple[str, str, tuple[float, float]]], shapes: Mapping[str, tuple[Ring, ...]]
) -> Points:
    """Points (id, name, latitude and longitude) on boundaries in degrees; those outside stand on the edge.

    >>> made = points([("a", "A", (52.1, 5.1))], {})
    >>> made.width, len(made.points), 0 < made.points[0].x < made.width
    (400, 1, True)
    """
    drawn = [ring for rings in shapes.values() for ring in rings]
    rings = drawn if all(abs(x) <= 180 and abs(y) <= 90 for ring in drawn for x, y in ring[:1]) else []
    spots = [spot for ring in rings for spot in ring]
    west, south, east, north = (
        (
            min(x for x, _ in spots),
            min(y for _, y in spots),
            max(x for x, _ in spots),
            max(y for _, y in spots),
        )
        if spots
        else DEFAULT
    )
    narrow = math.cos(math.radians((south + north) / 2))
    step = (east - west) * narrow / (WIDTH - 2 * EDGE)
    height = round((north - south) / step) + 2 * EDGE

    def place(x: float, y: float) -> tuple[float, float]:
        return (x - west) * narrow / step + EDGE, (north - y) / step + EDGE

    path = "".join(_ring([place(x, y) for x, y in ring]) for ring in rings)
    made = []
    for id_, name, (latitude, longitude) in found:
        x, y = place(longitude, latitude)
        made.append(Point(id_, name, round(min(max(x, 0), WIDTH), 1), round(min(max(y, 0), height), 1)))
    return Points(WIDTH, height, path, tuple(made))


def _ring(spots: Sequence[tuple[float, float]]) -> str:
    """A closed ring on whole grid steps; points that fall together are one."""
    kept = list(dict.fromkeys((round(x), round(y)) for x, y in spots))
    if len(kept) < 3:
        return ""
    steps = "".join(f"l{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}{steps}z"
