"""Units of the build before, kept: what each was made of, and the digests of the files it wrote.

A kept unit is taken over when all it read is the same *and* its files still hold what was written: somebody
may have changed them since. The list stands in the project's own folder, never in what is public.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thuis.exchange import link
from thuis.fingerprint import of_file
from thuis.site.check import Facts
from thuis.site.page import html_of
from thuis.site.parts import Contents, Noted
from thuis.site.pictures import PNG, SVG
from thuis.site.units import Made, Unit, Written


@dataclass(frozen=True)
class Kept:
    """The units of one site: name -> key of all they read, and the unit as it was made."""

    units: Mapping[str, tuple[str, Made]]

    @classmethod
    def read(cls, path: Path | None, units: Iterable[Unit]) -> Kept:
        """The list in a file; without one, or with one that is no such list, nothing was kept."""
        try:
            listed = json.loads(path.read_bytes()) if path else {}
            return cls({unit.name: _unit(unit, listed[unit.name]) for unit in units if unit.name in listed})
        except (OSError, ValueError, TypeError, KeyError, IndexError):
            return cls({})

    def same(self, unit: Unit, contents: Contents) -> Made | None:
        """The unit as it was made, when all it read still holds the same."""
        key, made = self.units.get(unit.name, ("", None))
        return made if made and key == key_of(made, contents) else None


def key_of(made: Made, contents: Contents) -> str:
    """The digest of all that a unit was made of."""
    return contents.together(made.noted, made.unit.language)


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


def listing(units: Iterable[Made], contents: Contents) -> str:
    """The text of the list."""
    return json.dumps({each.unit.name: _listed(each, contents) for each in units}, ensure_ascii=False)


def _listed(made: Made, contents: Contents) -> list[Any]:
    pages = [[p.key, p.kind, p.title, p.html, p.svg, p.png, p.facts.ids, p.facts.links] for p in made.pages]
    return [key_of(made, contents), sorted(made.noted), pages]


def _unit(unit: Unit, listed: list[Any]) -> tuple[str, Made]:
    key, noted, pages = listed
    read: frozenset[Noted] = frozenset(tuple(each) for each in noted)
    return str(key), Made(unit, tuple(_page(each) for each in pages), read)


def _page(listed: list[Any]) -> Written:
    *told, ids, links = listed
    key, kind, title, html, svg, png = map(str, told)
    facts = Facts(tuple(ids), tuple((target, anchor) for target, anchor in links))
    return Written(key, kind, title, html, facts, svg, png)
