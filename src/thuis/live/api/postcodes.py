"""``postcodes.csv`` of the folder: ``postcode,latitude,longitude``, by which distances are worked out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from thuis.errors import Problem, raise_all
from thuis.live.api.ask import Point, plain
from thuis.live.kept import Kept
from thuis.tables import Row, read_table

NAME = "postcodes.csv"
_FURTHEST = {"latitude": 90.0, "longitude": 180.0}


def read_postcodes(path: Path) -> Mapping[str, Point]:
    """Postcode without spaces -> the middle of it; nothing where there is no such file.

    :raises ThuisError: with every row that has no postcode or no place on earth.
    """
    if not path.exists():
        return {}
    problems: list[Problem] = []
    found = {}
    for row in read_table(path, problems, required=("postcode", *_FURTHEST)):
        at = [_degrees(row, name, most, problems) for name, most in _FURTHEST.items()]
        found[plain(row.need("postcode", problems))] = (at[0], at[1])
    raise_all(problems)
    return found


def _degrees(row: Row, name: str, most: float, problems: list[Problem]) -> float:
    try:
        number = float(row[name])
    except ValueError:
        number = math.nan
    if not abs(number) <= most:
        problems.append(Problem(f"{row[name]!r} is no {name}", row.place(name), f"a number up to {most:.0f}"))
    return number


_POSTCODES = Kept(read_postcodes)


def postcodes() -> Mapping[str, Point]:
    """The postcodes of this service."""
    return _POSTCODES(settings.HOME / NAME)
