"""``thuis.yaml``: what holds for the whole monitor."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from thuis.language import LANGUAGES, wanting
from thuis.project.base import Code, Date, Id, MisplacedError, Model, Number, Text
from thuis.project.namespace import FORM
from thuis.values import NAMESPACE


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
    digits: Literal["full", "standard-error"] = "full"
    """How many digits are published: all that are known, or those that the standard error bears."""
    respondents: Literal["exact", "rounded"] = "exact"
    """Whether numbers of respondents are published as they are, or rounded to tens."""

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
    namespace: str = Field(NAMESPACE, pattern=FORM)
    languages: tuple[str, ...] = Field(min_length=1)
    licence: Licence
    citation: Text
    version: str = Field(pattern=r"^\d+\.\d+$")
    released: Date
    synthetic: Text | None = None
    waves: tuple[Code, ...] = Field(min_length=1)
    samples: Literal["independent", "panel"] = "independent"
    outside: bool = False
    """Whether survey files may stand outside the project folder."""
    protection: Protection = Protection.model_construct(
        minimum_n=50,
        maximum_half_width=15.0,
        maximum_cv=0.3,
        moderate_half_width=8.0,
        level=0.95,
        digits="full",
        respondents="exact",
    )
    themes: tuple[Theme, ...] = Field(min_length=1)
    lead: str | None = None
    """The figure on the start page, ``indicator/breakdown``; else the first with a tested difference."""

    @field_validator("languages")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = [each for each in value if value.count(each) > 1]
        if twice:
            raise ValueError(f"{twice[0]!r} is named twice")
        strange = [each for each in value if each not in LANGUAGES]
        if strange:
            raise ValueError(f"no texts in {strange[0]!r}; there are texts in {', '.join(LANGUAGES)}")
        lacking = [f"{each}: {text}" for each in value for text in wanting(each)]
        if lacking:
            raise ValueError(f"{len(lacking)} texts are missing from the catalogues: {'; '.join(lacking)}")
        return value

    @field_validator("themes")
    @classmethod
    def _apart(cls, value: tuple[Theme, ...]) -> tuple[Theme, ...]:
        ids = [each.id for each in value]
        twice = [each for each in ids if ids.count(each) > 1]
        if twice:
            raise ValueError(f"theme {twice[0]!r} is given twice")
        return value
