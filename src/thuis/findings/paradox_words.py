"""The sentences of the paradox: its headline, a fact for every test, and how it was tested."""

from __future__ import annotations

from collections.abc import Mapping

from thuis.findings.margins import Margin
from thuis.findings.paradox import Paradox, Test, answer_about
from thuis.findings.words import Num, listed, say, spoken
from thuis.language import LANGUAGES
from thuis.language.headlines import fitting
from thuis.language.letters import opened
from thuis.project.battery import Battery, Outcome
from thuis.project.model import Indicator, Project

Text = Mapping[str, str]


def headline(battery: Battery, found: Paradox, outcome: Outcome, indicator: Indicator) -> dict[str, str]:
    """The answer about one outcome in a sentence: among whom more exclusion was shown, as was tested.

    The first outcome is what the page is about; another is named before its answer.
    """
    answer = answer_about(found.tests, outcome, 1 - found.level)
    own = [each for each in found.tests if each.outcome == outcome]
    seen = [each.position.high_title for each in own if each.answer == "seen"]
    if seen:
        key = "seen" if answer == "seen" else "mixed"
        named = say(f"paradox.{key}", positions=listed(seen), wave=battery.wave)
        brief = say(f"paradox.{key}-many", wave=battery.wave)
        said = {language: fitting((opened(named[language], language), brief[language])) for language in named}
    else:
        said = say(f"paradox.{answer}", wave=battery.wave)
    if outcome == battery.outcomes[0]:
        return said
    return {language: f"{spoken(indicator.title, language)}: {text}" for language, text in said.items()}


def _decimals(value: float) -> int:
    """The decimals a declared number was written with, two at most."""
    return next((places for places in (0, 1) if round(value, places) == value), 2)


def _margins(project: Project, battery: Battery) -> dict[str, str]:
    """``3 percentage points or 0.3 points``: every margin of the battery once."""
    named = {
        (battery.margin_of(each), tuple(unit_of(project.indicator(each.indicator)).items()))
        for each in battery.outcomes
    }
    said = [
        {language: f"{Num(value, _decimals(value)).text(language)} {unit}" for language, unit in units}
        for value, units in sorted(named)
    ]
    return listed(said, "or")


def method(project: Project, battery: Battery, found: Paradox) -> dict[str, str]:
    """How the battery was tested, and whom it leaves out."""
    group = project.breakdowns[battery.figure.group]
    left = listed([each.title for each in group.categories if each.id in battery.leave_out])
    base = say("paradox.base", group=left) if battery.leave_out else dict.fromkeys(LANGUAGES, "")
    return say(
        "paradox.method" if battery.controls else "paradox.method-alone",
        controls=listed([each.title for each in battery.controls]),
        tests=len(found.tests),
        margins=_margins(project, battery),
        base=base,
    )


def unit_of(indicator: Indicator) -> Text:
    """What differences of an indicator are counted in."""
    return say("points") if indicator.percentage else dict(indicator.unit or say("units"))


def fact(test: Test, wave: str, alpha: float) -> dict[str, str]:
    """One test in a sentence: what was shown, or that nothing was."""
    names: dict[str, Mapping[str, str] | str] = {
        "outcome": test.indicator.title,
        "position": test.position.title,
        "wave": wave,
    }
    if test.adjusted is None or test.raw is None:
        # Few people, or a withheld cell beside it: which of the two would tell how many people there are.
        why = "withheld" if test.why in ("too-few", "withheld") else "no-model"
        return say(f"paradox.fact.{why}", **names)
    found = test.adjusted
    verdict = verdict_of(found, test.p, alpha)
    decimals = test.indicator.decimals
    ends = (found.lower, found.upper) if verdict != "lower" else (-found.upper, -found.lower)
    chance = verdict == "none" and found.p < alpha
    turned = verdict != "none" and bool(test.controls) and (test.raw.estimate > 0) != (found.estimate > 0)
    return say(
        f"paradox.fact.{'turned-' if turned else ''}{verdict}{'-many' if chance else ''}"
        f"{'' if test.controls else '-alone'}",
        gap=Num(found.estimate, decimals, "size" if verdict != "none" else "signed"),
        low=Num(ends[0], decimals),
        high=Num(ends[1], decimals),
        raw=Num(test.raw.estimate, decimals, "size" if verdict != "none" else "signed"),
        unit=unit_of(test.indicator),
        controls=listed([each.title for each in test.controls]),
        **names,
    )


def verdict_of(found: Margin, p: float, alpha: float) -> str:
    """``higher``, ``lower`` or ``none`` (nothing shown)."""
    if not p < alpha:
        return "none"
    return "higher" if found.estimate > 0 else "lower"
