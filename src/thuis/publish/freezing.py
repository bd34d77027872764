"""Numbered versions: what was published stays to be seen, and no number changes without a word about it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thuis.audit import Weak, compare, read
from thuis.contract.changes import Change, changes
from thuis.contract.written import dump
from thuis.errors import Place, Problem, ThuisError, raise_all, unknown
from thuis.project.model import Project
from thuis.publish.bundle import bundle
from thuis.publish.history import FOLDER, INDEX, Version, order, read_history

SHOWN = 20
"""Changed cells that a message lists; the rest is counted."""


@dataclass(frozen=True, slots=True)
class FreezeReport:
    """What a release did: the ``version``, the ``folder`` that keeps it, and ``changes`` ``since`` the one
    before.

    ``new`` is false when the same numbers were released as this version already. ``beyond_reach`` counts the
    cells of each version taken back, now or before, that tell of a few people to who kept its zip.
    """

    version: str
    folder: Path
    new: bool
    since: str | None
    changes: tuple[Change, ...]
    beyond_reach: Mapping[str, int] = field(default_factory=dict)


def freeze(
    project: Project,
    *,
    data: Path | None = None,
    note: Mapping[str, str] | None = None,
    withdrawn: Sequence[str] = (),
) -> FreezeReport:
    """Keep the data folder as built now as the version that ``thuis.yaml`` names.

    Writes ``releases/<version>/`` (a copy), ``releases/<version>.zip`` (what later builds publish) and a line
    in ``releases/versions.json``. Releasing the same numbers twice changes nothing.

    :param project: as :func:`thuis.load_project` gives it.
    :param data: the data folder, ``public/data`` in the project folder unless given.
    :param note: what is new in this version, in every language of the monitor.
    :param withdrawn: earlier versions that are taken back: their zip is no longer published, and people who
        kept it are beyond anybody's reach.
    :raises ThuisError: when this version and an earlier one together tell about a few people; when there is
        nothing built, when it was built as another version, when this version was released with other
        numbers, when a later version was released, or when a published number changed since the version
        before without a line in ``corrections.csv``.

    >>> import tempfile
    >>> from thuis.monitor.pipeline import build
    >>> from thuis.project import load_project
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     monitor = Path(folder) / "monitor"
    ...     _ = start(monitor, wave="2020")
    ...     _ = build(monitor, pages=False, keep=False)
    ...     report = freeze(load_project(monitor))
    >>> report.version, report.new, report.since
    ('1.0', True, None)
    """
    data = data or project.folder / "public" / "data"
    _check_built(project, data)
    _check_note(project, note)
    history = read_history(project.folder)
    kept = project.folder / FOLDER / project.version
    if project.version in {each.version for each in history}:
        different = changes(frozen(project, project.version), data)
        if different:
            raise ThuisError(_other_numbers(project, different))
        return FreezeReport(project.version, kept, False, project.version, ())
    _check_withdrawn(withdrawn, history)
    back = {each.version for each in history if not each.file or each.version in withdrawn}
    told = {each.version: _told(project, data, each) for each in history}
    _check_people(project, {each: found for each, found in told.items() if each not in back})
    before = history[-1] if history else None
    found = changes(frozen(project, before.version), data) if before else []
    if before:
        _check_order(project, before)
        _check_corrections(project, before, found)
    _keep(project, data, history, note)
    for version in withdrawn:
        (project.folder / FOLDER / f"{version}.zip").unlink(missing_ok=True)
    since = before.version if before else None
    beyond = {each: len(found) for each, found in told.items() if each in back and found}
    return FreezeReport(project.version, kept, True, since, tuple(found), beyond)


def frozen(project: Project, version: str) -> Path:
    """The kept copy of a released version.

    :raises ThuisError: when it is gone, for then nobody can say what changed.
    """
    folder = project.folder / FOLDER / version
    if not (folder / "figures").is_dir():
        raise ThuisError(
            f"the kept copy of version {version} is gone",
            Place(f"{FOLDER}/{version}"),
            expected="the data folder as it was released",
            step=f"restore it: unzip {FOLDER}/{version}.zip into {FOLDER}/{version}",
        )
    return folder


def _check_built(project: Project, data: Path) -> None:
    path = data / "monitor.json"
    again = f"thuis build {project.folder}"
    if not path.is_file():
        raise ThuisError("there is no built monitor to release", Place(str(data)), step=again)
    built = json.loads(path.read_text("utf-8")).get("version")
    if built != project.version:
        raise ThuisError(
            f"the monitor was built as version {built}, thuis.yaml says {project.version}",
            project.place("thuis", path=("version",)),
            step=again,
        )


def _check_note(project: Project, note: Mapping[str, str] | None) -> None:
    if note is not None:
        missing = [lang for lang in project.languages if not note.get(lang, "").strip()]
        raise_all(
            [Problem(f"the note has no text in {lang!r}", step=f"add --note-{lang}") for lang in missing]
        )


def _check_order(project: Project, before: Version) -> None:
    if order(project.version) < order(before.version):
        raise ThuisError(
            f"version {before.version} was released already",
            project.place("thuis", path=("version",)),
            expected=f"a version after {before.version}",
            step="raise version in thuis.yaml and build again",
        )


def _other_numbers(project: Project, different: Sequence[Change]) -> Problem:
    return Problem(
        f"version {project.version} was released with other numbers; {len(different)} cells differ:\n"
        + _listed(different),
        project.place("thuis", path=("version",)),
        expected="a new version for new numbers",
        step="raise version in thuis.yaml and build again",
    )


def _listed(found: Sequence[Change]) -> str:
    lines = [f"  {each}" for each in found[:SHOWN]]
    return "\n".join([*lines, f"  and {len(found) - SHOWN} more"] if len(found) > SHOWN else lines)


def _check_corrections(project: Project, before: Version, found: Sequence[Change]) -> None:
    """A number that readers may have used does not change in silence."""
    explained = {each.indicator for each in project.corrections if each.version == before.version}
    silent: dict[str, list[Change]] = {}
    for each in found:
        if each.kind != "added" and each.indicator not in explained:
            silent.setdefault(each.indicator, []).append(each)
    languages = ",".join(project.languages)
    raise_all(
        [
            Problem(
                f"{len(each)} published cells of {indicator!r} are not what version {before.version} said, "
                f"and no correction tells why:\n{_listed(each)}",
                Place("corrections.csv"),
                expected=f"a line with the columns date,version,indicator,{languages}",
                step=f"add {project.released.isoformat()},{before.version},{indicator},… and build again",
            )
            for indicator, each in silent.items()
        ]
    )


def _check_withdrawn(withdrawn: Sequence[str], history: Sequence[Version]) -> None:
    known = [each.version for each in history]
    raise_all([unknown("version", each, known) for each in withdrawn if each not in known])


def _told(project: Project, data: Path, earlier: Version) -> list[Weak]:
    """What a version tells together with an earlier one: they are one table to whoever keeps both."""
    kept = project.folder / FOLDER / earlier.version
    there = (kept / "figures").is_dir()
    return compare(read(earlier.file or kept), read(data)) if earlier.file or there else []


def _check_people(project: Project, told: Mapping[str, Sequence[Weak]]) -> None:
    """Nobody's answers may follow from this version and an earlier one together."""
    least = project.protection.minimum_n
    raise_all(
        [
            Problem(
                f"with version {version} this one tells about a few people, in {len(found)} cells:\n"
                + _people(found),
                project.place("thuis", path=("version",)),
                expected=f"no published cell with fewer than {least} respondents more or fewer",
                step=f"wait until enough has changed, or withhold the cells in both, or take the old version "
                f"back: thuis release --withdraw {version}",
            )
            for version, found in told.items()
            if found
        ]
    )


def _people(found: Sequence[Weak]) -> str:
    said = {"difference": "{n:g} respondents apart", "changed": "as many respondents, about {n:g} changed"}
    lines = [
        f"  {each.figure}, wave {each.wave}, {', '.join(each.cell) or 'total'}: "
        + said.get(each.kind, "withheld now").format(n=each.high)
        for each in found[:SHOWN]
    ]
    return "\n".join([*lines, f"  and {len(found) - SHOWN} more"] if len(found) > SHOWN else lines)


def _keep(project: Project, data: Path, history: Sequence[Version], note: Mapping[str, str] | None) -> None:
    """Copy aside, then move: copy, zip and list appear together or not at all, the list last."""
    folder = project.folder / FOLDER
    folder.mkdir(exist_ok=True)
    entry = Version(project.version, project.released.isoformat(), note)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=folder) as name:
        stage = Path(name)
        copy = stage / project.version
        shutil.copytree(data, copy, ignore=lambda at, _: [FOLDER] if Path(at) == data else [])
        files = {
            path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()
        }
        (stage / "zip").write_bytes(bundle(files, project))
        (stage / INDEX).write_text(dump([_line(each) for each in (*history, entry)]), "utf-8")
        shutil.rmtree(folder / project.version, ignore_errors=True)
        copy.rename(folder / project.version)
        (stage / "zip").replace(folder / f"{project.version}.zip")
        (stage / INDEX).replace(folder / INDEX)


def _line(each: Version) -> dict[str, object]:
    return {"version": each.version, "released": each.released, "note": each.note}
