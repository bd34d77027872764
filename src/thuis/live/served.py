"""What is served: the data folder that was published, and the documents of the API, of one reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from thuis.contract.folder import DataFolder, read_folder
from thuis.errors import ThuisError
from thuis.language import LANGUAGES
from thuis.live.api.shelf import HSDS, Shelf, shelf
from thuis.live.kept import PATIENCE, Kept


@dataclass(frozen=True, eq=False)
class Served:
    """One version of what is published."""

    data: DataFolder
    shelf: Shelf


def _read(data: Path) -> Served:
    found = read_folder(data)
    return Served(found, shelf(found))


_SERVED = Kept(_read, "monitor.json", "directory.json", HSDS)


def served(patience: float | None = PATIENCE) -> Served:
    """What is served now; see :class:`thuis.live.kept.Kept`."""
    return _SERVED(settings.PUBLIC / "data", patience)


def languages() -> tuple[str, ...]:
    """The languages of the monitor, the first one first; before there are pages, those that have texts."""
    try:
        return served().data.languages
    except (ThuisError, OSError):
        return LANGUAGES
