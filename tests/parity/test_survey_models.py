"""Models, tests of tables and subsets against R survey 4.1: survey_models.R wrote survey_models.csv."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_models.csv", null_values=["NA"], schema_overrides={"what": pl.String})


def sample(name: str = "nhanes2", **design: object) -> Sample:
    rows = pl.read_csv(DATA / f"{name}.csv", null_values="NA", infer_schema_length=None)
    return Sample.from_frame(rows, weight="w", **design)


CLUSTERED = {"strata": "stratum", "psu": "psu", "nest": True}


def expected(case: str) -> dict[str, dict[str, float]]:
    return {row["what"]: row for row in EXPECTED.filter(pl.col("case") == case).iter_rows(named=True)}


MODELS = {
    "gaussian": ("y ~ x + C(race)", "gaussian"),
    "binomial": ("b ~ x + C(race)", "binomial"),
    "poisson": ("b ~ x + C(race)", "poisson"),
    "crossed": ("y ~ x * C(sex)", "gaussian"),
}


@pytest.mark.parametrize("case", MODELS)
def test_models_equal_r(case: str) -> None:
    formula, family = MODELS[case]
    model = sample(**CLUSTERED).glm(formula, family=family)
    rows = expected(case)
    frame = model.coefficients.frame
    for i in range(frame.height):
        assert frame["estimate"][i] == pytest.approx(rows[str(i)]["estimate"], rel=1e-8)
        assert frame["se"][i] == pytest.approx(rows[str(i)]["se"], rel=1e-7)
    covariance = model.coefficients.covariance([1, 2])[0, 1]
    assert covariance == pytest.approx(rows["covariance"]["estimate"], rel=1e-6)


def test_margins_equal_r() -> None:
    model = sample(**CLUSTERED).glm("b ~ x + C(race)", family="binomial")
    frame = model.margins("race").frame
    rows = expected("margins")
    assert frame.height == len(rows)
    for i in range(frame.height):
        assert frame["estimate"][i] == pytest.approx(rows[str(i)]["estimate"], rel=1e-7)
        assert frame["se"][i] == pytest.approx(rows[str(i)]["se"], rel=1e-6)


@pytest.mark.parametrize("case", ["chisq", "chisq rows", "chisq empty cells"])
def test_tests_of_tables_equal_r(case: str) -> None:
    if case == "chisq empty cells":
        found = sample("stages", strata="h", psu="p", nest=True, lonely="adjust").independence("g", "b")
    elif case == "chisq":
        found = sample(**CLUSTERED).independence("race", "b")
    else:
        found = sample(strata="stratum").independence("race", "sex")
    rows = {name: row["estimate"] for name, row in expected(case).items()}
    ours = {"F": found.f, "df1": found.df[0], "df2": found.df[1], "p": found.p}
    ours |= {"wald": found.wald, "wald p": found.wald_p}
    for name, value in rows.items():
        if value is not None:
            assert ours[name] == pytest.approx(value, rel=1e-7), name


@pytest.mark.parametrize("kind", ["mean", "rows"])
def test_subsets_equal_r(kind: str) -> None:
    whole = sample(**CLUSTERED) if kind == "mean" else sample(strata="stratum")
    found = whole.subset(sex=1, race=[1, 2]).mean("y").frame
    row = expected("subset")[kind]
    assert found["estimate"].item() == pytest.approx(row["estimate"], rel=1e-10)
    assert found["se"].item() == pytest.approx(row["se"], rel=1e-8)


def test_a_subset_is_a_cell() -> None:
    whole = sample(**CLUSTERED)
    cell = whole.mean("y", by=["sex", "race"]).frame.filter(pl.col("sex") == 1, pl.col("race") == 2)
    part = whole.subset(sex=1).subset(race=2).mean("y").frame
    assert part["se"].item() == pytest.approx(cell["se"].item(), rel=1e-12)
    median = whole.quantile("y", ["sex", "race"]).frame.filter(pl.col("sex") == 1, pl.col("race") == 2)
    assert whole.subset(sex=1, race=2).quantile("y").frame["se"].item() == pytest.approx(median["se"].item())


def test_what_a_model_cannot_take() -> None:
    with pytest.raises(ThuisError, match="unknown column 'z'"):
        sample(**CLUSTERED).glm("y ~ z")
    with pytest.raises(ThuisError, match="is no formula"):
        sample(**CLUSTERED).glm("y x")
    with pytest.raises(ThuisError, match="unknown family"):
        sample(**CLUSTERED).glm("y ~ x", family="binomal")
    with pytest.raises(ThuisError, match="cannot stand in column"):
        sample(**CLUSTERED).subset(sex="m")


def test_ordinal_equals_r() -> None:
    """R takes its Hessian and optimum from ``optim``, good to about four digits."""
    found = sample(**CLUSTERED).ordinal("sex ~ x + C(race)", (1, 2, 3, 4)).frame
    rows = expected("ordinal")
    assert found.height == len(rows)
    for i in range(found.height):
        assert found["estimate"][i] == pytest.approx(rows[str(i)]["estimate"], rel=1e-3, abs=1e-4)
        assert found["se"][i] == pytest.approx(rows[str(i)]["se"], rel=1e-3)


def test_ordinal_of_two_answers_is_logit() -> None:
    found = sample(**CLUSTERED).ordinal("b ~ x + C(race)", (0, 1)).frame
    logit = sample(**CLUSTERED).glm("b ~ x + C(race)", family="binomial").coefficients.frame
    slopes = slice(1, logit.height)
    assert found["estimate"].to_list()[:-1] == pytest.approx(logit["estimate"].to_list()[slopes], rel=1e-8)
    assert found["se"].to_list()[:-1] == pytest.approx(logit["se"].to_list()[slopes], rel=1e-8)
    assert found["estimate"][-1] == pytest.approx(-logit["estimate"][0], rel=1e-8)


def test_what_ordinal_cannot_take() -> None:
    with pytest.raises(ThuisError, match="is not in the order"):
        sample(**CLUSTERED).ordinal("sex ~ x", (1, 2))
    with pytest.raises(ThuisError, match="given by nobody"):
        sample(**CLUSTERED).ordinal("sex ~ x", (1, 2, 3, 4, 5))
