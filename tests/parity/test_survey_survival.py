"""Times until an event, against R survey and survival: survey_survival.R wrote survey_survival.csv."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Estimates, Sample
from thuis.survey.models.cox import _fitted, _Part
from thuis.survey.survival import Times

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_survival.csv", null_values="NA", infer_schema_length=None)


@cache
def rows() -> pl.DataFrame:
    frame = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    frame = frame.with_columns(z=pl.int_range(1, pl.len() + 1) % 3).drop_nulls(["x", "y"])
    frame = frame.filter(pl.int_range(1, pl.len() + 1) % 9 == 0)
    frame = frame.with_columns(
        unit=pl.col("stratum") * 10 + pl.col("psu"),
        h=pl.col("stratum") // 5,
        time=(pl.col("y") / 6).round(mode="half_to_even"),
        event=(pl.col("x").round() % 3 != 0).cast(pl.Int8),
    )
    return frame.with_columns(
        entry=pl.col("time") - 1 - pl.int_range(1, pl.len() + 1) % 9, x=pl.col("x") / 50
    )


@cache
def sample() -> Sample:
    return Sample.from_frame(rows(), weight="w", strata="h", psu="unit")


def r(case: str, what: str) -> tuple[list[float], list[float]]:
    found = EXPECTED.filter(pl.col("case") == case, pl.col("what") == what)
    assert found.height, (case, what)
    return found["estimate"].to_list(), found["se"].to_list()


def same(found: Estimates, case: str, what: str, rel: float = 1e-8) -> None:
    estimate, se = r(case, what)
    assert found.frame["estimate"].to_list() == pytest.approx(estimate, rel=rel, abs=1e-12), (case, what)
    assert found.frame["se"].to_list() == pytest.approx(se, rel=rel, abs=1e-12), (case, what)


def test_curves() -> None:
    same(sample().survival("time", "event", estimator="fleming-harrington"), "curve", "fleming-harrington")
    found = sample().survival("time", "event").frame
    assert found["time"].to_list() == r("curve", "times")[0]
    assert found["estimate"].to_list() == pytest.approx(r("curve", "kaplan-meier")[0], rel=1e-10, abs=1e-14)
    known = found.filter(pl.col("estimate") > 1e-12)
    spread = r("curve", "kaplan-meier spread")[0]
    assert (known["se"] / known["estimate"]).to_list() == pytest.approx(spread[: known.height], rel=1e-8)
    by = sample().survival("time", "event", by="race", estimator="fleming-harrington").frame
    for race in (1, 2, 3):
        part = by.filter(pl.col("race") == race)
        estimate, se = r("curve", f"race {race}")
        assert part["estimate"].to_list() == pytest.approx(estimate, rel=1e-8)
        assert part["se"].to_list() == pytest.approx(se, rel=1e-8, abs=1e-12)


def test_curves_at_some_times_and_who_is_left() -> None:
    every = sample().survival("time", "event").frame
    one = every.row(4, named=True)
    found = sample().survival("time", "event", at=[one["time"], one["time"] + 0.5]).frame
    assert found["estimate"].to_list() == [one["estimate"]] * 2
    assert one["n"] == rows().filter(pl.col("time") >= one["time"]).height
    assert one["events"] == rows().filter(pl.col("time") <= one["time"], pl.col("event") == 1).height
    assert one["lower"] < one["estimate"] < one["upper"] <= 1
    late = sample().survival("time", "event", entry="entry").frame
    assert (late["n"] <= every["n"]).all() and late["se"][5] > 0


def test_curves_with_replicate_weights() -> None:
    """The jackknife of the curve is near its linearisation, and their point estimates are the same."""
    one, two = (
        each.survival("time", "event", at=[18, 20]).frame for each in (sample(), sample().replicated())
    )
    assert two["estimate"].to_list() == pytest.approx(one["estimate"].to_list())
    assert two["se"].to_list() == pytest.approx(one["se"].to_list(), rel=0.1)


@pytest.mark.parametrize("kind", [(0, 0), (1, 0), (0, 1), (0.5, 0.5)])
def test_rank_tests(kind: tuple[float, float]) -> None:
    found = sample().logrank("time", "event", "race", rho=kind[0], gamma=kind[1])
    expected = r("logrank", f"{kind[0]:g} {kind[1]:g}")[0]
    assert [*found.score, *found.se, found.chi2, found.p] == pytest.approx(expected, rel=1e-7)


def test_rank_test_of_two() -> None:
    found = sample().subset(race=[1, 2]).logrank("time", "event", "race")
    assert [*found.score, *found.se, found.chi2, found.p] == pytest.approx(r("logrank", "two")[0], rel=1e-7)


FITS: dict[str, Any] = {
    "efron": lambda: sample().hazards("time", "event", "x + C(race)"),
    "breslow": lambda: sample().hazards("time", "event", "x + C(race)", ties="breslow"),
    "entry": lambda: sample().hazards("time", "event", "x + C(race)", entry="entry"),
    "strata": lambda: sample().hazards("time", "event", "x + C(race)", strata="z"),
    "subset": lambda: sample().subset(z=[1, 2]).hazards("time", "event", "x + C(race)"),
    "missing": lambda: sample().hazards("time", "event", "x + b"),
    "JKn": lambda: sample().replicated("JKn").hazards("time", "event", "x + C(race)", ties="breslow"),
    "post": lambda: (
        sample().poststratify("z", {0: 9e6, 1: 8.6e6, 2: 8.6e6}).hazards("time", "event", "x + C(race)")
    ),
}


@pytest.mark.parametrize("case", FITS)
def test_hazards(case: str) -> None:
    found = FITS[case]()
    # R ends each replicate's iterations where the likelihood moves by less than 1e-9 of itself.
    same(found.coefficients, "cox", case, 1e-5 if case == "JKn" else 1e-8)
    assert found.coefficients.df == r("cox", f"{case} df")[0][0]
    assert found.ratios.frame["estimate"].to_list() == pytest.approx(
        np.exp(found.coefficients.frame["estimate"].to_numpy()).tolist()
    )


def test_hazards_together() -> None:
    found = FITS["efron"]().coefficients.joint([1, 2])
    assert [found.f, *found.df, found.p] == pytest.approx(r("cox", "joint")[0], rel=1e-7)


def test_what_cannot_be_asked_is_told() -> None:
    made = sample()
    told: list[tuple[Any, str]] = [
        (lambda: made.survival("time", "died"), "unknown column 'died'"),
        (lambda: made.survival("time", "z"), "neither 0 nor 1"),
        (lambda: made.survival("time", "event", entry="time"), "is not before"),
        (lambda: made.survival("time", "event", estimator="km"), "unknown estimator"),
        (lambda: made.subset(event=0).survival("time", "event"), "no event"),
        (lambda: made.subset(race=1).logrank("time", "event", "race"), "two or more"),
        (lambda: made.hazards("time", "event", "x + what"), "unknown column 'what'"),
        (lambda: made.hazards("time", "event", "x", ties="exact"), "unknown rule for ties"),
        (lambda: made.hazards("time", "event", "event"), "no finite answer"),
        (lambda: made.replicated().logrank("time", "event", "race"), "takes no replicate weights"),
    ]
    for call, said in told:
        with pytest.raises(ThuisError, match=said):
            call()


@pytest.mark.parametrize("start", [30.0, 300.0, 3000.0, -3000.0])
def test_a_model_on_its_way_to_no_answer_says_so_whatever_rounding_leaves(start: float) -> None:
    """Warnings are errors here: none of numpy may come before what thuis says."""
    x = np.array([[0.0], [0.0], [1.0], [1.0], [0.5], [0.2]])
    times = Times(np.arange(1.0, 7.0), np.array([1, 1, 1, 1, 0, 0]) > 0, np.zeros(6), np.arange(6))
    with contextlib.suppress(ThuisError):
        fitted = _fitted([_Part(times, np.arange(6))], np.ones(6), x, "efron", np.array([start]))
        assert np.isfinite(fitted).all()
