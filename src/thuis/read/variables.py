"""From the columns of one wave to harmonised variables: nothing dropped unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from thuis.errors import Place, Problem
from thuis.project.model import Source
from thuis.read.raw import Column, Raw, codes

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


def harmonise(
    raw: Raw, source: Source, at: At, rows: pl.Series, decimal: str = "."
) -> tuple[pl.Series, list[Problem]]:
    """One harmonised variable and what is wrong with it. ``rows`` are the row numbers in the file."""
    stored = raw.frame[source.from_]
    as_codes = codes(stored)
    missing = as_codes.is_in(list(source.missing)).fill_null(value=False)
    if source.type == "number":
        values, problems = _number(stored.set(missing, None), source, at, rows, decimal)
    else:
        values, problems = _category(
            as_codes.set(missing, None), source, at, raw.columns.get(source.from_, Column(source.from_))
        )
    if not problems and values.null_count() == len(values):
        problems = [
            Problem(
                "nobody answered: every row is missing",
                at.mapping,
                step="if it was not asked in this wave, leave the variable empty",
            )
        ]
    return values, problems


def _category(found: pl.Series, source: Source, at: At, column: Column) -> tuple[pl.Series, list[Problem]]:
    mapping: Mapping[str, str] = source.codes or {}
    loose = found.filter(~found.is_in(list(mapping))).drop_nulls()
    if len(loose):
        counts = loose.value_counts(sort=True).rows()
        listed = tuple(_described(str(c), int(n), column.labels) for c, n in sorted(counts)[:SHOWN])
        more = f" and {len(counts) - SHOWN} more" if len(counts) > SHOWN else ""
        return found, [
            Problem(
                f"{len(counts)} code{'s' if len(counts) > 1 else ''} of {at.column!r} not mapped: "
                f"{', '.join(listed)}{more}",
                at.mapping,
                expected="every code of the file under 'codes' or 'missing'",
                available=tuple(f"{k} {v}" for k, v in column.labels.items()),
                step=f"add code {sorted(counts)[0][0]} to 'codes', or to 'missing' when it is no answer",
            )
        ]
    return found.replace_strict(mapping, default=None, return_dtype=pl.String), []


def _described(value: str, count: int, labels: Mapping[str, str]) -> str:
    label = f" {labels[value]!r}" if value in labels else ""
    return f"{value}{label} ({count} row{'s' if count > 1 else ''})"


def _number(
    stored: pl.Series, source: Source, at: At, rows: pl.Series, decimal: str
) -> tuple[pl.Series, list[Problem]]:
    values = to_number(stored, decimal)
    wrong = rows.filter(values.is_null() & stored.is_not_null())
    if len(wrong):
        example = stored.filter(values.is_null() & stored.is_not_null())[0]
        return values, [
            Problem(
                f"{example!r} is not a number ({len(wrong)} such rows)",
                at.row(int(wrong[0])),
                expected=f"a number with {decimal!r} as decimal mark, or nothing",
                step="add the value to 'missing' when it is no answer",
            )
        ]
    if source.range is None:
        return values, []
    low, high = source.range
    outside = (~values.is_between(low, high)).fill_null(value=False)
    if outside.any():
        pairs = zip(rows.filter(outside).to_list(), values.filter(outside).to_list(), strict=True)
        listed = ", ".join(f"{value:g} in row {row}" for row, value in list(pairs)[:SHOWN])
        count = int(outside.sum())
        return values, [
            Problem(
                f"{count} value{'s' if count > 1 else ''} outside its range: {listed}"
                + (f" and {count - SHOWN} more" if count > SHOWN else ""),
                at.row(int(rows.filter(outside)[0])),
                expected=f"{low:g} to {high:g}, or a code under 'missing'",
                step="add the code to 'missing' when it is no answer, or widen 'range'",
            )
        ]
    return values, []


def to_number(stored: pl.Series, decimal: str = ".") -> pl.Series:
    """Text as numbers, null where it is none; infinities are none."""
    if stored.dtype != pl.String:
        return stored.cast(pl.Float64)
    text = stored.str.strip_chars()
    if decimal == ",":
        text = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    values = text.cast(pl.Float64, strict=False)
    return values.set(values.is_nan() | values.is_infinite(), None)
