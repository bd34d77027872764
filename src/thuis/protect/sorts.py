"""Breakdowns that sort people by what they answered: the respondents of any figure by them are an answer.

A breakdown by the answers to a question, and an indicator on that question, tell the same: in a figure of
another question by group and by that breakdown the number of respondents of a class, or that it has nobody,
is the share of the indicator in that group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thuis.protect.primary import telling
from thuis.protect.rules import ProtectionRules
from thuis.protect.sorting import Sort
from thuis.protect.structure import IndicatorShape, Structure
from thuis.protect.system import Key
from thuis.protect.table import Row

SOME = 2.0
"""Respondents that stay unknown on each side of a number that counts an answer."""


@dataclass(slots=True)
class Sorted:
    """What figures of one wave tell by sorting; ``guarded`` are numbers of respondents that stay between two.

    ``rows`` has the cells of every indicator that was asked.
    """

    structure: Structure
    wave: str
    rows: Mapping[str, Mapping[Key, Row]]
    rules: ProtectionRules
    guarded: dict[tuple[str, Key], tuple[float, float]] = field(default_factory=dict)

    @property
    def sorts(self) -> Sequence[Sort]:
        """The breakdowns that sort people by an answer."""
        return self.structure.sorts.get(self.wave, ())

    def settle(self) -> set[str]:
        """Withhold what tells of a group that it may not tell; the indicators of those withheld."""
        found = set[str]()
        for sort in self.sorts:
            of = self.rows.get(sort.indicator, {})
            for name, cells in self.rows.items():
                for group, classes in _sorted(cells, sort.breakdown):
                    if self._tells(sort, of.get(group), classes) and self._withhold(name, sort, classes):
                        found.add(name)
        return found

    def _tells(self, sort: Sort, of: Row | None, classes: Mapping[str, Row]) -> bool:
        n = sum(row.n for row in classes.values())
        hits = sum(row.n for category, row in classes.items() if category in sort.hits)
        if not n:
            return False
        if of is not None and of.secret:
            return True
        # Of a mean only that nearly everybody gave one answer tells anything.
        of_mean = not self._shape(sort.indicator).counts
        if n < self.rules.minimum_n:
            return hits in (0, n)
        return telling(n, max(hits, n // 2) if of_mean else hits, self.rules) is not None

    def _withhold(self, name: str, sort: Sort, classes: Mapping[str, Row]) -> bool:
        any_ = False
        n = sum(row.n for row in classes.values())
        one_side = sum(row.n for category, row in classes.items() if category in sort.hits) in (0, n)
        for row in classes.values():
            if (
                not row.n
                and one_side
                and row.reason
                and not row.secret
                and not self.structure.impossible(row.key)
            ):
                # That nobody is here says that everybody is elsewhere.
                row.reason, row.rule = None, ""
                row.withhold("confidential", "n-below-minimum", limit=self.rules.minimum_n)
                any_ = True
            elif row.open:
                row.withhold("confidential", "sorts-by-an-answer", protects=sort.indicator)
                row.hides_n = True
                self.guarded[name, row.key] = (row.n - SOME, row.n + SOME)
                any_ = True
        return any_

    def _shape(self, name: str) -> IndicatorShape:
        return next(each for each in self.structure.indicators if each.id == name)

    def beside(self, kin: Sequence[IndicatorShape]) -> list[tuple[IndicatorShape, dict[Key, Row]]]:
        """What the figures of others tell of some shares in cells that their own figures have not."""
        own = {parts for each in kin for parts in each.breakdowns}
        found = list[tuple[IndicatorShape, dict[Key, Row]]]()
        for sort in self.sorts:
            shape = next((each for each in kin if each.id == sort.indicator and not each.among), None)
            if shape is not None and shape.adds:
                cells = {key: row for key, row in self._told(sort).items() if key[0] not in own}
                if cells:
                    found.append((replace(shape, kind="proportion"), cells))
        return found

    def _told(self, sort: Sort) -> dict[Key, Row]:
        found: dict[Key, Row] = {}
        for cells in self.rows.values():
            for group, classes in _sorted(cells, sort.breakdown):
                row = Row(sort.indicator, self.wave, group, n=sum(each.n for each in classes.values()))
                row.n_hit = sum(each.n for category, each in classes.items() if category in sort.hits)
                sides: tuple[list[bool], list[bool]] = ([], [])
                for category, each in classes.items():
                    sides[category in sort.hits].append(each.secret)
                if all(any(side) for side in sides):
                    row.reason = "confidential"
                if group not in found or row.open:
                    found[group] = row
        return found


def _sorted(cells: Mapping[Key, Row], breakdown: str) -> Iterator[tuple[Key, dict[str, Row]]]:
    """The cells of figures by a breakdown, by the group that it divides."""
    found: dict[Key, dict[str, Row]] = {}
    for (parts, cell), row in cells.items():
        if breakdown in parts:
            at = parts.index(breakdown)
            group = (*parts[:at], *parts[at + 1 :]), (*cell[:at], *cell[at + 1 :])
            found.setdefault(group, {})[cell[at]] = row
    yield from found.items()
