"""What holds for every design: no answer depends on how a file is written, and domains are subpopulations."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thuis.survey import Estimates, Mean, Proportion, Ratio, Sample, Total

MEASURES = [Mean("y"), Total("y"), Total(), Ratio("y", "x"), Proportion("b")]
BY = [(), ("g",), ("g", "estimates")]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    """Small files with gaps, zero weights, one-cell groups and values of any size."""
    n = draw(st.integers(8, 40))
    seed = draw(st.integers(0, 2**32 - 1))
    size = draw(st.sampled_from([1e-6, 1.0, 1e6]))
    rng = np.random.default_rng(seed)
    none = draw(st.floats(0, 0.5))

    def gaps(values: Any) -> pl.Series:
        return pl.Series([None if rng.random() < none else v for v in values.tolist()], strict=False)

    return pl.DataFrame(
        {
            "h": rng.integers(0, 2, n),
            "p": np.arange(n) % 4,
            "w": np.where(rng.random(n) < 0.1, 0.0, rng.uniform(0.5, 4, n) * size)
            + size * (np.arange(n) == 0),
            "y": gaps(rng.normal(3, 1, n) * size).cast(pl.Float64),
            "x": rng.uniform(1, 2, n),
            "b": gaps(rng.integers(0, 2, n)).cast(pl.Int64),
            "g": gaps(rng.choice(["a", "b", "'"], n)).cast(pl.String),
            "estimates": rng.integers(0, 2, n),
        }
    )


def tables(frame: pl.DataFrame, psu: str | None) -> Estimates:
    sample = Sample.from_frame(frame, weight="w", strata="h", psu=psu, nest=psu is not None, lonely="adjust")
    return sample.tabulate(MEASURES, BY)


def numbers(result: Estimates, *names: str) -> dict[str, Any]:
    return {
        name: result.frame[name].cast(pl.Float64).fill_null(-9.0).to_numpy()
        for name in names or ("estimate", "se")
    }


def close(one: Estimates, other: Estimates, factor: Any = 1.0) -> None:
    a, b = numbers(one), numbers(other)
    scale = np.abs(a["estimate"]) + np.abs(a["se"]) + 1e-300
    for name in a:
        known = a[name] != -9.0
        assert (known == (b[name] != -9.0)).all(), name
        assert np.all(np.abs(a[name] * factor - b[name])[known] <= 2e-7 * (scale * factor)[known]), name


PSUS = st.sampled_from(["p", None])


@FEW
@given(frames(), PSUS, st.integers(0, 10**6))
def test_order_of_rows(frame: pl.DataFrame, psu: str | None, seed: int) -> None:
    close(tables(frame, psu), tables(frame.sample(fraction=1, shuffle=True, seed=seed), psu))


@FEW
@given(frames(), PSUS, st.sampled_from([1e-3, 7.0, 1e5]))
def test_scale_of_weights(frame: pl.DataFrame, psu: str | None, factor: float) -> None:
    one, other = tables(frame, psu), tables(frame.with_columns(pl.col("w") * factor), psu)
    total = one.frame["measure"].str.starts_with("total").to_numpy()
    close(one, other, np.where(total, factor, 1.0))


@FEW
@given(frames(), PSUS)
def test_a_cell_is_a_subset(frame: pl.DataFrame, psu: str | None) -> None:
    sample = Sample.from_frame(frame, weight="w", strata="h", psu=psu, nest=psu is not None, lonely="adjust")
    whole = sample.tabulate(MEASURES, [("g",)]).frame
    for g in whole["g"].unique().to_list():
        cell, part = whole.filter(pl.col("g") == g), sample.subset(g=g).tabulate(MEASURES).frame
        for name in ("estimate", "se", "n", "lower", "deff_replace"):
            a, b = (each[name].cast(pl.Float64).fill_null(-9.0).to_numpy() for each in (cell, part))
            assert np.allclose(a, b, rtol=1e-9, atol=1e-12), name


@FEW
@given(frames(), PSUS)
def test_covariance_is_symmetric_and_never_negative(frame: pl.DataFrame, psu: str | None) -> None:
    result = tables(frame, psu)
    se = result.frame["se"].fill_null(0.0).to_numpy()
    matrix = result.covariance()
    size = np.outer(se, se)
    assert np.allclose(matrix, matrix.T, rtol=1e-9, atol=1e-12 * size.max())
    assert np.allclose(np.sqrt(np.diag(matrix)), se, rtol=1e-6, atol=1e-9 * se.max())
    known = np.flatnonzero(se > 1e-6 * np.abs(result.frame["estimate"].fill_null(0.0).to_numpy()))
    correlation = matrix[np.ix_(known, known)] / np.outer(se[known], se[known])
    assert not len(known) or np.linalg.eigvalsh(correlation).min() > -1e-5


@FEW
@given(frames())
def test_rows_as_units_are_psus_of_one_row(frame: pl.DataFrame) -> None:
    close(tables(frame, None), tables(frame.with_row_index("row"), "row"))
