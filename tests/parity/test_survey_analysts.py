"""What analysts ask beside tables, against R survey 4.1: survey_analysts.R wrote survey_analysts.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Estimates, Replicates, Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_analysts.csv", null_values="NA", infer_schema_length=None)
CASES = ["stages", "nhanes2", "JKn FALSE", "JKn TRUE", "Fay FALSE", "Fay TRUE"]
NEW = pl.DataFrame({"x": [0.1, 0.4, 0.1, 0.4], "z": [0, 0, 2, 2]})


def sample(case: str) -> Sample:
    kind, _, mse = case.partition(" ")
    name = {"JKn": "jkn", "Fay": "brr"}.get(kind, kind)
    rows = pl.read_csv(DATA / f"{name}.csv", null_values="NA", infer_schema_length=None)
    number = pl.int_range(1, pl.len() + 1)
    rows = rows.with_columns(z=number % 3)
    if kind == "stages":
        rows = rows.with_columns(x=(number % 7) / 10)
        design: dict[str, Any] = {"strata": "h", "psu": ["p", "s"], "fpc": ["N1", "N2"], "nest": True}
        return Sample.from_frame(rows, weight="w", lonely="adjust", **design)
    if kind == "nhanes2":
        return Sample.from_frame(rows, weight="w", strata="stratum", psu="psu", nest=True)
    factors = (0.5,) * 62 if kind == "JKn" else None
    rho = 0.3 if kind == "Fay" else None
    own = Replicates("r[0-9]*", kind, rho=rho, factors=factors, mse=mse == "TRUE")
    return Sample.from_frame(rows, weight="w", replicates=own)


def r(case: str, what: str) -> tuple[list[float], list[float]]:
    rows = EXPECTED.filter(pl.col("case") == case, pl.col("what") == what)
    assert rows.height, (case, what)
    return rows["estimate"].to_list(), rows["se"].to_list()


def same(found: Estimates, case: str, what: str) -> None:
    estimate, se = r(case, what)
    # R's own iterations for Gamma("log") end when the deviance does not move: some 1e-9 before ours.
    absolute = 1e-9 if what.startswith("Gamma") else 1e-12
    assert found.frame["estimate"].to_list() == pytest.approx(estimate, rel=1e-8, abs=absolute), what
    assert found.frame["se"].to_list() == pytest.approx(se, rel=1e-8), what


@pytest.mark.parametrize("case", CASES)
def test_moments(case: str) -> None:
    made = sample(case)
    same(made.variance("y"), case, "variance")
    variance, sd = made.variance("y").frame, made.sd("y").frame
    assert sd["estimate"].item() == pytest.approx(variance["estimate"].item() ** 0.5)
    if " " not in case:
        assert sd["se"].item() == pytest.approx(variance["se"].item() / 2 / sd["estimate"].item(), rel=1e-8)
        same(made.correlation("y", "x"), case, "correlation")
    if case == "nhanes2":
        same(made.variance("y", by="race"), case, "variance by")


@pytest.mark.parametrize("case", CASES)
def test_functions_of_estimates(case: str) -> None:
    means = sample(case).mean("y", by="z")
    one = {
        "ratio of means": means.contrast(lambda e: e[1] / e[0]),
        "function": means.contrast(lambda e: np.exp(e[2] / 50) - np.log(e[0]) * e[1]),
    }
    for what, found in one.items():
        estimate, se = r(case, what)
        assert [found.estimate, found.se] == pytest.approx([*estimate, *se], rel=1e-8), what
    ratio = means.ratio(0, 1)
    assert [ratio.estimate, ratio.se] == pytest.approx([x[0] for x in r(case, "ratio of means")], rel=1e-8)
    assert [ratio.lower, ratio.upper] == pytest.approx(r(case, "ratio interval")[0], rel=1e-8)


@pytest.mark.parametrize("family", ["gaussian", "Gamma"])
@pytest.mark.parametrize("case", CASES)
def test_models(case: str, family: str) -> None:
    model = sample(case).glm("y ~ x + C(z)", family=family.lower())
    same(model.coefficients, case, f"{family} coefficients")
    for scale in ("response", "link") if " " not in case else ():
        same(model.predict(NEW, scale=scale), case, f"{family} {scale}")
    for term, name in (("C(z)", "factor(z)"), ("x", "x")):
        found = model.joint(term)
        f, one, two, p = r(case, f"{family} joint {name}")[0]
        assert [found.f, *found.df, found.p] == pytest.approx([f, one, two, p], rel=1e-7)


@pytest.mark.parametrize("case", CASES)
def test_other_tests_of_independence(case: str) -> None:
    found = sample(case).independence("b", "z")
    x2, df, p = found.chi2
    assert [p, df] == pytest.approx(r(case, "Chisq")[0], rel=1e-7)
    assert x2 == pytest.approx(found.f * df)
    _, df_of_wald, p = found.unadjusted_wald
    assert [p, *df_of_wald] == pytest.approx(r(case, "Wald")[0], rel=1e-7)


def test_goodness_of_fit() -> None:
    found = sample("nhanes2").goodness("race", {1: 80, 2: 15, 3: 5})
    expected = r("nhanes2", "goodness")[0]
    assert [found.x2, found.scale, found.df, found.p] == pytest.approx(expected, rel=1e-8)
    with pytest.raises(ThuisError, match="every answer of the column"):
        sample("nhanes2").goodness("race", {1: 80, 2: 15})


def test_adjusted_means() -> None:
    model = sample("nhanes2").glm("y ~ x + C(race)")
    same(model.means("race", people="apart"), "nhanes2", "adjusted")
    same(model.means("race"), "nhanes2", "adjusted fixed")
    fixed, margin = model.means("race"), model.margins("race").frame
    moved = fixed.difference(0, 1)
    assert [moved.estimate, moved.se] == pytest.approx([margin["estimate"][0], margin["se"][0]])
    together, both = model.means("race", people="sampled"), model.margins("race", unconditional=True).frame
    moved = together.difference(0, 2)
    assert [moved.estimate, moved.se] == pytest.approx([both["estimate"][1], both["se"][1]])


@pytest.mark.parametrize("people", ["fixed", "sampled", "apart"])
def test_adjusted_means_of_a_straight_model_are_those_of_its_prediction(people: str) -> None:
    model = sample("Fay TRUE").glm("y ~ x + C(z)")
    rows = model.rows
    at = pl.DataFrame({"x": [0.0], "z": [1]}).with_columns(x=pl.lit((rows["x"] * 1.0).mean()))
    assert model.predict(at).frame.height == 1
    assert model.means("z", people=people).frame["se"].min() > 0  # type: ignore[operator]


def test_predictions_have_covariances() -> None:
    found = (
        sample("nhanes2").glm("y ~ x + C(race)").predict(pl.DataFrame({"x": [70.0, 80.0], "race": [1, 1]}))
    )
    slope = sample("nhanes2").glm("y ~ x + C(race)").coefficients.frame
    change = found.difference(0, 1)
    assert change.estimate == pytest.approx(10 * slope["estimate"][1])
    assert change.se == pytest.approx(10 * slope["se"][1])
    assert found.differences([(0, 1)])["se"].item() == pytest.approx(change.se)


def test_what_cannot_be_asked_is_told() -> None:
    made = sample("nhanes2")
    model = made.glm("y ~ x + C(race)")
    asked: list[tuple[Any, str]] = [
        (lambda: model.joint("sex"), "unknown term of the model"),
        (lambda: model.means("x"), "unknown category of the model"),
        (lambda: model.means("race", people="all"), "unknown people"),
        (lambda: model.predict(pl.DataFrame({"x": [1.0], "race": [9]})), "unknown answer of 'race'"),
        (lambda: model.predict(pl.DataFrame({"x": [1.0]})), "unknown column 'race'"),
        (lambda: model.predict(scale="odds"), "unknown scale"),
        (lambda: made.glm("b ~ x", family="gamma"), "0 or less"),
        (lambda: made.variance("nothing"), "unknown column"),
        (lambda: made.mean("y", by="race").contrast(lambda e: abs(e[0])), "no derivative"),
        (lambda: made.mean("y", by="race").contrast(lambda e: e[9]), "fails"),
        (lambda: made.mean("y", by="race").contrast(lambda e: e[0] / (e[1] - e[1])), "no derivative"),
    ]
    for call, said in asked:
        with pytest.raises(ThuisError, match=said):
            call()
