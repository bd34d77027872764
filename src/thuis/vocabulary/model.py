"""A dated vocabulary: words, since when they are what they are, in which texts, and on whose word.

Nothing here knows of files or documents. Dates are partial, as sources give them (``2016``, ``2022-02``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

LANGUAGES = ("nl", "en")
STATUSES = ("preferred", "allowed", "deprecated", "avoid", "under-review", "renamed", "historic", "statutory")
CERTAINTIES = ("certain", "likely", "disputed")
KINDS = ("noun", "adjective", "phrase", "name")
GENRES = ("law", "letter", "report", "statistics", "manifesto", "debate", "questionnaire", "text")
ROLES = (
    "use", "name", "quotation", "definition", "statistical-series", "historic-reference", "other-sense"
)  # fmt: skip
#: Statuses that ask a writer for another word.
DISCOURAGED = frozenset({"deprecated", "avoid", "under-review", "renamed", "historic"})


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to write instead, for which meaning, and the term's id when the vocabulary holds it."""

    text: str
    when: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands. ``basis``: A official, B guidance that binds no one, C weak or inferred."""

    id: str
    title: str
    date: str | None = None
    url: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """An earlier period in a word's life."""

    term: str
    status: str
    start: str | None
    end: str | None
    text: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name that is never an error, whatever words it holds."""

    name: str
    language: str
    note: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A sign, near a form of some terms (none: of all), that the form plays a certain role.

    ``where``: ``before`` or ``after`` (touching), ``word`` (inside the same written word), ``near`` (within
    the sentence, before or after), ``unless`` (the role holds when none of the words stands in the sentence).
    """

    terms: tuple[str, ...]
    role: str
    where: str
    words: tuple[str, ...]
    note: str = ""
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling that is searched for; an open one also stands for every word that begins with it."""

    text: str
    term: str
    shape: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase in one language: ``term``, with its ``article`` and ``kind`` (noun, phrase and so on).

    ``id`` is its name in other tables, ``concept`` that of what it means in every language. ``definition``,
    ``reason`` and ``context`` are sentences for readers, ``replacements`` what to write instead, ``related``
    the ids of terms beside it, ``sources`` those of what it rests on, ``certainty`` how sure that is.
    ``search`` is false for a term that is listed and not looked for. ``valid_from`` to ``valid_to`` is when
    it was the right word, ``since`` when its present ``status`` began, ``allowed_in`` the genres in which it
    is right all the same. ``plural``, ``inflected``, ``also`` and ``compounds`` are given, further spellings
    are generated (:func:`thuis.vocabulary.forms.forms`).
    """

    id: str
    term: str
    language: str
    status: str
    kind: str = "noun"
    concept: str = ""
    article: str | None = None
    plural: tuple[str, ...] = ()
    inflected: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    search: bool = True
    replacements: tuple[Replacement, ...] = ()
    since: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    allowed_in: tuple[str, ...] = ()
    definition: str | None = None
    reason: str | None = None
    context: str | None = None
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    certainty: str = "certain"


@dataclass(frozen=True)
class Vocabulary:
    """``terms`` with all that is needed to search for them and to judge what is found.

    ``names`` are never an error; ``rules`` tell roles; ``stages`` are earlier periods of terms; ``sources``
    stand by their id. ``rejected`` are pairs of a term and a generated form that is none of it. ``version``
    is the day of the newest statement.
    """

    terms: tuple[Term, ...]
    names: tuple[Name, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    rules: tuple[Rule, ...] = ()
    rejected: frozenset[tuple[str, str]] = frozenset()
    version: str = ""

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """Terms by id; with two terms of one id (an error elsewhere) the first."""
        found: dict[str, Term] = {}
        for term in self.terms:
            found.setdefault(term.id, term)
        return found

    def stages_of(self, term: str) -> tuple[Stage, ...]:
        """The earlier periods of a term, oldest first."""
        found = [each for each in self.stages if each.term == term]
        return tuple(sorted(found, key=lambda each: each.start or ""))
