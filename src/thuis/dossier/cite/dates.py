"""Dutch dates in running text, and the dates of papers that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from thuis.language.months import DUTCH
from thuis.tables import shipped

MONTHS = {name: number for number, name in enumerate(DUTCH, 1)}
DATE = re.compile(
    rf"\b(?P<day>[0-3]?\d)\s+(?P<month>{'|'.join(MONTHS)})(?:,?\s+(?P<year>(?:1[89]"
    rf"|20)\d{{2}})|\s+(?P<last>jl\.?|jongstleden|dit jaar))?",
    re.I,
)


def dates(text: str, near: date | None = None) -> Iterator[tuple[int, int, date]]:
    """Every date in a text as (start, end, date); a date without a year is the last one before ``near``.

    >>> list(dates("op 20 april jl. en 19 april, 2022", date(2022, 11, 14)))
    [(3, 15, datetime.date(2022, 4, 20)), (19, 33, datetime.date(2022, 4, 19))]
    """
    for found in DATE.finditer(text):
        day = _date(found, near)
        if day:
            yield found.start(), found.end(), day


def _date(found: re.Match[str], near: date | None) -> date | None:
    month = MONTHS[found["month"].lower()]
    years = [int(found["year"])] if found["year"] else [near.year, near.year - 1] if near else []
    for year in years:
        try:
            day = date(year, month, int(found["day"]))
        except ValueError:
            continue
        if found["year"] or near is None or day <= near:
            return day
    return None


@cache
def known_dates() -> Mapping[str, date]:
    """Dates of papers, by id, as printed on them: what the lint compares session years with."""
    return _dates("dates.csv")


@cache
def known_debates() -> Mapping[str, date]:
    """Days of debates, by the id of their report, which is printed weeks later under a date of its own."""
    return _dates("debates.csv")


def _dates(name: str) -> Mapping[str, date]:
    return {
        row["id"]: date.fromisoformat(row["date"]) for row in shipped("thuis.dossier.cite", f"data/{name}")
    }


def bracket(each: str, known: Mapping[str, date]) -> tuple[date | None, date | None]:
    """Between which dates a paper appeared: numbers within a dossier are given out in order of time.

    >>> bracket("kst-1-5", {"kst-1-3": date(2020, 1, 1), "kst-1-9": date(2021, 1, 1)})
    (datetime.date(2020, 1, 1), datetime.date(2021, 1, 1))
    """
    prefix, _, number = each.rpartition("-")
    if each in known:
        return known[each], known[each]
    if not number.isdigit():
        return None, None
    series = [
        (int(other.rpartition("-")[2]), day)
        for other, day in known.items()
        if other.rpartition("-")[0] == prefix and other.rpartition("-")[2].isdigit()
    ]
    before = max((day for other, day in series if other < int(number)), default=None)
    after = min((day for other, day in series if other > int(number)), default=None)
    return before, after
