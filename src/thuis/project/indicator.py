"""``indicators/*.yaml``: what is counted, among whom, and where its series breaks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from thuis.project.base import Code, Id, MisplacedError, Model, Number, Text


class Question(Model):
    nl: str
    en: str
    asked: str | None = None


class Break(Model):
    """From ``wave`` on the figure is measured otherwise; until the wave ``until``, or for good.

    ``only`` names categories of breakdowns: other categories of them are not touched.
    """

    wave: Code
    kind: Literal["wording", "mode", "population", "class"]
    text: Text
    until: Code | None = None
    only: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)


class Comparable(Model):
    """A change that comes with ``wave`` and does not touch the figure, and why."""

    wave: Code
    kind: Literal["wording", "mode", "population"]
    text: Text


class Base(Model):
    """Who is counted at all: ``when`` is an expression over the variables of a wave, ``text`` is read."""

    when: str = Field(min_length=1)
    text: Text


class Indicator(Model):
    """``indicators/*.yaml``."""

    id: Id
    theme: str
    title: Text
    measures: Text
    kind: Literal["proportion", "mean"]
    variable: str
    base: Base | None = None
    weight: Id | None = None
    """The name of a weight beside that of the wave, under ``design: weights:`` of every wave that asked."""
    share: tuple[Code, ...] | None = None
    among: tuple[Code, ...] | None = None
    scale: tuple[Number, Number] | None = None
    unit: Text | None = None
    decimals: int = Field(1, ge=0, le=3)
    polarity: Literal["higher-is-better", "lower-is-better", "neutral"]
    question: dict[str, Question] = Field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    comparable: tuple[Comparable, ...] = ()
    notes: Text | None = None
    breakdowns: tuple[str | tuple[str, ...], ...] = Field(min_length=1)
    keywords: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _kinds(self) -> Indicator:
        if self.kind == "proportion" and not self.share:
            raise ValueError("a proportion needs 'share': the codes that count")
        if self.kind == "mean" and (self.share or self.among):
            raise MisplacedError("a mean has no 'share' or 'among'", "share" if self.share else "among")
        if self.kind == "mean" and self.scale is None:
            raise ValueError("a mean needs 'scale': the ends of its scale, like [0, 10]")
        if self.kind == "mean" and self.unit is None:
            raise ValueError("a mean needs 'unit', like {nl: punten, en: points}")
        if self.kind == "proportion" and self.scale and not (0 <= self.scale[0] < self.scale[1] <= 100):
            raise MisplacedError("the scale of a percentage lies within 0 and 100", "scale")
        if self.scale and self.scale[0] >= self.scale[1]:
            raise MisplacedError(f"scale [{self.scale[0]:g}, {self.scale[1]:g}] is upside down", "scale")
        if self.among and self.share and set(self.share) - set(self.among):
            raise MisplacedError("'share' has codes that are not in 'among'", "share")
        return self

    @property
    def column(self) -> str:
        """The column of the respondents' frame: the variable, or its answers within base and weight."""
        return f"{self.variable} of {self.id}" if self.narrowed else self.variable

    @property
    def narrowed(self) -> bool:
        """Whether only some of those who answered count: a base, or a weight that not all have."""
        return self.base is not None or self.weight is not None

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that the figure is calculated from."""
        return (self.variable,)

    @property
    def groupings(self) -> tuple[tuple[str, ...], ...]:
        """The breakdowns as tuples of ids; ``()`` is the whole population."""
        return tuple(
            () if each == "total" else (each,) if isinstance(each, str) else each for each in self.breakdowns
        )
