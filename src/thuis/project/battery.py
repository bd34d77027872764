"""``findings.yaml``: which questions the figures are asked, declared before anyone looks at the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from pydantic import Field, model_validator

from thuis.project.base import Code, Id, Model, Number, Text
from thuis.project.bridges import Bridge
from thuis.project.places import AreaMap, ClassFlow
from thuis.project.scales import ScaleOf


class Side(Model):
    """A breakdown or a harmonised variable; exactly one of the two."""

    breakdown: str | None = None
    variable: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Side:
        if (self.breakdown is None) == (self.variable is None):
            raise ValueError("name a breakdown or a variable, one of the two")
        return self

    @property
    def column(self) -> str:
        """The column of the respondents' frame."""
        return f"by_{self.breakdown}" if self.breakdown else str(self.variable)


class Position(Side):
    """A structural position: who counts as high and who as low."""

    id: Id
    title: Text
    high: tuple[Code, ...] = Field(min_length=1)
    low: tuple[Code, ...] = Field(min_length=1)
    high_title: Text
    low_title: Text

    @model_validator(mode="after")
    def _apart(self) -> Position:
        both = sorted(set(self.high) & set(self.low))
        if both:
            raise ValueError(f"{both[0]!r} is both high and low")
        return self


class Asking(Model):
    """An indicator that is asked about; of one with a row per answer, the ``answers`` that count."""

    indicator: str
    answers: tuple[Id, ...] = ()


class Outcome(Asking):
    """An indicator, and which way it points to exclusion.

    ``margin`` replaces that of the battery; a mean needs its own: three points of 100 are not three of 10.
    """

    exclusion: Literal["higher", "lower"] = "higher"
    margin: Number | None = Field(None, gt=0)


class Control(Side):
    """What is held equal in the adjusted differences."""

    title: Text


class Picture(Model):
    """The figure: rows and lines are breakdowns crossed in both indicators."""

    group: str
    line: str
    position: str
    exclusion: str


EACH = "each"
"""In place of a wave: every wave that asked all indicators, in turn."""


class _Asked(Protocol):
    @property
    def variable(self) -> str: ...


class Waves(Protocol):
    """What of a project tells who was asked what."""

    @property
    def singles(self) -> Sequence[str]: ...

    def indicator(self, id_: str) -> _Asked: ...

    def asked(self, variable: str) -> tuple[str, ...]: ...


class Battery(Model):
    """The integration paradox as a set of tests, on one wave or on each in turn."""

    id: Id = "paradox"
    title: Text
    description: Text
    wave: Code
    figure: Picture
    leave_out: tuple[Code, ...] = ()
    positions: tuple[Position, ...] = Field(min_length=1)
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    controls: tuple[Control, ...] = ()
    margin: Number = Field(3, gt=0)

    def waves(self, project: Waves) -> tuple[str, ...]:
        """The waves it is asked of: its own, or each that asked all of its indicators."""
        if self.wave != EACH:
            return (self.wave,)
        names = {self.figure.position, self.figure.exclusion, *(each.indicator for each in self.outcomes)}
        asked = [set(project.asked(project.indicator(each).variable)) for each in names]
        return tuple(each for each in project.singles if all(each in own for own in asked))

    def of(self, wave: str) -> Battery:
        """The same for one of its waves, with an address and a title of its own."""
        if self.wave != EACH:
            return self
        title = {language: f"{text} ({wave})" for language, text in self.title.items()}
        return self.model_copy(update={"wave": wave, "id": f"{self.id}-{wave}", "title": title})

    def margin_of(self, outcome: Outcome) -> float:
        """The smallest difference that would matter, in the unit of the outcome."""
        return outcome.margin or self.margin


class Split(Asking):
    """A gap between two categories, split by composition.

    Who has no answer on what it is split ``by`` is left out, or is a category of its own there.
    """

    id: Id
    title: Text
    wave: Code
    breakdown: str
    first: Code
    second: Code
    by: tuple[Control, ...] = Field(min_length=1)
    unanswered: Literal["left-out", "category"] = "left-out"


class Questions(Model):
    """``findings.yaml``."""

    paradox: Battery | None = None
    batteries: tuple[Battery, ...] = ()
    splits: tuple[Split, ...] = ()
    maps: tuple[AreaMap, ...] = ()
    flows: tuple[ClassFlow, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    scales: tuple[ScaleOf, ...] = ()

    @property
    def every_battery(self) -> list[tuple[tuple[str | int, ...], Battery]]:
        """Every battery with its place in the file: ``paradox`` first."""
        first: list[tuple[tuple[str | int, ...], Battery]] = []
        if self.paradox:
            first.append((("paradox",), self.paradox))
        return [*first, *((("batteries", number), each) for number, each in enumerate(self.batteries))]
