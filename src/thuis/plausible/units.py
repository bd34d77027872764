"""Keys of strata and units that name nobody, and units that lie in several strata."""

from __future__ import annotations

import re

import polars as pl

from thuis.formats.answers import far, no_answer
from thuis.formats.raw import counts as rows_of

_LARGE = 3.0
"""A unit of so many times the median is one of those that are not known."""
_FEWEST = 8
"""Fewer units are not compared by size."""
_SHARED = 0.05
"""The part of the units in more than one stratum that is a mistake of nobody."""
_SEVERAL = 2
_ANEW, _LETTERS = 1.5, 6
"""Numbers that begin anew in every stratum go hardly further than there are units in one; so few words do."""


def unit_doubts(keys: dict[str, tuple[pl.Series, str]]) -> list[str]:
    """What is odd about the keys of units and strata, as sentences.

    :param keys: by what they are (stratum, PSU) the keys and the name of their column.

    >>> psu = pl.Series([str(100 + i // 5) for i in range(100)] + ["9999"] * 30)
    >>> print(unit_doubts({"PSU": (psu, "psu")})[0])
    PSU 'psu': 30 rows have '9999', as where it is not known: they are taken for one PSU
    """
    found = [said for what, (key, name) in keys.items() if (said := _unknown(key, name, what))]
    if {"stratum", "PSU"} <= keys.keys():
        (stratum, of), (psu, name) = keys["stratum"], keys["PSU"]
        found += filter(None, [_in_several(stratum, of, psu, name)])
    return found


def _unknown(key: pl.Series, name: str, what: str) -> str:
    """The key of most rows that says that there is none, if it is of many: 9999, -1, unknown."""
    counts = rows_of(key)
    if len(counts) < _FEWEST:
        return ""
    sizes = sorted(counts.values())
    middle = sizes[len(sizes) // 2]
    # Of keys by the thousand a few at most are of many rows: only these are read for what they say.
    large = {each: n for each, n in counts.items() if n >= _LARGE * middle}
    if not large:
        return ""
    number = {each: float(each) for each in counts if re.fullmatch(r"-?\d{1,15}(\.0)?", each)}
    coded = {*_coded({of: each for each, of in number.items()})}
    silent = [each for each in large if number.get(each) in coded or no_answer(each)]
    told = min(silent, key=lambda each: (-large[each], each), default=None)
    if told is None:
        return ""
    return (
        f"{what} {name!r}: {large[told]:,} rows have {told!r}, as where it is not known: they are taken for "
        f"one {what}"
    )


def _coded(numbers: dict[float, str]) -> list[float]:
    """The numbers that look like codes for none: those far from others, below 0, nines alone at the end."""
    if not numbers:
        return []
    last = max(numbers)
    nines = [last] if re.fullmatch(r"9{2,}(\.0)?", numbers[last]) else []
    nought = [0.0] if 0.0 in numbers else []
    return list(dict.fromkeys([*far(numbers), *nines, *nought]))


def _in_several(stratum: pl.Series, of: str, psu: pl.Series, name: str) -> str:
    """Units whose rows lie in several strata, though their numbers do not begin anew in each."""
    frame = pl.DataFrame({"s": stratum, "p": psu}).drop_nulls()
    pairs = frame.unique()
    strata = pairs.group_by("p").len()["len"]
    several = int((strata > 1).sum())
    largest = max(pairs.group_by("s").len()["len"].to_list(), default=0)
    few = several < max(_SEVERAL, _SHARED * len(strata))
    if few or largest < _SEVERAL or _anew(pairs["p"].unique().to_list(), largest):
        return ""
    return (
        f"PSU {name!r}: {several:,} of {len(strata):,} have rows in several strata of {of!r}; each part is "
        "taken for a PSU of its own: is this the stratum by which they were drawn?"
    )


def _anew(keys: list[str], largest: int) -> bool:
    """Whether keys are numbers, or a few letters, given out in every stratum from the first on."""
    numbers = [float(each) for each in keys if re.fullmatch(r"\d{1,15}(\.0)?", each)]
    if len(numbers) < len(keys):
        return len(keys) <= _LETTERS
    return max(numbers) <= _ANEW * largest + 1
