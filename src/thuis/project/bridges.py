"""A declared correction for a break in a series: what the change of measurement alone did to a figure."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from thuis.project.base import Code, Id, Model, Number, Text
from thuis.values import TOTAL


class Bridge(Model):
    """A change between two waves, corrected for a break between them.

    ``additive``: ``correction`` is the figure under the later measurement minus that under the earlier one,
    for the same people at the same time, in the figure's own unit. ``ratio``: the later divided by the
    earlier.
    ``se`` is its standard error, ``source`` says where both were measured.
    """

    id: Id
    title: Text
    description: Text
    indicator: str
    breakdown: str = TOTAL
    earlier: Code
    later: Code
    kind: Literal["additive", "ratio"] = "additive"
    correction: Number
    se: Number = Field(ge=0)
    source: Text

    @model_validator(mode="after")
    def _possible(self) -> Bridge:
        if self.kind == "ratio" and self.correction <= 0:
            raise ValueError("a ratio is above 0")
        return self
