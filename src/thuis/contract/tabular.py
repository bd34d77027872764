"""A table described for machines: CSV on the Web (W3C, 2015), and the Data Package, version 2."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from thuis.contract.base import Record, Text

Type = Literal["string", "number", "integer", "boolean"]


class Spoken(Record):
    """A text in one language, by JSON-LD."""

    value: str = Field(alias="@value")
    language: str = Field(alias="@language")


class Reference(Record):
    """An address, by JSON-LD."""

    id: str = Field(alias="@id")


class Language(Record):
    """The language of plain texts, by JSON-LD."""

    language: str = Field(alias="@language")


class Datatype(Record):
    """A text of a fixed list: ``format`` is a regular expression."""

    base: str
    format: str


class TableColumn(Record):
    """A column of a CSV file; ``titles`` is its header."""

    name: str
    titles: str
    description: tuple[Spoken, ...] = Field(alias="dc:description")
    datatype: str | Datatype
    required: bool
    null: str = ""


class TableSchema(Record):
    """The columns, and those that together are different in every row."""

    columns: tuple[TableColumn, ...]
    key: tuple[str, ...] = Field(alias="primaryKey")


class Dialect(Record):
    """How the CSV file is written."""

    header: bool
    delimiter: str
    encoding: str


class Metadata(Record):
    """``*.csv-metadata.json``."""

    context: tuple[str, Language] = Field(alias="@context")
    url: str
    title: tuple[Spoken, ...] = Field(alias="dc:title")
    publisher: Reference = Field(alias="dc:publisher")
    license: Reference = Field(alias="dc:license")
    issued: dt.date = Field(alias="dc:issued")
    citation: tuple[Spoken, ...] = Field(alias="dc:bibliographicCitation")
    version: str = Field(alias="schema:version")
    dialect: Dialect
    table: TableSchema = Field(alias="tableSchema")
    description: tuple[Spoken, ...] = Field((), alias="dc:description")


class Constraints(Record):
    """What a field must hold."""

    required: bool = True
    enum: tuple[str, ...] = ()


class TableField(Record):
    """A column of a resource."""

    name: str
    type: Type
    description: str
    constraints: Constraints | None = None


class Fields(Record):
    """The columns of a resource."""

    fields: tuple[TableField, ...]
    missing: tuple[str, ...] = Field(alias="missingValues")
    key: tuple[str, ...] = Field((), alias="primaryKey")


class Resource(Record):
    """A CSV file; a table from elsewhere has no title and no columns."""

    name: str
    path: str
    type: Literal["table"]
    format: Literal["csv"]
    mediatype: str
    encoding: str
    bytes: int
    hash: str
    title: str | None = None
    titles: Text | None = None
    table: Fields | None = Field(None, alias="schema")


class PackageLicence(Record):
    """The licence of the package."""

    name: str
    path: str
    title: str


class Contributor(Record):
    """Who made the package."""

    title: str
    path: str
    roles: tuple[str, ...]


class PackageSource(Record):
    """Where the figures come from."""

    title: str


class DataPackage(Record):
    """``datapackage.json``."""

    profile: str = Field(alias="$schema")
    name: str
    id: str
    homepage: str
    title: str
    titles: Text
    description: str
    descriptions: Text
    synthetic: Text | None
    version: str
    created: str
    licenses: tuple[PackageLicence, ...]
    contributors: tuple[Contributor, ...]
    sources: tuple[PackageSource, ...]
    resources: tuple[Resource, ...]
