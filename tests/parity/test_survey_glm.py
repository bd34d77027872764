"""Models under stages and replicate weights against R survey 4.1: survey_glm.R wrote survey_glm.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Replicates, Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_glm.csv", infer_schema_length=None)
MODELS = {
    "gaussian": "y ~ x + C(g)",
    "binomial": "b ~ x + C(z)",
    "poisson": "b ~ x * z",
}


def replicates(kind: str, *, mse: bool) -> Replicates:
    if kind == "JKn":
        return Replicates("r[0-9]*", "JKn", factors=(0.5,) * 62, mse=mse)
    return Replicates("r[0-9]*", "Fay", rho=0.3, mse=mse)


def sample(case: str) -> Sample:
    kind, _, mse = case.partition(" ")
    name = {"stages": "stages", "JKn": "jkn", "Fay": "brr"}[kind]
    rows = pl.read_csv(DATA / f"{name}.csv", null_values="NA", infer_schema_length=None)
    number = pl.int_range(1, pl.len() + 1)
    rows = rows.with_columns(z=number % 3)
    rows = rows.with_columns(x=(number % 7 if name == "stages" else pl.col("x")) / 10)
    if kind != "stages":
        return Sample.from_frame(rows, weight="w", replicates=replicates(kind, mse=mse == "TRUE"))
    design: dict[str, Any] = {"strata": "h", "psu": ["p", "s"], "fpc": ["N1", "N2"], "nest": True}
    return Sample.from_frame(rows, weight="w", lonely="adjust", **design)


@pytest.mark.parametrize("family", MODELS)
@pytest.mark.parametrize("case", ["stages", "JKn FALSE", "JKn TRUE", "Fay FALSE", "Fay TRUE"])
def test_equals_r(case: str, family: str) -> None:
    model = sample(case).glm(MODELS[family], family=family)
    rows = EXPECTED.filter(pl.col("case") == f"{case} {family}")
    frame = model.coefficients.frame
    assert frame.height == rows.height > 2
    covariance = model.coefficients.covariance()
    for i, row in enumerate(rows.iter_rows(named=True)):
        assert frame["estimate"][i] == pytest.approx(row["estimate"], rel=1e-8)
        assert frame["se"][i] == pytest.approx(row["se"], rel=1e-8)
        assert covariance[i, 0] == pytest.approx(row["covariance"], rel=1e-7)
        assert frame["df"][i] == row["df"]
        assert model.n == row["n"]


def test_what_these_models_cannot_take() -> None:
    made = sample("stages")
    with pytest.raises(ThuisError, match="do not tell them apart"):
        made.glm("y ~ h + C(h)")


def test_a_category_that_replicates_leave_without_rows() -> None:
    rows = pl.read_csv(DATA / "brr.csv", null_values="NA", infer_schema_length=None)
    rows = rows.with_columns(few=(pl.col("r1") == 0) & (pl.int_range(pl.len()) < 20))
    made = Sample.from_frame(rows, weight="w", replicates=replicates("Fay", mse=False))
    with pytest.raises(ThuisError, match="16 of 32 replicate weights leave a term"):
        made.glm("y ~ x + few")
