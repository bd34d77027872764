"""What other indicators on the same answers say of the respondents of one, in its cells and in others.

A question that was put to those who gave some answers has as many respondents as these answers have: in every
cell of the figures of the other question, whatever its own figures are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from thuis.protect.coded import Floats, Key
from thuis.protect.profiles import Cluster
from thuis.protect.span import follows
from thuis.protect.table import Table


@dataclass(frozen=True, slots=True)
class Said:
    """The respondents of a cell, and between which numbers a reader of other figures knows them."""

    n: float
    low: float
    high: float


def elsewhere(indicator: str, clusters: Sequence[Cluster], table: Table, wave: str) -> dict[Key, Said]:
    """Of every cell of its clusters: no fewer than a published number that counts some of them, no more than
    one that counts them and others, and as many as published numbers add up to."""
    found: dict[Key, Said] = {}
    for cluster in clusters:
        if indicator not in cluster.told:
            continue
        own, exact = cluster.told[indicator].n, dict[tuple[str, ...], bool]()
        numbers = {
            name: [told.n, *(told.sums if told.share else ())]
            for name, told in cluster.told.items()
            if name != indicator
        }
        for key, held in cluster.counts.items():
            shown = tuple(name for name in numbers if _shown(table, name, wave, key))
            of = [number for name in shown for number in numbers[name]]
            if shown not in exact:
                exact[shown] = follows(own, of) is not None
            found[key] = _said(own, of, held, found.get(key), known=exact[shown])
    return found


def _shown(table: Table, name: str, wave: str, key: Key) -> bool:
    row = table.rows(name, wave).get(key)
    return row is not None and row.open and row.n > 0


def _said(own: Floats, of: Sequence[Floats], held: Floats, before: Said | None, *, known: bool) -> Said:
    n = float(own @ held)
    if known:
        return Said(n, n, n)
    low = max([float(each @ held) for each in of if (each <= own).all()], default=0.0)
    high = min([float(each @ held) for each in of if (each >= own).all()], default=np.inf)
    return Said(n, max(low, before.low), min(high, before.high)) if before else Said(n, low, high)


def beyond(known: Mapping[Key, Said], own: Mapping[Key, int]) -> dict[Key, Said]:
    """What is known of cells that an indicator has not."""
    return {key: each for key, each in known.items() if key not in own and np.isfinite(each.high)}
