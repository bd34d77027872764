"""The dossier: letters with notes and citations, commitments, measures, events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from thuis.site.extra.entry import Json, Said, one_of

STATES = ("open", "partly-met", "met", "lapsed")
EVENTS = ("survey", "letter", "debate", "commitment", "measure", "outcome")
SPANS = ("citation", "note", "commitment", "measure")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a text that mean something; ``ref`` is an id in that list."""

    start: int
    end: int
    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or quotation of a letter."""

    id: str
    kind: str
    level: int
    text: str
    page: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the foot of a letter's page."""

    id: str
    number: str
    text: str
    spans: tuple[Span, ...]
    problem: Said | None


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation means, how sure that is, and what a check found."""

    id: str
    canonical: str
    kind: str
    title: Said | None
    url: str | None
    confidence: str | None
    alternatives: tuple[Json, ...]
    problems: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as blocks; ``raw`` holds its metadata."""

    id: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    citations: tuple[Citation, ...]
    report: tuple[Json, ...]
    downloads: tuple[str, ...]
    raw: Json


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise to Parliament with its state and the sentence that proves it."""

    id: str
    text: str
    kind: str | None
    status: str
    overdue: bool
    themes: tuple[str, ...]
    proof: Json
    raw: Json

    @property
    def promise(self) -> bool:
        """Whether it is a promise; an intention stands beside them and is in no state."""
        return bool(self.raw.get("promise", True))


def letter_from(raw: Json) -> Letter:
    """A letter from its JSON.

    :raises KeyError: when a key is missing that the page cannot do without.
    :raises ValueError: for spans outside their text or crossing one another, or two blocks with one id.
    """
    blocks = tuple(_block(each) for each in raw["blocks"])
    ids = [each.id for each in blocks]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two blocks share an id: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}")
    return Letter(
        str(raw["id"]),
        str(raw["title"]),
        str(raw.get("language") or "nl"),
        blocks,
        tuple(_note(each) for each in raw.get("notes") or ()),
        tuple(_citation(each) for each in raw.get("citations") or ()),
        tuple(raw.get("report") or ()),
        tuple(raw.get("downloads") or ()),
        raw,
    )


def _block(raw: Json) -> Block:
    text = str(raw["text"])
    kind = one_of(raw["kind"], ("heading", "paragraph", "item", "quote"), "kind")
    spans = _spans(raw, text, f"block {raw['id']!r}")
    return Block(str(raw["id"]), kind, int(raw.get("level") or 2), text, raw.get("page"), spans)


def _note(raw: Json) -> Note:
    text = str(raw["text"])
    spans = _spans(raw, text, f"note {raw['id']!r}")
    return Note(str(raw["id"]), str(raw["number"]), text, spans, raw.get("problem"))


def _spans(raw: Json, text: str, where: str) -> tuple[Span, ...]:
    """The spans in the order they open; the longer of two that open together is outside."""
    found = [
        Span(int(s["start"]), int(s["end"]), one_of(s["kind"], SPANS, "kind"), str(s["ref"]))
        for s in raw.get("spans") or ()
    ]
    found.sort(key=lambda span: (span.start, -span.end))
    open_ends: list[int] = []
    for span in found:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(
                f"{where}: the span {span.start}–{span.end} is outside its {len(text)} characters"
            )
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        if open_ends and open_ends[-1] < span.end:
            raise ValueError(f"{where}: the span {span.start}–{span.end} crosses another")
        open_ends.append(span.end)
    return tuple(found)


def _citation(raw: Json) -> Citation:
    return Citation(
        str(raw["id"]),
        str(raw["canonical"]),
        str(raw.get("kind") or ""),
        raw.get("title"),
        raw.get("url"),
        one_of(raw["confidence"], ("certain", "likely", "candidate"), "confidence")
        if raw.get("confidence")
        else None,
        tuple(raw.get("alternatives") or ()),
        tuple(raw.get("problems") or ()),
    )


def commitment_from(raw: Json) -> Commitment:
    """A commitment from its JSON.

    :raises KeyError: without id, text or status.
    :raises ValueError: for a status outside the four.

    >>> commitment_from({"id": "t1", "text": "…", "status": "open"}).overdue
    False
    """
    return Commitment(
        str(raw["id"]),
        str(raw["text"]),
        raw.get("kind"),
        one_of(raw["status"], STATES, "status"),
        bool(raw.get("overdue", False)),
        tuple(raw.get("themes") or ()),
        raw.get("proof") or {},
        raw,
    )


def event_from(raw: Json) -> dict[str, Any]:
    """An event of the timeline.

    :raises KeyError: without date, kind or title.
    :raises ValueError: for a kind outside its list.
    """
    one_of(raw["kind"], EVENTS, "kind")
    return {"link": {}, "text": None, **raw, "date": str(raw["date"]), "title": raw["title"]}


def measure_from(raw: Json) -> dict[str, Any]:
    """A measure, programme, body or grant.

    :raises KeyError: without id, title or kind.
    :raises ValueError: for a kind outside its list.
    """
    one_of(raw["kind"], ("measure", "programme", "body", "grant"), "kind")
    empty = dict.fromkeys(("text", "body", "amount", "year"))
    return {**empty, "themes": (), "indicators": (), "proof": {}, **raw, "title": raw["title"]}
