"""Weights that make groups alike, against R's ``marginpred``: survey_balanced.R wrote survey_balanced.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_balanced.csv", null_values="NA", infer_schema_length=None)
AT = pl.DataFrame({"z": [0, 1, 2], "b": [0, 1, 0]})


@cache
def sample() -> Sample:
    rows = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    n = pl.int_range(1, pl.len() + 1)
    rows = rows.with_columns(z=n % 3, u=(n * (7 % 11)) % 5, b=((n * 13) % 17 < 5).cast(pl.Int64))
    rows = rows.with_columns(
        time=1 + (n * 29) % 37 + pl.col("z"),
        died=((n * 31) % 10 < 7).cast(pl.Int64),
        x=(n * 5) % 7 / 10 + pl.col("u") / 4 + pl.col("z") / 10,
        y=pl.col("y").fill_null(80),
    )
    return Sample.from_frame(rows, weight="w", strata="stratum", psu="psu", nest=True)


def expected(case: str) -> tuple[list[float], list[float]]:
    found = EXPECTED.filter(pl.col("case") == case)
    assert found.height, case
    return found["estimate"].to_list(), found["se"].to_list()


MODELS = {
    "gaussian": ("factor(z)", "x", "y ~ factor(z)"),
    "gaussian two": ("factor(z)", "x + factor(u)", "y ~ factor(z)"),
    "gaussian crossed": ("factor(z)", "x * b", "y ~ factor(z)"),
    "two terms": ("factor(z) + b", "x", "y ~ factor(z) + b"),
}


@pytest.mark.parametrize("case", MODELS)
def test_predictions(case: str) -> None:
    terms, on, formula = MODELS[case]
    found = sample().balanced(terms, on, means=False, given=True).glm(formula).predict(AT).frame
    estimate, se = expected(case)
    assert np.allclose(found["estimate"], estimate, rtol=1e-8, atol=0)
    assert np.allclose(found["se"], se, rtol=1e-8, atol=0)


def test_of_a_logistic_model() -> None:
    made = sample().balanced("z", "x + u", means=False, given=True)
    found = made.glm("b ~ z", family="binomial").predict(AT, scale="link").frame
    estimate, se = expected("binomial")
    assert np.allclose(found["estimate"], estimate, rtol=1e-8, atol=0)
    assert np.allclose(found["se"], se, rtol=1e-8, atol=0)


def test_of_a_subset() -> None:
    made = sample().subset("b == 0").balanced("factor(z)", "x", means=False, given=True)
    found = made.glm("y ~ factor(z)").predict(AT).frame
    estimate, se = expected("subset")
    assert np.allclose(found["estimate"], estimate, rtol=1e-8, atol=0)
    assert np.allclose(found["se"], se, rtol=1e-8, atol=0)


def test_where_r_stops_its_iterations() -> None:
    found = sample().balanced("factor(z)", "x", means=False).glm("y ~ factor(z)").predict(AT).frame
    assert np.allclose(found["estimate"], expected("gaussian as R stops")[0], rtol=1e-8, atol=0)


def test_curves() -> None:
    found = sample().balanced("z", "x", means=False).survival("time", "died", by="z", at=(5, 17, 30)).frame
    for z in range(3):
        own = found.filter(pl.col("z") == z)["estimate"]
        assert np.allclose(own, expected(f"km {z}")[0], rtol=1e-8, atol=0)


def test_hazards() -> None:
    found = sample().balanced("z", "x").hazards("time", "died", "z")
    assert np.allclose(found.coefficients.frame["estimate"], expected("cox")[0], rtol=1e-8, atol=0)


def test_weights_that_were_made_vary_as_replicates_of_them_do() -> None:
    """The jackknife finds the weights anew for every replicate: linearised weights agree with it, given ones
    do not."""
    of = sample().replicated("JKn")
    makers = {"again": of.balanced("z", "x"), "made": sample().balanced("z", "x")}
    makers["given"] = sample().balanced("z", "x", given=True)
    # Groups are made alike in x, so that their difference hardly varies.
    se = {name: each.mean("x", by="z").difference("0", "2").se for name, each in makers.items()}
    assert abs(se["made"] / se["again"] - 1) < 0.01
    assert se["given"] > 100 * se["again"]


def test_alike_in_every_group() -> None:
    found = sample().balanced("factor(z)", "factor(u)").proportion("u", by="z", values=(2,)).frame
    assert np.ptp(found["estimate"].to_numpy()) < 1e-10


@pytest.mark.parametrize(
    ("terms", "on", "said"),
    [
        ("factor(z)", "z", "tells nothing that"),
        ("z", "1", "tells nothing that"),
        ("z + z:b + b:z", "x", "repeat one another"),
        ("q", "x", "column 'q'"),
        ("z", "x + w2", "column 'w2'"),
        ("z ~ x", "x", "is no"),
    ],
)
def test_refused(terms: str, on: str, said: str) -> None:
    with pytest.raises(ThuisError, match=said):
        sample().balanced(terms, on)
