"""Which pages exist, and at which address.

A page type is a function ``pages(data, voice)`` that yields :class:`Page` values; :data:`PAGE_TYPES` lists
them. To add one: copy ``views/records.py``, write its template beside ``templates/corrections.html``, add its
texts to both catalogues and its function to the list. Language, address, checks and search follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from thuis.contract.folder import DataFolder
from thuis.errors import Problem
from thuis.site.page import Page
from thuis.site.views import (
    breakdown,
    directory,
    dossier,
    findings,
    folders,
    free,
    grants,
    indicator,
    letter,
    listing,
    municipality,
    population,
    records,
    start,
    terms,
    texts,
    theme,
    versions,
    works,
)
from thuis.site.voice import Voice

PageType = Callable[[DataFolder, Voice], Iterator[Page]]

PAGE_TYPES: tuple[PageType, ...] = (
    start.pages,
    theme.pages,
    indicator.pages,
    breakdown.pages,
    findings.pages,
    dossier.pages,
    letter.pages,
    terms.pages,
    listing.pages,
    texts.pages,
    records.pages,
    free.pages,
    population.pages,
    directory.pages,
    works.pages,
    municipality.pages,
    grants.pages,
    versions.pages,
    folders.pages,
)

BY_INDICATOR: tuple[PageType, ...] = (indicator.pages, breakdown.pages)
"""Page types whose pages are about one indicator each: a change in one leaves the pages of others alone."""

LAST: tuple[PageType, ...] = (breakdown.pages,)
"""Page types of which search finds no page: made last, while the others are indexed."""


def twice(pages: Iterable[tuple[str, str]]) -> list[Problem]:
    """Pages, by key and title, that claim an address of another."""
    seen: dict[str, str] = {}
    problems = []
    for key, title in pages:
        if key in seen:
            problems.append(
                Problem(
                    f"two pages share the address {key!r}: {seen[key]!r} and {title!r}",
                    step="give one of them another id",
                )
            )
        seen[key] = title
    return problems
