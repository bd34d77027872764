"""Terms in Dutch words ("voor de zomer", "in het derde kwartaal") as the last day that they allow.

A term without a year is the first such day after the date of the text. Conventions, as ministries use them:
"begin" is the first quarter, "medio" the second; "voor de zomer" is before the recess (30 June is taken);
"najaar" and "voorjaar" end with the season; "na de zomer" ends with the autumn, "na de kerst" with March, and
"na het reces" follows the next long recess. "Op korte termijn" and "de komende weken" name no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from thuis.dossier.cite.dates import DATE, MONTHS, dates
from thuis.dossier.commitments.expressions import rx
from thuis.dossier.commitments.model import Term

_NUMBERS = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5,
    "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "twaalf": 12,
}  # fmt: skip
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4}
_YEAR = r"(?:\s+(?:van\s+)?(?P<year>20\d\d|dit jaar|volgend jaar|komend jaar))?"
_STARTS = {
    "zomer": (6, 30), "zomerreces": (6, 30), "kerst": (12, 24), "kerstreces": (12, 24),
    "herfst": (9, 20), "herfstreces": (10, 10), "voorjaarsreces": (2, 10), "meireces": (4, 20),
    "voorjaar": (3, 20), "najaar": (9, 22), "winter": (12, 20),
}  # fmt: skip
"""The last day before a season or recess begins."""
_ENDS = {
    "voorjaar": (6, 20), "zomer": (9, 21), "najaar": (12, 20), "herfst": (12, 20), "winter": (3, 20)
}  # fmt: skip
_AFTER = {
    "zomer": (12, 20), "zomerreces": (12, 20), "kerst": (3, 31), "kerstreces": (3, 31),
    "jaarwisseling": (3, 31),
    "voorjaarsreces": (6, 30), "meireces": (6, 30), "herfstreces": (12, 24),
}  # fmt: skip
"""The last day of what follows a season or recess."""
_UNTIL = re.compile(r"\b(ruim voor|voor|vóór|uiterlijk(?: op)?|per|tot|tegen|rond|omstreeks)\s+$", re.I)
_MONTH = "|".join(MONTHS)

_ANY = re.compile(
    rf"\d|kwartaal|helft|weekend|zomer|kerst|herfst|dag\b|winter|jaar|reces|week|weken|maand|dagen|periode|tijd"
    rf"|termijn|spoedig"
    rf"|binnenkort|mogelijk|morgen|begrot|debat|overleg|behandeling|stemming|volgende|prinsjesdag|{_MONTH}",
    re.I,
)
"""A text without any of these words has no term."""

Finder = Callable[[re.Match[str], date], "date | None"]


def term_in(text: str, near: date | None, apart: date | None = None) -> Term | None:
    """The first term in a text, or None.

    :param near: the date of the text; without one a term has no day.
    :param apart: a date that is no term: that of the promise itself.

    >>> term_in("Ik stuur u voor de zomer een brief.", date(2022, 11, 14))
    Term(words='voor de zomer', day=datetime.date(2023, 6, 30))
    >>> term_in("aan het einde van dit jaar een impuls", date(2022, 11, 14)).day
    datetime.date(2022, 12, 31)
    >>> term_in("binnen drie maanden", date(2022, 11, 14)).day
    datetime.date(2023, 2, 14)
    >>> term_in("op korte termijn het gesprek", date(2022, 11, 14))
    Term(words='op korte termijn', day=None)
    """
    if not _ANY.search(text):
        return None
    found: list[tuple[int, int, date | None]] = [
        (match.start(), -match.end(), finder(match, near) if near else None)
        for finder, match in _matches(text)
    ]
    found += [(a, -b, day) for a, b, day in _days(text, near) if apart is None or day != apart]
    for start, end, day in sorted(found, key=lambda each: each[:2]):
        if day is None or near is None or day >= near:
            return Term(text[start:-end], day)
    return None


@lru_cache(maxsize=64)
def _matches(text: str) -> tuple[tuple[Finder, re.Match[str]], ...]:
    """What each expression finds; a sentence is asked for its term more than once."""
    return tuple((finder, match) for pattern, finder in _FINDERS for match in pattern.finditer(text))


def _days(text: str, near: date | None) -> list[tuple[int, int, date | None]]:
    """Full dates after "voor", "uiterlijk", "vóór" or "per"; "voor" allows the day before."""
    told: list[tuple[int, int, date | None]] = []
    for named in DATE.finditer(text):
        before = _UNTIL.search(text[: named.start()])
        found = next(dates(named[0], near), None)
        if not before or (near and not found):
            continue
        day = found[2] if found else None
        if day and near and not named["year"]:
            day = _next(near, day.month, day.day)
        if day and before[1].lower() in {"voor", "vóór", "ruim voor"}:
            day -= timedelta(days=1)
        told.append((before.start(), named.end(), day))
    return told


def _next(near: date, month: int, day: int) -> date:
    here = date(near.year, month, min(day, monthrange(near.year, month)[1]))
    if here >= near:
        return here
    return date(near.year + 1, month, min(day, monthrange(near.year + 1, month)[1]))


def _end(near: date, month: int, year: str | None) -> date:
    """The last day of a month, of the year named or the first to come."""
    if year and year.isdigit():
        return date(int(year), month, monthrange(int(year), month)[1])
    if year:
        which = near.year + (year != "dit jaar")
        return date(which, month, monthrange(which, month)[1])
    return _next(near, month, 31)


def _season(table: Mapping[str, tuple[int, int]]) -> Finder:
    def day_of(m: re.Match[str], near: date) -> date | None:
        month, day = table[m["season"].lower()]
        return _end(near, month, m["year"]).replace(day=day) if m["year"] else _next(near, month, day)

    return day_of


def _within(m: re.Match[str], near: date) -> date | None:
    count = int(m["n"]) if m["n"].isdigit() else _NUMBERS.get(m["n"].lower(), 0)
    unit = m["unit"].lower()
    if not count:
        return None
    if unit.startswith("we"):
        return near + timedelta(weeks=count)
    if unit.startswith("dag"):
        return near + timedelta(days=count)
    months = near.month - 1 + count * (12 if unit.startswith("ja") else 1)
    year, month = near.year + months // 12, months % 12 + 1
    return date(year, month, min(near.day, monthrange(year, month)[1]))


_WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def _weekday(m: re.Match[str], near: date) -> date:
    """The first such day after the text; "voor dinsdag" allows the day before."""
    ahead = (_WEEK.index(m["weekday"].lower()) - near.weekday() - 1) % 7 + 1
    return near + timedelta(days=ahead - (m[0].lower().startswith(("voor", "vóór")) and ahead > 1))


_PARTS = {"begin": 3, "medio": 6, "halverwege": 6, "eind": 12, "einde": 12}


def _year_end(later: int) -> Finder:
    return lambda _m, near: date(near.year + later, 12, 31)


def _after_recess(_m: re.Match[str], near: date) -> date:
    return date(near.year, 12, 20) if 2 < near.month < 9 else _next(near, 3, 31)


def _budget_day(near: date) -> date:
    """The third Tuesday of September, this year's or the next."""
    first = date(near.year, 9, 1)
    day = first + timedelta(days=(1 - first.weekday()) % 7 + 14)
    return day if day >= near else _budget_day(date(near.year + 1, 1, 1))


_WHICH = "(?P<year>20\\d\\d|dit jaar|volgend jaar)"
_FINDERS: tuple[tuple[re.Pattern[str], Finder], ...] = (
    (
        rx(
            r"\b(?:in\s+|uiterlijk\s+(?:in\s+)?|eind\s+|voor\s+)?(?:(?:kwartaal\s+|Q)(?P<q>[1-4])"
            r"|(?P<r>[1-4])e?\s?Q)" + _YEAR + r"(?!\w)"
        ),
        lambda m, near: _end(near, 3 * int(m["q"] or m["r"]), m["year"]),
    ),
    (
        rx(
            rf"\b(?:(?:aan|voor|vóór|tegen|uiterlijk)\s+)?(?:het\s+)?eind(?:e)?\s+(?:van\s+)?(?:het\s+)?"
            rf"(?P<q>{'|'.join(_ORDINALS)})\s+kwartaal{_YEAR}"
        ),
        lambda m, near: _end(near, 3 * _ORDINALS[m["q"].lower()], m["year"]),
    ),
    (
        rx(r"\b(?:(?:voor|vóór|tegen|uiterlijk)\s+)?(?:aan\s+)?het\s+eind(?:e)?\s+van\s+(?P<year>20\d\d)\b"),
        lambda m, _near: date(int(m["year"]), 12, 31),
    ),
    (
        rx(r"\b(?:in de loop van|gedurende|nog in|binnen)\s+(?P<year>20\d\d)\b"),
        lambda m, _near: date(int(m["year"]), 12, 31),
    ),
    (
        rx(rf"\b(?:kort |direct |snel )?na\s+(?:de\s+|het\s+)?(?P<season>{'|'.join(_AFTER)})\b{_YEAR}"),
        _season(_AFTER),
    ),
    (rx(r"\b(?:kort |direct )?na\s+het\s+reces\b"), _after_recess),
    (
        rx(rf"\b(?:deze|rond\s+de|rondom\s+de|in\s+de)\s+(?P<season>zomer|winter|herfst)\b{_YEAR}"),
        _season(_ENDS),
    ),
    (rx(r"\bdeze\s+week\b"), lambda _m, near: near + timedelta(days=6 - near.weekday())),
    (rx(r"\bdeze\s+maand\b"), lambda _m, near: _end(near, near.month, str(near.year))),
    (rx(r"\bdit\s+kwartaal\b"), lambda _m, near: _end(near, (near.month + 2) // 3 * 3, str(near.year))),
    (rx(r"\bmorgen\b(?!\s*-)"), lambda _m, near: near + timedelta(days=1)),
    (
        rx(r"\b(?:binnen|over)\s+(?:een\s+)?half\s+jaar\b"),
        lambda _m, near: _end(near, (near.month + 5) % 12 + 1, None),
    ),
    (
        rx(
            r"\b(?:de|in\s+de)?\s*komende\s+(?:weken|maanden|periode|tijd)\b"
            r"|\bin de (?:eerst)?volgende\s+(?:ministerraad|voortgangs\w+|rapportage)\b"
        ),
        lambda _m, _near: None,
    ),
    (
        rx(
            r"\b(?:ruim\s+)?(?:voor|vóór)\s+(?:de|het|uw)\s+(?:begrotingsbehandeling|\w*debat|\w*overleg"
            r"|plenaire behandeling|stemmingen)\b"
        ),
        lambda _m, _near: None,
    ),
    (
        rx(r"\b(?:(?:voor|vóór|aan|tegen)\s+(?:het\s+)?)?eind(?:e)?\s+(?:van\s+)?(?:het|dit)\s+jaar\b"),
        _year_end(0),
    ),
    (rx(r"\b(?:later\s+)?dit\s+(?:kalender)?jaar\b"), _year_end(0)),
    (
        rx(rf"\b(?P<month>{_MONTH})\s+van\s+(?P<year>dit jaar|volgend jaar|komend jaar)\b"),
        lambda m, near: _end(near, MONTHS[m["month"].lower()], m["year"]),
    ),
    (rx(r"\b(?:in de loop van |in )?(?:volgend|komend)\s+jaar\b"), _year_end(1)),
    (
        rx(rf"\b(?P<part>begin|medio|halverwege|eind(?:e)?)\s+{_WHICH}\b"),
        lambda m, near: _end(near, _PARTS[m["part"].lower()], m["year"].lower()),
    ),
    (
        rx(rf"\b(?:begin|medio|halverwege|eind|in|uiterlijk(?:\s+in)?)\s+(?P<month>{_MONTH}){_YEAR}\b"),
        lambda m, near: _end(near, MONTHS[m["month"].lower()], m["year"]),
    ),
    (
        rx(
            r"\b(?:(?:in|voor|vóór|uiterlijk"
            r"|gedurende)\s+)?(?:in\s+)?(?:het\s+)?(?:einde?\s+van\s+)?(?:het\s+)?"
            rf"(?P<q>{'|'.join(_ORDINALS)})\s+kwartaal{_YEAR}"
        ),
        lambda m, near: _end(near, 3 * _ORDINALS[m["q"].lower()], m["year"]),
    ),
    (
        rx(rf"\b(?:in\s+)?(?:de\s+)?(?P<half>eerste|tweede)\s+helft\s+(?:van\s+)?{_WHICH}"),
        lambda m, near: _end(near, 6 * _ORDINALS[m["half"].lower()], m["year"].lower()),
    ),
    (
        rx(rf"\b(?:ruim\s+)?(?:voor|vóór)\s+(?:de|het)\s+(?P<season>{'|'.join(_STARTS)})\b{_YEAR}"),
        _season(_STARTS),
    ),
    (
        rx(rf"\b(?:in\s+(?:het|de)|dit|komende?|volgende?)\s+(?P<season>{'|'.join(_ENDS)})\b{_YEAR}"),
        _season(_ENDS),
    ),
    (
        rx(r"\b(?:in|uiterlijk(?: in)?)\s+(?P<year>20\d\d)\b(?!\s*[-/])"),
        lambda m, _near: date(int(m["year"]), 12, 31),
    ),
    (
        rx(
            r"\b(?:binnen|over)\s+(?:(?:\d{1,2}|een|één|twee|drie|vier)\s*(?:-|à|tot"
            r"|of)\s*)?(?P<n>\d{1,3}|[a-zé]+)\s+(?P<unit>dagen|weken|week|maanden|maand|jaar)\b"
        ),
        _within,
    ),
    (
        rx(
            rf"\b(?:uiterlijk(?:\s+op)?|voor|vóór|aanstaande|komende"
            rf"|a\.s\.)\s+(?:de stemmingen van\s+)?(?P<weekday>{'|'.join(_WEEK)})\b"
        ),
        _weekday,
    ),
    (
        rx(r"\b(?:voor|vóór|in|na)\s+(?:het|dit|aankomend|komend)\s+weekend\b"),
        lambda _m, near: near + timedelta(days=6 - near.weekday()),
    ),
    (rx(r"\bvolgende\s+week\b"), lambda _m, near: near + timedelta(days=13 - near.weekday())),
    (rx(r"\bvolgende\s+maand\b"), lambda _m, near: _end(near, near.month % 12 + 1, None)),
    (
        rx(r"\bop\s+(?:korte|afzienbare)\s+termijn\b|\bbinnenkort\b|\bspoedig\b"),
        lambda _m, _near: None,
    ),
    (rx(r"\bzo\s+(?:snel|spoedig)\s+mogelijk\b"), lambda _m, _near: None),
    (
        rx(r"\b(?:(?:voor|vóór|op|met|rond|na|uiterlijk(?: op)?)\s+)?Prinsjesdag\b"),
        lambda _m, near: _budget_day(near),
    ),
    (
        rx(r"\b(?:(?:voor|vóór|tegen|aan)\s+(?:het\s+)?)?eind(?:e)?\s+(?:van\s+)?(?:de|deze)\s+maand\b"),
        lambda _m, near: _end(near, near.month, str(near.year)),
    ),
    (rx(r"\bin\s+week\s+\d{1,2}\b"), lambda _m, _near: None),
)
