"""The sentences of the paradox: its headline, a fact for every test, and how it was tested."""

from __future__ import annotations

from collections.abc import Mapping

from thuis.findings.margins import Margin
from thuis.findings.paradox import Paradox, Test
from thuis.findings.words import Form, Num, listed, say
from thuis.language import LANGUAGES
from thuis.language.headlines import fitting
from thuis.project.battery import Battery
from thuis.project.model import Indicator, Project

Text = Mapping[str, str]


def headline(battery: Battery, found: Paradox) -> dict[str, str]:
    """The answer in a sentence: among whom more exclusion was shown, as far as it was tested."""
    first = [each for each in found.tests if each.outcome == battery.outcomes[0]]
    seen = [each.position.high_title for each in first if each.answer == "seen"]
    if not seen:
        return say(f"paradox.{'cannot-tell' if found.answer == 'seen' else found.answer}")
    key = "seen" if found.answer == "seen" else "mixed"
    named, brief = say(f"paradox.{key}", positions=listed(seen)), say(f"paradox.{key}-many")
    return {language: fitting((named[language], brief[language])) for language in named}


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


def method(project: Project, battery: Battery, found: Paradox, controls: Text) -> dict[str, str]:
    """How the battery was tested, and whom it leaves out."""
    group = project.breakdowns[battery.figure.group]
    left = listed([each.title for each in group.categories if each.id in battery.leave_out])
    base = say("paradox.base", group=left) if battery.leave_out else dict.fromkeys(LANGUAGES, "")
    return say(
        "paradox.method",
        controls=controls,
        tests=len(found.tests),
        margins=_margins(project, battery),
        base=base,
    )


def unit_of(indicator: Indicator) -> Text:
    """What differences of an indicator are counted in."""
    return say("points") if indicator.kind == "proportion" else dict(indicator.unit or say("units"))


def fact(test: Test, controls: Text, alpha: float) -> dict[str, str]:
    """One test in a sentence: what was shown, or that nothing was."""
    names: dict[str, Text] = {
        "outcome": test.indicator.title,
        "high": test.position.high_title,
        "low": test.position.low_title,
    }
    if test.adjusted is None or test.raw is None:
        return say(f"paradox.fact.{test.why if test.why in ('too-few', 'withheld') else 'no-model'}", **names)
    found = test.adjusted
    verdict = verdict_of(found, test.p, alpha)
    decimals = test.indicator.decimals
    ends = (found.lower, found.upper) if verdict != "lower" else (-found.upper, -found.lower)
    key = f"none{'-many' if found.p < alpha else ''}" if verdict == "none" else verdict
    if verdict != "none" and (test.raw.estimate > 0) != (found.estimate > 0):
        key = f"turned-{verdict}"
    form: Form = "signed" if verdict == "none" else "size"
    return say(
        f"paradox.fact.{key}",
        gap=Num(found.estimate, decimals, form),
        lower=Num(ends[0], decimals),
        upper=Num(ends[1], decimals),
        raw=Num(test.raw.estimate, decimals, form),
        unit=unit_of(test.indicator),
        controls=controls,
        **names,
    )


def verdict_of(found: Margin, p: float, alpha: float) -> str:
    """``higher``, ``lower`` or ``none`` (nothing shown)."""
    if not p < alpha:
        return "none"
    return "higher" if found.estimate > 0 else "lower"
