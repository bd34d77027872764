"""``breakdowns/*.yaml``: the groups a figure is broken down by."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from thuis.project.base import Code, Id, MisplacedError, Model, Number, Text
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
When = Annotated[
    Annotated[dict[str, Condition], Field(min_length=1), Tag("conditions")]
    | Annotated[str, Field(min_length=1), Tag("expression")],
    Discriminator(lambda value: "expression" if isinstance(value, str) else "conditions"),
]


class Category(Model):
    id: Id
    title: Text
    people: Text | None = None
    """Who they are, as a sentence says it: ``mensen van Turkse herkomst``."""
    short: Text | None = None
    """The same in one word or two, where a headline has no room: ``Turks``."""
    description: Text | None = None
    when: When
    """Conditions that all hold, or an expression."""

    @property
    def rule(self) -> str | None:
        """The expression it was, once the project is read."""
        return None

    @property
    def conditions(self) -> dict[str, Condition]:
        """Its conditions in a project that was read, where an expression is a code of a variable."""
        assert not isinstance(self.when, str)
        return self.when


class ByExpression(Category):
    """A category as the rest of a project sees it, with the expression it was."""

    written: str

    @property
    def rule(self) -> str | None:
        return self.written


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
    order: tuple[Id, ...] = ()
    """The order in which categories are shown, where that is not the order in which they are tried."""
    categories: tuple[Category, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _alike(self) -> Self:
        written = [isinstance(each.when, str) for each in self.categories]
        if any(written) and not all(written):
            at = written.index(not written[0])
            raise MisplacedError(
                "categories by expression and by condition in one breakdown", "categories", at, "when"
            )
        ids = [each.id for each in self.categories]
        if self.order and sorted(self.order) != sorted(ids):
            raise MisplacedError("'order' names every category once: " + ", ".join(ids), "order")
        return self

    @property
    def by_expression(self) -> bool:
        """Whether its categories are expressions, in a project that is being read."""
        return any(isinstance(each.when, str) for each in self.categories)

    @property
    def shown(self) -> tuple[Category, ...]:
        """The categories in the order in which they are shown."""
        by_id = {each.id: each for each in self.categories}
        return tuple(by_id[id_] for id_ in self.order) if self.order else self.categories

    @field_validator("id")
    @classmethod
    def _not_a_crossing(cls, value: str) -> str:
        if "-by-" in value or value == TOTAL:
            raise ValueError(f"{value!r}: 'total' and '-by-' are kept for the whole population and crossings")
        return value
