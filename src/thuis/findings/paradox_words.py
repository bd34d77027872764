"""The sentences of the paradox: its headline, a fact for every test, and how it was tested."""

from __future__ import annotations

from collections.abc import Mapping

from thuis.findings.margins import Margin
from thuis.findings.paradox import Paradox, Test
from thuis.findings.words import Num, listed, say
from thuis.project.battery import Battery
from thuis.project.model import Indicator, Project

Text = Mapping[str, str]


def headline(battery: Battery, found: Paradox, outcome: Indicator, controls: Text) -> dict[str, str]:
    """The answer in a sentence; where positions answer differently, which is which."""
    first = [each for each in found.tests if each.outcome == battery.outcomes[0]]
    answers = {each.answer for each in first}
    if found.answer != "cannot-tell" or len(answers) == 1:
        margin = Num(
            battery.margin_of(battery.outcomes[0]), _decimals(battery.margin_of(battery.outcomes[0]))
        )
        return say(
            f"paradox.{found.answer}",
            outcome=outcome.title,
            controls=controls,
            margin=margin,
            unit=unit_of(outcome),
        )
    parts = [
        say(
            f"paradox.mixed-part.{answer}",
            positions=listed([t.position.title for t in first if t.answer == answer]),
        )
        for answer in ("seen", "not-seen", "cannot-tell")
        if answer in answers
    ]
    joined = {language: "; ".join(part[language] for part in parts) for language in parts[0]}
    return say("paradox.mixed", outcome=outcome.title, parts=joined)


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
    base = say("paradox.base", group=left) if battery.leave_out else {"nl": "", "en": ""}
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
    names = {"outcome": test.indicator.title, "position": test.position.title}
    if test.adjusted is None or test.raw is None:
        # Few people, or a withheld cell beside it: which of the two would tell how many people there are.
        why = "withheld" if test.why in ("too-few", "withheld") else "no-model"
        return say(f"paradox.fact.{why}", **names)
    found = test.adjusted
    verdict = verdict_of(found, test.p, alpha)
    decimals = test.indicator.decimals
    ends = (found.lower, found.upper) if verdict != "lower" else (-found.upper, -found.lower)
    chance = verdict == "none" and found.p < alpha
    return say(
        f"paradox.fact.{verdict}{'-many' if chance else ''}",
        gap=Num(found.estimate, decimals, "size" if verdict != "none" else "signed"),
        low=Num(ends[0], decimals),
        high=Num(ends[1], decimals),
        raw=Num(test.raw.estimate, decimals, "size" if verdict != "none" else "signed"),
        unit=unit_of(test.indicator),
        controls=controls,
        **names,
    )


def verdict_of(found: Margin, p: float, alpha: float) -> str:
    """``higher``, ``lower`` or ``none`` (nothing shown)."""
    if not p < alpha:
        return "none"
    return "higher" if found.estimate > 0 else "lower"
