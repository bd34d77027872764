"""``postcodes.csv`` of the folder: ``postcode,latitude,longitude``, by which distances are worked out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from thuis.documents.sheet import Row, read_table, wanting
from thuis.errors import Problem, raise_all
from thuis.live.api.ask import Point, plain
from thuis.live.kept import Kept

NAME = "postcodes.csv"
_FURTHEST = {"latitude": 90.0, "longitude": 180.0}


def read_postcodes(path: Path) -> Mapping[str, Point]:
    """Postcode without spaces -> the middle of it; nothing where there is no such file.

    :raises ThuisError: with every row that has no postcode or no place on earth.
    """
    if not path.exists():
        return {}
    table = read_table(path)
    raise_all(wanting(table, ("postcode", *_FURTHEST)))
    problems, found = [], {}
    for row in table.rows:
        at = {name: _degrees(row, name, most) for name, most in _FURTHEST.items()}
        problems += [
            Problem(f"{row[name]!r} is no {name}", table.place(row, name), f"a number up to {most:.0f}")
            for name, most in _FURTHEST.items()
            if at[name] is None
        ]
        if not plain(row["postcode"]):
            problems.append(Problem("no postcode", table.place(row, "postcode"), "3512 or 3512AB"))
        found[plain(row["postcode"])] = (at["latitude"] or 0.0, at["longitude"] or 0.0)
    raise_all(problems)
    return found


def _degrees(row: Row, name: str, most: float) -> float | None:
    try:
        number = float(row[name].replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) <= most else None


_POSTCODES = Kept(read_postcodes)


def postcodes() -> Mapping[str, Point]:
    """The postcodes of this service."""
    return _POSTCODES(settings.HOME / NAME)
