"""Pages made in units that stand by themselves: one page type in one language, or one indicator of it.

A unit is made in any process, in any order, and gives the same bytes. With what it read it also tells what
the rest of the site must know of its pages, so that an unchanged unit need not be opened again.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from thuis.contract.folder import DataFolder
from thuis.errors import Problem
from thuis.site.check import Facts, check_page
from thuis.site.page import Page
from thuis.site.pages import BY_INDICATOR, LAST, PAGE_TYPES
from thuis.site.parts import Noted, part
from thuis.site.pictures import Pictures
from thuis.site.render import Renderer
from thuis.site.search import Splits, hidden_words, splitter, within
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """Language, number of the page type, and the indicator when the type has a page for each."""

    language: str
    kind: int
    indicator: str = ""

    @property
    def last(self) -> bool:
        """Whether search finds none of its pages, so that they may be made while it looks at the others."""
        return PAGE_TYPES[self.kind] in LAST

    @property
    def name(self) -> str:
        """A name that tells units of one site apart."""
        return (
            f"{self.language} {PAGE_TYPES[self.kind].__module__.rpartition('.')[2]} {self.indicator}".rstrip()
        )


@dataclass(frozen=True, slots=True)
class Written:
    """One page that was written: what the site must know of it; ``picture`` says which files stand beside."""

    key: str
    kind: str
    title: str
    html: str
    facts: Facts
    svg: str = ""
    png: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A unit that was made: its pages, what it read, and what is wrong with it."""

    unit: Unit
    pages: tuple[Written, ...]
    noted: frozenset[Noted]
    problems: tuple[Problem, ...] = ()


def units(data: DataFolder) -> list[Unit]:
    """All units of a site, in the order of its pages."""
    return [
        Unit(language, number, indicator)
        for language in data.languages
        for number, kind in enumerate(PAGE_TYPES)
        for indicator in ([each.id for each in data.indicators] if kind in BY_INDICATOR else [""])
    ]


@dataclass(frozen=True)
class Maker:
    """Makes units of one data folder below one folder."""

    data: DataFolder
    stage: Path
    pictures: Pictures
    base: str = ""

    @cached_property
    def _languages(self) -> dict[str, tuple[Renderer, tuple[Splits, ...]]]:
        by_vocabulary = splitter(self.data.vocabulary.splits)
        return {
            each: (
                Renderer(self.data, Voice(each), self.base),
                (by_vocabulary, within(keywords(self.data, each))),
            )
            for each in self.data.languages
        }

    def make(self, unit: Unit) -> Made:
        """Write the pages of a unit with their pictures, each checked by itself."""
        pages: list[Written] = []
        problems: list[Problem] = []
        data, noted = self._part(unit)
        for page, html in self._rendered(unit, data):
            path = page.path(unit.language)
            facts, wrong = check_page(path, html, self.data.languages, self.base)
            problems += wrong
            write(self.stage / path, html)
            svg, png = self.pictures.beside(self.stage / path, page)
            pages.append(
                Written(page.key, page.kind, page.title, sha256(html.encode()).hexdigest(), facts, svg, png)
            )
        return Made(unit, tuple(pages), frozenset(noted), tuple(problems))

    def some(self, unit: Unit, wanted: Container[str]) -> Iterator[tuple[str, str]]:
        """File and HTML of those pages of a unit that are wanted; nothing is written."""
        for page, html in self._rendered(unit, self._part(unit)[0], wanted):
            yield page.path(unit.language), html

    def _part(self, unit: Unit) -> tuple[DataFolder, set[Noted]]:
        return part(
            self.data, next((each for each in self.data.indicators if each.id == unit.indicator), None)
        )

    def _rendered(
        self, unit: Unit, data: DataFolder, wanted: Container[str] | None = None
    ) -> Iterator[tuple[Page, str]]:
        renderer, splits = self._languages[unit.language]
        for page in PAGE_TYPES[unit.kind](data, renderer.voice):
            if wanted is None or page.path(unit.language) in wanted:
                text = f"{page.title} {page.description}"
                words = hidden_words(text, page.words, *splits) if page.searched else ""
                yield page, renderer.page(page, data, words)


def keywords(data: DataFolder, language: str) -> list[str]:
    """The keywords of all indicators, which tell the parts of compounds on every page."""
    return [word for each in data.indicators for word in each.keywords.get(language, ())]


def write(path: Path, content: str) -> None:
    """A text file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())
