"""What the respondents of one wave show of how its cells are made of the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuis.protect import profiles
from thuis.protect.coded import Cells, Key
from thuis.protect.crowds import Crowd, crowds
from thuis.protect.sorting import Sort, sorts
from thuis.remembered import remembered


@dataclass(frozen=True, slots=True)
class Seen:
    """The clusters of a wave, its cells with people in them, its crowds, and what sorts people by answers."""

    clusters: tuple[profiles.Cluster, ...]
    people: frozenset[Key]
    crowds: tuple[Crowd, ...]
    sorts: tuple[Sort, ...]


def seen(
    asked: Sequence[profiles.Asked],
    cells: Cells,
    figures: tuple[tuple[str, ...], ...],
    breakdowns: tuple[str, ...],
    least: int,
) -> Seen:
    """All of it, or what was found for the same respondents and indicators before.

    :param cells: of the respondents of the wave: the columns of answers, ``by_`` columns and ``_weight``.
    :param figures: the breakdowns that cells are of, each with its parts.
    :param breakdowns: every breakdown there is.
    :param least: people between two questions from which they are of others.
    """

    def make() -> Seen:
        people = frozenset((parts, cell) for parts in figures for cell in cells.of(parts)[1])
        return Seen(
            profiles.clusters(asked, cells),
            people,
            crowds(asked, cells, least),
            sorts(asked, breakdowns, cells),
        )

    return remembered(
        make,
        __name__,
        asked,
        cells.people,
        figures,
        breakdowns,
        least,
    )
