"""From estimates to a release: every cell judged, then every cell that would give another away withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from thuis.multiplicity import judged
from thuis.protect.audit import audit_frame
from thuis.protect.behind import behind
from thuis.protect.elsewhere import Said, beyond, elsewhere
from thuis.protect.families import Family, denominators, families
from thuis.protect.found import absent_of, note, numbers_of, own_of, places, unknown_of
from thuis.protect.implied import Implied, implied
from thuis.protect.levels import OF_N, Knowledge, answers, counts, halves
from thuis.protect.panel import telling_changes
from thuis.protect.primary import dominated, lone_value, of_each_weight, telling, unvaried
from thuis.protect.reliability import known, of_mean, of_proportion, uncertain, uncertain_sum
from thuis.protect.rounding import of_known
from thuis.protect.rules import ProtectionRules
from thuis.protect.secondary import Step, Told, complement
from thuis.protect.sorts import Sorted
from thuis.protect.structure import BreakdownShape, IndicatorShape, Structure
from thuis.protect.system import Floats, Key, System, label, system
from thuis.protect.table import Row, Table, compared, release_frame, smaller, surviving
from thuis.protect.ties import PART, joined, loose, pooled, ties
from thuis.protect.together import Together
from thuis.protect.units import told_elsewhere, units
from thuis.values import Estimates, Release


def protect(estimates: Estimates, rules: ProtectionRules, structure: Structure) -> Release:
    """Judge every cell: published with its reliability, or withheld with a reason and no numbers.

    A cell of the structure that has no row in ``estimates`` is a cell without respondents. ``comparisons``
    are kept when both their cells are published, and adjusted for the number of those that are.
    ``Release.audit`` has one row per cell with the rule that decided.

    :param estimates: cells before any was judged, and the tested differences.
    :param rules: the limits.
    :param structure: which cells there are, and how they add up.
    :raises ThuisError: when the cells do not fit the structure (unknown, twice, without a column); all at
        once.

    >>> import polars as pl
    >>> from thuis.protect import IndicatorShape
    >>> from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
    >>> shape = IndicatorShape("trust", "mean", "trust", (("sex",),), frozenset({"2020"}))
    >>> structure = Structure.simple(["2020"], [shape], {"sex": ["men", "women"]})
    >>> numbers = (6.5, 0.1, 6.3, 6.7)
    >>> rows = [("trust", "sex", "2020", [sex], *numbers, n, n // 2, float(n), 900.0, 1.0)
    ...         for sex, n in (("men", 400), ("women", 20))]
    >>> cells = pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row")
    >>> asked = Estimates(cells, pl.DataFrame(schema=COMPARISON_COLUMNS))
    >>> protect(asked, ProtectionRules(), structure).cells.select("status", "reason", "n").rows()
    [('published', None, 400), ('withheld', 'confidential', None)]
    """
    table = Table.of(estimates.cells, structure)
    judge = _Judge(table, rules, structure, of_each_weight(structure.shared))
    groups = families(structure.indicators)
    pools = pooled(table, rules.minimum_n)
    for wave in sorted(structure.waves, key=lambda each: (each in pools, structure.waves.index(each))):
        judge.wave(groups, wave, pools.get(wave, ()))
    rows = table.ordered()
    comparisons = tested = estimates.comparisons
    if tested.height:
        at = compared(tested, rows)
        comparisons = telling_changes(tested, at, surviving(tested, at, rows), table, rows, rules)
    few = of_known(comparisons, structure.known, partial(smaller, rows=rows))
    return Release(
        cells=of_known(release_frame(rows), structure.known),
        comparisons=judged(few, rules.level, ["indicator", "breakdown"]),
        audit=audit_frame(rows),
        extras={"rules": rules},
    )


ROOM = 8
"""Answers between the fewest and the most of whom a reason may be said: below it, the reason tells them."""
ROUNDS = 10
"""Times that what is withheld in one question may ask for more in another."""


@dataclass(slots=True)
class _Judge:
    table: Table
    rules: ProtectionRules
    structure: Structure
    weighed: Mapping[str, int]
    systems: dict[tuple[object, ...], System] = field(default_factory=dict)
    moved: dict[int, list[Floats]] = field(default_factory=dict)
    done: dict[str, list[IndicatorShape]] = field(default_factory=dict)
    guarded: dict[tuple[str, frozenset[str] | None, Key], tuple[float, float]] = field(default_factory=dict)
    asked: dict[tuple[str, str], bool] = field(default_factory=dict)

    def wave(self, groups: Sequence[Family], wave: str, parts: Sequence[str]) -> None:
        """Judge everything in one wave; ``parts`` are the waves it pools."""
        self.guarded = {}
        for each in self.structure.indicators:
            if self._asked(each, wave):
                for row in self.table.rows(each.id, wave).values():
                    self._primary(each, row)
        shapes = {each.id: each for each in self.structure.indicators}
        found = [
            Together(each, {name: self.table.rows(name, wave) for name in each.told}, self.rules)
            for each in self.structure.clusters.get(wave, ())
        ]
        for cluster in found:
            cluster.settle()
        sorting = self._sorting(wave)
        sorting.settle()
        for crowd in self.structure.crowds.get(wave, ()):
            members = [shapes[name] for name in crowd.members if name in shapes]
            self._crowd(members, crowd.counts, wave)
            if wave in self.structure.pools:
                self._with_parts(members, wave, of_answers=False, people=self._people(members, wave))
        todo = list(groups)
        for _ in range(ROUNDS):
            self.guarded = {
                (shapes[name].variable, shapes[name].among, key): span
                for each in found
                for (name, key), span in each.guarded.items()
            }
            for (name, key), span in sorting.guarded.items():
                self.guarded.setdefault((shapes[name].variable, shapes[name].among, key), span)
            for family in sorted(todo, key=lambda each: -self.reach(each, wave)):
                self.family(family, wave, parts)
            touched = sorting.settle().union(*(each.settle() for each in found))
            todo = [each for each in groups if touched & {one.id for one in each.members}]
            if not todo:
                return

    def _sorting(self, wave: str) -> Sorted:
        asked = [each for each in self.structure.indicators if self._asked(each, wave)]
        rows = {each.id: self.table.rows(each.id, wave) for each in asked}
        return Sorted(self.structure, wave, rows, self.rules)

    def reach(self, family: Family, wave: str) -> int:
        """The respondents of a family in a wave: a question that others follow from comes before them."""
        return max(
            (row.n for each in family.members for row in self.table.rows(each.id, wave).values()), default=0
        )

    def family(self, family: Family, wave: str, parts: Sequence[str]) -> None:
        """Judge the indicators on one set of answers in one wave; ``parts`` are the waves it pools."""
        asked = [each for each in family.members if self._asked(each, wave)]
        groups = denominators(asked)
        for group in groups:
            for third in implied([one for one in group if one.adds]):
                self._implied(third, wave)
        for each in asked:
            self._tied(each, wave)
            self._pooled(each, wave, parts)
        kins = [[each for each in kin if each in asked] for kin in family.kins]
        kins = [kin for kin in kins if kin]
        for kin in kins:
            self._close(kin, wave)
        for group in groups:
            self._counts(group, wave)
        for kin in kins:
            self._close(kin, wave)
            self._answers(kin, groups, wave)
        if wave in self.structure.pools:
            for group in groups:
                self._with_parts(group, wave, of_answers=False)
            for kin in kins:
                self._close(kin, wave)
                self._with_parts(kin, wave, of_answers=True)
                self._close(kin, wave)
        done = self.done.setdefault(wave, [])
        done.extend(each for each in asked if each not in done)

    def _asked(self, indicator: IndicatorShape, wave: str) -> bool:
        of = (indicator.id, wave)
        if of not in self.asked:
            rows = self.table.rows(*of)
            self.asked[of] = wave in indicator.waves and any(row.n for row in rows.values())
            for row in () if self.asked[of] else rows.values():
                row.withhold("not-asked", "question not asked in this wave")
        return self.asked[of]

    def _primary(self, indicator: IndicatorShape, row: Row) -> None:
        if reason := self.table.emptiness(row):
            row.withhold(reason, "nobody interviewed")
            return
        rules = self.rules
        share = indicator.counts
        rule = telling(row.n, row.n_hit if share else None, rules)
        rule = rule or (None if share else unvaried(row, rules, indicator.scale)) or dominated(row, rules)
        rule = rule or lone_value(row, rules)
        if (indicator.id, row.wave) in self.structure.shared and row.n < self.weighed[row.wave]:
            rule = rule or "few-of-each-weight"
        if rule:
            limit = rules.minimum_n if rule == "n-below-minimum" else rules.minimum_hits
            row.withhold("confidential", rule, value=None, limit=limit)
            return
        if not (known(row.estimate) and known(row.se) and known(row.lower) and known(row.upper)):
            row.withhold("too-uncertain", "no estimate or no interval")
            return
        certainty = (
            of_proportion(row.lower, row.upper, rules)
            if share and indicator.kind != "total"
            else of_mean(row.estimate, row.se, rules, indicator.scale)
        )
        if certainty.grade == "too-uncertain":
            half = share and indicator.kind != "total"
            between = uncertain(row, rules) if half else uncertain_sum(row, certainty, rules)
            row.between = between if share else None
            said = between is None or between[1] - between[0] >= ROOM
            reason = "too-uncertain" if said else "confidential"
            row.withhold(reason, certainty.rule, value=certainty.value, limit=certainty.limit)
        else:
            row.publish(certainty.grade, certainty.rule, value=certainty.value, limit=certainty.limit)

    def _implied(self, of: Implied, wave: str) -> None:
        """Where a share that follows from others tells too much, the smallest of these is withheld."""
        rows = [self.table.rows(name, wave) for name in of.members]
        for key in rows[0]:
            found = [each.get(key) for each in rows]
            cells = [each for each in found if each is not None and each.open and each.n_hit is not None]
            if len(cells) < len(rows) or len({each.n for each in cells}) > 1:
                continue
            n = cells[0].n
            hits = of.of_n * n + sum(w * (c.n_hit or 0) for w, c in zip(of.weights, cells, strict=True))
            if 0 <= hits <= n and telling(n, round(hits), self.rules):
                least = min(cells, key=lambda each: min(each.n_hit or 0, each.n - (each.n_hit or 0)))
                least.withhold(
                    "confidential", "implied", protects=f"{' or '.join(sorted(of.codes))}: {label(key)}"
                )

    def _tied(self, indicator: IndicatorShape, wave: str) -> None:
        """A question asked of those who gave some answer: its n is the count of that answer."""
        rows = self.table.rows(indicator.id, wave)
        for other in ties(self.table, indicator, self.done.get(wave, ()), wave):
            before = self.table.rows(other.id, wave)
            for key, row in rows.items():
                if key in before and before[key].secret and row.open:
                    row.withhold("confidential", "counts-an-answer", protects=f"{other.id}: {label(key)}")

    def _pooled(self, indicator: IndicatorShape, wave: str, parts: Sequence[str]) -> None:
        """A wave that adds others together: without one of them, it is the other, or the few it adds.

        A declared one is held against its parts as one table instead.
        """
        if wave in self.structure.pools:
            return
        singles = {part: self.table.rows(indicator.id, part) for part in parts}
        least = self.rules.minimum_n
        for key, row in self.table.rows(indicator.id, wave).items():
            hidden = [part for part in parts if singles[part][key].secret]
            more = row.n - sum(rows[key].n for rows in singles.values())
            if not row.open or not (hidden or 0 < more < least):
                continue
            row.withhold(
                "confidential", "pools-waves", protects=f"{', '.join(hidden) or 'more'}: {label(key)}"
            )
            few = min((singles[part][key].n for part in hidden), default=more)
            if 0 < few < least:
                of = (indicator.variable, indicator.among, key)
                self.guarded[of] = (row.n - few + 1.0, row.n - few + float(least))

    def _close(self, kin: Sequence[IndicatorShape], wave: str) -> None:
        """What is withheld in one indicator is withheld in all that it could be calculated from."""
        sister: dict[Key, Row] = {}
        for each in kin:
            for key, row in self.table.rows(each.id, wave).items():
                if row.secret:
                    sister.setdefault(key, row)
        for each in kin:
            for key, row in self.table.rows(each.id, wave).items():
                if key in sister and row.open:
                    of = sister[key]
                    row.withhold("confidential", "same-answers", protects=f"{of.indicator}: {label(key)}")
                    row.hides_n = of.hides_n

    def _crowd(self, members: Sequence[IndicatorShape], people: Mapping[Key, int], wave: str) -> None:
        """What the numbers of respondents of several questions tell that the same people answered."""
        asked = [each for each in members if self._asked(each, wave)]
        rows = [self.table.rows(each.id, wave) for each in asked]
        n = {key: people.get(key, 0) for each in rows for key in each}
        if len({(each.variable, each.among) for each in asked}) > 1:
            self._respondents(asked, rows, n, {}, wave)

    def _people(self, members: Sequence[IndicatorShape], wave: str) -> dict[Key, int]:
        """How many who answered some questions each cell of a pooled wave has, and of its parts."""
        found: dict[Key, int] = {}
        for part in self.structure.pools[wave]:
            of = next(
                (each for each in self.structure.crowds.get(part, ()) if members[0].id in each.members), None
            )
            n = of.counts if of else numbers_of(self.table.rows(each.id, part) for each in members)
            for (parts, cell), count in n.items():
                found[(*parts, PART), (*cell, part)] = count
                found[parts, cell] = found.get((parts, cell), 0) + count
        return found

    def _counts(self, group: Sequence[IndicatorShape], wave: str) -> None:
        """Nobody learns how many respondents a small cell has, or a remainder between cells."""
        rows = [self.table.rows(each.id, wave) for each in group]
        known = elsewhere(group[0].id, self.structure.clusters.get(wave, ()), self.table, wave)
        self._respondents(group, rows, numbers_of(rows), known, wave)

    def _respondents(
        self,
        group: Sequence[IndicatorShape],
        rows: Sequence[Mapping[Key, Row]],
        n: Mapping[Key, int],
        known: Mapping[Key, Said],
        wave: str,
    ) -> None:
        """``known`` is what other indicators say of respondents, in these cells and in others."""
        more = beyond(known, n)
        people = {**n, **{key: round(each.n) for key, each in more.items()}}
        cells = self._system(group, wave, n, tuple(dict.fromkeys(parts for parts, _ in more)))
        few, enough, withheld = unknown_of(rows, n, self.rules.minimum_n)
        one = group[0]
        guarded = {
            key: self.guarded[one.variable, one.among, key]
            for key in n
            if key in withheld and (one.variable, one.among, key) in self.guarded
        }
        closed = {key for key in cells.keys if key not in n}
        between = dict.fromkeys(closed, (0.0, np.inf))
        for key, each in known.items():
            if key in closed or key in withheld:
                between[key] = max(each.low, 1.0 if n.get(key) else 0.0), each.high
        measure = counts(cells, people, few, enough, self.rules, guarded, between)
        if measure.targets:
            singles = [cells.index[key] for key in few if n.get(key) == 1]
            cost = self._cost(cells.keys, n)
            cost = [np.inf if key in closed else each for key, each in zip(cells.keys, cost, strict=True)]
            told = Told(moved=self.moved.setdefault(id(cells), []))
            hidden = places(cells, withheld | closed)
            self._withhold(cells, rows, complement(cells, [measure], hidden, cost, singles, told=told))
            note(rows, cells.keys, told.lowered, measure.name)

    def _answers(
        self, kin: Sequence[IndicatorShape], groups: Sequence[Sequence[IndicatorShape]], wave: str
    ) -> None:
        """Nobody learns what the people in a withheld cell answered."""
        rows = [self.table.rows(each.id, wave) for each in kin]
        own = own_of(rows)
        n = numbers_of(rows)
        shares = all(each.adds for each in kin) and len({each.variable for each in kin}) == 1
        if shares and all(row.n_hit is not None or not row.n for each in rows for row in each.values()):
            sisters = next((g for g in groups if g[0].variable == kin[0].variable and not g[0].among), kin)
            beside = [
                (each, self.table.rows(each.id, wave))
                for group in groups
                for each in group
                if each not in kin and each.kind == "proportion" and each.variable == kin[0].variable
            ]
            beside += self._sorting(wave).beside(kin) if self.structure.sorts.get(wave) else []
            self._shares(kin, rows, [self.table.rows(each.id, wave) for each in sisters], own, beside, wave)
            return
        cells = self._system(kin, wave, n)
        measure = halves(cells, n, own)
        if measure.targets:
            withheld = places(cells, (key for each in rows for key, row in each.items() if row.secret))
            told = Told(moved=self.moved.setdefault(id(cells), []))
            steps = complement(cells, [measure], withheld, self._cost(cells.keys, n), told=told)
            self._withhold(cells, rows, steps)
        for tells, told_rows in behind(kin, rows, self.structure.clusters.get(wave, ())):
            self._close(kin, wave)
            self._shares(tells, told_rows, told_rows, own_of(rows), [], wave, rows)

    def _shares(
        self,
        kin: Sequence[IndicatorShape],
        rows: Sequence[Mapping[Key, Row]],
        sisters: Sequence[Mapping[Key, Row]],
        own: frozenset[Key],
        beside: Sequence[tuple[IndicatorShape, Mapping[Key, Row]]],
        wave: str,
        told_by: Sequence[Mapping[Key, Row]] = (),
    ) -> None:
        """Shares as a table of people by answer; ``told_by`` are the cells that tell them, if others."""
        n = numbers_of(sisters)
        partial = loose(dict.fromkeys(parts for parts, _ in n), n)
        if not own and not partial:
            return
        structure, anybody = self.structure.with_rests(partial)
        known = Knowledge(n, absent_of(sisters), anybody, own)
        found = answers(structure, kin, rows, known, self.rules, beside)
        if not found.measure.targets:
            return
        cells = found.system
        secret = {key for each in rows for key, row in each.items() if row.secret}
        clusters = self.structure.clusters.get(wave, ())
        figured = {key for each in rows for key in each}
        of = units(
            found, kin, figured, secret, beside, told_elsewhere(kin, beside, clusters, self.table, wave)
        )
        cost = [each if i in of.free else np.inf for i, each in enumerate(self._cost(found.unit, n))]
        told = Told()
        steps = complement(cells, [found.measure], of.withheld, cost, unit=of.unit, told=told)
        self._withhold(cells, told_by or rows, steps, found.unit)
        note(told_by or rows, found.unit, told.lowered, found.measure.name)

    def _with_parts(
        self,
        members: Sequence[IndicatorShape],
        wave: str,
        *,
        of_answers: bool,
        people: Mapping[Key, int] | None = None,
    ) -> None:
        """A pooled wave and its parts as one table: what is withheld in a part may follow from the whole.

        The parts are out already, so only cells of the pooled wave can be withheld for them.
        """
        parts = self.structure.pools[wave]
        rows = [joined(self.table, each.id, wave, parts) for each in members]
        n = numbers_of(rows)
        n |= {key: count for key, count in (people or {}).items() if key in n}
        shape = BreakdownShape(PART, PART, {part: frozenset({at}) for at, part in enumerate(parts)})
        wide = replace(self.structure, breakdowns={**self.structure.breakdowns, PART: shape})
        figures = tuple(dict.fromkeys(key[0] for each in rows for key in each))
        cells = system(wide, figures, absent_of(rows), loose(figures, n))
        if of_answers:
            withheld = {key for each in rows for key, row in each.items() if row.secret}
            measure = halves(cells, n, own_of(rows))
        else:
            few, enough, withheld = unknown_of(rows, n, self.rules.minimum_n)
            measure = counts(cells, n, few, enough, self.rules)
        if not measure.targets:
            return
        cost = self._cost(cells.keys, n)
        cost = [np.inf if PART in key[0] else each for key, each in zip(cells.keys, cost, strict=True)]
        told = Told()
        steps = complement(cells, [measure], places(cells, withheld), cost, told=told)
        self._withhold(cells, rows, steps)
        note(rows, cells.keys, told.lowered, measure.name)

    def _cost(self, keys: Iterable[Key], n: Mapping[Key, int]) -> list[float]:
        """What withholding a cell loses: its respondents, and a cell."""
        return [float(n.get(key, 0) + self.rules.minimum_n) for key in keys]

    def _withhold(
        self,
        cells: System,
        rows: Sequence[Mapping[Key, Row]],
        steps: Sequence[Step],
        unit: Sequence[Key] | None = None,
    ) -> None:
        for step in steps:
            for each in rows:
                row = each.get((unit or cells.keys)[step.cell])
                if row and row.open:
                    row.withhold(
                        "confidential",
                        "protects-another",
                        protects=cells.name(step.target.cell),
                        relation=_written(step),
                    )
                    row.hides_n = step.measure == OF_N

    def _system(
        self,
        members: Sequence[IndicatorShape],
        wave: str,
        n: Mapping[Key, int],
        more: tuple[tuple[str, ...], ...] = (),
    ) -> System:
        figures = tuple(dict.fromkeys(parts for each in members for parts in each.breakdowns))
        absent = absent_of([self.table.rows(each.id, wave) for each in members])
        partial = loose(figures, n)
        figures = tuple(dict.fromkeys((*figures, *more)))
        if (figures, absent, partial) not in self.systems:
            structure, anybody = self.structure.with_rests(partial)
            found = system(structure, figures, absent, anybody)
            self.table.check_supports(found, absent, wave)
            self.systems[figures, absent, partial] = found
        return self.systems[figures, absent, partial]


def _written(step: Step) -> str:
    return f"{step.measure}: {step.target.low:g} to {step.target.high:g} stays possible"


__all__ = ["protect"]
