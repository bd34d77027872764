"""Grouped sums in Spark: the same query over a PySpark DataFrame; only sums come back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow as pa

from thuis.survey.core.engine.duckdb import ROWS, DuckTable
from thuis.survey.core.engine.sql import Dialect
from thuis.survey.core.engine.stored import frame_of
from thuis.survey.core.engine.table import Table, Work


class SparkTable(Table):
    """One Spark DataFrame as a temporary view."""

    folds = False
    maps = True

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self.dialect = Dialect("`", f"thuis_{uuid.uuid4().hex}", backslash=True)
        frame.createOrReplaceTempView(self.dialect.source)
        self.types: dict[str, str] = {
            field.name: field.dataType.simpleString() for field in frame.schema.fields
        }

    def query(self, sql: str) -> pl.DataFrame:
        """Run SQL over the view ``source``."""
        found = self._frame.sparkSession.sql(sql)
        names = [field.name for field in found.schema.fields]
        frame = frame_of(found.toArrow())
        return frame.rename(dict(zip(frame.columns, names, strict=True)))

    def held(self) -> DuckTable:
        """The same rows in memory: those of Spark have no order."""
        return DuckTable(self.query(f"SELECT * FROM {self.dialect.source}"))

    def beside(self, frame: pl.DataFrame) -> DuckTable:
        """The same rows with the columns of a frame, row by row."""
        return self.held().beside(frame)

    def blocks(self, sql: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Run SQL and give its result as Arrow, some rows at a time."""
        yield from self._frame.sparkSession.sql(sql).toArrow().to_batches(rows)

    def mapped(
        self,
        sql: str,
        work: Work,
        keys: Mapping[str, str],
        sums: str,
    ) -> pl.DataFrame:
        """What ``work`` makes of the rows of a query, in the processes of Spark, where thuis must be too."""
        schema = ", ".join([*(f"`{name}` {kind}" for name, kind in keys.items()), f"`{sums}` array<double>"])
        return frame_of(self._frame.sparkSession.sql(sql).mapInArrow(work, schema).toArrow())

    def stream(self, sql: str) -> Iterator[pl.DataFrame]:
        """Run SQL and give its result in blocks of rows."""
        yield from self.query(sql).iter_slices(ROWS)

    def recoded(self, columns: Mapping[str, str]) -> SparkTable:
        """The same rows where columns hold what their SQL says."""
        frame = self._frame
        for name, sql in columns.items():
            frame = frame.selectExpr(
                *(f"{sql} AS `{name}`" if each == name else f"`{each}`" for each in frame.columns)
            )
        return SparkTable(frame)

    def computed(self, columns: Mapping[str, str]) -> SparkTable:
        """The same rows with columns, new or in place of old ones, that hold what their SQL says."""
        from pyspark.sql.functions import expr

        frame = self._frame
        for name, sql in columns.items():
            frame = frame.withColumn(name, expr(sql))
        return SparkTable(frame)

    def where(self, condition: str) -> SparkTable:
        """The rows of which a condition is true, and no others."""
        return SparkTable(self._frame.where(condition))

    def joined(self, frame: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> SparkTable:
        """The same rows with ``columns``, SQL that reads the row ``t`` of ``frame`` with the same keys."""
        session, name = self._frame.sparkSession, f"{self.dialect.source}_t"
        session.createDataFrame(frame.to_arrow()).createOrReplaceTempView(name)
        quote = self.dialect.quote
        on = " AND ".join(f"s.{quote(key)} = t.{quote(key)}" for key in keys) or "TRUE"
        sql = (
            f"SELECT s.*, {', '.join(columns)} FROM {self.dialect.source} AS s LEFT JOIN {name} AS t ON {on}"
        )
        return SparkTable(session.sql(sql))
