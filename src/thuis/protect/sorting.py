"""Breakdowns that sort people by what they answered, as the respondents themselves show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from thuis.protect.coded import FIRST, MANY, Cells, Codes, Mask
from thuis.protect.profiles import Asked

OFTEN = 5
"""Respondents on each side of a share from which a breakdown does not follow it by chance."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A breakdown whose categories each hold one side of a share only; ``hits`` are those that counted."""

    breakdown: str
    indicator: str
    hits: frozenset[str]


def sorts(asked: Iterable[Asked], breakdowns: Iterable[str], cells: Cells) -> tuple[Sort, ...]:
    """The breakdowns of one wave that sort people by a share, or by the value of a mean.

    :param cells: of the respondents of that wave: the columns of answers and the ``by_`` columns.

    >>> import polars as pl
    >>> people = pl.DataFrame({"q": ["y", "n"] * 5, "by_k": ["yes", "no"] * 5, "by_sex": ["m", "m"] * 5})
    >>> share = Asked("q", "q", "q", frozenset(), frozenset("y"), None, ())
    >>> sorts([share], ["k", "sex"], Cells(people))
    (Sort(breakdown='k', indicator='q', hits=frozenset({'yes'})),)
    """
    found = list[Sort]()
    sorting = {each: cells.of((each,)) for each in breakdowns if f"by_{each}" in cells.people.columns}
    for one in asked:
        inside = cells.answered(one.column, one.among, one.below)
        if one.share is not None:
            gave = cells.gave(one.column, one.share).astype(np.int64)
        else:
            gave = cells.codes([one.column])[one.column]
            if one.below or len(np.unique(gave[inside])) > MANY:
                continue
        size = int(gave.max(initial=-1)) + 1
        for name, (of, categories) in sorting.items():
            # Two answers in one category: the first respondents tell of most breakdowns.
            if _mixed(_kinds(of[:FIRST], gave[:FIRST], inside[:FIRST], (len(categories), size))):
                continue
            kinds = _kinds(of, gave, inside, (len(categories), size))
            of_each = kinds.sum(axis=0)[kinds.any(axis=0)]
            if _mixed(kinds) or len(of_each) < 2 or of_each.min() < OFTEN:
                continue
            sides = np.flatnonzero(kinds[:, 1] if one.share is not None else kinds.any(axis=1))
            hits = [categories[at][0] for at in sides]
            classes = [hits] if one.share is not None else [[each] for each in hits]
            found += [Sort(name, one.id, frozenset(each)) for each in classes]
    return tuple(found)


def _kinds(of: Codes, gave: Codes, inside: Mask, shape: tuple[int, int]) -> Codes:
    """How many of each category gave each answer."""
    there = inside & (of >= 0)
    return np.bincount(of[there] * shape[1] + gave[there], minlength=shape[0] * shape[1]).reshape(shape)


def _mixed(kinds: Codes) -> bool:
    return int((kinds > 0).sum(axis=1).max(initial=0)) > 1
