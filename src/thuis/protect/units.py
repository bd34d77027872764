"""Which cells of a table of people by answer are withheld with a cell of the monitor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thuis.protect.elsewhere import elsewhere
from thuis.protect.levels import Answers, among_name, share_name
from thuis.protect.profiles import Cluster
from thuis.protect.structure import IndicatorShape
from thuis.protect.system import Key
from thuis.protect.table import Row, Table

Beside = Sequence[tuple[IndicatorShape, Mapping[Key, Row]]]
"""Other shares on the same answers."""


@dataclass(frozen=True, slots=True)
class Units:
    """``free`` are the places of cells that can be withheld, ``withheld`` of those that are, and ``unit`` has
    for every cell the first of those that are withheld with it."""

    free: frozenset[int]
    withheld: tuple[int, ...]
    unit: tuple[int, ...]


def units(
    found: Answers,
    kin: Sequence[IndicatorShape],
    figured: Collection[Key],
    secret: Iterable[Key],
    beside: Beside,
    known: Iterable[tuple[str, Key]],
) -> Units:
    """The shares of a cell of the monitor, with those among whose answers they are.

    :param figured: cells of the monitor that figures of the kin have.
    :param secret: cells of the monitor that are withheld.
    :param known: names and cells of those among some answers that others tell.
    """
    names = {share_name(each.share) for each in kin} | {among_name(each) for each in kin if each.among}
    own = [(key[0][-1] if key[0] else "", of) for key, of in zip(found.system.keys, found.unit, strict=True)]
    told, hidden = frozenset(known), frozenset(secret)
    free = [i for i, each in enumerate(own) if each[0] in names and each[1] in figured and each not in told]
    closed = {(share_name(each.share), key) for each, of in beside for key, row in of.items() if not row.open}
    withheld = [i for i in free if found.unit[i] in hidden] + list(found.nowhere)
    withheld += [i for i, each in enumerate(own) if each in closed]
    heads: dict[Key, int] = {}
    for i in free:
        heads.setdefault(found.unit[i], i)
    places = frozenset(free)
    unit = [heads[key] if i in places else i for i, key in enumerate(found.unit)]
    return Units(places, tuple(withheld), tuple(unit))


def told_elsewhere(
    kin: Sequence[IndicatorShape], beside: Beside, clusters: Sequence[Cluster], table: Table, wave: str
) -> set[tuple[str, Key]]:
    """Of those among some answers, the cells in which a figure outside the kin says how many they are."""
    ids = {each.id for each in kin}
    found = {
        (among_name(each), key) for each, of in beside for key, row in of.items() if each.among and row.open
    }
    for each in kin:
        if not each.among:
            continue
        outside = [
            replace(one, told={name: told for name, told in one.told.items() if name not in ids - {each.id}})
            for one in clusters
        ]
        said = elsewhere(each.id, outside, table, wave)
        found |= {
            (among_name(each), key) for key, one in said.items() if one.low > 0 or one.high < one.n + ROOM
        }
    return found


ROOM = 3.0
"""People by which a bound that others give must be off for a number to count as unknown."""
