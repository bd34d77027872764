"""What ``findings.yaml`` says of counts from registers: a map of areas, and classes under two schemes."""

from __future__ import annotations

from pydantic import Field

from thuis.project.base import Date, Id, Model, Number, Text


class AreaMap(Model):
    """A map of local diversity. Files are paths inside the project folder.

    ``counts`` is a CSV file with ``code``, ``name`` and a column of persons per group; ``boundaries`` GeoJSON
    whose features have the codes of ``boundaries_of`` as id. Municipalities that merged between ``counted``
    and ``boundaries_of`` are added up. ``synthetic`` says that the counts are invented.
    """

    id: Id
    title: Text
    description: Text
    counts: str
    groups: dict[str, Text] = Field(min_length=2)
    counted: Date
    boundaries: str
    boundaries_of: Date
    classes: tuple[Number, ...] = Field((), max_length=4)
    source: Text
    about: tuple[str, ...] = ()
    limits: Text | None = None
    synthetic: bool = False


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
