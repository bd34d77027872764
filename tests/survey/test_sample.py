"""Bad input, and the identities that hold for any design."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from thuis import Sample
from thuis.errors import ThuisError
from thuis.survey import Mean, Proportion, Total

ROWS = pl.DataFrame(
    {
        "h": [1, 1, 1, 1, 2, 2, 2, 2],
        "p": [1, 1, 2, 2, 3, 3, 4, 4],
        "w": [1.0, 2, 1, 3, 2, 1, 1, 2],
        "y": [1.0, 3, 2, None, 5, 4, 3, 6],
        "g": ["a", "b", "a", "b", "a", None, "b", "a"],
    }
)


def test_all_faults_of_a_design_at_once() -> None:
    bad = ROWS.with_columns(
        pl.lit(1).alias("p"), pl.when(pl.col("y") == 1).then(-1).otherwise("w").alias("w")
    )
    with pytest.raises(ThuisError) as raised:
        Sample.from_frame(bad, weight="w", strata="h", psu="p")
    text = str(raised.value)
    assert "negative in 1 rows" in text and "more than one stratum" in text and "nest=True" in text


def test_unknown_column_names_the_nearest() -> None:
    with pytest.raises(ThuisError, match="unknown column 'wx'"):
        Sample.from_frame(ROWS, weight="wx")


def test_lonely_psu_is_an_error_unless_a_rule_is_chosen() -> None:
    with pytest.raises(ThuisError, match="has one PSU"):
        Sample.from_frame(ROWS, weight="w", strata="h", psu="h")


def test_fpc_below_the_sample() -> None:
    with pytest.raises(ThuisError, match="below its 2 PSUs"):
        Sample.from_frame(ROWS.with_columns(N=1.5), weight="w", strata="h", psu="p", fpc="N")


@pytest.mark.parametrize("psu", ["p", None])
def test_covariance_is_symmetric_psd_and_holds_the_variances(psu: str | None) -> None:
    sample = Sample.from_frame(ROWS, weight="w", strata="h", psu=psu)
    result = sample.tabulate([Mean("y"), Total("y"), Proportion("g", ("a",))], [(), ("g",)])
    matrix = result.covariance()
    assert np.allclose(matrix, matrix.T)
    assert np.linalg.eigvalsh(matrix).min() > -1e-12
    se = result.frame["se"].fill_null(0.0).to_numpy()
    assert np.allclose(np.diag(matrix), se**2, rtol=1e-10, atol=1e-12)


def test_disjoint_strata_are_uncorrelated() -> None:
    result = Sample.from_frame(ROWS, weight="w", strata="h", psu="p").mean("y", by="h")
    assert result.covariance([0, 1])[0, 1] == 0


@pytest.mark.parametrize("psu", ["p", None])
def test_weight_scale_and_row_order_do_not_matter(psu: str | None) -> None:
    one = Sample.from_frame(ROWS, weight="w", strata="h", psu=psu).mean("y", by="g").frame
    other = ROWS.reverse().with_columns(pl.col("w") * 1000)
    two = Sample.from_frame(other, weight="w", strata="h", psu=psu).mean("y", by="g").frame
    assert np.allclose(one.select("estimate", "se"), two.select("estimate", "se"), rtol=1e-12)


def test_every_kind_of_frame_gives_the_same(tmp_path) -> None:
    ROWS.write_parquet(tmp_path / "rows.parquet")
    frames = [ROWS, ROWS.to_pandas(), ROWS.to_arrow(), tmp_path / "rows.parquet"]
    found = [
        Sample.from_frame(each, weight="w", strata="h", psu="p").mean("y").frame["se"].item()
        for each in frames
    ]
    assert np.allclose(found, found[0], rtol=1e-13)
