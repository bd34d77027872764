"""Pooled waves with replicate weights against R survey 4.1 (pooled_replicates.R)."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from support.small import project
from thuis.errors import ThuisError
from thuis.findings.respondents import read_respondents
from thuis.monitor.estimate import estimate
from thuis.project import load_project

DATA = Path(__file__).parent / "data"
BOTH = "{nl: x, en: x}"
MEAN = f"""id: y
theme: t
title: {BOTH}
measures: {BOTH}
kind: mean
variable: y
scale: [0, 5000]
unit: {BOTH}
polarity: neutral
question: {{QUESTIONS}}
breakdowns: [total, sex]
"""
FAY = "{weight: w, replicates: {columns: 'r[0-9]*', method: Fay, rho: 0.3}}"
BOOTSTRAP = "{weight: w, replicates: {columns: 'r[0-9]*', method: bootstrap}}"
CASES = {
    "fay and bootstrap": ("bootstrap", BOOTSTRAP, False),
    "fay and itself, equal": ("brr", FAY, True),
}


def made(folder: Path, later: str, design: str, *, equal: bool) -> Path:
    frames = {
        each: pl.read_csv(DATA / f"{each}.csv", null_values="NA", infer_schema_length=None)
        for each in ("brr", later)
    }
    second = frames[later][100:].with_columns(w=2 * pl.col("w")) if later == "brr" else frames[later]
    files = {"a.csv": frames["brr"].write_csv().encode(), "b.csv": second.write_csv().encode()}
    project(
        folder,
        files,
        waves={"2020": "a.csv", "2024": "b.csv"},
        design=FAY,
        variables=("y: {from: y, type: number}", 'sex: {from: g, codes: {"0": s1, "1": s2, "2": s3}}'),
        indicators={"y": MEAN},
    )
    last = folder / "waves" / "2024.yaml"
    last.write_text(last.read_text("utf-8").replace(FAY, design), "utf-8")
    text = f'id: both\ntitle: {BOTH}\npools: ["2020", "2024"]\nequal: {str(equal).lower()}\n'
    (folder / "waves" / "both.yaml").write_text(text, "utf-8")
    categories = "".join(
        f"  - {{id: s{k}, title: {{nl: s{k}, en: s{k}}}, when: {{sex: [s{k}]}}}}\n" for k in (1, 2, 3)
    )
    (folder / "breakdowns" / "sex.yaml").write_text(
        f"id: sex\ntitle: {BOTH}\ndescription: {BOTH}\nsource: {BOTH}\ncategories:\n{categories}", "utf-8"
    )
    settings = folder / "thuis.yaml"
    settings.write_text(settings.read_text("utf-8").replace("waves: [", "waves: [both, "), "utf-8")
    return folder


@pytest.mark.parametrize("case", CASES)
def test_equals_r(case: str, tmp_path: Path) -> None:
    later, design, equal = CASES[case]
    loaded = load_project(made(tmp_path, later, design, equal=equal))
    cells = estimate(loaded, read_respondents(loaded)).cells
    found = {
        "".join(row["cell"]).removeprefix("s") or "total": row
        for row in cells.filter(pl.col("wave") == "both").iter_rows(named=True)
    }
    expected = pl.read_csv(DATA / "pooled_replicates.csv", null_values="NA").filter(pl.col("case") == case)
    assert expected.height == 4
    for row in expected.iter_rows(named=True):
        assert found[row["cell"]]["estimate"] == pytest.approx(row["estimate"], rel=1e-8)
        assert found[row["cell"]]["se"] == pytest.approx(row["se"], rel=1e-8)
        if row["df"] is not None:
            assert found[row["cell"]]["df"] == row["df"]


def test_the_parts_are_as_they_were(tmp_path: Path) -> None:
    folder = made(tmp_path / "p", "bootstrap", BOOTSTRAP, equal=False)
    loaded = load_project(folder)
    with_pool = estimate(loaded, read_respondents(loaded)).cells.filter(pl.col("wave") != "both")
    (folder / "waves" / "both.yaml").unlink()
    settings = folder / "thuis.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[both, ", "["), "utf-8")
    alone = load_project(folder)
    without = estimate(alone, read_respondents(alone)).cells
    assert with_pool.select("estimate", "se", "df").equals(without.select("estimate", "se", "df"))


def test_replicates_and_strata_are_not_pooled(tmp_path: Path) -> None:
    folder = made(tmp_path, "bootstrap", "{weight: w}", equal=False)
    with pytest.raises(ThuisError, match="wave '2024' has no replicate weights, and another part has"):
        load_project(folder)
