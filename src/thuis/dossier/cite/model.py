"""The nouns of the citation engine: a citation found in a text, and a candidate for what it may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from thuis.dossier.cite.address import url

Kind = Literal[
    "kamerstuk",
    "dossier",
    "handelingen",
    "aanhangsel",
    "case",
    "document",
    "motion",
    "stb",
    "stcrt",
    "trb",
    "law",
    "treaty",
    "ecli",
    "ljn",
    "eu",
    "report",
    "reference",
]
"""What is cited. ``motion`` and ``reference`` are short forms: they never have an id of their own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a citation may mean: its ``id``, and why (``reason``, in the catalogue ``key``).

    >>> Candidate("kst-32824-361", "the debate of the same date").id
    'kst-32824-361'
    """

    id: str
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: where it stands, its parts, and the id it resolves to.

    ``kind`` is what is cited. ``start`` and ``end`` are character offsets in the text given to :func:`find`,
    which holds ``text`` there; ``parts`` are its named parts. ``ids`` has one id, every
    id of a range ("nrs. 1-3"), or of a case its publication and its number. It is empty for a short form
    and for a number in doubt ("nr. 3l5"), whose ``candidates`` then say what it may mean. ``confidence``
    runs from 0 to 1. ``exists`` tells whether the list of official publications has the id, None where it
    cannot know.
    """

    kind: Kind
    start: int
    end: int
    text: str
    parts: Mapping[str, str] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()
    exists: bool | None = None

    @property
    def id(self) -> str | None:
        """The canonical id, the first one of a range; None for a short form."""
        return self.ids[0] if self.ids else None

    @property
    def url(self) -> str | None:
        """Where the cited document is published, or None when no such place is known."""
        return url(self.id) if self.id else None

    @property
    def explicit(self) -> bool:
        """Whether the citation names its document in full."""
        return bool(self.ids)

    def as_dict(self) -> dict[str, Any]:
        """The citation as plain strings, numbers and lists, for JSON."""
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "parts": dict(self.parts),
            "id": self.id,
            "ids": list(self.ids),
            "url": self.url,
            "confidence": self.confidence,
            "exists": self.exists,
            "candidates": [{"id": each.id, "reason": each.reason} for each in self.candidates],
        }
