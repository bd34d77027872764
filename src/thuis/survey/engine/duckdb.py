"""Grouped sums in DuckDB: over Parquet files, Polars, pandas, Arrow and DuckDB relations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from thuis.survey.measures import Mean, Measure, Proportion, Ratio, Total

SUMS = ("n", "npos", "hit", "sw", "sy", "sd", "syy")
SQUARES = ("wyy", "wyd", "wdd")


def quote(name: str) -> str:
    """A column name as SQL identifier; quotes inside are doubled."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A Python value as SQL literal."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


class DuckTable:
    """One table in its own in-memory DuckDB connection; rows stay where they are."""

    def __init__(self, source: Any) -> None:
        self._con = duckdb.connect()
        self._kept = source
        if isinstance(source, str | Path):
            path = str(source).replace("'", "''")
            self._con.execute(f"CREATE VIEW source AS SELECT * FROM read_parquet('{path}')")
        else:
            if isinstance(source, duckdb.DuckDBPyRelation):
                self._kept = source.to_arrow_table()
            elif isinstance(source, pl.LazyFrame):
                self._kept = source.collect()
            self._con.register("source", self._kept)
        found = self._con.execute("DESCRIBE SELECT * FROM source").fetchall()
        self.types: dict[str, str] = {row[0]: row[1] for row in found}

    def value(self, name: str) -> str:
        """SQL for a column in which NaN counts as missing."""
        if self.types[name] in {"DOUBLE", "FLOAT"}:
            return f"CASE WHEN isnan({quote(name)}) THEN NULL ELSE {quote(name)} END"
        return quote(name)

    def query(self, sql: str) -> pl.DataFrame:
        """Run SQL over the view ``source``."""
        frame: pl.DataFrame = self._con.sql(sql).pl()
        return frame

    def parts(self, measure: Measure) -> tuple[str, str]:
        """SQL of numerator and denominator per row; NULL where the row does not count."""
        match measure:
            case Mean(column):
                y = f"({self.value(column)})::DOUBLE"
                return y, f"CASE WHEN {y} IS NOT NULL THEN 1.0 END"
            case Total(None):
                return "1.0", "1.0"
            case Total(column):
                y = f"({self.value(str(column))})::DOUBLE"
                return y, f"CASE WHEN {y} IS NOT NULL THEN 1.0 END"
            case Ratio(top, bottom):
                y, d = (f"({self.value(each)})::DOUBLE" for each in (top, bottom))
                both = f"{y} IS NOT NULL AND {d} IS NOT NULL"
                return f"CASE WHEN {both} THEN {y} END", f"CASE WHEN {both} THEN {d} END"
            case Proportion():
                return self._share(measure)

    def _share(self, measure: Proportion) -> tuple[str, str]:
        x = f"({self.value(measure.column)})"
        ok = f"{x} IS NOT NULL"
        if measure.valid is not None:
            ok += f" AND {x} IN ({', '.join(map(literal, measure.valid))})"
        if measure.values is None:
            hit = f"{x}::DOUBLE"
        else:
            hit = f"({x} IN ({', '.join(map(literal, measure.values))}))::INT::DOUBLE"
        return f"CASE WHEN {ok} THEN {hit} END", f"CASE WHEN {ok} THEN 1.0 END"

    def shift(self, measure: Measure) -> float:
        """Some answer of the measure: squares taken from it keep their digits when the mean is far from 0."""
        y, _ = self.parts(measure)
        found = self.query(f"SELECT v FROM (SELECT {y} AS v FROM source) WHERE isfinite(v) LIMIT 1")[
            "v"
        ].to_list()
        return float(found[0]) if found else 0.0

    def cells(
        self,
        unit: Sequence[str],
        weight: str,
        measures: Sequence[Measure],
        by: Sequence[tuple[str, ...]],
        shifts: Sequence[float],
        squares: bool,
    ) -> pl.DataFrame:
        """Sums per (design unit, grouping, cell) in one scan.

        Columns: ``u0…`` the design unit (stratum, PSU), ``g0…`` the grouping columns, ``set`` the index of
        the grouping, ``rows``, and per measure k the sums of :data:`SUMS` (and :data:`SQUARES` when the
        element is the PSU); squares are of answers less the measure's shift.
        """
        names = sorted({column for grouping in by for column in grouping})
        inner = [f"{each} AS u{i}" for i, each in enumerate(unit)]
        inner += [f"{self.value(name)} AS g{i}" for i, name in enumerate(names)]
        inner.append(f"({weight})::DOUBLE AS w")
        for k, measure in enumerate(measures):
            y, d = self.parts(measure)
            inner += [f"{y} AS y{k}", f"{d} AS d{k}"]
        units = [f"u{i}" for i in range(len(unit))]
        outer = [*units, *(f"g{i}" for i in range(len(names)))]
        outer.append(
            f"GROUPING({', '.join(f'g{i}' for i in range(len(names)))}) AS mask" if names else "0 AS mask"
        )
        outer += ["count(*) AS rows", "count(*) FILTER (w > 0) AS rowspos"]
        for k in range(len(measures)):
            outer += [
                f"count(y{k}) AS n{k}",
                f"count(y{k}) FILTER (w > 0) AS npos{k}",
                f"count(y{k}) FILTER (y{k} <> 0) AS hit{k}",
                f"coalesce(sum(w) FILTER (y{k} IS NOT NULL), 0) AS sw{k}",
                f"coalesce(sum(w * y{k}), 0) AS sy{k}",
                f"coalesce(sum(w * d{k}), 0) AS sd{k}",
                f"coalesce(sum(w * (y{k} - {shifts[k]!r}) ** 2), 0) AS syy{k}",
            ]
            if squares:
                y = f"(y{k} - {shifts[k]!r})" if isinstance(measures[k], Mean | Proportion) else f"y{k}"
                outer += [
                    f"coalesce(sum(w * w * {y} * {y}), 0) AS wyy{k}",
                    f"coalesce(sum(w * w * {y} * d{k}), 0) AS wyd{k}",
                    f"coalesce(sum(w * w * d{k} * d{k}), 0) AS wdd{k}",
                ]
        index = {name: f"g{i}" for i, name in enumerate(names)}
        sets = [f"({', '.join([*units, *(index[c] for c in grouping)])})" for grouping in by]
        return self.query(
            f"WITH rows AS (SELECT {', '.join(inner)} FROM source) SELECT {', '.join(outer)} FROM rows "
            f"GROUP BY GROUPING SETS ({', '.join(sets)})"
        )
