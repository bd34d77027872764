"""What was released before: the frozen versions a project folder keeps in ``releases/``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thuis.contract import monitor as contract
from thuis.errors import Place, ThuisError
from thuis.language import texts
from thuis.project.model import Project

FOLDER = "releases"
INDEX = "versions.json"


@dataclass(frozen=True, slots=True)
class Version:
    """A numbered ``version``: when it was ``released``, what is new in it (``note``), and the zip
    ``file``."""

    version: str
    released: str
    note: Mapping[str, str] | None = None
    file: Path | None = None

    def record(self) -> contract.Version:
        """The line of this version in ``versions.json``; ``file`` is below the data folder."""
        file = {"file": f"{FOLDER}/{self.file.name}"} if self.file else {}
        told = {"version": self.version, "released": self.released, "note": self.note}
        return contract.Version.model_validate(told | file)


def order(version: str) -> tuple[int, ...]:
    """Versions in their order: 1.10 comes after 1.9.

    >>> sorted(["1.10", "1.9"], key=order)
    ['1.9', '1.10']
    """
    return tuple(int(part) for part in version.split("."))


def read_history(folder: Path) -> tuple[Version, ...]:
    """The released versions of a project folder, the first first; none when nothing was released yet.

    :param folder: the project folder.
    :raises ThuisError: when ``releases/versions.json`` cannot be read.

    >>> read_history(Path("a/project/without/releases"))
    ()
    """
    index = folder / FOLDER / INDEX
    if not index.exists():
        return ()
    try:
        found = [
            Version(each["version"], each["released"], each.get("note"), _kept(folder, each["version"]))
            for each in json.loads(index.read_text("utf-8"))
        ]
        return tuple(sorted(found, key=lambda each: order(each.version)))
    except (ValueError, KeyError, TypeError) as error:
        raise ThuisError(
            f"not a list of versions: {error}",
            Place(f"{FOLDER}/{INDEX}"),
            step="restore it from a backup; thuis release writes it",
        ) from error


def _kept(folder: Path, version: str) -> Path | None:
    path = folder / FOLDER / f"{version}.zip"
    return path if path.is_file() else None


def versions(project: Project, history: Sequence[Version]) -> list[Version]:
    """Every version up to this one, the latest first."""
    known = {each.version: each for each in history}
    if project.version not in known:
        note = None
        if not known:
            note = {lang: texts("publish", lang)("first-version") for lang in project.languages}
        known[project.version] = Version(project.version, project.released.isoformat(), note)
    return sorted(known.values(), key=lambda each: order(each.version), reverse=True)
