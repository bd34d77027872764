"""t and rank tests against R survey 4.1: survey_tests.R wrote survey_tests.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Replicates, Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_tests.csv", null_values=["NA"], infer_schema_length=None)
NHANES = {"strata": "stratum", "psu": "psu", "nest": True}
STAGES = {"strata": "h", "psu": ["p", "s"], "fpc": ["N1", "N2"], "nest": True, "lonely": "adjust"}
DESIGNS: dict[str, tuple[str, dict[str, Any]]] = {
    "clustered": ("nhanes2", NHANES),
    "rows": ("nhanes2", {"strata": "stratum"}),
    "subset": ("nhanes2", NHANES),
    "stages": ("stages", STAGES),
    "BRR FALSE": ("brr", {"replicates": Replicates("r[0-9]*", "BRR")}),
    "BRR TRUE": ("brr", {"replicates": Replicates("r[0-9]*", "BRR", mse=True)}),
}
QUESTIONS: dict[str, dict[str, Any]] = {
    "value": {"column": "y", "value": 50.0},
    "groups": {"column": "y", "group": "b"},
    "pair": {"column": "y", "pair": "x"},
    "wilcoxon": {"column": "u", "group": "b", "kind": "wilcoxon"},
    "vanderWaerden": {"column": "u", "group": "b", "kind": "van der waerden"},
    "median": {"column": "u", "group": "b", "kind": "median"},
    "KruskalWallis": {"column": "u", "group": "k", "kind": "kruskal-wallis"},
}


def rows(name: str) -> pl.DataFrame:
    found = pl.read_csv(DATA / f"{name}.csv", null_values="NA", infer_schema_length=None)
    if name == "stages":
        found = found.with_columns(pl.col("y").fill_null(50.0), pl.col("b").fill_null(0))
    number = pl.int_range(1, pl.len() + 1)
    found = found.with_columns(u=pl.col("y") + number / 1e6, k=number % 4)
    return found.with_columns(x=2 * pl.col("y") - number % 7) if name == "stages" else found


def sample(case: str) -> Sample:
    name, design = DESIGNS[case]
    made = Sample.from_frame(rows(name), weight="w", **design)
    return made.subset(race=1) if case == "subset" else made


@pytest.mark.parametrize("case", DESIGNS)
def test_equals_r(case: str) -> None:
    made = sample(case)
    expected = EXPECTED.filter(pl.col("case") == case)
    assert expected["what"].to_list() == list(QUESTIONS)[: 6 if case.startswith("BRR") else 7]
    for row in expected.iter_rows(named=True):
        found = made.test(**QUESTIONS[row["what"]])
        assert found.statistic == pytest.approx(row["statistic"], rel=1e-8)
        assert found.p == pytest.approx(row["p"], rel=1e-7, abs=1e-300)
        assert found.df == tuple(each for each in (row["df"], row["df2"]) if each is not None)
        for name in ("estimate", "lower", "upper"):
            if row[name] is not None:
                assert getattr(found, name) == pytest.approx(row[name], rel=1e-8)


def test_equal_answers_share_a_rank_whatever_the_order_of_rows() -> None:
    frame = rows("nhanes2").with_columns(10 * (pl.col("y") / 10).round())
    one, *others = (
        Sample.from_frame(each, weight="w", **NHANES).test("y", group="b", kind="wilcoxon")
        for each in (frame, *(frame.sample(fraction=1, shuffle=True, seed=seed) for seed in range(2)))
    )
    for other in others:
        assert other.statistic == pytest.approx(one.statistic, rel=1e-10)


def test_ranks_by_hand() -> None:
    frame = pl.DataFrame({"y": [1.0, 2, 2, 5], "g": ["a", "a", "b", "b"], "w": [1.0, 2, 3, 4]})
    found = Sample.from_frame(frame, weight="w").test("y", group="g", kind="wilcoxon")
    # Shares below and half of equal: .05, .35, .35, .8
    assert found.estimate == pytest.approx((3 * 0.35 + 4 * 0.8) / 7 - (0.05 + 2 * 0.35) / 3, rel=1e-12)
    assert found.groups == ("a", "b")
    assert "wilcoxon test of y by g: t(2)" in str(found)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"column": "z"}, "unknown column 'z'"),
        ({"column": "y", "group": "race"}, "'race' has 3 groups"),
        ({"column": "y", "group": "race", "kind": "median"}, "'race' has 3 groups"),
        ({"column": "y", "group": "w0", "kind": "kruskal-wallis"}, "'w0' has 1 groups"),
        ({"column": "word"}, "expected: numbers"),
        ({"column": "y", "group": "b", "pair": "x"}, "a group and a pair"),
        ({"column": "y", "kind": "wilcoxon"}, "compares groups"),
        ({"column": "y", "kind": "sign"}, "unknown test 'sign'"),
        ({"column": "none"}, "nobody answers 'none'"),
    ],
)
def test_wrong_questions(question: dict[str, Any], message: str) -> None:
    frame = rows("nhanes2").with_columns(
        word=pl.lit("a"), w0=pl.lit(1), none=pl.lit(None, pl.Float64), psu=pl.col("psu")
    )
    with pytest.raises(ThuisError, match=message):
        Sample.from_frame(frame, weight="w", **NHANES).test(**question)


def test_a_constant_differs_from_nothing() -> None:
    frame = pl.DataFrame({"y": [2.0] * 6, "g": [0, 1] * 3, "w": [1.0] * 6})
    found = Sample.from_frame(frame, weight="w").test("y", group="g")
    assert found.estimate == 0
    assert np.isnan(found.p)
