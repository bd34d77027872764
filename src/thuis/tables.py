"""One reader of CSV tables that people edit: rows that know their line, every fault at once.

A row's line is the one it begins on, which is where an editor shows it, also when a quoted text before it
runs over several lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thuis.errors import Place, Problem, nearest, unknown
from thuis.files import read_text
from thuis.language.partial import is_partial

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, when it opens a CSV file."""
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells (stripped), the file, and the line it begins on."""

    cells: Mapping[str, str]
    file: str
    line: int

    def place(self, key: str | None = None) -> Place:
        """Where a cell stands."""
        return Place(self.file, line=self.line, key=key)

    def get(self, key: str) -> str | None:
        """A cell, or None when it is empty or its column is not there."""
        return self.cells.get(key) or None

    def many(self, key: str, separator: str | None = ";") -> tuple[str, ...]:
        """The parts of a cell that holds a list.

        >>> Row({"forms": "allochtone; allochtonen;"}, "terms.csv", 2).many("forms")
        ('allochtone', 'allochtonen')
        """
        return tuple(part.strip() for part in self.cells.get(key, "").split(separator) if part.strip())

    def need(self, key: str, problems: list[Problem]) -> str:
        """A cell that may not be empty."""
        value = self.get(key)
        if value is None:
            step = "fill it in, or remove the row"
            problems.append(Problem("the cell is empty", self.place(key), step=step))
        return value or ""

    def one_of(self, key: str, allowed: Iterable[str], problems: list[Problem]) -> str | None:
        """A cell that must be one of a list when it is filled in."""
        value = self.get(key)
        if value is not None and value not in (names := tuple(allowed)):
            problems.append(unknown(key, value, names, self.place(key)))
            return None
        return value

    def date(self, key: str, problems: list[Problem], *, partial: bool = True) -> str | None:
        """A cell that must be a date, or with ``partial`` a month or a year, when it is filled in.

        >>> found = []
        >>> Row({"due": "2022-13"}, "ledger.csv", 4).date("due", found); print(found[0].what)
        '2022-13' is not a date
        """
        value = self.get(key)
        if value is not None and not (is_partial(value) and (partial or len(value) == 10)):
            expected = "2022, 2022-11 or 2022-11-14" if partial else "a date like 2022-11-14"
            problems.append(Problem(f"{value!r} is not a date", self.place(key), expected))
            return None
        return value

    def whole(self, key: str, problems: list[Problem]) -> int | None:
        """A cell that must be a whole number of 0 or more when it is filled in."""
        value = self.get(key)
        if value is None or (value.isascii() and value.isdigit()):
            return None if value is None else int(value)
        problems.append(Problem(f"{value!r} is not a count", self.place(key), "a whole number of 0 or more"))
        return None


def read_table(
    path: Path,
    problems: list[Problem],
    *,
    required: Sequence[str],
    columns: Sequence[str] | None = None,
    name: str | None = None,
) -> list[Row]:
    """The rows of a CSV file in UTF-8: comma, semicolon or tab, by the header; no byte order mark.

    :param problems: every fault is added here; after a fault of the file or its header there are no rows.
    :param required: columns that must be there.
    :param columns: columns that may be there; None allows any others.
    :param name: what to call the file in messages; its path unless told.
    """
    shown = name or str(path)
    text = read_text(path, shown)
    if isinstance(text, Problem):
        problems.append(text)
        return []
    return parse_table(text, problems, required=required, columns=columns, name=shown)


def parse_table(
    text: str,
    problems: list[Problem],
    *,
    required: Sequence[str],
    columns: Sequence[str] | None = None,
    name: str,
) -> list[Row]:
    """The rows of CSV text; as :func:`read_table`.

    >>> text = 'id,text\\na,"x\\ny"\\nb,z\\n'
    >>> [row.line for row in parse_table(text, [], required=["id"], name="t.csv")]
    [2, 4]
    """
    numbered = list(_lines(text, name, problems))
    header = [cell.strip() for cell in numbered[0][1]] if numbered else []
    faults = list(_header_faults(header, name, required, columns))
    problems += faults
    if any(each not in header for each in required):
        return []
    rows = []
    for line, cells in numbered[1:]:
        if len(cells) != len(header):
            what = f"the row has {len(cells)} cells, the header {len(header)}"
            step = "put double quotes around a text that holds the separator"
            problems.append(Problem(what, Place(name, line), step=step))
            continue
        rows.append(Row({k: v.strip() for k, v in zip(header, cells, strict=True)}, name, line))
    return rows


def _lines(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Every row that holds something, with the line it begins on."""
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    before = csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        what = f"this is no CSV from here on: {error}"
        problems.append(Problem(what, Place(name, begin), step="close every double quote"))
    finally:
        csv.field_size_limit(before)


def _header_faults(
    header: Sequence[str], name: str, required: Sequence[str], columns: Sequence[str] | None
) -> Iterator[Problem]:
    place = Place(name, 1)
    for each in dict.fromkeys(header):
        if header.count(each) > 1:
            yield Problem(f"{header.count(each)} columns are called {each!r}", place, step="rename one")
        if columns is not None and each not in columns:
            near = nearest(each, columns)
            step = f"rename it to {near!r}" if near else "remove it"
            yield Problem(f"unknown column {each!r}", place, available=tuple(columns), step=step)
    for each in required:
        if each not in header:
            step = "write the names of the columns in the first line"
            what = f"column {each!r} is missing"
            yield Problem(what, place, ", ".join(required), available=tuple(header), step=step)


def as_csv(
    rows: Iterable[Mapping[str, object] | Iterable[object]], columns: Sequence[str], *, guarded: bool = False
) -> str:
    """Rows as CSV with a header, lines ended by a newline.

    :param rows: cells by column, or in the order of the columns.
    :param guarded: whether every cell is made :func:`safe`: always where it tells what others wrote.

    >>> print(as_csv([{"id": "a", "text": "x, y", "more": 1}, ("b", "=1")], ["id", "text"], guarded=True), end="")
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
