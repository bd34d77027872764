"""``indicators/*.yaml``: what is counted, among whom, and where its series breaks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, ValidationInfo, model_validator

from thuis.language import LANGUAGES
from thuis.project.base import Code, Id, Model, Number, Text
from thuis.project.breakdown import Span
from thuis.project.kinds import faults


class Question(Model):
    """A wording, by language; ``asked`` is the language it was put in, told where not in all of them."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str] = Field(init=False)

    asked: str | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The wording in each language."""
        return dict(self.__pydantic_extra__)

    @model_validator(mode="after")
    def _spoken(self, info: ValidationInfo) -> Question:
        languages = (info.context or {}).get("languages", LANGUAGES)
        missing = [each for each in languages if not self.texts.get(each, "").strip()]
        if missing:
            raise ValueError(f"no text in {' and '.join(map(repr, missing))}")
        known = {*languages, *LANGUAGES, self.asked}
        strange = [each for each in self.texts if each not in known]
        if strange:
            raise ValueError(f"{strange[0]!r} is not among the languages {', '.join(languages)}")
        return self


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
    """Who is counted at all: ``when`` is an expression over the variables of a wave, ``text`` is read.

    Without ``when`` it is those who were asked: the file has no answers of others.
    """

    when: str = ""
    text: Text


class Answer(Model):
    """One answer of several that a figure shows together.

    ``codes`` are the codes that count for it, its own id unless told. Of a multiple response every answer may
    have a ``variable`` of its own, whose ``codes`` say that it was given.
    """

    id: Id
    title: Text
    short: Text | None = None
    codes: tuple[Code, ...] = ()
    variable: str | None = None

    @property
    def counted(self) -> tuple[Code, ...]:
        """The codes that count for it."""
        return self.codes or (self.id,)


GIVEN = ("given",)
"""The code of an answer that was given, or a number that counts; every other answer is ``not``."""
OTHER = "not"
SETS = ("categories", "multiple")
"""Kinds with a row per answer."""


Share = Annotated[
    Annotated[tuple[Code, ...] | None, Tag("codes")] | Annotated[Span, Tag("stretch")],
    Discriminator(lambda value: "stretch" if isinstance(value, dict | Span) else "codes"),
]


class Indicator(Model):
    """``indicators/*.yaml``."""

    id: Id
    theme: str
    title: Text
    measures: Text
    says: Text | None = None
    """What is true of those counted, as a clause with a place for who and how often; of proportions only."""
    kind: Literal["proportion", "mean", "median", "total", "ratio", "categories", "multiple"]
    variable: str = ""
    variables_of: tuple[str, ...] = Field((), alias="variables")
    """Of a multiple response: the variables that each hold one of the answers given."""
    per: str | None = None
    """Of a ratio: the variable below the line."""
    answers: tuple[Answer, ...] = ()
    of: Literal["answered", "everybody"] = "answered"
    """Of a multiple response, among whom: those who gave any of its answers, or all in its base."""
    quantile: Number = Field(0.5, gt=0, lt=1)
    rounding: Number = Field(1, gt=0)
    """Of a median: the step that its values are rounded to."""
    base: Base | None = None
    weight: Id | None = None
    """The name of a weight beside that of the wave, under ``design: weights:`` of every wave that asked."""
    share: Share = None
    among: tuple[Code, ...] | None = None
    scale: tuple[Number, Number] | None = None
    unit: Text | None = None
    decimals: int = Field(1, ge=-9, le=3)
    polarity: Literal["higher-is-better", "lower-is-better", "neutral"]
    question: dict[str, Question] = Field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    comparable: tuple[Comparable, ...] = ()
    notes: Text | None = None
    breakdowns: tuple[str | tuple[str, ...], ...] = Field(min_length=1)
    keywords: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _first(cls, value: Any) -> Any:
        """The variable of a multiple response is the first of those it counts."""
        if isinstance(value, dict) and value.get("kind") == "multiple" and "variable" not in value:
            own = value.get("variables") or [
                each.get("variable") for each in value.get("answers") or () if isinstance(each, dict)
            ]
            if own and isinstance(own, list | tuple) and isinstance(own[0], str):
                return {**value, "variable": own[0]}
        return value

    @model_validator(mode="after")
    def _kinds(self) -> Indicator:
        faults(self)
        return self

    @property
    def set_of_answers(self) -> bool:
        """Whether the figure has a row per answer."""
        return self.kind in SETS

    @property
    def dimension(self) -> str:
        """The id under which its answers stand beside breakdowns."""
        return f"{self.id}-answers"

    @property
    def column(self) -> str:
        """The column of the respondents' frame: the variable, or its answers within base and weight."""
        return f"{self.variable} of {self.id}" if self.narrowed else self.variable

    @property
    def narrowed(self) -> bool:
        """Whether its answers stand in a column of their own: a base, a weight that not all have, a stretch
        of numbers that counts, or a ratio, which needs both."""
        own = isinstance(self.share, Span) or self.kind in ("ratio", "multiple")
        return own or bool(self.base and self.base.when) or self.weight is not None

    @property
    def below(self) -> str:
        """The column below the line of a ratio."""
        return f"{self.per} of {self.id}"

    @property
    def counted(self) -> tuple[Code, ...]:
        """The codes in its column that count for its share."""
        return GIVEN if isinstance(self.share, Span) else self.share or ()

    @property
    def percentage(self) -> bool:
        """Whether its figures are percentages."""
        return self.kind in ("proportion", *SETS)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that the figure is calculated from."""
        own = [each.variable for each in self.answers if each.variable]
        named = (self.variable, *self.variables_of, *own, *([self.per] if self.per else []))
        return tuple(dict.fromkeys(each for each in named if each))

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The breakdowns as tuples of ids; ``()`` is the whole population."""
        return tuple(
            () if each == "total" else (each,) if isinstance(each, str) else each for each in self.breakdowns
        )

    @property
    def groupings(self) -> tuple[tuple[str, ...], ...]:
        """The dimensions of every figure: its breakdowns, and the answers where it has a row for each."""
        last = (self.dimension,) if self.set_of_answers else ()
        return tuple((*each, *last) for each in self.groups)


class Part(Indicator):
    """One answer of a set, as an indicator of its own: what is estimated and judged."""

    whole: str
    """The indicator that it is a part of."""
    answer: str

    @property
    def column(self) -> str:
        """The column of the set's variable, or of whether the answer was given."""
        if self.share == GIVEN:
            return self.id
        return f"{self.variable} of {self.whole}" if self.narrowed else self.variable
