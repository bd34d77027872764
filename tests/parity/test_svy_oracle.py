"""A second opinion: models and weights against the library svy, on designs that both take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.survey import Sample

svy = pytest.importorskip("svy")
DATA = Path(__file__).parent / "data"
FORMULAS = {
    "gaussian": ("y ~ x + C(race)", "y", ["x", "race"]),
    "binomial": ("b ~ x + C(race)", "b", ["x", "race"]),
    "poisson": ("b ~ x + C(race)", "b", ["x", "race"]),
}


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    rows = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    return rows.drop_nulls(["x", "y", "b", "race", "sex"]).with_columns(pl.col("w", "x").cast(pl.Float64))


@pytest.fixture(scope="module")
def ours(rows: pl.DataFrame) -> Sample:
    return Sample.from_frame(rows, weight="w", strata="stratum", psu="psu", nest=True)


@pytest.fixture(scope="module")
def theirs(rows: pl.DataFrame) -> Any:
    rows = rows.with_columns(psu=pl.concat_str("stratum", "psu", separator="-"))
    return svy.Sample(rows, svy.Design(wgt="w", stratum="stratum", psu="psu"))


@pytest.mark.parametrize("family", FORMULAS)
def test_models(ours: Sample, theirs: Any, family: str) -> None:
    formula, outcome, names = FORMULAS[family]
    model = ours.glm(formula, family=family)
    fit = theirs.glm.fit(outcome, x=[names[0], svy.Cat(names[1])], family=family)
    found, other = model.coefficients.frame, fit.to_polars()
    assert found["estimate"].to_list() == pytest.approx(other["estimate"].to_list(), rel=1e-6)
    assert found["se"].to_list() == pytest.approx(other["std_err"].to_list(), rel=1e-6)
    margins, their = model.margins("race").frame, fit.margins(variables=["race"]).to_polars()
    assert margins["estimate"].to_list() == pytest.approx(their["margin"].to_list(), rel=1e-6)
    assert margins["se"].to_list() == pytest.approx(their["se"].to_list(), rel=1e-5)


@pytest.mark.parametrize("kind", ["rake", "poststratify", "calibrate"])
def test_weights(rows: pl.DataFrame, kind: str) -> None:
    plain = Sample.from_frame(rows, weight="w")
    random = np.random.default_rng(3)
    sex, race = (
        {k: float(n) * random.uniform(0.8, 1.2) for k, n in rows.group_by(name).agg(pl.col("w").sum()).rows()}
        for name in ("sex", "race")
    )
    race = {k: n * sum(sex.values()) / sum(race.values()) for k, n in race.items()}
    size = float((rows["w"] * rows["x"]).sum()) * 1.05
    weighting = svy.Sample(rows.with_row_index("row"), svy.Design(wgt="w")).weighting
    if kind == "rake":
        made = plain.rake({"sex": sex, "race": race})
        other = weighting.rake(controls={"sex": sex, "race": race}, wgt_name="new", tol=1e-12, max_iter=1000)
    elif kind == "poststratify":
        made, other = plain.poststratify("sex", sex), weighting.poststratify(sex, cells="sex", wgt_name="new")
    else:
        made = plain.calibrate({"sex": sex}, {"x": size})
        other = weighting.calibrate(controls={svy.Cat("sex"): sex, "x": size}, wgt_name="new")
    column = made.table.dialect.quote(made.weight)
    weight = made.table.query(f"SELECT {column} AS w FROM {made.table.dialect.source}")["w"]
    assert weight.to_list() == pytest.approx(other.data.sort("row")["new"].to_list(), rel=1e-9)
