"""What a table may hold beside the rows of one survey: columns of other waves, other years, visits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from thuis.formats import Column, Raw

_MARKS = (
    r"(?P<stem>.*?[^\W\d_].*?)[_.]?(?P<mark>(?:19|20)\d\d)",
    r"(?P<mark>(?:19|20)\d\d)[_.]?(?P<stem>[^\W\d_].*)",
    r"(?P<mark>[a-z])_(?P<stem>[^\W\d].{2,})",
    r"(?P<mark>(?:w|t|wave|golf|welle|vague)\d{1,2})_?(?P<stem>[^\W\d_].*)",
    r"(?P<stem>[^\W\d].*?)_(?P<mark>(?:w|t|wave|golf|welle|vague)\d{1,2})",
)
"""Ways to say in a name of which wave a column is; the first that joins columns counts."""
_SHOWN = 3
_DAY = (
    r"(?:.*[_. ])?(?:(?:int(?:erview)?|start|submit|field|recorded|completed?|invul)[_. ]?)?"
    r"(?:date|datum|dat|day|fecha|data|timestamp)"
)
_YEAR = r"(?:^|[^\d])((?:19|20)\d\d)(?:[^\d]|$)"
VISITS = "redcap_repeat_instrument"
"""REDCap writes a row of its own for each repeated form; who answered has a row in which this is empty."""


def beside(columns: Mapping[str, Column]) -> str | None:
    """One sentence when columns of several waves stand beside one another, a row for each person.

    >>> print(beside({each: Column(each) for each in ("id", "trust_2019", "trust_2021")}))
    waves beside one another: trust_2019, trust_2021 are one question of 2 waves, taken as one;
    give each wave a file in waves/, with its own columns under 'from'
    """
    for pattern in _MARKS:
        stems: dict[str, dict[str, str]] = {}
        for name in columns:
            if found := re.fullmatch(pattern, name, re.IGNORECASE):
                stems.setdefault(found["stem"].lower(), {})[found["mark"].lower()] = name
        several = [each for each in stems.values() if len(each) > 1]
        letters = "[a-z])" in pattern and sum(map(len, several)) < len(columns) / 2
        if several and not letters:
            most = max(several, key=len)
            listed = ", ".join(list(most.values())[:_SHOWN]) + (", ..." if len(most) > _SHOWN else "")
            return (
                f"waves beside one another: {listed} are one question of {len(most)} waves, taken as one;\n"
                "give each wave a file in waves/, with its own columns under 'from'"
            )
    return None


def days_of(columns: Mapping[str, Column], read: Callable[[Sequence[str]], Raw]) -> str | None:
    """One sentence when people were interviewed in several years, which one wave would add together."""
    for name in (each for each in columns if re.fullmatch(_DAY, each, re.IGNORECASE)):
        years = read([name]).codes(name).str.extract(_YEAR, 1).drop_nulls()
        counts = {str(year): int(n) for year, n in years.value_counts().sort(name).rows()}
        if len(counts) > 1:
            listed = ", ".join(f"{year} ({n:,} rows)" for year, n in counts.items())
            return f"days: {name!r} has more than one year: {listed}; all are taken as one wave"
    return None
