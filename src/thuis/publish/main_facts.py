"""The main facts of an indicator: an estimate with its interval, and differences that were tested."""

from __future__ import annotations

from collections.abc import Sequence

from thuis.contract.figure import Change
from thuis.language import texts
from thuis.language.headlines import Named
from thuis.language.sentences import Difference, Measure, change, contrast, estimate, listed
from thuis.project.breakdown import Category
from thuis.project.model import Project
from thuis.publish.figure import Figure, unit_of

MOST = 4
"""Facts a reader is given before the figures."""


def facts(figures: Sequence[Figure], project: Project) -> list[dict[str, str]]:
    """At most :data:`MOST` facts about one indicator, each in every language, in the order of its figures.

    A wave with nothing published gives none: what was withheld is not talked about.
    """
    found: list[dict[str, str]] = []
    for figure in figures:
        fact = _said(figure, project)
        if fact:
            found.append(fact)
    return found[:MOST]


def _said(figure: Figure, project: Project) -> dict[str, str] | None:
    if figure.indicator.set_of_answers:
        return _answers(figure, project) if len(figure.parts) == 1 else None
    return _total(figure, project) if not figure.parts else _contrast(figure, project)


def _answers(figure: Figure, project: Project) -> dict[str, str] | None:
    """Every answer with its share in the last wave, the largest first; nothing is claimed of their order."""
    wave = figure.latest()
    if wave is None:
        return None
    names = {category.id: category for category in figure.parts[0].categories}
    cells = [each for each in figure.cells if each.wave == wave and each.estimate is not None]
    cells.sort(key=lambda each: -(each.estimate or 0.0))
    measure, said = _measure(figure, project), {}
    for lang in project.languages:
        pairs = [
            f"{_name(names[each.key[0]], lang, many=True)} {measure.value(each.estimate or 0.0, lang)}"
            for each in cells
        ]
        said[lang] = texts("sentences", lang)("answers", wave=wave, answers=listed(pairs, lang))
    return said


def _measure(figure: Figure, project: Project) -> Measure:
    indicator = figure.indicator
    return Measure(indicator.percentage, indicator.decimals, unit_of(indicator, project))


def _total(figure: Figure, project: Project) -> dict[str, str] | None:
    wave = figure.latest()
    if wave is None:
        return None
    cell = next(each for each in figure.cells if each.wave == wave and each.status == "published")
    measure = _measure(figure, project)
    numbers = (cell.estimate, cell.lower, cell.upper)
    before = _before(figure, wave, [each.id for each in project.waves])
    said = {}
    for lang in project.languages:
        said[lang] = estimate(wave, numbers, measure, lang)
        if before:
            said[lang] += " " + change(before.other_wave, _difference(before, figure, project), measure, lang)
    return said


def _before(figure: Figure, wave: str, waves: list[str]) -> Change | None:
    """The test against the nearest earlier wave."""
    tests = [each for each in figure.comparisons if each.type == "wave" and each.wave == wave]
    return max(tests, key=lambda each: waves.index(each.other_wave), default=None)


def _difference(found: Change, figure: Figure, project: Project) -> Difference:
    broken = ""
    if found.across_break:
        waves = [each.id for each in project.waves]
        between = waves[waves.index(found.other_wave) + 1 : waves.index(found.wave) + 1]
        broken = next((each.kind for each in figure.indicator.breaks if each.wave in between), "class")
    return Difference(found.difference, found.verdict, broken)


def _contrast(figure: Figure, project: Project) -> dict[str, str] | None:
    """Who differs from the reference, in the last wave that was published; not for crossings."""
    wave = figure.latest()
    tests = [each for each in figure.comparisons if each.type == "category" and each.wave == wave]
    others = {each.other for each in tests}
    if wave is None or len(figure.parts) != 1 or len(others) != 1:
        return None
    names = {category.id: category for category in figure.parts[0].categories}
    reference = names[next(iter(others))[0]]
    measure = _measure(figure, project)
    said = {}
    for lang in project.languages:
        verdicts: dict[str, list[str]] = {}
        for each in tests:
            verdicts.setdefault(each.verdict, []).append(_name(names[each.key[0]], lang, many=len(tests) > 3))
        said[lang] = contrast(wave, _name(reference, lang), verdicts, measure, lang)
    return said


def _name(category: Category, language: str, *, many: bool = False) -> str:
    """What a group is called inside a sentence; in a long list by its label."""
    people = "" if many else (category.people or {}).get(language, "")
    return Named(category.title[language], people).inside(language)
