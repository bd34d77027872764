"""One more wave of a project that is there: from its file, beside the wave that is nearest in time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from thuis.codebook import Codebook, read_codebook
from thuis.errors import Place, ThuisError, raise_all
from thuis.project import Project, load_project
from thuis.project.model import Wave
from thuis.starter.drawn import design_beside
from thuis.starter.entered import Entered, entered, released
from thuis.starter.further import waves_within
from thuis.starter.known import Carried, as_known, carried_over, too_little
from thuis.starter.looked import Looked
from thuis.starter.opened import opened
from thuis.starter.put import proved, same_file, staged, written_out
from thuis.starter.split import UNSURE, called
from thuis.starter.texts import today
from thuis.starter.waves import waves_of

_MOVED = "released: {} in thuis.yaml, as the wave came after the last release: check, and give it a 'version'"
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:/|\.\.|to|tot)\s*(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Added:
    """What was written for a new wave, or would be: its id, the files, and what a person should know."""

    wave: str
    files: tuple[Path, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """The id of a wave and its days of fieldwork."""

    id: str
    field: tuple[date, date]
    told: str | None = None


def add_wave(
    folder: Path,
    source: Path,
    *,
    year: int | None = None,
    said: Mapping[str, str | None] | None = None,
    columns: Mapping[str, str] | None = None,
    dry: bool = False,
) -> Added:
    """Take a survey file into a project as one more wave, all of it or nothing.

    Its questions are those of the wave nearest in time: found by the name of their column or by its title,
    their answers read by their labels. Where words or answers differ, the figures get a break.

    :param year: when people were asked; found in the file or its name when left out.
    :param said: how the file is written; ``weight``, ``strata`` and ``psu`` where they have other names; the
        ``wave``, its id, which is its year when left out; and ``days``, the first and the last of fieldwork,
        ``2024-03-01/2024-05-31``, the whole year when left out.
    :param columns: columns of the new file by variable, where they cannot be found by name or title.
    :param dry: change nothing, tell what would be.
    :raises ThuisError: when the wave or the file is there already, nothing tells the year, a column of the
        design lacks, or the project with its new wave is not right: nothing is then written.
    """
    project = load_project(folder)
    said = said or {}
    same_file(project, source)
    with TemporaryDirectory(prefix=".thuis-wave-", dir=folder) as name:
        stage = staged(folder, Path(name))
        book = _book(said.get("codebook"))
        looked, own = opened(stage, source, said, book)
        when = _when(project, source, looked, year, said)
        near = _nearest(project, when)
        known = as_known(project, near, _looked(project, near))
        carried = carried_over(project, near, known, looked, columns or {})
        raise_all(too_little(carried, source.name))
        document = project.documents[f"waves/{near.id}"].value
        design, told = design_beside(near, document["design"], looked, said)
        files = entered(
            project, near, Entered(when.id, when.field, own, looked.where, design, tuple(carried))
        )
        for path, text in files.items():
            (stage / path).parent.mkdir(exist_ok=True)
            (stage / path).write_text(text, "utf-8")
        notes = proved(stage, when.id)
        listed = (Path("data") / own.name, *files)
        if not dry:
            written_out(stage, folder, listed)
    moved = released(project, when.field)
    remarks = (*_told(when, near, carried, looked), *([_MOVED.format(moved)] if moved else []))
    return Added(when.id, tuple(folder / each for each in listed), (*remarks, *told, *notes))


def _book(named: str | None) -> Codebook | None:
    return read_codebook(Path(named)) if named else None


def _looked(project: Project, wave: Wave) -> Looked:
    """The file of a wave that is there."""
    book = read_codebook(project.folder / wave.codebook) if wave.codebook else None
    written = wave.written
    return Looked(project.folder / wave.file, written, book, (wave.csv.decimal, wave.csv.thousands))


def _when(
    project: Project, source: Path, looked: Looked, year: int | None, given: Mapping[str, str | None]
) -> When:
    """When people were asked, as the user says it or as something in the file tells it."""
    wave, days = given.get("wave") or "", given.get("days") or ""
    looked.respondents({}, (), ())
    looked.twice()
    waves = waves_of(looked)
    rows = waves.rows if waves else ()
    mine = [each for each in rows if str(year) in (each.id, str(each.year)) or wave in (each.id, each.code)]
    if waves and len(rows) > 1:
        if len(mine) != 1:
            raise ThuisError(waves_within(source.name, len(rows), waves.column))
        looked.where = (*looked.where, (waves.column, (mine[0].code,)))
    said = str(year) if year else ""
    found = called(wave or said, source, looked, today().year, None)
    told = found.told
    if not year and not wave and told and any(each in told for each in UNSURE):
        raise ThuisError(
            f"nothing in {source.name} tells the year in which people were asked",
            Place(source.name),
            step="say it: --year 2024",
        )
    of = year or found.year
    id_ = wave or str(of)
    if not re.fullmatch(r"[\w][\w.-]*", id_):
        raise ThuisError(f"{id_!r} cannot be the id of a wave", expected="letters, digits, dots and hyphens")
    if any(each.id == id_ for each in project.waves):
        raise ThuisError(
            f"wave {id_!r} is there already",
            project.place("waves", id_, ("id",)),
            available=tuple(each.id for each in project.waves),
            step="give this one an id of its own: --wave 2024-2; or remove the wave that is there first",
        )
    return When(id_, _field(of, days), None if year or wave else told)


def _field(year: int, days: str) -> tuple[date, date]:
    if days:
        found = _DAYS.fullmatch(days.strip())
        try:
            first, last = (date.fromisoformat(each) for each in found.groups()) if found else (None, None)
        except ValueError:
            first = last = None
        if first is None or last is None or last < first:
            raise ThuisError(
                f"{days!r} are no days of fieldwork", expected="first/last: 2024-03-01/2024-05-31"
            )
        return first, last
    return date(year, 1, 1), min(date(year, 12, 31), max(today(), date(year, 1, 1)))


def _nearest(project: Project, when: When) -> Wave:
    """The wave before a day, else the first: its questions are the likeliest to be put again."""
    singles = [each for each in project.waves if not each.pools]
    before = [each for each in singles if each.field.start <= when.field[0]]
    return before[-1] if before else singles[0]


def _told(when: When, near: Wave, carried: list[Carried], looked: Looked) -> tuple[str, ...]:
    """What a person should know, the wave first."""
    first = when.told or f"wave: {when.id}, fieldwork from {when.field[0]} to {when.field[1]}: check"
    asked = sum(each.own is not None for each in carried)
    return (
        first,
        f"laid beside wave {near.id!r}: {asked} of its {len(carried)} variables are in {looked.file.name}",
        *(line for each in carried for line in each.told),
        *(
            f"break: {change.kind} of {each.id!r}: {change.en}"
            for each in carried
            for change in each.changes(earlier=when.field[0] < near.field.start)
        ),
        *looked.remarks,
        *(f"file: {each}" for each in looked.notes),
        f"taken over from wave {near.id!r}: mode, population, source: check waves/{when.id}.yaml",
    )
