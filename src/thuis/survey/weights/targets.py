"""What weights are to agree with: totals of categories and numbers, checked against the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, listing, raise_all, unknowns
from thuis.survey.core.engine.codes import joint, places
from thuis.survey.core.engine.sources import table_of
from thuis.survey.core.surveyed import Names, Surveyed, names_of
from thuis.survey.core.variance import Floats, Ints

Totals = Mapping[Any, Mapping[Any, float]]
"""Column, or columns that are categories together: answer, or a tuple of answers: total."""
SHOWN = 5


def totals_of(key: Names, given: Any) -> dict[Any, Any]:
    """Totals by answer, from a dict, a Series with the answers as its index, or a frame with their column.

    A frame has the columns of the answers and one more, of the totals.

    :raises ThuisError: what is none of these.

    >>> totals_of("g", pl.DataFrame({"g": ["a", "b"], "n": [3, 4]}))
    {'a': 3, 'b': 4}
    """
    names = names_of(key)
    if isinstance(given, Mapping):
        return dict(given)
    if hasattr(given, "columns"):
        frame = table_of(given).query("SELECT * FROM source")
        others = [name for name in frame.columns if name not in names]
        if len(others) == 1 and len(frame.columns) == len(names) + 1:
            answers = frame.select(names).rows()
            values = frame[others[0]].to_list()
            return {a if len(names) > 1 else a[0]: v for a, v in zip(answers, values, strict=True)}
        raise ThuisError(
            f"the totals of {named(key)} stand in a frame with the columns {', '.join(frame.columns)}",
            expected=f"{', '.join(names)} and one more, with the totals",
        )
    if hasattr(given, "to_dict") and hasattr(given, "index"):
        return dict(given.to_dict())
    raise ThuisError(
        f"the totals of {named(key)} are a {type(given).__name__}",
        expected="a total for every answer, {answer: total}",
        step='the one total of a column of numbers stands in calibrate(..., numbers={"age": total})',
    )


def targets(given: Any) -> dict[Any, dict[Any, Any]]:
    """The totals of several columns.

    :raises ThuisError: what is none.
    """
    if not isinstance(given, Mapping):
        raise ThuisError(
            f"totals are a {type(given).__name__}", expected="{column: {answer: total}}, of every margin"
        )
    return {key: totals_of(key, each) for key, each in given.items()}


def rows_with(sample: Surveyed, columns: Sequence[str]) -> pl.DataFrame:
    """Every row with its design and some columns, as they are stored."""
    quote, source = sample.table.dialect.quote, sample.table.dialect.source
    asked = dict.fromkeys([*sample.design_columns, *columns])
    return sample.table.query(f"SELECT {', '.join(map(quote, asked))} FROM {source}")


def rows_for(
    sample: Surveyed, totals: Totals, numbers: Sequence[str] = (), more: Sequence[str] = ()
) -> pl.DataFrame:
    """Every row of the sample with its design, what is agreed on and ``more``; weight and numbers as floats.

    :raises ThuisError: a subset or calibrated sample, unknown columns, totals that are none or do not fit the
        answers, answers that are missing: all at once.
    """
    types, problems = sample.table.types, []
    if sample.domain or (sample.calibration and sample.replicates is None):
        problems.append(Problem("only a whole sample is calibrated, once", step="calibrate before subset()"))
    if sample.averages:
        problems.append(Problem('lonely="average" is not defined for calibrated weights'))
    if sample.columns.pps is not None and sample.columns.pps.form is not None:
        problems.append(
            Problem("a sample of two phases is not calibrated", step="calibrate the rows of the first phase")
        )
    columns = list(dict.fromkeys([*(name for key in totals for name in names_of(key)), *numbers]))
    problems += unknowns("column", columns, types)
    if not totals and not numbers:
        problems.append(Problem("no totals to agree with"))
    problems += [
        Problem(f"the total of {value!r} of {named(key)} is {total}", expected="a number of 0 or more")
        for key, each in totals.items()
        for value, total in each.items()
        if not (isinstance(total, Real) and np.isfinite(float(total)) and total >= 0)
    ]
    raise_all(problems)
    rows = rows_with(sample, (*columns, *more)).with_columns(
        pl.col(name).cast(pl.Float64) for name in dict.fromkeys([sample.weight, *numbers])
    )
    raise_all([each for key, own in totals.items() for each in _misfits(rows, key, own)])
    raise_all(_missing(rows, numbers))
    return rows


def named(key: Names) -> str:
    """Columns in a message."""
    return " x ".join(repr(name) for name in names_of(key))


def _misfits(rows: pl.DataFrame, key: Names, totals: Mapping[Any, float]) -> list[Problem]:
    names = names_of(key)
    if gaps := list(_missing(rows, names)):
        return gaps
    wrong = [each for each in totals if len(_answers(each, names)) != len(names)]
    if wrong:
        return [
            Problem(
                f"{wrong[0]!r} is no category of {named(key)}",
                expected=f"{len(names)} answers, one of each column",
            )
        ]
    there = set(rows.select(names).unique().rows())
    known = {_answers(each, names): each for each in totals}
    shown = [value[0] if len(names) == 1 else value for value in sorted(there - set(known), key=str)]
    found = [
        Problem(f"{named(key)} has {value!r}, which has no total", available=tuple(map(str, totals)))
        for value in shown
    ]
    return found + [
        Problem(f"{each!r} of {named(key)} is in no row")
        for value, each in known.items()
        if value not in there
    ]


def _missing(rows: pl.DataFrame, names: Sequence[str]) -> Iterator[Problem]:
    """Which rows lack an answer, counted from 1."""
    for name in names:
        at = (rows[name].is_null().arg_true() + 1).to_list()
        if at:
            yield Problem(
                f"{name!r} is missing in {len(at)} rows: {listing(list(map(str, at)), SHOWN)}",
                step="give these rows an answer, such as one of their own, or leave them out",
            )


def _answers(value: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return value if len(names) > 1 and isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True, eq=False)
class Categories:
    """Of every margin the category of each row, and how many there are; stands for a column per category."""

    codes: tuple[Ints, ...]
    sizes: tuple[int, ...]

    def cross(self, base: Floats | None) -> Floats:
        """``X' W X`` of the columns; weights of 1 unless told."""
        whole, many = joint(list(self.codes), list(self.sizes))
        cells, place = places(whole, many)
        sums = np.bincount(place, base, len(cells))
        parts = np.unravel_index(cells, self.sizes)
        x = np.hstack([np.eye(size)[part] for size, part in zip(self.sizes, parts, strict=True)])
        return np.asarray((x.T * sums) @ x)

    def load(self, weight: Floats, unit: Ints, height: int) -> Floats:
        """Weighted sums of the columns per design unit."""
        found = [
            np.bincount(unit * size + code, weight, height * size).reshape(height, size)
            for code, size in zip(self.codes, self.sizes, strict=True)
        ]
        return np.hstack(found)


def categories(rows: pl.DataFrame, totals: Totals) -> Categories:
    """The categories of rows that have one of every margin."""
    found = [
        codes(rows, names_of(key), [_answers(v, names_of(key)) for v in each]) for key, each in totals.items()
    ]
    return Categories(tuple(found), tuple(map(len, totals.values())))


def codes(rows: pl.DataFrame, names: tuple[str, ...], answers: Sequence[tuple[Any, ...]]) -> Ints:
    """Which of these answers every row gave."""
    whole, place, many = np.zeros(rows.height, np.int64), np.zeros(len(answers), np.int64), 1
    for name, given in zip(names, zip(*answers, strict=True), strict=True):
        own = list(dict.fromkeys(given))
        code = rows[name].replace_strict(own, range(len(own)), return_dtype=pl.Int64)
        whole, place = (
            whole * len(own) + code.to_numpy(),
            place * len(own) + np.array([own.index(v) for v in given]),
        )
        many *= len(own)
    lookup = np.zeros(many, np.int64)
    lookup[place] = np.arange(len(answers))
    return np.asarray(lookup[whole])


def indicators(rows: pl.DataFrame, totals: Totals) -> list[Floats]:
    """A column per category."""
    of = categories(rows, totals)
    return [
        (code == k).astype(float) for code, size in zip(of.codes, of.sizes, strict=True) for k in range(size)
    ]


def wanted(totals: Totals, numbers: Mapping[str, float] | None = None) -> Floats:
    """The totals of :func:`indicators` and numbers, in their order."""
    return np.array(
        [*(t for each in totals.values() for t in each.values()), *(numbers or {}).values()], float
    )
