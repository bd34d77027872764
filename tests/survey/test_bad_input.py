"""Wrong designs and questions: one clear error each, all at once."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Mean, Proportion, Ratio, Replicates, Sample, Total

ROWS = pl.DataFrame(
    {
        "h": [1, 1, 2, 2],
        "p": [1, 2, 3, 4],
        "w": [1.0, 2.0, 1.0, 1.0],
        "y": [1.0, 2.0, 3.0, 4.0],
        "far": [1.0, float("inf"), 2.0, 3.0],
        "word": ["a", "b", "a", None],
        "se": [1, 1, 2, 2],
        "N": [10, 10, 20, 30],
        "r1": [1.0, 0.0, 2.0, 1.0],
        "r2": [1.0, 2.0, 0.0, 1.0],
        "bad": [1.0, -2.0, 0.0, None],
    }
)
PAIR = ("r1", "r2")


def sample(**design: Any) -> Sample:
    return Sample.from_frame(ROWS, weight="w", **design)


@pytest.mark.parametrize(
    ("design", "message"),
    [
        ({"strata": "g"}, "unknown column 'g'"),
        ({"strata": "h", "psu": "p", "lonely": "ajust"}, "did you mean 'adjust'"),
        ({"strata": "h", "psu": "p", "fpc": "N"}, "varies within a stratum"),
        ({"psu": ["h", "p"], "fpc": "N"}, "1 fpc columns for 2 stages"),
        ({"strata": "h", "replicates": Replicates(PAIR)}, "one of the two"),
        ({"replicates": Replicates("z*")}, "0 replicate weights fit 'z\\*'"),
        ({"replicates": Replicates(("r1", "r9"))}, "unknown column 'r9'"),
        ({"replicates": Replicates(PAIR, "BBR")}, "did you mean 'BRR'"),
        ({"replicates": Replicates(PAIR, "Fay")}, "Fay's rho is None"),
        ({"replicates": Replicates(PAIR, "JKn")}, "JKn needs factors"),
        ({"replicates": Replicates(PAIR, "JKn", factors=(0.5,))}, "1 factors for 2"),
        ({"replicates": Replicates(PAIR, "BRR", rho=0.3)}, "BRR has no rho"),
        ({"replicates": Replicates(PAIR, "other")}, '"other" needs scale or factors'),
        ({"replicates": Replicates(("r1", "bad"))}, "'bad' is missing or negative in 2 rows"),
        ({"strata": "word"}, "stratum 'word' is missing in 1 rows"),
    ],
)
def test_designs(design: dict[str, Any], message: str) -> None:
    with pytest.raises(ThuisError, match=message):
        sample(**design)


@pytest.mark.parametrize(
    ("measure", "by", "message"),
    [
        (Mean("z"), (), "unknown column 'z'"),
        (Mean("word"), (), "expected: numbers"),
        (Mean("far"), (), "is infinite"),
        (Ratio("y", "far"), (), "is infinite"),
        (Proportion("y"), (), "neither 0 nor 1 in 3 rows"),
        (Proportion("y", ("a",)), (), "cannot stand in column 'y'"),
        (Proportion("word", (1,)), (), "cannot stand in column 'word'"),
        (Total(), ("se",), "has the name of a result column"),
    ],
)
def test_questions(measure: Any, by: tuple[str, ...], message: str) -> None:
    with pytest.raises(ThuisError, match=message):
        sample(strata="h", psu="p").tabulate([measure], [by])


def test_all_problems_of_a_question_at_once() -> None:
    with pytest.raises(ThuisError) as raised:
        sample().tabulate([Mean("z"), Mean("word")], [("v",)], level=2, interval="wald", df="rows")
    assert len(raised.value.problems) == 6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"probabilities": 1.5}, "probability 1.5"),
        ({"rule": "maths"}, "did you mean 'math'"),
        ({"levl": 0.9}, "did you mean 'level'"),
    ],
)
def test_quantiles(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ThuisError, match=message):
        sample().quantile("y", **options)


def test_an_empty_file_and_no_weight_at_all() -> None:
    with pytest.raises(ThuisError, match="no rows"):
        Sample.from_frame(ROWS.clear(), weight="w")
    with pytest.raises(ThuisError, match="no row has a positive weight"):
        Sample.from_frame(ROWS.with_columns(w=pl.lit(0.0)), weight="w")


def test_a_table_without_side_has_no_test() -> None:
    with pytest.raises(ThuisError, match="two answers or more"):
        sample().subset(word="a").independence("word", "h")


def test_a_group_that_all_answered_alike_has_no_logistic_model() -> None:
    rows = pl.DataFrame({"y": [1, 1, 1, 0, 1, 0], "g": ["a", "a", "a", "b", "b", "b"], "w": [1.0] * 6})
    with pytest.raises(ThuisError, match="some group all answered alike"):
        Sample.from_frame(rows, weight="w").glm("y ~ g", family="binomial")


@pytest.mark.parametrize("shift", [0.0, 1e6, 1e9])
def test_a_model_keeps_its_digits_when_numbers_lie_far_from_zero(shift: float) -> None:
    """By hand: the slope of y on x does not move with the origin of x."""
    rows = pl.DataFrame({"y": [1.0, 3.0, 2.0, 5.0], "x": [shift + k for k in range(4)], "w": [1.0] * 4})
    found = Sample.from_frame(rows, weight="w").glm("y ~ x").coefficients.frame
    assert found["estimate"][1] == pytest.approx(1.1, rel=1e-9)
