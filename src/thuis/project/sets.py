"""Sets of answers: taken apart to be estimated and judged one by one, and put together as one figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from thuis.language import texts
from thuis.project.breakdown import Breakdown, Category
from thuis.project.folder import Project
from thuis.project.indicator import GIVEN, Indicator, Part


def taken_apart(project: Project) -> Project:
    """The project with an indicator for every answer of a set in place of the set."""
    if not any(each.set_of_answers for each in project.indicators):
        return project
    return replace(project, indicators=tuple(part for each in project.indicators for part in parts(each)))


def parts(indicator: Indicator) -> tuple[Indicator, ...]:
    """The answers of a set as shares; any other indicator as it is."""
    if not indicator.set_of_answers:
        return (indicator,)
    # Its texts and names were checked with the set.
    given = {name: getattr(indicator, name) for name in type(indicator).model_fields}
    return tuple(
        Part.model_construct(
            **given
            | {
                "id": part_id(indicator.id, each.id),
                "kind": "proportion",
                "variable": each.variable or indicator.variable,
                "share": GIVEN if indicator.kind == "multiple" else each.counted,
                "answers": (),
                "whole": indicator.id,
                "answer": each.id,
            }
        )
        for each in indicator.answers
    )


def part_id(indicator: str, answer: str) -> str:
    """What an answer of a set is called until it is put together again; no id of a file has its sign.

    >>> part_id("where", "street")
    'where@street'
    """
    return f"{indicator}@{answer}"


def parts_id(indicator: str, answers: Sequence[str]) -> str:
    """What some answers of a set are called together; without answers, the indicator itself.

    >>> parts_id("where", ["street", "work"]), parts_id("trust", [])
    ('where@street+work', 'trust')
    """
    return part_id(indicator, "+".join(answers)) if answers else indicator


def part_of(indicator: Indicator, answers: Sequence[str]) -> Indicator:
    """The share of some answers of a set, called by its title and theirs."""
    chosen = [each for each in indicator.answers if each.id in answers]
    (first, *_) = parts(indicator.model_copy(update={"answers": tuple(chosen)}))
    title = {
        language: f"{text}: {', '.join(each.title[language] for each in chosen)}"
        for language, text in indicator.title.items()
    }
    share = first.share
    if indicator.kind == "categories":
        share = tuple(code for each in chosen for code in each.counted)
    return first.model_copy(
        update={"id": parts_id(indicator.id, [each.id for each in chosen]), "title": title, "share": share}
    )


def page_of(indicator: Indicator) -> str:
    """The indicator on whose page something is told: of an answer, its set."""
    return indicator.whole if isinstance(indicator, Part) else indicator.id


def dimensions(project: Project) -> Mapping[str, Breakdown]:
    """The breakdowns of a project, and the answers of its sets as such."""
    sets = [each for each in project.indicators if each.set_of_answers]
    return {**project.breakdowns, **{each.dimension: answers(each) for each in sets}}


def answers(indicator: Indicator) -> Breakdown:
    """The answers of a set as a breakdown; they are no groups of people, and have no definition."""
    made = tuple(
        Category.model_construct(
            id=each.id, title=each.title, people=None, short=each.short, description=None, when={}
        )
        for each in indicator.answers
    )
    return Breakdown.model_construct(
        id=indicator.dimension,
        title={language: texts("publish", language)("answer") for language in indicator.title},
        description=indicator.measures,
        source=None,
        reference=None,
        nested_in=None,
        base=False,
        order=(),
        categories=made,
    )
