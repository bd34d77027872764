"""What an engine does: run a query over one table. Everything else is the same for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

import polars as pl
import pyarrow as pa

from thuis.survey.core.engine.sql import Dialect

T = TypeVar("T")
Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class Table(Protocol):
    """Rows behind an engine. SQL names them ``dialect.source``; ``types`` are the engine's own names.

    What is asked of rows as they are stored is answered here for those that lie elsewhere.
    """

    dialect: Dialect
    """How the engine writes SQL."""
    types: dict[str, str]
    """Columns and their types."""
    folds: bool
    """Whether ``blocks`` hands rows over faster than the engine groups them."""
    maps: bool
    """Whether rows lie elsewhere, where ``mapped`` works on them."""

    def mapped(self, sql: str, work: Work, keys: Mapping[str, str], sums: str) -> pl.DataFrame:
        """What ``work`` makes of the rows of a query, part by part, where they are.

        :param keys: columns and their types that come back.
        :param sums: the column of lists of numbers that comes back beside them.
        """

    def query(self, sql: str) -> pl.DataFrame:
        """Run SQL; what comes back is small."""

    def stream(self, sql: str) -> Iterator[pl.DataFrame]:
        """Run SQL and give its result in blocks of rows."""

    def blocks(self, sql: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Run SQL and give its result as Arrow, some rows at a time."""

    def recoded(self, columns: Mapping[str, str]) -> Table:
        """The same rows where columns hold what their SQL says."""

    def computed(self, columns: Mapping[str, str]) -> Table:
        """The same rows with columns, new or in place of old ones, that hold what their SQL says."""

    def where(self, condition: str) -> Table:
        """The rows of which a condition is true, and no others."""

    def joined(self, frame: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> Table:
        """The same rows with ``columns``, SQL that reads the row ``t`` of ``frame`` with the same keys."""

    def near(self, names: Sequence[str] | None = None) -> Table:
        """The same rows, held where reading them again costs little when they are few.

        :param names: the columns that are asked for; all when not told.
        """
        del names
        return self

    def at_hand(self, names: Sequence[str]) -> pl.DataFrame | None:
        """Columns of numbers, words or truths as they lie in memory, in the order of the rows, or None."""
        del names
        return None

    def plain(self, columns: Mapping[str, str], numbers: Collection[str]) -> pl.LazyFrame | None:
        """Columns by new names as they are stored, past the engine; None where they are not.

        :param numbers: the new names of those that become floats; others are whole numbers, words or truths.
        """
        del columns, numbers
        return None

    def collected(self, rows: pl.LazyFrame) -> pl.DataFrame:
        """What was asked of :meth:`plain`; a damaged file is one clear error."""
        return rows.collect()

    def as_stored(
        self, columns: Mapping[str, str], numbers: Collection[str], rows: int, size: int
    ) -> Iterator[pa.RecordBatch] | None:
        """The same, some rows at a time, of so many in all."""
        del columns, numbers, rows, size
        return None

    def held(self) -> Table:
        """The same rows, which every query then gives in one order."""

    def beside(self, frame: pl.DataFrame) -> Table:
        """Rows that are held, with the columns of a frame, row by row."""


def ahead(blocks: Iterator[T]) -> Iterator[T]:
    """The same blocks, each read while the one before is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = pool.submit(next, blocks, None)
            yield block
