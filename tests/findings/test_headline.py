"""Headlines say which answer holds for which position, and what only the number of tests removes."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from thuis.errors import ThuisError
from thuis.findings import paradox as module
from thuis.findings.margins import Margin
from thuis.findings.paradox import Answer, Paradox, _answer, _answered, answer_about
from thuis.findings.paradox_words import fact, headline
from thuis.language.headlines import WORDS, length
from thuis.project import load_project
from thuis.project.battery import Battery
from thuis.project.model import Indicator

ALPHA = 0.05


def text(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def outcome(**given: Any) -> Indicator:
    base = {
        "id": "exclusion",
        "theme": "t",
        "title": text("Uitsluiting", "Exclusion"),
        "measures": text("x", "x"),
        "kind": "proportion",
        "variable": "answer",
        "share": ["yes"],
        "polarity": "lower-is-better",
        "question": {"1": text("x", "x")},
        "breakdowns": ["total"],
    }
    return Indicator.model_validate({**base, **given})


def battery(**given: Any) -> Battery:
    def position(id_: str, nl: str, en: str) -> dict[str, Any]:
        titles = {"title": text(nl, en), "high_title": text(nl, en)}
        titles["low_title"] = text(
            f"niet-{nl}", en.replace(" in ", " out of ").replace(" with ", " without ")
        )
        return {"id": id_, "breakdown": id_, "high": ["high"], "low": ["low"], **titles}

    base = {
        "title": text("x", "x"),
        "description": text("x", "x"),
        "wave": "1",
        "figure": {"group": "g", "line": "work", "position": "exclusion", "exclusion": "exclusion"},
        "positions": [
            position("work", "werkenden", "people in work"),
            position("school", "hoogopgeleiden", "graduates"),
            position("born", "hier geborenen", "people born here"),
        ],
        "outcomes": [{"indicator": "exclusion"}],
    }
    return Battery.model_validate({**base, **given}, context={"languages": ("nl", "en")})


def margin(estimate: float, half: float, p: float) -> Margin:
    return Margin(estimate, half / 2, 900.0, estimate - half, estimate + half, p, 200, 200)


def found(*differences: tuple[float, float, float], asked: Battery | None = None) -> tuple[Battery, Paradox]:
    asked = asked or battery()
    tests = [
        module.Test(position, asked.outcomes[0], outcome(), margin(*each), margin(*each))
        for position, each in zip(asked.positions, differences, strict=True)
    ]
    answered = _answered(tests, asked, ALPHA)
    return asked, Paradox(tuple(answered), (), answer_about(answered, asked.outcomes[0], ALPHA))


def test_where_positions_differ_the_headline_says_which_is_which() -> None:
    asked, result = found((12.0, 4.0, 1e-6), (-6.0, 5.0, 0.2), (4.0, 6.0, 0.2))
    assert result.answer == "cannot-tell"
    said = headline(asked, result, asked.outcomes[0], outcome())
    assert said["en"] == "People in work reported more exclusion in 1; not shown for others"
    assert said["nl"] == "Werkenden melden in 1 vaker uitsluiting; verder niet aangetoond"


@pytest.mark.parametrize(
    ("differences", "answer", "en", "nl"),
    [
        ([(9.0, 3.0, 1e-6)] * 3, "seen", "mostly reported more", "Werkenden, hoogopgeleiden en hier"),
        ([(-4.0, 3.0, 0.3)] * 3, "not-seen", "did not report more", "niet meer uitsluiting"),
        ([(2.0, 9.0, 0.6)] * 3, "cannot-tell", "cannot show", "toont het niet"),
    ],
)
def test_one_answer_for_all_positions(
    differences: list[tuple[float, float, float]], answer: Answer, en: str, nl: str
) -> None:
    asked, result = found(*differences)
    assert result.answer == answer
    said = headline(asked, result, asked.outcomes[0], outcome())
    assert en in said["en"]
    assert nl in said["nl"]


SAYS = text("{who} worden {often} nagewezen", "{who} are pointed at {often}")


@pytest.mark.parametrize(
    ("differences", "exclusion", "en", "nl"),
    [
        (
            [(9.0, 3.0, 1e-6)] * 3,
            "higher",
            "People who are better placed are pointed at more often",
            "Werkenden, hoogopgeleiden en hier geborenen worden vaker nagewezen",
        ),
        (
            [(-9.0, 3.0, 1e-6)] * 2 + [(1.0, 9.0, 0.8)],
            "lower",
            "People in work and graduates are pointed at less often",
            "Werkenden en hoogopgeleiden worden minder vaak nagewezen",
        ),
        (
            [(9.0, 3.0, 1e-6), (1.0, 9.0, 0.8), (1.0, 9.0, 0.8)],
            "higher",
            "People in work are pointed at more often; not shown for others",
            "Werkenden worden vaker nagewezen; verder niet aangetoond",
        ),
        (
            [(-4.0, 3.0, 0.3)] * 3,
            "higher",
            "People who are better placed did not report more exclusion in 1",
            "Wie er beter voor staat, meldde in 1 niet meer uitsluiting",
        ),
    ],
)
def test_what_is_shown_is_said_in_the_clause_of_the_indicator(
    differences: list[tuple[float, float, float]], exclusion: str, en: str, nl: str
) -> None:
    asked = battery(outcomes=[{"indicator": "exclusion", "exclusion": exclusion}])
    _, result = found(*differences, asked=asked)
    said = headline(asked, result, asked.outcomes[0], outcome(says=SAYS))
    assert (said["en"], said["nl"]) == (en, nl)
    assert all(length(each) <= WORDS for each in said.values())


@pytest.mark.parametrize(
    ("raw", "adjusted", "en"),
    [
        (
            (12.0, 4.0, 1e-6),
            (9.0, 3.0, 1e-6),
            "People in work are pointed at more often than people out of work: 12.0 percentage points. "
            "Taking sex into account: 9.0 percentage points, between 6.0 and 12.0.",
        ),
        (
            (-2.0, 4.0, 0.4),
            (9.0, 3.0, 1e-6),
            "People in work are pointed at more often than people out of work, taking sex into account: "
            "9.0 percentage points. The difference lies between 6.0 and 12.0.",
        ),
        (
            (-12.0, 4.0, 1e-6),
            (-9.0, 3.0, 1e-6),
            "People in work are pointed at less often than people out of work: 12.0 percentage points. "
            "Taking sex into account: 9.0 percentage points, between 6.0 and 12.0.",
        ),
    ],
)
def test_a_fact_is_a_sentence_about_people(
    raw: tuple[float, float, float], adjusted: tuple[float, float, float], en: str
) -> None:
    asked = battery(controls=[{"breakdown": "sex", "title": text("geslacht", "sex")}])
    test = module.Test(
        asked.positions[0],
        asked.outcomes[0],
        outcome(says=SAYS),
        margin(*raw),
        margin(*adjusted),
        controls=asked.controls,
    )
    assert fact(replace(test, p=adjusted[2]), "2020", ALPHA)["en"] == en


def test_a_difference_that_only_the_number_of_tests_removes_is_called_possible_chance() -> None:
    _, result = found((7.5, 6.9, 0.03), (1.0, 9.0, 0.8), (2.0, 9.0, 0.7))
    test = result.tests[0]
    assert test.p == pytest.approx(0.09)
    said = fact(test, "2020", ALPHA)
    assert said["en"] == (
        "Exclusion: no difference shown between people in work and people out of work; with this many tests "
        "it may be chance. Measured: +7.5 percentage points, between 0.6 and 14.4."
    )
    assert (
        "bij zoveel toetsen kan dit toeval zijn. Gemeten: +7,5 procentpunt, tussen 0,6 en 14,4." in said["nl"]
    )
    assert "chance" not in fact(result.tests[1], "2020", ALPHA)["en"]


def test_a_margin_in_the_unit_of_the_outcome() -> None:
    asked = battery(outcomes=[{"indicator": "exclusion", "margin": 0.3}])
    mean = outcome(kind="mean", share=None, scale=[0, 10], unit=text("punten", "points"), variable="score")
    narrow = margin(0.1, 0.15, 0.2)
    assert _answer(narrow, 0.2, asked.outcomes[0], asked, ALPHA) == "not-seen"
    assert _answer(margin(0.1, 0.25, 0.4), 0.4, asked.outcomes[0], asked, ALPHA) == "cannot-tell"
    _, result = found(*[(-0.4, 0.3, 0.2)] * 3, asked=asked)
    said = headline(asked, result, asked.outcomes[0], mean)
    assert "did not report more exclusion" in said["en"]
    assert "meldde in 1 niet meer uitsluiting" in said["nl"]


def test_another_outcome_is_named_before_its_answer() -> None:
    asked, result = found(*[(9.0, 3.0, 1e-6)] * 3)
    other = asked.model_copy(update={"outcomes": (asked.outcomes[0].model_copy(update={"margin": 1.0}),)})
    assert headline(other, result, asked.outcomes[0], outcome())["en"].startswith("Exclusion: ")


def test_towards_exclusion_counts_downwards_where_a_low_score_is_exclusion() -> None:
    asked = battery(outcomes=[{"indicator": "exclusion", "exclusion": "lower"}])
    _, result = found(*[(-9.0, 3.0, 1e-6)] * 3, asked=asked)
    assert result.answer == "seen"
    assert result.tests[0].towards_exclusion == 9.0
    _, reverse = found((9.0, 3.0, 1e-6), (-9.0, 3.0, 1e-6), (-9.0, 3.0, 1e-6), asked=asked)
    assert reverse.answer == "cannot-tell", "one position points the other way"
    assert math.isnan(replace(result.tests[0], adjusted=None).towards_exclusion)


def test_a_mean_without_a_margin_of_its_own_is_told(root: Path, tmp_path: Path) -> None:
    import shutil

    skip = shutil.ignore_patterns("public", ".thuis", "data", "synthesis", "*.geojson")
    folder = tmp_path / "demo"
    shutil.copytree(root / "examples/nederland", folder, ignore=skip)
    asked = folder / "findings.yaml"
    content = asked.read_text("utf-8").split("\nmaps:")[0]
    changed = content.replace("indicator: feels-at-home, ", "indicator: belonging-to-the-netherlands, ")
    assert changed != content
    asked.write_text(changed, "utf-8")
    with pytest.raises(ThuisError, match="has no margin of its own"):
        load_project(folder)
