"""From values to positions on an axis with round ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thuis.contract.figure import Figure


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` to ``high`` with ticks at round values.

    >>> Scale(0, 50, (0, 25, 50)).at(10)
    20.0
    """

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Position in per cent from the low end, kept within the axis."""
        share = (value - self.low) / (self.high - self.low)
        return round((share if 0 < share < 1 else float(share >= 1)) * 100, 2)

    def down(self, value: float) -> float:
        """Position in per cent from the top, for a vertical axis."""
        return round(100 - self.at(value), 2)


def nice(low: float, high: float, *, steps: int = 4) -> Scale:
    """The smallest axis with round ticks that holds ``low`` and ``high``.

    >>> nice(0, 47)
    Scale(low=0, high=60, ticks=(0, 20, 40, 60))
    >>> nice(6.1, 7.4).ticks
    (6, 6.5, 7, 7.5)
    """
    if high <= low:
        high = low + 1
    step = _round_step((high - low) / steps)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(_tidy(index * step) for index in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def around_zero(edges: Iterable[float]) -> Scale:
    """The axis of differences: it holds zero and every edge of their intervals."""
    held = (0.0, *edges)
    return nice(min(held), max(held))


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if rough <= m * power * (1 + 1e-9))


def _widened(low: float, high: float, floor: float, ceiling: float) -> tuple[float, float]:
    """At least a fifth of the whole scale, so that noise does not look like a landslide; zero when near."""
    short = (ceiling - floor) / 5 - (high - low)
    if short > 0:
        low, high = max(floor, low - short / 2), min(ceiling, high + short / 2)
    return (floor if low - floor < (high - low) * 1.25 else low), high


def _tidy(value: float) -> float:
    rounded = round(value, 10)
    return int(rounded) if rounded == int(rounded) else rounded


def bar_scale(figures: Sequence[Figure]) -> Scale:
    """The axis shared by the bars of an indicator: from zero for proportions, the whole scale for means.

    One axis for all its figures lets a reader compare down the page.
    """
    cells = [cell for figure in figures for cell in figure.published()]
    top = max((cell.upper for cell in cells), default=1.0)
    if figures and figures[0].kind == "mean":
        bottom = min((cell.lower for cell in cells), default=0.0)
        low, high = figures[0].scale or (bottom, top)
        return nice(low, high)
    if figures and figures[0].kind != "proportion":
        return nice(min(0.0, *(cell.lower for cell in cells)) if cells else 0.0, top)
    found = nice(0.0, top)
    return found if found.high <= 100 else Scale(0, 100, (0, 25, 50, 75, 100))


def line_scale(figure: Figure) -> Scale:
    """The axis of lines over waves: as much as the intervals need, from zero when zero is near."""
    cells = figure.published()
    low = min((cell.lower for cell in cells), default=0.0)
    high = max((cell.upper for cell in cells), default=1.0)
    floor, ceiling = figure.scale or (None, None)
    if floor is not None and ceiling is not None:
        low, high = _widened(low, high, floor, ceiling)
    found = nice(low, high, steps=3)
    if ceiling is not None and found.high > ceiling >= high:
        ticks = (*(t for t in found.ticks if t < ceiling), _tidy(ceiling))
        return Scale(found.low, ticks[-1], ticks)
    return found
