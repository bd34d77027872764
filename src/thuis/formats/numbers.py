"""Text as numbers, each column by itself: which mark is the decimal one, and what is ambiguous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

_SIGN = r"^[+-]?"
_SPACE = "[ \u00a0\u2009\u202f]"
"""A space, one that does not break, a thin one, and a thin one that does not break."""
_APART = rf"(?:{_SPACE}|['\u2019])"
"""What stands between groups of three and never before decimals."""
_SPACED = rf"{_SIGN}[1-9]\d{{0,2}}(?:{_APART}\d{{3}})+(?:[.,]\d+)?$"
_SHORT = rf"{_SIGN}\d{{0,3}}(?:[.,]\d+)?(?:[eE][+-]?\d+)?$"
"""A number with too few digits to have groups."""
_WESTERN = {chr(first + i): str(i) for first in (0x0660, 0x06F0, 0x0966, 0xFF10) for i in range(10)} | {
    "\u066b": ".",
    "\u066c": ",",
    "\uff0e": ".",
    "\uff0c": ",",
}
"""Digits of other scripts: Arabic, Persian, Devanagari, full width."""
_DIGITS = f"[{''.join(_WESTERN)}]"
Mark = Literal[".", ","]
_MARKS: tuple[Mark, Mark] = (",", ".")
_OTHER: dict[str, Mark] = {",": ".", ".": ","}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column as numbers, null where a text is none; ``doubt`` says why its marks cannot be told apart."""

    values: pl.Series
    decimal: Mark | None
    doubt: str | None = None


def to_number(stored: pl.Series, decimal: Mark | None = None, thousands: str | None = None) -> Numbers:
    """A column as numbers; infinities are none.

    :param decimal: the decimal mark; when None the column itself must show which it is.
    :param thousands: the mark between groups of three; when None the column itself must show that it has one.

    >>> to_number(pl.Series(["0,85", "1"])).values.to_list()
    [0.85, 1.0]
    >>> to_number(pl.Series(["7.5"]), ",").values.to_list()
    [None]
    >>> to_number(pl.Series(["1.234"]), ",").doubt
    "'1.234' can be 1234 or 1.234"
    >>> to_number(pl.Series(["1.234", "1.234,5"])).values.to_list()
    [1234.0, 1234.5]
    >>> to_number(pl.Series(["1'234.50", "985.25"])).values.to_list()
    [1234.5, 985.25]
    """
    if stored.dtype != pl.String:
        numbers = stored.cast(pl.Float64)
        return Numbers(numbers.set(numbers.is_infinite().fill_null(value=False), None), decimal)
    text = _western(stored).str.strip_chars()
    spaced = text.str.contains(_SPACED).fill_null(value=False)
    if thousands in (" ", "'") or (spaced.any() and _throughout(text, spaced)):
        text = text.zip_with(~spaced, text.str.replace_all(_APART, ""))
        thousands = None
    marked = text.filter(text.str.contains("[.,]").fill_null(value=False)).unique()
    shown = {mark: _first(marked, _proof(mark)) for mark in _MARKS}
    if decimal is None and shown[","] and shown["."]:
        return Numbers(_none(stored), None, f"{shown[',']!r} and {shown['.']!r} have different decimal marks")
    mark = decimal or next((each for each in _MARKS if shown[each]), None)
    if mark is None:
        double = next((each for each in _MARKS if _first(marked, _grouped(each, "{2,}"))), None)
        one = _first(marked, rf"{_grouped(',', '')}|{_grouped('.', '')}")
        if one and not double and not thousands:
            return Numbers(_none(stored), None, _either(one))
        mark = _OTHER[double or thousands or ","]
    other = _OTHER[mark]
    groups = thousands == other or _proves_groups(marked, mark)
    single = _first(marked, _grouped(other, ""))
    if single and not groups:
        return Numbers(_none(stored), mark, _either(single))
    if groups:
        grouped = text.str.contains(_grouped(other, "+", mark)).fill_null(value=False)
        text = text.zip_with(~grouped, text.str.replace_all(other, "", literal=True))
    if mark == ",":
        text = text.set(text.str.contains(".", literal=True).fill_null(value=False), None)
        text = text.str.replace(",", ".", literal=True)
    values = text.cast(pl.Float64, strict=False)
    return Numbers(values.set(values.is_nan() | values.is_infinite(), None), mark)


def _western(text: pl.Series) -> pl.Series:
    """Digits and marks of Arabic, Persian and full width as those of others."""
    if not text.str.contains(_DIGITS).any():
        return text
    return text.str.replace_many(list(_WESTERN), list(_WESTERN.values()))


def _throughout(text: pl.Series, spaced: pl.Series) -> bool:
    """Whether every number of a column that has four digits has its groups apart, so that none is a list."""
    rest = text.filter(~spaced & text.is_not_null() & (text != ""))
    return bool(rest.str.contains(_SHORT).all())


def _proof(mark: str) -> str:
    """A text in which ``mark`` can only be a decimal mark: not followed by three digits, or after a 0, or
    after groups of the other."""
    m, o = rf"\{mark}", rf"\{_OTHER[mark]}"
    exponent = r"(?:[eE][+-]?\d+)?$"
    return (
        rf"{_SIGN}(?:\d*{m}(?:\d{{1,2}}|\d{{4,}})|(?:0\d*|\d{{4,}})?{m}\d+|[1-9]\d{{0,2}}(?:{o}\d{{3}})+{m}\d+)"
        + exponent
    )


def _grouped(mark: str, times: str, decimal: str | None = None) -> str:
    """Groups of three with ``mark`` between them, as often as ``times`` says."""
    behind = rf"(?:\{decimal}\d+)?" if decimal else ""
    return rf"{_SIGN}[1-9]\d{{0,2}}(?:\{mark}\d{{3}}){times}{behind}$"


def _proves_groups(marked: pl.Series, mark: str) -> bool:
    o, m = rf"\{_OTHER[mark]}", rf"\{mark}"
    proof = rf"{_SIGN}[1-9]\d{{0,2}}(?:(?:{o}\d{{3}}){{2,}}|(?:{o}\d{{3}})+{m}\d+)$"
    return _first(marked, proof) is not None


def _first(texts: pl.Series, pattern: str) -> str | None:
    found = texts.filter(texts.str.contains(pattern)).sort()
    return None if found.is_empty() else str(found[0])


def _either(text: str) -> str:
    digits = text.replace(",", "").replace(".", "")
    return f"{text!r} can be {digits} or {text.replace(',', '.')}"


def _none(stored: pl.Series) -> pl.Series:
    return pl.Series(stored.name, [None] * len(stored), dtype=pl.Float64)
