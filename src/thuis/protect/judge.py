"""From estimates to a release: every cell judged, then every cell that would give another away withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from thuis.protect.audit import audit_frame
from thuis.protect.families import Family, families
from thuis.protect.primary import telling
from thuis.protect.relations import Key, System, label, system
from thuis.protect.reliability import known, of_mean, of_proportion
from thuis.protect.rules import ProtectionRules
from thuis.protect.secondary import Step, complement
from thuis.protect.structure import IndicatorShape, Structure
from thuis.protect.table import Row, Table, release_frame, surviving
from thuis.values import Estimates, Reason, Release


def protect(estimates: Estimates, rules: ProtectionRules, structure: Structure) -> Release:
    """Judge every cell: published with its reliability, or withheld with a reason and no numbers.

    A cell of the structure that has no row in ``estimates`` is a cell without respondents. ``comparisons``
    are kept when both their cells are published. ``Release.audit`` has one row per cell with the rule that
    decided.

    :raises ThuisError: when the cells do not fit the structure (unknown, twice, without a column); all at
    once.
    """
    table = Table.of(estimates.cells, structure)
    judge = _Judge(table, rules, structure)
    for family in families(structure.indicators):
        for wave in structure.waves:
            judge.family(family, wave)
    rows = table.ordered()
    return Release(
        cells=release_frame(rows),
        comparisons=surviving(estimates.comparisons, rows),
        audit=audit_frame(rows),
        extras={"rules": rules},
    )


@dataclass(slots=True)
class _Judge:
    table: Table
    rules: ProtectionRules
    structure: Structure
    systems: dict[tuple[tuple[tuple[str, ...], ...], frozenset[Key]], System] = field(default_factory=dict)

    def family(self, family: Family, wave: str) -> None:
        """Judge the indicators on one set of answers in one wave."""
        asked = [each for each in family.members if self._asked(each, wave)]
        for each in asked:
            for row in self.table.rows(each.id, wave).values():
                self._primary(each, row)
        kins = [[each for each in kin if each in asked] for kin in family.kins]
        kins = [kin for kin in kins if kin]
        few = self._few(asked, wave)
        if len(kins) > 1 and few:
            few = self._shared(asked, wave, few)
        for kin in kins:
            self._kin(kin, wave, few)

    def _asked(self, indicator: IndicatorShape, wave: str) -> bool:
        rows = self.table.rows(indicator.id, wave)
        if wave in indicator.waves and any(row.n for row in rows.values()):
            return True
        for row in rows.values():
            row.withhold("not-asked", "question not asked in this wave")
        return False

    def _primary(self, indicator: IndicatorShape, row: Row) -> None:
        if reason := self.table.emptiness(row):
            row.withhold(reason, "nobody interviewed")
            return
        rules = self.rules
        spread = not (known(row.se) and row.se == 0.0)
        rule = telling(row.n, row.n_hit if indicator.kind == "proportion" else None, rules, spread=spread)
        if rule:
            limit = rules.minimum_n if rule == "n-below-minimum" else rules.minimum_hits
            row.withhold("too-few", rule, value=None, limit=limit)
            return
        if not (known(row.estimate) and known(row.se) and known(row.lower) and known(row.upper)):
            row.withhold("too-uncertain", "no estimate or no interval")
            return
        certainty = (
            of_proportion(row.lower, row.upper, rules)
            if indicator.kind == "proportion"
            else of_mean(row.estimate, row.se, rules, indicator.scale)
        )
        if certainty.grade == "too-uncertain":
            row.withhold("too-uncertain", certainty.rule, value=certainty.value, limit=certainty.limit)
        else:
            row.publish(certainty.grade, certainty.rule, value=certainty.value, limit=certainty.limit)

    def _few(self, members: Iterable[IndicatorShape], wave: str) -> set[Key]:
        """Cells with too few respondents in some member: n is shared, so they count for all."""
        return {
            key
            for each in members
            for key, row in self.table.rows(each.id, wave).items()
            if row.reason == "too-few" and row.n < self.rules.minimum_n
        }

    def _shared(self, members: Sequence[IndicatorShape], wave: str, few: set[Key]) -> set[Key]:
        """``few`` with the cells that protect its n over all figures of the family."""
        return few | self._secondary(members, wave, few, counts_only=True)

    def _kin(self, kin: Sequence[IndicatorShape], wave: str, few: set[Key]) -> None:
        withheld = set(few)
        sister: dict[Key, str] = {}
        for each in kin:
            for key, row in self.table.rows(each.id, wave).items():
                if row.reason in ("too-few", "too-uncertain"):
                    withheld.add(key)
                    sister.setdefault(key, each.id)
        for each in kin:
            for key, row in self.table.rows(each.id, wave).items():
                if key in withheld and row.open:
                    row.withhold(
                        "protects-another",
                        "the same cell is withheld for an indicator on the same answers",
                        protects=f"{sister.get(key, 'another indicator')}: {label(key)}",
                    )
        if withheld:
            self._secondary(kin, wave, withheld)

    def _secondary(
        self, members: Sequence[IndicatorShape], wave: str, withheld: set[Key], *, counts_only: bool = False
    ) -> set[Key]:
        """Withhold what would give ``withheld`` away; returns the cells added."""
        rows = [self.table.rows(each.id, wave) for each in members]
        cells = self._system(members, wave)
        groups = _Groups(cells, rows, self.rules, counts_only)
        hidden = {cells.index[key] for key in withheld if key in cells.index}
        steps = complement(cells, hidden, groups.cost, groups.forbidden)
        for step in steps:
            for each in rows:
                row = each.get(cells.keys[step.cell])
                if row and row.open:
                    row.withhold(
                        "protects-another",
                        "recalculable",
                        protects=label(cells.keys[step.protects]),
                        relation=_written(cells, step),
                    )
        return {cells.keys[step.cell] for step in steps}

    def _system(self, members: Sequence[IndicatorShape], wave: str) -> System:
        figures = tuple(dict.fromkeys(parts for each in members for parts in each.breakdowns))
        empty: dict[Key, bool] = {}
        for each in members:
            for key, row in self.table.rows(each.id, wave).items():
                empty[key] = empty.get(key, True) and row.reason in ("not-asked", "not-applicable")
        absent = frozenset(key for key, nobody in empty.items() if nobody)
        if (figures, absent) not in self.systems:
            found = system(self.structure, figures, absent)
            self.table.check_supports(found, absent, wave)
            self.systems[figures, absent] = found
        return self.systems[figures, absent]


class _Groups:
    """Cells taken together: what they cost and whether they may be told as one."""

    def __init__(
        self, cells: System, rows: Sequence[Mapping[Key, Row]], rules: ProtectionRules, counts_only: bool
    ) -> None:
        self.rows, self.rules, self.counts_only = rows, rules, counts_only
        self.keys = cells.keys
        self.cost = [float(max((r[key].n for r in rows if key in r), default=0)) for key in cells.keys]

    def forbidden(self, group: Sequence[int]) -> bool:
        """Whether the group is too small or too telling for any indicator (all of whose cells it has)."""
        keys = [self.keys[i] for i in group]
        whole = [each for each in self.rows if all(key in each for key in keys)]
        if not whole:
            return telling(int(sum(self.cost[i] for i in group)), None, self.rules) is not None
        return any(self._told(each, keys) for each in whole)

    def _told(self, rows: Mapping[Key, Row], keys: Sequence[Key]) -> bool:
        n = sum(rows[key].n for key in keys)
        hits = [rows[key].n_hit for key in keys]
        counted = None if self.counts_only or any(h is None for h in hits) else sum(h for h in hits if h)
        return telling(n, counted, self.rules) is not None


def _written(cells: System, step: Step) -> str:
    names = [label(cells.keys[i]) for i in step.relation]
    shown = names if len(names) <= 25 else [*names[:24], f"{len(names) - 24} more"]
    if step.is_sum:
        return f"{shown[0]} = {' + '.join(shown[1:])}"
    return f"{shown[0]} follows from {', '.join(shown[1:])}"


__all__ = ["Reason", "protect"]
