"""CSV files: every field as text, read in blocks, with the line of every fault.

Fields are those of RFC 4180; a quote inside an unquoted field is a letter like any other. What exports put
around the rows is understood: ``sep=;``, empty rows, rows of delimiters only, ``="0012"``, a delimiter at the
end of every row, row names without a heading, quotes escaped by a backslash, ``\\N`` for nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.formats.lines import BLOCK, blocks
from thuis.formats.raw import Column, Raw
from thuis.formats.rows import Rows

_HEAD = 1 << 18
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_LOOKED_AT = 100
"""Rows that are compared with the header."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names in order, the line the rows begin with, and what was noticed."""

    names: tuple[str, ...]
    line: int
    notes: tuple[str, ...] = ()


def columns_of(path: Path, encoding: str, delimiter: str) -> dict[str, Column]:
    """The columns named in the header."""
    names = header(path, encoding, delimiter).names
    return {name: Column(name, times=times) for name, times in Counter(names).items()}


def read(path: Path, wanted: Sequence[str], encoding: str, delimiter: str, most: int | None = None) -> Raw:
    """The wanted columns as text, empty fields null; no more than about ``most`` rows.

    :raises ThuisError: on a wrong encoding, a wanted name that stands twice, a quote that does not close, a
        row of another length.
    """
    head = header(path, encoding, delimiter)
    raise_all(
        [
            Problem(
                f"column {each!r} stands twice in the header",
                Place(path.name, line=head.line - 1),
                step="give one of the two another name",
            )
            for each in wanted
            if head.names.count(each) > 1
        ]
    )
    at = [head.names.index(each) for each in wanted]
    rows = Rows(path.name, delimiter, len(head.names))
    frames = [pl.DataFrame(schema={f"c{i}": pl.String for i in at})]
    size = BLOCK if most is None else _HEAD
    for line, text in _body(blocks(path, encoding, size), head.line):
        frames.append(rows.frame(text, line, at).select(frames[0].columns))
        if most is not None and rows.count >= most:
            break
    rows.done()
    frame = pl.concat(frames).rename({f"c{i}": name for i, name in zip(at, wanted, strict=True)})
    columns = {name: Column(name) for name in head.names}
    return Raw(frame.select(wanted), columns, notes=(*head.notes, *rows.notes()), height=rows.count)


def _body(found: Iterator[tuple[int, str]], first: int) -> Iterator[tuple[int, str]]:
    """Blocks from line ``first`` on."""
    for line, text in found:
        skip, at = first - line, 0
        while skip > 0 and at < len(text):
            at = text.find("\n", at) + 1 or len(text)
            skip -= 1
        if at < len(text):
            yield max(line, first), text[at:]


def header(path: Path, encoding: str, delimiter: str) -> Header:
    """The header of a file, after ``sep=`` and empty lines.

    :raises ThuisError: when there is none, or another delimiter stands between its fields.
    """
    start = next(blocks(path, encoding, _HEAD), (1, ""))[1]
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    for row in reader:
        if reader.line_num == 1 and (said := _SEPARATOR.fullmatch(start.split("\n", 1)[0].strip())):
            _check_separator(path, said[1], delimiter)
        elif any(each.strip() for each in row):
            break
    else:
        raise ThuisError("the file is empty", Place(path.name), step="export the data again")
    line, names = reader.line_num, [each.strip() for each in row]
    if len(names) == 1:
        _check_delimiter(path, names[0], delimiter, line)
    rows = [each for each in islice(reader, _LOOKED_AT) if any(each)]
    names, notes = _shaped(names, rows)
    lengths = {len(each) for each in rows}
    if len(lengths) == 1 and min(lengths) > len(names):
        raise ThuisError(_higher(path, line, len(names), min(lengths)))
    return Header(tuple(names), line + 1, notes)


def _shaped(names: list[str], rows: list[list[str]]) -> tuple[list[str], tuple[str, ...]]:
    """Names for a field more than the header has: row names in front, or nothing behind."""
    if not rows or len(names) == 1 or any(len(each) != len(names) + 1 for each in rows):
        return names, ()
    if not any(each[-1].strip() for each in rows):
        return [*names, ""], ()
    if len({each[0] for each in rows}) == len(rows):
        return ["", *names], (
            "the first field of every row has no name; it is taken for the name of the row",
        )
    return names, ()


def _higher(path: Path, line: int, names: int, fields: int) -> Problem:
    return Problem(
        f"the header has {names} field{'s' if names > 1 else ''}, every row {fields}",
        Place(path.name, line=line),
        expected="the names of the columns in the first line",
        step="remove what stands above the names, or add the names that are left out",
    )


def _check_separator(path: Path, said: str, delimiter: str) -> None:
    if said != delimiter:
        raise ThuisError(
            f"the first line says that fields are separated by {said!r}, the wave says {delimiter!r}",
            Place(path.name, line=1),
            step=f"say csv: {{delimiter: {said!r}}} in the wave",
        )


def _check_delimiter(path: Path, name: str, delimiter: str, line: int) -> None:
    other = max(";,\t|", key=name.count)
    if other != delimiter and name.count(other):
        raise ThuisError(
            f"the header has one column with {delimiter!r} between fields",
            Place(path.name, line=line),
            step=f"say csv: {{delimiter: {other!r}}} in the wave",
        )
