"""Flows: the same persons counted under two classifications."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.site.extra.entry import Head, Json, head_from
from thuis.site.figure import Text


@dataclass(frozen=True, slots=True)
class FlowClass:
    """A class on one side, with its persons (None when that count is not published)."""

    id: str
    title: Text
    persons: float | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """One classification: its classes from top to bottom."""

    id: str
    title: Text
    classes: tuple[FlowClass, ...]


@dataclass(frozen=True, slots=True)
class FlowLink:
    """Persons in one class on the left and one on the right; ``moves`` when that is a change of class."""

    start: str
    end: str
    persons: float | None
    moves: bool
    text: Text | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole flow; ``coloured`` and ``grey`` name the two colours where they mean no change of class."""

    head: Head
    unit: Text
    decimals: int
    persons: float | None
    moved: float | None
    date: str | None
    start: Scheme
    end: Scheme
    links: tuple[FlowLink, ...]
    coloured: Text | None = None
    grey: Text | None = None


def flow_from(raw: Json) -> Flow:
    """A flow from its JSON.

    :raises KeyError: when a key is missing that the page cannot do without.
    :raises ValueError: for a link to a class that is not there, or persons below zero.
    """
    start, end = _scheme(raw["from"]), _scheme(raw["to"])
    links = tuple(_link(each, start, end) for each in raw["links"])
    return Flow(
        head_from(raw),
        raw["unit"],
        int(raw.get("decimals", 0)),
        raw.get("persons"),
        raw.get("moved"),
        raw.get("date"),
        start,
        end,
        links,
        raw.get("coloured"),
        raw.get("grey"),
    )


def _scheme(raw: Json) -> Scheme:
    classes = tuple(FlowClass(str(c["id"]), c["title"], c.get("persons")) for c in raw["classes"])
    return Scheme(str(raw["id"]), raw["title"], classes)


def _link(raw: Json, start: Scheme, end: Scheme) -> FlowLink:
    for side, scheme in (("from", start), ("to", end)):
        known = [each.id for each in scheme.classes]
        if str(raw[side]) not in known:
            raise ValueError(
                f"a link goes {side} {raw[side]!r}, which is no class; there are {', '.join(known)}"
            )
    persons = raw["persons"]
    if persons is None and not raw.get("reason"):
        raise ValueError(f"the link {raw['from']} – {raw['to']} has no persons and no reason")
    if persons is not None and persons < 0:
        raise ValueError(f"the link {raw['from']} – {raw['to']} has {persons} persons")
    return FlowLink(
        str(raw["from"]),
        str(raw["to"]),
        persons,
        bool(raw.get("moves", False)),
        raw.get("text"),
        raw.get("reason"),
    )
