"""The records around the figures: monitor, indicators, versions, corrections, free pages, population."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from thuis.contract.base import Listing, Number, Record, Text
from thuis.contract.figure import Break, Dimension, Kind


class Publisher(Record):
    """Who publishes the monitor."""

    name: Text
    url: str | None = None
    email: str | None = None


class Licence(Record):
    """The licence of the data."""

    id: str
    title: Text
    url: str


class Limits(Record):
    """The limits of protection and reliability."""

    minimum_n: int = 50
    """fewest respondents in a cell"""
    maximum_half_width: float = 15
    """widest half of an interval, percentage points"""
    maximum_cv: float = 0.3
    """largest coefficient of variation, 0.3 for 30%"""
    moderate_half_width: float = 8
    """half width from which reliability is `moderate`"""
    level: float = 0.95
    """level of intervals and tests"""
    digits: Literal["full", "standard-error"] = "full"
    """all digits, or those that the standard error bears"""
    respondents: Literal["exact", "rounded"] = "exact"
    """whether `n` is as it is, or rounded to tens"""


class Fieldwork(Record):
    """First and last day of the fieldwork."""

    start: dt.date
    end: dt.date


class Wave(Record):
    """One measurement: when, among whom, how."""

    id: str
    """id of the wave"""
    title: Text
    """its name"""
    field: Fieldwork
    """`start` and `end` of the fieldwork, ISO dates"""
    mode: Text | None = None
    """how people were asked"""
    population: Text | None = None
    """among whom"""
    source: Text | None = None
    """the survey"""
    weighted: bool = True
    """whether answers count with a weight; `false`: everyone counts the same"""
    pools: tuple[str, ...] = ()
    """the waves that this one takes together, when it does"""


class Theme(Record):
    """A group of indicators within a dimension."""

    id: str
    """id of the theme"""
    dimension: str | None = None
    """the dimension it belongs to"""
    title: Text
    """its name"""
    description: Text | None = None
    """what it is about"""
    indicators: tuple[str, ...] = ()
    """ids of its indicators"""


class Listed(Record):
    """An indicator as the monitor lists it."""

    id: str
    """id of the indicator"""
    theme: str
    """id of its theme"""
    title: Text
    """its name"""
    kind: Kind
    """`proportion` or `mean`"""


class Monitor(Record):
    """What the monitor is, and what there is in it."""

    title: Text
    """name of the monitor"""
    description: Text
    """what it shows"""
    publisher: Publisher
    """`name`, `url` and `email` of who publishes it"""
    address: str | None = None
    """where the site stands"""
    languages: tuple[str, ...]
    """language codes; the first is the default"""
    licence: Licence | None = None
    """`id`, `title` and `url` of the licence"""
    citation: Text | None = None
    """how to cite it"""
    version: str
    """number of this version"""
    released: dt.date
    """its day"""
    synthetic: Text | None = None
    """the warning when figures are invented"""
    protection: Limits = Field(default_factory=Limits)
    """the limits: `minimum_n`, `maximum_half_width`, `maximum_cv`, `moderate_half_width`, `level`"""
    samples: Literal["independent", "panel"] = "independent"
    """`independent`, or `panel` when waves share respondents"""
    waves: tuple[Wave, ...] = ()
    """the waves in order of time"""
    themes: tuple[Theme, ...]
    """the themes in order"""
    breakdowns: tuple[Dimension, ...] = ()
    """as `dimensions` of a figure"""
    lead: str | None = None
    """id of the figure that leads the start page, `<indicator>/<breakdown>`"""
    indicators: tuple[Listed, ...] = ()
    """the indicators, in the order of the monitor"""


class IndicatorRecord(Record):
    """All that a page about one indicator says beside its figures."""

    id: str
    """id of the indicator"""
    theme: str
    """id of its theme"""
    title: Text
    """its name"""
    measures: Text
    """what it measures, in a sentence"""
    base: Text | None = None
    """who is counted at all, when that is not everybody"""
    kind: Kind
    """`proportion` or `mean`"""
    unit: Text | None = None
    """the unit"""
    decimals: int = 1
    """how many decimals a reader is shown"""
    scale: tuple[Number, Number] | None = None
    """the ends of the scale"""
    polarity: str | None = None
    """`higher-is-better`, `lower-is-better` or `neutral`"""
    question: dict[str, Text] = Field(default_factory=dict)
    """per wave the wording, with `asked`: the language in which it was put"""
    breaks: tuple[Break, ...] = ()
    """as in a figure"""
    notes: Text | None = None
    """remarks, in Markdown"""
    keywords: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """per language, words by which it is searched"""
    figures: tuple[str, ...]
    """ids of its breakdowns, in order"""
    facts: tuple[Text, ...] = ()
    """at most five sentences: the last estimate with its interval and its change, and per breakdown who
    differs from the reference, as far as was tested"""
    synthetic: Text | None = None
    """as in a figure"""
    version: str | None = None
    """version of the monitor"""


class Version(Record):
    """A released version."""

    version: str
    """number of the version"""
    released: dt.date
    """its day"""
    note: Text | None = None
    """what is new"""
    file: str | None = None
    """the zip, for versions that were released with `thuis release`"""


class Correction(Record):
    """A published correction."""

    date: dt.date
    """its day"""
    version: str | None = None
    """the version in which the fault was"""
    indicator: str | None = None
    """the indicator it is about"""
    text: Text
    """what was wrong"""


class FreePage(Record):
    """A page of the author's own."""

    id: str
    """id of the page"""
    title: Text | None = None
    """its title"""
    body: Text
    """its text, in Markdown"""


class Count(Record):
    """Persons in a register."""

    origin: Text
    """origin"""
    born: Text
    """where they were born"""
    population: int
    """persons"""
    precision: str | None = None
    """`exact` or `rounded`"""
    source: Text | str | None = None
    """the register"""


class Versions(Listing[Version]):
    """The versions, the latest first."""


class Corrections(Listing[Correction]):
    """Published corrections, the latest first."""


class FreePages(Listing[FreePage]):
    """The free pages."""


class Population(Listing[Count]):
    """Counts from a register."""
