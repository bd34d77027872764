"""What numbers of respondents say beyond their figure: no category, a follow-up question, pooled waves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from thuis.protect.structure import IndicatorShape
from thuis.protect.system import Key
from thuis.protect.table import Row, Table

NEARLY = 0.9
"""Part of those who gave the answer that a follow-up reaches: some skip it."""


def loose(figures: Iterable[tuple[str, ...]], n: Mapping[Key, int]) -> frozenset[str]:
    """Breakdowns that do not hold everybody: a cell has more people than its parts.

    >>> n = {((), ()): 100, (("sex",), ("men",)): 40, (("sex",), ("women",)): 58}
    >>> sorted(loose([(), ("sex",)], n))
    ['sex']
    """
    known = set(figures)
    sums: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], int] = {}
    found = set[str]()
    for (parts, cell), count in n.items():
        for at in range(len(parts)):
            fewer, rest = (*parts[:at], *parts[at + 1 :]), (*cell[:at], *cell[at + 1 :])
            if fewer in known:
                sums[parts, fewer, rest] = sums.get((parts, fewer, rest), 0) + count
        if len(parts) > 1 and () in known and not any(p in known for p in _fewer(parts)):
            sums[parts, (), ()] = sums.get((parts, (), ()), 0) + count
    for (parts, fewer, cell), count in sums.items():
        if n.get((fewer, cell), 0) > count:
            found |= set(parts) - set(fewer)
    return frozenset(found)


def _fewer(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(*parts[:at], *parts[at + 1 :]) for at in range(len(parts))]


def ties(
    table: Table, indicator: IndicatorShape, others: Iterable[IndicatorShape], wave: str
) -> list[IndicatorShape]:
    """Shares of which the counted answer, or the other one, is what an indicator was asked after.

    Found in the numbers themselves: in every cell that both have, the respondents of the one are those who
    gave the answer, or nearly all of them and never more.
    """
    rows = table.rows(indicator.id, wave)
    found = []
    for other in others:
        if not other.counts or other.family == indicator.family:
            continue
        before = table.rows(other.id, wave)
        shared = [(rows[key].n, before[key].n_hit or 0, before[key].n) for key in rows if key in before]
        shared = [each for each in shared if each[2]]
        counted = [(n, hits) for n, hits, _ in shared]
        others_ = [(n, whole - hits) for n, hits, whole in shared]
        if _follows(counted) or _follows(others_):
            found.append(other)
    return found


def _follows(pairs: Sequence[tuple[int, int]]) -> bool:
    filled = [(n, count) for n, count in pairs if n or count]
    return len(filled) > 1 and all(NEARLY * count <= n + 1 and n <= count for n, count in filled)


PART = "@part"
"""The parts of a pooled wave, beside breakdowns."""


def joined(table: Table, indicator: str, wave: str, parts: Iterable[str]) -> dict[Key, Row]:
    """The cells of a pooled wave, and those of its parts as a breakdown of them."""
    found = dict(table.rows(indicator, wave))
    for part in parts:
        for (names, cell), row in table.rows(indicator, part).items():
            found[(*names, PART), (*cell, part)] = row
    return found


def pooled(table: Table) -> dict[str, tuple[str, ...]]:
    """Waves that are others together: declared, or two or three of which every number of respondents is the
    sum."""
    found = dict(table.structure.pools)
    waves = [each for each in table.structure.waves if each not in found]
    totals = {
        wave: {
            (each.id, key): (row.n, row.n_hit)
            for each in table.structure.indicators
            for key, row in table.rows(each.id, wave).items()
        }
        for wave in waves
    }
    for wave in waves:
        rest = [each for each in waves if each != wave and each not in found]
        for parts in (*combinations(rest, 2), *combinations(rest, 3)):
            if _adds_up(totals[wave], [totals[each] for each in parts]):
                found[wave] = parts
                break
    return found


def _adds_up(
    whole: Mapping[tuple[str, Key], tuple[int, int | None]],
    parts: Sequence[Mapping[tuple[str, Key], tuple[int, int | None]]],
) -> bool:
    if not any(n for n, _ in whole.values()):
        return False
    if any(not any(n for n, _ in part.values()) for part in parts):
        return False
    return all(
        n == sum(part[key][0] for part in parts) and (h or 0) == sum(part[key][1] or 0 for part in parts)
        for key, (n, h) in whole.items()
    )
