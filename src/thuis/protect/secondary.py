"""Which further cells to withhold so that no withheld cell can be worked out.

What is assumed of an intruder: every published estimate, standard error, interval and n is known exactly, and
so is the weighted size of every cell, published or not. Estimates times sizes, and numbers of respondents,
then add up over the same relations, so one system of relations serves both.

A set of withheld cells is safe when

1. no withheld cell is determined by the published ones (a rank test over *all* relations), and
2. where a published cell is the sum of others, the withheld ones among them, which can be worked out
   together, are themselves no group too small or too telling to publish.

Finding the smallest safe set is NP-hard; the search is greedy with one step of foresight, then gives back
what turned out to be unnecessary. The order is fixed, so the same input always gives the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from thuis.protect.relations import SMALL, Sum, System

Forbidden = Callable[[Sequence[int]], bool]
"""Whether a group of cells, taken together, is too small or too telling to be published."""


@dataclass(frozen=True, slots=True)
class Step:
    """One cell withheld to protect another, and the relation that would have given that one away.

    Of a sum, ``relation`` holds the whole first; without ``is_sum`` it is a combination of several sums.
    """

    cell: int
    protects: int
    relation: tuple[int, ...]
    is_sum: bool


@dataclass(frozen=True, slots=True)
class _Threat:
    protects: int
    relation: tuple[int, ...]
    candidates: tuple[int, ...]
    is_sum: bool


def complement(
    system: System, withheld: Iterable[int], cost: Sequence[float], forbidden: Forbidden
) -> list[Step]:
    """The further cells to withhold, cheapest first, each with what it protects.

    ``cost`` is what withholding a cell loses (respondents).
    """
    first = frozenset(withheld) - system.absent
    search = _Search(system, cost, forbidden)
    hidden, steps = set(first), list[Step]()
    while threat := search.threat(hidden):
        chosen = search.cheapest(threat.candidates, hidden)
        hidden.add(chosen)
        steps.append(Step(chosen, threat.protects, threat.relation, threat.is_sum))
    return search.needed(steps, hidden) if len(steps) > 1 else steps


class _Search:
    """The relations of one system indexed by cell, for one set of costs."""

    def __init__(self, system: System, cost: Sequence[float], forbidden: Forbidden) -> None:
        self.system, self.cost, self.forbidden = system, cost, forbidden
        self.of: dict[int, list[Sum]] = {}
        for each in system.sums:
            for member in each.members:
                self.of.setdefault(member, []).append(each)

    def threat(self, hidden: set[int]) -> _Threat | None:
        """A reason why ``hidden`` is not yet safe, or None."""
        for cell in sorted(hidden, key=lambda i: (self.cost[i], i)):
            for relation in self.of.get(cell, ()):
                if self._broken(relation, hidden):
                    open_cells = tuple(i for i in relation.members if i not in hidden)
                    return _Threat(cell, relation.members, open_cells, True)
        if found := self.system.determined(sorted(hidden)):
            cell, weights = found
            open_cells = tuple(
                i
                for i in range(len(self.system.keys))
                if abs(weights[i]) > SMALL and i not in hidden and i not in self.system.absent
            )
            return _Threat(cell, (cell, *open_cells), open_cells, False)
        return None

    def _broken(self, relation: Sum, hidden: set[int]) -> bool:
        """Whether a relation gives away a withheld cell, or a group of them that may not be told."""
        unknown = [i for i in relation.members if i in hidden]
        if len(unknown) == 1:
            return True
        return len(unknown) > 1 and relation.whole not in hidden and self.forbidden(unknown)

    def cheapest(self, candidates: Sequence[int], hidden: set[int]) -> int:
        """The candidate that loses least, counting what it would make necessary in other relations."""

        def price(cell: int) -> tuple[float, int]:
            ahead = 0.0
            for relation in self.of.get(cell, ()):
                others = [i for i in relation.members if i != cell]
                if not any(i in hidden for i in others):
                    ahead += min((self.cost[i] for i in others), default=0.0)
            return self.cost[cell] + ahead, cell

        return min(candidates, key=price)

    def needed(self, steps: list[Step], hidden: set[int]) -> list[Step]:
        """The steps that cannot be undone, trying the dearest first."""
        kept = set(hidden)
        for step in sorted(steps, key=lambda s: (-self.cost[s.cell], s.cell)):
            if self._open(step.cell, kept) and not self.threat(kept - {step.cell}):
                kept.discard(step.cell)
        return [step for step in steps if step.cell in kept]

    def _open(self, cell: int, hidden: set[int]) -> bool:
        """A quick look whether a cell may be shown, before the rank test."""
        rest = hidden - {cell}
        return not any(self._broken(relation, rest) for relation in self.of.get(cell, ()))
