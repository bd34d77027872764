"""What a page read of the data folder: noted while it is made, so that an unchanged page is not made again.

A page gets a :class:`Part` in the place of the data folder. It hands out the same values and notes which it
handed out; the page is made again when one of these changed. What is not known by name counts as everything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from thuis.contract.folder import DataFolder, held
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Version
from thuis.contract.past import Past
from thuis.fingerprint import of_file

Noted = tuple[str, ...]
"""What was read: a name and, for an answer, the function that found it and what it was given."""

FILES: dict[str, tuple[str, ...]] = {
    "versions": ("versions.json",),
    "corrections": ("corrections.json",),
    "pages": ("pages.json",),
    "population": ("population.json",),
    "findings": ("findings.json",),
    "flows": ("flow.json",),
    "maps": ("map.json",),
    "vocabulary": ("vocabulary.json",),
    "dossier": ("dossier.json",),
    "directory": ("directory.json",),
    "municipalities": ("municipalities.json",),
    "grants": ("grants.json",),
    "knowledge": ("knowledge.json",),
}
"""The file of each part of the data folder that has one of its own."""
COMMON = frozenset({"monitor", "waves", "themes", "languages", "synthetic"})
"""What stands in ``monitor.json``, which every page shows: all are made again when it changes."""


class Part:
    """The data folder, or what one indicator needs of it, with a note of all that was read.

    :param data: the whole.
    :param only: the one indicator that there is, for a page about it alone.
    """

    def __init__(self, data: DataFolder, only: Indicator | None = None) -> None:
        self._whole = data
        self._data = data if only is None else replace(data, indicators=(only,))
        self._only = only
        self.noted: set[Noted] = set()

    def __getattr__(self, name: str) -> Any:
        if name not in COMMON:
            self.noted.add(self._name(name))
        return getattr(self._data, name)

    def _name(self, name: str) -> Noted:
        if name in ("indicators", "of_theme"):
            return ("indicator", self._only.id) if self._only else ("indicators",)
        return (name,) if name in FILES or name == "shapes" else ("all",)

    def past(self, version: Version) -> Past | None:
        """As :meth:`thuis.contract.folder.DataFolder.past`: the zip is noted."""
        self.noted |= {("past", each) for each in (version.file,) if each}
        return self._whole.past(version)

    def ask(self, question: Callable[..., Any], *given: str) -> Any:
        """As :meth:`thuis.contract.folder.DataFolder.ask`: the answer is noted, not what it was found in."""
        self.noted.add(("ask", question.__module__, question.__qualname__, *given))
        return question(self._whole, *given)

    def holds(self, path: str) -> bool:
        """As :meth:`thuis.contract.folder.DataFolder.holds`: only whether it is there is noted."""
        return bool(self.ask(held, path))


def part(data: DataFolder, only: Indicator | None = None) -> tuple[DataFolder, set[Noted]]:
    """A data folder to make pages of, and the notes that fill up meanwhile."""
    found = Part(data, only)
    return cast(DataFolder, found), found.noted


class Contents:
    """What each part of a data folder holds, as a digest: the same digest, the same content.

    :param told: what every page of a language depends on beside the monitor itself.
    :param content: the digest of what a file holds.
    """

    def __init__(
        self,
        data: DataFolder,
        told: Callable[[str], Iterable[str]],
        content: Callable[[str], str] = of_file,
    ) -> None:
        self._data = data
        self._told = told
        self._content = content
        self._known: dict[Noted, str] = {}
        self._common: dict[str, str] = {}

    def of(self, noted: Noted) -> str:
        """The digest of one part."""
        if noted not in self._known:
            self._known[noted] = self._digest(*noted)
        return self._known[noted]

    def together(self, noted: Iterable[Noted], language: str) -> str:
        """One digest of several parts and of what every page of a language shows."""
        return digest(self.common(language), *(f"{each}={self.of(each)}" for each in sorted(noted)))

    def common(self, language: str) -> str:
        """``monitor.json`` without its list of indicators, and what was told."""
        if language not in self._common:
            bare = self._data.monitor.model_copy(update={"indicators": ()}).model_dump_json()
            self._common[language] = digest(bare, *self._told(language))
        return self._common[language]

    def _digest(self, name: str, *rest: str) -> str:
        if name == "ask":
            module, function, *given = rest
            found = getattr(import_module(module), function, None) if find_spec(module) else None
            return digest(repr(found(self._data, *given))) if found else "no longer asked"
        if name == "indicator":
            return self._indicator(rest[0])
        if name == "indicators":
            return digest(*(f"{each.id}={self._indicator(each.id)}" for each in self._data.indicators))
        if name == "shapes":
            return self._files(sorted({each.boundaries for each in self._data.maps}))
        if name in FILES or name == "past":
            return self._files(list(FILES.get(name, rest)))
        folder = self._data.folder
        return self._files(
            [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]
        )

    def _indicator(self, id_: str) -> str:
        found = next((each for each in self._data.indicators if each.id == id_), None)
        if found is None:
            return "gone"
        figures = [f"figures/{id_}/{each.breakdown}.json" for each in found.figures]
        return self._files([f"indicators/{id_}.json", *figures])

    def _files(self, names: list[str]) -> str:
        return digest(*(f"{name}={self._content(f'{self._data.folder}/{name}')}" for name in names))


def digest(*texts: str) -> str:
    """The SHA-256 of texts, each apart from the next."""
    return sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()
