"""A base against R: the domain of the whole design, through a project as it is published."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from support.small import TRUST, VARIABLES, project
from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves

DATA = Path(__file__).parent / "data"
BASE = 'base: {when: "age >= 40", text: {nl: 40 en ouder, en: 40 and over}}\n'


def test_a_base_is_the_domain_of_r(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        {"a.csv": (DATA / "base.csv").read_bytes()},
        design="{weight: weight, strata: stratum, psu: psu}",
        variables=(*VARIABLES, "age: {from: age, type: number}"),
        indicators={"trust": TRUST + BASE},
    )
    loaded = load_project(folder)
    cells = estimate(loaded, read_waves(loaded)).cells
    found = {"".join(each["cell"]): each for each in cells.iter_rows(named=True)}
    expected = pl.read_csv(DATA / "base_expected.csv", schema_overrides={"cell": pl.String})
    for row in expected.with_columns(pl.col("cell").fill_null("")).iter_rows(named=True):
        cell = found[row["cell"].strip()]
        assert cell["n"] == row["n"]
        assert cell["estimate"] == pytest.approx(row["estimate"], abs=1e-8)
        assert cell["se"] == pytest.approx(row["se"], abs=1e-8)
