"""Findings: a tested reading of several figures, with its panels, differences and limits."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from thuis.contract.base import Number, Record, Said, Text, Unique
from thuis.contract.figure import Category, Difference, Estimate, Kind, WithheldEstimate

Answer = Literal["seen", "not-seen", "cannot-tell"]


class Explained(Record):
    """How an answer was computed, in words."""

    formula: Said | None = None
    """the formula"""
    inputs: tuple[str, ...] = ()
    """what went into it"""
    n: int | None = None
    """respondents"""
    weight: Said | None = None
    """that answers were weighted; never by which column of the file"""
    model: Said | None = None
    """the model, in the titles of what is in it"""


class Opening(Record):
    """How a finding, a flow and a map begin: the words at the top of their page."""

    id: str
    """id, also its address"""
    title: Text
    """its name"""
    sentence: Text | None = None
    """the answer in a sentence"""
    facts: tuple[Text, ...] = ()
    """further sentences"""
    description: Text | None = None
    """the question"""


class Closing(Record):
    """How they end: where it comes from, how it was done, and what it cannot say."""

    about: tuple[str, ...] = ()
    """ids of indicators on whose pages the sentence stands"""
    source: Text | None = None
    """where the figures come from, when not from the monitor"""
    method: Text | None = None
    """how it was computed, in Markdown"""
    limits: Text | None = None
    """what it cannot say, in Markdown"""
    explain: Explained | None = None
    """the answer of `thuis explain`: `formula`, `inputs`, `n`, `weight`, `model`"""
    downloads: tuple[str, ...] = ()
    """paths inside the data folder"""


class Panel(Record):
    """One panel: what it measures, in which unit and on which scale."""

    id: str
    """id of the panel"""
    title: Text
    """its name"""
    indicator: str | None = None
    """id of the indicator"""
    kind: Kind
    """`proportion` or `mean`"""
    unit: Text
    """the unit"""
    decimals: int = 1
    """how many decimals a reader is shown"""
    scale: tuple[Number, Number] | None = None
    """the ends of the scale"""


class Differences(Record):
    """The difference of one group in one panel, as it is and with controls."""

    raw: Difference | None = None
    """as it is"""
    adjusted: Difference | None = None
    """with the controls held equal"""

    def listed(self) -> tuple[tuple[str, Difference], ...]:
        """Those that are there, by name."""
        both = (("raw", self.raw), ("adjusted", self.adjusted))
        return tuple((name, each) for name, each in both if each)


class Group(Record):
    """One row of a finding."""

    id: str
    """id of the group"""
    title: Text
    """its name"""
    answer: Answer | None = None
    """the answer for this group"""
    cells: dict[str, dict[str, Estimate]]
    """by panel and category, a cell as in a figure, without `wave` and `cell`"""
    differences: dict[str, Differences] = Field(default_factory=dict)
    """by panel, `raw` and `adjusted`, each a difference as in a figure"""

    def cell(self, panel: str, category: str) -> Estimate:
        """A cell; one that is not there does not apply, and the row will say so."""
        found = self.cells.get(panel, {}).get(category)
        return found or WithheldEstimate(status="withheld", reason="not-applicable")


Value = Text | str | Number | None


class PlainTable(Record):
    """A table of a finding that has no panels."""

    caption: Text = Field(default_factory=dict)
    """what the table is"""
    columns: tuple[Text, ...]
    """headings"""
    rows: tuple[tuple[Value, ...], ...]
    """one value per column: a text, a number or nothing"""
    decimals: int = 1
    """how many decimals a number that is not whole is shown"""

    @model_validator(mode="after")
    def _even(self) -> Self:
        wrong = [at for at, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"table rows {wrong} do not have {len(self.columns)} values")
        return self


class _Asked(Record):
    """What stands between the words."""

    synthetic: bool = True
    """`false` when these figures are real although those of the monitor are invented"""
    answer: Answer | None = None
    """`seen`, `not-seen` or `cannot-tell`; left out when no such question is asked"""
    wave: str | None = None
    """the wave it is about"""
    said: dict[str, Text] = Field(default_factory=dict)
    """by indicator, what it says about that one, for its page; left out when `sentence` is about all"""
    level: float = 0.95
    """level of its intervals and tests"""
    panels: tuple[Panel, ...] = ()
    """two: the structural position first, the reported exclusion second"""
    categories: tuple[Category, ...] = ()
    """the lines of the figure, two to four"""
    groups: tuple[Group, ...] = ()
    """its rows"""
    contrast: Text | None = None
    """what is subtracted from what"""
    controls: tuple[Text, ...] = ()
    """what is held equal"""
    table: PlainTable | None = None
    """a plain table instead of panels: `caption`, `columns`, `rows`, `decimals`"""


class Finding(Closing, _Asked, Opening):
    """A whole finding. ``panels`` is empty when it has no paradox figure."""

    @model_validator(mode="after")
    def _drawable(self) -> Self:
        if self.panels and len(self.panels) != 2:
            raise ValueError(f"a finding shows two panels, not {len(self.panels)}")
        if self.panels and not 2 <= len(self.categories) <= 4:
            count = len(self.categories)
            raise ValueError(f"a finding with panels has two to four categories, not {count}")
        return self


class Findings(Unique):
    """``findings.json``."""

    unique = ("findings",)
    findings: tuple[Finding, ...] = ()
    """the findings, in the order of their pages"""
