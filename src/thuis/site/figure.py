"""A figure as the data folder holds it: cells, tested differences, dimensions and breaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a breakdown."""

    id: str
    title: Text
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A breakdown with its categories; ``reference`` is the one the others are compared with."""

    id: str
    title: Text
    categories: tuple[Category, ...]
    description: Text | None = None
    source: Text | None = None
    reference: str | None = None

    def category(self, id_: str) -> Category:
        """The category with this id."""
        return next(each for each in self.categories if each.id == id_)


@dataclass(frozen=True, slots=True)
class Cell:
    """One estimate, or the reason why there is none."""

    wave: str
    key: tuple[str, ...]
    reason: str | None = None
    reliability: str | None = None
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None

    @property
    def published(self) -> bool:
        """Whether the cell has numbers."""
        return self.estimate is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A tested difference: between categories in one wave, or between waves for one category."""

    type: str
    wave: str
    key: tuple[str, ...]
    other_wave: str | None
    other: tuple[str, ...]
    difference: float
    lower: float
    upper: float
    p_adjusted: float | None
    verdict: str
    across_break: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A change in a series: values from this wave on do not continue those before."""

    wave: str
    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole figure: every cell of one indicator by one breakdown."""

    indicator: str
    breakdown: str
    kind: str
    unit: Text
    decimals: int
    scale: tuple[float, float] | None
    level: float
    dimensions: tuple[Dimension, ...]
    waves: tuple[str, ...]
    breaks: tuple[Break, ...]
    cells: Mapping[tuple[str, tuple[str, ...]], Cell]
    comparisons: tuple[Comparison, ...]
    raw: Mapping[str, Any] = field(repr=False, hash=False, compare=False, default_factory=dict)

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """Every combination of categories, in the order of the dimensions; ``((),)`` for the total."""
        keys: list[tuple[str, ...]] = [()]
        for dimension in self.dimensions:
            keys = [(*key, each.id) for key in keys for each in dimension.categories]
        return tuple(keys)

    def cell(self, wave: str, key: tuple[str, ...]) -> Cell:
        """The cell, or an empty one that says it does not apply: a figure has no silent holes."""
        return self.cells.get((wave, key)) or Cell(wave, key, reason="not-applicable")

    def latest(self) -> str | None:
        """The last wave with a published cell, or None for a figure without any."""
        return next((w for w in reversed(self.waves) if any(c.published for c in self.of_wave(w))), None)

    def of_wave(self, wave: str) -> tuple[Cell, ...]:
        """The cells of one wave, in the order of the dimensions."""
        return tuple(self.cell(wave, key) for key in self.keys)

    def impossible(self, key: tuple[str, ...]) -> bool:
        """Whether a combination of categories exists in no wave, as a second generation without migrants."""
        return all(self.cell(wave, key).reason == "not-applicable" for wave in self.waves)

    def published(self) -> tuple[Cell, ...]:
        """Every cell with numbers."""
        return tuple(c for w in self.waves for c in self.of_wave(w) if c.published)

    def breaks_at(self, wave: str) -> tuple[Break, ...]:
        """The breaks that begin with this wave."""
        return tuple(each for each in self.breaks if each.wave == wave)


def figure_from(raw: Mapping[str, Any]) -> Figure:
    """A figure from its JSON.

    :raises KeyError: when the JSON lacks a key that a page cannot do without.
    """
    cells = [_cell(each) for each in raw["cells"]]
    scale = raw.get("scale")
    return Figure(
        indicator=raw["indicator"],
        breakdown=raw["breakdown"],
        kind=raw["kind"],
        unit=raw["unit"],
        decimals=int(raw.get("decimals", 1)),
        scale=(float(scale[0]), float(scale[1])) if scale else None,
        level=float(raw.get("level", 0.95)),
        dimensions=tuple(_dimension(each) for each in raw["dimensions"]),
        waves=tuple(raw["waves"]),
        breaks=tuple(Break(each["wave"], each["kind"], each["text"]) for each in raw.get("breaks") or ()),
        cells={(each.wave, each.key): each for each in cells},
        comparisons=tuple(_comparisons(raw.get("comparisons") or ())),
        raw=raw,
    )


def _dimension(raw: Mapping[str, Any]) -> Dimension:
    categories = tuple(Category(c["id"], c["title"], c.get("description")) for c in raw["categories"])
    return Dimension(
        raw["id"], raw["title"], categories, raw.get("description"), raw.get("source"), raw.get("reference")
    )


def _cell(raw: Mapping[str, Any]) -> Cell:
    key = tuple(raw["cell"])
    if raw["status"] != "published":
        return Cell(raw["wave"], key, reason=raw["reason"])
    return Cell(
        raw["wave"],
        key,
        None,
        raw.get("reliability"),
        raw["estimate"],
        raw["lower"],
        raw["upper"],
        raw.get("n"),
    )


def _comparisons(raws: Iterable[Mapping[str, Any]]) -> Iterable[Comparison]:
    for raw in raws:
        yield Comparison(
            raw["type"],
            raw["wave"],
            tuple(raw["cell"]),
            raw.get("other_wave"),
            tuple(raw.get("other") or ()),
            raw["difference"],
            raw["lower"],
            raw["upper"],
            raw.get("p_adjusted"),
            raw["verdict"],
            bool(raw.get("across_break", False)),
        )
