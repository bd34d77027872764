"""Numbers of one cell that say something together: of what follows from them nothing may tell too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from thuis.protect.primary import telling
from thuis.protect.profiles import Cluster, Told
from thuis.protect.rules import ProtectionRules
from thuis.protect.span import Derived, Floats, derived, follows, handful
from thuis.protect.system import Key, label
from thuis.protect.table import Row

SOME = 2.0
"""People by which a number of respondents stays unknown where it counts an answer that is no small group."""


@dataclass(slots=True)
class Together:
    """The cells of one cluster in one wave; ``guarded`` are numbers of respondents that stay between two."""

    cluster: Cluster
    rows: Mapping[str, Mapping[Key, Row]]
    rules: ProtectionRules
    guarded: dict[tuple[str, Key], tuple[float, float]] = field(default_factory=dict)
    _sets: dict[tuple[str, ...], list[tuple[Derived, Floats]]] = field(default_factory=dict)

    def settle(self) -> set[str]:
        """Withhold cells until nothing that follows tells too much; the indicators of those withheld."""
        withheld = set[str]()
        for key in dict.fromkeys(key for cells in self.rows.values() for key in cells):
            counts = self.cluster.counts.get(key)
            while counts is not None and (name := self._one(key, counts)):
                withheld.add(name)
        return withheld

    def _one(self, key: Key, counts: Floats) -> str | None:
        """Withhold one cell for which another, or a set of people, would be known; None when all is well."""
        shown = [name for name, cells in self.rows.items() if key in cells and cells[key].open]
        numbers = [each for name in shown for each in self._numbers(name)]
        owner = [name for name in shown for _ in self._numbers(name)]
        for found, small, what in self._told(tuple(shown), numbers, counts):
            return self._withhold(key, found, owner, numbers, small, what)
        for name, cells in self.rows.items():
            row = cells.get(key)
            if row is None or not row.secret:
                continue
            for wanted, known in self._secrets(name, row):
                weights = follows(wanted, [*numbers, *known])
                if weights is not None and weights[: len(numbers)].any():
                    inside = Derived(wanted, weights[: len(numbers)])
                    return self._withhold(key, inside, owner, numbers, None, f"{name}: {label(key)}")
        return None

    def _numbers(self, name: str) -> list[Floats]:
        told = self.cluster.told[name]
        return [told.n, *told.sums]

    def _told(
        self, shown: tuple[str, ...], numbers: Sequence[Floats], counts: Floats
    ) -> Iterator[tuple[Derived, float, str]]:
        """Sets of people that follow from what is shown and tell too much, with their smaller side."""
        if shown not in self._sets:
            whole = [self.cluster.told[name].n for name in shown]
            found = derived(numbers) if numbers else []
            self._sets[shown] = [
                (each, n)
                for each in found
                for n in whole
                if (each.inside <= n).all() and (each.inside < n).any()
            ]
        for each, n in self._sets[shown]:
            size, some = float(n @ counts), float(each.inside @ counts)
            if telling(round(size), round(some), self.rules):
                yield each, min(some, size - some), f"{some:g} of {size:g} respondents"
        for name in shown:
            told = self.cluster.told[name]
            if not told.share and told.sums and self._end(told, numbers, counts):
                weights = np.array([float(each is told.n) for each in numbers])
                yield Derived(told.n, weights), 1.0, "an end of a scale"

    def _end(self, told: Told, numbers: Sequence[Floats], counts: Floats) -> bool:
        n = round(float(told.n @ counts))
        order = np.argsort(told.sums[0], kind="stable")

        def small(some: int) -> bool:
            return telling(n, some, self.rules) is not None

        return handful(
            [each[order] for each in numbers],
            counts[order],
            told.n[order],
            self.rules.minimum_hits,
            small,
        )

    def _secrets(self, name: str, row: Row) -> Iterator[tuple[Floats, list[Floats]]]:
        """What may not follow of a withheld cell, and what is taken as known."""
        told = self.cluster.told[name]
        if row.rule == "n-below-minimum" or row.hides_n:
            yield told.n, []
        else:
            for each in told.sums[:1]:
                yield each, [told.n]

    def _withhold(
        self,
        key: Key,
        found: Derived,
        owner: Sequence[str],
        numbers: Sequence[Floats],
        small: float | None,
        what: str,
    ) -> str:
        used = list(dict.fromkeys(owner[int(k)] for k in np.flatnonzero(found.weights)))
        name = min(used, key=lambda each: self._size(each, key))
        row = self.rows[name][key]
        row.withhold("confidential", "implied", protects=what)
        weight = next(
            w
            for w, o, v in zip(found.weights, owner, numbers, strict=True)
            if o == name and v is self.cluster.told[name].n
        )
        if weight:
            less, more = (SOME, SOME) if small is None else (small, self.rules.minimum_hits - small)
            n = float(row.n)
            self.guarded[name, key] = (n - less, n + more) if weight > 0 else (n - more, n + less)
        return name

    def _size(self, name: str, key: Key) -> tuple[float, float]:
        row = self.rows[name][key]
        hits = row.n_hit if row.n_hit is not None else row.n
        return float(row.n), float(min(hits, row.n - hits))
