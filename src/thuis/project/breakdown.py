"""``breakdowns/*.yaml``: the groups a figure is broken down by."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from thuis.project.base import Code, Id, Model, Number, Text
from thuis.values import TOTAL


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
    people: Text | None = None
    """Who they are, as a sentence says it: ``mensen van Turkse herkomst``."""
    short: Text | None = None
    """The same in one word or two, where a headline has no room: ``Turks``."""
    description: Text | None = None
    when: dict[str, Condition] = Field(min_length=1)


class Breakdown(Model):
    """``breakdowns/*.yaml``: the definition of a breakdown is data.

    ``base``: respondents in none of the categories are left out of every figure of the monitor, totals as
    well, in waves in which anybody has a category.
    """

    id: Id
    title: Text
    description: Text
    source: Text
    reference: str | None = None
    nested_in: str | None = None
    base: bool = False
    categories: tuple[Category, ...] = Field(min_length=1)

    @field_validator("id")
    @classmethod
    def _not_a_crossing(cls, value: str) -> str:
        if "-by-" in value or value == TOTAL:
            raise ValueError(f"{value!r}: 'total' and '-by-' are kept for the whole population and crossings")
        return value
