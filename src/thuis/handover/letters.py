"""Letters of significance, as market research prints them, from the tests the figure already published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thuis.contract.figure import Figure, Key
from thuis.handover.sheet import column_letters


@dataclass(frozen=True, slots=True)
class Letters:
    """Per column its letter; per wave and column the letters of the columns it is higher than.

    ``tested`` holds the columns that took part in any published test.
    """

    of: Mapping[Key, str]
    over: Mapping[tuple[str, Key], str]
    tested: frozenset[tuple[str, Key]]


def letters(figure: Figure) -> Letters:
    """The letters of one figure: nothing is tested here, so nothing is told that the figure does not tell.

    A letter stands under the higher of two columns. Verdicts are those of the figure: two-sided t tests at
    1 − ``level``, Holm's adjustment over all tests of the figure (Holm, 1979).

    >>> from thuis.contract.figure import Figure
    >>> told = {"id": "a/sex", "indicator": "a", "breakdown": "sex", "kind": "mean", "unit": {},
    ...     "waves": ["1"],
    ...     "dimensions": [{"id": "sex", "title": {}, "categories": [{"id": c, "title": {}} for c in "mv"]}],
    ...     "cells": [], "comparisons": [{"type": "category", "wave": "1", "cell": ["v"], "other": ["m"],
    ...     "difference": 2, "lower": 1, "upper": 3, "verdict": "higher"}]}
    >>> found = letters(Figure.model_validate(told))
    >>> found.of[("v",)], found.over[("1", ("v",))]
    ('B', 'A')
    """
    of = {key: column_letters(number) for number, key in enumerate(figure.keys)} if figure.dimensions else {}
    higher: dict[tuple[str, Key], set[Key]] = {}
    tested: set[tuple[str, Key]] = set()
    for each in figure.contrasts:
        if each.key not in of or each.other not in of:
            continue
        tested |= {(each.wave, each.key), (each.wave, each.other)}
        if each.verdict != "none":
            top, low = (each.key, each.other) if each.verdict == "higher" else (each.other, each.key)
            higher.setdefault((each.wave, top), set()).add(low)
    order = list(figure.keys)
    over = {at: " ".join(of[key] for key in order if key in keys) for at, keys in higher.items()}
    return Letters(of, over, frozenset(tested))
