"""Classify a population the size of the Netherlands by origin, against a plain DuckDB join in the same run.

python benchmarks/origin.py [PERSONS]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import duckdb
import numpy as np
import polars as pl

from thuis.origin import classify, countries, flow

PERSONS = 17_800_000


def population(n: int) -> pl.DataFrame:
    """Random birth countries, three in four of them the Netherlands and one in a hundred unknown."""
    rng = np.random.default_rng(1)
    codes = pl.Series([*countries()["iso3"], None], dtype=pl.String)
    home = codes.to_list().index("NLD")

    def column() -> pl.Series:
        place = rng.integers(0, len(codes) - 1, n, dtype=np.uint16)
        draw = rng.random(n, dtype=np.float32)
        place = np.where(draw < 0.75, home, np.where(draw > 0.99, len(codes) - 1, place))
        return codes.gather(place.astype(np.uint32))

    return pl.DataFrame({"self": column(), "mother": column(), "father": column()})


def joined(people: pl.DataFrame) -> None:
    """The same work as three joins and a CASE in DuckDB: class and country group of 2022."""
    table = countries()
    connection = duckdb.connect()
    connection.register("people", people.to_arrow())
    connection.register("places", table.select("iso3", "level_2022").to_arrow())
    connection.sql(
        """CREATE TABLE answer AS SELECT
          CASE WHEN s.iso3 IS NULL THEN 'not-stated' WHEN s.iso3 <> 'NLD' THEN 'migrant'
            WHEN m.iso3 <> 'NLD' OR f.iso3 <> 'NLD' THEN 'child'
            WHEN f.iso3 IS NULL THEN 'not-stated' ELSE 'dutch' END AS class,
          CASE WHEN s.iso3 <> 'NLD' THEN s.level_2022 WHEN m.iso3 <> 'NLD' THEN m.level_2022
            WHEN f.iso3 <> 'NLD' THEN f.level_2022 END AS origin
        FROM people LEFT JOIN places s ON s.iso3 = self LEFT JOIN places m ON m.iso3 = mother
        LEFT JOIN places f ON f.iso3 = father"""
    )


def timed(name: str, work: Callable[[], object], base: float | None = None) -> float:
    """Run once, print the seconds and the ratio to the first line."""
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    print(f"{name:<48} {seconds:7.2f} s  {'' if base is None else f'{seconds / base:5.2f} x'}", flush=True)
    return seconds


def main(n: int) -> None:
    """Time one scheme, two schemes with the flow between them, and the join."""
    people = population(n)
    print(f"{n:,} persons")
    base = timed("thuis classify 2022", lambda: classify(people, "2022"))
    timed("thuis classify 1999", lambda: classify(people, "1999"), base)
    timed("thuis flow 1999 -> 2022", lambda: flow(people), base)
    timed("DuckDB, three joins (class and group only)", lambda: joined(people), base)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS)
