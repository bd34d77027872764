"""Read, check and write ``commitments.csv`` and ``proposals.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from thuis.dossier.ledger.model import COLUMNS, KINDS, PROPOSAL_COLUMNS, STATUSES, Entry, Proposal
from thuis.errors import Place, Problem, nearest, raise_all, unknown
from thuis.files import put
from thuis.language import partial
from thuis.tables import as_csv, read_table

Row = TypeVar("Row")
Numbered = tuple[int, dict[str, str]]
"""A row with the line of the file on which it begins."""

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*", re.I)


def read_ledger(path: Path) -> list[Entry]:
    """The commitments of a ledger; an absent file is an empty ledger.

    :raises ThuisError: every fault at once, with its row: unknown columns and states, dates that are none,
        two lines with one id, references to lines that are not there, a fulfilled line without its document.
    """
    return read_rows(path, COLUMNS, ("id", "text", "status"), lambda row: Entry(**row), _faults)


def read_proposals(path: Path) -> list[Proposal]:
    """The proposals of fulfilment; an absent file holds none."""
    required = ("id", "commitment", "document", "status", "state")
    return read_rows(path, PROPOSAL_COLUMNS, required, lambda row: Proposal(**row), _proposal_faults)


def read_rows(
    path: Path,
    columns: Sequence[str],
    required: Sequence[str],
    make: Callable[[dict[str, Any]], Row],
    faults: Callable[[list[Numbered], str], Iterator[Problem]],
) -> list[Row]:
    """The rows of a table, checked; an absent file has none.

    :param faults: given the rows and the file's name, yields what is wrong with their values.
    :raises ThuisError: for what is no CSV, unknown or missing columns, and every fault.
    """
    if not path.exists():
        return []
    problems: list[Problem] = []
    found = read_table(path, problems, required=required, columns=columns, name=path.name)
    raise_all(problems)
    rows = [(row.line, dict(row.cells)) for row in found]
    raise_all(list(faults(rows, path.name)))
    return [make({key: value for key, value in row.items() if value or key in required}) for _, row in rows]


def _faults(rows: list[Numbered], name: str) -> Iterator[Problem]:
    ids = [row["id"] for _, row in rows]
    for number, row in rows:
        place = Place(name, number, key=row["id"])
        yield from id_faults(row["id"], ids, place)
        if not row["text"]:
            yield Problem("no text", place, "what was promised, in one sentence")
        yield from one_of("status", row["status"], STATUSES, place)
        if row.get("kind"):
            yield from one_of("kind", row["kind"], KINDS, place)
        for column in ("date", "due", "reviewed", "fulfilled_on"):
            yield from date_faults(column, row.get(column, ""), place)
        # A register tells that it is fulfilled, and often not by which document.
        registered = row.get("number") or row.get("guid")
        if row["status"] == "Voldaan" and not row.get("fulfilled_by") and not registered:
            yield Problem("fulfilled, but by which document?", place, "fulfilled_by: the id of the letter")
        if row.get("guid") and not _GUID.fullmatch(row["guid"]):
            yield Problem(f"{row['guid']!r} is no GUID", place, "8-4-4-4-12 hexadecimal digits")
        for column in ("repeats", "supplements", "changes"):
            for other in row.get(column, "").split():
                if other not in ids or other == row["id"]:
                    yield unknown(f"{column}: commitment", other, [i for i in ids if i != row["id"]], place)


def _proposal_faults(rows: list[Numbered], name: str) -> Iterator[Problem]:
    ids = [row["id"] for _, row in rows]
    for number, row in rows:
        place = Place(name, number, key=row["id"])
        yield from id_faults(row["id"], ids, place)
        yield from one_of("status", row["status"], STATUSES, place)
        yield from one_of("state", row["state"], ("open", "accepted", "rejected"), place)
        yield from date_faults("date", row.get("date", ""), place)
        if row["state"] != "open" and not (row.get("by") and row.get("on")):
            yield Problem("decided, but by whom and when?", place, "by: a name; on: a date")


def id_faults(each: str, ids: Sequence[str], place: Place) -> Iterator[Problem]:
    """An id that is none, or that two lines have."""
    if not _SLUG.fullmatch(each):
        yield Problem(f"{each!r} is no id", place, "letters, digits and hyphens")
    if ids.count(each) > 1:
        yield Problem(f"two lines have the id {each!r}", place, step="give one of them another id")


def one_of(kind: str, value: str, names: Sequence[str], place: Place) -> Iterator[Problem]:
    """A value outside its list."""
    if value not in names:
        near = nearest(value, names)
        step = f"did you mean {near!r}?" if near else None
        yield Problem(f"unknown {kind} {value!r}", place, available=tuple(names), step=step)


def date_faults(column: str, value: str, place: Place) -> Iterator[Problem]:
    """A date that is none."""
    if value and not partial.is_partial(value):
        yield Problem(f"{column}: {value!r} is no date", place, "2022, 2022-11 or 2022-11-14")


def last_day(value: str) -> date | None:
    """The last day of a date, month or year in ISO form, None when it is none.

    >>> last_day("2022"), last_day("2024-02"), last_day("2022-13")
    (datetime.date(2022, 12, 31), datetime.date(2024, 2, 29), None)
    """
    return date.fromisoformat(partial.last_day(value)) if partial.is_partial(value) else None


def write_rows(path: Path, rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Write a table as a whole or not at all; the columns stand in one order."""
    put(path, as_csv([asdict(row) for row in rows], columns))
