"""Flows: the same persons counted under two classifications."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from thuis.contract.base import Number, Record, Text, Unique
from thuis.contract.finding import Closing, Opening
from thuis.values import Reason


class FlowClass(Record):
    """A class on one side."""

    id: str
    """id of the class"""
    title: Text
    """its name"""
    persons: Number | None = None
    """its persons, `null` when that count is not published"""


class Scheme(Record):
    """One classification."""

    id: str
    """id of the classification"""
    title: Text
    """its name"""
    classes: tuple[FlowClass, ...]
    """`id`, `title` and `persons` of each class, from top to bottom"""


class FlowLink(Record):
    """Persons in one class on the left and one on the right."""

    start: str = Field(alias="from")
    """the class on the left"""
    end: str = Field(alias="to")
    """the class on the right"""
    persons: Number | None = Field(ge=0)
    """how many; `null` with a `reason` when that may not be published"""
    moves: bool = False
    """whether these persons change class in the sense of the finding; such links are drawn in colour"""
    text: Text | None = None
    """who they are"""
    reason: Reason | None = None
    """why there is no count"""

    @model_validator(mode="after")
    def _told(self) -> Self:
        if self.persons is None and not self.reason:
            raise ValueError(f"the link {self.start} – {self.end} has no persons and no reason")
        return self


class _Counts(Record):
    """What stands between the words."""

    unit: Text
    """what is counted"""
    decimals: int = 0
    """how many decimals a reader is shown"""
    synthetic: bool = True
    """`false` when these figures are real although those of the monitor are invented"""
    persons: Number | None = None
    """all persons"""
    moved: Number | None = None
    """those who change class"""
    date: str | None = None
    """the day of the counts"""
    start: Scheme = Field(alias="from")
    """the classification on the left: `id`, `title`, `classes`"""
    end: Scheme = Field(alias="to")
    """the classification on the right"""
    links: tuple[FlowLink, ...]
    """the bands between them"""
    coloured: Text | None = None
    """what the coloured bands mean, where it is no change of class"""
    grey: Text | None = None
    """what the grey bands mean"""


class Flow(Closing, _Counts, Opening):
    """A whole flow."""

    @model_validator(mode="after")
    def _joined(self) -> Self:
        for side, scheme in (("from", self.start), ("to", self.end)):
            known = [each.id for each in scheme.classes]
            for link in self.links:
                name = link.start if side == "from" else link.end
                if name not in known:
                    raise ValueError(
                        f"a link goes {side} {name!r}, which is no class; there are {', '.join(known)}"
                    )
        return self


class Flows(Unique):
    """``flow.json``."""

    unique = ("flows",)
    flows: tuple[Flow, ...] = ()
    """the flows, in the order of their pages"""
