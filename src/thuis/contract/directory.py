"""The directory: initiatives with their quality, and the index that answers a query without a server."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from thuis.contract.base import Record, Text

VERSION = "1"


class Contact(Record):
    """Whom to call."""

    name: str | None = None
    """a person's name, where it is public"""
    role: str | None = None
    """what the person does there"""
    phone: str | None = None
    """telephone number"""
    email: str | None = None
    """address for mail"""


class Where(Record):
    """Where it takes place."""

    name: str | None = None
    """name of the building"""
    address: str | None = None
    """street and number"""
    postcode: str | None = None
    """postcode"""
    city: str | None = None
    """town or village"""
    country: str | None = None
    """two letters"""
    latitude: float | None = None
    """degrees north, WGS 84"""
    longitude: float | None = None
    """degrees east, WGS 84"""
    accessibility: str | None = None
    """what is known of its accessibility"""


class Schedule(Record):
    """When, in the words of an iCalendar rule."""

    dtstart: str | None = None
    """the first day"""
    freq: str | None = None
    """`DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`"""
    interval: int | None = None
    """every so many weeks or months"""
    byday: str | None = None
    """days of the week: `MO,TH`"""
    bymonthday: str | None = None
    """days of the month"""
    until: str | None = None
    """the last day"""
    count: int | None = None
    """how many times"""
    opens_at: str | None = None
    """from what time"""
    closes_at: str | None = None
    """until what time"""
    description: str | None = None
    """when, in words"""


class Provenance(Record):
    """Where a record came from, and who looked at it last."""

    source: str | None = None
    """where it was found"""
    imported_from: str | None = None
    """the file it was imported from"""
    checked_on: dt.date | None = None
    """the day somebody last checked it"""
    checked_by: str | None = None
    """who that was"""
    check_due: dt.date | None = None
    """the day the next check is due"""


class QualityOf(Record):
    """How much a record helps somebody who wants to go there."""

    score: int
    """0 to 100"""
    has: tuple[str, ...]
    """what it has"""
    lacks: tuple[str, ...]
    """what it lacks"""
    add: tuple[Text, ...]
    """what to add, the most helpful first"""


class PublicInitiative(Record):
    """One initiative as published."""

    id: str
    """its id"""
    name: str
    """its name"""
    alternate_name: str | None = None
    """another name"""
    description: Text = Field(default_factory=dict)
    """what happens, in the languages it was written in"""
    organization: str | None = None
    """who does it"""
    municipality: str | None = None
    """code of the municipality"""
    municipality_name: str | None = None
    """its name"""
    areas: tuple[str, ...] = ()
    """codes of other municipalities it is for"""
    scope: str = "unknown"
    """`municipality`, `region`, `country` or `unknown`"""
    scope_reason: str | None = None
    """why it is for a region or the country"""
    where: tuple[Where, ...] = ()
    """where it takes place"""
    point: tuple[float, float] | None = None
    """latitude and longitude of the first place that has them"""
    themes: tuple[str, ...] = ()
    """themes of the monitor"""
    audience: tuple[str, ...] = ()
    """for whom"""
    form: tuple[str, ...] = ()
    """forms of contact"""
    languages: tuple[str, ...] = ()
    """codes of the languages spoken there"""
    price: str = "unknown"
    """`free`, `paid` or `unknown`"""
    price_text: str | None = None
    """what it costs, in words"""
    minimum_age: float | None = None
    """from what age"""
    maximum_age: float | None = None
    """up to what age"""
    contact: Contact | None = None
    """whom to call"""
    url: str | None = None
    """its website: `http` or `https`"""
    status: Literal["active", "inactive", "temporarily closed"] = "active"
    """`active`, `inactive` or `temporarily closed`"""
    schedules: tuple[Schedule, ...] = ()
    """when"""
    identifiers: tuple[str, ...] = ()
    """identifiers elsewhere"""
    provenance: Provenance = Provenance()
    """source and last check"""
    overdue: bool = False
    """whether its check is overdue"""
    decay: float = 1.0
    """what an overdue check does to its rank: 1 to 0.25"""
    invented: bool = False
    """whether it was made up as an example"""
    quality: QualityOf
    """score, with what to add"""
    meanings: tuple[str, ...] = ()
    """groups of meaning it is found by"""
    parts: tuple[str, ...] = ()
    """parts of its compounds"""

    @property
    def places(self) -> tuple[str, ...]:
        """Every municipality it is for, by code."""
        return tuple(dict.fromkeys((*((self.municipality,) if self.municipality else ()), *self.areas)))

    def marks(self, facet: str) -> tuple[str, ...]:
        """What it has of one kind of mark: ``themes``, ``form``, ``audience``, ``price`` or ``language``."""
        value = self.languages if facet == "language" else getattr(self, facet)
        return (value,) if isinstance(value, str) else tuple(value)


class TermOf(Record):
    """A mark and how many initiatives have it."""

    id: str
    """its id"""
    title: Text
    """what readers see"""
    count: int
    """how many have it"""


class DirectoryFile(Record):
    """``directory.json``."""

    version: str = VERSION
    """version of the form"""
    made_on: dt.date
    """the day from which checks are overdue"""
    initiatives: tuple[PublicInitiative, ...]
    """the initiatives, by name"""
    facets: dict[str, tuple[TermOf, ...]]
    """`themes`, `audience`, `form` and `price`: their marks"""
    meanings: dict[str, tuple[str, ...]]
    """group of meaning -> the words that find it"""
    downloads: dict[str, str]
    """form -> path in the data folder"""
    places: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """the project's own places -> codes of the municipalities they lie in"""
    feeds: dict[str, str] = Field(default_factory=dict)
    """`facet:id` of a mark or `municipality:code` -> the path of the feed of what has it"""


class SearchFile(Record):
    """``directory-search.json``: all that is needed to answer as ``thuis directory search`` does."""

    version: str = "4"
    """version of the form"""
    records: tuple[str, ...]
    """ids of the initiatives; the other keys use their numbers"""
    terms: dict[str, str]
    """term -> its records, packed (see below); a term begins with `=` (word), `+` (part), `#` (meaning),
    `@` (municipality), or is a stem"""
    weights: tuple[float, ...]
    """the weights that a record may have under a term"""
    words: tuple[str, ...]
    """words of four letters or more that the initiatives or the groups have, by letter"""
    groups: dict[str, tuple[str, ...]]
    """folded word, or `~` and a stem -> its groups of meaning"""
    phrases: dict[str, str]
    """several words -> their group of meaning"""
    parts: tuple[str, ...]
    """what compounds are made of"""
    stop: tuple[str, ...]
    """words that ask for nothing"""
    places: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """name as written, without hyphens, spaces and accents -> codes of the municipalities"""
    villages: dict[str, str] = Field(default_factory=dict)
    """code of a municipality -> the places that lie in it, written so, with a space between"""
    decay: tuple[float, ...] = ()
    """what an overdue check does to each record's rank"""
    ordinary: tuple[str, ...] = ()
    """names among them that are ordinary words too; of a place with `/` before it"""
    names: dict[str, str] = Field(default_factory=dict)
    """code of a municipality -> its name"""
    weak: tuple[str, ...] = ()
    """words that say little, and need not be found beside others"""
    whole: tuple[str, ...] = ()
    """words that look like compounds and are none"""
    broader: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """group of meaning -> all groups above it"""
    refusals: tuple[tuple[str, ...], ...] = ((), (), ())
    """before what is not wanted: words that always say so; that say so after *but* or before something
    narrower; and the words for *but*"""
