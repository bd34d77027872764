"""Codes below 0: no answer, or the lower side of a scale, by what the file does elsewhere and says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from thuis.formats import Raw
from thuis.formats.answers import far, unanswered

_SIDES = re.compile(
    r"(?<![\d-])[-\u2212]\s?(\d{1,2})\s*(?:to|tot|t/m|bis|through|until|a|à|al|–|\.\.+)\s*\+?\s?(\d{1,2})(?!\d)",
    re.I,
)
"""A scale in a title: from -5 to 5, -2 tot +2."""
_TO = r"\s?(?:to|tot|t/m|bis|through|until|à|al|-|–|\.\.+)\s?"
_SCALE = re.compile(
    r"(?:scale|schaal|skala|[ée]chelle|escala|cijfer|mark|score|punten|points)\b.*?(?<![\d-])([01])"
    rf"{_TO}(10|[4-9])(?!\d)|\(([01]){_TO}(10|[4-9])\)",
    re.I,
)
"""A scale from 0 or 1 in a title: (1-10), op een schaal van 0 tot 10."""
_ABOVE = 3
"""No more codes than these stand above a scale."""
_NEAR = ("-1", "-2", "-3")
_COLUMNS = 3
"""So many columns show a habit."""


def declared_scale(title: str) -> frozenset[str]:
    """The codes of a scale with two sides that a title declares.

    >>> sorted(declared_scale("Left-right, -2 to +2")), declared_scale("Trust, 0 to 10")
    (['-1', '-2'], frozenset())
    """
    found = _SIDES.search(title)
    if not found or abs(int(found[1]) - int(found[2])) > 1:
        return frozenset()
    return frozenset(str(-each) for each in range(1, int(found[1]) + 1))


def scale_in(title: str) -> tuple[int, int] | None:
    """The ends of a scale from 0 or 1 that a title declares.

    >>> scale_in("Trust in police, scale 0-10"), scale_in("Trust in police")
    ((0, 10), None)
    """
    found = _SCALE.search(title)
    return (int(found[1] or found[3]), int(found[2] or found[4])) if found else None


def beyond_scale(title: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Codes above the scale that a title declares, when all others are on it: 11 for "weet niet" at a mark.

    >>> beyond_scale("Rapportcijfer (1-10)", ["1", "8", "10", "11"]), beyond_scale("Items 1-3", ["1", "4"])
    (('11',), ())
    """
    found = scale_in(title)
    if not found or not all(each.isdecimal() for each in codes):
        return ()
    low, high = found
    above = tuple(each for each in codes if int(each) > high)
    rest = [each for each in codes if each not in above]
    return above if len(rest) > len(above) <= _ABOVE and all(low <= int(each) for each in rest) else ()


def answers_below(raw: Raw, names: Sequence[str]) -> frozenset[str]:
    """Which of -1, -2 and -3 are answers where they stand next to a 0: a file has codes of its own for no
    answer, and does not use these where nothing else can be meant.
    """
    times: Counter[str] = Counter()
    clear = 0
    for name in names:
        about = raw.about(name)
        there = {each for each in raw.codes(name).drop_nulls().unique().to_list() if each}
        numbers = {float(each): each for each in there if re.fullmatch(r"-?\d+", each)}
        least = min((n for n in numbers if n >= 0), default=0.0)
        silent = {*about.missing, *unanswered(about.labels)} & there
        if least >= 1:
            silent |= {numbers[each] for each in far(numbers) if numbers[each] not in about.labels}
        times.update(silent)
        clear += bool(silent)
    return frozenset(each for each in _NEAR if not times[each]) if clear >= _COLUMNS else frozenset()
