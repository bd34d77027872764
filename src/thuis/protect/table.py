"""The cells as rows that are judged one by one, and back to frames."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from thuis.columns import CELL_COLUMNS, RELEASE_COLUMNS
from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.protect.structure import Structure
from thuis.protect.system import Key, System, label
from thuis.values import Reason, breakdown_id

_TELLING = (
    "alike", "positive", "largest", "two_largest", "n_effective", "at_value",
    "adds_largest", "adds_two", "adds_rest", "lightest_side",
)  # fmt: skip
"""Columns that estimates may have beside the others, which are never published: see :class:`Row`."""
_Place = tuple[str, str, str, tuple[str, ...]]
_NUMBERS = ("estimate", "se", "lower", "upper", "n", "n_hit", "weighted_n", "df", "deff")


@dataclass(slots=True)
class Row:
    """One cell with its numbers and, once judged, what was decided and why.

    Of a cell that has them, ``alike`` counts the respondents of its commonest answer, ``positive`` those with
    a weight above zero; ``largest`` and ``two_largest`` are the shares (0-1) of the largest weight and the
    largest two, ``n_effective`` is Kish's effective number of respondents, ``(sum w)^2 / sum w^2``, and
    ``at_value`` the fewest who gave a median or an end of its interval, as these are rounded.
    ``adds_largest`` and ``adds_two`` are the parts (0-1) that one and two have of weight times value,
    ``adds_rest`` what the others have as part of the largest one's, and ``lightest_side`` the smaller side of
    a share over the largest weight. ``hides_n`` says that its respondents must stay unknown.
    ``between`` are the fewest and the most who may have given the answer, as the public reason says to who
    knows ``n``.
    """

    indicator: str
    wave: str
    key: Key
    estimate: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int = 0
    n_hit: int | None = None
    weighted_n: float | None = None
    df: float | None = None
    deff: float | None = None
    reason: Reason | None = None
    reliability: str | None = None
    rule: str = ""
    value: float | None = None
    limit: float | None = None
    protects: str | None = None
    relation: str | None = None
    alike: int | None = None
    positive: int | None = None
    largest: float | None = None
    two_largest: float | None = None
    n_effective: float | None = None
    at_value: int | None = None
    adds_largest: float | None = None
    adds_two: float | None = None
    adds_rest: float | None = None
    lightest_side: float | None = None
    between: tuple[int, int] | None = None
    hides_n: bool = False

    @property
    def secret(self) -> bool:
        """Whether the cell is withheld and has people in it, or had in another wave."""
        return self.reason in ("confidential", "too-uncertain")

    @property
    def open(self) -> bool:
        """Whether nothing withholds the cell so far."""
        return self.reason is None

    def withhold(
        self,
        reason: Reason,
        rule: str,
        *,
        value: float | None = None,
        limit: float | None = None,
        protects: str | None = None,
        relation: str | None = None,
    ) -> None:
        """Withhold the cell; the first reason stands."""
        if self.reason is None:
            self.reason, self.rule, self.value, self.limit = reason, rule, value, limit
            self.protects, self.relation, self.reliability = protects, relation, None

    def publish(self, reliability: str, rule: str, *, value: float | None, limit: float) -> None:
        """Leave the cell open, with its reliability."""
        self.reliability, self.rule, self.value, self.limit = reliability, rule, value, limit


@dataclass(slots=True)
class Table:
    """Every cell of the structure, by indicator and wave; cells without a row have no respondents."""

    structure: Structure
    found: dict[tuple[str, str], dict[Key, Row]] = field(default_factory=dict)
    _present: dict[str, set[Key]] = field(default_factory=dict)
    _classes: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: pl.DataFrame, structure: Structure) -> Table:
        """The rows of a frame of estimates, checked against the structure."""
        missing = [name for name in CELL_COLUMNS if name not in cells.columns]
        if missing:
            raise ThuisError(f"estimates lack {', '.join(missing)}", available=tuple(cells.columns))
        table = cls(structure)
        for each in structure.indicators:
            for wave in structure.waves:
                table.found[each.id, wave] = {
                    (parts, cell): Row(each.id, wave, (parts, cell))
                    for parts in each.breakdowns
                    for cell in structure.cells(parts)
                }
        table._fill(cells)
        table._note_presence()
        return table

    def _fill(self, cells: pl.DataFrame) -> None:
        parts = {each.id: self.structure.parts(each) for each in self.structure.indicators}
        problems: list[Problem] = []
        seen: set[tuple[str, str, Key]] = set()
        more = [name for name in _TELLING if name in cells.columns]
        for values in cells.select(*CELL_COLUMNS, *more).iter_rows():
            indicator, breakdown, wave, cell, *numbers = values
            named = parts.get(indicator, {}).get(breakdown, ("?",))
            row = self.row(indicator, wave, named, cell)
            where = f"{indicator}/{breakdown}, wave {wave}, cell {', '.join(cell) or 'total'}"
            if row is None:
                problems.append(self._stranger(indicator, breakdown, wave, where))
            elif (indicator, wave, (named, tuple(cell))) in seen:
                problems.append(Problem(f"two estimates for {where}", expected="one row per cell"))
            else:
                seen.add((indicator, wave, (named, tuple(cell))))
                problems += _set(row, numbers, where, more)
        raise_all(problems)

    def _stranger(self, indicator: str, breakdown: str, wave: str, where: str) -> Problem:
        known = {each.id: each for each in self.structure.indicators}
        if indicator not in known:
            return unknown("indicator", indicator, known)
        if wave not in self.structure.waves:
            return unknown("wave", wave, self.structure.waves)
        figures = self.structure.parts(known[indicator])
        if breakdown not in figures:
            return unknown(f"breakdown of indicator {indicator}", breakdown, figures)
        cells = [", ".join(cell) for cell in self.structure.cells(figures[breakdown])]
        return Problem(f"no such cell: {where}", available=tuple(cells))

    def _note_presence(self) -> None:
        for (_, wave), rows in self.found.items():
            present = self._present.setdefault(wave, set())
            classes = self._classes.setdefault(wave, set())
            for key, row in rows.items():
                if row.n:
                    present.add(key)
                    classes.update(zip(*key, strict=True))

    def row(self, indicator: str, wave: str, parts: tuple[str, ...], cell: Sequence[str]) -> Row | None:
        """One cell, in whatever order its breakdowns are crossed."""
        rows = self.found.get((indicator, wave), {})
        return rows.get(self.structure.key(parts, cell)) if len(parts) == len(cell) else None

    def rows(self, indicator: str, wave: str) -> Mapping[Key, Row]:
        """The cells of one indicator in one wave."""
        return self.found[indicator, wave]

    def emptiness(self, row: Row) -> Reason | None:
        """Why a cell without respondents has none, where that is no secret; None when it is.

        A group that nobody in this wave's sample belongs to, but somebody in another's, was not asked. A cell
        that was empty in every wave does not apply. An empty cell of people who were interviewed, but not
        about this, counts as one with too few respondents.
        """
        if row.n:
            return None
        waves = self.structure.waves
        if self._skipped(row):
            return None
        if not self._somebody(row):
            ever = any(self._anybody(row.key, wave) for wave in waves)
            return "not-asked" if ever else "not-applicable"
        classes = set(zip(*row.key, strict=True))
        if classes - self._classes[row.wave]:
            elsewhere = any(classes <= self._classes[wave] for wave in waves)
            return "not-asked" if elsewhere else "not-applicable"
        ever = any(self.found[row.indicator, wave][row.key].n for wave in waves)
        return None if ever else "not-applicable"

    def _skipped(self, row: Row) -> bool:
        """Whether people of an empty cell answered the question that this one follows, or counts some of."""
        for each in self.structure.clusters.get(row.wave, ()):
            counts = each.counts.get(row.key)
            if row.indicator in each.told and counts is not None and len(each.told) > 1:
                return any(float(one.n @ counts) > 0 for one in each.told.values())
        shape = next(each for each in self.structure.indicators if each.id == row.indicator)
        return shape.among is not None and self._somebody(row)

    def _somebody(self, row: Row) -> bool:
        return self._anybody(row.key, row.wave)

    def _anybody(self, key: Key, wave: str) -> bool:
        """Whether a wave has respondents in a cell, whatever they were asked."""
        people = self.structure.people
        return key in (people[wave] if people is not None else self._present[wave])

    def check_supports(self, cells: System, absent: frozenset[Key], wave: str) -> None:
        """A cell that the definitions make impossible must have nobody in it.

        :raises ThuisError: when it has, because then the relations do not hold.
        """
        wrong = [
            cells.keys[i]
            for i in cells.absent
            if cells.keys[i] not in absent and cells.keys[i] in self._present[wave]
        ]
        raise_all(
            [
                Problem(
                    f"wave {wave} has respondents in {label(key)}, which the breakdowns' definitions exclude",
                    step="check the 'when' conditions against the order of the categories",
                )
                for key in wrong
            ]
        )

    def ordered(self) -> list[Row]:
        """All rows: by indicator, figure, wave and cell, in the project's order."""
        return [
            _named(self.found[each.id, wave][self.structure.key(parts, cell)], (parts, cell))
            for each in self.structure.indicators
            for parts in each.figures
            for wave in self.structure.waves
            for cell in self.structure.cells(parts)
        ]


def _named(row: Row, key: Key) -> Row:
    return row if row.key == key else replace(row, key=key)


def _set(row: Row, numbers: Sequence[float | int | None], where: str, more: Sequence[str]) -> list[Problem]:
    for name, value in zip((*_NUMBERS, *more), numbers, strict=True):
        setattr(row, name, None if isinstance(value, float) and not math.isfinite(value) else value)
    row.n = row.n or 0
    if row.n < 0 or (row.n_hit is not None and not 0 <= row.n_hit <= row.n):
        return [Problem(f"impossible counts in {where}: n {row.n}, of which {row.n_hit} counted")]
    return []


def release_frame(rows: Sequence[Row]) -> pl.DataFrame:
    """The release: a withheld cell keeps its place and its reason, and no number."""
    columns: dict[str, list[object]] = {name: [] for name in RELEASE_COLUMNS if name != "cell"}
    for row in rows:
        columns["indicator"].append(row.indicator)
        columns["breakdown"].append(breakdown_id(row.key[0]))
        columns["wave"].append(row.wave)
        for name in _NUMBERS:
            columns[name].append(getattr(row, name) if row.open else None)
        columns["status"].append("published" if row.open else "withheld")
        columns["reason"].append(row.reason)
        columns["reliability"].append(row.reliability if row.open else None)
    made = {**columns, "cell": _cells([row.key[1] for row in rows])}
    return pl.DataFrame({name: made[name] for name in RELEASE_COLUMNS}, schema=RELEASE_COLUMNS)


def _cells(keys: Sequence[tuple[str, ...]]) -> pl.Series:
    """Categories as lists, each list made once: few cells of a release have a combination of their own."""
    places = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    lists = pl.Series("cell", [list(each) for each in places], dtype=pl.List(pl.String))
    return lists if len(places) == len(keys) else lists.gather([places[each] for each in keys])


def surviving(comparisons: pl.DataFrame, rows: Sequence[Row]) -> pl.DataFrame:
    """The comparisons of which both cells are published."""
    shown = {_place(row) for row in rows if row.open}
    keep = [one in shown and other in shown for one, other in _compared(comparisons)]
    return comparisons.filter(pl.Series(keep, dtype=pl.Boolean))


def smaller(comparisons: pl.DataFrame, rows: Sequence[Row]) -> list[int]:
    """Respondents of the smaller cell of each comparison."""
    people = {_place(row): row.n for row in rows}
    return [min(people[one], people[other]) for one, other in _compared(comparisons)]


def _place(row: Row) -> _Place:
    return row.indicator, breakdown_id(row.key[0]), row.wave, row.key[1]


def _compared(comparisons: pl.DataFrame) -> Iterator[tuple[_Place, _Place]]:
    names = ("indicator", "breakdown", "wave", "cell", "other_wave", "other")
    for indicator, breakdown, wave, cell, other_wave, other in comparisons.select(*names).iter_rows():
        one = tuple(cell or ())
        yield (
            (indicator, breakdown, wave, one),
            (indicator, breakdown, other_wave or wave, tuple(other) if other else one),
        )
