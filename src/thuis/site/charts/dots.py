"""The gaps between groups: each category's tested difference from the reference, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.contract.figure import Figure
from thuis.site.charts.drawn import Drawn, Ticks, compared, ticks
from thuis.site.charts.scale import around_zero
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Gaps:
    """The dot plot of one wave; ``zero`` is where there is no difference."""

    wave: str
    reference: str
    rows: tuple[Drawn, ...]
    zero: float
    ticks: Ticks


def gaps(figure: Figure, wave: str, voice: Voice, *, ranked: bool = False) -> Gaps | None:
    """The differences from the reference category in one wave, or None when none was tested.

    :param ranked: the largest first, as the rows of the figure above it.
    """
    if len(figure.dimensions) != 1 or not figure.dimensions[0].reference:
        return None
    dimension = figure.dimensions[0]
    reference = dimension.reference or ""
    tested = {c.key: c for c in figure.contrasts if c.wave == wave and c.other == (reference,)}
    if not tested:
        return None
    scale = around_zero(edge for c in tested.values() for edge in (c.lower, c.upper))
    order = list(dimension.categories)
    if ranked:
        order.sort(key=lambda each: -tested[each.id,].difference if (each.id,) in tested else 0.0)
    rows = tuple(
        compared(voice.say(category.title), c, scale, figure, voice)
        for category in order
        if (c := tested.get((category.id,)))
    )
    return Gaps(wave, voice.say(dimension.category(reference).title), rows, scale.at(0), ticks(scale, voice))
