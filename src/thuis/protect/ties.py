"""What numbers of respondents say beyond their figure: no category, a follow-up question, pooled waves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from thuis.protect.structure import IndicatorShape
from thuis.protect.system import Key
from thuis.protect.table import Row, Table

NEARLY = 0.9
"""Part of those who gave the answer that a follow-up reaches: some skip it."""
KEPT = 64
"""Sets of figures of which is kept how their cells add up."""
BY_CHANCE = 1e-6
"""Likelihood of numbers this near each other below which two waves share their people."""


def loose(figures: Iterable[tuple[str, ...]], n: Mapping[Key, int]) -> frozenset[str]:
    """Breakdowns that do not hold everybody: a cell has more people than its parts.

    >>> n = {((), ()): 100, (("sex",), ("men",)): 40, (("sex",), ("women",)): 58}
    >>> sorted(loose([(), ("sex",)], n))
    ['sex']
    """
    keys = tuple(n)
    wholes, parts_of, missing = _wholes(tuple(figures), keys)
    counts = np.fromiter(n.values(), dtype=np.int64, count=len(keys))
    sums = np.zeros(len(wholes), dtype=np.int64)
    np.add.at(sums, parts_of[1], counts[parts_of[0]])
    more = np.append(counts, 0)[wholes] > sums
    return frozenset(name for at in np.flatnonzero(more) for name in missing[at])


@lru_cache(maxsize=KEPT)
def _wholes(
    figures: tuple[tuple[str, ...], ...], keys: tuple[Key, ...]
) -> tuple[NDArray[np.int64], tuple[NDArray[np.int64], NDArray[np.int64]], list[frozenset[str]]]:
    """Which cells are others together: the place of each whole (-1 where it is no cell), the cells and the
    whole that each is of, and the breakdowns that the whole is not by. Questions have the same figures."""
    known, places = set(figures), {key: at for at, key in enumerate(keys)}
    sums: dict[tuple[tuple[str, ...], Key], int] = {}
    cells, of = list[int](), list[int]()
    for at, (parts, cell) in enumerate(keys):
        wholes = [
            (fewer, (*cell[:i], *cell[i + 1 :])) for i, fewer in enumerate(_fewer(parts)) if fewer in known
        ]
        if len(parts) > 1 and () in known and not any(each in known for each in _fewer(parts)):
            wholes.append(((), ()))
        for whole in wholes:
            cells.append(at)
            of.append(sums.setdefault((parts, whole), len(sums)))
    return (
        np.array([places.get(whole, -1) for _, whole in sums], dtype=np.int64),
        (np.array(cells, dtype=np.int64), np.array(of, dtype=np.int64)),
        [frozenset(set(parts) - set(fewer)) for parts, (fewer, _) in sums],
    )


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
        if _follows(rows, table.rows(other.id, wave)):
            found.append(other)
    return found


def _follows(rows: Mapping[Key, Row], before: Mapping[Key, Row]) -> bool:
    """Whether rows are of those who gave the counted answer before, or of those who gave another.

    Every two questions are held against each other, and the first cell tells most of them apart.
    """
    able, filled = [True, True], [0, 0]
    for key, row in rows.items():
        whole = before.get(key)
        if whole is None or not whole.n:
            continue
        hits = whole.n_hit or 0
        for at, count in enumerate((hits, whole.n - hits)):
            if row.n or count:
                filled[at] += 1
                able[at] &= NEARLY * count <= row.n + 1 and row.n <= count
        if not any(able):
            return False
    return any(each and many > 1 for each, many in zip(able, filled, strict=True))


PART = "@part"
"""The parts of a pooled wave, beside breakdowns."""


def joined(table: Table, indicator: str, wave: str, parts: Iterable[str]) -> dict[Key, Row]:
    """The cells of a pooled wave, and those of its parts as a breakdown of them."""
    found = dict(table.rows(indicator, wave))
    for part in parts:
        for (names, cell), row in table.rows(indicator, part).items():
            found[(*names, PART), (*cell, part)] = row
    return found


def pooled(table: Table, few: int) -> dict[str, tuple[str, ...]]:
    """Waves that are others together, declared, or but for fewer than ``few`` respondents.

    Every number of respondents, and of those who gave an answer, is the sum of theirs or a little more. One
    wave may be another with a few people added.
    """
    waves, finest = table.structure.waves, _finest(table)
    numbers = {wave: _numbers(table, wave) for wave in waves}
    there = [wave for wave in waves if numbers[wave].any()]
    found = dict(table.structure.pools)
    there = [wave for wave in there if wave not in found]
    # Of two waves with the same people the later is taken for the one that adds nobody.
    for wave in sorted(there, key=lambda each: (-int(numbers[each].sum()), -waves.index(each))):
        rest = [each for each in there if each != wave and wave not in found.get(each, ())]

        def enough(left: NDArray[np.int64], of: str = wave) -> bool:
            return bool(left.max(initial=0) < few and _chance(numbers[of][finest], left[finest]) < BY_CHANCE)

        if parts := _parts(numbers[wave], rest, numbers, enough):
            found[wave] = parts
    return found


def _numbers(table: Table, wave: str) -> NDArray[np.int64]:
    """Respondents, and those who gave the answer, of every cell of a wave."""
    rows = [row for each in table.structure.indicators for row in table.rows(each.id, wave).values()]
    return np.array([number for row in rows for number in (row.n, row.n_hit or 0)], dtype=np.int64)


def _finest(table: Table) -> NDArray[np.int64]:
    """The places of numbers that say something new: of the largest figure of one indicator per family."""
    places, at, seen = list[int](), 0, set[str]()
    for each in table.structure.indicators:
        rows = table.rows(each.id, table.structure.waves[0])
        largest = max(each.breakdowns, key=lambda parts: sum(key[0] == parts for key in rows), default=())
        for key in rows:
            if key[0] == largest and each.family not in seen:
                places += [at + 1] if seen else [at, at + 1]
            at += 2
        seen.add(each.family)
    return np.array(places, dtype=np.int64)


def _chance(whole: NDArray[np.int64], left: NDArray[np.int64]) -> float:
    """How likely samples that have nothing to do with each other are as near as this; 0 when none is left."""
    if not left.any():
        return 0.0
    there = whole > 0
    spread = (4 * np.pi * whole[there]) ** 0.5
    return float(np.prod(np.minimum((left[there] + 1) / (spread + 1), 1.0)))


def _parts(
    left: NDArray[np.int64],
    rest: Sequence[str],
    numbers: Mapping[str, NDArray[np.int64]],
    enough: Callable[[NDArray[np.int64]], bool],
) -> tuple[str, ...]:
    """Some of the waves that together leave nearly nobody; none when there are none."""
    for at, each in enumerate(rest):
        now = left - numbers[each]
        if (now < 0).any():
            continue
        if enough(now):
            return (each,)
        if parts := _parts(now, rest[at + 1 :], numbers, enough):
            return (each, *parts)
    return ()
