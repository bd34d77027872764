"""A page before it is rendered."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PARTS = frozenset({"breakdown", "embed"})
"""Kinds of pages that are a part of another, by way of which they are found."""
OLD = frozenset({"version", "past"})
"""Kinds of pages of a version that another took the place of."""
UNSEARCHED = PARTS | OLD | {"search", "indicators", "downloads", "folder"}
"""Kinds of pages that search does not find: parts, what is old, and lists of what it finds by itself."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language.

    ``key`` is its address below the language and the same in every language, which is what lets the language
    switch keep the page. ``section`` is the navigation entry it belongs to; ``words`` are extra search
    words; ``short`` is the title where there is little room; ``picture`` is an SVG that stands beside it,
    ``card`` whether it is wanted as PNG too. ``template`` is called as its ``kind`` unless told.
    """

    key: str
    kind: str
    title: str
    description: str = ""
    section: str = ""
    words: tuple[str, ...] = ()
    short: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    template: str = ""
    picture: str | None = None
    card: bool = False

    @property
    def searched(self) -> bool:
        """Whether search finds it: a part of another page is found by way of that page."""
        return self.kind not in PARTS

    def path(self, language: str) -> str:
        """The file of this page.

        >>> Page("theme/trust", "theme", "Trust").path("nl")
        'nl/theme/trust/index.html'
        """
        return html_of(self.key, language)


def html_of(key: str, language: str) -> str:
    """The file of the page with a key."""
    return posixpath.join(language, key, "index.html")


@dataclass(frozen=True, slots=True)
class Addresses:
    """How one page points to others: relative to itself, or below ``base`` when the site has a fixed address.

    >>> Addresses("nl/theme/trust/index.html").page("nl", "indicator/voted")
    '../../indicator/voted/'
    >>> Addresses("nl/index.html", "/monitor").file("theme/site.css")
    '/monitor/theme/site.css'
    """

    here: str
    base: str = ""

    def page(self, language: str, key: str = "", anchor: str = "") -> str:
        """The address of a page."""
        hash_ = f"#{anchor}" if anchor else ""
        return f"{self.file(posixpath.join(language, key) if key else language)}/{hash_}"

    def file(self, path: str) -> str:
        """The address of a file below the site's root."""
        if self.base:
            return f"{self.base.rstrip('/')}/{path}"
        return _between(self.here.rpartition("/")[0], path)


def _between(folder: str, path: str) -> str:
    """The shortest way from a folder to a path, as ``posixpath.relpath``, which asks the machine each time.

    >>> _between("a/theme", "a/indicator"), _between("a/theme", "a/theme"), _between("", "a/theme")
    ('../indicator', '.', 'a/theme')
    """
    start, end = folder.split("/") if folder else [], path.split("/")
    same = 0
    for one, other in zip(start, end, strict=False):
        if one != other:
            break
        same += 1
    return "/".join([".."] * (len(start) - same) + end[same:]) or "."
