"""The tables of a project as people edit them: their columns are known, and every fault is told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from thuis.errors import Place, Problem, nearest, unknowns
from thuis.files import read_text
from thuis.language.partial import is_partial
from thuis.tables.lines import read_lines


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells (stripped), the file, the line it begins on, and its number in a spreadsheet.

    The line is 0 in a workbook, which has none.
    """

    cells: Mapping[str, str]
    file: str
    line: int = 0
    number: int = 0

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    def place(self, key: str | None = None) -> Place:
        """Where a cell stands: by its line, or by the number of its row where there are no lines."""
        return Place(self.file, line=self.line or None, row=None if self.line else self.number, key=key)

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
        found = self.among(key, allowed) if value is not None else []
        problems += found
        return None if found else value

    def among(self, key: str, allowed: Iterable[str]) -> list[Problem]:
        """What is wrong with a cell that must be one of a list, also when it is empty."""
        names = tuple(allowed)
        return unknowns(key, [self[key]], names, self.place(key))

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
    """The rows of a CSV file in UTF-8, with the mark between cells that fits it.

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


def shipped(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table that comes with the package, by column.

    >>> next(shipped("thuis.vocabulary.roles", "weights.csv"))["sign"]
    'law'
    """
    yield from own_rows((resources.files(package) / name).read_text("utf-8"))


def own_rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of a table that thuis wrote itself, by column.

    >>> list(own_rows("a,b\\n1,2\\n"))
    [{'a': '1', 'b': '2'}]
    """
    yield from csv.DictReader(io.StringIO(text, newline=""))


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
    numbered = list(read_lines(text, name, problems))
    header = numbered[0].cells if numbered else []
    problems += _header_faults(header, name, required, columns)
    if any(each not in header for each in required):
        return []
    rows = []
    for line, number, cells in numbered[1:]:
        if len(cells) == len(header):
            rows.append(Row(dict(zip(header, cells, strict=True)), name, line, number))
            continue
        what = f"the row has {len(cells)} cells, the header {len(header)}"
        step = "put double quotes around a text that holds the separator"
        problems.append(Problem(what, Place(name, line), step=step))
    return rows


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
