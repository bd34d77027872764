"""Parts of a file that hold one question in other codes, on another scale, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from thuis.formats import Column
from thuis.plausible import word

_EXPECTED = 12.0
"""Rows that an answer would have had in a part, had it been given as often as elsewhere."""
_FEWEST = 30
_LARGER = 4.0
_SEVERAL, _BEYOND = 3, 0.2
_MOST = 60
_MOVED, _BACK = 0.25, 1 / 3
"""How far answers moved, in parts of all; and how far at most when one of the two is turned round."""


def differing(codes: pl.Series, part: pl.Series) -> tuple[str, str, list[str], list[str]] | None:
    """Two parts whose answers to one question are others: each has some that nobody gave in the other.

    :returns: the parts, and the answers that each has alone.

    >>> codes = pl.Series(["0", "1"] * 30 + ["1", "2"] * 30)
    >>> differing(codes, pl.Series(["BE"] * 60 + ["NL"] * 60))
    ('BE', 'NL', ['0'], ['2'])
    """
    counts = _counts(codes, part)
    parts = [each for each, own in counts.items() if sum(own.values()) >= _FEWEST]
    beyond = _beyond({each: counts[each] for each in parts})
    for at, one in enumerate(parts):
        for other in parts[at + 1 :]:
            mine, theirs = _lacking(counts[one], counts[other]), _lacking(counts[other], counts[one])
            if mine and theirs:
                return one, other, mine, theirs
            if _scaled(counts[one], counts[other]) or beyond in (one, other):
                return one, other, [_span(counts[one])], [_span(counts[other])]
    return None


def told(name: str, by: str, found: tuple[str, str, list[str], list[str]]) -> str:
    """Such parts as a sentence."""
    one, other, mine, theirs = found
    return (
        f"answers: {name!r} has other codes by {by!r}: {', '.join(mine[:3])} in {one!r} alone, "
        f"{', '.join(theirs[:3])} in {other!r} alone; do the same codes mean the same?"
    )


def _counts(codes: pl.Series, part: pl.Series) -> dict[str, dict[str, int]]:
    frame = pl.DataFrame({"p": part, "c": codes}).drop_nulls().filter(pl.col("c") != "")
    found: dict[str, dict[str, int]] = {}
    if frame["p"].n_unique() > _MOST:
        return found
    for p, c, n in frame.group_by("p", "c").len().sort("p", "c").iter_rows():
        found.setdefault(str(p), {})[str(c)] = int(n)
    return found


def _lacking(there: Mapping[str, int], other: Mapping[str, int]) -> list[str]:
    part = sum(other.values()) / sum(there.values())
    return [each for each, n in there.items() if each not in other and n * min(part, 1) >= _EXPECTED]


def _numbers(counts: Mapping[str, int]) -> list[float]:
    found = [float(each) for each in counts if re.fullmatch(r"\d{1,6}(\.\d+)?", each)]
    return sorted(found) if len(found) == len(counts) else []


def _scaled(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether numbers of one part go so much further than those of the other: 0 to 10 beside 0 to 100."""
    mine, theirs = _numbers(one), _numbers(other)
    if len(mine) < 2 or len(theirs) < 2:
        return False
    low, high = sorted((mine[-1], theirs[-1]))
    wide, narrow = (one, other) if mine[-1] > theirs[-1] else (other, one)
    beyond = sum(n for each, n in wide.items() if float(each) > low)
    return low > 1 and high >= _LARGER * low and len(narrow) > 2 and beyond >= sum(wide.values()) / 4


def _beyond(counts: Mapping[str, Mapping[str, int]]) -> str:
    """The part whose numbers go on where those of all others end: 0 to 10 beside 0 to 6."""
    ends = {part: numbers[-1] for part, own in counts.items() if len(numbers := _numbers(own)) >= _SEVERAL}
    if len(ends) < 2 or len(ends) < len(counts):
        return ""
    *_, second, first = sorted(ends.values())
    part = max(ends, key=ends.__getitem__)
    more = {each: n for each, n in counts[part].items() if float(each) > second}
    often = sum(more.values()) >= _BEYOND * sum(counts[part].values())
    return part if first > second and len(more) >= _SEVERAL and often else ""


def _span(counts: Mapping[str, int]) -> str:
    numbers = _numbers(counts)
    return f"{numbers[0]:g} to {numbers[-1]:g}" if numbers else ""


def drawn_otherwise(columns: Mapping[str, Column], counts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """A remark for each column by which some people came another way than the rest: an open link, a boost.

    :param counts: rows by code, of the columns that were looked at.
    """
    for name, own in counts.items():
        labels = columns[name].labels
        said = {code: labels.get(code, code) for code in own}
        others = [code for code in own if word("others").fullmatch(said[code])]
        if 0 < len(others) < len(own):
            listed = ", ".join(f"{said[each]!r} ({own[each]:,})" for each in others[:3])
            rest = ", ".join(f'"{each}"' for each in own if each not in others)
            yield (
                f"rows: {name!r} says that some came another way than the rest: {listed}; they count like "
                f"all others; to leave them out say  where: {{{name}: [{rest}]}}"
            )


def turned_round(one: Mapping[str, int], other: Mapping[str, int], order: Iterable[str]) -> bool:
    """Whether answers in another wave look like these read from the other end.

    :param order: the answers from one end to the other.

    >>> turned_round({"1": 60, "2": 30, "3": 10}, {"1": 12, "2": 28, "3": 60}, ("1", "2", "3"))
    True
    >>> turned_round({"1": 60, "2": 30, "3": 10}, {"1": 50, "2": 30, "3": 20}, ("1", "2", "3"))
    False
    """
    scale = list(order)
    whole, rest = sum(one.values()), sum(other.values())
    if min(whole, rest) < _FEWEST or len(one.keys() & other.keys()) < max(2, len(scale) - 1):
        return False
    p = [one.get(each, 0) / whole for each in scale]
    q = [other.get(each, 0) / rest for each in scale]
    moved = sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2
    back = sum(abs(a - b) for a, b in zip(p, reversed(q), strict=True)) / 2
    return moved > _MOVED and back < _BACK * moved
