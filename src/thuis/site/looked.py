"""Pages that somebody looks at while a site is made: each is made first, and shown at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from thuis.site.page import html_of
from thuis.site.units import Maker, Unit


class Looked(Protocol):
    """Who knows what is looked at, and shows it."""

    def wanted(self) -> Collection[str]:
        """Files, pages among them, that are looked at or waited for, and not shown since the build began.

        It is asked often; what it raises ends the build, and the site that stands is left as it is.
        """

    def show(self, path: str, html: str) -> None:
        """Show a page: it is as the site will have it when everything is made."""


class _Nobody:
    def wanted(self) -> Collection[str]:
        return ()

    def show(self, path: str, html: str) -> None:
        """Nothing was wanted."""


NOBODY: Looked = _Nobody()


@dataclass(frozen=True)
class First:
    """Makes the pages that are looked at, at any moment between others.

    A page that no build before knew is not found by its address: it comes with the others of its unit.
    """

    looked: Looked
    units: Mapping[str, Unit]
    _tried: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, looked: Looked, known: Iterable[tuple[Unit, str]]) -> First:
        """With the keys of the pages of each unit of the build before."""
        return cls(looked, {html_of(key, unit.language): unit for unit, key in known})

    def turn(self, maker: Maker) -> None:
        """Make and show what is wanted now."""
        wanted = {each for each in self.looked.wanted() if each in self.units} - self._tried
        self._tried.update(wanted)
        for unit in {self.units[each] for each in wanted}:
            for path, html in maker.some(unit, wanted):
                self.looked.show(path, html)
