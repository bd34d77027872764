"""What holds for every design: no answer depends on how a file is written, and domains are subpopulations."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import linalg

from thuis.survey import Estimates, Mean, Measure, Proportion, Ratio, Replicates, Sample, Total

MEASURES: list[Measure] = [Mean("y"), Total("y"), Total(), Ratio("y", "x"), Proportion("b")]
BY = [(), ("g",), ("g", "estimates")]
FEW = settings(max_examples=8, suppress_health_check=list(HealthCheck))


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


def design(source: Any, psu: str | None) -> Sample:
    return Sample.from_frame(source, weight="w", strata="h", psu=psu, nest=psu is not None, lonely="adjust")


def tables(source: Any, psu: str | None) -> Estimates:
    return design(source, psu).tabulate(MEASURES, BY)


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
    sample = design(frame, psu)
    whole = sample.tabulate(MEASURES, [("g",)]).frame
    for g in whole["g"].unique().to_list():
        cell, part = whole.filter(pl.col("g") == g), sample.subset(g=g).tabulate(MEASURES).frame
        for name in ("estimate", "se", "n", "lower", "deff_replace"):
            a, b = (each[name].cast(pl.Float64).fill_null(-9.0).to_numpy() for each in (cell, part))
            # Where nothing varies, what is left is the rounding of the estimate.
            size = 1 + np.abs(cell["estimate"].cast(pl.Float64).fill_null(0.0).to_numpy())
            if name == "deff_replace":
                # How many are in a cell varies over the sample (R: svytotal of a factor), not in the cell.
                a, b = (each[(cell["measure"] != "total").to_numpy()] for each in (a, b))
                size = size[(cell["measure"] != "total").to_numpy()]
            assert np.all(np.abs(a - b) <= 1e-9 * np.abs(b) + 1e-12 * size), name


@FEW
@given(frames(), PSUS)
def test_covariance_is_symmetric_and_never_negative(frame: pl.DataFrame, psu: str | None) -> None:
    valid(tables(frame, psu))


def valid(result: Estimates) -> None:
    """A symmetric matrix, never negative, with the squared standard errors on its diagonal."""
    there = np.flatnonzero(result.frame["estimate"].is_not_null().to_numpy())
    frame = result.frame[there]
    se = frame["se"].fill_null(0.0).to_numpy()
    matrix = result.covariance(there.tolist())
    size = np.outer(se, se)
    assert np.allclose(matrix, matrix.T, rtol=1e-9, atol=1e-12 * size.max())
    assert np.allclose(np.sqrt(np.diag(matrix)), se, rtol=1e-6, atol=1e-9 * se.max())
    known = np.flatnonzero(se > 1e-6 * np.abs(frame["estimate"].to_numpy()))
    correlation = matrix[np.ix_(known, known)] / np.outer(se[known], se[known])
    assert not len(known) or np.linalg.eigvalsh(correlation).min() > -1e-5


@FEW
@given(frames())
def test_rows_as_units_are_psus_of_one_row(frame: pl.DataFrame) -> None:
    close(tables(frame, None), tables(frame.with_row_index("row"), "row"))


@FEW
@given(frames(), PSUS, st.floats(0, 1))
def test_a_file_in_pieces(tmp_path_factory: Any, frame: pl.DataFrame, psu: str | None, where: float) -> None:
    folder = tmp_path_factory.mktemp("pieces")
    at = int(where * frame.height)
    for name, part in (("b", frame[:at]), ("a", frame[at:])):
        part.write_parquet(folder / f"{name}.parquet")
    whole = tables(frame, psu)
    close(whole, tables(folder / "*.parquet", psu))
    close(whole, tables(pl.scan_parquet(folder / "*.parquet"), psu))
    close(whole, tables(pl.concat([frame[at:], frame[:at]]), psu))
    with duckdb.connect() as connection:
        close(whole, tables(connection.read_parquet(str(folder / "*.parquet")), psu))


@FEW
@given(frames(), PSUS, st.integers(0, 10**6))
def test_the_totals_of_two_halves_add_up(frame: pl.DataFrame, psu: str | None, seed: int) -> None:
    half = np.random.default_rng(seed).integers(0, 2, frame.height)
    half[:2] = 0, 1
    frame = frame.with_columns(half=pl.Series(half))
    sample = design(frame, psu)
    asked: list[Measure] = [Total("y"), Total("x"), Total()]
    whole, both = sample.tabulate(asked).frame, sample.tabulate(asked, [("half",)])
    parts = [sample.subset(half=i).tabulate(asked).frame for i in (0, 1)]
    for i, measure in enumerate(asked):
        known = [j for j in (2 * i, 2 * i + 1) if both.frame["estimate"][j] is not None]
        assert sum(each["n"][i] for each in parts) == whole["n"][i]
        if whole["estimate"][i] is None:
            assert not known
            continue
        counted = frame[measure.columns[0]].fill_null(0) if measure.columns else pl.Series([1.0])
        size = float((frame["w"] * counted).abs().sum()) + whole["se"][i]
        assert abs(sum(each["estimate"][i] or 0 for each in parts) - whole["estimate"][i]) <= 1e-12 * size
        assert abs(both.contrast(dict.fromkeys(known, 1.0)).se - whole["se"][i]) <= 2e-7 * size


@FEW
@given(st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(1, 5), st.booleans())
def test_a_jackknife_of_totals_is_linearisation(seed: int, psus: int, strata: int, mse: bool) -> None:
    frame = clustered(seed, psus, strata)
    weights = {}
    for i, (h, p) in enumerate([(h, p) for h in range(strata) for p in range(psus)]):
        inside = (frame["h"] == h).to_numpy()
        out = inside & (frame["p"] == p).to_numpy()
        weights[f"r{i}"] = frame["w"].to_numpy() * np.where(out, 0, np.where(inside, psus / (psus - 1), 1))
    factors = ((psus - 1) / psus,) * len(weights)
    agree(frame, Replicates("r[0-9]*", "JKn", factors=factors, mse=mse), weights)


@FEW
@given(st.integers(0, 2**32 - 1), st.integers(1, 7), st.booleans(), st.sampled_from([0.0, 0.3, 0.5]))
def test_balanced_halves_of_totals_are_linearisation(seed: int, strata: int, mse: bool, rho: float) -> None:
    frame = clustered(seed, 2, strata)
    signs = linalg.hadamard(8)[:, 1 : strata + 1]
    h, p = frame["h"].to_numpy(), frame["p"].to_numpy()
    weights = {
        f"r{i}": frame["w"].to_numpy() * (1 + (1 - rho) * np.where(p == 0, sign[h], -sign[h]))
        for i, sign in enumerate(signs)
    }
    agree(frame, Replicates("r[0-9]*", "Fay", rho=rho, mse=mse), weights)


def clustered(seed: int, psus: int, strata: int) -> pl.DataFrame:
    """A file with as many PSUs in each stratum."""
    rng = np.random.default_rng(seed)
    n = psus * strata * 3
    return pl.DataFrame(
        {
            "h": np.repeat(np.arange(strata), psus * 3),
            "p": np.tile(np.repeat(np.arange(psus), 3), strata),
            "w": rng.uniform(0.5, 4, n),
            "y": [None if rng.random() < 0.2 else v for v in rng.normal(3, 2, n)],
            "g": rng.choice(["a", "b", "c"], n),
        },
        strict=False,
    ).with_columns(pl.col("y").cast(pl.Float64))


def agree(frame: pl.DataFrame, replicates: Replicates, weights: dict[str, Any]) -> None:
    asked: list[Measure] = [Total("y"), Total()]
    linear = Sample.from_frame(frame, weight="w", strata="h", psu="p", nest=True)
    one = linear.tabulate(asked, [(), ("g",)])
    other = Sample.from_frame(frame.with_columns(**weights), weight="w", replicates=replicates).tabulate(
        asked, [(), ("g",)]
    )
    known = np.flatnonzero(one.frame["estimate"].is_not_null().to_numpy()).tolist()
    a, b = one.covariance(known), other.covariance(known)
    assert one.frame["measure"].equals(other.frame["measure"])
    assert np.allclose(a, b, rtol=1e-9, atol=1e-11 * np.abs(a).max())
    pairs = [(i, j) for i in known for j in known if j < i]
    one_se, other_se = (each.differences(pairs)["se"].to_numpy() for each in (one, other))
    assert np.allclose(one_se, other_se, rtol=1e-7, atol=1e-7 * np.sqrt(np.abs(a).max()))


@FEW
@given(frames(), st.sampled_from(["replicates", "stages", "average", "certainty"]), st.integers(0, 10**6))
def test_covariance_of_every_design(frame: pl.DataFrame, kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    options: dict[str, Any] = {"strata": "h", "psu": "p", "nest": True, "lonely": kind}
    if kind == "replicates":
        frame = frame.with_columns(
            pl.Series(f"r{i}", frame["w"].to_numpy() * rng.poisson(1, frame.height)) for i in range(12)
        )
        options = {"replicates": Replicates("r[0-9]*", "bootstrap", mse=bool(seed % 2))}
    elif kind == "stages":
        frame = frame.with_columns(s=pl.Series(rng.integers(0, 3, frame.height)), N=pl.lit(9), M=pl.lit(7))
        options |= {"psu": ["p", "s"], "fpc": ["N", "M"], "lonely": "adjust"}
    valid(Sample.from_frame(frame, weight="w", **options).tabulate(MEASURES, BY))
