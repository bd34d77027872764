"""Which record is in which file of the data folder, and reading one."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from thuis.contract.act import GrantsFile, KnowledgeFile, MunicipalitiesFile
from thuis.contract.area import Maps
from thuis.contract.directory import DirectoryFile, SearchFile
from thuis.contract.dossier import Dossier
from thuis.contract.faults import problems_of
from thuis.contract.figure import Figure
from thuis.contract.finding import Findings
from thuis.contract.flow import Flows
from thuis.contract.index import Index
from thuis.contract.monitor import (
    Corrections,
    FreePages,
    IndicatorRecord,
    Monitor,
    Population,
    Versions,
)
from thuis.contract.terms import Terms
from thuis.errors import Place, Problem

ModelT = TypeVar("ModelT", bound=BaseModel)
ValueT = TypeVar("ValueT")
MadeT = TypeVar("MadeT")

FILES: dict[str, type[BaseModel]] = {
    "monitor.json": Monitor,
    "indicators/<indicator>.json": IndicatorRecord,
    "figures/<indicator>/<breakdown>.json": Figure,
    "versions.json": Versions,
    "corrections.json": Corrections,
    "pages.json": FreePages,
    "population.json": Population,
    "findings.json": Findings,
    "flow.json": Flows,
    "map.json": Maps,
    "vocabulary.json": Terms,
    "dossier.json": Dossier,
    "directory.json": DirectoryFile,
    "directory-search.json": SearchFile,
    "municipalities.json": MunicipalitiesFile,
    "grants.json": GrantsFile,
    "knowledge.json": KnowledgeFile,
    "index.json": Index,
}
"""The record of each file by its path, with ``<…>`` for an id."""


_LAST: dict[tuple[str, object], tuple[Any, Any]] = {}
"""What was made of each file when it was read last: a build reads twice, a preview over and over."""


def again(name: str, given: ValueT, make: Callable[[ValueT], MadeT]) -> MadeT:
    """What a function makes of a file; what it made of it before when that held the same."""
    # Of bytes the digest: those of all figures of a large monitor take as much room as a build has to spare.
    told: object = sha256(given).digest() if isinstance(given, bytes) else given
    found, made = _LAST.get((name, make), (None, None))
    if found is not told and found != told:
        made = make(given)
        _LAST[name, make] = told, made
    return cast(MadeT, made)


class Reader:
    """Reads files of one data folder and collects what is wrong with them in ``problems``."""

    def __init__(self, folder: Path | zipfile.Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def record(self, name: str, model: type[ModelT], *, optional: bool = False) -> ModelT | None:
        """The record of a file, or None when the file is absent or faulty."""
        text = self.text(name, optional=optional)
        if text is None:
            return None
        try:
            return again(name, text, model.model_validate_json)
        except ValidationError as error:
            for value in self._values(name, text):
                self.problems += problems_of(error, value, name)
            return None

    def value(self, name: str) -> object:
        """What a file holds that is no record of ours (boundaries), or None."""
        text = self.text(name)
        return None if text is None else next(iter(self._values(name, text)), None)

    def text(self, name: str, *, optional: bool = False) -> bytes | None:
        path = self.folder / name
        try:
            return path.read_bytes()
        except OSError:
            if not optional or path.exists():
                self.problems.append(
                    Problem("the data folder lacks a file", Place(name), step="build the data folder again")
                )
            return None

    def _values(self, name: str, text: bytes) -> tuple[object, ...]:
        """The one value of a file (which may be ``null``); none when it is no JSON."""
        try:
            return (again(name, text, json.loads),)
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else None
            self.problems.append(
                Problem(f"not readable as JSON: {error}", Place(name, line), step="build it again")
            )
            return ()
