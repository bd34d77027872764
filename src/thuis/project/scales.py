"""Several indicators that are meant to measure one thing together."""

from __future__ import annotations

from pydantic import Field, model_validator

from thuis.project.base import Code, Id, Model, Text


class ScaleOf(Model):
    """A scale. ``reverse`` names the indicators that run the other way.

    ``minimum`` is how many of the indicators a person must have answered for a score; all when left out.
    """

    id: Id
    title: Text
    description: Text
    wave: Code
    items: tuple[str, ...] = Field(min_length=2)
    reverse: tuple[str, ...] = ()
    minimum: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _possible(self) -> ScaleOf:
        twice = sorted({each for each in self.items if self.items.count(each) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} stands in the scale twice")
        absent = sorted(set(self.reverse) - set(self.items))
        if absent:
            raise ValueError(f"{absent[0]!r} is reversed but no item")
        if self.minimum is not None and self.minimum > len(self.items):
            raise ValueError(f"a minimum of {self.minimum} of {len(self.items)} items")
        return self
