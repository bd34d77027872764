"""Every kind of indicator from a file to its page: number, protection, sentence and explanation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from support.kinds import HEAD, INDICATORS, every_kind, people
from thuis.audit import attack, read
from thuis.contract.folder import read_folder
from thuis.errors import ThuisError
from thuis.monitor.explain import explain
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.protect.structure import structure_of
from thuis.site.charts.stacked import stacked
from thuis.site.voice import Voice
from thuis.site.words import finding


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = every_kind(tmp_path_factory.mktemp("kinds"))
    build(made, pages=False)
    return made


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    """The last wave, not through any reader of ours; missing is null."""
    names = HEAD.split(",")
    table = [[None if each == "" else float(each) for each in row] for row in people(900, 2026)]  # type: ignore[arg-type]
    return pl.DataFrame(table, schema=names, orient="row")


def cells(folder: Path, figure: str, wave: str = "2026") -> dict[tuple[str, ...], dict[str, Any]]:
    found = json.loads((folder / "public" / "data" / "figures" / f"{figure}.json").read_text())
    return {tuple(each["cell"]): each for each in found["cells"] if each["wave"] == wave}


def share(rows: pl.DataFrame, holds: pl.Expr) -> float:
    return float(
        rows.select(
            100 * pl.col("weight").filter(holds.fill_null(value=False)).sum() / pl.col("weight").sum()
        ).item()
    )


def test_answers_to_one_question_add_up(folder: Path, rows: pl.DataFrame) -> None:
    found = cells(folder, "mood/sex-by-mood-answers")
    women = rows.filter(pl.col("sex") == 2, pl.col("mood").is_not_null())
    for answer, codes in {"bad": [1.0], "so": [2.0], "good": [3.0, 4.0]}.items():
        cell = found["woman", answer]
        assert cell["estimate"] == pytest.approx(share(women, pl.col("mood").is_in(codes)), rel=1e-9)
        assert cell["n"] == women.height
    assert sum(found["woman", each]["estimate"] for each in ("bad", "so", "good")) == pytest.approx(100)


def test_answers_that_go_together_are_of_those_who_gave_any(folder: Path, rows: pl.DataFrame) -> None:
    answered = rows.filter(pl.any_horizontal(pl.col("street", "work", "shop").is_not_null()))
    for name in ("street", "work", "shop"):
        cell = cells(folder, "where/where-answers")[(name,)]
        assert cell["estimate"] == pytest.approx(share(answered, pl.col(name) == 1), rel=1e-9)
        assert cell["n"] == answered.height


def test_answers_in_several_columns_may_be_of_everybody(folder: Path, rows: pl.DataFrame) -> None:
    for code, name in enumerate(("cost", "time", "far"), 1):
        holds = (pl.col("first") == code).fill_null(value=False) | (pl.col("second") == code).fill_null(
            value=False
        )
        cell = cells(folder, "why/why-answers")[(name,)]
        assert cell["estimate"] == pytest.approx(share(rows, holds), rel=1e-9)
        assert cell["n"] == 900


def test_a_total_a_ratio_and_a_top_box(folder: Path, rows: pl.DataFrame) -> None:
    men = rows.filter(pl.col("sex") == 1)
    whole = men.filter(pl.col("work") == 1)["weight"].sum()
    assert cells(folder, "workers/sex")[("man",)]["estimate"] == pytest.approx(whole, rel=1e-9)
    sums = men.select((pl.col("weight") * pl.col(each)).sum().alias(each) for each in ("children", "adults"))
    assert cells(folder, "family/sex")[("man",)]["estimate"] == pytest.approx(
        np.divide(*sums.row(0)), rel=1e-9
    )
    top = share(rows, pl.col("hours") >= 32)
    assert cells(folder, "long-hours/total")[()]["estimate"] == pytest.approx(top, rel=1e-9)


@pytest.mark.parametrize(("name", "part", "step"), [("income", 0.5, 100), ("p90", 0.9, 200)])
def test_a_median_is_rounded_and_so_is_what_goes_with_it(
    folder: Path, rows: pl.DataFrame, name: str, part: float, step: int
) -> None:
    known = rows.drop_nulls("income").sort("income").with_columns(up=pl.col("weight").cum_sum())
    exact = known.filter(pl.col("up") >= part * known["weight"].sum())["income"][0]
    cell = cells(folder, f"{name}/total")[()]
    assert cell["estimate"] == np.floor(exact / step + 0.5) * step
    assert cell["lower"] % step == cell["upper"] % step == 0
    # The standard error tells no more than the published interval does.
    t = (cell["upper"] - cell["lower"]) / (2 * cell["se"])
    assert t == pytest.approx(1.962, abs=2e-3)
    assert not json.loads((folder / "public/data/figures" / name / "total.json").read_text())["comparisons"]


@pytest.mark.parametrize(
    "figure",
    [
        "mood/sex-by-mood-answers",
        "where/where-answers",
        "why/why-answers",
        "income/sex",
        "workers/total",
        "family/sex",
        "long-hours/total",
    ],
)
def test_explain_computes_it_again(folder: Path, figure: str) -> None:
    for each in explain(folder, figure).cells:
        assert each.lines[-1] == "Computed again from the file just now: equal to what is published"


def test_every_kind_is_told_drawn_and_exported(folder: Path) -> None:
    for name in INDICATORS:
        record = json.loads((folder / "public/data/indicators" / f"{name}.json").read_text())
        assert record["facts"], name
    data = read_folder(folder / "public/data")
    voice = Voice("en")
    by_id = {each.id: each for each in data.indicators}
    mood = by_id["mood"].figure("sex-by-mood-answers")
    assert mood is not None
    drawn = stacked(mood, "2026", voice)
    assert drawn is not None
    assert [each.label for each in drawn.stacks] == ["m", "w"]
    assert all(
        sum(part.width for part in each.segments) == pytest.approx(100, abs=0.05) for each in drawn.stacks
    )
    for name in INDICATORS:
        for figure in by_id[name].figures:
            untested = finding(figure, voice) == "Figures of 2026; differences were not tested"
            assert untested == (name in ("income", "p90") and bool(figure.dimensions))
    table = pl.read_csv(folder / "public/data/figures/where/sex-by-where-answers.csv")
    assert {"sex", "where_answers", "where_answers_en", "estimate"} <= set(table.columns)


def test_tests_are_adjusted_for_all_answers_of_a_figure(folder: Path) -> None:
    found = json.loads((folder / "public/data/figures/where/sex-by-where-answers.json").read_text())
    tests = sorted(found["comparisons"], key=lambda each: each["p"])
    assert len(tests) == 12
    assert tests[0]["p_adjusted"] == pytest.approx(min(1.0, 12 * tests[0]["p"]))


@pytest.mark.parametrize("n", [104, 130, 230])
def test_nothing_is_found_by_who_attacks_small_groups(tmp_path: Path, n: int) -> None:
    made = every_kind(tmp_path, n)
    build(made, pages=False)
    assert not attack(read(made / "public"))
    cells_ = [cell for figure in read(made / "public").figures for cell in figure.cells.values()]
    assert any(each["status"] == "withheld" for each in cells_)


def test_what_no_rule_can_argue_is_withheld_together(tmp_path: Path) -> None:
    """Answers of a multiple response bound one another: where one is withheld, all are."""
    made = every_kind(tmp_path, 108)
    build(made, pages=False)
    found = [
        cells(made, f"where/{each}", wave) for each in ("sex-by-where-answers",) for wave in ("2021", "2026")
    ]
    for wave in found:
        for sex in ("man", "woman"):
            assert len({wave[sex, each]["status"] for each in ("street", "work", "shop")}) == 1


def test_shapes_of_one_question_are_of_one_family(folder: Path) -> None:
    shapes = {each.id: each for each in structure_of(load_project(folder)).indicators}
    assert shapes["where@work"].family == shapes["workers"].family
    assert shapes["income"].family == shapes["p90"].family
    assert shapes["where@work"].kind == "answer"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("mood", "codes: [good, great]", "codes: [good]", "is in no answer"),
        ("mood", "id: so,", "id: bad,", "is given twice"),
        ("where", "variable: work,", "variable: wrk,", "unknown variable 'wrk'"),
        ("income", "rounding: 100", "share: [yes]", "a median has no 'share'"),
        ("family", "per: adults\n", "", "needs 'per'"),
        ("workers", "variable: work", "variable: hours", "a total needs a category"),
        ("long-hours", "share: {from: 32}", "share: {from: 32}\namong: [a]", "has no 'among'"),
    ],
)
def test_bad_indicators_are_named(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    made = every_kind(tmp_path, 60)
    path = made / "indicators" / f"{name}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ThuisError) as error:
        load_project(made)
    assert said in str(error.value)
