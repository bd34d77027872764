"""Calibrated weights against R survey 4.1: survey_calibration.R wrote survey_calibration.csv."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Mean, Proportion, Ratio, Sample, Total

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(
    DATA / "survey_calibration.csv", null_values=["NA"], schema_overrides={"cell": pl.String}
)
DESIGNS = {"psu": {"strata": "stratum", "psu": "psu", "nest": True}, "row": {"strata": "stratum"}}


def totals(what: str) -> dict[int, float]:
    rows = EXPECTED.filter(pl.col("case") == "totals", pl.col("what") == what)
    return dict(zip(rows["cell"].cast(pl.Int64).to_list(), rows["estimate"].to_list(), strict=True))


def sample(units: str) -> Sample:
    rows = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    return Sample.from_frame(rows.with_columns(pl.col("x").fill_null(60.0)), weight="w", **DESIGNS[units])


def calibrated(case: str) -> Sample:
    kind, units = case.split()
    if kind == "post":
        return sample(units).poststratify("sex", totals("sex"))
    if kind == "rake":
        return sample(units).rake({"sex": totals("sex"), "race": totals("race")})
    x = EXPECTED.filter(pl.col("case") == "totals", pl.col("what") == "x")["estimate"].item()
    return sample(units).calibrate({"sex": totals("sex")}, {"x": x})


@pytest.mark.parametrize("units", DESIGNS)
@pytest.mark.parametrize("kind", ["post", "rake", "greg"])
def test_equals_r(kind: str, units: str) -> None:
    case = f"{kind} {units}"
    result = calibrated(case).tabulate(
        [
            Mean("y", "mean"),
            Total("x", "total"),
            Proportion("b", name="share"),
            Ratio("y", "x", "ratio"),
            Mean("x"),
        ],
        [(), ("race",)],
    )
    frame = result.frame.with_row_index("row")
    for row in EXPECTED.filter(pl.col("case") == case).iter_rows(named=True):
        if row["what"] == "covariance":
            i, j = frame.filter(pl.col("measure") == "mean(x)", pl.col("by") == ["race"])["row"].to_list()[:2]
            size = result.frame["se"][i] * result.frame["se"][j]
            matrix = result.covariance([i, j])
            assert matrix[0, 1] == pytest.approx(row["estimate"], rel=1e-7, abs=1e-8 * size)
            assert matrix[0, 0] ** 0.5 == pytest.approx(result.frame["se"][i], rel=1e-10)
            variance = matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1]
            assert result.differences([(i, j)])["se"].item() ** 2 == pytest.approx(variance, rel=1e-9)
            continue
        inside = row["cell"] != "all"
        cell = frame.filter(pl.col("measure") == row["what"], pl.col("by") == (["race"] if inside else []))
        cell = cell.filter(pl.col("race") == int(row["cell"])) if inside else cell
        for name in ("estimate", "se"):
            # What was calibrated varies by rounding only.
            nothing = 1e-12 * row["estimate"] if name == "se" else 0.0
            assert cell[name].item() == pytest.approx(row[name], rel=1e-7, abs=nothing), (name, row)


def test_what_was_calibrated_has_no_variance() -> None:
    found = calibrated("post psu").total(by="sex").frame
    assert found["estimate"].to_list() == pytest.approx(list(totals("sex").values()), rel=1e-12)
    assert max(found["se"]) < 1e-6 * min(found["estimate"])


def test_totals_that_do_not_fit() -> None:
    with pytest.raises(ThuisError, match="which has no total"):
        sample("psu").poststratify("sex", {1: 10})
    with pytest.raises(ThuisError, match="is in no row"):
        sample("psu").poststratify("sex", {**totals("sex"), 99: 10})
    with pytest.raises(ThuisError, match="cannot be made to agree"):
        sample("psu").rake({"sex": totals("sex"), "race": {k: 2 * v for k, v in totals("race").items()}})
    with pytest.raises(ThuisError, match="once"):
        calibrated("post psu").poststratify("sex", totals("sex"))
