"""Tests and models of calibrated samples and subsets against R survey 4.1 (survey_raked.R)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Sample

DATA = Path(__file__).parent / "data"
EXPECTED = {
    row["what"]: row for row in pl.read_csv(DATA / "survey_raked.csv", null_values="NA").iter_rows(named=True)
}
NAMES = ("raked", "poststratified", "subset", "raked subset")
TESTS: dict[str, dict[str, Any]] = {
    "t": {"column": "y"},
    "wilcoxon": {"column": "u", "kind": "wilcoxon"},
    "vanderWaerden": {"column": "u", "kind": "van der waerden"},
    "median": {"column": "u", "kind": "median"},
}


def sample_rows() -> pl.DataFrame:
    rows = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    return rows.with_columns(u=pl.col("y") + pl.int_range(1, pl.len() + 1) / 1e6)


def sample(name: str) -> Sample:
    made = Sample.from_frame(sample_rows(), weight="w", strata="stratum", psu="psu", nest=True)

    def margin(column: str, times: tuple[float, ...]) -> dict[Any, float]:
        table = made.total(by=column).frame.sort(column)
        return {
            value: now * times[i % len(times)]
            for i, (value, now) in enumerate(table.select(column, "estimate").iter_rows())
        }

    if name == "subset":
        return made.subset(sex=[2, 3, 4])
    if name == "raked subset":
        return sample("raked").subset(sex=[2, 3, 4])
    if name == "raked":
        return made.rake({each: margin(each, (1.1,)) for each in ("sex", "race")})
    return made.poststratify("sex", margin("sex", (1.3, 1.0, 0.8, 1.0)))


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in NAMES for kind in TESTS if (name, kind) != ("raked subset", "vanderWaerden")],
)
def test_equals_r(name: str, kind: str) -> None:
    found, row = sample(name).test(group="b", **TESTS[kind]), EXPECTED[f"{name} {kind}"]
    assert found.estimate == pytest.approx(row["estimate"], rel=1e-8)
    assert found.statistic == pytest.approx(row["statistic"], rel=1e-8)
    assert found.df == (row["df"],)
    assert found.p == pytest.approx(row["p"], rel=1e-8)


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
@pytest.mark.parametrize("name", NAMES)
def test_models_equal_r(name: str, family: str) -> None:
    formula = "y ~ x + C(race)" if family == "gaussian" else "b ~ x + C(race)"
    frame = sample(name).glm(formula, family=family).coefficients.frame
    for i in range(frame.height):
        row = EXPECTED[f"{name} {family} {i}"]
        assert frame["estimate"][i] == pytest.approx(row["estimate"], rel=1e-8)
        assert frame["t"][i] == pytest.approx(row["statistic"], rel=1e-8)
        assert frame["df"][i] == row["df"]


@pytest.mark.parametrize("name", NAMES)
def test_margins_equal_r(name: str) -> None:
    """R's gradient is that of differences of 1e-5."""
    model = sample(name).glm("b ~ x + C(race)", family="binomial")
    frame = pl.concat([model.margins("x").frame, model.margins("race").frame])
    assert frame["measure"].to_list() == ["x", "2 - 1", "3 - 1"]
    for i in range(3):
        row = EXPECTED[f"{name} margin {i + 1}"]
        assert frame["estimate"][i] == pytest.approx(row["estimate"], rel=1e-8)
        assert frame["t"][i] == pytest.approx(row["statistic"], rel=1e-7)


@pytest.mark.parametrize("family", ["gaussian", "binomial", "poisson"])
def test_margins_equal_those_of_svy(family: str) -> None:
    """Of one stage svy fits; a subset that is the whole is ours."""
    formula = ("y" if family == "gaussian" else "b") + " ~ x * C(race) + sex:x"
    made = Sample.from_frame(sample_rows(), weight="w", strata="stratum", psu="psu", nest=True)
    one, other = (each.glm(formula, family=family).margins for each in (made, made.subset(sex=[1, 2, 3, 4])))
    for variable in ("x", "race", "sex"):
        a, b = one(variable).frame, other(variable).frame
        assert a["measure"].to_list() == b["measure"].to_list()
        assert b["estimate"].to_list() == pytest.approx(a["estimate"].to_list(), rel=1e-6)
        assert b["se"].to_list() == pytest.approx(a["se"].to_list(), rel=1e-6)


def test_an_ordered_model_of_two_answers_is_logit() -> None:
    made = sample("raked subset")
    one = made.ordinal("b ~ x", (0, 1)).frame
    other = made.glm("b ~ x", family="binomial").coefficients.frame
    assert one["estimate"][0] == pytest.approx(other["estimate"][1], rel=1e-8)
    assert one["se"][0] == pytest.approx(other["se"][1], rel=1e-8)


def test_what_models_cannot_take() -> None:
    model = sample("raked").glm("y ~ x + C(race)")
    with pytest.raises(ThuisError, match="unknown variable of the model 'sex'"):
        model.margins("sex")
    rows = pl.DataFrame({"word": ["a", "b", "a"], "x": [1.0, 2.0, 3.0], "w": [1.0] * 3})
    with pytest.raises(ThuisError, match="expected: numbers"):
        Sample.from_frame(rows, weight="w").glm("word ~ x")
