"""Origin schemes as data: dated classes, and rules on where a person, the mother and the father were born."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.origin.countries import NOT_STATED
from thuis.values import Text
from thuis.yaml import shipped

HERE, ABROAD, UNKNOWN = "h", "a", "u"
BORN = (HERE, ABROAD, UNKNOWN)
COMBINATIONS = tuple(product(BORN, repeat=3))
"""The 27 combinations of (person, mother, father); position 9 * person + 3 * mother + father."""

DECIDERS = ("none", "self", "mother", "father")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scheme says of one combination: class, whose birth country decides, generation."""

    cls: str
    decides: str
    generation: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of birth countries: a column of the country table and a title per group."""

    id: str
    title: Text
    column: str
    groups: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A classification by origin with the dates it held, ``valid_from`` to ``valid_until`` (None: still).

    ``country`` are the country codes that are home; ``classes`` the titles of its classes by id, ``grouping``
    the groups of countries below them; ``outcomes`` has one entry per combination of birthplaces. ``id``,
    ``title`` and ``source`` say which it is and where it stands.
    """

    id: str
    title: Text
    valid_from: datetime.date
    valid_until: datetime.date | None
    source: Text
    country: frozenset[str]
    classes: Mapping[str, Text]
    outcomes: tuple[Outcome, ...]
    grouping: Grouping | None = None

    def outcome(self, person: str, mother: str, father: str) -> Outcome:
        """What the scheme says of a ``person`` whose ``mother`` and ``father`` are known.

        Each was born here (``h``), abroad (``a``) or unknown (``u``).

        >>> scheme("2022").outcome("a", "h", "h").cls, scheme("1999").outcome("a", "h", "h").cls
        ('migrant', 'home')
        """
        return self.outcomes[COMBINATIONS.index((person, mother, father))]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every scheme that comes with thuis, by id.

    >>> sorted(schemes())
    ['1999', '2016', '2022', 'us-census', 'us-mainland']
    """
    return read_schemes(shipped("thuis.origin", "data/schemes.yaml"))


def scheme(name: str) -> Scheme:
    """The scheme of that id.

    :param name: one of :func:`schemes`.
    :raises ThuisError: when there is none, with those there are.

    >>> sorted(scheme("1999").classes)
    ['elsewhere', 'home', 'not-stated']
    """
    if name not in schemes():
        raise ThuisError(unknown("origin scheme", name, schemes()))
    return schemes()[name]


def read_schemes(data: Mapping[str, Any]) -> Mapping[str, Scheme]:
    """Schemes from their written form (see ``data/schemes.yaml``), for definitions of one's own.

    :raises ThuisError: for a combination that no rule covers and for a rule with an unknown class, all at
        once.

    >>> told = {"title": {"en": "By birth"}, "from": datetime.date(2026, 1, 1), "source": {"en": "Ours"}}
    >>> told |= {"country": ["NLD"], "classes": {"home": {"en": "Here"}, "abroad": {"en": "Elsewhere"}}}
    >>> told["rules"] = [["h", "hau", "hau", "home", "self", "first"]]
    >>> told["rules"] += [["au", "hau", "hau", "abroad", "self", "first"]]
    >>> read_schemes({"schemes": {"own": told}})["own"].outcome("a", "h", "h").cls
    'abroad'
    """
    groupings = {
        name: Grouping(name, each["title"], each["column"], each["groups"])
        for name, each in data.get("groupings", {}).items()
    }
    problems: list[Problem] = []
    found = {
        name: Scheme(
            id=name,
            title=each["title"],
            valid_from=each["from"],
            valid_until=each.get("until"),
            source=each["source"],
            country=frozenset(each["country"]),
            classes=each["classes"],
            outcomes=_outcomes(name, each, problems),
            grouping=groupings.get(each.get("grouping", "")),
        )
        for name, each in data["schemes"].items()
    }
    raise_all(problems)
    return found


def _outcomes(name: str, data: Mapping[str, Any], problems: list[Problem]) -> tuple[Outcome, ...]:
    rules = [(tuple(map(set, rule[:3])), Outcome(*rule[3:])) for rule in data["rules"]]
    for _, outcome in rules:
        if outcome.cls not in data["classes"]:
            problems.append(unknown(f"class in scheme {name}", outcome.cls, data["classes"]))
        if outcome.decides not in DECIDERS:
            problems.append(unknown(f"deciding person in scheme {name}", outcome.decides, DECIDERS))
    out = []
    for combination in COMBINATIONS:
        match = next(
            (o for born, o in rules if all(c in b for c, b in zip(combination, born, strict=True))), None
        )
        if match is None:
            problems.append(
                Problem(
                    f"scheme {name}: no rule for person, mother, father = {', '.join(combination)}",
                    expected="every combination of h, a and u has a rule",
                    step="add a rule; the class may be not-stated",
                )
            )
            match = Outcome(NOT_STATED, "none", NOT_STATED)
        out.append(match)
    return tuple(out)
