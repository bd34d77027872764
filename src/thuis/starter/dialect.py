"""How a CSV file of one's own is written: its encoding, the mark between fields and the decimal mark."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import polars as pl

from thuis.formats.encoding import best, likely
from thuis.formats.files import TEXT, readable
from thuis.formats.header import more_than_names
from thuis.formats.numbers import to_number
from thuis.project.model import Csv
from thuis.tables.lines import mark_of

_ROWS = 200
_COLUMNS = 400
_HEAD = 1 << 20
_CHUNK = 16 << 20


def dialect(path: Path) -> Csv:
    """What ``csv:`` in the wave must say for this file; the usual for a file of another kind.

    The decimal mark is that of the columns that show one and are numbers throughout; None where they differ,
    so that every column is read by its own.

    :raises ThuisError: when there is no such file or it cannot be read.
    """
    readable(path)
    if path.suffix.lower() not in TEXT:
        return Csv.model_construct(encoding=None, delimiter=",", decimal=None, thousands=None)
    encoding = _encoding(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    lines = io.StringIO(decoder.decode(head).lstrip("\ufeff").replace("\0", ""), newline=None)
    text = "".join(line for line, _ in zip(lines, range(_ROWS), strict=False))
    said = text[:8].lower().lstrip('"')
    delimiter = text[4 + text.startswith('"')] if said.startswith("sep=") else mark_of(text)
    rows = _rows(text, delimiter)
    return Csv(encoding=encoding, delimiter=delimiter, decimal=_decimal(rows))


def _encoding(path: Path) -> str:
    """By the first megabyte; a letter that is no UTF-8 may stand anywhere behind it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        data = file.read(_HEAD)
        found = likely(data)
        while data and found == "utf-8":
            try:
                decoder.decode(data)
            except UnicodeDecodeError:
                return best(data)
            data = file.read(_CHUNK)
    return found


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [row for row in rows if any(each.strip() for each in row)]
    except csv.Error:
        return []


def _decimal(rows: Sequence[Sequence[str]]) -> Literal[".", ","] | None:
    """The one mark that columns of numbers show; a number below 1 (0,85) weighs most, since 1,3 may be two
    answers."""
    shown: dict[bool, set[Literal[".", ","]]] = {True: set(), False: set()}
    held = rows[1 + more_than_names(rows[1:]) :] if len({len(row) for row in rows}) == 1 else rows[1:]
    columns = zip(*(row for row in held if len(row) == len(rows[0])), strict=True)
    marked = (each for each in columns if any("," in value or "." in value for value in each))
    for values in islice(marked, _COLUMNS):
        column = pl.Series([each.strip() or None for each in values], dtype=pl.String).drop_nulls()
        found = to_number(column)
        if found.decimal and not found.doubt and not found.values.null_count():
            shown[bool(column.str.contains(r"^-?0?[.,]\d").any())].add(found.decimal)
    marks = shown[True] or shown[False] or {"."}
    return marks.pop() if len(marks) == 1 else None
