"""Breakdowns that sort people by what they answered, as the respondents themselves show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from thuis.protect.profiles import MANY, Asked, Cells, answered, numbered

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
    names = [each for each in breakdowns if f"by_{each}" in cells.people.columns]
    for one in asked:
        inside, answers = answered(one, cells.people), cells.people[one.column]
        if one.share is not None:
            gave = answers.is_in(list(one.share)).fill_null(value=False).to_numpy().astype(int)
        else:
            gave = numbered(answers)
            if one.below or len(np.unique(gave[inside])) > MANY:
                continue
        size = int(gave.max(initial=-1)) + 1
        for name in names:
            of, categories = cells.of((name,))
            there = inside & (of >= 0)
            kinds = np.bincount(of[there] * size + gave[there], minlength=len(categories) * size)
            kinds = kinds.reshape(len(categories), size)
            of_each = kinds.sum(axis=0)[kinds.any(axis=0)]
            if (kinds > 0).sum(axis=1).max(initial=0) > 1 or len(of_each) < 2 or of_each.min() < OFTEN:
                continue
            sides = np.flatnonzero(kinds[:, 1] if one.share is not None else kinds.any(axis=1))
            hits = [categories[at][0] for at in sides]
            classes = [hits] if one.share is not None else [[each] for each in hits]
            found += [Sort(name, one.id, frozenset(each)) for each in classes]
    return tuple(found)
