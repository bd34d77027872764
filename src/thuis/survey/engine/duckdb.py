"""Grouped sums in DuckDB: over Parquet files, Polars, pandas, Arrow and DuckDB relations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from thuis.survey.engine.sql import Dialect


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One in-memory database for all tables: making one takes longer than a small table does."""
    return duckdb.connect()


class DuckTable:
    """One table in its own connection; rows stay where they are."""

    dialect = Dialect('"', "GROUPING")

    def __init__(self, source: Any) -> None:
        self._con = _database().cursor()
        self._kept = source
        if isinstance(source, str | Path):
            path = str(source).replace("'", "''")
            self._con.execute(f"CREATE TEMP VIEW source AS SELECT * FROM read_parquet('{path}')")
        else:
            if isinstance(source, duckdb.DuckDBPyRelation):
                self._kept = source.to_arrow_table()
            elif isinstance(source, pl.LazyFrame):
                self._kept = source.collect()
            self._con.register("source", self._kept)
        found = self._con.execute("DESCRIBE SELECT * FROM source").fetchall()
        self.types: dict[str, str] = {row[0]: row[1] for row in found}

    def stream(self, sql: str, rows: int = 100_000) -> Iterator[pl.DataFrame]:
        """Run SQL and give its result in blocks of rows."""
        for batch in self._con.sql(sql).to_arrow_reader(rows):
            frame = pl.from_arrow(batch)
            assert isinstance(frame, pl.DataFrame)
            if frame.height:
                yield frame

    def query(self, sql: str) -> pl.DataFrame:
        """Run SQL over the view ``source``."""
        frame: pl.DataFrame = self._con.sql(sql).pl()
        return frame
