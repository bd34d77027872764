"""Read, check and write ``commitments.csv`` and ``proposals.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from thuis.dossier.ledger.model import COLUMNS, KINDS, PROPOSAL_COLUMNS, STATUSES, Entry, Proposal, State
from thuis.errors import Place, Problem, raise_all, unknown
from thuis.files import put
from thuis.language import partial
from thuis.tables import Row, as_csv, read_table

Made = TypeVar("Made")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*", re.I)


def read_ledger(path: Path) -> list[Entry]:
    """The commitments of a ledger; an absent file is an empty ledger.

    :raises ThuisError: every fault at once, with its row: unknown columns and states, dates that are none,
        two lines with one id, references to lines that are not there, a fulfilled line without its document.
    """
    return read_rows(path, COLUMNS, ("id", "text", "status"), Entry, _faults)


def read_proposals(path: Path) -> list[Proposal]:
    """The proposals of fulfilment; an absent file holds none."""
    required = ("id", "commitment", "document", "status", "state")
    return read_rows(path, PROPOSAL_COLUMNS, required, Proposal, _proposal_faults)


def read_rows(
    path: Path,
    columns: Sequence[str],
    required: Sequence[str],
    make: Callable[..., Made],
    faults: Callable[[Row, Place, Sequence[str]], Iterator[Problem]],
) -> list[Made]:
    """The rows of a table, checked; an absent file has none.

    :param faults: given a row, its place and the ids of all rows, yields what is wrong with its values.
    :raises ThuisError: for what is no CSV, unknown or missing columns, and every fault.
    """
    if not path.exists():
        return []
    problems: list[Problem] = []
    rows = read_table(path, problems, required=required, columns=columns, name=path.name)
    raise_all(problems)
    ids = [row["id"] for row in rows]
    for row in rows:
        place = Place(path.name, row.line, key=row.get("id"))
        if "id" in required:
            problems += _id_faults(row["id"], ids, place)
        problems += faults(row, place, ids)
    raise_all(problems)
    given = ({key: value for key, value in row.cells.items() if value or key in required} for row in rows)
    return [make(**each) for each in given]


def _faults(row: Row, place: Place, ids: Sequence[str]) -> Iterator[Problem]:
    if not row["text"]:
        yield Problem("no text", place, "what was promised, in one sentence")
    yield from one_of(row, {"status": STATUSES}, place)
    if row["kind"]:
        yield from one_of(row, {"kind": KINDS}, place)
    yield from date_faults(row, ("date", "due", "reviewed", "fulfilled_on"), place)
    # A register tells that it is fulfilled, and often not by which document.
    registered = row["number"] or row["guid"]
    if row["status"] == "Voldaan" and not row["fulfilled_by"] and not registered:
        yield Problem("fulfilled, but by which document?", place, "fulfilled_by: the id of the letter")
    if row["guid"] and not _GUID.fullmatch(row["guid"]):
        yield Problem(f"{row['guid']!r} is no GUID", place, "8-4-4-4-12 hexadecimal digits")
    for column in ("repeats", "supplements", "changes"):
        for other in row[column].split():
            if other not in ids or other == row["id"]:
                yield unknown(f"{column}: commitment", other, [i for i in ids if i != row["id"]], place)


def _proposal_faults(row: Row, place: Place, _ids: Sequence[str]) -> Iterator[Problem]:
    yield from one_of(row, {"status": STATUSES, "state": get_args(State)}, place)
    yield from date_faults(row, ("date",), place)
    if row["state"] != "open" and not (row["by"] and row["on"]):
        yield Problem("decided, but by whom and when?", place, "by: a name; on: a date")


def _id_faults(each: str, ids: Sequence[str], place: Place) -> Iterator[Problem]:
    if not _SLUG.fullmatch(each):
        yield Problem(f"{each!r} is no id", place, "letters, digits and hyphens")
    if ids.count(each) > 1:
        yield Problem(f"two lines have the id {each!r}", place, step="give one of them another id")


def one_of(row: Row, allowed: Mapping[str, Sequence[str]], place: Place) -> list[Problem]:
    """The cells that hold no word of their list."""
    return [unknown(key, row[key], names, place) for key, names in allowed.items() if row[key] not in names]


def date_faults(row: Row, columns: Sequence[str], place: Place) -> Iterator[Problem]:
    """The cells with a date that is none."""
    for column in columns:
        if row[column] and not partial.is_partial(row[column]):
            yield Problem(f"{column}: {row[column]!r} is no date", place, "2022, 2022-11 or 2022-11-14")


def last_day(value: str) -> date | None:
    """The last day of a date, month or year in ISO form, None when it is none.

    >>> last_day("2022"), last_day("2024-02"), last_day("2022-13")
    (datetime.date(2022, 12, 31), datetime.date(2024, 2, 29), None)
    """
    return date.fromisoformat(partial.last_day(value)) if partial.is_partial(value) else None


def write_rows(path: Path, rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Write a table as a whole or not at all; the columns stand in one order."""
    put(path, as_csv([asdict(row) for row in rows], columns))
