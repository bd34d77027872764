"""What a table may hold beside the rows of one survey: columns of other waves, other years, visits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from thuis.formats import Column
from thuis.starter.looked import Looked
from thuis.starter.roles import named

_MARKS = (
    r"(?P<stem>.*?[^\W\d_].*?)[_.]?(?P<mark>(?:19|20)\d\d)",
    r"(?P<mark>(?:19|20)\d\d)[_.]?(?P<stem>[^\W\d_].*)",
    r"(?P<mark>[a-z])_(?P<stem>[^\W\d].{2,})",
    r"(?P<mark>(?:w|t|wave|golf|welle|vague)\d{1,2})_?(?P<stem>[^\W\d_].*)",
    r"(?P<stem>[^\W\d].*?)_(?P<mark>(?:w|t|wave|golf|welle|vague)\d{1,2})",
)
"""Ways to say in a name of which wave a column is; the first that joins columns counts."""
_SHORT = r"(?P<stem>[^\W\d_]{3,}\w*?)_?(?P<mark>\d\d)"
"""A name with two digits of a year behind it, when several questions have the same ones."""
_CORE = r"(?P<stem>[^\W\d_]{2,})(?P<mark>\d\d[a-z])(?P<item>\d{2,4}[a-z]?)"
"""LISS: the study, the year with the letter of the wave, the question."""
_SHOWN = 3
_NEVER = ("1899", "1900", "1904", "1960", "1970")
"""Years in which programs begin to count days: an empty day becomes the first."""
_YEARS = 8
"""More years than these are no days of fieldwork."""
_YEAR = r"(?:^|[^\d])((?:19|20)\d\d)(?:[^\d]|$)"
_QUESTIONS = 2
_NOW, _THEN = 40, 70
"""Two digits of a year: 2000 to 2040, 1970 to 1999."""


def beside(columns: Mapping[str, Column]) -> str | None:
    """One sentence when columns of several waves stand beside one another, a row for each person.

    >>> print(beside({each: Column(each) for each in ("id", "trust_2019", "trust_2021")}))
    waves beside one another: trust_2019, trust_2021 are one question of 2 waves, taken as one;
    give each wave a file in waves/, with its own columns under 'from'
    """
    for pattern in (*_MARKS, _CORE, _SHORT):
        stems: dict[str, dict[str, str]] = {}
        for name in columns:
            if found := re.fullmatch(pattern, name, re.IGNORECASE):
                stem = found["stem"].lower() + (found.groupdict().get("item") or "")
                stems.setdefault(stem, {})[found["mark"].lower()] = name
        several = [each for each in stems.values() if len(each) > 1]
        if pattern == _SHORT and not _years(several):
            continue
        letters = "[a-z])" in pattern and sum(map(len, several)) < len(columns) / 2
        if several and not letters:
            most = max(several, key=len)
            listed = ", ".join(list(most.values())[:_SHOWN]) + (", ..." if len(most) > _SHOWN else "")
            return (
                f"waves beside one another: {listed} are one question of {len(most)} waves, taken as one;\n"
                "give each wave a file in waves/, with its own columns under 'from'"
            )
    return None


def _years(several: Sequence[Mapping[str, str]]) -> bool:
    """Whether two digits behind names are years: the same few for several questions, not one to ten."""
    marks = [tuple(sorted(each)) for each in several]
    if len(several) < _QUESTIONS or len(set(marks)) > len(marks) / _QUESTIONS:
        return False
    numbers = [int(each) for each in max(marks, key=len)]
    in_a_row = numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
    return not in_a_row and all(n <= _NOW or n >= _THEN for n in numbers)


def days_of(looked: Looked) -> str | None:
    """One sentence when people were interviewed in several years, which one wave would add together."""
    for name, counts in _years_asked(looked):
        if 1 < len(counts) <= _YEARS:
            listed = ", ".join(f"{year} ({n:,} rows)" for year, n in counts.items())
            return f"days: {name!r} has more than one year: {listed}; all are taken as one wave"
    return None


def year_of_days(looked: Looked) -> tuple[int, str] | None:
    """The year in which everybody was interviewed, and the column that tells it; nothing where none does."""
    years = ((int(*counts), name) for name, counts in _years_asked(looked) if len(counts) == 1)
    return next(years, None)


def _years_asked(looked: Looked) -> Iterator[tuple[str, dict[str, int]]]:
    """The columns with days of interviews, each with its years and their rows."""
    for name in sorted(named(looked.columns, "day"), key=list(looked.columns).index):
        years = looked.whole([name]).codes(name).str.extract(_YEAR, 1).drop_nulls()
        counts = {str(year): int(n) for year, n in years.value_counts().sort(name).rows()}
        asked = {year: n for year, n in counts.items() if year not in _NEVER}
        yield name, asked or counts
