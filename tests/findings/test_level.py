"""The level of a project is that of its findings, and their p values keep their digits, as figures do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scipy import special

from thuis.findings.ask import findings
from thuis.findings.trends import changes
from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.project.bridges import Bridge
from thuis.project.model import Project
from thuis.protect import ProtectionRules, protect, structure_of
from thuis.read import Microdata, read_waves

LEVEL = 0.90


@pytest.fixture(scope="module")
def demo(root: Path) -> Project:
    project = load_project(root / "examples" / "nederland")
    assert project.questions
    assert project.questions.paradox
    battery = project.questions.paradox
    names = {battery.figure.position, *(each.indicator for each in battery.outcomes)}
    few = tuple(each for each in project.indicators if each.id in names)
    questions = project.questions.model_copy(update={"maps": (), "flows": (), "scales": ()})
    return replace(project, indicators=few, questions=questions)


def with_level(project: Project, level: float, **given: Any) -> Project:
    rules = project.protection.model_copy(update={"level": level})
    settings = project.settings.model_copy(update={"protection": rules, **given})
    return replace(project, settings=settings)


@pytest.fixture(scope="module")
def microdata(demo: Project) -> Microdata:
    return read_waves(demo)


def found(project: Project, microdata: Microdata, level: float) -> dict[str, dict[str, Any]]:
    project = with_level(project, level)
    release = protect(
        estimate(project, microdata), ProtectionRules.of(project.protection), structure_of(project)
    )
    return {each["id"]: each for each in findings(project, microdata, release)["findings"]}


def width(row: list[Any], low: int) -> float:
    return float(row[low + 1] - row[low])


def test_every_finding_has_the_level_of_the_project(demo: Project, microdata: Microdata) -> None:
    narrow, wide = found(demo, microdata, LEVEL), found(demo, microdata, 0.95)
    assert {each["level"] for each in narrow.values()} == {LEVEL}
    assert {each["level"] for each in wide.values()} == {0.95}
    ratio = special.ndtri(0.95) / special.ndtri(0.975)
    for name, low in (
        ("paradox-tests", 4),
        ("discrimination-by-composition", 2),
        ("discrimination-2011-2015", 5),
    ):
        pairs = zip(narrow[name]["table"]["rows"], wide[name]["table"]["rows"], strict=True)
        for one, other in pairs:
            assert width(one, low) == pytest.approx(ratio * width(other, low), rel=2e-3), name
    tested = [
        each
        for group in wide["paradox"]["groups"]
        for kinds in group["differences"].values()
        for each in kinds.values()
    ]
    assert tested
    assert all(0 < each["p"] <= each["p_adjusted"] for each in tested), "a p value is never 0"
    digits = [f"{each['p']:.17g}".partition("e")[0].replace("0.", "").lstrip("0") for each in tested]
    assert max(map(len, digits)) > 8


def test_a_change_recovers_its_degrees_of_freedom_with_the_level_it_was_made_with(demo: Project) -> None:
    project = with_level(demo, LEVEL, samples="panel")
    text = {"nl": "x", "en": "x"}
    asked = Bridge(
        id="b",
        title=text,
        description=text,
        indicator="experienced-discrimination",
        earlier="2011",
        later="2015",
        correction=-1,
        se=1e-6,
        source=text,
    )
    base = {"indicator": asked.indicator, "breakdown": "total", "cell": []}
    cells = [
        {**base, "wave": wave, "estimate": 20.0, "se": 1.0, "df": 30.0, "status": "published"}
        for wave in ("2011", "2015")
    ]
    half = float(special.stdtrit(17.0, (1 + LEVEL) / 2))
    tested = {**base, "type": "wave", "wave": "2015", "other_wave": "2011", "difference": 3.0, "se": 1.0}
    tested |= {"df": None, "lower": 3 - half, "upper": 3 + half, "p": 0.5}
    types = {"cell": pl.List(pl.String), "df": pl.Float64}
    change = changes(
        project,
        asked,
        pl.DataFrame(cells, schema_overrides=types),
        pl.DataFrame([tested], schema_overrides=types),
    )[0]
    assert change.df == pytest.approx(17.0, rel=1e-6)
    assert change.lower == pytest.approx(4 - half, rel=1e-6)
