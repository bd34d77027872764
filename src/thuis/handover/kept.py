"""Workbooks of the build before, taken over when nothing they were made of is different."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from thuis.contract.index import Index
from thuis.fingerprint import of_file
from thuis.handover.index import NAME, maker

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
