"""Many differences at once are what one contrast at a time gives."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from thuis import Sample
from thuis.errors import ThuisError
from thuis.survey import Estimates, Mean, Proportion, Ratio, Total


def rows(n: int = 400) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    y = rng.normal(1e6, 5, n)
    h = rng.integers(0, 6, n)
    return pl.DataFrame(
        {
            "h": h,
            "p": rng.integers(0, 5, n),
            "w": rng.uniform(0.5, 4, n),
            "y": pl.Series(y).set(pl.Series(rng.random(n) < 0.2), None),
            "x": rng.uniform(1, 2, n),
            "b": pl.Series(rng.integers(0, 2, n)).set(pl.Series(rng.random(n) < 0.1), None),
            "word": rng.choice(["can", "cannot", "not asked"], n),
            "sex": rng.choice(["m", "f"], n),
            "age": pl.Series(rng.integers(1, 4, n)).set(pl.Series(rng.random(n) < 0.1), None),
        }
    )


MEASURES = [
    Mean("y"),
    Total("y"),
    Ratio("y", "x"),
    Proportion("b"),
    Proportion("word", ("can",), valid=("can", "cannot")),
    Total(),
]
BY = [(), ("sex",), ("sex", "age"), ("age",)]


def tables(kind: str) -> Estimates:
    frame, design = rows(), {"strata": "h", "psu": "p", "nest": True}
    if kind == "element":
        design = {"strata": "h"}
    elif kind == "simple":
        design = {}
    elif kind != "clustered":
        one = (pl.col("h") == 5) & (pl.col("p") > 0)
        frame, design["lonely"] = frame.filter(~one), kind
    return Sample.from_frame(frame, weight="w", **design).tabulate(MEASURES, BY)


@pytest.mark.parametrize("kind", ["clustered", "element", "simple", "average", "adjust"])
def test_differences_are_contrasts(kind: str) -> None:
    result = tables(kind)
    rng = np.random.default_rng(1)
    pairs = rng.integers(0, len(result.frame), (40, 2))
    found = result.differences(pairs)
    for (left, right), row in zip(pairs, found.iter_rows(named=True), strict=True):
        one = result.difference(int(left), int(right))
        assert row["difference"] == pytest.approx(one.estimate, rel=1e-12)
        size = np.hypot(result.frame["se"][int(left)], result.frame["se"][int(right)])
        assert row["se"] == pytest.approx(one.se, rel=1e-8, abs=2e-7 * size)
    matrix = result.covariance()
    assert np.allclose(np.sqrt(np.diag(matrix)), result.frame["se"].fill_null(0), rtol=1e-8)


@pytest.mark.parametrize("kind", ["element", "simple"])
def test_rows_as_units_are_psus_of_one_row(kind: str) -> None:
    design = {"strata": "h"} if kind == "element" else {}
    one = Sample.from_frame(rows(), weight="w", **design).tabulate(MEASURES, BY)
    frame = rows().with_row_index("row")
    other = Sample.from_frame(frame, weight="w", psu="row", **design).tabulate(MEASURES, BY)
    assert np.allclose(one.frame["se"], other.frame["se"], rtol=1e-9)
    scale = np.sqrt(np.outer(*[one.frame["se"].to_numpy() ** 2] * 2))
    assert np.allclose(one.covariance() / scale, other.covariance() / scale, atol=1e-8)


def test_many_measures_go_in_several_queries() -> None:
    measures = [Mean("y", f"m{i}") for i in range(60)]
    result = Sample.from_frame(rows(), weight="w", strata="h").tabulate(measures, [(), ("sex",)])
    assert result.frame.height == 60 * 3
    assert (
        result.frame.group_by("by", "sex").agg(pl.col("se").n_unique()).get_column("se").to_list() == [1] * 3
    )
    assert result.differences([(0, 59)])["se"].item() == pytest.approx(0, abs=1e-6)
    labels = result.frame.filter(pl.col("by") == ["sex"])["measure"].to_list()
    assert labels == [f"m{i}" for i in range(60) for _ in range(2)]


def test_shares_of_none_and_of_all_have_no_logit_interval() -> None:
    frame = pl.DataFrame({"y": [0, 0, 1, 1], "g": ["a", "a", "b", "b"], "w": [1.0] * 4})
    found = Sample.from_frame(frame, weight="w").proportion("y", by="g").frame
    assert found["estimate"].to_list() == [0, 1]
    assert found["se"].to_list() == [0, 0]
    assert found["lower"].null_count() == found["upper"].null_count() == 2


def test_wrong_pairs() -> None:
    result = tables("simple")
    with pytest.raises(ThuisError, match="no row 99999"):
        result.differences([(0, 99999)])
    with pytest.raises(ThuisError, match="pairs x 2"):
        result.differences([(0, 1, 2)])
    with pytest.raises(ThuisError, match="whole numbers"):
        result.differences([(0.5, 1.0)])
    assert result.differences([]).height == 0


@pytest.mark.parametrize("kind", ["clustered", "average"])
def test_large_samples_ask_counts_apart(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = tables(kind).frame
    monkeypatch.setattr("thuis.survey.core.groups.LARGE", 0)
    other = tables(kind).frame
    numbers = one.columns[one.columns.index("estimate") :]
    assert one.drop(numbers).equals(other.drop(numbers))
    for name in numbers:
        found, expected = (each[name].cast(pl.Float64).fill_null(-1) for each in (other, one))
        assert np.allclose(found, expected, rtol=1e-11), name
