"""The paradox is found where it was put in, not where it was not; sentences claim what was tested."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.contract.base import Record
from thuis.errors import ThuisError
from thuis.findings.paradox import Paradox, Shown, paradox
from thuis.monitor.pipeline import figures_of
from thuis.project import load_project
from thuis.project.battery import Battery
from thuis.project.model import Indicator
from thuis.protect import ProtectionRules, telling
from thuis.survey import Sample


def weighted(rows: pl.DataFrame) -> Sample:
    return Sample.from_frame(rows, weight="w")


TEXT = {"nl": "tekst", "en": "text"}


def indicator() -> Indicator:
    return Indicator.model_validate(
        {
            "id": "exclusion",
            "theme": "t",
            "title": TEXT,
            "measures": TEXT,
            "kind": "proportion",
            "variable": "answer",
            "share": ["yes"],
            "polarity": "lower-is-better",
            "question": {"1": TEXT},
            "breakdowns": ["total"],
        }
    )


def battery() -> Battery:
    def position(id_: str) -> dict[str, Any]:
        titles = {"title": TEXT, "high_title": TEXT, "low_title": TEXT}
        return {"id": id_, "breakdown": id_, "high": ["high"], "low": ["low"], **titles}

    figure = {"group": "origin", "line": "generation", "position": "exclusion", "exclusion": "exclusion"}
    return Battery.model_validate(
        {
            "title": TEXT,
            "description": TEXT,
            "wave": "1",
            "figure": figure,
            "positions": [position("generation"), position("education")],
            "outcomes": [{"indicator": "exclusion"}],
            "controls": [{"breakdown": "origin", "title": TEXT}],
            "margin": 5,
        },
        context={"languages": ("nl", "en")},
    )


def people(size: int, effect: float, seed: int) -> pl.DataFrame:
    """Two origin groups, two positions; ``effect`` is what each position adds to the chance."""
    random = np.random.default_rng(seed)
    generation, education = (random.integers(0, 2, size) for _ in range(2))
    origin = random.integers(0, 2, size)
    chance = 0.3 + 0.1 * origin + effect * (generation + education)
    yes = random.random(size) < chance
    side = np.array(["low", "high"])
    return pl.DataFrame(
        {
            "answer": np.where(yes, "yes", "no"),
            "by_generation": side[generation],
            "by_education": side[education],
            "by_origin": np.array(["a", "b"])[origin],
            "w": random.uniform(0.5, 2.0, size),
        }
    )


def answer(size: int, effect: float, seed: int) -> Paradox:
    rows = people(size, effect, seed)
    return paradox(rows, battery(), {"exclusion": indicator()}, {"": weighted}, minimum=50)


def test_found_where_it_was_put_in() -> None:
    found = answer(4000, 0.12, 1)
    assert found.answer == "seen"
    assert [each.answer for each in found.tests] == ["seen", "seen"]
    for test in found.tests:
        assert test.adjusted
        assert test.adjusted.lower < 12 < test.adjusted.upper
    assert {row.group for row in found.rows} == {"a", "b"}


def test_ruled_out_where_it_was_not_put_in_and_the_sample_is_large() -> None:
    found = answer(6000, 0.0, 2)
    assert found.answer == "not-seen"
    assert all(each.answer == "not-seen" for each in found.tests)


def test_reversed_is_not_seen() -> None:
    assert answer(4000, -0.12, 3).answer == "not-seen"


def test_a_small_sample_cannot_tell() -> None:
    assert answer(300, 0.0, 4).answer == "cannot-tell"


def test_false_alarms_stay_below_the_level() -> None:
    """Sixteen samples without effect: at 5 % over the battery, five or more come once in 1,000 times."""
    alarms = sum(any(t.answer == "seen" for t in answer(800, 0.0, seed).tests) for seed in range(100, 116))
    assert alarms < 5


def test_too_few_respondents_give_no_number() -> None:
    rows = people(400, 0.1, 5).with_columns(
        pl.when(pl.int_range(400) < 30).then(pl.lit("high")).otherwise(pl.lit("low")).alias("by_education")
    )
    found = paradox(rows, battery(), {"exclusion": indicator()}, {"": weighted}, minimum=50)
    thin = found.tests[1]
    assert (thin.raw, thin.adjusted, thin.why, thin.answer) == (None, None, "too-few", "cannot-tell")


def test_a_test_beside_a_withheld_cell_is_left_out_and_no_other_depends_on_it() -> None:
    rows = people(4000, 0.12, 1)
    hidden = Shown(frozenset({("exclusion", "education", "low"), ("exclusion", "generation", "other")}))
    found = paradox(rows, battery(), {"exclusion": indicator()}, {"": weighted}, minimum=50, shown=hidden)
    assert [each.why for each in found.tests] == ["", "withheld"]
    assert found.tests[1].raw is found.tests[1].adjusted is None
    kept = found.tests[0]
    assert kept.adjusted
    assert kept.p == kept.adjusted.p, "one published test: nothing to adjust for"


def test_a_side_that_is_alike_is_withheld() -> None:
    rows = people(400, 0.0, 5).with_columns(
        pl.when(pl.col("by_education") == "high").then(pl.lit("no")).otherwise("answer").alias("answer")
    )
    rules = ProtectionRules()
    shown = Shown(telling=lambda n, hits: telling(n, hits, rules) is not None)
    found = paradox(rows, battery(), {"exclusion": indicator()}, {"": weighted}, minimum=50, shown=shown)
    assert [each.why for each in found.tests] == ["", "withheld"]


@pytest.fixture(scope="module")
def demo() -> list[dict[str, Any]]:
    root = Path(__file__).resolve().parents[2]
    project = load_project(root / "examples" / "nederland")
    assert project.questions
    assert project.questions.paradox
    battery = project.questions.paradox
    names = {battery.figure.position, *(each.indicator for each in battery.outcomes)}
    few = tuple(each for each in project.indicators if each.id in names)
    told = figures_of(replace(project, indicators=few)).asked()["findings.json"]
    assert isinstance(told, Record)
    return list(told.plain()["findings"])


def test_the_demo_shows_what_was_put_in(demo: list[dict[str, Any]]) -> None:
    assert demo[0]["answer"] == "seen"
    assert [each["id"] for each in demo[0]["groups"]][:2] == ["turkish", "moroccan"]
    json.dumps(demo, allow_nan=False)


def test_facts_say_the_numbers_and_the_direction(demo: list[dict[str, Any]]) -> None:
    table = demo[1]["table"]["rows"]
    assert len(table) == len(demo[1]["facts"]) == 9
    for row, fact in zip(table, demo[1]["facts"], strict=True):
        adjusted, p = row[3], row[6]
        shown = p.startswith("<") or float(p) < 0.05
        for language, higher, lower, none, comma in (
            ("en", "more often", "less often", "no difference shown", "."),
            ("nl", "vaker", "minder vaak", "geen verschil aangetoond", ","),
        ):
            said = fact[language]
            size = f"{abs(adjusted):.1f}".replace(".", comma)
            assert f"{size} " in said
            assert (none in said) == (not shown)
            assert (higher in said) == (shown and adjusted > 0)
            assert (lower in said) == (shown and adjusted < 0)
            assert shown or row[0][language] in said


def test_a_withheld_cell_takes_its_differences_along(demo: list[dict[str, Any]]) -> None:
    for group in demo[0]["groups"]:
        for side, cells in group["cells"].items():
            if any(cell["status"] != "published" for cell in cells.values()):
                assert side not in group["differences"]
                assert all(cell["estimate"] is None for cell in cells.values() if cell["reason"])


def test_names_in_findings_yaml_must_be_there(project: Path) -> None:
    path = project / "findings.yaml"
    path.write_text(
        "splits:\n  - id: one\n    title: {nl: x, en: x}\n    wave: '2019'\n    indicator: trsut\n"
        "    breakdown: sxe\n    first: man\n    second: woman\n"
        "    by: [{variable: brn, title: {nl: x, en: x}}]\n",
        "utf-8",
    )
    with pytest.raises(ThuisError) as error:
        load_project(project)
    steps = [each.step for each in error.value.problems]
    assert len(steps) == 4
    assert "did you mean 'trust'?" in steps
    assert "did you mean 'sex'?" in steps
    assert "did you mean 'born'?" in steps
    assert all(each.where and each.where.line for each in error.value.problems)
