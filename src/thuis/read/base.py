"""What an indicator counts where that is not just a variable: a base, a weight, several answers, a ratio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from thuis.errors import Problem
from thuis.expression.made import COLUMN, column
from thuis.formats import Raw
from thuis.project.breakdown import Span
from thuis.project.derived import base_tree
from thuis.project.indicator import GIVEN, OTHER
from thuis.project.model import Indicator, Project, Wave
from thuis.project.sets import parts
from thuis.read.breakdowns import within
from thuis.read.microdata import weight_column


@dataclass(frozen=True, slots=True)
class Based:
    """The answers to an indicator in one wave, as columns of the frame."""

    columns: tuple[pl.Series, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def columns_made(project: Project) -> dict[str, tuple[str, bool]]:
    """The columns that indicators have of their own: the variable each is like, and whether of codes."""
    found: dict[str, tuple[str, bool]] = {}
    for each in project.indicators:
        if each.kind == "multiple":
            found |= {part.column: (part.variable, True) for part in parts(each)}
        elif each.narrowed:
            found[each.column] = each.variable, isinstance(each.share, Span)
            if each.per:
                found[each.below] = each.per, False
    return found


def _asked(project: Project, wave: Wave) -> Iterator[Indicator]:
    for each in project.indicators:
        if each.narrowed and wave.variables.get(each.variable) is not None:
            yield each


def in_bases(project: Project, wave: Wave) -> dict[str, str]:
    """Columns of the file that a base names, and its indicator."""
    return {
        name: each.id
        for each in _asked(project, wave)
        if each.base and each.base.when
        for name in base_tree(wave, each.base.when).named("column")
    }


def bases(project: Project, wave: Wave, series: Mapping[str, pl.Series], raw: Raw) -> Iterator[Based]:
    """The answers within each base and weight; who cannot be placed in or out of it is not counted, which is
    said."""
    frame = pl.DataFrame({name: values for name, values in series.items() if not name.startswith("_")})
    named = sorted(in_bases(project, wave))
    frame = frame.with_columns(raw.codes(each).alias(f"{COLUMN}{each}") for each in named)
    everybody = pl.Series([True] * frame.height, dtype=pl.Boolean)
    for indicator in _asked(project, wave):
        inside = everybody
        if indicator.weight:
            inside = series[weight_column(indicator.weight)].is_not_null()
        if indicator.base and indicator.base.when:
            tree = base_tree(wave, indicator.base.when)
            inside = inside & frame.select(column(tree).alias("inside"))["inside"]
        yield _based(project, wave, indicator, _answers(indicator, frame, inside), inside)


def _answers(indicator: Indicator, frame: pl.DataFrame, inside: pl.Series) -> dict[str, pl.Series]:
    """The answers of everybody, in the base or not, under the names of their columns."""
    if indicator.kind == "multiple":
        return _multiple(indicator, frame, inside)
    values = frame[indicator.variable]
    if isinstance(indicator.share, Span):
        values = frame.select(_within(indicator.share, indicator.variable))[indicator.variable]
    if indicator.per:
        both = values.is_not_null() & frame[indicator.per].is_not_null()
        return {
            indicator.column: values.set(~both, None),
            indicator.below: frame[indicator.per].set(~both, None),
        }
    return {indicator.column: values}


def _within(span: Span, name: str) -> pl.Expr:
    """Whether a number counts, as codes."""
    value = pl.col(name)
    counted = pl.when(within(span, value)).then(pl.lit(GIVEN[0])).otherwise(pl.lit(OTHER))
    return pl.when(value.is_not_null()).then(counted).alias(name)


def _multiple(indicator: Indicator, frame: pl.DataFrame, inside: pl.Series) -> dict[str, pl.Series]:
    """Per answer whether it was given, by those who answered anything, or by everybody."""
    there = [name for name in indicator.variables if name in frame.columns]
    known = pl.any_horizontal([pl.col(name).is_not_null() for name in there])
    asked = inside.fill_null(value=False)
    if indicator.of == "answered":
        asked &= frame.select(known.alias("_"))["_"]
    found = {}
    for part, answer in zip(parts(indicator), indicator.answers, strict=True):
        own = [answer.variable] if answer.variable else list(indicator.variables_of)
        own = [name for name in own if name in frame.columns]
        if not own:
            continue
        codes = list(answer.counted)
        given = pl.any_horizontal([pl.col(name).is_in(codes).fill_null(value=False) for name in own])
        values = frame.select(pl.when(given).then(pl.lit(GIVEN[0])).otherwise(pl.lit(OTHER)).alias("_"))["_"]
        found[part.column] = values.set(~asked, None)
    return found


def _based(
    project: Project, wave: Wave, indicator: Indicator, answers: Mapping[str, pl.Series], inside: pl.Series
) -> Based:
    based = bool(indicator.base and indicator.base.when)
    key = ("base", "when") if based else ("weight",) if indicator.weight else ("variable",)
    within = inside.fill_null(value=False)
    first = next(iter(answers.values()))
    made = tuple(values.set(~within, None).alias(name) for name, values in answers.items())
    problems: tuple[Problem, ...] = ()
    if all(each.null_count() == len(each) for each in made):
        said = {
            "base": "is in the base and answered",
            "weight": f"has a weight {indicator.weight!r} and answered",
            "variable": "answered",
        }[key[0]]
        where = project.place("indicators", indicator.id, key)
        step = f"correct the {key[0]}, or leave the variable out of this wave"
        problems = (Problem(f"nobody in wave {wave.id!r} {said}", where, step=step),)
    what = "base" if based else "weight"
    counts = {
        f"answered outside its {what} and are not counted": (~inside).fill_null(value=False),
        "answered, but whether they are in its base is not known; they are not counted": inside.is_null(),
    }
    notes = tuple(
        f"wave {wave.id}, {indicator.id}: {count} respondents {said}"
        for said, rows in counts.items()
        if (count := int((rows & first.is_not_null()).sum()))
    )
    return Based(made, problems, notes)
