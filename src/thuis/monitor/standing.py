"""Whether a build would change nothing: then what stands is the answer, and nothing is loaded to make it.

A build notes the digest of the code and of every file of the project that it could read, and the digest of
every file it wrote. Both are taken again before the next build is begun: content is compared, never times.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from thuis.files import put
from thuis.fingerprint import code, of_file

WORK = ".thuis"
"""What a project keeps for itself: the audit, and what a build made of what. Never public."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: figures, cells by fate, pages, seconds."""

    out: Path
    respondents: dict[str, int]
    figures: int
    published: int
    withheld: dict[str, int]
    pages: int
    seconds: float
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For a machine: plain names and numbers."""
        return {
            "out": str(self.out),
            "respondents": self.respondents,
            "figures": self.figures,
            "published": self.published,
            "withheld": self.withheld,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
        }

    def summary(self) -> str:
        """For a person, one thing a line."""
        people = ", ".join(f"{wave}: {n:,}" for wave, n in self.respondents.items())
        reasons = ", ".join(f"{reason} {n}" for reason, n in sorted(self.withheld.items()))
        lines = [
            f"respondents   {people}",
            f"figures       {self.figures}",
            f"cells         {self.published} published; withheld: {reasons or 'none'}",
            f"pages         {self.pages}",
            f"written to    {self.out}",
        ]
        return "\n".join([*lines, *self.notes])


@dataclass(frozen=True, slots=True)
class Build:
    """One build as it is asked for: the project, where to, with pages, with what is handed over."""

    folder: Path
    out: Path
    pages: bool = True
    handover: bool = False

    @property
    def _noted(self) -> Path:
        return self.folder / WORK / "standing.json"

    def key(self) -> str:
        """The digest of all that this build may read in the project; empty when that cannot be told."""
        out = self.out.resolve()
        found = sha256(json.dumps([code(), str(out), self.pages, self.handover]).encode())
        try:
            tops = sorted(each for each in self.folder.iterdir() if not each.name.startswith("."))
            read = [each for each in tops if each.name != "public" and each.resolve() != out]
            for line in (line for each in read for line in _contents(each)):
                found.update(line.encode())
        except (OSError, _ElsewhereError):
            return ""
        return found.hexdigest()

    def standing(self) -> BuildReport | None:
        """The report of the build that stands, when this one would read the same and write the same."""
        started = time.perf_counter()
        try:
            told = json.loads(self._noted.read_bytes())
            if not told["key"] or told["key"] != self.key() or told["made"] != self._made():
                return None
            spent = time.perf_counter() - started
            return BuildReport(self.out, seconds=spent, notes=tuple(told["notes"]), **told["report"])
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def note(self, key: str, report: BuildReport) -> None:
        """Note a build that was made; not when a file of the project changed meanwhile."""
        self.forget()
        if not key or key != self.key():
            return
        told = {name: value for name, value in report.as_dict().items() if name not in ("out", "seconds")}
        notes = told.pop("notes")
        text = json.dumps({"key": key, "made": self._made(), "notes": notes, "report": told})
        with suppress(OSError):
            put(self._noted, text)

    def forget(self) -> None:
        """What stands is about to change."""
        with suppress(OSError):
            self._noted.unlink(missing_ok=True)

    def _made(self) -> str:
        found = sha256()
        with suppress(_ElsewhereError):
            for folder in (self.out, self.folder / WORK / "audit"):
                for line in _contents(folder):
                    found.update(line.encode())
        return found.hexdigest()


class _ElsewhereError(Exception):
    """A folder that is a link: what stands in it may change unseen."""


def _contents(path: Path) -> Iterator[str]:
    """Every file at or below a path, with the digest of what it holds."""
    if not path.is_dir():
        yield f"{path.name}\0{of_file(path)}\n"
        return
    for at, folders, names in os.walk(path):
        folders.sort()
        if any(Path(at, each).is_symlink() for each in folders):
            raise _ElsewhereError
        below = os.path.relpath(at, path)
        yield f"{path.name}/{below}\n"
        for name in sorted(names):
            yield f"{name}\0{of_file(Path(at, name))}\n"
