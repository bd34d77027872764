"""A whole project folder as one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from thuis.errors import Place
from thuis.project.battery import Questions
from thuis.project.breakdown import Breakdown
from thuis.project.indicator import Indicator
from thuis.project.settings import Licence, Protection, Publisher, Settings
from thuis.project.wave import Wave
from thuis.values import breakdown_id
from thuis.yaml.located import Located


@dataclass(frozen=True, slots=True)
class Page:
    """A free page: Markdown per language."""

    slug: str
    body: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of ``corrections.csv``: what was wrong in which version, and what it became."""

    date: dt.date
    version: str
    indicator: str
    text: Mapping[str, str]
    line: int | None = None


@dataclass(frozen=True)
class Project:
    """A checked project folder: every name refers to something, every text stands in every language."""

    folder: Path
    settings: Settings
    waves: tuple[Wave, ...]
    breakdowns: Mapping[str, Breakdown]
    indicators: tuple[Indicator, ...]
    pages: tuple[Page, ...] = ()
    corrections: tuple[Correction, ...] = ()
    questions: Questions | None = None
    documents: Mapping[str, Located] = field(default_factory=dict, repr=False, compare=False)

    def place(self, kind: str, id_: str = "", path: tuple[str | int, ...] = ()) -> Place:
        """Where a part stands: ``place("waves", "2015", ("design", "weight"))``, ``place("thuis")``."""
        found = self.documents.get(f"{kind}/{id_}" if id_ else kind)
        return found.place(path) if found else Place(f"{kind}/{id_}" if id_ else kind)

    def wave(self, id_: str) -> Wave:
        """The wave with this id."""
        return next(wave for wave in self.waves if wave.id == id_)

    def indicator(self, id_: str) -> Indicator:
        """The indicator with this id."""
        return next(each for each in self.indicators if each.id == id_)

    def asked(self, variable: str) -> tuple[str, ...]:
        """The ids of the waves that asked for ``variable``."""
        return tuple(wave.id for wave in self.waves if wave.variables.get(variable) is not None)

    @property
    def singles(self) -> tuple[str, ...]:
        """The ids of the waves that are not others together."""
        return tuple(wave.id for wave in self.waves if not wave.pools)

    def shown(self, indicator: Indicator) -> tuple[str, ...]:
        """The waves that its figures show: all, but pooled ones only where it is pooled."""
        asked = self.asked(indicator.variable)
        return tuple(wave.id for wave in self.waves if not wave.pools or wave.id in asked)

    @property
    def figures(self) -> tuple[str, ...]:
        """The id of every figure: ``indicator/breakdown``."""
        return tuple(f"{i.id}/{breakdown_id(g)}" for i in self.indicators for g in i.groupings)

    @property
    def title(self) -> Mapping[str, str]:
        return self.settings.title

    @property
    def description(self) -> Mapping[str, str]:
        return self.settings.description

    @property
    def publisher(self) -> Publisher:
        return self.settings.publisher

    @property
    def address(self) -> str:
        return self.settings.address

    @property
    def languages(self) -> tuple[str, ...]:
        return self.settings.languages

    @property
    def licence(self) -> Licence:
        return self.settings.licence

    @property
    def citation(self) -> Mapping[str, str]:
        return self.settings.citation

    @property
    def version(self) -> str:
        return self.settings.version

    @property
    def released(self) -> dt.date:
        return self.settings.released

    @property
    def synthetic(self) -> Mapping[str, str] | None:
        return self.settings.synthetic

    @property
    def samples(self) -> Literal["independent", "panel"]:
        return self.settings.samples

    @property
    def protection(self) -> Protection:
        return self.settings.protection
