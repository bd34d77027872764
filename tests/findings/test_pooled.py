"""A battery on a wave that pools two others, with a top box and a base among its indicators."""

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
from thuis.project import load_project
from thuis.protect import ProtectionRules, protect, structure_of
from thuis.survey import Sample

INDICATOR = """id: {id}
theme: t
title: {{nl: {id}, en: {id}}}
measures: {{nl: t, en: t}}
kind: proportion
variable: {variable}
{more}
polarity: neutral
question: {{QUESTIONS}}
breakdowns: [total, sex, [sex, school]]
"""
BATTERY = f"""batteries:
  - id: one
    title: {BOTH}
    description: {BOTH}
    wave: both
    figure: {{group: sex, line: school, position: work, exclusion: high}}
    positions:
      - {{id: school, breakdown: school, high: [much], low: [little], title: {BOTH},
         high_title: {BOTH}, low_title: {BOTH}}}
    outcomes: [{{indicator: high, exclusion: higher}}]
"""
VARIABLES = (
    'sex: {from: sex, codes: {"1": man, "2": woman}}',
    'school: {from: school, codes: {"1": little, "2": much}}',
    'work: {from: work, codes: {"1": paid, "2": none}}',
    "score: {from: score, type: number, range: [0, 10]}",
)


def people(year: int) -> pl.DataFrame:
    chance = random.Random(year)
    rows = []
    for _ in range(900):
        school = chance.choice([1, 2])
        score = min(10, max(0, round(chance.gauss(5 + 1.5 * (school == 2), 2.5))))
        work = 1 if chance.random() < 0.7 else 2
        rows.append((chance.choice([1, 2]), school, work, score, round(chance.uniform(0.5, 2), 3), year))
    return pl.DataFrame(rows, schema=["sex", "school", "work", "score", "weight", "year"], orient="row")


def made(folder: Path, battery: str = BATTERY) -> Path:
    indicators = {
        "work": INDICATOR.format(id="work", variable="work", more="share: [paid]"),
        "high": INDICATOR.format(
            id="high",
            variable="score",
            more=f"share: {{from: 8}}\nbase: {{when: \"work == 'paid'\", text: {BOTH}}}",
        ),
    }
    project(
        folder,
        {f"{year}.csv": people(year).drop("year").write_csv().encode() for year in (2020, 2022)},
        waves={"2020": "2020.csv", "2022": "2022.csv"},
        variables=VARIABLES,
        indicators=indicators,
    )
    school = (folder / "breakdowns" / "sex.yaml").read_text("utf-8").replace("sex", "school")
    school = school.replace("man", "little", 1).replace("[man]", "[little]").replace("woman", "much")
    school = school.replace("id: woman", "id: much")
    (folder / "breakdowns" / "school.yaml").write_text(school, "utf-8")
    text = f'id: both\ntitle: {BOTH}\npools: ["2020", "2022"]\n'
    (folder / "waves" / "both.yaml").write_text(text, "utf-8")
    settings = folder / "thuis.yaml"
    settings.write_text(settings.read_text("utf-8").replace("waves: [", "waves: [both, "), "utf-8")
    (folder / "findings.yaml").write_text(battery, "utf-8")
    return folder


def test_its_difference_is_that_of_the_samples_together(tmp_path: Path) -> None:
    loaded = load_project(made(tmp_path))
    respondents = read_respondents(loaded)
    release = protect(
        estimate(loaded, respondents), ProtectionRules.of(loaded.protection), structure_of(loaded)
    )
    found: list[dict[str, Any]] = findings(loaded, respondents, release)["findings"]
    entry = found[0]
    assert (entry["id"], entry["wave"]) == ("one", "both")
    rows = pl.concat([people(2020), people(2022)]).with_columns(
        high=pl.when(pl.col("work") == 1).then((pl.col("score") >= 8).cast(pl.Float64))
    )
    sample = Sample.from_frame(rows, weight="weight", strata="year")
    for group in entry["groups"]:
        code = {"man": 1, "woman": 2}[group["id"]]
        own = sample.mean("high", by=["sex", "school"]).frame.filter(pl.col("sex") == code).sort("school")
        low, high = own["estimate"].to_list()
        raw = group["differences"]["exclusion"]["raw"]
        assert raw["difference"] == pytest.approx(100 * (high - low), abs=1e-6)


def test_a_kind_that_cannot_be_held_equal_is_refused_in_one_sentence(tmp_path: Path) -> None:
    folder = made(tmp_path)
    median = folder / "indicators" / "high.yaml"
    text = median.read_text("utf-8").replace("kind: proportion", "kind: median")
    text = text.replace("share: {from: 8}", "scale: [0, 10]\nunit: {nl: x, en: x}\nrounding: 1")
    median.write_text(text, "utf-8")
    with pytest.raises(ThuisError, match="indicator 'high' is a median"):
        load_project(folder)
