"""The integration paradox: do people in a better position report more exclusion? Three answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from thuis.errors import ThuisError
from thuis.findings.margins import Margin, margin
from thuis.findings.rarest import handful, rarest
from thuis.findings.remainders import Open, People, equal_weights, groups_of, tell
from thuis.findings.respondents import Sampled, outcome
from thuis.multiplicity import holm
from thuis.project.battery import Battery, Control, Outcome, Position
from thuis.project.model import Indicator

Answer = Literal["seen", "not-seen", "cannot-tell"]


@dataclass(frozen=True, slots=True)
class Test:
    """One position against one outcome; differences are in the indicator's own unit (percentage points).

    ``raw`` and ``adjusted`` are None where too few respondents stand on a side, no model could be fitted, or
    a withheld cell would be given away; ``why`` then says so. ``p`` is that of the adjusted difference after
    Holm over the battery.
    """

    position: Position
    outcome: Outcome
    indicator: Indicator
    raw: Margin | None
    adjusted: Margin | None
    p: float = math.nan
    answer: Answer = "cannot-tell"
    why: str = ""
    controls: tuple[Control, ...] = ()

    @property
    def towards_exclusion(self) -> float:
        """The adjusted difference, positive where the better position goes with more exclusion."""
        sign = 1.0 if self.outcome.exclusion == "higher" else -1.0
        return sign * self.adjusted.estimate if self.adjusted else math.nan


@dataclass(frozen=True, slots=True)
class Row:
    """The first position against the first outcome within one group; p values are Holm's over the rows."""

    group: str
    position: Margin | None
    raw: Margin | None
    adjusted: Margin | None
    p_position: float = math.nan
    p_raw: float = math.nan
    p: float = math.nan
    answer: Answer = "cannot-tell"


def anything(_n: int, _hits: int | None) -> bool:
    """No number of respondents tells too much."""
    return False


@dataclass(frozen=True, slots=True)
class Shown:
    """What protection lets a battery say.

    :param withheld: (indicator, breakdown, category) of cells that are not published in the battery's wave:
        a difference beside one of its two cells tells the other.
    :param groups: for an indicator of the figure the groups of which all lines are published; None for all.
    :param telling: whether so many respondents, so many of them counted (None for a mean), may not be told.
    :param cells: for an indicator its published cells: beside the sides of a position they leave people.
    """

    withheld: frozenset[tuple[str, str | None, str]] = frozenset()
    groups: Mapping[str, Collection[str]] | None = None
    telling: Callable[[int, int | None], bool] = anything
    cells: Open = field(default_factory=dict)

    def group(self, indicator: str, group: str) -> bool:
        """Whether all cells of a group in the figure are published."""
        return self.groups is None or group in self.groups.get(indicator, ())

    def tells(self, rows: pl.DataFrame, indicator: Indicator) -> bool:
        """Whether the people on a side of a difference are too few or too much alike.

        A position on a variable is in no figure, so nothing has judged its sides yet.
        """
        y = pl.col(f"_y_{indicator.id}")
        asked = rows.filter(y.is_not_null() & pl.col("_side").is_not_null() & ~pl.col("_out"))
        sides = asked.group_by("_side").agg(n=pl.len(), hits=(y > 0).sum(), alike=y.unique_counts().max())
        share = indicator.percentage
        return any(
            self.telling(n, hits if share else alike)
            for n, hits, alike in sides.select("n", "hits", "alike").iter_rows()
        )

    def leaves(self, rows: pl.DataFrame, indicator: Indicator, before: list[People]) -> bool:
        """Whether the people on neither side are too few, or those who are on a side of one position only.

        Their answers follow where everybody counts the same; where weights differ, a share of all above that
        of both sides says as much of them. ``before`` are the sides of earlier positions; those of this one
        are added when nothing follows.
        """
        side = rows["_side"].fill_null(-1.0).to_numpy()
        inside = ~rows["_out"].to_numpy()
        new = [side == 1.0, side == 0.0, side >= 0.0]
        known = [*groups_of(rows, self.cells.get(indicator.id, ())), inside, *before]
        share = indicator.kind == "proportion"
        equal = equal_weights(rows, indicator.weight)
        if tell(rows[f"_y_{indicator.id}"], new, known, self.telling, share=share, equal=equal):
            return True
        before += new
        return False


SHOW_ALL = Shown()


@dataclass(frozen=True, slots=True)
class Paradox:
    """The battery's tests, the rows of the figure, and the answer they bear together."""

    tests: tuple[Test, ...]
    rows: tuple[Row, ...]
    answer: Answer
    level: float = 0.95


def paradox(
    frame: pl.DataFrame,
    battery: Battery,
    indicators: Mapping[str, Indicator],
    sampled: Mapping[str, Sampled],
    *,
    minimum: int,
    level: float = 0.95,
    shown: Shown = SHOW_ALL,
) -> Paradox:
    """Test a declared battery on the respondents of one wave.

    Every position is set against every outcome, raw and with the controls held equal (controls made from the
    position's own column are left out of its model). A test answers ``seen`` when the adjusted difference
    points to more exclusion after Holm over the battery; ``not-seen`` when its interval rules out a
    difference of ``margin`` or more towards exclusion; else ``cannot-tell``. The answer of the whole rests on
    the first outcome: ``seen`` when seen for more than half of the positions and reversed for none;
    ``not-seen`` when ruled out for all; else ``cannot-tell``.

    :param frame: harmonised respondents with ``by_`` columns, as :class:`thuis.read.Microdata` holds them.
    :param sampled: by the name of a weight; that of the wave has none.
    :param minimum: respondents needed on each side of a difference.
    :param shown: what protection lets be published. A test that it does not is no part of the family: neither
        its answer nor any other depends on it.
    """
    asked = _Asked(battery, indicators, sampled, minimum, level, shown)
    out = pl.lit(value=False)
    if battery.leave_out:
        out = pl.col(f"by_{battery.figure.group}").is_in(list(battery.leave_out)).fill_null(value=True)
    used = dict.fromkeys(
        (*(each.indicator for each in battery.outcomes), battery.figure.position, battery.figure.exclusion)
    )
    rows = frame.with_columns(
        out.alias("_out"), *(outcome(indicators[each]).alias(f"_y_{each}") for each in used)
    )
    tests = [asked.test(rows, position, each) for each in battery.outcomes for position in battery.positions]
    answered = _answered(tests, battery, 1 - level)
    return Paradox(
        tuple(answered), asked.rows(rows), answer_about(answered, battery.outcomes[0], 1 - level), level
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all tests of a battery share."""

    battery: Battery
    indicators: Mapping[str, Indicator]
    sampled: Mapping[str, Sampled]
    minimum: int
    level: float
    shown: Shown
    sides: dict[str, list[People]] = field(default_factory=dict)

    def margin(self, rows: pl.DataFrame, indicator: str, controls: Sequence[str] = ()) -> Margin:
        """High minus low of the column ``_side``, in the unit of the indicator, with controls that it bears.

        :raises ThuisError: for a model the data cannot bear.
        """
        share = self.indicators[indicator].percentage
        sampled = self.sampled[self.indicators[indicator].weight or ""]
        rows = rows.drop([each for each in rows.columns if each.startswith("_y_") and each[3:] != indicator])
        found = margin(
            rows, f"_y_{indicator}", "_side", sampled, controls=controls, binary=share, level=self.level
        )
        times = 100.0 if share else 1.0
        scaled = {name: times * getattr(found, name) for name in ("estimate", "se", "lower", "upper")}
        return replace(found, **scaled)

    def test(self, rows: pl.DataFrame, position: Position, outcome: Outcome) -> Test:
        """One position against one outcome."""
        indicator = self.indicators[outcome.indicator]
        rows = rows.with_columns(_side(position))
        named = {(indicator.id, position.breakdown, each) for each in (*position.high, *position.low)}
        before = self.sides.setdefault(indicator.id, [])
        if (
            named & self.shown.withheld
            or self.shown.tells(rows, indicator)
            or self.shown.leaves(rows, indicator, before)
        ):
            return Test(position, outcome, indicator, None, None, why="withheld")
        controls = [each for each in self.battery.controls if each.column != position.column]
        vary = _bearing(rows, [each.column for each in controls], indicator)
        try:
            raw, adjusted = (self.margin(rows, indicator.id, use) for use in ((), vary))
        except ThuisError as error:
            return Test(position, outcome, indicator, None, None, why=error.problems[0].what)
        if min(raw.n_high, raw.n_low, adjusted.n_high, adjusted.n_low) < self.minimum:
            return Test(position, outcome, indicator, None, None, why="too-few")
        used = tuple(each for each in controls if each.column in vary)
        return Test(position, outcome, indicator, raw, adjusted, controls=used)

    def rows(self, rows: pl.DataFrame) -> tuple[Row, ...]:
        """Within each group, the lines of the figure: the first position whose column is the line."""
        battery = self.battery
        line = next(each for each in battery.positions if each.breakdown == battery.figure.line)
        ids = rows.filter(~pl.col("_out"))[f"by_{battery.figure.group}"].drop_nulls().unique().sort()
        found = [self._row(rows, line, each) for each in ids]
        outcome = next(
            (each for each in battery.outcomes if each.indicator == battery.figure.exclusion),
            battery.outcomes[0],
        )
        position, raw, adjusted = (
            holm([each.p if each else math.nan for each in column]).tolist()
            for column in zip(*((each.position, each.raw, each.adjusted) for each in found), strict=True)
        )
        return tuple(
            replace(
                each,
                p_position=a,
                p_raw=b,
                p=c,
                answer=_answer(each.adjusted, c, outcome, battery, 1 - self.level),
            )
            for each, a, b, c in zip(found, position, raw, adjusted, strict=True)
        )

    def _row(self, rows: pl.DataFrame, line: Position, id_: str) -> Row:
        battery, group = self.battery, f"by_{self.battery.figure.group}"
        out = (pl.col("_out") | (pl.col(group) != id_)).fill_null(value=True)
        inside = rows.with_columns(out.alias("_out")).with_columns(_side(line))
        controls = [each.column for each in battery.controls if each.column not in (line.column, group)]
        position, raw, adjusted = (
            self._enough(inside, name, use) if self.shown.group(name, id_) else None
            for name, use in (
                (battery.figure.position, ()),
                (battery.figure.exclusion, ()),
                (battery.figure.exclusion, controls),
            )
        )
        return Row(id_, position, raw, adjusted)

    def _enough(self, rows: pl.DataFrame, indicator: str, controls: Sequence[str]) -> Margin | None:
        if self.shown.tells(rows, self.indicators[indicator]):
            return None
        try:
            vary = _bearing(rows, controls, self.indicators[indicator])
            found = self.margin(rows, indicator, vary)
        except ThuisError:
            return None
        return found if min(found.n_high, found.n_low) >= self.minimum else None


def _bearing(rows: pl.DataFrame, controls: Sequence[str], indicator: Indicator) -> list[str]:
    """Controls that differ among the people compared, and take no handful of them apart.

    One that does not differ would make the model singular; beside one that only few have, the difference is
    that without these few, and the raw one says what they answered.
    """
    if not controls:
        return []
    inside = rows["_side"].is_not_null()
    there = rows.filter(inside)
    vary = [each for each in controls if there[each].drop_nulls().n_unique() > 1]
    answers = rows[f"_y_{indicator.id}"]
    few = rarest(rows, inside.to_numpy(), vary, answers, handful, share=indicator.percentage)
    return [each for each in vary if each not in few]


def _side(position: Position) -> pl.Expr:
    column, inside = pl.col(position.column), ~pl.col("_out")
    return (
        pl.when(inside & column.is_in(list(position.high)))
        .then(1.0)
        .when(inside & column.is_in(list(position.low)))
        .then(0.0)
        .otherwise(None)
        .alias("_side")
    )


def _answered(tests: Sequence[Test], battery: Battery, alpha: float) -> list[Test]:
    adjusted = holm([each.adjusted.p if each.adjusted else math.nan for each in tests]).tolist()
    return [
        replace(each, p=p, answer=_answer(each.adjusted, p, each.outcome, battery, alpha))
        for each, p in zip(tests, adjusted, strict=True)
    ]


def _answer(found: Margin | None, p: float, outcome: Outcome, battery: Battery, alpha: float) -> Answer:
    if found is None:
        return "cannot-tell"
    more, most = (
        (found.estimate, found.upper) if outcome.exclusion == "higher" else (-found.estimate, -found.lower)
    )
    if p < alpha and more > 0:
        return "seen"
    return "not-seen" if most < battery.margin_of(outcome) else "cannot-tell"


def answer_about(tests: Sequence[Test], outcome: Outcome, alpha: float) -> Answer:
    """What the tests of one outcome bear together, as that of the whole rests on the first."""
    first = [each for each in tests if each.outcome == outcome]
    seen = sum(each.answer == "seen" for each in first)
    reverse = any(each.p < alpha and each.towards_exclusion < 0 for each in first)
    if 2 * seen > len(first) and not reverse:
        return "seen"
    return "not-seen" if all(each.answer == "not-seen" for each in first) else "cannot-tell"
