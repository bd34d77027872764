"""Dates and periods in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from thuis.language.partial import is_partial


@lru_cache(maxsize=10_000)
def day(value: date, language: str) -> str:
    """A day in full.

    >>> day(date(2026, 11, 25), "nl"), day(date(2026, 11, 25), "en")
    ('25 november 2026', '25 November 2026')
    """
    return str(format_date(value, "d MMMM y", locale=language))


@lru_cache(maxsize=10_000)
def month(value: date, language: str) -> str:
    """A month and its year.

    >>> month(date(2015, 3, 1), "nl")
    'maart 2015'
    """
    return str(format_date(value, "MMMM y", locale=language))


def period(start: date | None, end: date | None, language: str) -> str:
    """From month to month, naming the year once when it is one year; empty without dates.

    >>> period(date(2015, 1, 10), date(2015, 6, 30), "nl")
    'januari–juni 2015'
    >>> period(date(2019, 11, 1), date(2020, 2, 1), "en")
    'November 2019 – February 2020'
    """
    if not (start and end):
        known = start or end
        return month(known, language) if known else ""
    if (start.year, start.month) == (end.year, end.month):
        return month(start, language)
    if start.year == end.year:
        return f"{format_date(start, 'MMMM', locale=language)}–{month(end, language)}"
    return f"{month(start, language)} – {month(end, language)}"


def spoken(value: date | str | None, language: str) -> str:
    """A day or a month in words; a text that is neither is shown as it is, and nothing is nothing.

    >>> spoken("2022-04", "nl"), spoken("2022-04-19", "en"), spoken("2022", "en"), spoken(None, "en")
    ('april 2022', '19 April 2022', '2022', '')
    """
    if isinstance(value, date):
        return day(value, language)
    if not value or not is_partial(value[:10]) or len(value) == 4:
        return value or ""
    return day(date.fromisoformat(value[:10]), language) if len(value) > 7 else _month(value, language)


@lru_cache(maxsize=1_000)
def wave(id_: str, language: str) -> str:
    """A wave as a reader calls it: one that goes by its month in words, any other by its name.

    "2011-12" is as likely two years as a December, and stays.

    >>> wave("2021-03", "nl"), wave("2021", "nl"), wave("2011-12", "nl"), wave("2015-2020", "nl")
    ('maart 2021', '2021', '2011-12', '2015-2020')
    """
    year, _, rest = id_.partition("-")
    if len(id_) != 7 or not is_partial(id_) or int(rest) == (int(year) + 1) % 100:
        return id_
    return _month(id_, language)


def _month(value: str, language: str) -> str:
    return month(date.fromisoformat(f"{value}-01"), language)
