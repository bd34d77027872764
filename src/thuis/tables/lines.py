"""CSV text as rows that know where they stand: the one place where a row gets its line.

A row's line is the one it begins on, which is where an editor shows it, also when a quoted text before it
runs over several lines. Its number is the one a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from thuis.errors import Place, Problem

MARKS = ",;\t|"
"""What may stand between the cells of a row."""
_SAID = re.compile(r'"?sep=(.)"?\r?\n', re.I)
_LOOKED_AT = 200


class Line(NamedTuple):
    """The cells of a row (stripped), the line it begins on, and its number in a spreadsheet."""

    line: int
    number: int
    cells: list[str]


def mark_of(text: str) -> str:
    """The mark that divides most of the first lines in as many cells as the header.

    >>> mark_of("naam;plaats\\nCafé;Den Haag, Nederland\\n")
    ';'
    """

    def fit(mark: str) -> tuple[float, int]:
        try:
            rows = [row for row in islice(_reader(text, mark), _LOOKED_AT) if any(map(str.strip, row))]
        except csv.Error:
            return 0.0, 0
        if not rows or len(rows[0]) < 2:
            return 0.0, 0
        return sum(len(row) == len(rows[0]) for row in rows) / len(rows), len(rows[0])

    return max(MARKS, key=fit)


def read_lines(text: str, name: str, problems: list[Problem]) -> Iterator[Line]:
    """Every row that holds something. A first line ``sep=;`` says the mark, as Excel has it.

    :param problems: where CSV breaks off, that is added here, with the line the broken row begins on.

    >>> for each in read_lines('sep=;\\na;"x\\ny"\\n\\nb;z\\n', "t.csv", []):
    ...     print(*each)
    2 1 ['a', 'x\\ny']
    5 3 ['b', 'z']
    """
    text = text.removeprefix("\ufeff")
    said = _SAID.match(text)
    above = 1 if said else 0
    text = text[said.end() :] if said else text
    before = csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = _reader(text, said[1] if said else mark_of(text), strict=True)
    begin = 1
    try:
        for number, row in enumerate(reader, 1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield Line(begin + above, number, cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        what = f"this is no CSV from here on: {error}"
        problems.append(Problem(what, Place(name, begin + above), step="close every double quote"))
    finally:
        csv.field_size_limit(before)


def _reader(text: str, mark: str, *, strict: bool = False) -> csv._reader:  # type: ignore[name-defined]
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
