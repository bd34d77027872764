"""Pooled estimates against R mitools 2.4: survey_imputation.R wrote survey_imputation.csv."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Estimates, Sample, combined

DATA = Path(__file__).parent / "data"


def results(df: float | str = "design") -> list[Estimates]:
    rows = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    gap = pl.col("y").is_null()
    number = gap.cum_sum()
    found = []
    for k in range(1, 5):
        filled = rows.with_columns(y=pl.when(gap).then(80 + (number * (6 + k)) % 17).otherwise("y"))
        sample = Sample.from_frame(filled, weight="w", strata="stratum", psu="psu", nest=True)
        found.append(sample.mean("y", by="race", df=df))
    return found


def test_equals_r() -> None:
    pooled = combined(results(float("inf")))
    expected = pl.read_csv(DATA / "survey_imputation.csv")
    for name in ("estimate", "se", "df"):
        assert np.allclose(pooled.frame[name], expected[name], rtol=1e-8), name
    matrix = pooled.covariance()
    assert np.allclose(np.sqrt(np.diag(matrix)), pooled.frame["se"], rtol=1e-10)
    single = matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1]
    assert pooled.differences([(0, 1)])["se"].item() ** 2 == pytest.approx(single, rel=1e-9)


def test_degrees_of_freedom_by_hand() -> None:
    tables = results()
    pooled = combined(tables)
    values, variances = ([each.frame[name][0] for each in tables] for name in ("estimate", "se"))
    within = sum(v**2 for v in variances) / 4
    between = 5 / 4 * sum((v - sum(values) / 4) ** 2 for v in values) / 3
    share, complete = between / (within + between), tables[0].df
    observed = (complete + 1) / (complete + 3) * complete * (1 - share)
    assert pooled.frame["df"][0] == pytest.approx(1 / (share**2 / 3 + 1 / observed), rel=1e-10)


def test_tables_that_do_not_fit() -> None:
    one = results()[0]
    with pytest.raises(ThuisError, match="two or more"):
        combined([one])
    rows = pl.DataFrame({"y": [1.0, 2.0], "w": [1.0, 1.0]})
    with pytest.raises(ThuisError, match="other rows"):
        combined([one, Sample.from_frame(rows, weight="w").mean("y")])
