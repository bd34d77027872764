"""Weights of a project against R survey 4.1 (project_weights.R): calibration, replicates, later strata."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from support.small import project
from thuis.findings.respondents import read_respondents
from thuis.monitor.estimate import estimate
from thuis.project import load_project

DATA = Path(__file__).parent / "data"
EXPECTED = {
    (row["case"], row["cell"]): row
    for row in pl.read_csv(DATA / "project_weights.csv", schema_overrides={"cell": pl.String}).iter_rows(
        named=True
    )
}
BOTH = "{nl: x, en: x}"
MEAN = """id: y
theme: t
title: {nl: y, en: y}
measures: {nl: y, en: y}
kind: mean
variable: y
scale: [0, 500]
unit: {nl: x, en: x}
polarity: neutral
question: {QUESTIONS}
breakdowns: [total, sex]
"""
SEX = (30e6, 28e6, 26e6, 33e6)
RACE = (101e6, 12e6, 4e6)
PSUS = "strata: stratum, psu: psu, weight: w"
FAY = "weight: w, replicates: {columns: 'r[0-9]*', method: Fay, rho: 0.3}"
STAGES = "weight: w, psu: [p, s], strata: h, later_strata: [t], fpc: [N1, N2]"


def calibrated(method: str) -> str:
    return f"calibrate: {{method: {method}, margins: margins.csv}}"


def margins(**totals: tuple[float, ...]) -> str:
    lines = [
        f"{margin},{margin[0]}{at},{total!r}"
        for margin, each in totals.items()
        for at, total in enumerate(each, 1)
    ]
    return "\n".join(["margin,category,total", *lines]) + "\n"


def rows(name: str) -> pl.DataFrame:
    frame = pl.read_csv(DATA / f"{name}.csv", null_values="NA", infer_schema_length=None)
    frame = frame.with_row_index("i", offset=1)
    if name == "brr":
        frame = frame.with_columns(sex=pl.col("g") + 1, race=pl.col("i") // 7 % 3 + 1)
    if name == "stages_strata":
        codes = {g: i for i, g in enumerate(sorted(frame["g"].drop_nulls().unique()), 1)}
        frame = frame.with_columns(sex=pl.col("g").replace_strict(codes, default=None), race=1)
    if name == "nhanes2":
        frame = frame.with_columns(v=pl.when(pl.col("i") % 3 != 0).then(pl.col("w") * (1 + pl.col("i") % 5)))
    return frame


def shared(whole: float, n: int) -> tuple[float, ...]:
    parts = [1 + i / (n - 1) for i in range(n)]
    return tuple(whole * each / sum(parts) for each in parts)


REPLICATED = 3749342.0
CASES = {
    "raked": ("nhanes2", f"{PSUS}, {calibrated('rake')}", margins(sex=SEX, race=RACE)),
    "poststratified": ("nhanes2", f"{PSUS}, {calibrated('poststratify')}", margins(sex=SEX)),
    "linear": ("nhanes2", f"{PSUS}, {calibrated('linear')}", margins(sex=SEX, race=RACE)),
    "named": ("nhanes2", f"{PSUS}, weights: {{v: {{weight: v}}}}", ""),
    "replicates": ("brr", FAY, ""),
    "replicates raked": (
        "brr",
        f"{FAY}, {calibrated('rake')}",
        margins(sex=shared(REPLICATED, 3), race=shared(REPLICATED, 3)),
    ),
    "replicates poststratified": (
        "brr",
        f"{FAY}, {calibrated('poststratify')}",
        margins(sex=shared(REPLICATED, 3)),
    ),
    "later strata": ("stages_strata", STAGES, ""),
}


def made(folder: Path, case: str) -> Path:
    name, design, totals = CASES[case]
    frame = rows(name)
    sexes, races = sorted(frame["sex"].drop_nulls().unique()), sorted(frame["race"].unique())
    codes = {
        each: ", ".join(f'"{k}": {each[0]}{k}' for k in known)
        for each, known in (("sex", sexes), ("race", races))
    }
    project(
        folder,
        {"a.csv": frame.write_csv().encode()},
        design=f"{{{design}}}",
        variables=(
            "y: {from: y, type: number}",
            *(f"{each}: {{from: {each}, codes: {{{mapped}}}}}" for each, mapped in codes.items()),
        ),
        indicators={"y": MEAN + ("weight: v\n" if case == "named" else "")},
    )
    categories = "\n".join(
        f"  - {{id: s{k}, title: {{nl: s{k}, en: s{k}}}, when: {{sex: [s{k}]}}}}" for k in sexes
    )
    (folder / "breakdowns" / "sex.yaml").write_text(
        f"id: sex\ntitle: {BOTH}\ndescription: {BOTH}\nsource: {BOTH}\ncategories:\n{categories}\n"
    )
    (folder / "margins.csv").write_text(totals or "margin,category,total\n")
    return folder


@pytest.mark.parametrize("case", CASES)
def test_equals_r(case: str, tmp_path: Path) -> None:
    loaded = load_project(made(tmp_path, case))
    found = estimate(loaded, read_respondents(loaded))
    cells = {"".join(cell).removeprefix("s") or "total": row for cell, row in zipped(found.cells)}
    for (of, cell), row in EXPECTED.items():
        if of != case or cell == "difference":
            continue
        assert cells[cell]["estimate"] == pytest.approx(row["estimate"], rel=1e-8)
        assert cells[cell]["se"] == pytest.approx(row["se"], rel=1e-8)
        if "replicates" not in case:  # R counts those of a subset
            assert cells[cell]["df"] == row["df"]
    difference = found.comparisons.filter(
        pl.col("cell").list.join("") == "s2", pl.col("other").list.join("") == "s1"
    ).row(0, named=True)
    assert difference["difference"] == pytest.approx(EXPECTED[case, "difference"]["estimate"], rel=1e-8)
    assert difference["se"] == pytest.approx(EXPECTED[case, "difference"]["se"], rel=1e-8)


def zipped(cells: pl.DataFrame) -> list[tuple[list[str], dict[str, float]]]:
    return [(row["cell"], row) for row in cells.iter_rows(named=True)]
