"""The design of a sample from its rows: strata, stages, finite populations, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import Problem
from thuis.survey.engine.sql import grouped
from thuis.survey.engine.table import Table
from thuis.survey.variance import Floats, Ints, Stage, Strata, starts

LONELY = ("error", "adjust", "average", "certainty", "remove")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the design: strata, the units of each stage, and their finite populations."""

    weight: str
    strata: tuple[str, ...] = ()
    psu: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    nest: bool = False
    lonely: str = "error"

    def units(self, table: Table) -> dict[str, str]:
        """SQL of the columns of a design unit; later stages matter only with a finite population."""
        stages = self.psu if self.fpc else self.psu[:1]
        return {
            f"u{i}": table.dialect.value(name, table.types) for i, name in enumerate((*self.strata, *stages))
        }


def units(table: Table, columns: Columns) -> pl.DataFrame:
    """Rows, positive and bad weights and the finite populations of every final design unit, sorted."""
    dialect, own = table.dialect, columns.units(table)
    rows = [f"CAST({dialect.value(columns.weight, table.types)} AS DOUBLE) AS w"]
    asked = ["count(*)", "count(*) FILTER (WHERE w > 0)", "count(*) FILTER (WHERE w IS NULL OR w < 0)"]
    for i, name in enumerate(columns.fpc):
        rows.append(f"CAST({dialect.value(name, table.types)} AS DOUBLE) AS f{i}")
        asked += [f"min(f{i})", f"max(f{i})", f"count(f{i})"]
    found = table.query(grouped(dialect, rows, own, {}, [()], asked)).drop("mask")
    names = ["rows", "pos", "bad"]
    names += [f"{what}{i}" for i in range(len(columns.fpc)) for what in ("low", "high", "known")]
    found = found.rename({f"s{i}": name for i, name in enumerate(names)})
    return found.sort(list(own)) if own else found


def faults(units: pl.DataFrame, columns: Columns) -> list[Problem]:
    """Everything wrong with a design."""
    if units["rows"].sum() == 0:
        return [Problem("the sample has no rows")]
    found = []
    if bad := units["bad"].sum():
        found.append(
            Problem(
                f"weight {columns.weight!r} is missing or negative in {bad} rows",
                expected="0 or more",
                step="leave those rows out or give them weight 0",
            )
        )
    for i, name in enumerate((*columns.strata, *columns.psu)):
        if f"u{i}" in units.columns and (gaps := units.filter(pl.col(f"u{i}").is_null())["rows"].sum()):
            what = "stratum" if i < len(columns.strata) else "PSU"
            found.append(
                Problem(f"the {what} {name!r} is missing in {gaps} rows", step=f"give every row a {what}")
            )
    if not units["pos"].sum():
        found.append(Problem(f"no row has a positive weight {columns.weight!r}"))
    if columns.psu and columns.strata and not columns.nest:
        found += _twice(units, len(columns.strata))
    for stage in range(max(len(columns.psu), 1)):
        found += _stage_faults(units, columns, stage)
    return found


def _twice(units: pl.DataFrame, strata: int) -> list[Problem]:
    psus = units.select(f"u{i}" for i in range(strata + 1)).unique(maintain_order=True)
    twice = psus.filter(pl.col(f"u{strata}").is_duplicated())
    if twice.is_empty():
        return []
    return [
        Problem(
            f"PSU {twice[f'u{strata}'][0]!r} stands in more than one stratum",
            step="say nest=True if PSU numbers start anew in each stratum",
        )
    ]


def _stage_faults(units: pl.DataFrame, columns: Columns, stage: int) -> list[Problem]:
    table = _strata(units, columns, stage)
    keys = [name for name in table.columns if name.startswith("u")]
    what = "stratum" if stage == 0 else "unit"
    where = ", ".join(str(table[key][0]) for key in keys)
    found, exhausted = [], pl.lit(value=False)
    if stage < len(columns.fpc):
        name = columns.fpc[stage]
        whole = float(str(table["high"].max() or 0)) > 1
        uneven = (pl.col("low") != pl.col("high")) | (pl.col("known") < pl.col("rows"))
        if table.filter(uneven).height:
            found.append(Problem(f"fpc {name!r} is missing or varies within a {what}", expected="one value"))
        small = table.filter(pl.col("low") < pl.col("n")) if whole else table.clear()
        if small.height:
            where = ", ".join(str(small[key][0]) for key in keys)
            found.append(
                Problem(
                    f"fpc {name!r} of {what} {where!r} is below its {small['n'][0]} PSUs",
                    expected="the number of PSUs in the population",
                )
            )
        if table.filter(pl.col("low") <= 0).height:
            found.append(Problem(f"fpc {name!r} is zero or negative", expected="above 0"))
        exhausted = pl.col("low") == (pl.col("n") if whole else 1.0)
    elif stage:
        return []
    alone = table.filter(pl.col("n") == 1, ~exhausted)
    if columns.lonely == "error" and alone.height:
        where = ", ".join(str(alone[key][0]) for key in keys)
        found.append(
            Problem(
                f"{what} {where!r} has one PSU ({alone.height} such strata)",
                available=LONELY[1:],
                step="choose a rule with lonely=",
            )
        )
    return found


def _strata(units: pl.DataFrame, columns: Columns, stage: int) -> pl.DataFrame:
    """Per stratum of a stage: units ``n``, rows, and the least, greatest and known finite population."""
    keys = [f"u{i}" for i in range(len(columns.strata) + stage)]
    last = f"u{len(columns.strata) + stage}"
    fpc = stage < len(columns.fpc)
    wanted = [
        (pl.col(last).n_unique() if last in units.columns else pl.col("rows").sum()).alias("n"),
        pl.col("rows").sum(),
        *(
            (pl.col(f"low{stage}").min().alias("low"), pl.col(f"high{stage}").max().alias("high"))
            if fpc
            else ()
        ),
        *((pl.col(f"known{stage}").sum().alias("known"),) if fpc else ()),
    ]
    if not keys:
        return units.select(wanted)
    return units.group_by(keys, maintain_order=True).agg(wanted)


def stages(units: pl.DataFrame, columns: Columns) -> tuple[Stage, ...]:
    """The stages of a faultless design; of a stage, the units of the stage before are the strata.

    Its squares count for the fractions sampled before it (Särndal et al. 1992, 4.3; R ``multistage``).
    """
    depth = len([name for name in units.columns if name.startswith("u")]) - len(columns.strata)
    runs = [_runs(units, len(columns.strata) + i) for i in range(depth + 1)]
    found: list[Stage] = []
    factor: Floats | float = 1.0
    for stage in range(max(depth, 1)):
        table = _strata(units, columns, stage)
        n = table["n"].to_numpy().astype(float)
        fraction = np.zeros(len(n))
        if stage < len(columns.fpc):
            high = table["high"].to_numpy().astype(float)
            fraction = high if high.max() <= 1 else n / high
        strata = Strata.of(n, fraction, columns.lonely, factor)
        own = runs[min(stage + 1, depth)]
        first = starts(own)
        found.append(Stage(None if stage + 1 >= depth else own, runs[stage][first], strata))
        if stage + 1 < depth:
            factor = (fraction * factor)[runs[stage][first]]
    return tuple(found)


def _runs(units: pl.DataFrame, keys: int) -> Ints:
    """A number per final unit that is equal where its first ``keys`` columns are."""
    if not keys:
        return np.zeros(units.height, dtype=np.int64)
    return (
        units.select(pl.struct([f"u{i}" for i in range(keys)]).rle_id())
        .to_series()
        .to_numpy()
        .astype(np.int64)
    )


def freedom(units: pl.DataFrame, columns: Columns) -> float:
    """PSUs minus strata, of those with a positive weight (R ``degf``)."""
    used = units.filter(pl.col("pos") > 0)
    strata = _runs(used, len(columns.strata))
    if not columns.psu:
        return float(used["pos"].sum() - len(np.unique(strata)))
    return float(len(np.unique(_runs(used, len(columns.strata) + 1))) - len(np.unique(strata)))
