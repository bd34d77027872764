"""CSV written: rows under their columns, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, when it opens a CSV file."""


def as_csv(
    rows: Iterable[Mapping[str, object] | Iterable[object]], columns: Sequence[str], *, guarded: bool = False
) -> str:
    """Rows as CSV with a header, lines ended by a newline.

    :param rows: cells by column, or in the order of the columns.
    :param guarded: whether every cell is made :func:`safe`: always where it tells what others wrote.

    >>> rows = [{"id": "a", "text": "x, y", "more": 1}, ("b", "=1")]
    >>> print(as_csv(rows, ["id", "text"], guarded=True), end="")
    id,text
    a,"x, y"
    b,'=1
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row.get(each) for each in columns] if isinstance(row, Mapping) else row
        writer.writerow(map(safe, cells) if guarded else cells)
    return stream.getvalue()


def safe(value: object) -> object:
    """A cell of a table for others that no spreadsheet runs as a formula: an apostrophe stands before it.

    >>> safe("=1+1"), safe("- punt"), safe(None), safe(-3)
    ("'=1+1", "'- punt", '', -3)
    """
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
