"""The category of every respondent in every breakdown, from the definitions in the project."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from thuis.errors import Problem
from thuis.project.model import Breakdown, Condition, Project, Span


def category(breakdown: Breakdown, kinds: dict[str, pl.DataType]) -> pl.Expr:
    """First category whose conditions all hold; null for a respondent who fits none.

    >>> import polars as pl
    >>> from thuis.project.model import Breakdown, Category
    >>> text = {"nl": "x", "en": "x"}
    >>> young = Category(id="young", title=text, when={"age": {"below": 25}})
    >>> age = Breakdown(id="age", title=text, description=text, source=text, categories=(young,))
    >>> people = pl.DataFrame({"age": [20.0, 30.0, None]})
    >>> people.select(category(age, dict(people.schema)))["by_age"].to_list()
    ['young', None, None]
    """
    chosen: pl.Expr = pl.lit(None, pl.String)
    for each in reversed(breakdown.categories):
        fits = pl.all_horizontal(_fits(name, want, kinds) for name, want in each.conditions.items())
        chosen = pl.when(fits).then(pl.lit(each.id)).otherwise(chosen)
    return chosen.alias(f"by_{breakdown.id}")


def _fits(name: str, wanted: Condition, kinds: dict[str, pl.DataType]) -> pl.Expr:
    column = pl.col(name)
    if isinstance(wanted, Span):
        fits = column.is_not_null() & within(wanted, column)
    elif kinds[name] == pl.String:
        fits = column.is_in(list(wanted))
    else:
        fits = column.is_in([float(each) for each in wanted])
    return fits.fill_null(value=False)


def within(span: Span, value: pl.Expr) -> pl.Expr:
    """Whether a number that is known lies in a span."""
    holds = pl.lit(value=True)
    if span.from_ is not None:
        holds &= value >= span.from_
    if span.below is not None:
        holds &= value < span.below
    return holds


def within_base(project: Project, frame: pl.DataFrame, variables: Iterable[str]) -> pl.DataFrame:
    """The respondents, of whom those outside a breakdown that is a base have no answers.

    They stay in the sample, so that standard errors are those of a domain. A wave in which nobody has a
    category did not ask, and keeps everybody.
    """
    out = pl.lit(value=False)
    for each in project.breakdowns.values():
        if each.base:
            category = pl.col(f"by_{each.id}")
            out |= category.is_null() & category.is_not_null().any().over("wave")
    names = list(variables)
    return frame.with_columns(pl.when(out).then(None).otherwise(pl.col(names)).name.keep())


def nobody(project: Project, frame: pl.DataFrame) -> list[Problem]:
    """Categories without one respondent in any wave: a rule that cannot be what was meant."""
    return [
        Problem(
            f"nobody in any wave is in category {category.id!r}",
            project.place("breakdowns", breakdown.id, ("categories", position)),
            expected="a respondent who fits no category above it and fits 'when'",
            step="correct 'when' or the order of the categories, or remove this one",
        )
        for breakdown in project.breakdowns.values()
        for position, category in enumerate(breakdown.categories)
        if not (frame[f"by_{breakdown.id}"] == category.id).any()
    ]
