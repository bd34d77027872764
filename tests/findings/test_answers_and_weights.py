"""Findings about answers of a set, and about indicators with a weight beside that of the wave."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from support.small import BOTH, project
from thuis.errors import ThuisError
from thuis.findings.ask import findings
from thuis.findings.respondents import read_respondents
from thuis.monitor.estimate import estimate
from thuis.monitor.estimate.fold import put_together
from thuis.project import Project, load_project
from thuis.protect import ProtectionRules, protect, structure_of
from thuis.survey import Sample

HEAD = """theme: t
title: {nl: t, en: t}
measures: {nl: t, en: t}
polarity: neutral
question: {QUESTIONS}
breakdowns: [total, school, [sex, school]]
"""
WORK = f"id: work\nkind: proportion\nvariable: work\nshare: [paid]\n{HEAD}"
OFTEN = """id: often
kind: categories
variable: contact
answers:
  - {id: daily, title: {nl: dagelijks, en: daily}}
  - {id: weekly, title: {nl: wekelijks, en: weekly}}
  - {id: never, title: {nl: nooit, en: never}}
"""
WHERE = """id: where
kind: multiple
answers:
  - {id: street, title: {nl: straat, en: street}, variable: street, codes: ["yes"]}
  - {id: school, title: {nl: school, en: school}, variable: at-school, codes: ["yes"]}
of: everybody
"""
BATTERY = f"""batteries:
  - id: one
    title: {BOTH}
    description: {BOTH}
    wave: "2026"
    figure: {{group: sex, line: school, position: work, exclusion: high}}
    positions:
      - {{id: school, breakdown: school, high: [much], low: [little], title: {BOTH},
         high_title: {BOTH}, low_title: {BOTH}}}
    outcomes: [{{indicator: OUTCOME, exclusion: higher}}]
"""
VARIABLES = (
    'sex: {from: sex, codes: {"1": man, "2": woman}}',
    'school: {from: school, codes: {"1": little, "2": much}}',
    'work: {from: work, codes: {"1": paid, "2": none}}',
    'contact: {from: contact, codes: {"1": daily, "2": weekly, "3": never}}',
    'street: {from: street, codes: {"1": "yes", "0": "no"}}',
    'at-school: {from: atschool, codes: {"1": "yes", "0": "no"}}',
)
DESIGN = "{weight: weight, weights: {late: {weight: late}}}"


def people() -> pl.DataFrame:
    chance = random.Random(7)
    rows = []
    for number in range(2400):
        school = chance.choice([1, 2])
        contact = chance.choices([1, 2, 3], [3, 2, 4] if school == 2 else [2, 2, 4])[0]
        late = round(chance.uniform(0.3, 3), 3) if number % 3 else None
        row = (chance.choice([1, 2]), school, chance.choice([1, 1, 2]), contact)
        where = (int(chance.random() < 0.4), int(chance.random() < 0.5))
        rows.append((*row, *where, round(chance.uniform(0.5, 2), 3), late))
    names = ["sex", "school", "work", "contact", "street", "atschool", "weight", "late"]
    return pl.DataFrame(rows, schema=names, orient="row")


def made(folder: Path, outcome: str, weight: str = "") -> Path:
    own = f"weight: {weight}\n" if weight else ""
    high = f"id: high\nkind: proportion\nvariable: contact\nshare: [daily]\n{own}{HEAD}"
    project(
        folder,
        {"a.csv": people().write_csv().encode()},
        variables=VARIABLES,
        design=DESIGN,
        indicators={"work": WORK, "high": high, "often": OFTEN + own + HEAD, "where": WHERE + own + HEAD},
    )
    text = (folder / "breakdowns" / "sex.yaml").read_text("utf-8").replace("sex", "school")
    text = text.replace("man", "little", 1).replace("[man]", "[little]").replace("woman", "much")
    (folder / "breakdowns" / "school.yaml").write_text(text.replace("id: woman", "id: much"), "utf-8")
    (folder / "findings.yaml").write_text(outcome, "utf-8")
    return folder


def found(loaded: Project) -> list[dict[str, Any]]:
    respondents = read_respondents(loaded)
    rules, structure = ProtectionRules.of(loaded.protection), structure_of(loaded)
    release = put_together(loaded, protect(estimate(loaded, respondents), rules, structure))
    entries: list[dict[str, Any]] = findings(loaded, respondents, release)["findings"]
    return entries


def raw(y: pl.Expr, weight: str, column: str = "school") -> float:
    """By the library: the share of those with much school less that of those with little."""
    rows = people().filter(pl.col(weight).is_not_null()).with_columns(y=y.cast(pl.Float64))
    low, high = Sample.from_frame(rows, weight=weight).mean("y", by=column).frame.sort(column)["estimate"]
    return 100 * float(high - low)


DAILY = pl.col("contact") == 1
ASKED = {
    "one answer": ("often, answers: [daily]", DAILY, "often: daily"),
    "two answers together": (
        "often, answers: [daily, weekly]",
        pl.col("contact") < 3,
        "often: daily, weekly",
    ),
    "an answer of several": ("where, answers: [street]", pl.col("street") == 1, "where: street"),
    "a share": ("high", DAILY, "high"),
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("weight", ["", "late"])
def test_a_battery_gives_the_difference_of_the_library(tmp_path: Path, name: str, weight: str) -> None:
    asked, y, title = ASKED[name]
    entries = found(load_project(made(tmp_path, BATTERY.replace("OUTCOME", asked), weight)))
    row = entries[1]["table"]["rows"][0]
    assert row[0]["en"] == title
    assert row[2] == pytest.approx(raw(y, weight or "weight"), abs=1e-6)
    assert entries[1]["about"][-1] == asked.split(",")[0]


@pytest.mark.parametrize("weight", ["", "late"])
def test_a_split_of_an_answer(tmp_path: Path, weight: str) -> None:
    text = f"""splits:
  - id: by-work
    title: {BOTH}
    wave: "2026"
    indicator: often
    answers: [daily]
    breakdown: school
    first: much
    second: little
    by: [{{variable: work, title: {BOTH}}}]
"""
    (entry,) = found(load_project(made(tmp_path, text, weight)))
    assert entry["table"]["rows"][0][1] == pytest.approx(raw(DAILY, weight or "weight"), abs=1e-6)
    assert entry["about"] == ["often"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("often", "indicator 'often' is a categories: a row per answer"),
        ("where, answers: [street, school]", "expected: one answer"),
        ("often, answers: [dayly]", "did you mean 'daily'|'dayly'"),
        ("high, answers: [daily]", "has no answers to name"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(tmp_path: Path, asked: str, said: str) -> None:
    with pytest.raises(ThuisError, match=said):
        load_project(made(tmp_path, BATTERY.replace("OUTCOME", asked)))


def test_items_of_a_scale_have_one_weight(tmp_path: Path) -> None:
    text = f"""scales:
  - {{id: s, title: {BOTH}, description: {BOTH}, wave: "2026", items: [work, high]}}
"""
    with pytest.raises(ThuisError, match="different weights: 'late' and that of the wave"):
        load_project(made(tmp_path, text, "late"))
