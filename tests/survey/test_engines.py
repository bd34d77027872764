"""One set of questions to every engine: the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from support.spark import session
from thuis.errors import ThuisError
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


def asked(source: Any) -> dict[str, pl.DataFrame]:
    """Models, tests and weights: what asks more of an engine than sums in groups."""
    design = {"weight": "w", "strata": "h", "psu": "p", "nest": True}
    sample = Sample.from_frame(source, **design).mutate(z="y - 1000", yes="CASE WHEN b THEN 1 ELSE 0 END")
    alone = Sample.from_frame(source, weight="w", strata="h")
    replicated = Sample.from_frame(source, weight="w", replicates=Replicates("r[0-9]", "bootstrap"))
    logit = sample.glm("yes ~ x + word * select", family="binomial")
    line = sample.subset("x > 1.1").glm("z ~ x + word")
    sizes = {"it's": 300, "50%": 200, "back\\slash": 150}
    raked = sample.rake({"word": sizes, "b": {True: 250, False: 400}})
    return {
        "logit": logit.coefficients.frame,
        "line": line.coefficients.frame,
        "rows": alone.glm("x ~ word + C(select)").coefficients.frame,
        "replicated": replicated.glm("x ~ word").coefficients.frame,
        "margins": logit.margins("x").frame,
        "means": line.means("word").frame,
        "predict": line.predict({"x": [1.0, 2.0], "word": ["50%", "it's"]}).frame,
        "joint": flat(line.joint("word"), line.joint("word", method="lrt")),
        "tests": flat(
            sample.test("z", group="b"),
            sample.test("z", group="b", kind="wilcoxon"),
            sample.independence("word", "select"),
            sample.goodness("word", sizes),
        ),
        "moments": sample.correlation("z", "x", by="b").frame,
        "ordinal": sample.ordinal("select ~ x", (0, 1, 2)).frame,
        "survival": sample.survival("x", "yes", by="b", at=(1.5,)).frame,
        "raked": raked.mean("x", by="word").frame,
        "made": sample.replicated("JKn").total("x").frame,
    }


def flat(*found: Any) -> pl.DataFrame:
    """The numbers of results that are no tables."""
    rows = [
        {name: getattr(each, name) for name in ("f", "statistic", "x2", "p") if hasattr(each, name)}
        for each in found
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


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


def test_models_by_passes_over_rows_that_lie_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = asked(rows())
    monkeypatch.setattr(DuckTable, "maps", True)
    monkeypatch.setattr("thuis.survey.core.engine.duckdb.ROWS", 70)
    same(whole, asked(rows()))


def test_replicates_of_rows_that_lie_elsewhere_come_over_as_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, raked = answers(rows()), _raked()
    monkeypatch.setattr(DuckTable, "maps", True)
    monkeypatch.setattr("thuis.survey.core.engine.duckdb.ROWS", 70)

    def stream(*_: Any) -> Iterator[pl.DataFrame]:
        raise AssertionError("rows came over")

    monkeypatch.setattr(DuckTable, "stream", stream)
    same(whole, answers(rows()))
    same(raked, _raked())


def _raked() -> dict[str, pl.DataFrame]:
    made = Sample.from_frame(rows(), weight="w", strata="h", psu="p", nest=True)
    raked = made.rake({"kind": {"low": 300, "high": 330}, "b": {True: 250, False: 380}})
    replicated = Sample.from_frame(rows(), weight="w", replicates=Replicates("r[0-9]", "bootstrap"))
    return {
        "raked": raked.mean(["y", "x"], by="word").frame,
        "rank": replicated.subset("h < 2").mean("y", by="select").frame,
        "freedom": pl.DataFrame({"df": [replicated.df, replicated.subset("h < 2").freedom]}),
    }


@pytest.mark.parametrize(
    "design", [{}, {"psu": "p"}, {"strata": "h"}, {"strata": "h", "psu": "p", "nest": True}]
)
def test_every_design_by_passes(design: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> dict[str, pl.DataFrame]:
        sample = Sample.from_frame(rows().filter(pl.col("h") < 9), weight="w", **design)
        formulas = ("x ~ 1", "x ~ select + word", "x ~ C(select) - 1", "x ~ kind")
        return {each: sample.glm(each).coefficients.frame for each in formulas}

    whole = found()
    monkeypatch.setattr(DuckTable, "maps", True)
    same(whole, found())


def test_faults_of_models_by_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DuckTable, "maps", True)
    sample = Sample.from_frame(rows(), weight="w", strata="h", psu="p", nest=True)
    faults = {
        "x ~ y + C(h) + h": "do not tell them apart",
        "log(x_class) ~ y": "is no number in",
        "x ~ unknown": "unknown column 'unknown'",
    }
    for formula, text in faults.items():
        with pytest.raises(ThuisError, match=text):
            sample.glm(formula)
    with pytest.raises(ThuisError, match="0 or less in"):
        sample.glm("x_class ~ y", family="gamma")
    with pytest.raises(ThuisError, match="no finite answer"):
        sample.mutate(same="CASE WHEN b THEN 1 ELSE 0 END").glm("same ~ b", family="binomial")
    with pytest.raises(ThuisError, match="SQL text, or a number"):
        sample.mutate(z=pl.col("x"))
    with pytest.raises(ThuisError, match="cannot be worked out"):
        sample.mutate(z="nothing + 1").mean("z")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    yield from session()


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_spark(spark: Any) -> None:
    # Spark has no categories with an order.
    plain = rows().with_columns(pl.col("kind").cast(pl.String))
    same(answers(plain), answers(spark.createDataFrame(plain.to_arrow())))


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_models_and_tests_on_spark(spark: Any) -> None:
    same(asked(rows()), asked(spark.createDataFrame(rows().to_arrow())))


@pytest.mark.spark
def test_a_sign_that_spark_takes_for_another_is_refused_and_log_is_natural(spark: Any) -> None:
    there = Sample.from_frame(spark.createDataFrame(rows().to_arrow()), weight="w")
    column = next(name for name, kind in there.table.types.items() if "INT" in kind.upper())
    with pytest.raises(ThuisError, match="power"):
        there.mutate(squared=f"{column} ^ 2")
    with pytest.raises(ThuisError, match="power"):
        there.subset(f"{column} ^ 2 > 4")
    here = Sample.from_frame(rows(), weight="w")
    text = f"log({column} + 1)"
    found = [each.mutate(made=text).mean("made").frame["estimate"].item() for each in (there, here)]
    assert found[0] == pytest.approx(found[1], rel=1e-12)
