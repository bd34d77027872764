"""Tests of columns on calibrated samples against R survey 4.1: survey_raked.R wrote survey_raked.csv."""

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
TESTS: dict[str, dict[str, Any]] = {
    "t": {"column": "y"},
    "wilcoxon": {"column": "u", "kind": "wilcoxon"},
    "vanderWaerden": {"column": "u", "kind": "van der waerden"},
    "median": {"column": "u", "kind": "median"},
}


def sample(name: str) -> Sample:
    rows = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    rows = rows.with_columns(u=pl.col("y") + pl.int_range(1, pl.len() + 1) / 1e6)
    made = Sample.from_frame(rows, weight="w", strata="stratum", psu="psu", nest=True)

    def margin(column: str, times: tuple[float, ...]) -> dict[Any, float]:
        table = made.total(by=column).frame.sort(column)
        return {
            value: now * times[i % len(times)]
            for i, (value, now) in enumerate(table.select(column, "estimate").iter_rows())
        }

    if name == "raked":
        return made.rake({each: margin(each, (1.1,)) for each in ("sex", "race")})
    return made.poststratify("sex", margin("sex", (1.3, 1.0, 0.8, 1.0)))


@pytest.mark.parametrize("kind", TESTS)
@pytest.mark.parametrize("name", ["raked", "poststratified"])
def test_equals_r(name: str, kind: str) -> None:
    found, row = sample(name).test(group="b", **TESTS[kind]), EXPECTED[f"{name} {kind}"]
    assert found.estimate == pytest.approx(row["estimate"], rel=1e-8)
    assert found.statistic == pytest.approx(row["statistic"], rel=1e-8)
    assert found.df == (row["df"],)
    assert found.p == pytest.approx(row["p"], rel=1e-8)


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
@pytest.mark.parametrize("name", ["raked", "poststratified"])
def test_models_equal_r(name: str, family: str) -> None:
    formula = "y ~ x + C(race)" if family == "gaussian" else "b ~ x + C(race)"
    frame = sample(name).glm(formula, family=family).coefficients.frame
    for i in range(frame.height):
        row = EXPECTED[f"{name} {family} {i}"]
        assert frame["estimate"][i] == pytest.approx(row["estimate"], rel=1e-8)
        assert frame["t"][i] == pytest.approx(row["statistic"], rel=1e-8)
        assert frame["df"][i] == row["df"]


def test_a_model_of_words_is_refused() -> None:
    made = sample("raked")
    rows = pl.DataFrame({"word": ["a", "b", "a"], "x": [1.0, 2.0, 3.0], "w": [1.0] * 3})
    with pytest.raises(ThuisError, match="expected: numbers"):
        Sample.from_frame(rows, weight="w").glm("word ~ x")
    with pytest.raises(ThuisError, match="margins are not known"):
        made.glm("y ~ x").margins("x")
