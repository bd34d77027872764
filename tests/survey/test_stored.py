"""The same rows as they are stored and through the engine, which must answer alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Mean, Proportion, Ratio, Replicates, Sample, Total
from thuis.survey.core.engine import stored

DESIGN = {"weight": "w", "strata": "h", "psu": "p", "nest": True}


def rows() -> pl.DataFrame:
    rng = np.random.default_rng(7)
    n = 3_000
    frame = pl.DataFrame(
        {
            "h": rng.choice(["north", "é", ""], n),
            "p": rng.integers(-3, 9, n),
            "w": rng.integers(0, 4, n).astype(np.float32),
            "kind": pl.Series(rng.choice(["a", "b", "c"], n)),
            "yes": rng.random(n) < 0.4,
            "far": rng.choice([-(2**62), 5, 2**61], n),
            "y": np.where(rng.random(n) < 0.1, np.nan, rng.normal(1e6, 3, n)),
            "x": pl.Series(rng.integers(0, 9, n), dtype=pl.UInt8),
            "one": rng.integers(0, 2, n),
        }
    )
    gone = pl.Series(rng.random(n) < 0.1)
    frame = frame.with_columns(pl.when(~gone).then(pl.col(each)).alias(each) for each in ("kind", "x", "one"))
    return frame.with_columns(
        (pl.col("w") * pl.Series(rng.integers(0, 3, n))).alias(f"r{k}") for k in range(9)
    )


def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Rows in a frame, in a file read whole and one that is not, and what only the engine reads."""
    frame = rows()
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    frame.write_parquet(small)
    monkeypatch.setattr(stored, "SMALL", frame.height * frame.width)
    frame.with_columns(pl.lit(0).alias("more")).write_parquet(large)
    return {"frame": frame, "small": small, "large": large, "engine": frame.to_arrow()}


QUESTIONS: dict[str, Callable[[Sample], pl.DataFrame]] = {
    "means by words": lambda s: s.tabulate([Mean("y"), Mean("x"), Proportion("one")], [("kind",), ()]).frame,
    "means by truths": lambda s: (
        s.tabulate([Total("x"), Total(), Ratio("x", "one")], [("yes", "kind")]).frame
    ),
    "means far apart": lambda s: s.mean("y", by=["far", "yes"]).frame,
    "medians": lambda s: s.quantile(["y", "x"], probabilities=(0.25, 0.5)).frame,
    "medians by words": lambda s: s.quantile("x", ["kind"]).frame,
    "medians by truths": lambda s: s.quantile("y", ["yes", "kind"], rule="school").frame,
    "row by row": lambda s: s.quantile("x", ["kind"], rule="hf7").frame,
    "of some": lambda s: s.subset("y > 1e6").mean("x", by="kind").frame,
    "medians of some": lambda s: s.subset("y > 1e6").quantile("x", by="kind").frame,
}


def alike(found: pl.DataFrame, expected: pl.DataFrame) -> None:
    assert found.columns == expected.columns
    for name in found.columns:
        if found[name].dtype.is_float():
            one, other = (each[name].fill_null(-7.0).to_list() for each in (found, expected))
            assert one == pytest.approx(other, rel=1e-9, abs=1e-9), name
        else:
            assert found[name].to_list() == expected[name].to_list(), name


@pytest.mark.parametrize("question", QUESTIONS)
def test_alike(question: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {name: Sample.from_frame(each, **DESIGN) for name, each in ways(tmp_path, monkeypatch).items()}
    expected = QUESTIONS[question](made.pop("engine"))
    assert expected.height
    for sample in made.values():
        assert sample.df == made["frame"].df
        alike(QUESTIONS[question](sample), expected)


@pytest.mark.parametrize("question", [each for each in QUESTIONS if "row by row" not in each])
def test_alike_with_replicates(question: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = Replicates("r[0-9]", "JK1")
    made = {
        name: Sample.from_frame(each, weight="w", replicates=of)
        for name, each in ways(tmp_path, monkeypatch).items()
    }
    expected = QUESTIONS[question](made.pop("engine"))
    for sample in made.values():
        alike(QUESTIONS[question](sample), expected)


CONDITIONS = ("y > 1000000", "NOT (y < 1000000)", "Y <> 5", '"y" BETWEEN 1 AND 9e99', "y > 1 OR x > 3")
EXPRESSIONS = (pl.col("y") > 1e6, ~(pl.col("y") < 1e6), pl.col("y") != 5)


@pytest.mark.parametrize("condition", [*CONDITIONS, *EXPRESSIONS], ids=str)
def test_nan_is_no_answer_to_a_condition(condition: Any, tmp_path: Path) -> None:
    """To an engine it is above every number, or no comparison holds of it; R takes it for missing."""
    frame = rows()
    frame.write_parquet(tmp_path / "rows.parquet")
    known = Sample.from_frame(frame.with_columns(pl.col("y").fill_nan(None)), **DESIGN).subset(condition)
    expected = known.mean("x", by="kind").frame
    for each in (frame, frame.to_arrow(), tmp_path / "rows.parquet"):
        alike(Sample.from_frame(each, **DESIGN).subset(condition).mean("x", by="kind").frame, expected)


@pytest.mark.parametrize("made", ["y > 1000000", pl.col("y") > 1e6], ids=str)
def test_nan_is_no_answer_to_what_a_column_is_made_of(made: Any) -> None:
    frame = rows()
    known = Sample.from_frame(frame.with_columns(pl.col("y").fill_nan(None)), **DESIGN)
    alike(
        Sample.from_frame(frame, **DESIGN).mutate(high=made).proportion("high").frame,
        known.mutate(high=made).proportion("high").frame,
    )


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -1.0, None])
def test_bad_weights(bad: float | None) -> None:
    frame = rows().with_columns(w=pl.when(pl.int_range(pl.len()) < 5).then(bad).otherwise(pl.col("w")))
    for each in (frame, frame.to_arrow()):
        with pytest.raises(ThuisError, match="infinite or negative in 5 rows"):
            Sample.from_frame(each, **DESIGN)


def test_infinite_answers() -> None:
    frame = rows().with_columns(y=pl.lit(float("inf")))
    for each in (frame, frame.to_arrow()):
        with pytest.raises(ThuisError, match="y is infinite"):
            Sample.from_frame(each, **DESIGN).quantile("y")


def test_finite_populations() -> None:
    frame = rows().with_columns(N=pl.col("h").len().over("h") * 4.0)
    found = [Sample.from_frame(each, **DESIGN, fpc="N").mean("x").frame for each in (frame, frame.to_arrow())]
    alike(*found)


def test_a_damaged_small_file(tmp_path: Path) -> None:
    damaged = tmp_path / "rows.parquet"
    damaged.write_bytes(b"PAR1 this is none PAR1")
    with pytest.raises(ThuisError, match=r"rows\.parquet.* cannot be read"):
        Sample.from_frame(damaged, weight="w")


def test_cells_of_replicates_where_a_key_is_only_beside_a_missing_one() -> None:
    """A value that stands only beside a missing key belongs to no cell, and moves no other row."""
    rows = pl.DataFrame(
        {
            "a": [1, 1, 2, 2, 9, 9],
            "b": ["x", "y", "x", "y", None, None],
            "y": [1.0, None, 3.0, float("nan"), 5.0, 7.0],
            "w": [1.0] * 6,
            "r1": [2.0, 0, 2, 0, 2, 0],
            "r2": [0.0, 2, 0, 2, 0, 2],
        }
    )
    own = Replicates(("r1", "r2"), "BRR", mse=True, df=1)
    sample = Sample.from_frame(rows, weight="w", replicates=own)
    apart = sample.mean("y", by=["a", "b"]).frame
    assert apart.select("a", "b", "estimate", "n").rows() == [
        (1, "x", 1.0, 1),
        (1, "y", None, 0),
        (2, "x", 3.0, 1),
        (2, "y", None, 0),
    ]
    whole = sample.mean("y", by="a").frame
    assert whole["estimate"].to_list() == [1.0, 3.0, 6.0]
    assert whole["se"].to_list() == [0.0, 0.0, 1.0]
