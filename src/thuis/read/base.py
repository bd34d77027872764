"""The base of an indicator: those it counts at all, as answers that are left out for everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from thuis.errors import Problem
from thuis.formats import Raw
from thuis.project.derived import base_tree
from thuis.project.model import Indicator, Project, Wave
from thuis.read.derive import COLUMN, column
from thuis.read.microdata import weight_column


@dataclass(frozen=True, slots=True)
class Based:
    """The answers to an indicator within its base, in one wave."""

    column: str
    values: pl.Series
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def _asked(project: Project, wave: Wave) -> Iterator[Indicator]:
    for each in project.indicators:
        if each.narrowed and wave.variables.get(each.variable) is not None:
            yield each


def in_bases(project: Project, wave: Wave) -> dict[str, str]:
    """Columns of the file that a base names, and its indicator."""
    return {
        name: each.id
        for each in _asked(project, wave)
        if each.base
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
        key: tuple[str, ...] = ("weight",)
        if indicator.weight:
            inside = series[weight_column(indicator.weight)].is_not_null()
        if indicator.base:
            tree, key = base_tree(wave, indicator.base.when), ("base", "when")
            inside = inside & frame.select(column(tree).alias("inside"))["inside"]
        answers = frame[indicator.variable]
        within = inside.fill_null(value=False)
        values = answers.set(~within, None)
        where = project.place("indicators", indicator.id, key)
        problems: tuple[Problem, ...] = ()
        if values.null_count() == len(values):
            step = f"correct the {key[0]}, or leave the variable out of this wave"
            said = "is in the base and" if indicator.base else f"has a weight {indicator.weight!r} and"
            problems = (Problem(f"nobody in wave {wave.id!r} {said} answered", where, step=step),)
        what = "base" if indicator.base else "weight"
        counts = {
            f"answered outside its {what} and are not counted": (~inside).fill_null(value=False),
            "answered, but whether they are in its base is not known; they are not counted": inside.is_null(),
        }
        notes = tuple(
            f"wave {wave.id}, {indicator.id}: {count} respondents {what}"
            for what, rows in counts.items()
            if (count := int((rows & answers.is_not_null()).sum()))
        )
        yield Based(indicator.column, values.alias(indicator.column), problems, notes)
