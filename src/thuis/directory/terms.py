"""What an initiative can be marked with (themes, audience, form, price, situation), in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from thuis.language import LANGUAGES, everywhere
from thuis.places.spelling import tokens
from thuis.yaml import shipped

FACETS = ("themes", "audience", "form", "price", "situation")


@dataclass(frozen=True, slots=True)
class Term:
    """One mark: its id, its title per language, and other words that find it."""

    id: str
    title: Mapping[str, str]
    words: tuple[str, ...] = ()


_file = cache(partial(shipped, "thuis.directory", "data/terms.yaml"))


@cache
def terms(facet: str) -> dict[str, Term]:
    """The marks of one kind.

    >>> terms("form")["meeting-place"].title["nl"]
    'ontmoetingsplek'
    """
    read = _file()[facet]
    return {
        key: Term(
            key,
            everywhere({language: str(each[language]) for language in LANGUAGES if language in each}),
            tuple(map(str, each["words"])),
        )
        for key, each in read.items()
    }


@cache
def _written(facet: str) -> dict[str, str]:
    """Every way a mark is written, folded: id, titles and words."""
    found: dict[str, str] = {}
    for key, each in terms(facet).items():
        for text in (key, *each.title.values(), *each.words):
            found.setdefault(" ".join(tokens(text)), key)
    return found


def meant(facet: str, text: str) -> str | None:
    """The mark that a text names by id, title or word; None when it names none.

    >>> meant("audience", "Ouderen"), meant("form", "ontmoetingsplek"), meant("form", "iets")
    ('older-people', 'meeting-place', None)
    """
    return _written(facet).get(" ".join(tokens(text)))
