"""Alpha and the parts of a gap against R: ``svycralpha``, and a jackknife over all respondents."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.findings.decomposition import decompose
from thuis.findings.scales import scale
from thuis.project import load_project
from thuis.read import read_waves
from thuis.survey import Sample

R = Path(__file__).parent / "data" / "findings_parts.csv"


def design(rows: pl.DataFrame) -> Sample:
    return Sample.from_frame(rows, weight="_weight", strata="_stratum")


@pytest.fixture(scope="module")
def people(root: Path) -> pl.DataFrame:
    rows = read_waves(load_project(root / "examples" / "nederland")).of("2020")
    trusts = [
        pl.when(pl.col(f"trust-{each}").is_not_null())
        .then((pl.col(f"trust-{each}") == "trust").cast(pl.Float64))
        .alias(each)
        for each in ("government", "parliament", "police")
    ]
    answer = pl.col("discrimination")
    often = pl.when(answer.is_not_null()).then(answer.is_in(["sometimes", "often"]).cast(pl.Float64))
    return rows.with_columns(*trusts, often.alias("y"))


def r() -> dict[str, tuple[float, float]]:
    table = pl.read_csv(R, null_values="NA", infer_schema_length=None)
    return {name: (value, se) for name, value, se in table.iter_rows()}


def test_alpha_equals_r(people: pl.DataFrame) -> None:
    found = scale(people, ["government", "parliament", "police"], design)
    assert found.alpha == pytest.approx(r()["alpha"][0], abs=1e-10)


def test_the_parts_of_a_gap_equal_r(people: pl.DataFrame) -> None:
    """The jackknife and linearisation agree to 2 % here; estimates are the same to ten decimals."""
    found = decompose(
        people, "y", "by_generation", ("child", "migrant"), ["by_education", "by_sex", "by_age"], design
    )
    parts = {"gap": found.gap, "composition": found.composition, "rest": found.rest}
    parts |= {each.name.removeprefix("by_"): each for each in found.by_variable}
    assert set(parts) == set(r()) - {"alpha"}
    for name, part in parts.items():
        estimate, se = r()[name]
        assert part.estimate == pytest.approx(estimate, abs=1e-10)
        assert part.se == pytest.approx(se, rel=0.02)
