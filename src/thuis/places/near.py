"""Names that look like what was written, each with what differs: for a person to choose from."""

from __future__ import annotations

from datetime import date
from functools import cache

from rapidfuzz import distance, fuzz, process

from thuis.places import names, spelling
from thuis.places.table import at

_LIMIT, _LEAST = 5, 70.0


@cache
def _written() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes and names; one with a long ij also with the two letters apart, since a slip may part them."""
    folded = [(code, " ".join(spelling.tokens(name))) for code, name, _ in names.written()]
    rows = [(code, form) for code, text in folded for form in dict.fromkeys((text, text.replace("y", "ij")))]
    return tuple(code for code, _ in rows), tuple(text for _, text in rows)


def near(name: str, day: date) -> tuple[tuple[str, str], ...]:
    """Pairs of code and reason, the nearest first, at most five; names of other days come with their fate.

    >>> near("Amersvoort", date(2010, 1, 1))[0], near("Andimjk", date(2010, 1, 1))[0]
    (('GM0307', 'one letter differs'), ('GM0364', 'one letter less'))
    """
    wanted = " ".join(spelling.tokens(name))
    codes, texts = _written()
    if not wanted:
        return ()
    scored = process.extract(wanted, texts, scorer=fuzz.ratio, limit=12, score_cutoff=_LEAST)
    parts = process.extract(wanted, texts, scorer=fuzz.token_set_ratio, limit=6, score_cutoff=95)
    found: dict[str, str] = {}
    for text, _, index in sorted(scored, key=lambda each: distance.Levenshtein.distance(wanted, each[0])):
        if wanted in text or distance.OSA.distance(wanted, text) <= max(3, len(wanted) // 3):
            found.setdefault(codes[index], _difference(wanted, text))
    for _, _, index in parts:
        found.setdefault(codes[index], "shares a word")
    told = [(code, reason) for code, reason in found.items() if at(code, day) == (code,)]
    gone = [
        (code, f"{reason}; not a municipality on {day}")
        for code, reason in found.items()
        if at(code, day) != (code,)
    ]
    return tuple((told + gone)[:_LIMIT])


def _difference(wanted: str, text: str) -> str:
    edits = distance.OSA.distance(wanted, text)
    if edits == 0:
        return "reads the same"
    if edits > 1:
        return f"{edits} letters differ"
    if len(text) == len(wanted):
        swapped = sorted(text) == sorted(wanted)
        return "two letters changed places" if swapped else "one letter differs"
    return "one letter more" if len(text) > len(wanted) else "one letter less"
