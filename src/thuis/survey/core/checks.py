"""What cannot be tabulated, said before a row is read and all at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

from thuis.errors import Problem, raise_all, unknowns
from thuis.survey.core import intervals
from thuis.survey.core.engine.table import Table
from thuis.survey.core.measures import Measure, Proportion

NUMBERS = (
    "estimate",
    "se",
    "lower",
    "upper",
    "n",
    "n_hit",
    "weighted_n",
    "df",
    "deff",
    "deff_replace",
    "cv",
)
TEXT = ("VARCHAR", "ENUM", "STRING")
NESTED = ("STRUCT", "MAP", "UNION", "ARRAY")
NO_NUMBER = (*TEXT, *NESTED, "DATE", "TIME", "BLOB", "UUID", "INTERVAL", "BINARY", "BIT")


def nested(kind: str) -> bool:
    """Whether a type of the engine is that of lists or records.

    >>> nested("BIGINT[]"), nested("STRUCT(a BIGINT)"), nested("BIGINT")
    (True, True, False)
    """
    return kind.endswith("]") or kind.upper().startswith(NESTED)


def no_number(kind: str) -> bool:
    """Whether a type of the engine holds something else than numbers, or truths."""
    return nested(kind) or kind.upper().startswith(NO_NUMBER)


def numbers_asked(names: Iterable[str], types: Mapping[str, str]) -> list[Problem]:
    """Columns that are not there, or hold something else where numbers are needed."""
    asked = list(dict.fromkeys(names))
    return unknowns("column", asked, types) + [
        Problem(f"column {each!r} holds {types[each]}", expected="numbers")
        for each in asked
        if each in types and no_number(types[each])
    ]


def nested_keys(names: Iterable[str], types: Mapping[str, str]) -> list[Problem]:
    """Columns of lists or records where single values are needed."""
    return [
        Problem(
            f"column {name!r} holds {types[name]}",
            expected="one value in every row",
            step="make a column of it first with mutate(), or explode() the frame",
        )
        for name in dict.fromkeys(names)
        if name in types and nested(types[name])
    ]


@dataclass(frozen=True, slots=True)
class Options:
    """What a table is asked with."""

    level: float = 0.95
    interval: str | None = None
    df: str | float = "design"


def options_of(given: Mapping[str, Any]) -> Options:
    """Options by name.

    :raises ThuisError: one that is none.
    """
    raise_all(unknowns("option", given, Options.__slots__))
    return Options(**{name: each for name, each in given.items() if each is not None})


def check(
    table: Table,
    measures: tuple[Measure, ...],
    by: tuple[tuple[str, ...], ...],
    options: Options,
    *,
    replicated: bool,
) -> None:
    """Raise every problem of a question to a table.

    :raises ThuisError: unknown columns, text where numbers are needed, values of another type than the
        column, names that clash, an interval, level or df that does not exist.
    """
    raise_all([*_of_columns(table.types, measures, by), *_of_options(options, replicated=replicated)])


def _of_columns(
    have: dict[str, str], measures: tuple[Measure, ...], by: tuple[tuple[str, ...], ...]
) -> Iterator[Problem]:
    groups = list(dict.fromkeys(column for grouping in by for column in grouping))
    wanted = dict.fromkeys([*(c for measure in measures for c in measure.columns), *groups])
    yield from unknowns("column", wanted, have)
    yield from nested_keys(groups, have)
    for measure in measures:
        yield from _measure(measure, have)
    labels = [measure.label for measure in measures]
    for each in dict.fromkeys(labels):
        if labels.count(each) > 1:
            yield Problem(f"two measures are named {each!r}", step="give name=")
    for each in groups:
        if each in {"measure", "by", *NUMBERS}:
            yield Problem(
                f"grouping column {each!r} has the name of a result column", step="rename the column"
            )
    if not measures or not by:
        yield Problem("nothing is asked", expected="at least one measure and one grouping")


def _of_options(options: Options, *, replicated: bool) -> Iterator[Problem]:
    if not isinstance(options.level, Real) or not 0 < options.level < 1:
        yield _no_level(options.level)
    if options.interval is not None:
        yield from unknowns("interval", [options.interval], intervals.METHODS)
    if not isinstance(options.df, str | Real) or (isinstance(options.df, Real) and not options.df > 0):
        yield Problem(f"df {options.df!r} is none", expected='"design", "domain" or a number above 0')
    if isinstance(options.df, str):
        yield from unknowns("df", [options.df], ("design", "domain"))
    if options.df == "domain" and replicated:
        yield Problem('df="domain" counts PSUs, which replicate weights hide', step="give a number")


def _no_level(level: object) -> Problem:
    percent = isinstance(level, int | float) and 1 < level < 100
    step = f"say level={float(level) / 100:g}" if percent and isinstance(level, int | float) else None
    return Problem(f"level {level} is no probability", expected="between 0 and 1", step=step)


def _measure(measure: Measure, have: dict[str, str]) -> list[Problem]:
    if isinstance(measure, Proportion) and measure.values is not None:
        kind = have.get(measure.column)
        values = [*measure.values, *(measure.valid or ())]
        return misfits(measure.column, values, have) if kind else []
    return [
        Problem(
            f"column {name!r} holds {have[name]}",
            expected="numbers",
            step=f"ask the share of every answer: proportion({name!r})"
            if have[name].upper().startswith(TEXT)
            else "ask a Proportion with values=",
        )
        for name in measure.columns
        if no_number(have.get(name, "DOUBLE"))
    ]


def misfits(column: str, values: Sequence[object], have: dict[str, str]) -> list[Problem]:
    """Values of another type than their column."""
    return [each for each in (_fits(value, column, have[column]) for value in values) if each]


def _fits(value: object, column: str, kind: str) -> Problem | None:
    text = kind.upper().startswith(TEXT)
    if isinstance(value, float) and math.isnan(value):
        return Problem(f"NaN is no answer of column {column!r}", expected="answers; missing ones never count")
    right = isinstance(value, str) if text else isinstance(value, bool | int | float)
    if right or kind.upper().startswith(NO_NUMBER[len(TEXT) :]):
        return None
    return Problem(f"value {value!r} cannot stand in column {column!r}, which holds {kind}")
