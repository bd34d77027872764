"""Which differences a figure tests: against its reference group, within each part, and over time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations, pairwise

from thuis.project.model import Breakdown

Cell = tuple[str, ...]
Pair = tuple[Cell, Cell]

MANY = 4
"""Above this number of categories without a reference, each is compared with the first only."""


def category_pairs(
    parts: Sequence[Breakdown], cells: Sequence[Cell], ever: Collection[Cell] | None = None
) -> list[Pair]:
    """Pairs (cell, other) of one wave that differ in one part only.

    With a reference category every other is compared with it; without one all pairs are, up to
    :data:`MANY` categories. So it is with a reference that was asked in no wave: that of one wave alone it
    has nobody may be what its figure withholds.

    :param ever: the cells with anybody in some wave; those of this one when left out.

    >>> from thuis.project.model import Breakdown, Category
    >>> text = {"nl": "x", "en": "x"}
    >>> categories = tuple(Category(id=each, title=text, when={"sex": [each]}) for each in ("men", "women"))
    >>> sex = Breakdown(id="sex", title=text, description=text, source=text, categories=categories)
    >>> category_pairs([sex], [("men",), ("women",)])
    [(('women',), ('men',))]
    >>> category_pairs([sex.model_copy(update={"reference": "others"})], [("men",), ("women",)])
    [(('women',), ('men',))]
    """
    there = set(cells)
    ever = cells if ever is None else ever
    return [
        (cell, other)
        for i, part in enumerate(parts)
        for one, reference in _within(part, {cell[i] for cell in ever})
        for cell, other in _crossed(cells, i, one, reference)
        if other in there
    ]


def _within(part: Breakdown, there: Collection[str]) -> Iterator[tuple[str, str]]:
    ids = [each.id for each in part.categories if each.id in there]
    own = part.reference if part.reference in there else None
    if ids and (own or len(ids) > MANY):
        reference = own or ids[0]
        yield from ((each, reference) for each in ids if each != reference)
    else:
        yield from ((later, earlier) for earlier, later in combinations(ids, 2))


def _crossed(cells: Sequence[Cell], i: int, one: str, reference: str) -> Iterator[Pair]:
    for cell in cells:
        if cell[i] == one:
            yield cell, (*cell[:i], reference, *cell[i + 1 :])


def wave_pairs(
    waves: Sequence[str], broken: Callable[[tuple[str, str]], bool] = lambda _: False
) -> list[tuple[str, str]]:
    """Pairs (wave, earlier wave): each with the one before it, and the last with the first.

    Where a break keeps a wave from the one before it, the nearest earlier wave that it can be compared with
    is added: one wave of another kind does not cut a series for good.

    >>> wave_pairs(["2006", "2011", "2015"])
    [('2011', '2006'), ('2015', '2011'), ('2015', '2006')]
    >>> wave_pairs(["2008", "2009", "2010", "2012"], lambda pair: "2009" in pair)[2]
    ('2010', '2008')
    """
    pairs: list[tuple[str, str]] = []
    for at, (earlier, later) in enumerate(pairwise(waves)):
        pairs.append((later, earlier))
        if broken((later, earlier)):
            before = ((later, each) for each in reversed(waves[:at]))
            pairs += [pair for pair in [next((p for p in before if not broken(p)), None)] if pair]
    ends = (waves[-1], waves[0]) if len(waves) > 2 else None
    return pairs if ends is None or ends in pairs else [*pairs, ends]
