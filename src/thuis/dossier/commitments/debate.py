"""The report of a debate (Handelingen, official XML) as speeches with their speaker and place in the file."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from thuis.documents.mapped import Mapped
from thuis.documents.mojibake import mended
from thuis.dossier.commitments.classify import role_of
from thuis.dossier.commitments.model import Role
from thuis.errors import Place, ThuisError

_PIECE = re.compile(r"<spreker\b[^>]*>(?P<speaker>.*?)</spreker>|<al\b[^>]*>(?P<al>.*?)</al>", re.S)
_HIDDEN = re.compile(r"<motie\b.*?</motie>|<metadata\b.*?</metadata>|<!--.*?-->", re.S)
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_SPACE = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+(?=[.,;:?!)])")
_TITLE = re.compile(r"<item-titel\b[^>]*>(.*?)</item-titel>", re.S)
_DAY = re.compile(r"isodatum=\"(\d{4}-\d\d-\d\d)")
_ID = re.compile(r"h-(?:tk|ek|vv)-\d{8}-\d+(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Speech:
    """One paragraph as spoken, by ``speaker`` in a ``role``. ``body`` keeps its offsets in the file."""

    speaker: str
    role: Role
    body: Mapped

    @property
    def name(self) -> str:
        """The speaker without party and colon."""
        return re.sub(r"\s*\(.*?\)|\s*:\s*$", "", self.speaker).strip()


@dataclass(frozen=True, slots=True)
class Debate:
    """The report of one item of the agenda: its ``speeches`` in order.

    ``file`` is its name and ``source`` its text; ``id`` the official one, ``title`` and ``date`` as it tells
    them.
    """

    file: str
    id: str | None
    title: str | None
    date: date | None
    source: str
    speeches: tuple[Speech, ...]


def read_debate(path: Path | str, *, day: date | None = None) -> Debate:
    """Read a report of a debate from official XML (also packed with xz).

    Motions are left out: they are the chamber's words, not the speaker's.

    :param path: the file.
    :param day: the day of the debate, when the file does not tell it.
    :raises ThuisError: when the file is not there, is no XML of a debate, or holds no speech.

    >>> read_debate("no/such/debate.xml")
    Traceback (most recent call last):
    ...
    thuis.errors.ThuisError: no/such/debate.xml: there is no such file
    """
    file = Path(path)
    if not file.is_file():
        raise ThuisError("there is no such file", Place(str(file)))
    try:
        raw = file.read_bytes()
        raw = lzma.decompress(raw) if file.suffix == ".xz" else raw
        text = raw.decode("utf-8")
    except (UnicodeDecodeError, lzma.LZMAError) as error:
        raise ThuisError(
            "the file cannot be read as text", Place(file.name), "the official XML in UTF-8"
        ) from error
    speeches = tuple(_speeches(mended(Mapped.of(text))[0]))
    if "<handelingen" not in text or not speeches:
        raise ThuisError(
            "this is no report of a debate",
            Place(file.name),
            "official XML with <handelingen>, <spreker> and <al>",
            step="for a letter: thuis letter read",
        )
    own = _ID.search(file.name) or _ID.search(text[:2000])
    title = _TITLE.search(text)
    dated = _DAY.search(text)
    told = date.fromisoformat(dated[1]) if dated else None
    return Debate(
        file.name,
        own[0] if own else None,
        _SPACE.sub(" ", unescape(_TAG.sub("", title[1]))).strip() if title else None,
        day or told,
        text,
        speeches,
    )


def _speeches(text: Mapped) -> Iterator[Speech]:
    hidden = [found.span() for found in _HIDDEN.finditer(text.text)]
    speaker = ""
    for found in _PIECE.finditer(text.text):
        if any(a <= found.start() < b for a, b in hidden):
            continue
        if found["speaker"] is not None:
            speaker = _plain(text[slice(*found.span("speaker"))]).text
            continue
        body = _plain(text[slice(*found.span("al"))])
        if body.text:
            yield Speech(speaker, role_of(speaker), body)


def _plain(piece: Mapped) -> Mapped:
    """Without tags and line ends, entities written out."""
    plain = piece.sub(_TAG, " ").sub(_ENTITY, lambda m: unescape(m[0]))
    return plain.sub(_SPACE, " ").sub(_BEFORE_MARK, "").strip()
