"""The municipalities since 1990 and what each became: codes, names and days, as CBS and RvIG give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from thuis.tables import shipped

FIRST, LAST = date(1990, 1, 1), date(2025, 12, 31)
"""The days the table speaks of; see :func:`gaps` for what it does not know."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One ``code``: its ``name``, ``province``, and the days it was in use, from ``start`` until ``end``.

    ``end`` is the first day it was not; None is not known, or not yet.
    """

    code: str
    name: str
    province: str
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        """Whether the code was in use on a day.

        >>> municipalities()["GM0305"].on(date(2010, 12, 31)), municipalities()["GM0305"].on(date(2011, 1, 1))
        (True, False)
        """
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Step:
    """What a code became on a day; ``part`` is ``all``, or ``main`` and ``part`` where it was divided."""

    day: date
    code: str
    part: Literal["all", "main", "part"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the table does not know, and how sure that is."""

    since: date
    until: date
    what: str
    certainty: str


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def municipalities() -> dict[str, Municipality]:
    """Every municipality since 1990, by its code.

    >>> municipalities()["GM0305"].name
    'Abcoude'
    """
    return {
        row["code"]: Municipality(
            row["code"], row["name"], row["province"], _day(row["valid_from"]), _day(row["valid_to"])
        )
        for row in shipped("thuis.places", "data/municipalities.csv")
    }


@cache
def other_names(kinds: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Pairs of code and another name of the same municipality, of these kinds or of any."""
    return tuple(
        (row["code"], row["name"])
        for row in shipped("thuis.places", "data/names.csv")
        if not kinds or row["kind"] in kinds
    )


@cache
def no_municipalities() -> tuple[tuple[str, str], ...]:
    """Names that are of something else, and what that is."""
    return tuple((row["name"], row["what"]) for row in shipped("thuis.places", "data/none.csv"))


@cache
def steps() -> dict[str, tuple[Step, ...]]:
    """What every ended code became, the main part first."""
    found: dict[str, list[Step]] = {}
    for row in shipped("thuis.places", "data/successors.csv"):
        part: Literal["all", "main", "part"] = "main" if row["part"] == "main" else "part"
        step = Step(
            date.fromisoformat(row["date"]), row["successor"], "all" if row["part"] == "all" else part
        )
        found.setdefault(row["code"], []).append(step)
    return {code: tuple(each) for code, each in found.items()}


@cache
def origins() -> dict[str, tuple[str, ...]]:
    """The codes that became a new one on the day that it began."""
    found: dict[str, list[str]] = {}
    for code, each in steps().items():
        for step in each:
            if municipalities()[step.code].start == step.day:
                found.setdefault(step.code, []).append(code)
    return {code: tuple(each) for code, each in found.items()}


@cache
def gaps() -> tuple[Gap, ...]:
    """What is not known about 2022-2026.

    >>> [each.certainty for each in gaps() if each.since.year == 2026]
    ['from memory, not checked']
    """
    return tuple(
        Gap(
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]),
            row["what"],
            row["certainty"],
        )
        for row in shipped("thuis.places", "data/unknown.csv")
    )


@cache
def at(code: str, day: date) -> tuple[str, ...]:
    """The codes that hold the territory of ``code`` on ``day``: itself, one successor, or several.

    Several mean that it was divided: what belonged to the old code cannot be shared out. None at all mean
    that the code did not exist yet and came from more than one other.

    >>> at("GM0305", date(2025, 1, 1)), at("GM0053", date(2019, 1, 1))
    (('GM0736',), ('GM1966', 'GM1969'))
    >>> at("GM1891", date(2008, 1, 1)), at("GM1900", date(2010, 1, 1))  # renamed; made of five
    (('GM0065',), ())
    """
    here = municipalities()[code]
    if here.on(day):
        return (code,)
    if here.end is not None and day >= here.end:
        return tuple(dict.fromkeys(each for step in steps()[code] for each in at(step.code, day)))
    before = origins().get(code, ())
    renamed = len(before) == 1 and len(steps()[before[0]]) == 1
    return at(before[0], day) if renamed else ()


def current(day: date) -> tuple[Municipality, ...]:
    """The municipalities of a day, by code.

    >>> len(current(date(2022, 1, 1))), len(current(date(2022, 3, 24))), len(current(date(2025, 1, 1)))
    (345, 344, 342)
    """
    return tuple(each for each in municipalities().values() if each.on(day))


def joined(since: date, until: date) -> dict[date, dict[str, tuple[str, ...]]]:
    """Per day after ``since`` up to ``until``: new code and the codes that went into it, whole.

    >>> joined(date(2021, 1, 1), date(2022, 1, 1))[date(2022, 1, 1)]["GM1980"]
    ('GM0398', 'GM0416')
    """
    found: dict[date, dict[str, list[str]]] = {}
    for code, each in steps().items():
        for step in each:
            if since < step.day <= until and step.part == "all":
                found.setdefault(step.day, {}).setdefault(step.code, []).append(code)
    return {day: {new: tuple(old) for new, old in each.items()} for day, each in sorted(found.items())}
