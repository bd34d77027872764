"""Questions that the same people answered, or nearly: a number of respondents in one is that in all of them.

What is withheld of a small group in the figure of one question must not follow from the figures of another,
whatever these are broken down by. Where fewer than the minimum stand between two questions, the respondents
of all of them are taken as one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.protect.coded import Cells, Key, Mask
from thuis.protect.profiles import Asked


@dataclass(frozen=True, slots=True)
class Crowd:
    """Indicators of one wave with nearly the same respondents, and how many of these a cell has in all."""

    members: tuple[str, ...]
    counts: Mapping[Key, int]


def crowds(asked: Sequence[Asked], cells: Cells, few: int) -> tuple[Crowd, ...]:
    """The crowds of one wave, without those of a single denominator.

    :param cells: of the respondents of that wave: the columns of answers and ``by_`` columns.
    :param few: people between two questions from which they are of others.

    >>> rows = pl.DataFrame({"q": ["y"] * 30, "r": ["n"] * 29 + [None], "by_g": ["a"] * 20 + ["b"] * 10})
    >>> two = [Asked(each, each, each, frozenset(), None, None, (("g",),)) for each in "qr"]
    >>> [(crowd.members, crowd.counts) for crowd in crowds(two, Cells(rows), 10)]
    [(('q', 'r'), {(('g',), ('a',)): 20, (('g',), ('b',)): 10})]
    """
    of: dict[tuple[str, frozenset[str] | None], list[Asked]] = {}
    for each in asked:
        of.setdefault((each.column, each.among), []).append(each)
    masks = [
        (cells.answered(column, among, members[0].below), members) for (column, among), members in of.items()
    ]
    found = []
    for group in _near([pair for pair in masks if pair[0].any()], few):
        members = [each for _, own in group for each in own]
        if len(group) > 1:
            there = cells.people.filter(pl.Series(np.logical_or.reduce([mask for mask, _ in group])))
            figures = dict.fromkeys(parts for each in members for parts in each.figures)
            found.append(Crowd(tuple(each.id for each in members), dict(_counted(there, figures))))
    return tuple(found)


def _near(masks: Sequence[tuple[Mask, list[Asked]]], few: int) -> list[list[tuple[Mask, list[Asked]]]]:
    """Those between which fewer than ``few`` people stand, with the first of each group."""
    groups: list[list[tuple[Mask, list[Asked]]]] = []
    for pair in sorted(masks, key=lambda each: -int(each[0].sum())):
        near = next((each for each in groups if int((each[0][0] ^ pair[0]).sum()) < few), None)
        if near is None:
            groups.append([pair])
        else:
            near.append(pair)
    return groups


def _counted(people: pl.DataFrame, figures: Iterable[tuple[str, ...]]) -> Iterator[tuple[Key, int]]:
    for parts in figures:
        by = [f"by_{part}" for part in parts]
        if not by:
            yield ((), ()), people.height
            continue
        for *cell, count in people.drop_nulls(by).group_by(by, maintain_order=True).len().iter_rows():
            yield (parts, tuple(cell)), int(count)
