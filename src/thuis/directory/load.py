"""The directory of a project: ``initiatives/``, ``knowledge/``, ``grants.csv`` and ``grant-schemes.csv``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from thuis.contract.directory import DirectoryFile, PublicInitiative
from thuis.directory.grants import Grant, Scheme, differences, read_grants, read_schemes
from thuis.directory.intake import read_hsds
from thuis.directory.keyfigures import KeyFigures, read_figures
from thuis.directory.knowledge import Knowledge, read_knowledge
from thuis.directory.merges import Merge, merged, read_merges
from thuis.directory.model import Initiative
from thuis.directory.table import from_table, read_initiatives
from thuis.directory.validate import Remark, remarks
from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.places import LAST, resolve, undecided
from thuis.tables.sheet import read_objects, read_table, wanting

MERGES = "merges.csv"
SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".zip")
TOLD = ("", ".md", ".txt", ".license", ".db", ".ini")
"""What may stand beside them: words about the files, and what a file manager leaves."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything a directory holds, checked. ``remarks`` are for a person to look at before publishing."""

    records: tuple[Initiative, ...] = ()
    grants: tuple[Grant, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    merges: tuple[Merge, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    figures: KeyFigures = field(default_factory=KeyFigures)
    villages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether a project has no directory at all."""
        return not (
            self.records
            or self.grants
            or self.figures.rows
            or self.knowledge.entries
            or self.knowledge.activities
        )

    def remarks(self) -> list[tuple[Place, Remark]]:
        """What to look at, with where it stands."""
        return [(self.places[each.id], remark) for each in self.records for remark in remarks(each)]


def load(folder: Path, today: date) -> Directory:
    """The directory of a project folder, or of one file with initiatives.

    :raises ThuisError: with every fault of every file at once.
    """
    if folder.is_file():
        one, faults = read_file(folder, today)
        raise_all(faults + _twice(one))
        return _made(one, ())
    if not folder.is_dir():
        raise ThuisError("there is no such folder", Place(str(folder)), step="check the name")
    problems: list[Problem] = []
    rows: list[tuple[Initiative, Place]] = []
    for path in sorted((folder / "initiatives").glob("*")):
        beside = path.suffix.lower() in TOLD or path.name.startswith((".", "~$"))
        if path.is_dir() or path.name == MERGES or beside:
            continue
        if path.suffix.lower() not in SUFFIXES:
            step = "save it as one of these, or put it elsewhere"
            problems.append(
                Problem("a file of this form is not read", Place(path.name), available=SUFFIXES, step=step)
            )
            continue
        found, faults = read_file(path, today)
        rows += found
        problems += faults
    problems += _twice(rows)
    ids = [record.id for record, _ in rows]
    none: list[Merge] = []
    merges = tuple(_try(lambda: read_merges(folder / "initiatives" / MERGES, ids), none, problems))
    knowledge = _try(lambda: read_knowledge(folder / "knowledge"), Knowledge(), problems)
    schemes: tuple[Scheme, ...] = ()
    if (folder / "grant-schemes.csv").is_file():
        schemes = _try(lambda: read_schemes(folder / "grant-schemes.csv"), (), problems)
    grants: tuple[Grant, ...] = ()
    if (folder / "grants.csv").is_file():
        allowed = [each.id for each in schemes] or None
        grants = _try(lambda: read_grants(folder / "grants.csv", allowed), (), problems)
        problems += differences(grants, schemes) if grants else ()
    figures = _try(lambda: read_figures(folder), KeyFigures(), problems)
    villages: dict[str, tuple[str, ...]] = {}
    villages = _try(lambda: read_places(folder / "places.csv", today), villages, problems)
    raise_all(problems)
    made = _made(rows, merges)
    return replace(
        made, grants=grants, schemes=schemes, knowledge=knowledge, figures=figures, villages=villages
    )


def read_places(path: Path, today: date) -> dict[str, tuple[str, ...]]:
    """A project's own places: name -> the municipalities it lies in; none without a file.

    :param path: a table with the columns ``place`` and ``municipality``.

    :raises ThuisError: for a missing column, an empty name, and each municipality that cannot be told.
    """
    if not path.is_file():
        return {}
    table = read_table(path)
    raise_all(wanting(table, ("place", "municipality")))
    problems: list[Problem] = []
    found: dict[str, tuple[str, ...]] = {}
    for row in table.rows:
        answer = resolve(row["municipality"], min(today, LAST))
        if not row["place"]:
            problems.append(Problem("the place has no name", row.place("place")))
        if answer.code is None:
            fault = undecided(answer)
            problems.append(replace(fault, where=row.place("municipality")))
        else:
            found[row["place"]] = tuple(sorted({*found.get(row["place"], ()), answer.code}))
    raise_all(problems)
    return found


def _made(rows: list[tuple[Initiative, Place]], merges: tuple[Merge, ...]) -> Directory:
    records = [record for record, _ in rows]
    places = {record.id: place for record, place in rows}
    return Directory(tuple(merged(records, merges)), merges=merges, places=places)


def _try(read: Callable[[], Found], otherwise: Found, problems: list[Problem]) -> Found:
    try:
        return read()
    except ThuisError as error:
        problems += error.problems
        return otherwise


def read_file(path: Path, today: date) -> tuple[list[tuple[Initiative, Place]], list[Problem]]:
    """The initiatives of one file of any form, and its faults."""
    try:
        if path.suffix.lower() in (".json", ".zip"):
            package = read_hsds(path, today)
            return list(package.records), list(package.problems)
        if path.suffix.lower() == ".jsonl":
            return from_table(read_objects(path), today)
        return read_initiatives(path, today)
    except ThuisError as error:
        return [], list(error.problems)


def _twice(rows: list[tuple[Initiative, Place]]) -> list[Problem]:
    seen: dict[str, Place] = {}
    problems = []
    for record, place in rows:
        if record.id in seen:
            step = f"the other is {seen[record.id]}; give one of them another id"
            problems.append(Problem(f"two records have the id {record.id!r}", place, step=step))
        seen.setdefault(record.id, place)
    return problems


_MADE = {"municipality_name", "point", "overdue", "decay", "quality", "meanings", "parts"}


def reread(path: Path) -> Directory:
    """The initiatives of ``directory.json``.

    :raises ThuisError: when it is not what thuis writes.
    """
    try:
        read = DirectoryFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(each) for each in first["loc"])
        step = "build the data folder again"
        raise ThuisError(
            f"{where}: {first['msg']}", Place(path.name), "directory.json of thuis", step=step
        ) from error
    records = records_of(read)
    places = {each.id: Place(path.name, key=each.id) for each in records}
    return Directory(records, places=places, villages=read.places)


def records_of(read: DirectoryFile) -> tuple[Initiative, ...]:
    """The initiatives of a file that was read."""
    return tuple(_record(each) for each in read.initiatives)


def _record(public: PublicInitiative) -> Initiative:
    return Initiative.model_validate(public.model_dump(exclude=_MADE))
