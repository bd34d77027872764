"""``index.json``: every file with its digest and what changed since each version; what a build takes over."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from thuis.contract.folder import DataFolder
from thuis.contract.index import FileKind, FileOf, Index, Since
from thuis.exchange import link
from thuis.fingerprint import of_file
from thuis.language import HOMES, LANGUAGES

NAME = "index.json"
HANDOVER = "handover"
_WHOLE = re.compile(r"(figures|differences)(\.\w[\w-]*)?\.(csv|parquet|xlsx)")
_TYPES = {
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    ".ttl": "text/turtle",
    ".cff": "application/yaml",
    ".db": "application/vnd.sqlite3",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".json": "application/json",
    ".csv": "text/csv",
    ".zip": "application/zip",
}


def index(data: DataFolder) -> Index:
    """The index of a data folder as it stands."""
    monitor = data.monitor
    files = tuple(_listed(data.folder, path, data) for path in _paths(data.folder))
    here = {each.path: each.sha256 for each in files}
    return Index.given(
        title=monitor.title,
        version=monitor.version,
        released=monitor.released,
        address=monitor.address,
        languages=data.languages,
        licence=monitor.licence.url if monitor.licence else None,
        synthetic=data.synthetic,
        made_by=maker(),
        files=files,
        since=tuple(_since(data, here)),
    )


@cache
def maker() -> str:
    """A digest of all that decides what a workbook looks like: our code and texts, and what writes it."""
    ours = [
        resources.files("thuis.handover"),
        *(HOMES[each] for each in LANGUAGES),
    ]
    found = sorted(
        (each.name, each.read_bytes())
        for room in ours
        for each in room.iterdir()
        if each.name.endswith((".py", ".yaml"))
    )
    told = b"".join(name.encode() + content for name, content in found)
    libraries = "".join(version(each) for each in ("xlsxwriter", "polars"))
    return hashlib.sha256(told + libraries.encode()).hexdigest()


def _paths(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(each for each in found if each != NAME)


def _listed(folder: Path, path: str, data: DataFolder) -> FileOf:
    content = (folder / path).read_bytes()
    kind, about = _about(path)
    stem = PurePosixPath(path).name.split(".")
    language = next((each for each in stem[1:-1] if each in data.languages), None)
    told = about | ({"language": language} if language else {})
    found = {"path": path, "kind": kind, "type": media_type(path), "bytes": len(content)}
    return FileOf.given(found | {"sha256": hashlib.sha256(content).hexdigest()} | told)


def media_type(path: str) -> str:
    """The media type of a file, by its name.

    >>> media_type("figures.parquet"), media_type("x.csv"), media_type("LICENCE.txt")
    ('application/vnd.apache.parquet', 'text/csv', 'text/plain')
    """
    suffix = PurePosixPath(path).suffix
    return _TYPES.get(suffix) or mimetypes.guess_type(f"x{suffix}")[0] or "application/octet-stream"


def _about(path: str) -> tuple[FileKind, dict[str, str]]:
    parts = PurePosixPath(path).parts
    if parts[0] == "figures" and len(parts) == 3:
        return "figure", {"indicator": parts[1], "breakdown": parts[2].split(".")[0]}
    if parts[0] in ("indicators", "workbooks") and len(parts) == 2:
        return "indicator", {"indicator": parts[1].split(".")[0]}
    kinds: dict[str, FileKind] = {"releases": "version", "schema": "schema", HANDOVER: "handover"}
    if len(parts) > 1:
        return kinds.get(parts[0], "other"), {}
    return ("whole" if _WHOLE.fullmatch(path) else "other"), {}


def _since(data: DataFolder, here: dict[str, str]) -> Iterator[Since]:
    for each in data.versions:
        path = data.folder / "releases" / (each.file or "").rpartition("/")[2]
        if not each.file or not path.is_file():
            continue
        then = _digests(path)
        both = here.keys() & then.keys()
        changed = sorted(each for each in both if here[each] != then[each])
        added, removed = sorted(here.keys() - then.keys()), sorted(then.keys() - here.keys())
        tables = (p for p in (*added, *changed, *removed) if p.startswith("figures/") and p.endswith(".csv"))
        figures = sorted(each.removeprefix("figures/").removesuffix(".csv") for each in tables)
        told = {"added": added, "changed": changed, "removed": removed, "figures": figures}
        yield Since.given({"version": each.version} | {k: tuple(v) for k, v in told.items()})


def _digests(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        names = [each for each in archive.namelist() if not each.endswith("/") and each != NAME]
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}


MONITOR = "monitor.json"
FRAME = "the monitor around its indicators"
"""What a workbook of one indicator is made of, beside the files of that indicator."""


@dataclass(frozen=True)
class Kept:
    """The files of the data folder before, by their digests; none when another program made them."""

    before: Path | None
    folder: Path
    digests: Mapping[str, str] = field(default_factory=dict)

    def same(self, name: str, needs: Iterable[str]) -> bytes | None:
        """A file as it stands, when all it was made of is the same and nobody touched it since."""
        wanted = self.digests.get(name)
        if self.before is None or wanted is None:
            return None
        if not all(self._same(each) for each in needs):
            return None
        return (self.before / name).read_bytes() if of_file(self.before / name) == wanted else None

    def take_over(self, name: str) -> bool:
        """Put a file where it stood, whatever it was made of; False when there is none."""
        if self.before is None or not (self.before / name).is_file():
            return False
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        link(self.before / name, self.folder / name)
        return True

    def _same(self, need: str) -> bool:
        if need == FRAME:
            return self.framed
        return self.digests.get(need) == of_file(self.folder / need)

    @cached_property
    def framed(self) -> bool:
        """Whether the monitor is the same but for the list of its indicators."""
        if self.before is None or self.digests.get(MONITOR) != of_file(self.before / MONITOR):
            return False
        both = (json.loads((each / MONITOR).read_bytes()) for each in (self.before, self.folder))
        one, other = ({**told, "indicators": None} for told in both)
        return one == other


def kept(before: Path | None, folder: Path) -> Kept:
    """What can be taken over from the data folder ``before`` into ``folder``."""
    try:
        index = Index.model_validate_json((before / NAME).read_bytes()) if before else None
    except (OSError, ValidationError):
        index = None
    if index is None or index.made_by != maker():
        return Kept(None, folder)
    return Kept(before, folder, {each.path: each.sha256 for each in index.files})
