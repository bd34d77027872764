"""Several batteries, on one wave or on each in turn; a page says what is about its own indicator and wave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from thuis.contract.finding import Finding
from thuis.errors import ThuisError
from thuis.findings.ask import findings
from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.project.battery import Battery, Questions
from thuis.project.model import Project
from thuis.protect import ProtectionRules, protect, structure_of
from thuis.read import read_waves

LANGUAGES = {"languages": ("nl", "en")}


def side(breakdown: str, high: str, low: str) -> dict[str, Any]:
    texts = {name: {"nl": breakdown, "en": breakdown} for name in ("title", "high_title", "low_title")}
    return {"id": breakdown, "breakdown": breakdown, "high": [high], "low": [low], **texts}


def battery(**given: Any) -> Battery:
    base = {
        "title": {"nl": "Paradox", "en": "Paradox"},
        "description": {"nl": "x", "en": "x"},
        "wave": "2020",
        "figure": {
            "group": "origin",
            "line": "generation",
            "position": "paid-work",
            "exclusion": "experienced-discrimination",
        },
        "leave_out": ["no-migration"],
        "positions": [side("generation", "child", "migrant")],
        "outcomes": [
            {"indicator": "experienced-discrimination"},
            {"indicator": "trust-in-parliament", "exclusion": "lower"},
        ],
    }
    return Battery.model_validate(base | given, context=LANGUAGES)


@pytest.fixture(scope="module")
def demo(root: Path) -> Project:
    project = load_project(root / "examples" / "nederland")
    names = {"paid-work", "experienced-discrimination", "trust-in-parliament"}
    few = tuple(each for each in project.indicators if each.id in names)
    controls = [{"breakdown": "sex", "title": {"nl": "geslacht", "en": "sex"}}]
    held = battery(id="held", wave="2020", controls=controls)
    questions = Questions(batteries=(battery(id="alone", wave="each"), held))
    return replace(project, indicators=few, questions=questions)


@pytest.fixture(scope="module")
def entries(demo: Project) -> dict[str, dict[str, Any]]:
    microdata = read_waves(demo)
    release = protect(estimate(demo, microdata), ProtectionRules.of(demo.protection), structure_of(demo))
    return {each["id"]: each for each in findings(demo, microdata, release)["findings"]}


def said_in(entry: dict[str, Any], language: str) -> list[str]:
    every = [entry["sentence"], *entry["said"].values(), *entry["facts"]]
    return [each[language] for each in every]


def test_each_wave_has_its_page_and_no_sentence_names_another(entries: dict[str, dict[str, Any]]) -> None:
    waves = {each["wave"] for id_, each in entries.items() if id_.startswith("alone-")}
    assert len(waves) > 1
    assert {"held", "held-tests"} < set(entries)
    for id_, entry in entries.items():
        Finding.model_validate(entry)
        for language in ("nl", "en"):
            for sentence in said_in(entry, language):
                assert not any(other in sentence for other in waves - {entry["wave"]}), (id_, sentence)


def test_without_controls_nothing_is_said_to_be_held_equal(entries: dict[str, dict[str, Any]]) -> None:
    for id_, entry in entries.items():
        words = " ".join([*said_in(entry, "en"), entry["method"]["en"]])
        dutch = " ".join([*said_in(entry, "nl"), entry["method"]["nl"]])
        if id_.startswith("alone"):
            assert "held equal" not in words.replace("nothing is held equal", "")
            assert "bij gelijke" not in dutch
            assert "  " not in words
            kinds = [set(d) for group in entry.get("groups", ()) for d in group["differences"].values()]
            assert all(each == {"raw"} for each in kinds)
        else:
            assert "taking sex into account" in words
            assert "bij gelijke geslacht" in dutch


def test_a_page_tells_about_its_own_indicator(entries: dict[str, dict[str, Any]], demo: Project) -> None:
    titles = {each.id: each.title["en"] for each in demo.indicators}
    for entry in entries.values():
        assert set(entry["said"]) == {"experienced-discrimination", "trust-in-parliament"}
        for id_, text in entry["said"].items():
            about = {"experienced-discrimination": "discrimination", "trust-in-parliament": "trust"}
            assert [each for each, word in about.items() if word in text["en"].lower()] == [id_], text
            assert not any(other in text["en"] for name, other in titles.items() if name != id_)


def checked(project: Path, text: str) -> ThuisError:
    (project / "findings.yaml").write_text(text, "utf-8")
    with pytest.raises(ThuisError) as error:
        load_project(project)
    return error.value


def test_position_and_exclusion_are_two_things(project: Path) -> None:
    words = "{nl: x, en: x}"
    titles = f"title: {words}, high_title: {words}, low_title: {words}"
    asked = f"""batteries:
  - id: one
    title: {words}
    description: {words}
    wave: each
    figure: {{group: sex, line: sex, position: trust, exclusion: trust}}
    positions:
      - {{id: trust, variable: trust, high: [can], low: [cannot], {titles}}}
    outcomes: [{{indicator: trust}}]
  - id: one
    title: {words}
    description: {words}
    wave: '1999'
    figure: {{group: sex, line: sex, position: trust, exclusion: trust}}
    positions:
      - {{id: sex, breakdown: sex, high: [man], low: [woman], {titles}}}
    outcomes: [{{indicator: trust}}]
"""
    problems = [str(each) for each in checked(project, asked).problems]
    for message in (
        "position and exclusion are both 'trust'",
        "two batteries have the id 'one'",
        "unknown wave '1999'",
    ):
        assert any(message in each for each in problems), problems
    assert all("findings.yaml:" in each for each in problems)
