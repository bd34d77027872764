"""Tables of known totals that weights are made to agree with, and every reason why they cannot."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from thuis.errors import Place, Problem, raise_all, unknown
from thuis.project.model import Calibrated, Project
from thuis.read.microdata import BEFORE, BREAKDOWN, MARGIN, Calibration, WaveDesign, weight_column
from thuis.tables import Row, read_table
from thuis.values import breakdown_parts

AGREE = 1e-6
"""Part by which the sums of two margins may differ: rounding, not another population."""


@dataclass(frozen=True, slots=True)
class _Table:
    """One file: per margin its categories, each with its number and its line."""

    margins: Mapping[str, Mapping[str, tuple[float, Row]]]
    shares: bool


def with_margins(
    project: Project, frame: pl.DataFrame, designs: Mapping[str, WaveDesign]
) -> tuple[pl.DataFrame, dict[str, WaveDesign]]:
    """The respondents with a column for every margin of their wave, and designs that know the totals.

    :raises ThuisError: with every fault in every table: unknown margins and categories, respondents without
        one, categories without respondents, sums that disagree.
    """
    problems: list[Problem] = []
    found = dict(designs)
    tables: dict[str, _Table | None] = {}
    parts = []
    for wave in project.waves:
        if wave.pools:
            continue
        people = frame.filter(pl.col("wave") == wave.id)
        for name, each in wave.design.weightings.items():
            if each.calibrate is None:
                continue
            file = each.calibrate.margins
            if file not in tables:
                tables[file] = _read(project, file, problems)
            table = tables[file]
            if table is None:
                continue
            one = _Margins(project, wave.id, name, each.calibrate, table)
            people, calibration = one.applied(people, problems)
            weights = {**found[wave.id].weights}
            before = f"{BEFORE}:{name}"
            people = people.with_columns(pl.col(weight_column(name)).alias(before))
            weights[name] = replace(weights[name], column=before, calibration=calibration)
            found[wave.id] = replace(found[wave.id], weights=weights)
        parts.append(people)
    raise_all(problems)
    return pl.concat(parts, how="diagonal") if tables else frame, found


def _read(project: Project, file: str, problems: list[Problem]) -> _Table | None:
    before = len(problems)
    rows = read_table(project.folder / file, problems, required=("margin", "category"), name=file)
    if len(problems) > before:
        return None
    shares = bool(rows) and "share" in rows[0].cells
    key = "share" if shares else "total"
    margins: dict[str, dict[str, tuple[float, Row]]] = {}
    for row in rows:
        margin, category = row.need("margin", problems), row.need("category", problems)
        number = _number(row, key, problems)
        if category in margins.get(margin, {}):
            problems.append(Problem(f"{category!r} of {margin!r} stands twice", row.place("category")))
        margins.setdefault(margin, {})[category] = number, row
    if not rows:
        problems.append(
            Problem("no totals to agree with", Place(file), expected="rows of margin, category and total")
        )
    return _Table(margins, shares) if len(problems) == before else None


def _number(row: Row, key: str, problems: list[Problem]) -> float:
    text = row.need(key, problems)
    try:
        value = float(text.replace(" ", "")) if text else 0.0
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        problems.append(Problem(f"{text!r} is no total", row.place(key), expected="a number of 0 or more"))
    return value


@dataclass(frozen=True, slots=True)
class _Margins:
    project: Project
    wave: str
    name: str
    of: Calibrated
    table: _Table

    def applied(self, people: pl.DataFrame, problems: list[Problem]) -> tuple[pl.DataFrame, Calibration]:
        """The respondents with a column per margin, and the totals of each."""
        weight = weight_column(self.name)
        weighed = people.filter(pl.col(weight).is_not_null())
        totals: dict[str, dict[str, float]] = {}
        before = len(problems)
        if self.of.method == "poststratify" and len(self.table.margins) > 1:
            problems.append(
                Problem(
                    f"{self.of.margins} has {len(self.table.margins)} margins",
                    self._place("method"),
                    expected="one margin to post-stratify on, which may be a crossing like 'sex-by-age'",
                    step="say method: rake, or keep one margin",
                )
            )
        for margin, wanted in self.table.margins.items():
            values = self._values(margin, people, next(iter(wanted.values()))[1], problems)
            if values is None:
                continue
            # Who has no part in a weight needs no category, but the library wants one: of weight 0.
            values = pl.when(pl.col(weight).is_null()).then(pl.lit(next(iter(wanted)))).otherwise(values)
            column = f"{MARGIN}:{self.name}:{margin}"
            people = people.with_columns((pl.lit(f"{self.wave}/") + values).alias(column))
            there = weighed.select(values.alias("value"))["value"]
            problems += self._faults(margin, wanted, there)
            whole = sum(number for number, _ in wanted.values())
            scale = float(weighed[weight].sum()) / whole if self.table.shares and whole else 1.0
            totals[column] = {f"{self.wave}/{key}": n * scale for key, (n, _) in wanted.items() if n}
        if len(problems) == before:
            problems += self._disagree(totals)
        return people, Calibration(self.of.method, _alike(totals))

    def _place(self, key: str) -> Place:
        path = ("design", *(("weights", self.name) if self.name else ()), "calibrate", key)
        return self.project.place("waves", self.wave, path)

    def _values(self, margin: str, people: pl.DataFrame, row: Row, problems: list[Problem]) -> pl.Expr | None:
        """The category of every respondent: of breakdowns, or of a variable of the wave."""
        parts = breakdown_parts(margin)
        if parts and all(each in self.project.breakdowns for each in parts):
            return pl.concat_str([pl.col(BREAKDOWN + each) for each in parts], separator=", ")
        variables = self.project.wave(self.wave).variables
        if variables.get(margin) is None or people[margin].dtype != pl.String:
            own = (k for k, v in variables.items() if v and v.type == "category")
            known = dict.fromkeys([*self.project.breakdowns, *own])
            step = "name a breakdown, a crossing of breakdowns, or a variable that is a category"
            problems.append(unknown("margin", margin, known, row.place("margin"), step))
            return None
        return pl.col(margin)

    def _faults(
        self, margin: str, wanted: Mapping[str, tuple[float, Row]], there: pl.Series
    ) -> Iterator[Problem]:
        counts = dict(there.value_counts().iter_rows())
        without = counts.pop(None, 0)
        where = next(iter(wanted.values()))[1].place("category")
        at = f"wave {self.wave!r}"
        if without:
            yield Problem(
                f"{without} respondents of {at} have no category of {margin!r}",
                self._place("margins"),
                expected="a category for everybody who has a weight",
                step="derive a variable in which they have one, or leave them out with 'where'",
            )
        for key, n in sorted(counts.items()):
            if key not in wanted:
                yield Problem(
                    f"{n} respondents of {at} are in {key!r} of {margin!r}, which has no total",
                    where,
                    available=tuple(wanted),
                    step="add its row",
                )
        for key, (number, row) in wanted.items():
            if key not in counts and number > 0:
                step = (
                    "correct the category, or add it to another: a weight cannot stand for people without any"
                )
                yield Problem(f"nobody in {at} is in {key!r} of {margin!r}", row.place("category"), step=step)
            elif counts.get(key) and number == 0:
                yield Problem(
                    f"{counts[key]} respondents of {at} are in {key!r}, which counts nobody", row.place()
                )

    def _disagree(self, totals: Mapping[str, Mapping[str, float]]) -> Iterator[Problem]:
        sums = {column.rpartition(":")[2]: sum(each.values()) for column, each in totals.items()}
        first = next(iter(sums), None)
        for margin, whole in sums.items():
            if first is not None and abs(whole - sums[first]) > AGREE * sums[first]:
                sizes = f"{whole:,.0f}, those of {first!r} to {sums[first]:,.0f}"
                yield Problem(
                    f"the totals of {margin!r} add up to {sizes}",
                    Place(self.of.margins),
                    expected="margins of one population",
                    step="correct the totals, or give 'share' in place of 'total'",
                )


def _alike(totals: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The same without what rounding left between the sums of the margins."""
    sums = {column: sum(each.values()) for column, each in totals.items()}
    first = next(iter(sums.values()), 0.0)
    return {
        column: {key: n * first / sums[column] for key, n in each.items()} for column, each in totals.items()
    }
