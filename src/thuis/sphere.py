"""Distances between points given in degrees."""

from __future__ import annotations

import math

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

EARTH_KM = 6371.0088
LATITUDE_KM = math.radians(1) * EARTH_KM
"""Of one degree to the north or south: no two points are nearer than this for each degree between them."""


def kilometres(one: Point, other: Point) -> float:
    """Kilometres between two points over a sphere of the Earth's mean radius.

    >>> round(kilometres((52.3731, 4.8922), (52.0705, 4.3007)))  # Amsterdam - Den Haag
    52
    """
    a, b = (math.radians(each) for each in (one[0], other[0]))
    turn = math.radians(other[1] - one[1])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
