"""The design of a sample from its rows: strata, stages, finite populations, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.errors import Problem
from thuis.survey.core.engine.sql import grouped, weight
from thuis.survey.core.engine.table import Table
from thuis.survey.core.unequal import PPS
from thuis.survey.core.variance import Bools, Floats, Ints, Stage, Strata

PLAIN = frozenset(
    {pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.Float64}
)
"""Types that numpy holds as they are."""

LONELY = ("error", "adjust", "average", "certainty", "remove")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the design: strata, the units of each stage, and their finite populations.

    ``later`` are the strata of the second stage and those after it; ``rules`` pairs of a stratum
    and what holds there in place of ``lonely``.
    """

    weight: str
    strata: tuple[str, ...] = ()
    psu: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    nest: bool = False
    lonely: str = "error"
    later: tuple[tuple[str, ...], ...] = ()
    pps: PPS | None = None
    lonely_domain: bool = False
    rules: tuple[tuple[tuple[Any, ...], str], ...] = ()

    def rule(self, strata: Sequence[tuple[Any, ...]]) -> NDArray[np.str_]:
        """The rule of each stratum of the first stage."""
        known = dict(self.rules)
        return np.array([known.get(each, self.lonely) for each in strata], dtype="U12")

    @property
    def depth(self) -> int:
        """Stages with units of their own; later ones matter only with a finite population."""
        return len(self.psu) if self.fpc else min(len(self.psu), 1)

    def levels(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Per stage the columns of its strata within a unit before it, and of its units within a stratum."""
        nested = (self.strata, *self.later)
        for stage in range(max(self.depth, 1)):
            yield nested[stage] if stage < len(nested) else (), self.psu[: self.depth][stage : stage + 1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of a design unit, from the first stratum to the last unit."""
        return tuple(name for strata, unit in self.levels() for name in (*strata, *unit))

    def units(self, table: Table) -> dict[str, str]:
        """SQL of the columns of a design unit."""
        return {f"u{i}": table.dialect.value(name, table.types) for i, name in enumerate(self.keys)}


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One stage of the sorted final units: where its strata and its units begin, and the columns of both.

    :param unit: None when every row is a unit of this stage.
    :param before: how many columns tell the units of the stage before apart; ``keys``: its strata; ``end``:
        its units.
    """

    stratum: Ints
    unit: Ints | None
    before: int
    keys: int
    end: int

    @property
    def stratified(self) -> bool:
        """Whether it has strata of its own, besides the units of the stage before."""
        return self.keys > self.before

    def size(self, rows: Ints) -> Ints:
        """Units in every stratum."""
        if self.unit is None:
            return np.add.reduceat(rows, self.stratum)
        return np.diff(np.searchsorted(self.unit, self.stratum), append=len(self.unit))


def units(table: Table, columns: Columns) -> pl.DataFrame:
    """Rows, positive and bad weights and the finite populations of every final design unit, sorted."""
    if (known := _stored(table, columns)) is not None:
        return known
    dialect, own = table.dialect, columns.units(table)
    rows = [weight(dialect, columns.weight, table.types)]
    endless = dialect.literal(float("inf"))
    asked = [
        "count(*)",
        "count(*) FILTER (WHERE w > 0)",
        f"count(*) FILTER (WHERE w IS NULL OR w < 0 OR w = {endless})",
    ]
    for i, name in enumerate(columns.fpc):
        rows.append(f"CAST({dialect.value(name, table.types)} AS DOUBLE) AS f{i}")
        asked += [f"min(f{i})", f"max(f{i})", f"count(f{i})"]
    found = table.query(grouped(dialect, rows, own, {}, [()], asked)).lazy().drop("mask")
    names = ["rows", "pos", "bad"]
    names += [f"{what}{i}" for i in range(len(columns.fpc)) for what in ("low", "high", "known")]
    found = found.rename({f"s{i}": name for i, name in enumerate(names)})
    return (found.sort(list(own)) if own else found).collect()


def _stored(table: Table, columns: Columns) -> pl.DataFrame | None:
    """The same of columns as they are stored, which need no query."""
    keys = {f"u{i}": name for i, name in enumerate(columns.keys)}
    ends = {f"f{i}": name for i, name in enumerate(columns.fpc)}
    rows = table.plain({**keys, "w": columns.weight, **ends}, {"w", *ends})
    if rows is None:
        return None
    w = pl.col("w")
    asked = [
        pl.len().cast(pl.Int64).alias("rows"),
        ((w > 0) & w.is_not_nan()).sum().cast(pl.Int64).alias("pos"),
        ((w >= 0) & w.is_finite()).fill_null(value=False).not_().sum().cast(pl.Int64).alias("bad"),
    ]
    for i, name in enumerate(ends):
        known = pl.col(name).fill_nan(None)
        asked += [
            known.min().alias(f"low{i}"),
            known.max().alias(f"high{i}"),
            known.count().cast(pl.Int64).alias(f"known{i}"),
        ]
    found = rows.group_by(list(keys)).agg(asked).sort(list(keys)) if keys else rows.select(asked)
    return table.collected(found)


def _levels(units: pl.DataFrame, columns: Columns) -> list[Level]:
    """Where strata and units of every stage begin; ``units`` is sorted, so equal keys stand together."""
    new = np.zeros(units.height, dtype=bool)
    new[:1] = True
    found, end = [], 0

    def begin(first: int, size: int) -> Ints:
        for i in range(first, first + size):
            np.logical_or(new, _changes(units[f"u{i}"]), out=new)
        return np.flatnonzero(new).astype(np.int64)

    for strata, unit in columns.levels():
        before, keys = end, end + len(strata)
        end = keys + len(unit)
        found.append(Level(begin(before, len(strata)), begin(keys, 1) if unit else None, before, keys, end))
    return found


def _changes(values: pl.Series) -> Bools:
    """Where a value differs from the one before it; missing equals missing."""
    plain = values.null_count() == 0 and values.dtype in PLAIN
    own = values.to_numpy() if plain else np.fromiter(values.to_list(), dtype=object, count=len(values))
    new = np.zeros(len(values), dtype=bool)
    new[1:] = own[1:] != own[:-1]
    return new


def _ints(units: pl.DataFrame, name: str) -> Ints:
    return units[name].to_numpy().astype(np.int64)


def _floats(units: pl.DataFrame, name: str) -> Floats:
    return units[name].to_numpy().astype(np.float64)


def faults(units: pl.DataFrame, columns: Columns) -> list[Problem]:
    """Everything wrong with a design."""
    rows = _ints(units, "rows")
    if rows.sum() == 0:
        return [Problem("the sample has no rows")]
    found = []
    if bad := units["bad"].sum():
        found.append(
            Problem(
                f"weight {columns.weight!r} is missing, infinite or negative in {bad} rows",
                expected="0 or more",
                step="leave those rows out or give them weight 0",
            )
        )
    levels = _levels(units, columns)
    names = [f"u{level.end - 1}" for level in levels if level.unit is not None]
    for i, name in enumerate(columns.keys):
        if units[f"u{i}"].null_count():
            gaps = units.filter(pl.col(f"u{i}").is_null())["rows"].sum()
            what = "PSU" if f"u{i}" in names else "stratum"
            found.append(
                Problem(f"the {what} {name!r} is missing in {gaps} rows", step=f"give every row a {what}")
            )
    if not units["pos"].sum():
        found.append(Problem(f"no row has a positive weight {columns.weight!r}"))
    if not columns.nest:
        found += _twice(units, levels)
    for stage, level in enumerate(levels):
        found += _stage_faults(units, columns, stage, level, rows)
    return found


def _twice(units: pl.DataFrame, levels: list[Level]) -> Iterator[Problem]:
    """Units in more than one stratum of their stage, within one unit of the stage before."""
    for stage, level in enumerate(levels):
        if level.unit is None or not level.stratified:
            continue
        own = [f"u{i}" for i in (*range(level.before), level.end - 1)]
        if len(own) == 1 and units[own[0]].gather(level.unit).n_unique() == len(level.unit):
            continue
        there = units.select(own)[level.unit]
        twice = there.filter(there.is_duplicated())
        if not twice.is_empty():
            unit = f"unit {', '.join(map(str, twice.row(0)))!r}" if stage else f"PSU {twice.row(0)[0]!r}"
            yield Problem(
                f"{unit} stands in more than one stratum{f' of stage {stage + 1}' if stage else ''}",
                step="say nest=True if PSU numbers start anew in each stratum",
            )


def _stage_faults(
    units: pl.DataFrame, columns: Columns, stage: int, level: Level, rows: Ints
) -> Iterator[Problem]:
    n = level.size(rows)
    what = "stratum" if stage == 0 or level.stratified else "unit"

    def where(faulty: Bools) -> str:
        at = int(level.stratum[faulty.argmax()])
        return ", ".join(str(units[f"u{i}"][at]) for i in range(level.keys))

    exhausted = np.zeros(len(n), dtype=bool)
    if stage == 0 and columns.pps is not None:
        yield from _no_probability(units, columns, level)
        exhausted[:] = columns.pps.method != "brewer"
    elif stage < len(columns.fpc):
        name = columns.fpc[stage]
        low, high = _population(units, stage, level)
        whole = np.fmax.reduce(high, initial=0) > 1
        known = np.add.reduceat(_ints(units, f"known{stage}"), level.stratum)
        if ((low != high) | (known < np.add.reduceat(rows, level.stratum))).any():
            yield Problem(
                f"fpc {name!r} is missing or varies within a {what}",
                expected="one value",
                step='say pps="brewer" where it holds the probabilities of units',
            )
        small = (low < n) & whole
        if small.any():
            yield Problem(
                f"fpc {name!r} of {what} {where(small)!r} is below its {n[small.argmax()]} PSUs",
                expected="the number of PSUs in the population",
            )
        if (low <= 0).any():
            yield Problem(f"fpc {name!r} is zero or negative", expected="above 0")
        exhausted = (low == (n if whole else 1)) | np.isnan(low)
    elif stage:
        return
    alone = (n == 1) & ~exhausted
    if stage == 0 and columns.rules:
        alone &= columns.rule(_names(units, level)) == "error"
    if columns.lonely == "error" and alone.any():
        yield Problem(
            f"{what} {where(alone)!r} has one PSU ({alone.sum()} such strata)",
            available=LONELY[1:],
            step="choose a rule with lonely=, for all or per stratum, or combine={stratum: another}",
        )


def _no_probability(units: pl.DataFrame, columns: Columns, level: Level) -> Iterator[Problem]:
    """Unequal probabilities that are none, or differ within a unit."""
    if not columns.fpc or level.unit is None:
        return
    low, high = _floats(units, "low0"), _floats(units, "high0")
    if not ((low > 0) & (high <= 1)).all() or (units["known0"] < units["rows"]).any():
        yield Problem(f"fpc {columns.fpc[0]!r} holds other than probabilities", expected="above 0, at most 1")
    elif (np.minimum.reduceat(low, level.unit) != np.maximum.reduceat(high, level.unit)).any():
        yield Problem(f"fpc {columns.fpc[0]!r} varies within a PSU", expected="the probability of the PSU")


def _names(units: pl.DataFrame, level: Level) -> list[tuple[Any, ...]]:
    return units[level.stratum].select(f"u{i}" for i in range(level.keys)).rows()


def _population(units: pl.DataFrame, stage: int, level: Level) -> tuple[Floats, Floats]:
    """Per stratum the least and greatest finite population, or fraction; missing values do not count."""
    low, high = _floats(units, f"low{stage}"), _floats(units, f"high{stage}")
    return np.fmin.reduceat(low, level.stratum), np.fmax.reduceat(high, level.stratum)


def stages(units: pl.DataFrame, columns: Columns) -> tuple[Stage, ...]:
    """The stages of a faultless design; a later stage has its strata within each unit of the stage before.

    Its squares count for the fractions sampled before it (Särndal et al. 1992, 4.3; R ``multistage``).
    """
    found: list[Stage] = []
    levels, rows = _levels(units, columns), _ints(units, "rows")
    factor = np.ones(units.height)
    for stage, level in enumerate(levels):
        n = level.size(rows).astype(float)
        fraction = np.zeros(len(n))
        if stage == 0 and columns.pps is not None:
            found.append(_unequal(units, columns, columns.pps, level))
            factor = _floats(units, "high0") if columns.fpc else factor
            continue
        if stage < len(columns.fpc):
            high = _population(units, stage, level)[1]
            fraction = high if high.max() <= 1 else n / high
        rule = columns.rule(_names(units, level)) if columns.rules and not stage else columns.lonely
        strata = Strata.of(n, fraction, rule, factor[level.stratum])
        stratum = _numbers(level.stratum, units.height)
        last = stage + 1 == len(levels)
        unit = None if last or level.unit is None else _numbers(level.unit, units.height)
        found.append(Stage(unit, stratum if level.unit is None else stratum[level.unit], strata))
        factor = factor * fraction[stratum]
    return tuple(found)


def _unequal(units: pl.DataFrame, columns: Columns, pps: PPS, level: Level) -> Stage:
    """The first stage, when its units have probabilities of their own."""
    assert level.unit is not None
    n = level.size(level.unit).astype(float)
    one = len(level.unit) == units.height
    unit = None if one and columns.depth == 1 else _numbers(level.unit, units.height)
    stratum = _numbers(level.stratum, units.height)[level.unit]
    names = [units[f"u{level.keys - 1}"][int(at)] if level.keys else None for at in level.stratum]
    p = _floats(units, "high0")[level.unit] if columns.fpc else np.ones(len(stratum))
    row = units[f"u{level.end - 1}"][level.unit].to_numpy() if pps.method == "joint" else stratum
    strata = Strata.of(n, np.zeros(len(n)), "remove")
    return Stage(unit, stratum, strata, pps.of(stratum, names, p, row.astype(np.int64)))


def _numbers(first: Ints, size: int) -> Ints:
    """The number of the run that each of ``size`` rows is in, from where the runs begin."""
    return np.repeat(np.arange(len(first)), np.diff(first, append=size)).astype(np.int64)


def freedom(units: pl.DataFrame, columns: Columns) -> float:
    """PSUs minus strata, of those with a positive weight (R ``degf``)."""
    level, pos = _levels(units, columns)[0], _ints(units, "pos")
    strata = int((np.add.reduceat(pos, level.stratum) > 0).sum())
    if level.unit is None:
        return float(pos.sum() - strata)
    return float((np.add.reduceat(pos, level.unit) > 0).sum() - strata)
