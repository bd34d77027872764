"""Session years of the Staten-Generaal: from one third Tuesday of September to the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta

# First number of the budget bills of each session: a dossier with a higher number did not exist before it.
_BUDGETS = {
    1989: 21300, 1990: 21800, 1991: 22300, 1992: 22800, 1993: 23400, 1994: 23900, 1995: 24400, 1996: 25000,
    1997: 25600, 1998: 26200, 1999: 26800, 2000: 27400, 2001: 28000, 2002: 28600, 2003: 29200, 2004: 29800,
    2005: 30300, 2006: 30800, 2007: 31200, 2008: 31700, 2009: 32123, 2010: 32500, 2011: 33000, 2012: 33400,
    2013: 33750, 2014: 34000, 2015: 34300, 2016: 34550, 2017: 34775, 2018: 35000, 2019: 35300, 2020: 35570,
    2021: 35925, 2022: 36200, 2023: 36410, 2024: 36600, 2025: 36800,
}  # fmt: skip

_YEARS = re.compile(r"(\d{2,4})\D+(\d{1,4})")


def opening(year: int) -> date:
    """The day parliament opens its session: the third Tuesday of September (Constitution, article 65).

    :param year: the calendar year.

    >>> opening(2022), opening(1998)
    (datetime.date(2022, 9, 20), datetime.date(1998, 9, 15))
    """
    first = date(year, 9, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)


def session_of(day: date) -> str:
    """The session year a date falls in.

    :param day: that date.

    >>> session_of(date(2022, 9, 19)), session_of(date(2022, 10, 12))
    ('2021-2022', '2022-2023')
    """
    start = day.year if day >= opening(day.year) else day.year - 1
    return f"{start}-{start + 1}"


def bounds(session: str) -> tuple[date, date]:
    """First and last day of a session year.

    :param session: as :func:`session_of` gives it.

    >>> bounds("2021-2022")
    (datetime.date(2021, 9, 21), datetime.date(2022, 9, 19))
    """
    start = int(session[:4])
    return opening(start), opening(start + 1) - timedelta(days=1)


def parse_session(text: str) -> str | None:
    """The session year in any of its spellings, or None when the two years do not follow each other.

    :param text: the years as written.

    >>> [parse_session(t) for t in ("2003/04", "1996-97", "'95/'96", "1999/2000", "1999/00", "1985/- 86")]
    ['2003-2004', '1996-1997', '1995-1996', '1999-2000', '1999-2000', '1985-1986']
    >>> parse_session("2014-2014") is None
    True
    """
    match = _YEARS.search(text)
    if not match:
        return None
    first, second = match.groups()
    start = int(first) if len(first) == 4 else int(first) + (1900 if int(first) > 40 else 2000)
    end = start + 1
    right = int(second) == end if len(second) == 4 else len(second) == 2 and int(second) == end % 100
    return f"{start}-{end}" if right else None


def session_parts(written: str) -> dict[str, str]:
    """What a citation keeps of a session year: as written, and the year itself where it can be read.

    >>> session_parts("2003/04"), session_parts("2014-2014")
    ({'session_as_written': '2003/04', 'session': '2003-2004'}, {'session_as_written': '2014-2014'})
    """
    session = parse_session(written)
    return {"session_as_written": written, **({"session": session} if session else {})}


def chamber_parts(written: str | None) -> dict[str, str]:
    """What a citation keeps of the house that is named: I is the Eerste Kamer, II the Tweede.

    >>> [chamber_parts(each) for each in ("EK", "HdTK", "1", "Eerste Kamer", None)]
    [{'chamber': 'I'}, {'chamber': 'II'}, {'chamber': 'I'}, {'chamber': 'I'}, {}]
    """
    if not written:
        return {}
    upper = written in {"I", "1"} or written.upper().startswith("E") or written.endswith("EK")
    return {"chamber": "I" if upper else "II"}


def earliest_session(dossier: str) -> int | None:
    """The first year of the earliest session in which a dossier number can have been given out.

    Read from the numbers of the budget bills, which are fixed each September. None before 1989.

    >>> earliest_session("36229"), earliest_session("32824"), earliest_session("15516")
    (2022, 2010, None)
    """
    digits = dossier[:5]
    if not digits.isdigit() or int(digits) < 21300:
        return None
    years = sorted(_BUDGETS)
    return years[bisect_right([_BUDGETS[y] for y in years], int(digits)) - 1]
