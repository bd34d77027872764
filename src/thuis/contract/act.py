"""What is done and known: municipalities with their offer and grants, and what works in which situation."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from thuis.contract.base import Number, Record, Text
from thuis.contract.directory import VERSION, TermOf

Certainty = Literal["seen", "partly", "memory"]


class GrantOf(Record):
    """One amount."""

    scheme: str
    """id of the scheme"""
    year: int
    """the year it was for"""
    code: str
    """code of the municipality then"""
    name: str
    """its name"""
    spelling: str
    """its name as the source writes it"""
    amount: float
    """euros"""
    code_now: str | None
    """code of today's municipality; null when it was divided since"""
    divided_into: tuple[str, ...]
    """codes it was divided into"""
    annex: str
    """annex of the source"""
    purpose: str
    """what it was for"""
    kind: str
    """kind of project"""
    project: str = ""
    """its name"""
    source: str
    """where it stands"""


class SchemeOf(Record):
    """A scheme with the sum of its amounts."""

    id: str
    """its id"""
    title: Text
    """its name"""
    purpose: Text
    """what it is for"""
    source: Text = Field(default_factory=dict)
    """where it stands"""
    totals: dict[int, float]
    """year -> sum of the amounts"""
    stated: dict[int, float]
    """year -> total that the scheme states itself"""


class GrantsFile(Record):
    """``grants.json``."""

    version: str = VERSION
    """version of the form"""
    grants: tuple[GrantOf, ...]
    """the amounts"""
    schemes: tuple[SchemeOf, ...]
    """the schemes"""


class KeyFigure(Record):
    """A figure that municipalities have, from elsewhere."""

    id: str
    """its id"""
    title: Text
    """what it counts"""
    unit: Text
    """its unit"""
    decimals: int = 0
    """how many decimals a reader is shown"""
    group: Text
    """the heading it stands under"""
    date: str
    """the day or year it is of"""
    source: Text
    """where it is from"""
    note: Text | None = None
    """what a reader must know"""


class Naming(Record):
    """A place in the dossier that names a municipality."""

    kind: Literal["letter", "commitment"]
    """`letter` or `commitment`"""
    id: str
    """id of the letter or the commitment"""
    block: str | None = None
    """the paragraph of the letter"""
    text: str
    """the sentence or paragraph"""
    language: str
    """its language"""
    code: str
    """code of the municipality as it was named on the day of the text"""


class MunicipalityOf(Record):
    """One municipality."""

    code: str
    """its code"""
    name: str
    """its name"""
    province: str
    """its province"""
    also: tuple[str, ...] = ()
    """what else it is called in Dutch or Frisian"""
    places: tuple[str, ...] = ()
    """the towns and villages in it"""
    initiatives: tuple[str, ...]
    """ids of the initiatives there that run and were not made up"""
    inhabitants: int | None = None
    """inhabitants, where known"""
    per_10000: float | None = None
    """initiatives per 10,000 inhabitants, where these are known"""
    grants: dict[str, dict[int, float]]
    """scheme -> year -> euros, with those of municipalities that merged into it"""
    granted: float
    """their sum"""
    former: tuple[str, ...]
    """codes of former municipalities that the grants were given to"""
    includes: dict[str, str] = Field(default_factory=dict)
    """code -> name of the municipalities that merged into it since 2010"""
    latitude: float | None = None
    """degrees north of its middle"""
    longitude: float | None = None
    """degrees east of its middle"""
    figures: dict[str, Number | None] = Field(default_factory=dict)
    """id of a key figure -> value; null where it cannot be known, or would tell of a few people"""
    named: tuple[Naming, ...] = ()
    """where the dossier names it"""


class DividedOf(Record):
    """What was given to a municipality that was divided: it stays with the old code."""

    code: str
    """its code"""
    name: str
    """its name"""
    into: tuple[str, ...]
    """codes it was divided into"""
    granted: float
    """euros"""


class MunicipalitiesFile(Record):
    """``municipalities.json``."""

    version: str = VERSION
    """version of the form"""
    on: dt.date
    """the day of the municipalities"""
    municipalities: tuple[MunicipalityOf, ...] = ()
    """every municipality of that day"""
    divided: tuple[DividedOf, ...] = ()
    """those that were divided"""
    unknown: tuple[str, ...] = ()
    """what is not known about borders"""
    figures: tuple[KeyFigure, ...] = ()
    """the key figures, in order"""
    source: str = "CBS; Rijksdienst voor Identiteitsgegevens (RvIG)"
    """where codes and names are from"""


class EntryOf(Record):
    """One statement of what works, with its evidence."""

    id: str
    """its id"""
    statement: Text
    """what was found"""
    effect: Text = Field(default_factory=dict)
    """how large it was"""
    measure: Text = Field(default_factory=dict)
    """in what measure"""
    population: Text = Field(default_factory=dict)
    """in whom"""
    delayed: Literal["yes", "no", "mixed", "unknown"] = "unknown"
    """whether there was a later measurement"""
    level: str
    """level of the evidence"""
    year: int
    """year of the evidence"""
    source: str
    """where it stands"""
    url: str | None = None
    """its address"""
    certainty: Certainty
    """`seen` in the source, `partly`, or from `memory`"""
    group: Text = Field(default_factory=dict)
    """what there is for this group"""
    conditions: Text = Field(default_factory=dict)
    """under which conditions"""
    form: tuple[str, ...] = ()
    """forms of contact it is about"""


class ActivityOf(Record):
    """A kind of activity in a situation, with who does it."""

    situation: str
    """id of the situation"""
    form: str
    """form of contact"""
    works: dict[str, tuple[str, ...]]
    """language -> what works"""
    fails: dict[str, tuple[str, ...]]
    """language -> what does not"""
    entries: tuple[str, ...] = ()
    """statements it leans on"""
    source: Text
    """where it is from"""
    certainty: Certainty
    """as of a statement"""
    initiatives: tuple[str, ...] = ()
    """ids of the initiatives that do it"""


class KnowledgeFile(Record):
    """``knowledge.json``."""

    version: str = VERSION
    """version of the form"""
    situations: tuple[TermOf, ...] = ()
    """situations in a neighbourhood; `count` is the number of activities"""
    entries: tuple[EntryOf, ...] = ()
    """the statements"""
    activities: tuple[ActivityOf, ...] = ()
    """the activities"""
    caution: Text = Field(default_factory=dict)
    """what must be said with all of it"""
