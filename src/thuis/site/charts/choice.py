"""Which groups a reader may pick on a page, and what in its charts is about which of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from thuis.contract.figure import Figure, Key
from thuis.language.headlines import within
from thuis.site.voice import Voice

FEWEST = 2
"""Groups beside the comparison group from which on a breakdown is worth a choice."""


@dataclass(frozen=True, slots=True)
class Part:
    """One breakdown of a choice: its name, the mark of the comparison group, which stays, and the groups."""

    title: str
    stays: str
    reference: str
    groups: tuple[tuple[str, str], ...]
    """mark and name of each group"""


def mark(breakdown: str, group: str) -> str:
    """A group as charts and addresses name it.

    >>> mark("origin", "turkish")
    'origin.turkish'
    """
    return f"{breakdown}.{group}"


def marks(figure: Figure, key: Key, other: Key = ()) -> str:
    """The groups that something in a chart is about; of a pair both, unless one is the comparison group."""
    ids = [
        mark(dimension.id, id_)
        for keys in (key, other)
        for dimension, id_ in zip(figure.dimensions, keys, strict=False)
        if keys is key or id_ != dimension.reference
    ]
    return " ".join(dict.fromkeys(ids))


def choice(figures: Iterable[Figure], voice: Voice) -> tuple[Part, ...]:
    """The breakdowns of the figures with the groups that have a number in them; those too small to choose
    from, and answers that add up to a whole, are no choice."""
    found: dict[str, Part] = {}
    for figure in figures:
        shown = {cell.key for cell in figure.published()}
        for at, dimension in enumerate(figure.dimensions[: -1 if figure.answers == "whole" else None]):
            groups = tuple(
                (mark(dimension.id, each.id), voice.say(each.title))
                for each in dimension.categories
                if each.id != dimension.reference and any(key[at] == each.id for key in shown)
            )
            known = found.get(dimension.id)
            if len(groups) >= FEWEST:
                own = dimension.reference
                found[dimension.id] = Part(
                    voice.say(dimension.title),
                    mark(dimension.id, own) if own else "",
                    within(voice.say(dimension.category(own).title), voice.language) if own else "",
                    tuple(dict.fromkeys((*(known.groups if known else ()), *groups))),
                )
    return tuple(found.values())
