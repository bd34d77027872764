"""What ``findings.yaml`` says of counts from registers: a map of areas, and classes under two schemes."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from thuis.project.base import Date, Id, Model, Number, Text


class AreaMap(Model):
    """A map of what a register counts per area. Files are paths inside the project folder.

    ``measure`` is ``diversity``, ``composition-change`` or ``turnover``. ``counts`` is a CSV file with
    ``code``, ``name`` and persons per group; of a turnover ``population``, ``arrivals``, ``departures`` and
    ``within``. ``before`` is the same file of an earlier day, of a change alone. ``boundaries`` is GeoJSON
    whose features have the codes of ``boundaries_of`` as id. Municipalities that merged between a day of
    counting and ``boundaries_of`` are added up. ``synthetic`` says that the counts are invented.
    """

    id: Id
    title: Text
    description: Text
    measure: Literal["diversity", "turnover", "composition-change"] = "diversity"
    counts: str
    groups: dict[str, Text] = Field(default_factory=dict)
    counted: Date
    before: str | None = None
    counted_before: Date | None = None
    boundaries: str
    boundaries_of: Date
    classes: tuple[Number, ...] = Field((), max_length=4)
    source: Text
    about: tuple[str, ...] = ()
    limits: Text | None = None
    synthetic: bool = False

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if self.measure == "turnover" and self.groups:
            raise ValueError("a turnover has no groups")
        if self.measure != "turnover" and len(self.groups) < 2:
            raise ValueError("give two groups or more")
        earlier = (self.before, self.counted_before)
        if self.measure != "composition-change":
            if any(earlier):
                raise ValueError("before and counted_before belong to measure: composition-change")
        elif not all(earlier):
            raise ValueError("a change of composition needs before and counted_before")
        elif self.earlier[1] >= self.counted:
            raise ValueError(f"counted_before is {self.counted_before}, expected a day before {self.counted}")
        return self

    @property
    def earlier(self) -> tuple[str, date]:
        """File and day of the earlier counts of a change of composition."""
        if self.before is None or self.counted_before is None:
            raise ValueError("only a change of composition has earlier counts")
        return self.before, self.counted_before


class ClassFlow(Model):
    """One population under two schemes of origin, from counts per class of the first.

    ``counts`` is a CSV file with ``class``, ``group`` (may be empty) and ``persons``; classes and groups are
    those of the scheme ``from``. ``synthetic`` says that the counts are invented.
    """

    id: Id
    title: Text
    description: Text
    counts: str
    source_scheme: str = Field("2022", alias="from")
    target_scheme: str = Field("1999", alias="to")
    counted: Date
    source: Text
    about: tuple[str, ...] = ()
    limits: Text | None = None
    synthetic: bool = False
