"""A table of spellings in, the same table with codes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thuis import tables
from thuis.errors import Problem, raise_all
from thuis.places.resolve import Resolution, resolve
from thuis.tables.sheet import day, no_day, read_table, wanting

IN, OUT = ("spelling", "date"), ("code", "name", "how", "candidates")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers to a table, with the cells they came with."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    answers: tuple[Resolution, ...]

    @property
    def decided(self) -> int:
        """How many rows have a code."""
        return sum(each.code is not None for each in self.answers)


def read_sheet(path: Path) -> Sheet:
    """Resolve every row of a CSV or XLSX file with the columns ``spelling`` and ``date``; others are kept.

    :raises ThuisError: with every missing column and every bad date, by row.
    """
    table = read_table(path)
    taken = [each for each in OUT if each in table.columns]
    problems = wanting(table, IN) + [
        Problem(f"column {each!r} is one that the answer adds", table.head.place(), step="rename it")
        for each in taken
    ]
    raise_all(problems)
    days = [day(row["date"]) for row in table.rows]
    raise_all(
        [
            no_day(row["date"], row.place("date"))
            for row, each in zip(table.rows, days, strict=True)
            if each is None
        ]
    )
    answers = tuple(
        resolve(row["spelling"], each) for row, each in zip(table.rows, days, strict=True) if each is not None
    )
    return Sheet(table.columns, tuple(row.cells for row in table.rows), answers)


def as_csv(sheet: Sheet) -> str:
    """The table with ``code, name, how, candidates``; an empty code where it is not decided."""
    rows = []
    for cells, found in zip(sheet.rows, sheet.answers, strict=True):
        listed = "; ".join(str(each) for each in found.candidates)
        how = f"{found.how} ({found.note})" if found.note else found.how
        rows.append((*map(cells.get, sheet.columns), found.code, found.name, how, listed))
    return tables.as_csv(rows, (*sheet.columns, *OUT))
