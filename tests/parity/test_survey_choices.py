"""Models of one of several answers, against R: survey_choices.R wrote survey_choices.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Estimates, Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_choices.csv", null_values="NA", infer_schema_length=None)


@cache
def sample(kind: str = "linear") -> Sample:
    frame = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    frame = frame.with_columns(z=pl.int_range(1, pl.len() + 1) % 3).drop_nulls(["x", "y"])
    frame = frame.with_columns(x=pl.col("x") / 10, two=(pl.col("race") > 1).cast(pl.Int8))
    made = Sample.from_frame(frame, weight="w", strata="stratum", psu="psu", nest=True)
    return made.replicated("JKn") if kind == "JKn" else made


def same(found: Estimates, case: str, what: str, rel: float) -> None:
    expected = EXPECTED.filter(pl.col("case") == case, pl.col("what") == what)
    assert found.frame["estimate"].to_list() == pytest.approx(expected["estimate"].to_list(), rel=rel)
    assert found.frame["se"].to_list() == pytest.approx(expected["se"].to_list(), rel=rel)


@pytest.mark.parametrize("kind", ["linear", "JKn"])
def test_multinomial(kind: str) -> None:
    same(sample(kind).multinomial("race ~ x + C(z)"), "multinomial", kind, 1e-8)


def test_two_answers_are_a_logistic_model() -> None:
    one = sample().multinomial("two ~ x + C(z)").frame
    two = sample().glm("two ~ x + C(z)", family="binomial").coefficients.frame
    assert one["estimate"].to_list() == pytest.approx(two["estimate"].to_list(), rel=1e-9)
    assert one["se"].to_list() == pytest.approx(two["se"].to_list(), rel=1e-9)


def test_another_answer_first_turns_the_signs() -> None:
    one = sample().multinomial("two ~ x", [0, 1]).exponents().frame["estimate"]
    two = sample().multinomial("two ~ x", [1, 0]).exponents().frame["estimate"]
    assert (one * two).to_list() == pytest.approx([1, 1], rel=1e-8)


@pytest.mark.parametrize(("link", "name"), [("logit", "logistic"), ("probit", "probit")])
def test_ordinal(link: str, name: str) -> None:
    """R's numbers come from ``optim``, which leaves four digits of them."""
    same(sample().ordinal("race ~ x + C(z)", [1, 2, 3], link=link), "ordinal", name, 2e-3)


@pytest.mark.parametrize("link", ["logit", "probit", "cloglog", "cauchit"])
def test_ordinal_of_two_answers(link: str) -> None:
    """Of two answers the second has the chance ``1 - F(zeta - x beta)``: every link gives the same shares."""
    found = sample().ordinal("two ~ C(z)", [0, 1], link=link)
    beta, zeta = found.frame["estimate"][:2].to_list(), found.frame["estimate"][2]
    from thuis.survey.models.ordinal import LINKS

    shares = sample().proportion("two", by="z").frame["estimate"].to_list()
    cuts = [zeta, zeta - beta[0], zeta - beta[1]]
    assert [1 - float(LINKS[link].mean(each)) for each in cuts] == pytest.approx(shares, rel=1e-7)


def test_ordinal_with_replicate_weights() -> None:
    one, two = (sample(kind).ordinal("race ~ x", [1, 2, 3]).frame for kind in ("linear", "JKn"))
    assert two["estimate"].to_list() == pytest.approx(one["estimate"].to_list(), rel=1e-9)
    assert two["se"].to_list() == pytest.approx(one["se"].to_list(), rel=0.1)


def test_what_cannot_be_asked_is_told() -> None:
    with pytest.raises(ThuisError, match="unknown column"):
        sample().multinomial("what ~ x")
    with pytest.raises(ThuisError, match="unknown link"):
        sample().ordinal("race ~ x", [1, 2, 3], link="log")
    with pytest.raises(ThuisError, match="not in the order"):
        sample().multinomial("race ~ x", [1, 2])
