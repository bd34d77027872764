"""The nouns of commitments: what kind of promise a sentence is, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["new", "repeated", "refused", "conditional", "by-reference", "request", "intention", "money"]
"""What a sentence does with a promise. ``money`` is money pledged to others, which no ledger holds."""

Role = Literal["government", "member", "chair", "unknown"]
"""Who speaks; a promise is the government's to make."""

KINDS: tuple[Kind, ...] = (
    "new", "repeated", "refused", "conditional", "by-reference", "request", "intention", "money"
)  # fmt: skip


DOUBTFUL = frozenset(
    {
        "will-do",
        "will-be-done",
        "will-do-by-a-term",
        "will-draft",
        "will-be-dealt-with",
        "does-it",
        "is-willing",
        "assents",
    }
)
"""Rules of a promise that names neither Parliament nor a letter."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The ``kind`` of a sentence, where its promising words stand in it (``start`` to ``end``), and which
    ``rule`` decided."""

    kind: Kind
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Term:
    """By when: the words, and the last day they allow, None where they name no day ("op korte termijn")."""

    words: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A sentence that promises, repeats, refuses or asks for a promise, and its parts as far as said.

    ``kind`` is told by ``rule``. It stands in the block or speech ``where``: ``start`` and ``end`` count
    characters of its text, ``source`` those of the file. ``sentence`` is the whole, ``what`` the part that
    tells what was promised, ``who`` by whom, ``to`` whom, ``term`` by when, as far as said. ``made`` is the
    day of the promise; ``debate`` its debate in the words of the text and ``debate_id`` the official id when
    that is known. ``repeats`` is the id of an earlier sentence on the same promise.
    """

    id: str
    kind: Kind
    rule: str
    where: str
    start: int
    end: int
    source: tuple[int, int]
    sentence: str
    what: str
    who: str | None = None
    to: str | None = None
    made: date | None = None
    debate: str | None = None
    debate_id: str | None = None
    term: Term | None = None
    repeats: str | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should decide: on a condition, or promised without saying so to Parliament."""
        return self.kind == "conditional" or (self.kind == "new" and self.rule in DOUBTFUL)

    def as_dict(self) -> dict[str, Any]:
        """The commitment as plain strings, numbers and lists, for JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "rule": self.rule,
            "where": self.where,
            "start": self.start,
            "end": self.end,
            "source": list(self.source),
            "sentence": self.sentence,
            "what": self.what,
            "who": self.who,
            "to": self.to,
            "made": self.made.isoformat() if self.made else None,
            "debate": self.debate,
            "debate_id": self.debate_id,
            "term": self.term.words if self.term else None,
            "due": self.term.day.isoformat() if self.term and self.term.day else None,
            "repeats": self.repeats,
        }
