"""Breakdowns that sort people by what they answered, as the respondents themselves show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from thuis.protect.profiles import MANY, Asked, answered

OFTEN = 5
"""Respondents on each side of a share from which a breakdown does not follow it by chance."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A breakdown whose categories each hold one side of a share only; ``hits`` are those that counted."""

    breakdown: str
    indicator: str
    hits: frozenset[str]


def sorts(asked: Iterable[Asked], breakdowns: Iterable[str], respondents: pl.DataFrame) -> tuple[Sort, ...]:
    """The breakdowns of one wave that sort people by a share, or by the value of a mean.

    :param respondents: of that wave: the columns of answers and the ``by_`` columns.

    >>> people = pl.DataFrame({"q": ["y", "n"] * 5, "by_k": ["yes", "no"] * 5, "by_sex": ["m", "m"] * 5})
    >>> share = Asked("q", "q", "q", frozenset(), frozenset("y"), None, ())
    >>> sorts([share], ["k", "sex"], people)
    (Sort(breakdown='k', indicator='q', hits=frozenset({'yes'})),)
    """
    found = list[Sort]()
    names = [each for each in breakdowns if f"by_{each}" in respondents.columns]
    for one in asked:
        people = respondents.filter(pl.Series(answered(one, respondents)))
        if one.share is not None:
            gave = people[one.column].is_in(list(one.share))
        elif people[one.column].n_unique() <= MANY and not one.below:
            gave = people[one.column]
        else:
            continue
        for name in names:
            of = pl.DataFrame({"by": people[f"by_{name}"], "gave": gave}).drop_nulls()
            kinds = of.group_by("by", "gave").len()
            if kinds["by"].n_unique() < kinds.height or kinds["gave"].n_unique() < 2:
                continue
            of_each = kinds.group_by("gave").agg(pl.col("len").sum())
            if of_each.filter(pl.col("len") < OFTEN).height:
                continue
            sides = kinds.filter("gave") if one.share is not None else kinds
            classes = [set(sides["by"])] if one.share is not None else [{each} for each in sides["by"]]
            found += [Sort(name, one.id, frozenset(each)) for each in classes]
    return tuple(found)
