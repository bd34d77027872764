"""The vocabulary: dated terms with status, replacements and history."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.site.extra.entry import Json, Said, one_of

STATUSES = (
    "preferred",
    "allowed",
    "deprecated",
    "avoid",
    "under-review",
    "renamed",
    "historic",
    "statutory",
)
CERTAINTIES = ("certain", "likely", "disputed")


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: a title, an address, a date; each may be missing but the title."""

    title: Said
    url: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to write instead, and when."""

    term: str
    id: str | None
    when: Said | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of a term's life."""

    start: str | None
    end: str | None
    status: str
    text: Said | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Term:
    """One term. Texts may be in one language only."""

    id: str
    term: str
    language: str
    status: str
    definition: Said | None
    reason: Said | None
    context: Said | None
    replacements: tuple[Replacement, ...]
    valid_from: str | None
    valid_to: str | None
    certainty: str | None
    forms: tuple[str, ...]
    senses: tuple[Said, ...]
    names: tuple[str, ...]
    related: tuple[str, ...]
    history: tuple[Stage, ...]
    sources: tuple[Source, ...]


def term_from(raw: Json) -> Term:
    """A term from its JSON.

    :raises KeyError: without id, term, language or status.
    :raises ValueError: for a status or certainty outside its list.

    >>> term_from({"id": "a", "term": "a", "language": "nl", "status": "avoid"}).status
    'avoid'
    """
    return Term(
        str(raw["id"]),
        str(raw["term"]),
        str(raw["language"]),
        one_of(raw["status"], STATUSES, "status"),
        raw.get("definition"),
        raw.get("reason"),
        raw.get("context"),
        tuple(_replacement(each) for each in raw.get("replacements") or ()),
        raw.get("valid_from"),
        raw.get("valid_to"),
        one_of(raw["certainty"], CERTAINTIES, "certainty") if raw.get("certainty") else None,
        tuple(raw.get("forms") or ()),
        tuple(raw.get("senses") or ()),
        tuple(raw.get("names") or ()),
        tuple(raw.get("related") or ()),
        tuple(_stage(each) for each in raw.get("history") or ()),
        tuple(source_from(each) for each in raw.get("sources") or ()),
    )


def source_from(raw: Json | str) -> Source:
    """A source; a plain text is its title.

    >>> source_from("CBS").title
    'CBS'
    """
    if isinstance(raw, str):
        return Source(raw, None, None)
    return Source(raw.get("title") or raw["url"], raw.get("url"), raw.get("date"))


def _replacement(raw: Json | str) -> Replacement:
    if isinstance(raw, str):
        return Replacement(raw, None, None)
    return Replacement(str(raw["term"]), raw.get("id"), raw.get("when"))


def _stage(raw: Json) -> Stage:
    return Stage(
        raw.get("from"),
        raw.get("to"),
        one_of(raw["status"], STATUSES, "status"),
        raw.get("text"),
        source_from(raw["source"]) if raw.get("source") else None,
    )
