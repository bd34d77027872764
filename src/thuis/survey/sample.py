"""``Sample``: survey rows with their design, and the estimates asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.engine.duckdb import DuckTable, quote
from thuis.survey.estimates import Estimates
from thuis.survey.measures import Mean, Measure, Proportion, Ratio, Total
from thuis.survey.tabulate import tabulate
from thuis.survey.variance import Strata

LONELY = ("error", "adjust", "average", "certainty", "remove")
Names = str | Sequence[str] | None


def _names(value: Names) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _key(names: tuple[str, ...]) -> str:
    return " || chr(31) || ".join(f"{quote(name)}::VARCHAR" for name in names) or "''"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Rows with weight, strata, PSUs and finite population correction of the first stage."""

    table: DuckTable
    weight: str
    unit: tuple[str, ...]
    units: pl.DataFrame
    strata: Strata
    df: float

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        weight: str,
        strata: Names = None,
        psu: str | None = None,
        fpc: str | None = None,
        nest: bool = False,
        lonely: str = "error",
    ) -> Sample:
        """A sample from Polars, pandas, Arrow, a DuckDB relation or the path of a Parquet file.

        :param fpc: population PSUs per stratum, or the sampled fraction when all values are at most 1.
        :param nest: PSU numbers start anew in each stratum.
        :param lonely: rule for a stratum with one PSU, as R's ``survey.lonely.psu``.
        :raises ThuisError: with every fault of the design at once.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "w": [1.0, 1.0, 2.0]})
        >>> Sample.from_frame(rows, weight="w").mean("y").frame["estimate"].item()
        2.25
        """
        table = DuckTable(frame)
        wanted = [weight, *_names(strata), *_names(psu), *_names(fpc)]
        problems = [unknown("column", name, table.types) for name in wanted if name not in table.types]
        if lonely not in LONELY:
            problems.append(unknown("lonely-PSU rule", lonely, LONELY))
        raise_all(problems)
        h = _key(_names(strata))
        p = None if psu is None else (_key((*_names(strata), psu)) if nest else _key((psu,)))
        unit = (h,) if p is None else (h, p)
        units = _units(table, weight, unit, fpc)
        raise_all(_faults(units, weight, fpc, lonely, clustered=p is not None))
        return cls(table, weight, unit, *_design(units, fpc, lonely, clustered=p is not None))

    @classmethod
    def from_file(cls, path: str | Path, **design: Any) -> Sample:
        """A sample from a Parquet, CSV, SPSS (.sav) or Stata (.dta) file; see :meth:`from_frame`."""
        path = Path(path)
        if not path.exists():
            raise ThuisError(Problem(f"no file {path}", step="check the path"))
        match path.suffix.lower():
            case ".parquet":
                return cls.from_frame(path, **design)
            case ".csv":
                return cls.from_frame(pl.read_csv(path, infer_schema_length=None), **design)
            case ".sav" | ".dta" as kind:
                import pyreadstat

                read = pyreadstat.read_sav if kind == ".sav" else pyreadstat.read_dta
                return cls.from_frame(read(str(path))[0], **design)
        raise ThuisError(unknown("file type", path.suffix, (".parquet", ".csv", ".sav", ".dta")))

    def tabulate(
        self,
        measures: Sequence[Measure],
        by: Sequence[tuple[str, ...]] = ((),),
        *,
        level: float = 0.95,
        interval: str | None = None,
        df: str | float = "design",
    ) -> Estimates:
        """Every measure in every grouping, in one scan. ``()`` is the whole population.

        A row without a grouping key leaves that grouping only, one without an answer that measure only.
        ``interval`` is that of proportions (logit unless told); ``df`` "design", "domain" or a number.
        """
        return tabulate(self, measures, by, level=level, interval=interval, df=df)

    def mean(self, columns: Names, by: Names = None, **options: Any) -> Estimates:
        """Means of one or more columns, in the cells of ``by``."""
        return self.tabulate([Mean(each) for each in _names(columns)], [_names(by)], **options)

    def proportion(
        self, columns: Names, by: Names = None, *, values: tuple[object, ...] | None = None, **options: Any
    ) -> Estimates:
        """Shares of answers that lie in ``values`` (or of ones), in the cells of ``by``."""
        return self.tabulate([Proportion(each, values) for each in _names(columns)], [_names(by)], **options)

    def total(self, columns: Names = None, by: Names = None, **options: Any) -> Estimates:
        """Totals of columns, or of units when none is named, in the cells of ``by``."""
        measures = [Total(each) for each in _names(columns)] or [Total()]
        return self.tabulate(measures, [_names(by)], **options)

    def ratio(self, numerator: str, denominator: str, by: Names = None, **options: Any) -> Estimates:
        """The ratio of two totals in the cells of ``by``."""
        return self.tabulate([Ratio(numerator, denominator)], [_names(by)], **options)


def _units(table: DuckTable, weight: str, unit: tuple[str, ...], fpc: str | None) -> pl.DataFrame:
    keys = ", ".join(f"{each} AS u{i}" for i, each in enumerate(unit))
    groups = ", ".join(f"u{i}" for i in range(len(unit)))
    f = quote(fpc) + "::DOUBLE" if fpc else "0.0"
    w = f"({table.value(weight)})::DOUBLE"
    return table.query(
        f"WITH rows AS (SELECT {keys}, {w} AS w, {f} AS f FROM source) SELECT {groups}, count(*) AS rows, "
        "count(*) FILTER (w > 0) AS pos, count(*) FILTER (w IS NULL OR w < 0) AS bad, min(f) AS low, "
        f"max(f) AS high, count(f) AS known FROM rows GROUP BY {groups} ORDER BY {groups}"
    )


def _faults(
    units: pl.DataFrame, weight: str, fpc: str | None, lonely: str, *, clustered: bool
) -> list[Problem]:
    found = []
    if units.is_empty():
        return [Problem("the sample has no rows")]
    if bad := units["bad"].sum():
        found.append(
            Problem(
                f"weight {weight!r} is missing or negative in {bad} rows",
                expected="0 or more",
                step="leave those rows out or give them weight 0",
            )
        )
    for name, what in (("u0", "stratum"), ("u1", "PSU")):
        if name in units.columns and (gaps := units.filter(pl.col(name).is_null())["rows"].sum()):
            found.append(Problem(f"the {what} is missing in {gaps} rows", step=f"give every row a {what}"))
    if clustered and (twice := units.filter(pl.col("u1").is_duplicated())).height:
        found.append(
            Problem(
                f"PSU {twice['u1'][0]!r} stands in more than one stratum",
                step="say nest=True if PSU numbers start anew in each stratum",
            )
        )
    number = pl.len() if clustered else pl.col("rows").sum()
    strata = (
        units.group_by("u0")
        .agg(
            number.alias("n"),
            pl.col("low").min(),
            pl.col("high").max(),
            pl.col("known").sum(),
            pl.col("rows").sum(),
        )
        .sort("u0")
    )
    if fpc:
        whole = float(str(strata["high"].max() or 0)) > 1
        if strata.filter((pl.col("low") != pl.col("high")) | (pl.col("known") < pl.col("rows"))).height:
            found.append(Problem(f"fpc {fpc!r} is missing or varies within a stratum", expected="one value"))
        if whole and (small := strata.filter(pl.col("low") < pl.col("n"))).height:
            found.append(
                Problem(
                    f"fpc {fpc!r} of stratum {small['u0'][0]!r} is below its {small['n'][0]} PSUs",
                    expected="the number of PSUs in the population",
                )
            )
        if strata.filter(pl.col("low") <= 0).height:
            found.append(Problem(f"fpc {fpc!r} is zero or negative", expected="above 0"))
    alone = strata.filter(pl.col("n") == 1)
    if fpc:
        alone = alone.filter(pl.col("low") != 1)
    if lonely == "error" and alone.height:
        found.append(
            Problem(
                f"stratum {alone['u0'][0]!r} has one PSU ({alone.height} such strata)",
                available=LONELY[1:],
                step="choose a rule with lonely=",
            )
        )
    return found


def _design(
    units: pl.DataFrame, fpc: str | None, lonely: str, *, clustered: bool
) -> tuple[pl.DataFrame, Strata, float]:
    keys = units.select("u0").unique().sort("u0").with_row_index("h")
    units = units.join(keys, on="u0", how="left", maintain_order="left").with_row_index("unit")
    h = units["h"].to_numpy().astype(np.int64)
    psus = np.bincount(h, None if clustered else units["rows"].to_numpy()).astype(float)
    high = units.group_by("h").agg(pl.col("high").max()).sort("h")["high"].to_numpy().astype(float)
    fraction = np.zeros(len(psus)) if not fpc else high if high.max() <= 1 else psus / high
    used = units.filter(pl.col("pos") > 0)
    count = used.height if clustered else int(used["pos"].sum())
    return units, Strata(psus, fraction, lonely), float(count - used["h"].n_unique())
