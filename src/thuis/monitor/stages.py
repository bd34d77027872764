"""Stages of a build that remember what they made, by the content of all that they read.

A stage keeps files under one key: the digest of its input and of the code. Another key, or a file that is not
as it was written, and the stage is made again. What each stage may read is said here, and a test watches
which files it opens.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import polars as pl

from thuis.files import aside
from thuis.fingerprint import code, of_file
from thuis.project.bare import bare, told
from thuis.project.model import Project, Wave
from thuis.protect import ProtectionRules
from thuis.values import Release

Files = dict[str, bytes]
PARSED = frozenset({"indicators", "breakdowns", "waves", "pages", "findings.yaml", "corrections.csv"})
"""What reaches the dossier, the vocabulary and the directory by way of the project alone, or not at all."""
MADE = frozenset({"public", "releases"})
"""What a build makes, or keeps of builds before."""


@dataclass(frozen=True)
class Stages:
    """Where stages keep what they made: a folder of a file each, or nowhere."""

    folder: Path | None

    def files(self, stage: str, key: str, make: Callable[[], Files]) -> Files:
        """What a stage made under this key before, or makes now."""
        if self.folder is None or not key:
            return make()
        kept = self.kept(stage, key)
        if kept is not None:
            return kept
        made = make()
        with suppress(OSError):
            _write(self._path(stage), key, made)
        return made

    def kept(self, stage: str, key: str) -> Files | None:
        """What a stage made under this key before: then there is nothing wrong with what it reads."""
        return _read(self._path(stage), key) if self.folder is not None and key else None

    def stands(self, stage: str, key: str) -> bool:
        """Whether a stage says that it made something under this key."""
        try:
            with zipfile.ZipFile(self._path(stage)) as kept:
                return kept.comment.decode() == key
        except (OSError, zipfile.BadZipFile, ValueError):
            return False

    def has(self, stage: str) -> bool:
        """Whether a stage made anything before, under whatever key."""
        return self.folder is not None and self._path(stage).is_file()

    def _path(self, stage: str) -> Path:
        return Path(self.folder or "") / f"{stage}.zip"


def _read(path: Path, key: str) -> Files | None:
    try:
        with zipfile.ZipFile(path) as kept:
            if kept.comment.decode() != key:
                return None
            return {name: kept.read(name) for name in kept.namelist()}
    except (OSError, zipfile.BadZipFile, ValueError, EOFError):
        return None


def _write(path: Path, key: str, files: Files) -> None:
    """Aside, then in its place: a build that is killed leaves no half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with aside(path) as part, zipfile.ZipFile(part, "w") as kept:
        kept.comment = key.encode()
        for name, content in files.items():
            kept.writestr(name, content)


def figures_key(project: Project) -> str:
    """Of respondents, estimates and protection: the project without its texts, and the survey files."""
    of = bare(project)
    sources = [project.documents.get(name) for name in ("variables", *(f"waves/{w.id}" for w in of.waves))]
    return _digest(
        told(of),
        [list(each.lines) for each in sources if each],
        [[name, _content(project.folder / name)] for wave in of.waves for name in _read_of(wave)],
    )


def _read_of(wave: Wave) -> list[str]:
    """The files of a wave: its respondents, and the totals its weights agree with."""
    weights = (each.calibrate for each in wave.design.weightings.values())
    return [wave.file, *(each.margins for each in weights if each)]


def beside_key(project: Project, but: Iterable[Path] = ()) -> str:
    """Of dossier, vocabulary and directory: their files, and of the project what they are given."""
    themes = [each.id for each in project.settings.themes]
    told = [themes, project.released.isoformat(), project.settings.namespace]
    return _digest(told, _folder(project.folder, {*PARSED, *MADE, "data"}, but))


def answers_key(project: Project, figures: str, but: Iterable[Path] = ()) -> str:
    """Of what ``findings.yaml`` asks: figures, the project as far as it is asked about, and every file.

    Empty, which keeps nothing, when files may stand outside the project folder.
    """
    if project.settings.outside:
        return ""
    of = asked_of(project)
    questions = of.questions.model_dump_json() if of.questions else ""
    return _digest(figures, told(of), questions, _folder(project.folder, {*PARSED, *MADE}, but))


def handover_key(data: Path) -> str:
    """Of the book of tables, the reports and the forms for other systems: all of the data folder."""
    files = sorted(each for each in data.rglob("*") if each.is_file())
    return _digest([[each.relative_to(data).as_posix(), of_file(each)] for each in files])


def asked_of(project: Project) -> Project:
    """The project that questions are answered from: an indicator that none of them names has no texts."""
    named = project.questions.model_dump_json() if project.questions else ""
    without = {each.id: each for each in bare(project).indicators}
    return replace(
        project,
        indicators=tuple(each if each.id in named else without[each.id] for each in project.indicators),
        pages=(),
        corrections=(),
    )


def _digest(*parts: object) -> str:
    return sha256(json.dumps([code(), *parts], ensure_ascii=False).encode()).hexdigest()


def _folder(folder: Path, without: set[str], but: Iterable[Path]) -> list[list[str]]:
    """Path and digest of every file in the project folder; not of what was made, or is hidden."""
    out = {each.resolve() for each in but}
    return [
        [each.name, _content(each)]
        for each in sorted(folder.iterdir())
        if each.name not in without and not each.name.startswith(".") and each.resolve() not in out
    ]


def _content(path: Path) -> str:
    """The digest of a file, or of all files in a folder with their paths."""
    if path.is_dir():
        inside = (each for each in sorted(path.rglob("*")) if each.is_file())
        return _digest([[each.relative_to(path).as_posix(), _content(each)] for each in inside])
    return of_file(path)


LOOK = "look.txt"
"""What a person should look at in the directory, a line each."""
TOLD = "told.json"
"""Of a release: respondents of each wave, what was said while it was made, what was remarked on them."""
FRAMES = ("cells", "comparisons", "audit")
NON_RESPONSE = "non_response"


def release_files(
    release: Release, respondents: Mapping[str, int], said: Iterable[str], remarked: Iterable[str] = ()
) -> Files:
    """A release as files: its tables in Arrow, the respondents and what was said of them."""
    tables = {name: getattr(release, name) for name in FRAMES} | {NON_RESPONSE: release.extras[NON_RESPONSE]}
    files = {f"{name}.arrow": each.write_ipc(None).getvalue() for name, each in tables.items()}
    told = {"respondents": dict(respondents), "said": list(said), "remarked": list(remarked)}
    return {**files, TOLD: json.dumps(told, ensure_ascii=False).encode()}


def release_from(files: Files, project: Project) -> tuple[Release, dict[str, int], tuple[str, ...]]:
    """The release of :func:`release_files`, its respondents, and what was said."""
    tables = {name: pl.read_ipc(io.BytesIO(files[f"{name}.arrow"])) for name in (*FRAMES, NON_RESPONSE)}
    told = json.loads(files[TOLD])
    rules = ProtectionRules.of(project.protection)
    extras = {"rules": rules, NON_RESPONSE: tables.pop(NON_RESPONSE)}
    return (
        Release(**tables, extras=extras),
        told["respondents"],
        tuple(told["said"]),
    )
