"""The vocabulary: dated terms with status, replacements and history."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field

from thuis.contract.base import Record, Said, Unique

Status = Literal[
    "preferred", "allowed", "deprecated", "avoid", "under-review", "renamed", "historic", "statutory"
]
Certainty = Literal["certain", "likely", "disputed"]
STATUSES: tuple[Status, ...] = get_args(Status)


class Source(Record):
    """Where something stands."""

    title: Said
    """its name"""
    url: str | None = None
    """its address"""
    date: str | None = None
    """its day, month or year"""


class Replacement(Record):
    """What to write instead, and when."""

    term: str
    """what to write"""
    id: str | None
    """its id when it is a term of the list"""
    when: Said | None
    """in which case"""


class Stage(Record):
    """A stretch of a term's life."""

    start: str | None = Field(None, alias="from")
    """when it began"""
    end: str | None = Field(None, alias="to")
    """when it ended"""
    status: Status
    """the status in that time"""
    text: Said | None = None
    """why"""
    source: Source | None = None
    """`title`, `url` and `date` of where that stands"""


class Term(Record):
    """One term. A text may be in one language only."""

    id: str
    """id of the term"""
    term: str
    """the word"""
    language: str
    """its language"""
    status: Status
    """`preferred`, `allowed`, `deprecated`, `avoid`, `under-review`, `renamed`, `historic` or `statutory`"""
    definition: Said | None = None
    """what it means"""
    reason: Said | None = None
    """why it has that status"""
    context: Said | None = None
    """where it may stay"""
    replacements: tuple[Replacement, ...] = ()
    """`term`, `id` and `when` of what to write instead"""
    valid_from: str | None = None
    """from when it was the right word"""
    valid_to: str | None = None
    """until when"""
    certainty: Certainty | None = None
    """`certain`, `likely` or `disputed`"""
    forms: tuple[str, ...] = ()
    """other spellings and endings"""
    senses: tuple[Said, ...] = ()
    """other meanings, which are left alone"""
    names: tuple[str, ...] = ()
    """names it is part of, which are left alone"""
    related: tuple[str, ...] = ()
    """ids of related terms"""
    history: tuple[Stage, ...] = ()
    """the stretches of its life: `from`, `to`, `status`, `text`, `source`"""
    sources: tuple[Source, ...] = ()
    """`title`, `url` and `date` of each source"""


class Terms(Unique):
    """``vocabulary.json``."""

    unique = ("terms",)
    splits: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """compounds and their parts, for the search"""
    version: str | None = None
    """version of the list"""
    terms: tuple[Term, ...] = ()
    """the terms"""
    date: str | None = None
    """day of publication"""
    downloads: tuple[str, ...] = ()
    """paths inside the data folder"""

    def plain(self) -> Any:
        """As JSON has it: what a term does not have is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
