"""What a project folder says, as checked values: settings, waves, breakdowns, indicators, pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from thuis.errors import Place
from thuis.project.locate import Located
from thuis.values import TOTAL, breakdown_id

if TYPE_CHECKING:
    from thuis.project.battery import Questions

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("an id has lower case letters, digits and single hyphens only, like 'trust-people'")
    return value


def _code(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date; write it like 2015-01-31") from error


def _text(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    languages = (info.context or {}).get("languages", ("nl", "en"))
    missing = [each for each in languages if not value.get(each, "").strip()]
    if missing:
        raise ValueError(f"no text in {' and '.join(map(repr, missing))}")
    extra = [each for each in value if each not in languages]
    if extra:
        raise ValueError(f"{extra[0]!r} is not among the languages {', '.join(languages)}")
    return value


Id = Annotated[str, AfterValidator(_id)]
Code = Annotated[str, BeforeValidator(_code)]
Date = Annotated[dt.date, BeforeValidator(_date)]
Text = Annotated[dict[str, str], AfterValidator(_text)]
Number = Annotated[float, Field(strict=False, allow_inf_nan=False)]


class Model(BaseModel):
    """Every part of a project: no unknown keys, no silent conversion, no change afterwards."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True
    )

    @field_validator("*", mode="before")
    @classmethod
    def _tuples(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value


class MisplacedError(ValueError):
    """A fault that several keys make together; ``path`` says which of them to point at."""

    def __init__(self, what: str, *path: str) -> None:
        super().__init__(what)
        self.path = path


class Publisher(Model):
    name: Text
    url: str
    email: str


class Licence(Model):
    id: str
    title: Text
    url: str


class Theme(Model):
    """One subject of the monitor; indicators, initiatives and commitments point to its id."""

    id: Id
    dimension: Literal["socio-economic", "socio-cultural", "political"]
    title: Text
    description: Text
    indicators: tuple[Id, ...] = ()
    """Indicators in the order of pages; the first stands on the start page. Others follow by their id."""


class Protection(Model):
    """The limits a cell must keep; see ``thuis.protect``."""

    minimum_n: int = Field(50, ge=10)
    maximum_half_width: Number = Field(15, gt=0, le=50)
    maximum_cv: Number = Field(0.3, gt=0, le=1)
    moderate_half_width: Number = Field(8, gt=0, le=50)
    level: Number = Field(0.95, ge=0.5, lt=1)

    @model_validator(mode="after")
    def _ordered(self) -> Protection:
        if self.moderate_half_width > self.maximum_half_width:
            raise MisplacedError("moderate_half_width is above maximum_half_width", "moderate_half_width")
        return self


class Settings(Model):
    """``thuis.yaml``."""

    title: Text
    description: Text
    publisher: Publisher
    address: str
    languages: tuple[Literal["nl", "en"], ...] = Field(min_length=1)
    licence: Licence
    citation: Text
    version: str = Field(pattern=r"^\d+\.\d+$")
    released: Date
    synthetic: Text | None = None
    waves: tuple[Code, ...] = Field(min_length=1)
    samples: Literal["independent", "panel"] = "independent"
    protection: Protection = Protection.model_construct(
        minimum_n=50, maximum_half_width=15.0, maximum_cv=0.3, moderate_half_width=8.0, level=0.95
    )
    themes: tuple[Theme, ...] = Field(min_length=1)

    @field_validator("languages")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = [each for each in value if value.count(each) > 1]
        if twice:
            raise ValueError(f"{twice[0]!r} is named twice")
        return value

    @field_validator("themes")
    @classmethod
    def _apart(cls, value: tuple[Theme, ...]) -> tuple[Theme, ...]:
        ids = [each.id for each in value]
        twice = [each for each in ids if ids.count(each) > 1]
        if twice:
            raise ValueError(f"theme {twice[0]!r} is given twice")
        return value


class FieldPeriod(Model):
    start: Date
    end: Date

    @model_validator(mode="after")
    def _ordered(self) -> FieldPeriod:
        if self.end < self.start:
            raise MisplacedError(f"ends on {self.end}, before it starts on {self.start}", "end")
        return self


class Csv(Model):
    encoding: str = "utf-8"
    delimiter: str = Field(",", min_length=1, max_length=1)
    decimal: Literal[".", ","] = "."


class Design(Model):
    """The sample design of a wave: columns of its file. ``weight: null`` is an equal weight for all."""

    weight: str | None
    strata: str | None = None
    psu: str | None = None
    fpc: str | None = None
    lonely: Literal["error", "adjust", "average", "certainty", "remove"] = "error"


class Source(Model):
    """Where a harmonised variable comes from in one wave."""

    from_: str = Field(alias="from")
    type: Literal["category", "number"] = "category"
    codes: dict[str, Id] | None = None
    missing: tuple[Code, ...] = ()
    range: tuple[Number, Number] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Source:
        if self.type == "category" and not self.codes:
            raise ValueError("a category needs 'codes': every code in the file and what it becomes")
        if self.type == "number" and self.codes:
            raise MisplacedError("a number has no 'codes'; use type: category, or leave codes out", "codes")
        if self.range and self.range[0] >= self.range[1]:
            raise MisplacedError(f"range [{self.range[0]:g}, {self.range[1]:g}] is upside down", "range")
        if self.range and self.type == "category":
            raise MisplacedError("only a number has a range", "range")
        both = sorted(set(self.codes or ()) & set(self.missing))
        if both:
            raise MisplacedError(f"code {both[0]!r} is both mapped and missing", "missing")
        return self


class Wave(Model):
    """``waves/*.yaml``."""

    id: Code
    title: Text
    field: FieldPeriod
    mode: Text
    population: Text
    source: Text
    file: str
    csv: Csv = Csv.model_construct(encoding="utf-8", delimiter=",", decimal=".")
    where: dict[str, tuple[Code, ...]] = Field(default_factory=dict)
    design: Design
    variables: dict[Id, Source | None] = Field(min_length=1)

    @field_validator("where", mode="before")
    @classmethod
    def _lists(cls, value: Any) -> Any:
        return (
            {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
            if isinstance(value, dict)
            else value
        )


class Span(Model):
    """A stretch of numbers: from inclusive, below exclusive."""

    from_: Number | None = Field(None, alias="from")
    below: Number | None = None

    @model_validator(mode="after")
    def _some(self) -> Span:
        if self.from_ is None and self.below is None:
            raise ValueError("a stretch of numbers needs 'from' or 'below'")
        if self.from_ is not None and self.below is not None and self.from_ >= self.below:
            raise ValueError(f"from {self.from_:g} is not below {self.below:g}")
        return self


Condition = tuple[Code, ...] | Span


class Category(Model):
    id: Id
    title: Text
    description: Text | None = None
    when: dict[str, Condition] = Field(min_length=1)

    @field_validator("when", mode="before")
    @classmethod
    def _lists(cls, value: Any) -> Any:
        return (
            {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
            if isinstance(value, dict)
            else value
        )


class Breakdown(Model):
    """``breakdowns/*.yaml``: the definition of a breakdown is data."""

    id: Id
    title: Text
    description: Text
    source: Text
    reference: str | None = None
    nested_in: str | None = None
    categories: tuple[Category, ...] = Field(min_length=1)

    @field_validator("id")
    @classmethod
    def _not_a_crossing(cls, value: str) -> str:
        if "-by-" in value or value == TOTAL:
            raise ValueError(f"{value!r}: 'total' and '-by-' are kept for the whole population and crossings")
        return value


class Question(Model):
    nl: str
    en: str
    asked: str | None = None


class Break(Model):
    wave: Code
    kind: Literal["wording", "mode", "population", "class"]
    text: Text


class Indicator(Model):
    """``indicators/*.yaml``."""

    id: Id
    theme: str
    title: Text
    measures: Text
    kind: Literal["proportion", "mean"]
    variable: str
    share: tuple[Code, ...] | None = None
    among: tuple[Code, ...] | None = None
    scale: tuple[Number, Number] | None = None
    unit: Text | None = None
    decimals: int = Field(1, ge=0, le=3)
    polarity: Literal["higher-is-better", "lower-is-better", "neutral"]
    question: dict[str, Question] = Field(min_length=1)
    breaks: tuple[Break, ...] = ()
    notes: Text | None = None
    breakdowns: tuple[str | tuple[str, ...], ...] = Field(min_length=1)
    keywords: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("breakdowns", mode="before")
    @classmethod
    def _crossings(cls, value: Any) -> Any:
        return (
            tuple(tuple(v) if isinstance(v, list) else v for v in value)
            if isinstance(value, list | tuple)
            else value
        )

    @field_validator("keywords", mode="before")
    @classmethod
    def _lists(cls, value: Any) -> Any:
        return (
            {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
            if isinstance(value, dict)
            else value
        )

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
    def groupings(self) -> tuple[tuple[str, ...], ...]:
        """The breakdowns as tuples of ids; ``()`` is the whole population."""
        return tuple(
            () if each == "total" else (each,) if isinstance(each, str) else each for each in self.breakdowns
        )


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

    @property
    def themes(self) -> tuple[Theme, ...]:
        return self.settings.themes
