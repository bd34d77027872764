"""A survey file as rows to estimate from; what is wrong with it is said by ``thuis.formats``."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Problem, Remark, ThuisError, listing, unknown
from thuis.survey.core.measures import answers_of
from thuis.survey.models.terms import named

_SEEN = 30
"""Of fewer rows nobody can say what is far from the others."""
_DIGITS = 2
"""Codes for no answer are 77, 99, 998 and the like: of few kinds of digits."""


def survey_file(
    path: Path,
    how: tuple[str | None, str, str | None, str | None, str | None] = (None, ",", None, None, None),
    missing: Any = None,
) -> tuple[Path | pl.DataFrame, dict[str, tuple[Any, ...]], dict[str, dict[Any, str]]]:
    """The rows of a file, or the path itself where the engine reads it without loading it whole.

    :returns: also, per column, the answers whose labels say that none was given, and the labels of answers.
    :raises ThuisError: a file that is not there, damaged, or of a kind that thuis does not read.
    """
    from thuis.formats import Written, columns_of, read
    from thuis.formats.answers import unanswered
    from thuis.formats.interviews import marked, saying
    from thuis.plausible.rows import imputation_column, imputations, imputed

    written = Written(*how)
    try:
        columns = columns_of(path, written)
        if path.suffix.lower() == ".parquet":
            return path, {}, {}
        # Columns without a name beside one another are what somebody wrote beside the rows.
        columns = {name: each for name, each in columns.items() if name or each.times == 1}
        raw = read(path, list(columns), written)
    except ThuisError as error:
        raise ThuisError([_here(each) for each in error.problems]) from error
    for note in raw.notes:
        warnings.warn(Remark(f"{path.name}: {note}"), stacklevel=3)
    for each in marked(columns, raw, saying(columns)):
        for said in each.lines():
            warnings.warn(Remark(f"{path.name}: {said.partition('; ')[0]}"), stacklevel=3)
    numbers = imputation_column(columns)
    if numbers and (times := imputations(raw.codes(numbers))):
        step = "take one of them, or each with subset() and thuis.survey.combined"
        warnings.warn(Remark(f"{path.name}: {imputed(times, numbers)}; {step}"), stacklevel=3)
    frame = raw.frame
    unsaid = {
        name: tuple(
            _stored(code, frame.schema[name])
            for code in column.labels
            if code in none and code not in column.missing and _possible(code, frame.schema[name])
        )
        for name, column in columns.items()
        for none in [unanswered(column.labels)]
    }
    labels = {
        name: {
            _stored(code, frame.schema[name]): label
            for code, label in column.labels.items()
            if _possible(code, frame.schema[name])
        }
        for name, column in columns.items()
        if column.labels
    }
    told = missing if isinstance(missing, Mapping) else {}
    rows = frame.select(
        _numbers(_without(frame[name], told.get(name)), written.decimal, written.thousands)
        for name in frame.columns
    )
    return rows, {name: found for name, found in unsaid.items() if found}, labels


def labelled(
    rows: Path | pl.DataFrame, labels: Mapping[str, Mapping[Any, str]], missing: Mapping[str, Any] | None
) -> tuple[Path | pl.DataFrame, dict[str, list[str]]]:
    """The rows with labels for answers where every answer has one, and the order of those of each column.

    Answers that are missing become so before.
    """
    if isinstance(rows, Path):
        return rows, {}
    changed, orders = [], {}
    for name, own in labels.items():
        gone = answers_of((missing or {}).get(name, ()))
        kept = {code: label for code, label in own.items() if code not in gone}
        there = rows[name].drop_nulls().unique().to_list()
        if set(there) - set(gone) <= set(kept) and len(set(kept.values())) == len(kept):
            orders[name] = list(kept.values())
            changed.append(rows[name].replace_strict(kept, default=None, return_dtype=pl.String).alias(name))
    return rows.with_columns(changed), orders


def _possible(code: str, kind: pl.DataType) -> bool:
    """Whether a column can hold a code: Stata's ``.a`` of a number is missing already."""
    return kind == pl.String or not code.startswith(".")


def _here(problem: Problem) -> Problem:
    """A fault of a file with a step that the library has: it knows no waves."""
    told = re.search(r"say (?:csv: \{)?(.+?)\}? in the wave", problem.step or "")
    if not told:
        return problem
    said = ", ".join(
        f"{key}={value if value.startswith(chr(39)) else repr(value)}"
        for key, value in re.findall(r"(\w+): ('[^']+'|[\w-]+)", told[1])
    )
    return replace(problem, step=f"say {said}")


def _stored(code: str, kind: pl.DataType) -> Any:
    return code if kind == pl.String else float(code)


def answers_left_out(
    rows: Path | pl.DataFrame, unsaid: Mapping[str, tuple[Any, ...]], missing: Any
) -> Mapping[str, Any] | None:
    """The answers to leave out, and a remark on those that labels call none and that still count."""
    if missing is not None and not isinstance(missing, Mapping | str):
        raise ThuisError(f"missing={missing!r}", expected='column: answers, or "labels"')
    if isinstance(missing, str):
        if missing != "labels":
            raise ThuisError(unknown("way to find missing answers", missing, ("labels",)))
        return unsaid
    if isinstance(rows, pl.DataFrame):
        counted = {
            name: [each for each in answers if each not in answers_of((missing or {}).get(name, ()))]
            for name, answers in unsaid.items()
        }
        said = [
            f"{name}: {', '.join(map(named, there))}"
            for name, answers in counted.items()
            if (there := [each for each in answers if (rows[name] == each).any()])
        ]
        if said:
            warnings.warn(
                Remark(
                    "labels call these answers none, and they count: "
                    f'{listing(said, 10, "; ")}. missing="labels" leaves them out'
                ),
                stacklevel=3,
            )
    return missing


def texts_gone(
    path: Path, rows: Path | pl.DataFrame, missing: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """What is missing, without the texts of columns of a CSV that are numbers now that these are gone."""
    from thuis.formats.files import TEXT

    if not missing or isinstance(rows, Path) or path.suffix.lower() not in TEXT:
        return missing
    found: dict[str, Any] = {}
    for name, answers in missing.items():
        held = answers_of(answers)
        if name in rows.columns and rows.schema[name].is_numeric() and any(isinstance(a, str) for a in held):
            left = [each for each in held if not isinstance(each, str)]
            found |= {name: left} if left else {}
        else:
            found[name] = answers
    return found


def far_remark(rows: Path | pl.DataFrame, unsaid: Mapping[str, tuple[Any, ...]], missing: Any) -> None:
    """A remark on numbers that look like codes for no answer and count: 998 beside minutes up to 600."""
    from thuis.formats.raw import numbers
    from thuis.plausible.answers import heaped

    if not isinstance(rows, pl.DataFrame) or rows.height < _SEEN:
        return
    said = []
    for name in rows.columns:
        if not rows.schema[name].is_numeric() or name in (missing or {}):
            continue
        ends = [rows[name].min(), rows[name].max()]
        if not any(map(_like_code, ends)):
            continue
        told = {float(each) for each in unsaid.get(name, ()) if isinstance(each, float | int)}
        found = heaped({each: n for each, n in numbers(rows[name]).items() if each not in told})
        if found:
            said.append(f"{name}: {', '.join(map(named, found))}")
    if said:
        warnings.warn(
            Remark(
                "these numbers stand far from all others, as codes for no answer do, and they count: "
                f"{listing(said, 10, '; ')}. missing={{column: numbers}} leaves them out"
            ),
            stacklevel=3,
        )


def _like_code(value: Any) -> bool:
    """Whether an end of a column may be a code for no answer."""
    return value is not None and (value < 0 or len(set(named(value))) <= _DIGITS)


def _without(values: pl.Series, missing: Any) -> pl.Series:
    """Texts that were named as missing are none: a column of numbers beside them is one of numbers."""
    words = [each for each in answers_of(missing) if isinstance(each, str)] if missing is not None else []
    if values.dtype != pl.String or not words:
        return values
    return values.set(values.is_in(words).fill_null(value=False), None)


def _numbers(values: pl.Series, decimal: str | None = None, thousands: str | None = None) -> pl.Series:
    """Text that is numbers throughout as numbers, whole ones as integers: a CSV file has no types.

    >>> _numbers(pl.Series(["1", None, "2"])).to_list(), _numbers(pl.Series(["01", "2"])).to_list()
    ([1, None, 2], ['01', '2'])
    """
    if values.dtype != pl.String or not values.drop_nulls().len():
        return values
    text = values.drop_nulls().str.strip_chars()
    # A leading zero is a code, such as that of a municipality.
    if text.str.contains(r"^[+-]?0\d").any():
        return values
    if decimal == "," or thousands:
        from thuis.formats.numbers import to_number

        told = to_number(values, "," if decimal == "," else ".", thousands)
        if not told.doubt and told.values.null_count() == values.null_count():
            return told.values
    for kind in (pl.Int64, pl.Float64):
        found = values.str.strip_chars().cast(kind, strict=False)
        if found.null_count() == values.null_count():
            return found
    return values
