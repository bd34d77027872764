"""Which differences are tested, how waves are compared, and what a break does."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest
from scipy import stats

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.monitor.estimate import estimate
from thuis.monitor.estimate.pairs import category_pairs
from thuis.monitor.estimate.telling import TELLING
from thuis.project import load_project
from thuis.project.model import Breakdown, Category
from thuis.read import read_waves
from thuis.values import Estimates


@pytest.fixture(scope="module")
def demo() -> Estimates:
    root = Path(__file__).resolve().parents[2]
    project = load_project(root / "examples" / "nederland")
    return estimate(project, read_waves(project))


def cell(estimates: Estimates, indicator: str, wave: str, *ids: str) -> dict[str, float]:
    found = estimates.cells.filter(
        pl.col("indicator") == indicator, pl.col("wave") == wave, pl.col("cell") == list(ids)
    )
    return found.row(0, named=True)


def test_columns_are_those_of_the_contract(demo: Estimates) -> None:
    assert dict(demo.cells.schema) == {**CELL_COLUMNS, **TELLING}
    assert dict(demo.comparisons.schema) == COMPARISON_COLUMNS


def test_waves_are_compared_as_independent_samples(demo: Estimates) -> None:
    """Worked out by hand from the two cells: Welch's standard error and degrees of freedom."""
    row = demo.comparisons.filter(
        pl.col("indicator") == "belonging-to-the-netherlands",
        pl.col("breakdown") == "sex",
        pl.col("type") == "wave",
        pl.col("wave") == "2020",
        pl.col("other_wave") == "2015",
        pl.col("cell") == ["women"],
    ).row(0, named=True)
    now = cell(demo, "belonging-to-the-netherlands", "2020", "women")
    then = cell(demo, "belonging-to-the-netherlands", "2015", "women")
    a, b = now["se"] ** 2, then["se"] ** 2
    df = (a + b) ** 2 / (a**2 / now["df"] + b**2 / then["df"])
    t = (now["estimate"] - then["estimate"]) / math.sqrt(a + b)
    assert row["difference"] == pytest.approx(now["estimate"] - then["estimate"], abs=1e-12)
    assert row["se"] == pytest.approx(math.sqrt(a + b), rel=1e-12)
    assert row["df"] == pytest.approx(df, rel=1e-12)
    assert row["p"] == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-9)


@pytest.mark.parametrize(
    ("indicator", "breakdown", "others"),
    [
        ("dutch-language", "generation", {"migrant"}),
        ("dutch-language", "origin", {"turkish"}),
        ("paid-work", "generation", {"dutch"}),
    ],
)
def test_groups_are_compared_with_each_other_where_their_reference_was_never_asked(
    demo: Estimates, indicator: str, breakdown: str, others: set[str]
) -> None:
    tests = demo.comparisons.filter(
        pl.col("indicator") == indicator, pl.col("breakdown") == breakdown, pl.col("type") == "category"
    )
    assert set(tests["other"].list.first()) == others


def test_a_reference_that_nobody_belongs_to_in_one_wave_is_kept() -> None:
    """That it was empty there may be what the figure withholds."""
    text = {"nl": "x", "en": "x"}
    ids = ("a", "b", "c")
    three = tuple(Category(id=each, title=text, when={"g": [each]}) for each in ids)
    part = Breakdown(id="g", title=text, description=text, source=text, reference="a", categories=three)
    there = [("b",), ("c",)]
    assert category_pairs([part], there, [("a",), *there]) == []
    assert category_pairs([part], there, there) == [(("c",), ("b",))]


def test_a_break_marks_every_comparison_across_it(demo: Estimates) -> None:
    changes = demo.comparisons.filter(
        pl.col("indicator") == "often-discriminated", pl.col("type") == "wave", pl.col("breakdown") == "total"
    )
    assert changes.select("wave", "other_wave", "across_break").rows() == [
        ("2011", "2006", True),
        ("2015", "2011", True),
        ("2020", "2015", True),
        ("2020", "2006", True),
    ]


def test_the_verdict_is_holm_within_the_figure(demo: Estimates) -> None:
    """A p value times the number of tests not yet decided, never below an earlier one."""
    figure = demo.comparisons.filter(
        pl.col("indicator") == "feels-at-home", pl.col("breakdown") == "origin", pl.col("p").is_not_null()
    ).sort("p")
    m, high = figure.height, 0.0
    assert m > 20
    for i, row in enumerate(figure.iter_rows(named=True)):
        high = max(high, min(1.0, (m - i) * row["p"]))
        assert row["p_adjusted"] == pytest.approx(high, rel=1e-12)
        shown = high < 0.05
        expected = ("higher" if row["difference"] > 0 else "lower") if shown else "none"
        assert row["verdict"] == expected


def test_every_comparison_with_the_reference_is_tested(demo: Estimates) -> None:
    rows = demo.comparisons.filter(
        pl.col("indicator") == "trust-in-police",
        pl.col("breakdown") == "origin",
        pl.col("type") == "category",
        pl.col("wave") == "2020",
    )
    assert {each[0] for each in rows["other"].to_list()} == {"no-migration"}
    assert rows.height == 7


def test_a_difference_without_spread_has_no_verdict(project: Path) -> None:
    """Everybody in one group says yes: its share has no standard error, the difference still has."""
    path = project / "data" / "example.csv"
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    rows = [[*row[:3], "yes" if row[1] == "man" else row[3], row[4]] for row in rows[1:]]
    head = "region,sex,born,trust,weight\n"
    path.write_text(head + "\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    loaded = load_project(project)
    found = estimate(loaded, read_waves(loaded))
    man = cell(found, "trust", "2020", "man")
    assert (man["estimate"], man["se"], man["lower"]) == (100.0, 0.0, None)
    row = found.comparisons.filter(pl.col("breakdown") == "sex").row(0, named=True)
    assert row["se"] > 0
    assert row["verdict"] == "lower"
