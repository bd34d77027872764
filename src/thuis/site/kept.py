"""Units of the build before, kept: what each was made of, and the digests of the files it wrote.

A kept unit is taken over when all it read is the same *and* its files still hold what was written: somebody
may have changed them since. The list stands in the project's own folder, never in what is public.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from thuis.exchange import link
from thuis.fingerprint import of_file
from thuis.site.check import Facts
from thuis.site.page import html_of
from thuis.site.parts import Contents, Noted
from thuis.site.pictures import PNG, SVG
from thuis.site.units import Made, Unit, Written, write


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit as it is listed: digest and names of all it read, its pages by key and as a whole."""

    key: str
    noted: frozenset[Noted]
    keys: tuple[str, ...]
    pages: Callable[[], tuple[Written, ...]]


@dataclass(frozen=True)
class Kept:
    """The units of one site."""

    units: Mapping[Unit, Listed]

    @classmethod
    def read(cls, path: Path | None, units: Iterable[Unit]) -> Kept:
        """The list in a file; without one, or with one that is no such list, nothing was kept."""
        try:
            told = path.read_bytes() if path else b"{}"
            listed = _HELD.get(sha256(told).digest()) or _read(told)
            return cls({unit: listed[unit.name] for unit in units if unit.name in listed})
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return cls({})

    def pages(self) -> Iterator[tuple[Unit, str]]:
        """Each unit with the key of each of its pages."""
        return ((unit, key) for unit, each in self.units.items() for key in each.keys)

    def same(self, unit: Unit, contents: Contents) -> Made | None:
        """The unit as it was made, when all it read still holds the same."""
        listed = self.units.get(unit)
        if listed is None or listed.key != contents.together(listed.noted, unit.language):
            return None
        try:
            return Made(unit, listed.pages(), listed.noted)
        except (ValueError, TypeError):
            return None


_HELD: dict[bytes, dict[str, Listed]] = {}
"""The list this process wrote last, by the digest of its text: a preview reads what it wrote."""


def keep(path: Path, units: Iterable[Made], contents: Contents) -> None:
    """Write the list of units that were made."""
    keys = [(each, contents.together(each.noted, each.unit.language)) for each in units]
    text = json.dumps({each.unit.name: _listed(each, key) for each, key in keys}, ensure_ascii=False)
    write(path, text)
    _HELD.clear()
    _HELD[sha256(text.encode()).digest()] = {each.unit.name: _held(each, key) for each, key in keys}


def _held(made: Made, key: str) -> Listed:
    return Listed(key, made.noted, tuple(each.key for each in made.pages), lambda: made.pages)


def take_over(made: Made, before: Path, stage: Path, content: Callable[[str], str] = of_file) -> bool:
    """Link a unit's files from the site that stands; False when one of them is not what was written.

    :param content: the digest of what a file holds.
    """
    wanted = list(_files(made))
    if any(content(f"{before}/{path}") != digest for path, digest in wanted):
        return False
    for folder in {path.rpartition("/")[0] for path, _ in wanted}:
        (stage / folder).mkdir(parents=True, exist_ok=True)
    for path, _ in wanted:
        link(f"{before}/{path}", f"{stage}/{path}")
    return True


def _files(made: Made) -> Iterable[tuple[str, str]]:
    for page in made.pages:
        html = html_of(page.key, made.unit.language)
        yield html, page.html
        folder = html.removesuffix("index.html")
        if page.svg:
            yield f"{folder}{SVG}", page.svg
        if page.png:
            yield f"{folder}{PNG}", page.png


def _listed(each: Made, key: str) -> list[Any]:
    pages = [[p.key, p.kind, p.title, p.html, p.svg, p.png, p.facts.ids, p.facts.links] for p in each.pages]
    return [key, sorted(each.noted), pages]


def _read(told: bytes) -> dict[str, Listed]:
    """Pages are put together when they are asked for: one that is looked at does not wait for all."""
    return {name: _unit(*each) for name, each in json.loads(told).items()}


def _unit(key: str, noted: list[list[str]], pages: list[list[Any]]) -> Listed:
    read: frozenset[Noted] = frozenset(tuple(each) for each in noted)
    keys = tuple(str(each[0]) for each in pages)
    return Listed(str(key), read, keys, lambda: tuple(_page(each) for each in pages))


def _page(listed: list[Any]) -> Written:
    *told, ids, links = listed
    key, kind, title, html, svg, png = map(str, told)
    facts = Facts(tuple(ids), tuple((target, anchor) for target, anchor in links))
    return Written(key, kind, title, html, facts, svg, png)
