"""A value as every chart draws it: its place on an axis with its interval, its words, or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from thuis.contract.figure import Difference, Estimate
from thuis.site.charts.scale import Scale
from thuis.site.voice import Measured, Voice

Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One value: ``x``, ``low`` and ``high`` along its axis and ``y`` across it, in per cent; and its words.

    ``style`` is the series it belongs to, ``verdict`` how a test came out and ``words`` the same in words;
    ``kind`` is that of a difference, raw or adjusted; ``about`` are the marks of its groups,
    ``told`` what stands in the place of a single value.
    """

    label: str
    x: float = 0.0
    low: float = 0.0
    high: float = 0.0
    value: str = ""
    span: str = ""
    n: str = ""
    moderate: bool = False
    reason: str = ""
    style: int = 0
    y: float = 0.0
    link: str = ""
    reference: bool = False
    verdict: str = ""
    words: str = ""
    kind: str = ""
    about: str = ""
    told: str = ""


def drawn(label: str, cell: Estimate, scale: Scale, of: Measured, voice: Voice, **more: Any) -> Drawn:
    """A cell on an axis; ``more`` are other fields of :class:`Drawn`."""
    if cell.status == "withheld":
        return Drawn(label, reason=voice.reason(cell), **more)
    return Drawn(
        label,
        scale.at(cell.estimate),
        scale.at(cell.lower),
        scale.at(cell.upper),
        voice.value(cell.estimate, of),
        voice.span(cell.lower, cell.upper, of),
        voice.base(cell),
        cell.reliability == "moderate",
        **more,
    )


def compared(label: str, found: Difference, scale: Scale, of: Measured, voice: Voice, **more: Any) -> Drawn:
    """A tested difference on an axis of differences."""
    return Drawn(
        label,
        scale.at(found.difference),
        scale.at(found.lower),
        scale.at(found.upper),
        voice.signed(found.difference, of),
        voice.span(found.lower, found.upper, of),
        verdict=found.verdict,
        words=voice.t(f"verdict.{found.verdict}"),
        **more,
    )


@lru_cache(maxsize=1_000)
def ticks(scale: Scale, voice: Voice) -> Ticks:
    """Places in per cent with their labels; whole numbers when every tick is one."""
    decimals = 0 if all(tick == int(tick) for tick in scale.ticks) else 1
    return tuple((scale.at(tick), voice.number(tick, decimals)) for tick in scale.ticks)
