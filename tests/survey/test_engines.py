"""One set of questions to every engine: the same answers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from thuis.survey import Mean, Proportion, Ratio, Replicates, Sample, Total
from thuis.survey.core.engine.duckdb import DuckTable

ROWS = 300


def rows() -> pl.DataFrame:
    rng = np.random.default_rng(8)
    y = rng.normal(1000, 3, ROWS)
    words = ["it's", "50%", "back\\slash"]
    return pl.DataFrame(
        {
            "h": rng.integers(0, 4, ROWS),
            "p": rng.integers(0, 4, ROWS),
            "w": rng.uniform(1, 3, ROWS),
            "y": [None if rng.random() < 0.1 else v for v in y],
            "x": np.where(rng.random(ROWS) < 0.1, np.nan, rng.uniform(1, 2, ROWS)),
            "x_class": rng.choice([0.5, -1.0, np.nan], ROWS),
            "b": rng.random(ROWS) < 0.4,
            "word": rng.choice(words, ROWS),
            "select": [None if rng.random() < 0.1 else int(v) for v in rng.integers(0, 3, ROWS)],
            "day": [
                None if rng.random() < 0.1 else date(2020, 1, 1 + int(v)) for v in rng.integers(0, 3, ROWS)
            ],
            "kind": pl.Series(rng.choice(["low", "high"], ROWS), dtype=pl.Enum(["low", "none", "high"])),
            **{f"r{i}": rng.uniform(0, 6, ROWS) for i in range(6)},
        }
    )


def answers(source: Any) -> dict[str, pl.DataFrame]:
    measures = [
        Mean("y"),
        Total("y"),
        Total(),
        Ratio("y", "x"),
        Proportion("b"),
        Proportion("word", ("it's", "back\\slash")),
    ]
    by = [(), ("word",), ("select", "word"), ("day", "b"), ("kind",), ("x_class", "kind")]
    rows = Sample.from_frame(source, weight="w", strata="h")
    clustered = Sample.from_frame(source, weight="w", strata="h", psu="p", nest=True)
    replicated = Sample.from_frame(source, weight="w", replicates=Replicates("r[0-9]", "bootstrap"))
    table = rows.tabulate(measures, by)
    pairs = [(i, (7 * i) % table.frame.height) for i in range(table.frame.height)]
    return {
        "rows": table.frame,
        "differences": table.differences(pairs),
        "clustered": clustered.tabulate(measures, by).frame,
        "replicated": replicated.tabulate(measures, by).frame,
        "quantile": clustered.quantile("y", "word").frame,
        "subset": clustered.subset(word="back\\slash").mean("y", "select").frame,
    }


def compare(source: Any) -> None:
    same(answers(rows()), answers(source))


def same(expected: dict[str, pl.DataFrame], found: dict[str, pl.DataFrame]) -> None:
    for name, frame in expected.items():
        other = found[name]
        assert frame.columns == other.columns
        for column in frame.columns:
            if frame.schema[column].is_numeric():
                a, b = (each[column].cast(pl.Float64).fill_null(-1.0) for each in (frame, other))
                assert np.allclose(a, b, rtol=1e-12, atol=1e-12), (name, column)
            else:
                assert frame[column].cast(other.schema[column]).equals(other[column]), (name, column)


FRAMES: dict[str, Callable[[Path], Any]] = {
    "pandas": lambda _: rows().to_pandas(),
    "arrow": lambda _: rows().to_arrow(),
    "lazy": lambda _: rows().lazy(),
    "duckdb": lambda _: duckdb.from_arrow(rows().to_arrow()).project(
        "* REPLACE (CAST(kind AS ENUM('low', 'none', 'high')) AS kind)"
    ),
    "parquet": lambda folder: (rows().write_parquet(folder / "a.parquet"), folder / "a.parquet")[1],
}


@pytest.mark.parametrize("kind", FRAMES)
def test_frames(kind: str, tmp_path: Path) -> None:
    compare(FRAMES[kind](tmp_path))


@pytest.mark.parametrize("limit", [1 << 24, 30, 0])
def test_rows_folded_are_the_query(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thuis.survey.core.engine.fold.LIMIT", limit)
    found = answers(rows())
    monkeypatch.setattr(DuckTable, "folds", False)
    same(answers(rows()), found)


def test_many_blocks_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = answers(rows())
    monkeypatch.setattr("thuis.survey.core.folding.LEAST", 7)
    monkeypatch.setattr("thuis.survey.core.folding.MEMORY", 1)
    batches = DuckTable.blocks(DuckTable(rows()), "SELECT * FROM source", 7)
    assert sum(1 for _ in batches) > 1
    same(whole, answers(rows()))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    if "THUIS_SPARK" not in os.environ:
        pytest.skip("slow: set THUIS_SPARK=1 to start a local Spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_spark(spark: Any) -> None:
    compare(spark.createDataFrame(rows().to_arrow()))
