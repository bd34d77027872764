"""The codebook of a monitor: its waves, variables, questions and answers, without a column of any file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thuis.codebook import Category, Texts, Variable
from thuis.codebook.write import Asking, Study, ddi_codebook
from thuis.language import texts
from thuis.project.model import Breakdown, Indicator, Project, Source, Wave


def codebook(project: Project) -> bytes:
    """A project as DDI-Codebook 2.5.

    What a reader may know: harmonised variables with their codes, wordings per wave, who was asked and how,
    and whether answers were weighted. Names of files, of their columns and of the weight are not in it.
    """
    used = {name for wave in project.waves for name in wave.variables}
    return ddi_codebook(
        Study(
            project.title,
            _with(project.description, project.synthetic, project.languages),
            project.publisher.name,
            project.languages,
            project.version,
            project.released,
            project.citation,
            project.licence.title,
            project.licence.url,
            tuple(_round(project, wave) for wave in project.waves),
            project.publisher.email,
            {name: _scale(project, name) for name in sorted(used) if _is_number(project, name)},
        )
    )


def _with(text: Texts, warning: Texts | None, languages: tuple[str, ...]) -> Texts:
    return {each: " ".join(filter(None, (text[each], (warning or {}).get(each)))) for each in languages}


def _round(project: Project, wave: Wave) -> Asking:
    variables = tuple(
        _variable(project, wave, name, source)
        for name, source in wave.variables.items()
        if source is not None
    )
    return Asking(
        wave.id,
        wave.title,
        wave.field.start,
        wave.field.end,
        wave.population,
        wave.mode,
        wave.source,
        {each: _weighting(wave, each) for each in project.languages},
        variables,
    )


def _weighting(wave: Wave, language: str) -> str:
    t = texts("codebook", language)
    design = wave.design
    parts = ["weighted" if design.weight else "unweighted"]
    parts += [key for key in ("strata", "psu", "fpc") if getattr(design, key)]
    return " ".join(t(f"weighting.{each}") for each in parts)


def _variable(project: Project, wave: Wave, name: str, source: Source) -> Variable:
    shown = [each for each in project.indicators if each.variable == name]
    titles = _titles(project, name)
    categories = tuple(Category(code, titles.get(code, {})) for code in dict.fromkeys(source.results))
    return Variable(
        name, _label(project, name, shown), _question(project, wave, shown), _asked_of(shown), categories
    )


def _label(project: Project, name: str, shown: list[Indicator]) -> Texts:
    if shown:
        return shown[0].title
    only = [each for each in project.breakdowns.values() if _about(each) == {name}]
    return only[0].title if len(only) == 1 else {}


def _about(breakdown: Breakdown) -> set[str]:
    return {variable for each in breakdown.categories for variable in each.conditions}


def _question(project: Project, wave: Wave, shown: list[Indicator]) -> Texts:
    for each in shown:
        asked = each.question.get(wave.id)
        if asked is not None:
            return {language: asked.texts[language] for language in project.languages}
    return {}


def _asked_of(shown: list[Indicator]) -> Texts:
    """To whom it was put; a base that an expression makes is one of the figure, not of the question."""
    return next((each.base.text for each in shown if each.base and not each.base.when), {})


def _titles(project: Project, name: str) -> Mapping[str, Texts]:
    """What the codes of a variable are called, where a breakdown has a category of that code alone."""
    return dict(_alone(project, name))


def _alone(project: Project, name: str) -> Iterator[tuple[str, Texts]]:
    for breakdown in project.breakdowns.values():
        for each in breakdown.categories:
            condition = each.conditions.get(name)
            if len(each.conditions) == 1 and isinstance(condition, tuple) and len(condition) == 1:
                yield condition[0], each.title


def _is_number(project: Project, name: str) -> bool:
    return any(source.type == "number" for wave in project.waves if (source := wave.variables.get(name)))


def _scale(project: Project, name: str) -> tuple[float, float] | None:
    scales = [each.scale for each in project.indicators if each.variable == name and each.kind == "mean"]
    ranges = [source.range for wave in project.waves if (source := wave.variables.get(name)) and source.range]
    return next((each for each in (*scales, *ranges) if each), None)
