"""The sentences of the paradox: its headline, a fact for every test, and how it was tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thuis.findings.margins import Margin
from thuis.findings.paradox import Paradox, Test, answer_about
from thuis.findings.words import Form, Num, Value, clause, listed, say, sentence, spoken
from thuis.language import LANGUAGES
from thuis.language.clauses import Verdict
from thuis.language.headlines import fitting
from thuis.language.letters import opened
from thuis.project.battery import Battery, Outcome
from thuis.project.model import Indicator, Project

Text = Mapping[str, str]


def headline(battery: Battery, found: Paradox, outcome: Outcome, indicator: Indicator) -> dict[str, str]:
    """The answer about one outcome in a sentence: among whom more exclusion was shown, as was tested.

    With the clause of the indicator where it has one: *Werkenden ervaren vaker discriminatie*. Without it the
    first outcome is what the page is about; another is named before its answer.
    """
    answer = answer_about(found.tests, outcome, 1 - found.level)
    own = [each for each in found.tests if each.outcome == outcome]
    seen = [each.position.high_title for each in own if each.answer == "seen"]
    key = answer if not seen or answer == "seen" else "mixed"
    plain = [say(f"paradox.{key}", positions=listed(seen), wave=battery.wave)]
    plain += [say(f"paradox.{key}-many", wave=battery.wave)] if seen else []
    clauses = _clauses(indicator, outcome, seen, key, every=len(seen) == len(own))
    first = outcome == battery.outcomes[0]
    said = {}
    for language in plain[0]:
        before = "" if first else f"{spoken(indicator.title, language)}: "
        own_words = [each[language] for each in clauses if language in each]
        said[language] = fitting([*own_words, *(before + opened(each[language], language) for each in plain)])
    return said


def _clauses(
    indicator: Indicator, outcome: Outcome, seen: Sequence[Text], key: str, *, every: bool
) -> list[dict[str, str]]:
    """What was shown in the indicator's own clause, the fullest first; nothing where it has none."""
    verdict: Verdict = "higher" if outcome.exclusion == "higher" else "lower"
    named = clause(indicator.says, list(seen), verdict)
    if key != "mixed":
        better = clause(indicator.says, [say("paradox.better")], verdict)
        return [named, better] if every else [named]
    rest = say("paradox.rest")
    return [{language: f"{text}; {rest[language]}" for language, text in named.items()}]


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
    """One test in a sentence: what was shown, or that nothing was, with the margin around it.

    In the clause of the indicator where it has one: *Werkenden ervaren vaker discriminatie dan anderen*.
    """
    names: dict[str, Mapping[str, str] | str] = {
        "outcome": test.indicator.title,
        "position": test.position.title,
        "wave": wave,
        "high": test.position.high_title,
        "low": test.position.low_title,
    }
    if test.adjusted is None or test.raw is None:
        # Few people, or a withheld cell beside it: which of the two would tell how many people there are.
        why = "withheld" if test.why in ("too-few", "withheld") else "no-model"
        return say(f"paradox.fact.{why}", **names)
    shown = verdict_of(test.adjusted, test.p, alpha)
    size: Form = "signed" if shown == "none" else "size"
    turned = (
        shown != "none" and bool(test.controls) and (test.raw.estimate > 0) != (test.adjusted.estimate > 0)
    )
    amounts: dict[str, Value] = {
        "raw": Num(test.raw.estimate, test.indicator.decimals, size),
        "gap": Num(test.adjusted.estimate, test.indicator.decimals, size),
        "unit": unit_of(test.indicator),
    }
    head = _head(test, shown, names, amounts, alpha, turned=turned)
    return sentence(head, _margin(test, shown, amounts, turned=turned))


def _head(
    test: Test,
    shown: str,
    names: Mapping[str, Value],
    amounts: Mapping[str, Value],
    alpha: float,
    *,
    turned: bool,
) -> dict[str, str]:
    """Who differs from whom and how much; what is taken into account is named where it turns that round."""
    if shown == "none":
        chance = test.adjusted is not None and test.adjusted.p < alpha
        return say(f"paradox.fact.none{'-many' if chance else ''}", **names)
    form = "-turned" if turned else ""
    values = {**names, **amounts, "controls": listed([each.title for each in test.controls])}
    plain = say(f"paradox.fact.{shown}{form}", **values)
    verdict: Verdict = "higher" if shown == "higher" else "lower"
    clauses = clause(test.indicator.says, [test.position.high_title], verdict)
    worded = say(f"paradox.fact.clause{form}", clause=clauses, **values) if clauses else {}
    return {language: worded[language] if language in clauses else text for language, text in plain.items()}


def _margin(test: Test, shown: str, amounts: Mapping[str, Value], *, turned: bool) -> dict[str, str]:
    """What is left with other things equal, and the interval."""
    found = test.adjusted
    if found is None:
        return {}
    ends = (found.lower, found.upper) if shown != "lower" else (-found.upper, -found.lower)
    low, high = (Num(each, test.indicator.decimals) for each in ends)
    alone = "none-alone" if shown == "none" else "alone"
    return say(
        f"paradox.fact.{alone if turned or not test.controls else 'adjusted'}",
        low=low,
        high=high,
        controls=listed([each.title for each in test.controls]),
        **amounts,
    )


def verdict_of(found: Margin, p: float, alpha: float) -> str:
    """``higher``, ``lower`` or ``none`` (nothing shown)."""
    if not p < alpha:
        return "none"
    return "higher" if found.estimate > 0 else "lower"
