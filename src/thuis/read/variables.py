"""From the columns of one wave to harmonised variables: nothing dropped unseen, nothing counted unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from thuis.errors import Place, Problem, listing
from thuis.formats import Column, Raw
from thuis.formats.answers import no_answer, unanswered
from thuis.formats.numbers import to_number
from thuis.formats.raw import few_numbers
from thuis.project.model import Csv, Source

SHOWN = 8
"""Rows or codes named in one message; the rest are counted."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a variable's mapping and its data stand, for messages."""

    mapping: Place
    file: str
    column: str

    def row(self, row: int) -> Place:
        """A row of the survey file, counted from 1."""
        return Place(self.file, row=row, key=self.column)


@dataclass(frozen=True, slots=True)
class Harmonised:
    """A variable in one wave, what is wrong with it, what should be known of it, and what was set aside."""

    values: pl.Series
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    set_aside: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def harmonise(raw: Raw, source: Source, at: At, rows: pl.Series, csv: Csv) -> Harmonised:
    """One harmonised variable. ``rows`` are the row numbers in the file.

    A code that the file calls missing is no answer, unless the project maps it: that is said.
    """
    about = raw.about(source.from_)
    gone = raw.aside.get(source.from_)
    kept = _kept(gone, source)
    notes, answered = _mapped_anyway(gone, kept, at), Counter[str]()
    if source.type == "number":
        stored = raw.frame[source.from_]
        if source.missing:
            missing = _codes(raw, source, gone, kept).is_in(list(source.missing)).fill_null(value=False)
            stored = stored.set(missing, None)
        values, problems = _number(stored, source, at, rows, csv)
        problems += _labelled(values, about, source, at)
    else:
        # What is said of codes is said of each once: a column has few, and many rows.
        places, written = _placed(raw, source, gone, kept)
        there = np.bincount(places.drop_nulls().to_numpy(), minlength=len(written)).tolist()
        counts = {code: n for code, n in zip(written, there, strict=True) if n and code not in source.missing}
        values, problems = _category(places, written, counts, source, at, about)
        notes += _no_answers(counts, source, about, at)
        for each, n in counts.items():
            answered[(source.codes or {}).get(each, "")] += n
    if not problems and values.null_count() == len(values):
        problems = [
            Problem(
                "nobody answered: every row is missing",
                at.mapping,
                step="if it was not asked in this wave, leave the variable empty",
            )
        ]
    aside = 0 if gone is None else int((gone.is_not_null() & values.is_null()).sum())
    return Harmonised(values, tuple(problems), tuple(notes), aside, answered)


def _codes(raw: Raw, source: Source, gone: pl.Series | None, kept: Sequence[str]) -> pl.Series:
    """The codes of a column, without those that the file calls missing and nobody maps."""
    found = raw.codes(source.from_)
    if gone is None:
        return found
    return found.set(gone.is_not_null() & ~gone.is_in(kept).fill_null(value=False), None)


def _placed(
    raw: Raw, source: Source, gone: pl.Series | None, kept: Sequence[str]
) -> tuple[pl.Series, list[str]]:
    """The same as places in a list of codes."""
    if not kept:
        stored = raw.frame[source.from_]
        placed = few_numbers(stored if gone is None else stored.set(gone.is_not_null(), None))
        if placed is not None:
            return placed
    found = _codes(raw, source, gone, kept)
    written = found.drop_nulls().unique().sort()
    return found.cast(pl.Enum(written)).to_physical().cast(pl.UInt32), written.to_list()


def _kept(gone: pl.Series | None, source: Source) -> list[str]:
    """Codes that the file calls missing and the project maps."""
    if gone is None or source.type == "number":
        return []
    there = set(gone.drop_nulls().unique().to_list())
    return [each for each in source.codes or {} if each in there]


def _mapped_anyway(gone: pl.Series | None, kept: Sequence[str], at: At) -> list[str]:
    return [
        f"{at.mapping.file}: the file calls code {each} of {at.column!r} missing "
        f"({int((gone == each).sum())} rows); it is mapped, so it counts"
        for each in kept
        if gone is not None
    ]


def _category(
    places: pl.Series,
    written: Sequence[str],
    there: Mapping[str, int],
    source: Source,
    at: At,
    column: Column,
) -> tuple[pl.Series, list[Problem]]:
    """The harmonised codes; ``there`` counts the codes of the file that are not missing."""
    mapping: Mapping[str, str] = source.codes or {}
    counts = sorted((code, n) for code, n in there.items() if code not in mapping)
    if counts:
        described = [_described(code, n, column.labels) for code, n in counts]
        return pl.Series(source.from_, written, dtype=pl.String)[places], [
            Problem(
                f"{len(counts)} code{'s' if len(counts) > 1 else ''} of {at.column!r} not mapped: "
                f"{listing(described, SHOWN)}",
                at.mapping,
                expected="every code of the file under 'codes' or 'missing'",
                available=tuple(f"{k} {v}" for k, v in column.labels.items()),
                step=f"add code {counts[0][0]} to 'codes', or to 'missing' when it is no answer",
            )
        ]
    return pl.Series(source.from_, list(map(mapping.get, written)), dtype=pl.String)[places], []


def _described(value: str, count: int, labels: Mapping[str, str]) -> str:
    label = f" {labels[value]!r}" if value in labels else ""
    shown = value if value.isprintable() else repr(value)
    return f"{shown}{label} ({count} row{'s' if count > 1 else ''})"


def _no_answers(there: Mapping[str, int], source: Source, about: Column, at: At) -> list[str]:
    """Codes counted among the answers of others though their label says that there is no answer."""
    if not about.labels:
        return []
    mapping = source.codes or {}
    none = unanswered(about.labels)
    substantive = {
        to for code, to in mapping.items() if not (code in none if code in about.labels else no_answer(code))
    }
    return [
        f"{at.mapping.file}: code {code} {about.labels[code]!r} of {at.column!r} is mapped to {to!r}, "
        "with answers of another kind"
        for code, to in mapping.items()
        if code in there and to in substantive and code in none
    ]


def _labelled(values: pl.Series, about: Column, source: Source, at: At) -> Iterator[Problem]:
    """Codes within a number whose label says that there is no answer: 77, 88, 99."""
    none = unanswered(about.labels)
    for code, label in about.labels.items():
        if code not in none or code in source.answers or code in source.missing:
            continue
        try:
            count = int((values == float(code)).sum())
        except ValueError:
            continue
        if count:
            yield Problem(
                f"code {code} {label!r} of {at.column!r} is counted as a number in {count} rows",
                at.mapping,
                expected="codes that are no answer under 'missing'",
                step=f"add {code} to 'missing', or to 'answers' when it is a number all the same",
            )


def _number(
    stored: pl.Series, source: Source, at: At, rows: pl.Series, csv: Csv
) -> tuple[pl.Series, list[Problem]]:
    found = to_number(stored, source.decimal or csv.decimal, csv.thousands)
    values = found.values
    if found.doubt:
        return values, [doubtful(found.doubt, Place(at.file, key=at.column))]
    wrong = values.is_null() & stored.is_not_null()
    if stored.dtype == pl.String:
        wrong &= stored.str.strip_chars() != ""
    if wrong.any():
        mark = "." if found.decimal is None else found.decimal
        return values, [
            Problem(
                f"{stored.filter(wrong)[0]!r} is not a number ({int(wrong.sum())} such rows)",
                at.row(int(rows.filter(wrong)[0])),
                expected=f"a number with {mark!r} as decimal mark, or nothing",
                step="add the value to 'missing' when it is no answer",
            )
        ]
    if source.range is None:
        return values, []
    step = "add the code to 'missing' when it is no answer, or widen 'range'"
    return values, outside(values, source.range, at, rows, step)


def doubtful(doubt: str, where: Place) -> Problem:
    """Numbers whose decimal mark the column does not show."""
    return Problem(
        f"{doubt}: the column does not show which",
        where,
        expected="one decimal mark in a column",
        step="say csv: {decimal: ','} or {decimal: ',', thousands: '.'} in the wave, "
        "or decimal: ',' at the variable",
    )


def outside(
    values: pl.Series, ends: tuple[float, float], at: At, rows: Iterable[int], step: str
) -> list[Problem]:
    """Values beyond the ends of a range or scale, if any."""
    low, high = ends
    beyond = (~values.is_between(low, high)).fill_null(value=False)
    if not beyond.any():
        return []
    numbered = pl.Series("row", rows, dtype=pl.Int64).filter(beyond).to_list()
    listed = ", ".join(
        f"{value:g} in row {row}"
        for row, value in list(zip(numbered, values.filter(beyond).to_list(), strict=True))[:SHOWN]
    )
    count = len(numbered)
    return [
        Problem(
            f"{count} value{'s' if count > 1 else ''} outside its range: {listed}"
            + (f" and {count - SHOWN} more" if count > SHOWN else ""),
            at.row(numbered[0]),
            expected=f"{low:g} to {high:g}, or a code under 'missing'",
            step=step,
        )
    ]
