"""What readers take and hand over: how a file is written; its columns, with labels, and answers set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

import polars as pl

from thuis.errors import Place, Problem

EXACT: dict[pl.DataType, int] = {pl.Float64(): 2**53, pl.Float32(): 2**24}
"""Above it a number with a point no longer holds every integer."""
NEAR = 1000
"""How far codes lie apart of which each has a place, whether anybody has it or not."""


@dataclass(frozen=True, slots=True)
class Written:
    """Encoding, mark between fields, decimal mark and mark between thousands; None is: see for yourself.

    ``encoding`` holds for CSV, SPSS and Stata alike; a CSV without one is UTF-8. ``sheet`` is that of a
    workbook.
    """

    encoding: str | None = None
    delimiter: str = ","
    decimal: str | None = None
    thousands: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What a file says about one of its columns."""

    name: str
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    times: int = 1
    """How often the name stands in the header; a column that stands twice cannot be asked for."""
    role: str = ""
    """The role in the design that the file itself gives it: weight, strata or psu."""


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Columns that a file declares to be one question with several answers.

    Each column says whether one answer was given, by the code ``counted``; or each holds one of the answers,
    and ``counted`` is None.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """The chosen columns of a file: ``String`` codes or numbers, null where nobody answered.

    ``aside`` holds, per column that has any, the codes the file itself calls missing, null elsewhere.
    ``notes`` are remarks on the file as a whole; ``height`` its rows, also when no column was chosen.
    """

    frame: pl.DataFrame
    columns: Mapping[str, Column]
    aside: Mapping[str, pl.Series] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    height: int | None = None
    marks: tuple[Literal[".", ","] | None, str | None] = (None, None)
    """The decimal mark and that between thousands which a person named; else each column shows its own."""

    def about(self, name: str) -> Column:
        """What the file says of a column: nothing but its name where it says nothing."""
        return self.columns.get(name) or Column(name)

    def counts(self, name: str) -> dict[str, int]:
        """The codes of a column with their rows."""
        return counts(self.codes(name))

    def codes(self, name: str) -> pl.Series:
        """A column as codes, the ones set aside by the file among them."""
        found = codes(self.frame[name])
        gone = self.aside.get(name)
        return found if gone is None else found.zip_with(gone.is_null(), gone)

    def set_aside(self, name: str) -> int:
        """How many answers of a column the file calls missing."""
        gone = self.aside.get(name)
        return 0 if gone is None else len(gone) - gone.null_count()

    def filter(self, keep: pl.Series) -> Raw:
        """The rows for which ``keep`` is true."""
        aside = {name: each.filter(keep) for name, each in self.aside.items()}
        return replace(self, frame=self.frame.filter(keep), aside=aside)


Reader = Callable[[Sequence[str]], Raw]
"""Reads rows of chosen columns."""


def code(value: object) -> str:
    """A value as the code a codebook writes: ``1.0`` is ``1``, text keeps its letters.

    >>> code(1.0), code(2.5), code(" A "), code(2**60 + 1)
    ('1', '2.5', 'A', '1152921504606846977')
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value).strip()


def codes(series: pl.Series) -> pl.Series:
    """A column as codes; every distinct value is written once, so long columns stay fast.

    >>> codes(pl.Series([1.0, None, 2.0])).to_list()
    ['1', None, '2']
    """
    if series.dtype == pl.String:
        stripped = series.str.strip_chars()
        return stripped.set(stripped == "", None)
    if series.dtype.is_integer():
        return series.cast(pl.String)
    distinct = series.drop_nulls().unique()
    if distinct.is_empty():
        return pl.Series(series.name, [None] * len(series), dtype=pl.String)
    values = distinct.to_list()
    if series.dtype == pl.Float32:
        # 1.1 in four bytes is 1.10000002 in eight; what was meant is the shortest.
        values = [float(each) for each in distinct.cast(pl.String)]
    written = [code(each) for each in values]
    return series.replace_strict(distinct, written, default=None, return_dtype=pl.String)


def few_numbers(series: pl.Series) -> tuple[pl.Series, list[str]] | None:
    """A column of whole numbers near each other as places in a list of codes; None of another.

    >>> places, written = few_numbers(pl.Series([2.0, None, 4.0]))
    >>> places.to_list(), written
    ([0, None, 2], ['2', '3', '4'])
    """
    if not series.dtype.is_numeric():
        return None
    whole = series.cast(pl.Int64, strict=False)
    low, high = whole.min(), whole.max()
    if not isinstance(low, int) or not isinstance(high, int) or high - low >= NEAR:
        return None
    if not series.dtype.is_integer() and (
        whole.null_count() > series.null_count() or (whole != series).any()
    ):
        return None
    return (whole - low).cast(pl.UInt32), [str(each) for each in range(low, high + 1)]


def counts(codes: pl.Series) -> dict[str, int]:
    """Codes with their rows.

    >>> counts(pl.Series(["1", None, "1"]))
    {'1': 2}
    """
    return {str(code): int(n) for code, n in codes.drop_nulls().value_counts().iter_rows()}


def numbers(values: pl.Series) -> dict[float, int]:
    """Numbers with their rows.

    >>> numbers(pl.Series([1, None, 1]))
    {1.0: 2}
    """
    return {float(each): int(n) for each, n in values.drop_nulls().value_counts().iter_rows()}


def standing_twice(name: str, where: Place) -> Problem:
    """The fault of a column that is asked for and that the header names more than once."""
    what = f"column {name!r} stands twice in the header"
    return Problem(what, where, step="give one of the two another name")


def number_or_text(values: Iterable[object]) -> pl.Series:
    """Values of one column as numbers where all are, else as text; integers stay whole, NaN is no answer."""
    series = values if isinstance(values, pl.Series) else pl.Series(list(values), strict=False)
    if series.dtype == pl.String:
        return series
    if series.dtype.is_integer() or series.dtype.is_decimal():
        return series
    if series.dtype == pl.Float32:
        return series.fill_nan(None)
    if series.dtype.is_float() or series.dtype in (pl.Boolean, pl.Null):
        return series.cast(pl.Float64).fill_nan(None)
    return series.cast(pl.String)
