"""Read what a visitor sent, in a process of its own: this module knows neither Django nor the database."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from thuis.apart import apart
from thuis.documents.read import Limits, extract_bytes
from thuis.errors import ThuisError
from thuis.vocabulary import Vocabulary, load_vocabulary

MEMORY = 3_000_000_000
AT_ONCE = 2
"""Files that one process reads or has waiting: the other threads go on with pages."""
_ROOM = BoundedSemaphore(AT_ONCE)


class BusyError(ThuisError):
    """So much is being read already that this would wait too long."""


@contextmanager
def _room() -> Iterator[None]:
    if not _ROOM.acquire(blocking=False):
        raise BusyError("other files are being read", step="try again in a minute")
    try:
        yield
    finally:
        _ROOM.release()


def screened(data: bytes, name: str, size: int, seconds: int) -> dict[str, Any]:
    """What the vocabulary says of a text or a file, as the report for machines has it.

    :raises ThuisError: when reading takes too long or too much, or breaks down.
    """
    with _room():
        return apart(_screened, data, name, size, seconds, file=name, seconds=seconds, memory=MEMORY)


def letter(data: bytes, name: str, language: str, seconds: int) -> dict[str, Any]:
    """What a letter says: its head, citations, promises, and what is not right in it.

    :raises ThuisError: when it is no letter, or as :func:`screened`.
    """
    with _room():
        return apart(_letter, data, name, language, file=name, seconds=seconds, memory=MEMORY)


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary()


def _screened(data: bytes, name: str, size: int, seconds: int) -> dict[str, Any]:
    from thuis.vocabulary.report.machine import as_dict
    from thuis.vocabulary.screen import screen_all

    limits = Limits(file_bytes=size, unpacked_bytes=20 * size, members=200, pages=2000, seconds=seconds)
    found = list(screen_all(extract_bytes(data, name, limits), _vocabulary()))
    return _plain(as_dict(found, _vocabulary()))


def _letter(data: bytes, name: str, language: str) -> dict[str, Any]:
    from thuis.dossier.export import told
    from thuis.dossier.letter import read_letter
    from thuis.dossier.reading import read_citations

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        return _plain(told(read_citations(read_letter(path)), language))


def _plain(value: Any) -> Any:
    """Lists and dictionaries alone, which cross from one process to another without classes."""
    return json.loads(json.dumps(value, default=str))
