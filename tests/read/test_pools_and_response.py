"""Pooled waves, response by stratum, categories by expression, and what may be wrong with totals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from support.kinds import HEAD, every_kind, people
from support.small import BOTH, project, table
from thuis.audit import attack, read
from thuis.errors import ThuisError
from thuis.findings.respondents import read_respondents
from thuis.monitor.estimate import estimate
from thuis.monitor.explain import explain
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.read import read_waves
from thuis.read.response import non_response, response_remarks
from thuis.survey import Sample

POOL = 'id: both\ntitle: {nl: b, en: b}\npools: ["2021", "2026"]\n'


def pooled(folder: Path, n: int, more: str = "", **given: object) -> Path:
    made = every_kind(folder, n, **given)
    (made / "waves" / "both.yaml").write_text(POOL + more)
    path = made / "thuis.yaml"
    path.write_text(path.read_text().replace("waves: [", "waves: [both, "))
    return made


def stacked(n: int) -> pl.DataFrame:
    frames = []
    for year in (2021, 2026):
        rows = [[None if each == "" else float(each) for each in row] for row in people(n, year)]  # type: ignore[arg-type]
        frames.append(
            pl.DataFrame(rows, schema=HEAD.split(","), orient="row").with_columns(year=pl.lit(year))
        )
    return pl.concat(frames)


def test_a_pooled_wave_is_a_sample_with_its_parts_as_strata(tmp_path: Path) -> None:
    loaded = load_project(pooled(tmp_path, 400))
    cells = estimate(loaded, read_respondents(loaded)).cells.filter(pl.col("wave") == "both")
    rows = stacked(400).with_columns(y=(pl.col("hours") >= 32).cast(pl.Float64))
    right = Sample.from_frame(rows, weight="weight", strata="year").mean("y").frame.row(0, named=True)
    found = cells.filter(pl.col("indicator") == "long-hours", pl.col("breakdown") == "total").row(
        0, named=True
    )
    assert found["estimate"] == pytest.approx(100 * right["estimate"], rel=1e-10)
    assert found["se"] == pytest.approx(100 * right["se"], rel=1e-10)
    assert (found["n"], found["df"]) == (800, right["df"])


def test_parts_may_count_the_same(tmp_path: Path) -> None:
    loaded = load_project(pooled(tmp_path, 300, "equal: true\nvariables: [hours]\n"))
    frame = read_respondents(loaded).of("both")
    half = frame.height // 2
    assert frame["_weight"][:half].sum() == pytest.approx(frame["_weight"][half:].sum())


def test_nothing_is_compared_with_a_wave_that_holds_it(tmp_path: Path) -> None:
    made = pooled(tmp_path, 300, "variables: [hours]\n")
    build(made, pages=False)
    found = json.loads((made / "public/data/figures/long-hours/total.json").read_text())
    assert found["waves"] == ["both", "2021", "2026"]
    assert [(each["wave"], each["other_wave"]) for each in found["comparisons"]] == [("2026", "2021")]
    other = json.loads((made / "public/data/figures/income/total.json").read_text())
    assert other["waves"] == ["2021", "2026"]
    assert json.loads((made / "public/data/monitor.json").read_text())["waves"][0]["pools"] == [
        "2021",
        "2026",
    ]
    (cell,) = explain(made, "long-hours/total", wave="both").cells
    assert cell.lines[-1].endswith("equal to what is published")


@pytest.mark.parametrize("n", [104, 150])
def test_a_pooled_wave_gives_no_part_away(tmp_path: Path, n: int) -> None:
    made = pooled(tmp_path, n)
    build(made, pages=False)
    published = read(made / "public")
    assert not attack(published)
    cells: dict[tuple[str, str, tuple[str, ...]], Any] = {
        (figure.id, wave, key): cell
        for figure in published.figures
        for (wave, key), cell in figure.cells.items()
    }
    for (id_, wave, key), cell in cells.items():
        if wave == "both" and cell["status"] == "published":
            parts = [cells[id_, year, key]["status"] for year in ("2021", "2026")]
            assert parts.count("withheld") != 1, (id_, key)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("variables: [nonsense]\n", "did not ask 'nonsense'"),
        ('pools: ["2021"]\n', "two waves or more"),
        ('pools: ["2021", "2020"]\n', "unknown wave '2020'"),
        ('pools: ["2021", "2021"]\n', "pooled twice"),
    ],
)
def test_bad_pools_are_named(tmp_path: Path, more: str, said: str) -> None:
    made = pooled(tmp_path, 60)
    text = POOL if more.startswith("variables") else POOL.rsplit("pools", 1)[0]
    (made / "waves" / "both.yaml").write_text(text + more)
    with pytest.raises(ThuisError) as error:
        load_project(made)
    assert said in str(error.value)


def test_waves_are_pooled_over_a_break_only_with_a_reason(tmp_path: Path) -> None:
    made = pooled(tmp_path, 60)
    path = made / "waves" / "2026.yaml"
    path.write_text(path.read_text() + f"breaks: [{{kind: mode, text: {BOTH}}}]\n")
    with pytest.raises(ThuisError, match="within the pool"):
        load_project(made)
    (made / "waves" / "both.yaml").write_text(POOL + "despite: {nl: omdat, en: because}\n")
    assert load_project(made).wave("both").population["en"] == "x. because"


def test_response_is_counted_by_stratum(tmp_path: Path) -> None:
    rows = [
        (
            i,
            1 + i % 2,
            1 + (i % 7) % 2,
            1.0,
            "a" if i <= 200 else "b",
            int(i % 4 != 0 if i <= 200 else i % 4 == 0),
        )
        for i in range(1, 401)
    ]
    made = project(
        tmp_path,
        {"a.csv": table(rows, "id,sex,trust,weight,region,outcome")},
        design="{weight: weight, strata: region, response: {column: outcome, codes: [1]}}",
    )
    loaded = load_project(made)
    found = read_waves(loaded)
    assert found.n == {"2026": 200}
    sample = non_response(loaded, found).filter(pl.col("of") == "sample")
    assert sample.select("stratum", "asked", "answered").rows() == [("a", 200, 150), ("b", 200, 50)]
    said = next(response_remarks(loaded, found))
    assert said == "wave 2026: 200 of 400 who were approached answered (50.0 %)"
    build(made, pages=False)
    assert (made / ".thuis/audit/non-response.csv").is_file()
    assert not list((made / "public").rglob("*non-response*"))


@pytest.mark.parametrize(
    ("margins", "said"),
    [
        ("margin,category,total\nsexe,man,5\n", "unknown margin 'sexe'"),
        ("margin,category,total\nsex,man,5\n", "are in 'woman' of 'sex', which has no total"),
        (
            "margin,category,total\nsex,man,5\nsex,woman,5\nsex,other,2\n",
            "is in 'other' of 'sex'",
        ),
        ("margin,category,total\nsex,man,five\nsex,woman,5\n", "'five' is no total"),
        ("margin,category,total\nsex,man,5\nsex,man,5\nsex,woman,5\n", "stands twice"),
        ("margin,category,total\nsex,man,5\nsex,woman,5\ntrust,can,5\ntrust,cannot,6\n", "add up to 11"),
        ("margin,category\nsex,man\n", "the cell is empty"),
        ("margin,category,total\n", "no totals to agree with"),
    ],
)
def test_bad_totals_are_named(tmp_path: Path, margins: str, said: str) -> None:
    rows = [(i, 1 + i % 2, 1 + (i % 7) % 2, 1.0) for i in range(1, 241)]
    made = project(
        tmp_path,
        {"a.csv": table(rows)},
        design="{weight: weight, calibrate: {margins: margins.csv}}",
    )
    (made / "margins.csv").write_text(margins)
    with pytest.raises(ThuisError) as error:
        read_respondents(load_project(made))
    assert said in str(error.value)


def test_who_has_no_category_is_counted(tmp_path: Path) -> None:
    rows = [(i, 1 + i % 2 if i > 7 else "", 1 + (i % 7) % 2, 1.0) for i in range(1, 241)]
    made = project(
        tmp_path,
        {"a.csv": table(rows)},
        design="{weight: weight, calibrate: {margins: margins.csv}}",
    )
    (made / "margins.csv").write_text("margin,category,share\nsex,man,0.5\nsex,woman,0.5\n")
    with pytest.raises(ThuisError, match="7 respondents of wave '2026' have no category of 'sex'"):
        read_respondents(load_project(made))


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("{weight: weight, replicates: {columns: r*}, psu: id}", "replicate weights are the design"),
        ("{weight: weight, replicates: {columns: r*}}", "unknown column 'r*'"),
        ("{weight: weight, psu: [id, sex], strata: sex}", "population sizes for 2 stages"),
        ("{weight: weight, psu: id, later_strata: [sex]}", "later stages"),
        ("{weight: weight, calibrate: {margins: ../m.csv}}", "stands outside the project folder"),
        ("{weight: weight, calibrate: {margins: m.csv}}", "cannot be read"),
        ("{weight: weight, response: {column: nope, codes: [1]}}", "unknown column 'nope'"),
    ],
)
def test_bad_designs_are_named(tmp_path: Path, design: str, said: str) -> None:
    rows = [(i, 1 + i % 2, 1 + (i % 7) % 2, 1.0) for i in range(1, 241)]
    made = project(tmp_path, {"a.csv": table(rows)}, design=design)
    with pytest.raises(ThuisError) as error:
        read_respondents(load_project(made))
    assert said in str(error.value)


def expressed(folder: Path, when: str) -> Path:
    made = every_kind(folder, 300)
    (made / "breakdowns" / "sex.yaml").write_text(
        f"id: sex\ntitle: {BOTH}\ndescription: {BOTH}\nsource: {BOTH}\norder: [woman, man]\ncategories:\n"
        f'  - {{id: man, title: {{nl: m, en: m}}, when: "{when}"}}\n'
        f"  - {{id: woman, title: {{nl: w, en: w}}, when: \"sex == 'woman'\"}}\n"
    )
    return made


def test_categories_by_expression_in_an_order_of_their_own(tmp_path: Path) -> None:
    made = expressed(tmp_path, "sex == 'man' and hours >= 10")
    frame = read_waves(load_project(made)).frame
    right = (frame["sex"] == "man") & (frame["hours"] >= 10)
    assert (frame["by_sex"] == "man").fill_null(value=False).to_list() == right.to_list()
    build(made, pages=False)
    found = json.loads((made / "public/data/figures/long-hours/sex.json").read_text())
    assert [each["id"] for each in found["dimensions"][0]["categories"]] == ["woman", "man"]
    assert "sex == 'man' and hours >= 10" in explain(made, "long-hours/sex").text()


def test_a_wrong_expression_is_told_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(ThuisError) as error:
        load_project(expressed(tmp_path, "sexe == 'man'"))
    assert "breakdowns/sex.yaml:7:" in str(error.value)
    assert "did you mean 'sex'?" in str(error.value)
