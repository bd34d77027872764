"""A figure: every cell of one indicator by one breakdown, and the tested differences between them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from thuis.contract.base import Number, Record, Text
from thuis.values import Reason

Kind = Literal["proportion", "mean", "median", "total", "ratio"]
Reliability = Literal["good", "moderate"]
Verdict = Literal["higher", "lower", "none"]
Key = tuple[str, ...]
"""A category id for each dimension; ``()`` for the whole population."""


class Category(Record):
    """One category of a breakdown."""

    id: str
    title: Text
    people: Text | None = None
    """who they are, inside a sentence: `people of Turkish origin`"""
    short: Text | None = None
    """the same in one word or two: `Turks`"""
    description: Text | None = None


class Dimension(Record):
    """A breakdown with its categories."""

    id: str
    """id of the breakdown"""
    title: Text
    """its name"""
    description: Text | None = None
    """what it is"""
    source: Text | None = None
    """where the classification comes from"""
    reference: str | None = None
    """the category the others are compared with"""
    nested_in: str | None = None
    """a coarser breakdown whose categories are split here"""
    categories: tuple[Category, ...]
    """`id`, `title`, `people`, `short` and `description` of each category, in order"""

    @cached_property
    def by_id(self) -> Mapping[str, Category]:
        """The categories by id."""
        return {each.id: each for each in self.categories}

    def category(self, id_: str) -> Category:
        """The category with this id."""
        return self.by_id[id_]


class Break(Record):
    """A change in the measurement."""

    wave: str
    """from this wave on, values do not continue those before"""
    kind: str
    """`wording`, `mode`, `population` or `class`"""
    text: Text
    """what changed"""
    only: dict[str, Key] = Field(default_factory=dict)
    """per breakdown the categories it touches; other categories of that breakdown are not touched"""


class PublishedEstimate(Record):
    """An estimate with its interval."""

    status: Literal["published"]
    reason: None = None
    reliability: Reliability = "good"
    estimate: float
    se: float | None = None
    lower: float
    upper: float
    n: int | None = None
    df: float | None = None
    deff: float | None = None


class WithheldEstimate(Record):
    """The reason why there is no estimate; no number at all."""

    status: Literal["withheld"]
    reason: Reason
    reliability: None = None
    estimate: None = None
    se: None = None
    lower: None = None
    upper: None = None
    n: None = None
    df: None = None
    deff: None = None


Estimate = Annotated[PublishedEstimate | WithheldEstimate, Field(discriminator="status")]


class _Place(Record):
    """Bases stand in the order of Python's resolution: keys of the last base are written first."""

    wave: str
    """id of the wave"""
    key: Key = Field(alias="cell")
    """one category id for each dimension"""


class PublishedCell(PublishedEstimate, _Place):
    """A cell with numbers."""


class WithheldCell(WithheldEstimate, _Place):
    """A cell without."""


Cell = PublishedCell | WithheldCell


class Difference(Record):
    """A tested difference."""

    difference: float
    """the first minus the second; percentage points for a proportion"""
    se: float | None = None
    """its standard error"""
    lower: float
    """its interval, from"""
    upper: float
    """its interval, to"""
    p: float | None = None
    """p value of a two-sided t test"""
    p_adjusted: float | None = None
    """the same after Holm's adjustment for all tests in the figure"""
    verdict: Verdict
    """`higher` or `lower` when `p_adjusted` is under 1 − `level`; `none`: no difference was shown"""


class _Between(Record):
    type: Literal["category"]
    """`category`"""
    wave: str
    """id of the wave"""
    key: Key = Field(alias="cell")
    """the first category"""
    other: Key
    """the second category"""


class Contrast(Difference, _Between):
    """A tested difference between two categories in one wave."""


class _Since(Record):
    type: Literal["wave"]
    """`wave`"""
    key: Key = Field(alias="cell")
    """the category"""
    wave: str
    """the later wave"""
    other_wave: str
    """the earlier wave"""


class Change(Difference, _Since):
    """A tested difference between two waves for one category."""

    across_break: bool = False
    """whether a break stands between the two, which may cause or hide a difference"""


class Figure(Record):
    """A whole figure."""

    id: str
    """`<indicator>/<breakdown>`"""
    indicator: str
    """id of the indicator"""
    breakdown: str
    """id of the breakdown, `total` for the whole population"""
    title: Text | None = None
    """the indicator and what it is broken down by"""
    base: Text | None = None
    """who is counted at all, when that is not everybody"""
    kind: Kind
    """`proportion` (a percentage), `mean`, `median` (or another quantile), `total` of persons, or `ratio`"""
    unit: Text
    """the unit"""
    says: Text | None = None
    """what is true of those counted, as a clause with `{who}` and `{often}`: headlines are made of it"""
    decimals: int = 1
    """how many decimals a reader is shown"""
    scale: tuple[Number, Number] | None = None
    """the ends of the scale"""
    level: float = 0.95
    """level of the intervals and tests, 0.95 for 95%"""
    answers: Literal["whole", "any"] | None = None
    """of a set of answers, which are the last of the dimensions: `whole` when they add up to 100"""
    dimensions: tuple[Dimension, ...]
    """the parts of the breakdown; empty for the whole population"""
    waves: tuple[str, ...]
    """ids of the waves in order of time"""
    breaks: tuple[Break, ...] = ()
    """changes in the measurement"""
    cells: tuple[Annotated[Cell, Field(discriminator="status")], ...]
    """every wave with every combination of categories, published or not"""
    comparisons: tuple[Annotated[Contrast | Change, Field(discriminator="type")], ...] = ()
    """tested differences between published cells"""
    synthetic: Text | None = None
    """a warning when the figures are invented"""
    licence: str | None = None
    """id of the licence"""
    version: str | None = None
    """version of the monitor"""

    @model_validator(mode="after")
    def _shared(self) -> Self:
        """Rows share what many have alike: which fields they were given, and their keys. That is half of what
        they weigh, and a large monitor has half a million."""
        names: dict[frozenset[str], set[str]] = {}
        keys: dict[Key, Key] = {}
        for row in (*self.cells, *self.comparisons):
            given, held = row.model_fields_set, row.__dict__
            object.__setattr__(row, "__pydantic_fields_set__", names.setdefault(frozenset(given), given))
            for name in held.keys() & {"key", "other"}:
                held[name] = keys.setdefault(held[name], held[name])
        return self

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every combination of categories, in the order of the dimensions; ``((),)`` for the total."""
        keys: list[Key] = [()]
        for dimension in self.dimensions:
            keys = [(*key, each.id) for key in keys for each in dimension.categories]
        return tuple(keys)

    @cached_property
    def by_place(self) -> Mapping[tuple[str, Key], Cell]:
        """The cells by wave and key."""
        return {(each.wave, each.key): each for each in self.cells}

    @cached_property
    def contrasts(self) -> tuple[Contrast, ...]:
        """The tested differences between categories."""
        return tuple(each for each in self.comparisons if each.type == "category")

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The tested differences between waves."""
        return tuple(each for each in self.comparisons if each.type == "wave")

    def cell(self, wave: str, key: Key) -> Cell:
        """The cell, or an empty one that says it does not apply: a figure has no silent holes."""
        return self.by_place.get((wave, key)) or WithheldCell(
            wave=wave, cell=key, status="withheld", reason="not-applicable"
        )

    def latest(self) -> str | None:
        """The last wave with a published cell, or None for a figure without any."""
        shown = {each.wave for each in self.cells if each.status == "published"}
        return next((wave for wave in reversed(self.waves) if wave in shown), None)

    def of_wave(self, wave: str) -> tuple[Cell, ...]:
        """The cells of one wave, in the order of the dimensions."""
        return tuple(self.cell(wave, key) for key in self.keys)

    def impossible(self, key: Key) -> bool:
        """Whether a combination of categories exists in no wave, as a second generation without migrants."""
        reasons = {self.cell(wave, key).reason for wave in self.waves}
        return "not-applicable" in reasons and reasons <= {"not-applicable", "not-asked"}

    def published(self) -> tuple[PublishedCell, ...]:
        """Every cell with numbers, wave by wave."""
        return self._published

    @cached_property
    def _published(self) -> tuple[PublishedCell, ...]:
        cells = (cell for wave in self.waves for cell in self.of_wave(wave))
        return tuple(cell for cell in cells if cell.status == "published")

    def breaks_at(self, wave: str, key: Key | None = None) -> tuple[Break, ...]:
        """The breaks that begin with this wave; with a combination of categories, those that touch it."""
        if not self.breaks:
            return ()
        found = tuple(each for each in self.breaks if each.wave == wave)
        return found if key is None else tuple(each for each in found if self.touches(each, key))

    def touches(self, found: Break, key: Key) -> bool:
        """Whether a break is about this combination: another category of a named breakdown is not touched."""
        at = {dimension.id: id_ for dimension, id_ in zip(self.dimensions, key, strict=True)}
        return all(at.get(name, ids[0]) in ids for name, ids in found.only.items() if ids)
