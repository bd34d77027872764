"""Raw and adjusted differences against R's ``svyglm`` and ``svypredmeans`` on the demo of 2020."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.findings.margins import margin
from thuis.project import load_project
from thuis.read import read_waves
from thuis.survey import Sample
from thuis.survey.models.model import Model, fitted
from thuis.survey.models.terms import Factor, Formula

DATA = Path(__file__).parent / "data" / "findings_margins.csv"
CONTROLS = ["by_sex", "by_education", "by_origin"]
CASES = {
    "raw": ("y", [], True),
    "adjusted": ("y", CONTROLS, True),
    "linear-raw": ("belonging", [], False),
    "linear-adjusted": ("belonging", CONTROLS, False),
}


def design(rows: pl.DataFrame) -> Sample:
    return Sample.from_frame(rows, weight="_weight", strata="_stratum")


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    root = Path(__file__).resolve().parents[2]
    microdata = read_waves(load_project(root / "examples" / "nederland"))
    generation, answer = pl.col("by_generation"), pl.col("discrimination")
    return microdata.of("2020").with_columns(
        pl.when(generation == "child").then(1.0).when(generation == "migrant").then(0.0).alias("position"),
        pl.when(answer.is_not_null()).then(answer.is_in(["sometimes", "often"]).cast(pl.Float64)).alias("y"),
    )


def model(people: pl.DataFrame, name: str) -> Model:
    outcome, controls, binary = CASES[name]
    terms = ((Factor("position", categorical=True),), *((Factor(each),) for each in controls))
    family = "binomial" if binary else "gaussian"
    return fitted(design(people), Formula(Factor(outcome), terms), family, 0.95, name)


@pytest.mark.parametrize("name", CASES)
def test_margins_equal_r(people: pl.DataFrame, name: str) -> None:
    """R adds the variances of composition and model as if independent; ours keeps their covariance.

    Where there is nothing to average over (raw, linear) both are the same, and equal.
    """
    outcome, controls, binary = CASES[name]
    r = pl.read_csv(DATA).row(by_predicate=pl.col("name") == name, named=True)
    found = margin(people, outcome, "position", design, controls=controls, binary=binary)
    assert found.estimate == pytest.approx(r["estimate"], abs=1e-10)
    assert found.se == pytest.approx(r["se"], rel=1e-4 if name == "adjusted" else 1e-9)


@pytest.mark.parametrize("name", CASES)
def test_coefficients_and_their_errors_equal_svyglm(people: pl.DataFrame, name: str) -> None:
    r = pl.read_csv(DATA).row(by_predicate=pl.col("name") == name, named=True)
    found = model(people, name).coefficients.frame
    assert found["estimate"][1] == pytest.approx(r["coefficient"], rel=1e-9)
    assert found["se"][1] == pytest.approx(r["coefficient_se"], rel=1e-8)


@pytest.mark.parametrize("name", ["adjusted", "linear-adjusted"])
def test_a_margin_is_one_number_wherever_it_is_asked(people: pl.DataFrame, name: str) -> None:
    outcome, controls, binary = CASES[name]
    found = margin(people, outcome, "position", design, controls=controls, binary=binary)
    fit = model(people, name)
    whole = fit.margins("position", unconditional=True).frame.row(0, named=True)
    for each in ("estimate", "se", "df", "lower", "upper", "p"):
        assert getattr(found, each) == whole[each]
    fixed = fit.margins("position").frame.row(0, named=True)
    assert fixed["df"] == found.df == fit.coefficients.df
    assert fixed["se"] != found.se or not binary
