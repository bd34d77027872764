"""Which differences a figure tests: against its reference group, within each part, and over time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
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
    :data:`MANY` categories. So it is with a reference that is there in no wave, in a figure or in a row of
    a crossing, as *no migration* among migrants: that it is empty in one wave may be what is withheld.

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
    known = dict.fromkeys(cells if ever is None else ever)
    return [
        (cell, other)
        for i, part in enumerate(parts)
        for row, ids in _rows(known, i).items()
        for one, reference in _within(part, ids)
        if (cell := (*row[:i], one, *row[i:])) in there
        and (other := (*row[:i], reference, *row[i:])) in there
    ]


def _rows(cells: Iterable[Cell], i: int) -> dict[Cell, set[str]]:
    """The categories of one part that are there, by the categories of the others."""
    found: dict[Cell, set[str]] = {}
    for cell in cells:
        found.setdefault((*cell[:i], *cell[i + 1 :]), set()).add(cell[i])
    return found


def _within(part: Breakdown, there: Collection[str]) -> Iterator[tuple[str, str]]:
    ids = [each.id for each in part.categories if each.id in there]
    own = part.reference if part.reference in there else None
    if ids and (own or len(ids) > MANY):
        reference = own or ids[0]
        yield from ((each, reference) for each in ids if each != reference)
    else:
        yield from ((later, earlier) for earlier, later in combinations(ids, 2))


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
