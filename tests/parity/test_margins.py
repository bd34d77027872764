"""Raw and adjusted differences against R's ``svyglm`` and ``svypredmeans`` on the demo of 2020."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from thuis.findings.design import Design, linearised
from thuis.findings.margins import _linear, _logit, _matrix, margin
from thuis.project import load_project
from thuis.read import read_waves

DATA = Path(__file__).parent / "data" / "findings_margins.csv"
DESIGN = Design("_weight", "_stratum")
CONTROLS = ["by_sex", "by_education", "by_origin"]
CASES = {
    "raw": ("y", [], True),
    "adjusted": ("y", CONTROLS, True),
    "linear-raw": ("belonging", [], False),
    "linear-adjusted": ("belonging", CONTROLS, False),
}


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    root = Path(__file__).resolve().parents[2]
    microdata = read_waves(load_project(root / "examples" / "nederland"))
    generation, answer = pl.col("by_generation"), pl.col("discrimination")
    return microdata.of("2020").with_columns(
        pl.when(generation == "child").then(1.0).when(generation == "migrant").then(0.0).alias("position"),
        pl.when(answer.is_not_null()).then(answer.is_in(["sometimes", "often"]).cast(pl.Float64)).alias("y"),
    )


@pytest.mark.parametrize("name", CASES)
def test_margins_equal_r(people: pl.DataFrame, name: str) -> None:
    """R adds the variances of composition and model as if independent; ours keeps their covariance.

    Where there is nothing to average over (raw, linear) both are the same, and equal.
    """
    outcome, controls, binary = CASES[name]
    r = pl.read_csv(DATA).row(by_predicate=pl.col("name") == name, named=True)
    found = margin(people, outcome, "position", DESIGN, controls=controls, binary=binary)
    assert found.estimate == pytest.approx(r["estimate"], abs=1e-10)
    assert found.se == pytest.approx(r["se"], rel=1e-4 if name == "adjusted" else 1e-9)


@pytest.mark.parametrize("name", CASES)
def test_coefficients_and_their_errors_equal_svyglm(people: pl.DataFrame, name: str) -> None:
    outcome, controls, binary = CASES[name]
    r = pl.read_csv(DATA).row(by_predicate=pl.col("name") == name, named=True)
    used = people.select(pl.all_horizontal(pl.col(outcome, "position", *controls).is_not_null()))
    inside = used[used.columns[0]].to_numpy()
    weight = people["_weight"].to_numpy()
    w = np.where(inside, weight, 0.0)
    x = _matrix(people, "position", controls, inside)
    y = np.where(inside, people[outcome].fill_null(0.0).to_numpy(), 0.0)
    beta, influence = (_logit if binary else _linear)(x, y, w)
    matrix, _ = linearised(people, DESIGN, {"b": influence[:, 1]})
    assert beta[1] == pytest.approx(r["coefficient"], rel=1e-9)
    assert np.sqrt(matrix[0, 0]) == pytest.approx(r["coefficient_se"], rel=1e-8)
