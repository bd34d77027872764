"""Which differences a figure tests: against its reference group, within each part, and over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from thuis.project.model import Breakdown

Cell = tuple[str, ...]
Pair = tuple[Cell, Cell]

MANY = 4
"""Above this number of categories without a reference, each is compared with the first only."""


def category_pairs(parts: Sequence[Breakdown], cells: Sequence[Cell]) -> list[Pair]:
    """Pairs (cell, other) of one wave that differ in one part only.

    With a reference category every other is compared with it; without one all pairs are, up to
    :data:`MANY` categories.

    >>> from thuis.project.model import Breakdown, Category
    >>> text = {"nl": "x", "en": "x"}
    >>> categories = tuple(Category(id=each, title=text, when={"sex": [each]}) for each in ("men", "women"))
    >>> sex = Breakdown(id="sex", title=text, description=text, source=text, categories=categories)
    >>> category_pairs([sex], [("men",), ("women",)])
    [(('women',), ('men',))]
    """
    there = set(cells)
    return [
        (cell, other)
        for i, part in enumerate(parts)
        for one, reference in _within(part)
        for cell, other in _crossed(cells, i, one, reference)
        if other in there
    ]


def _within(part: Breakdown) -> Iterator[tuple[str, str]]:
    ids = [each.id for each in part.categories]
    if part.reference or len(ids) > MANY:
        reference = part.reference or ids[0]
        yield from ((each, reference) for each in ids if each != reference)
    else:
        yield from ((later, earlier) for earlier, later in combinations(ids, 2))


def _crossed(cells: Sequence[Cell], i: int, one: str, reference: str) -> Iterator[Pair]:
    for cell in cells:
        if cell[i] == one:
            yield cell, (*cell[:i], reference, *cell[i + 1 :])


def wave_pairs(waves: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs (wave, earlier wave): each with the one before it, and the last with the first.

    >>> wave_pairs(["2006", "2011", "2015"])
    [('2011', '2006'), ('2015', '2011'), ('2015', '2006')]
    """
    steps = [(later, earlier) for earlier, later in pairwise(waves)]
    return steps + ([(waves[-1], waves[0])] if len(waves) > 2 else [])


def crosses_break(waves: Sequence[str], later: str, earlier: str, breaks: set[str]) -> bool:
    """Whether a break stands between two waves: in any wave after the earlier, up to the later.

    >>> crosses_break(["2006", "2011", "2015"], "2015", "2006", {"2011"})
    True
    """
    between = waves[waves.index(earlier) + 1 : waves.index(later) + 1]
    return bool(breaks.intersection(between))
