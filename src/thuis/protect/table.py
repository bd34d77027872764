"""The cells as rows that are judged one by one, and back to frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

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
_NUMBERS = ("estimate", "se", "lower", "upper", "n", "n_hit", "weighted_n", "df", "deff")
_BETWEEN = "\x1f"
"""Keeps the categories of a cell apart in one string."""
Places = NDArray[np.int64]
_N, _HITS = _NUMBERS.index("n"), _NUMBERS.index("n_hit")


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
    reason: Reason | None = None
    reliability: str | None = None
    rule: str = ""
    value: float | None = None
    limit: float | None = None
    protects: str | None = None
    relation: str | None = None
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
        figures = dict.fromkeys(parts for each in structure.indicators for parts in each.breakdowns)
        keys = {parts: [(parts, cell) for cell in structure.cells(parts)] for parts in figures}
        given = table._given(cells, {key: key for own in keys.values() for key in own})
        for each in structure.indicators:
            for wave in structure.waves:
                own = given.get((each.id, wave), {})
                table.found[each.id, wave] = {
                    key: Row(each.id, wave, key, *own.get(key, ()))
                    for parts in each.breakdowns
                    for key in keys[parts]
                }
        table._note_presence()
        return table

    def _given(
        self, cells: pl.DataFrame, known: Mapping[Key, Key]
    ) -> dict[tuple[str, str], dict[Key, tuple[Any, ...]]]:
        """The numbers of every cell of a frame, in the order of :class:`Row`, by indicator and wave."""
        figures = {each.id: self.structure.parts(each) for each in self.structure.indicators}
        waves = frozenset(self.structure.waves)
        at, places = _places(cells)
        keys = dict[tuple[tuple[str, ...], int], Key | None]()
        problems: list[Problem] = []
        found: dict[tuple[str, str], dict[Key, tuple[Any, ...]]] = {}
        there: dict[tuple[str, str], set[int]] = {}
        rows = zip(cells["indicator"].to_list(), cells["wave"].to_list(), at, _numbers(cells), strict=True)
        for indicator, wave, place, numbers in rows:
            breakdown, cell = places[place]
            parts = figures.get(indicator, {}).get(breakdown, ("?",))
            if (parts, place) not in keys:
                own = self.structure.key(parts, cell) if len(parts) == len(cell) else None
                keys[parts, place] = known.get(own) if own else None
            key = keys[parts, place]
            if key is None or wave not in waves:
                problems.append(self._stranger(indicator, breakdown, wave, cell))
                continue
            of = found.setdefault((indicator, wave), {})
            # A crossing may be written in both orders: its cells then stand there twice, once in each.
            written = there.setdefault((indicator, wave), set())
            if place in written:
                where = _where(indicator, breakdown, wave, cell)
                problems.append(Problem(f"two estimates for {where}", expected="one row per cell"))
                continue
            written.add(place)
            of[key] = numbers
            n, hits = numbers[_N], numbers[_HITS]
            if n < 0 or (hits is not None and not 0 <= hits <= n):
                where = _where(indicator, breakdown, wave, cell)
                problems.append(Problem(f"impossible counts in {where}: n {n}, of which {hits} counted"))
        raise_all(problems)
        return found

    def _stranger(self, indicator: str, breakdown: str, wave: str, cell: Sequence[str]) -> Problem:
        known = {each.id: each for each in self.structure.indicators}
        if indicator not in known:
            return unknown("indicator", indicator, known)
        if wave not in self.structure.waves:
            return unknown("wave", wave, self.structure.waves)
        figures = self.structure.parts(known[indicator])
        if breakdown not in figures:
            return unknown(f"breakdown of indicator {indicator}", breakdown, figures)
        cells = [", ".join(each) for each in self.structure.cells(figures[breakdown])]
        where = _where(indicator, breakdown, wave, cell)
        return Problem(f"no such cell: {where}", available=tuple(cells))

    def _note_presence(self) -> None:
        for (_, wave), rows in self.found.items():
            self._present.setdefault(wave, set()).update(key for key, row in rows.items() if row.n)
        for wave, present in self._present.items():
            self._classes[wave] = {each for key in present for each in zip(*key, strict=True)}

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
        figures = dict.fromkeys(parts for each in self.structure.indicators for parts in each.figures)
        keys = {
            parts: [(self.structure.key(parts, cell), (parts, cell)) for cell in self.structure.cells(parts)]
            for parts in figures
        }
        return [
            _named(self.found[each.id, wave][of], key)
            for each in self.structure.indicators
            for parts in each.figures
            for wave in self.structure.waves
            for of, key in keys[parts]
        ]


def _named(row: Row, key: Key) -> Row:
    return row if row.key == key else replace(row, key=key)


def _where(indicator: str, breakdown: str, wave: str, cell: Sequence[str]) -> str:
    return f"{indicator}/{breakdown}, wave {wave}, cell {', '.join(cell) or 'total'}"


def _places(cells: pl.DataFrame) -> tuple[list[int], list[tuple[str, list[str]]]]:
    """The breakdown and cell of every row by number, and what each number is: many rows have the same."""
    rows = cells.lazy().with_row_index("_row").group_by("breakdown", "cell").agg("_row").collect()
    at = rows.with_row_index("_at").explode("_row").sort("_row")["_at"]
    return at.to_list(), list(rows.select("breakdown", "cell").iter_rows())


def _numbers(cells: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The numbers of every row in the order of :class:`Row`, where what is not finite is none."""
    names = [name for name in (*_NUMBERS, *_TELLING) if name in cells.columns]
    floats = [pl.when(pl.col(each).is_finite()).then(each) for each in names if cells[each].dtype.is_float()]
    found = cells.select(names).with_columns(floats).with_columns(pl.col("n").fill_null(0))
    nothing = [None] * cells.height
    return zip(
        *(found[each].to_list() if each in names else nothing for each in (*_NUMBERS, *_TELLING)), strict=True
    )


def release_frame(rows: Sequence[Row]) -> pl.DataFrame:
    """The release: a withheld cell keeps its place and its reason, and no number."""
    reason = pl.col("reason").is_null()
    shown = (pl.when(reason).then(name) for name in (*_NUMBERS, "reliability"))
    made = columns_of(rows, {name: RELEASE_COLUMNS[name] for name in (*_NUMBERS, "reason", "reliability")})
    status = pl.when(reason).then(pl.lit("published")).otherwise(pl.lit("withheld"))
    return made.with_columns(*shown, cell=_cells([row.key[1] for row in rows]), status=status).select(
        pl.col(name).cast(kind) for name, kind in RELEASE_COLUMNS.items()
    )


def columns_of(rows: Sequence[Row], kinds: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Where every row stands, and what it has under the names of some columns."""
    found: dict[str, list[Any]] = {name: list(map(attrgetter(name), rows)) for name in kinds}
    breakdown = {parts: breakdown_id(parts) for parts in {row.key[0] for row in rows}}
    place = {
        "indicator": [row.indicator for row in rows],
        "breakdown": [breakdown[row.key[0]] for row in rows],
        "wave": [row.wave for row in rows],
    }
    return pl.DataFrame(place | found, schema={**dict.fromkeys(place, pl.String()), **kinds})


def _cells(keys: Sequence[tuple[str, ...]]) -> pl.Series:
    """Categories as lists, each list made once: few cells of a release have a combination of their own."""
    places = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    lists = pl.Series("cell", [list(each) for each in places], dtype=pl.List(pl.String))
    return lists if len(places) == len(keys) else lists.gather([places[each] for each in keys])


def surviving(comparisons: pl.DataFrame, at: tuple[Places, Places], rows: Sequence[Row]) -> pl.DataFrame:
    """The comparisons of which both cells are published; ``at`` is where these stand (:func:`compared`)."""
    shown = np.array([*(row.open for row in rows), False])
    return comparisons.filter(shown[at[0]] & shown[at[1]])


def smaller(comparisons: pl.DataFrame, rows: Sequence[Row]) -> list[int]:
    """Respondents of the smaller cell of each comparison."""
    people = np.array([row.n for row in rows])
    one, other = compared(comparisons, rows)
    least: list[int] = np.minimum(people[one], people[other]).tolist()
    return least


def compared(comparisons: pl.DataFrame, rows: Sequence[Row]) -> tuple[Places, Places]:
    """Where the two cells of every comparison stand among rows; -1 where they do not."""
    names = _cells([row.key[1] for row in rows]).list.join(_BETWEEN)
    places = columns_of(rows, {}).with_columns(names).with_row_index("at")
    cell = pl.col("cell").list.join(_BETWEEN).fill_null("")
    of = pl.when(pl.col("other").list.len() > 0).then(pl.col("other").list.join(_BETWEEN)).otherwise(cell)
    found = (
        comparisons.select("indicator", "breakdown", wave=wave, cell=which)
        .join(places, on=["indicator", "breakdown", "wave", "cell"], how="left", maintain_order="left")["at"]
        .cast(pl.Int64)
        .fill_null(-1)
        .to_numpy()
        for wave, which in ((pl.col("wave"), cell), (pl.coalesce("other_wave", "wave"), of))
    )
    one, other = found
    return one, other
