"""Grouped sums in DuckDB: over Parquet files, Polars, pandas, Arrow and DuckDB relations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from thuis.errors import ThuisError
from thuis.survey.core.engine import stored
from thuis.survey.core.engine.sql import Dialect

Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One in-memory database for all tables: making one takes longer than a small table does."""
    database = duckdb.connect()
    # From the statistics of a Parquet file, which leave NaN out, it concludes that isnan(x) is never true.
    database.execute("SET GLOBAL disabled_optimizers = 'statistics_propagation'")
    return database


PLAIN = "SELECT * FROM rows"
ROWS = 100_000
WIDE, NEAR = 8, 1 << 29
"""Bytes of an answer, and of a file that is held."""


class DuckTable:
    """One table in its own connection; rows stay where they are."""

    folds = True
    maps = False
    _steady = True

    _changed: frozenset[str] | None = frozenset()
    """Columns that are no longer those of the source; None where rows are no longer."""

    def __init__(self, source: Any, view: str = PLAIN, **beside: pl.DataFrame) -> None:
        self._beside = beside
        if isinstance(source, duckdb.DuckDBPyRelation):
            source = source.to_arrow_table()
        elif isinstance(source, pl.LazyFrame):
            source = source.collect()
        self._source, self._view = source, view
        if isinstance(source, str | Path) and (few := stored.small(source)) is not None:
            self._source = source = few
        known = stored.kinds(source) if view == PLAIN and not beside else None
        self.types, other = self._described() if known is None else (known, {})
        self.dialect = Dialect('"', names=other)

    @cached_property
    def _con(self) -> duckdb.DuckDBPyConnection:
        """The connection, made when the first query is asked: small tables may need none."""
        found, source = _database().cursor(), self._source
        if isinstance(source, str | Path):
            path = str(source).replace("'", "''")
            try:
                found.execute(f"CREATE TEMP VIEW rows AS SELECT * FROM read_parquet('{path}')")
            except duckdb.Error as error:
                raise ThuisError(
                    f"{str(source)!r} cannot be read: {str(error).splitlines()[0]}",
                    expected="a whole Parquet file",
                    step="get the file again; CSV, SPSS and Stata files go through Sample.from_file()",
                ) from error
        else:
            found.register("rows", source)
        for name, frame in self._beside.items():
            found.register(name, frame)
        found.execute(f"CREATE TEMP VIEW source AS {self._view}")
        return found

    def _described(self) -> tuple[dict[str, str], dict[str, str]]:
        """The types as the engine tells them, and the columns that it calls otherwise."""
        found = self._con.execute("DESCRIBE SELECT * FROM source").fetchall()
        own = stored.names(self._source)
        names = [*own, *(row[0] for row in found[len(own) :])]
        types = {name: row[1] for name, row in zip(names, found, strict=True)}
        return types, {name: row[0] for name, row in zip(names, found, strict=True) if name != row[0]}

    def _named(self, frame: pl.DataFrame) -> pl.DataFrame:
        back = {name: own for own, name in self.dialect.names.items() if name in frame.columns}
        return frame.rename(back) if back else frame

    def recoded(self, columns: Mapping[str, str]) -> DuckTable:
        """The same rows where columns hold what their SQL says."""
        changed = ", ".join(f"{sql} AS {self.dialect.quote(name)}" for name, sql in columns.items())
        view = f"SELECT * REPLACE ({changed}) FROM ({self._view}) AS s"
        return self._seen(view, columns)

    def computed(self, columns: Mapping[str, str]) -> DuckTable:
        """The same rows with columns, new or in place of old ones, that hold what their SQL says."""
        old = {name: sql for name, sql in columns.items() if name in self.types}
        new = [f"{sql} AS {self.dialect.quote(name)}" for name, sql in columns.items() if name not in old]
        base = self.recoded(old) if old else self
        return self._seen(f"SELECT {', '.join(['*', *new])} FROM ({base._view}) AS s", columns)

    def _seen(self, view: str, changed: Iterable[str]) -> DuckTable:
        return self._as(view, None if self._changed is None else self._changed | set(changed))

    def _as(
        self,
        view: str,
        changed: frozenset[str] | None = None,
        beside: Mapping[str, pl.DataFrame] = MappingProxyType({}),
        *,
        steady: bool = True,
    ) -> DuckTable:
        """The same source seen otherwise; ``steady``: its rows come in one order, if they did."""
        found = DuckTable(self._source, view, **self._beside, **beside)
        found._steady, found._changed = self._steady and steady, changed
        return found

    def where(self, condition: str) -> DuckTable:
        """The rows of which a condition is true, and no others."""
        return self._as(f"SELECT * FROM ({self._view}) AS s WHERE {condition}")

    def joined(self, frame: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> DuckTable:
        """The same rows with ``columns``, SQL that reads the row ``t`` of ``frame`` with the same keys."""
        name = f"beside{len(self._beside)}"
        on = (
            " AND ".join(f"s.{self.dialect.quote(key)} = t.{self.dialect.quote(key)}" for key in keys)
            or "TRUE"
        )
        view = f"SELECT s.*, {', '.join(columns)} FROM ({self._view}) AS s LEFT JOIN {name} AS t ON {on}"
        return self._as(view, None, {name: frame}, steady=False)

    def near(self, names: Sequence[str] | None = None) -> DuckTable:
        """The same rows, of some columns when named; those of a file that is not large are read once."""
        path = self._source
        if not isinstance(path, str | Path) or not Path(path).is_file():
            return self
        if names is not None and self._view != PLAIN:
            return self
        wanted = list(dict.fromkeys(names or self.types))
        columns = None if names is None else wanted
        with stored.whole(path):
            rows = pl.scan_parquet(path).select(pl.len()).collect().item()
            if rows * len(wanted) * WIDE > NEAR:
                return self
            frame = pl.read_parquet(path, columns=columns, parallel="columns")
        found = DuckTable(frame, self._view, **self._beside)
        found._changed = self._changed
        return found if found.types == {name: self.types[name] for name in found.types} else self

    def at_hand(self, names: Sequence[str]) -> pl.DataFrame | None:
        """Columns as they lie in memory, in the order of the rows; None where they do not."""
        source, gone = self._source, self._changed
        if not isinstance(source, pl.DataFrame) or gone is None or not self._steady or gone & set(names):
            return None
        found = source.select(names)
        return found if all(each in stored.KINDS for each in found.dtypes) else None

    def plain(self, columns: Mapping[str, str], numbers: Collection[str]) -> pl.LazyFrame | None:
        """Columns by new names past the engine; None where they are not as they are stored."""
        if self._changed is None or self._changed & set(columns.values()):
            return None
        return stored.plain(self._source, columns, numbers)

    def collected(self, rows: pl.LazyFrame) -> pl.DataFrame:
        """What was asked of columns past the engine."""
        with stored.whole(self._source):
            return rows.collect(engine="streaming")

    def as_stored(
        self, columns: Mapping[str, str], numbers: Collection[str], rows: int, size: int
    ) -> Iterator[pa.RecordBatch] | None:
        """The same, some rows at a time: the engine hands them over more slowly than they are read."""
        found = self.plain(columns, numbers)
        return None if found is None else stored.pieces(self._source, found, rows, size)

    def held(self) -> DuckTable:
        """The same rows, always in one order."""
        return self if self._steady else DuckTable(self.query("SELECT * FROM source"))

    def beside(self, frame: pl.DataFrame) -> DuckTable:
        """The same rows with the columns of a frame, row by row."""
        name = f"beside{len(self._beside)}"
        view = f"SELECT s.*, t.* FROM ({self._view}) AS s POSITIONAL JOIN {name} AS t"
        return self._as(view, None, {name: frame})

    def blocks(self, sql: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Run SQL and give its result as Arrow, at least some rows at a time."""
        held: list[pa.RecordBatch] = []
        with stored.whole(self._source):
            for batch in self._con.sql(sql).to_arrow_reader(rows):
                held.append(batch)
                if sum(map(len, held)) >= rows:
                    yield from stored.one(held)
                    held = []
        yield from stored.one(held)

    def mapped(self, sql: str, work: Work, keys: Mapping[str, str], sums: str) -> pl.DataFrame:
        """What ``work`` makes of the rows of a query."""
        with stored.whole(self._source):
            found = list(work(self._con.sql(sql).to_arrow_reader(ROWS)))
        if not found:
            return pl.DataFrame(schema=[*keys, sums])
        return stored.frame_of(pa.Table.from_batches(found))

    def stream(self, sql: str) -> Iterator[pl.DataFrame]:
        """Run SQL and give its result in blocks of rows."""
        with stored.whole(self._source):
            for batch in self._con.sql(sql).to_arrow_reader(ROWS):
                if len(batch):
                    yield self._named(stored.frame_of(batch))

    def query(self, sql: str) -> pl.DataFrame:
        """Run SQL over the view ``source``."""
        with stored.whole(self._source):
            frame: pl.DataFrame = self._con.sql(sql).pl()
        return self._named(frame)
