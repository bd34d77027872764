"""Towns, villages and neighbourhoods, and the municipality that each lies in on a day.

The table is of 2024 (see ``data/README.md``). A place is no municipality: it never decides which one is
meant where a municipality has to be named, and says in which one it lies where that is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from thuis.places import spelling
from thuis.places.table import at, current
from thuis.tables import shipped

SINCE = date(2024, 1, 1)
"""The day of the table."""
SOURCES = {"cbs": "CBS, 2024", "geonames": "GeoNames", "kst": "Kamerstuk 30 995"}


@dataclass(frozen=True, slots=True)
class Village:
    """One place: its ``name``, the ``code`` of its municipality in 2024, and where that is from.

    ``also`` is a shorter name; ``word`` says that the name is a word of the language as well.
    """

    name: str
    code: str
    source: str
    also: str = ""
    word: bool = False


@cache
def villages() -> tuple[Village, ...]:
    """Every place of the table.

    >>> [each.code for each in villages() if each.name == "Egmond aan Zee"]
    ['GM0373']
    """
    return tuple(
        Village(row["name"], row["municipality"], SOURCES[row["source"]], row["also"], bool(row["word"]))
        for row in shipped("thuis.places", "data/villages.csv")
    )


@cache
def _index() -> Mapping[str, tuple[Village, ...]]:
    """Places by their folded name; several where a name is that of more than one."""
    index: dict[str, tuple[Village, ...]] = {}
    for each in villages():
        for name in filter(None, (each.name, each.also)):
            key = spelling.key(spelling.tokens(name))
            index[key] = (*index.get(key, ()), each)
    return index


def named(text: str) -> tuple[Village, ...]:
    """The places of the table that bear a name.

    >>> [each.code for each in named("egmond a/zee")], [each.name for each in named("Hoogvliet")]
    (['GM0373'], ['Hoogvliet Rotterdam'])
    """
    words = spelling.tokens(text)
    bare = spelling.without_article(words)
    return _index().get(spelling.key(words)) or _index().get(spelling.key(bare), ())


@cache
def around(code: str, day: date) -> tuple[str, ...]:
    """The municipalities of a day that a place of the municipality ``code`` of 2024 may have lain in.

    >>> around("GM0373", date(2024, 6, 1)), around("GM0373", date(2000, 1, 1))  # Bergen, Egmond, Schoorl
    (('GM0373',), ('GM0357', 'GM0373', 'GM0444'))
    """
    if day >= SINCE:
        return at(code, day)
    return tuple(each.code for each in current(day) if code in at(each.code, SINCE))


def of(code: str) -> tuple[str, ...]:
    """The names of the places of the register in a municipality of 2024, in order.

    >>> of("GM0373")[:3]
    ('Bergen aan Zee', 'Bergen', 'Egmond aan den Hoef')
    """
    cbs = SOURCES["cbs"]
    return tuple(each.also or each.name for each in villages() if each.code == code and each.source == cbs)
