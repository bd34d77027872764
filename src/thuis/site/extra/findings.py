"""Findings: a tested reading of several figures, with its panels, differences and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thuis.site.extra.entry import Head, Json, head_from, one_of
from thuis.site.figure import Category, Text

ANSWERS = ("seen", "not-seen", "cannot-tell")
VERDICTS = ("higher", "lower", "none")


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate with its interval, or the reason why there is none."""

    reason: str | None = None
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A tested difference with its interval, in the unit of its panel."""

    difference: float
    lower: float
    upper: float
    p_adjusted: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Side:
    """One panel: what it measures, in which unit and on which scale."""

    id: str
    title: Text
    indicator: str | None
    kind: str
    unit: Text
    decimals: int
    scale: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Group:
    """One row: its estimates by panel and category, its differences by panel (raw, adjusted)."""

    id: str
    title: Text
    answer: str | None
    cells: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Mapping[str, Difference]]


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table of a finding that has no panels."""

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]
    decimals: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A whole finding. ``sides`` is empty when it has no paradox figure."""

    head: Head
    answer: str | None
    wave: str | None
    level: float
    sides: tuple[Side, ...]
    categories: tuple[Category, ...]
    groups: tuple[Group, ...]
    contrast: Text | None
    controls: tuple[Text, ...]
    table: PlainTable | None


def finding_from(raw: Json) -> Finding:
    """A finding from its JSON.

    :raises KeyError: when a key is missing that the page cannot do without.
    :raises ValueError: for a word outside its list, other than two panels, or other than 2 to 4 categories.
    """
    sides = tuple(_side(each) for each in raw.get("panels") or ())
    categories = tuple(Category(str(each["id"]), each["title"]) for each in raw.get("categories") or ())
    if sides and len(sides) != 2:
        raise ValueError(f"a finding shows two panels, not {len(sides)}")
    if sides and not 2 <= len(categories) <= 4:
        raise ValueError(f"a finding with panels has two to four categories, not {len(categories)}")
    return Finding(
        head_from(raw),
        one_of(raw["answer"], ANSWERS, "answer") if raw.get("answer") else None,
        str(raw["wave"]) if raw.get("wave") else None,
        float(raw.get("level", 0.95)),
        sides,
        categories,
        tuple(_group(each, sides, categories) for each in raw.get("groups") or ()) if sides else (),
        raw.get("contrast"),
        tuple(raw.get("controls") or ()),
        _table(raw["table"]) if raw.get("table") else None,
    )


def _side(raw: Json) -> Side:
    scale = raw.get("scale")
    return Side(
        str(raw["id"]),
        raw["title"],
        raw.get("indicator"),
        one_of(raw["kind"], ("proportion", "mean"), "kind"),
        raw["unit"],
        int(raw.get("decimals", 1)),
        (float(scale[0]), float(scale[1])) if scale else None,
    )


def _group(raw: Json, sides: tuple[Side, ...], categories: tuple[Category, ...]) -> Group:
    differences = raw.get("differences") or {}
    return Group(
        str(raw["id"]),
        raw["title"],
        one_of(raw["answer"], ANSWERS, "answer") if raw.get("answer") else None,
        {
            side.id: {c.id: _estimate((raw["cells"].get(side.id) or {}).get(c.id)) for c in categories}
            for side in sides
        },
        {
            side: {kind: _difference(found[kind]) for kind in ("raw", "adjusted") if found.get(kind)}
            for side, found in differences.items()
        },
    )


def _estimate(raw: Json | None) -> Estimate:
    """A cell; one that is not there does not apply, and the row will say so."""
    if not raw:
        return Estimate("not-applicable")
    if raw.get("status", "published") != "published":
        return Estimate(str(raw["reason"]))
    return Estimate(
        None, raw["estimate"], raw["lower"], raw["upper"], raw.get("n"), raw.get("reliability", "good")
    )


def _difference(raw: Json) -> Difference:
    return Difference(
        float(raw["difference"]),
        float(raw["lower"]),
        float(raw["upper"]),
        raw.get("p_adjusted"),
        one_of(raw["verdict"], VERDICTS, "verdict"),
    )


def _table(raw: Json) -> PlainTable:
    columns = tuple(raw["columns"])
    rows = tuple(tuple(row) for row in raw["rows"])
    wrong = [position for position, row in enumerate(rows, 1) if len(row) != len(columns)]
    if wrong:
        raise ValueError(f"table rows {wrong} do not have {len(columns)} values")
    return PlainTable(raw.get("caption") or {}, columns, rows, int(raw.get("decimals", 1)))
