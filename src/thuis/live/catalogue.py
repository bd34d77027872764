"""The directory as it is published, and as it will be with what moderators decided since."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from thuis.directory.index import Index, build
from thuis.directory.load import reread
from thuis.directory.model import Initiative as Record
from thuis.live.models import Initiative


def published() -> tuple[Record, ...]:
    """The records that the public folder holds: what list, search, files and API show."""
    return index().records


def index() -> Index:
    """The same with the index by which they are found."""
    path = settings.PUBLIC / "data" / "directory.json"
    return _index(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=2)
def _index(path: Path, stamp: int) -> Index:
    return build(reread(path).records if stamp else ())


def overlaid(delivered: Iterable[Record]) -> tuple[Record, ...]:
    """Records as the monitor brought them, with what was accepted, corrected and withdrawn here."""
    ours = {
        each.key: (each.withdrawn, each.current.record if each.current else None)
        for each in Initiative.objects.select_related("current")
    }
    found: dict[str, Record] = {each.id: each for each in delivered}
    for key, (gone, record) in ours.items():
        if gone:
            found.pop(key, None)
        elif record is not None:
            found[key] = Record.model_validate(record)
    return tuple(sorted(found.values(), key=lambda each: (each.name.casefold(), each.id)))


def one(key: str) -> Record | None:
    """One record as it stands with all decisions, also those not published yet."""
    ours = Initiative.objects.select_related("current").filter(key=key).first()
    if ours and ours.withdrawn:
        return None
    if ours and ours.current:
        return Record.model_validate(ours.current.record)
    return next((each for each in published() if each.id == key), None)
