"""Weights that are numbers and may still be none: codes among them, two scales, one row above all others."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from thuis.formats.answers import far
from thuis.formats.raw import numbers as rows_of

_SEEN = 100
"""Of fewer rows nobody can say what weights are like."""
_APART = 50.0
"""Weights of one sample, also where some groups were asked far more often, do not leave out all between one
and so many times it.
"""
_TIMES = 20.0
_GAP, _KINDS, _MOSTLY = 3.0, 8, 0.8
"""Weights whose decimal mark was lost: so far from the others, so many, and most ten times another."""
_SIDE = 0.05
"""The part of the rows on either side of such a gap."""
_MOST = 0.1
"""The part of all weight that one row has at most."""
_WHOLE, _LOW = 6, 2.5
"""So few whole numbers, with so low a mean, are rounded weights."""


def weight_doubts(weight: pl.Series, name: str) -> list[str]:
    """What is odd about weights, as sentences.

    :param weight: a number of 0 or more for every row.

    >>> odd = pl.Series([1.0, 1.5] * 80 + [999.0] * 3)
    >>> print(weight_doubts(odd, "w")[0])
    weight 'w': 999 (3 rows) is far from all others (1 to 1.5), as a code for no weight is
    >>> weight_doubts(pl.Series([0.5, 1.0, 2.0] * 60), "w")
    []
    """
    given = weight.drop_nulls().drop_nans()
    given = given.filter(given > 0)
    if len(given) < _SEEN:
        return []
    counts = rows_of(given)
    numbers = sorted(counts)
    if len(numbers) == len(weight) and numbers[0] in (0, 1) and numbers[-1] - numbers[0] == len(numbers) - 1:
        return [f"weight {name!r} counts the rows, from {numbers[0]:g} to {numbers[-1]:g}: is it a weight?"]
    codes = [each for each in far(counts) if len(counts) > 2]
    if codes:
        rest = [each for each in counts if each not in codes]
        listed = ", ".join(f"{each:g} ({_rows(counts[each])})" for each in codes)
        return [
            f"weight {name!r}: {listed} is far from all others ({min(rest):g} to {max(rest):g}), as a code "
            "for no weight is"
        ]
    found = [each(counts, name) for each in (_lost_decimals, _two_scales)]
    found = [each for each in (*found, _above(given, name)) if each]
    mean = float(given.sum()) / len(given)
    whole = all(each.is_integer() for each in counts)
    if whole and 1 < len(counts) <= _WHOLE and mean < _LOW and max(counts) <= _WHOLE:
        found.append(
            f"weight {name!r} has whole numbers from {min(counts):g} to {max(counts):g} alone: rounded?"
        )
    return found[:1]


def _lost_decimals(counts: dict[float, int], name: str) -> str:
    """Weights that are others times ten, a hundred or a thousand: their decimal mark was lost."""
    there = sorted(counts)
    for low, high in pairwise(there):
        if high < _GAP * low:
            continue
        less, more = [each for each in there if each <= low], [each for each in there if each >= high]
        known = {f"{each:.6g}" for each in less}
        for times in (10, 100, 1000):
            same = sum(f"{each / times:.6g}" in known for each in more)
            if len(more) >= _KINDS and same >= _MOSTLY * len(more):
                rows = sum(counts[each] for each in more)
                return (
                    f"weight {name!r}: {_rows(rows)} have {times} times what others have ({more[0]:g} beside "
                    f"{more[0] / times:g}): was the decimal mark lost?"
                )
    return ""


def _two_scales(counts: dict[float, int], name: str) -> str:
    """Weights with nothing between them: of two scales, as when files were put together."""
    there, total = sorted(counts), sum(counts.values())
    below = 0
    for low, high in pairwise(there):
        below += counts[low]
        if high >= _APART * low and _SIDE * total <= below <= (1 - _SIDE) * total:
            return (
                f"weight {name!r} has two scales: {_rows(below)} from {there[0]:g} to {low:g}, "
                f"{_rows(total - below)} from {high:g} to {there[-1]:g}, at least {high / low:,.0f} times as "
                "large: were files with other weights put together?"
            )
    return ""


def _above(given: pl.Series, name: str) -> str:
    """A row that counts for as much as a crowd."""
    most, whole = float(given.top_k(1)[0]), float(given.sum())
    times = most / float(given.sort()[len(given) // 2])
    if most <= _MOST * whole or times < _TIMES:
        return ""
    return (
        f"weight {name!r}: one row has {most:g}, {100 * most / whole:.0f} % of all weight and {times:,.0f} "
        "times the median"
    )


def _rows(n: int) -> str:
    return f"{n:,} row{'s' if n > 1 else ''}"
