"""Answers behind the numbers: where weights are equal a mean and its spread count those who gave an answer.

The respondents, the sum of the answers and of their squares, and the shares on the same question are sums
over its answers. Where they give the number who gave one answer, that number is a share which nobody
publishes and everybody can calculate, in every cell: what is withheld of it must not follow either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from thuis.protect.profiles import Cluster
from thuis.protect.span import Floats, derived
from thuis.protect.structure import IndicatorShape
from thuis.protect.system import Key
from thuis.protect.table import Row

Shares = tuple[list[IndicatorShape], list[dict[Key, Row]]]
"""Shares, and the cells of each."""


def behind(
    kin: Sequence[IndicatorShape], rows: Sequence[Mapping[Key, Row]], clusters: Sequence[Cluster]
) -> Iterator[Shares]:
    """The shares that follow from the numbers of a kin with a mean in it, and their cells.

    A cell of such a share is withheld where any cell of the kin is, for the same reason.
    """
    for cluster in clusters:
        members = [each for each in kin if each.id in cluster.told]
        means = [each.id for each in members if not each.adds and cluster.told[each.id].sums]
        if not means or cluster.partial:
            continue
        whole = cluster.told[means[0]].n
        told = [cluster.told[each.id] for each in members]
        if all((each.n == whole).all() for each in told):
            numbers = [number for each in told for number in (each.n, *each.sums)]
            sets = _smallest(numbers, whole)
            if sets:
                yield _shares(kin[0], sets, whole, cluster, rows)


def _smallest(numbers: Sequence[Floats], whole: Floats) -> list[Floats]:
    """The sets of answers that follow, without those that hold another."""
    plain = [each for each in numbers if np.isin(each, (0.0, 1.0)).all() and each.any()]
    found = [*plain, *(each.inside for each in derived(numbers))]
    sets = list(
        {each.tobytes(): each for each in found if (each <= whole).all() and (each < whole).any()}.values()
    )
    return [
        each for each in sets if not any((other <= each).all() and (other < each).any() for other in sets)
    ]


def _shares(
    one: IndicatorShape,
    sets: Sequence[Floats],
    whole: Floats,
    cluster: Cluster,
    rows: Sequence[Mapping[Key, Row]],
) -> Shares:
    codes = frozenset(str(k) for k in np.flatnonzero(whole))
    figures = {parts for parts, _ in cluster.counts}
    keys = dict.fromkeys(key for each in rows for key in each if key[0] in figures)
    shapes, cells = list[IndicatorShape](), list[dict[Key, Row]]()
    for inside in sets:
        given = frozenset(str(k) for k in np.flatnonzero(inside))
        shapes.append(
            replace(one, kind="proportion", share=given, among=None, valid=codes, variable=f"@{one.variable}")
        )
        cells.append({key: _cell(key, rows, cluster, whole, inside) for key in keys})
    return shapes, cells


def _cell(
    key: Key, rows: Sequence[Mapping[Key, Row]], cluster: Cluster, whole: Floats, inside: Floats
) -> Row:
    counts = cluster.counts.get(key, np.zeros(len(whole)))
    found = [each[key] for each in rows if key in each]
    closed = next((each for each in found if not each.open), found[0])
    row = Row(closed.indicator, closed.wave, key, n=int(whole @ counts), n_hit=int(inside @ counts))
    row.reason, row.rule = closed.reason, closed.rule
    return row
