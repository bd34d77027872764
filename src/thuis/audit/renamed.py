"""Questions of two monitors that are one under two names, of indicator or wave: their numbers say so."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thuis.audit.read import Figure, Published
from thuis.audit.recuts import SURE, likelier

SAME = ("estimate", "se", "n")
"""Numbers of a cell that are all the same where nothing happened to its people."""

Question = tuple[str, str]
"""Indicator and wave."""
Asked = Mapping[tuple[int, ...], list[dict[str, Any]]]
"""The cells of a question in their order, by how many classes the dimensions of their figure have."""


def renamed(before: Published, after: Published) -> Published:
    """``before`` with the names of ``after`` for questions that it has under another.

    They are one where the total and another cell, if there are any, have the same estimate, standard error
    and respondents, or where every cell that both publish has the same people but for fewer than the minimum,
    who account for the answers, and that is likelier than chance; of the same wave the number of people says
    nothing.

    >>> renamed(Published("1.0", 50, ()), Published("1.1", 50, ())).version
    '1.0'
    """
    ours, theirs = _questions(after), _questions(before)
    minimum, names = max(before.minimum, after.minimum), dict[Question, Question]()
    new = sorted(set(ours) - set(theirs))
    for old in sorted(set(theirs) - set(ours)):
        likest = max(
            new, key=lambda each: _alike(theirs[old], ours[each], minimum, old[1] != each[1]), default=None
        )
        if likest and _alike(theirs[old], ours[likest], minimum, old[1] != likest[1]) > SURE:
            names[old] = likest
    if not names:
        return before
    figures = itertools.chain.from_iterable(_under(each, names) for each in before.figures)
    return replace(before, figures=tuple(figures))


def _under(figure: Figure, names: Mapping[Question, Question]) -> list[Figure]:
    found: dict[str, dict[tuple[str, tuple[str, ...]], dict[str, Any]]] = {}
    for (wave, cell), numbers in figure.cells.items():
        indicator, now = names.get((figure.indicator, wave), (figure.indicator, wave))
        found.setdefault(indicator, {})[now, cell] = numbers
    rest = figure.id.partition("/")[2]
    return [
        replace(figure, indicator=name, id=f"{name}/{rest}", cells=cells) for name, cells in found.items()
    ]


def _questions(published: Published) -> Mapping[Question, Asked]:
    found: dict[Question, dict[tuple[int, ...], list[dict[str, Any]]]] = {}
    for figure in published.figures:
        shape = tuple(map(len, figure.categories))
        for wave in dict.fromkeys(wave for wave, _ in figure.cells):
            cells = [figure.cells.get((wave, each), {}) for each in itertools.product(*figure.categories)]
            found.setdefault((figure.indicator, wave), {}).setdefault(shape, []).extend(cells)
    return found


def _alike(old: Asked, new: Asked, minimum: int, of_n: bool) -> float:
    """The logarithm of how much likelier two questions are one than two: minus infinity when they cannot be.

    :param of_n: whether the number of people says something.
    """
    pairs = [
        (one, other)
        for shape in sorted(old.keys() & new.keys())
        for one, other in zip(old[shape], new[shape], strict=False)
        if one.get("status") == other.get("status") == "published"
    ]
    same = [bool(one["se"]) and all(one[name] == other[name] for name in SAME) for one, other in pairs]
    if same and same[0] and old.get(()) and (len(same) == 1 or sum(same) > 1):
        return math.inf
    sure = 0.0
    for one, other in pairs:
        counts = [
            (float(each["n"]), float(each["n"]) * float(each["estimate"]) / 100) for each in (one, other)
        ]
        found = likelier(counts[0], counts[1], minimum, of_n=of_n)
        if found is None:
            return -math.inf
        sure += found
    return sure
