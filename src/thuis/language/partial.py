"""Partial dates: a year, a month or a day, as sources give them."""

from __future__ import annotations

import calendar
import datetime
import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_partial(text: str) -> bool:
    """Whether a text is a year, a month or a day that exists.

    >>> [is_partial(each) for each in ("2016", "2022-02", "2022-02-30", "16-11-2022")]
    [True, True, False, False]
    """
    found = _PARTIAL.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def first_day(text: str) -> str:
    """The earliest day a partial date covers.

    >>> first_day("2022"), first_day("2022-02")
    ('2022-01-01', '2022-02-01')
    """
    return text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text


def last_day(text: str) -> str:
    """The latest day a partial date covers.

    >>> last_day("2016"), last_day("2022-02"), last_day("2022-02-03")
    ('2016-12-31', '2022-02-28', '2022-02-03')
    """
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]:02}"
    return text
