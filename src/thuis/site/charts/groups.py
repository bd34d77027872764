"""Groups beside each other: the dots of a lead figure, the strip of a theme, the row of a matrix."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.contract.figure import Cell, Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.language.headlines import within
from thuis.site.charts.choice import marks
from thuis.site.charts.drawn import Drawn, Ticks, drawn, ticks
from thuis.site.charts.scale import bar_scale
from thuis.site.voice import Voice

PREFERRED = ("origin", "background", "generation")
"""Breakdowns that lead when the author names none, if they are there."""


@dataclass(frozen=True, slots=True)
class Groups:
    """One indicator by groups in one wave; ``line`` is the place of the comparison group."""

    wave: str
    dots: tuple[Drawn, ...]
    line: float | None
    reference: str
    ticks: Ticks
    by: str

    @property
    def told(self) -> str:
        """Every group with its value, for who does not see the drawing."""
        return "; ".join(f"{each.label} {each.value or each.reason}" for each in self.dots)


def leading(data: DataFolder) -> Figure | None:
    """The figure that leads the site: the author's choice, else the first with groups that differ."""
    figures = [each for indicator in data.indicators for each in indicator.figures]
    if data.monitor.lead:
        return next((each for each in figures if each.id == data.monitor.lead), None)
    tested = [each for each in figures if _tested(each)]
    differing = [each for each in tested if _differs(each)]
    for chosen in (differing, tested):
        ranked = sorted(chosen, key=lambda each: _rank(each.breakdown))
        if ranked:
            return ranked[0]
    return None


def _rank(breakdown: str) -> int:
    return PREFERRED.index(breakdown) if breakdown in PREFERRED else len(PREFERRED)


def _tested(figure: Figure) -> bool:
    return len(figure.dimensions) == 1 and figure.latest() in {each.wave for each in figure.contrasts}


def _differs(figure: Figure) -> bool:
    return any(each.wave == figure.latest() and each.verdict != "none" for each in figure.contrasts)


def by_lead(indicator: Indicator, breakdown: str) -> Figure | None:
    """The figure of an indicator by the leading breakdown, when it has published groups."""
    found = indicator.figure(breakdown)
    return found if found and found.published() and len(found.dimensions) == 1 else None


def groups(figure: Figure, voice: Voice, *, ranked: bool = True) -> Groups:
    """The groups of a figure in its last wave with numbers; ``ranked`` from high to low, gaps last."""
    wave = figure.latest() or figure.waves[-1]
    dimension = figure.dimensions[0]
    tests = {each.key: each for each in figure.contrasts if each.wave == wave}
    others = {each.other[0] for each in tests.values()}
    reference = dimension.reference or (next(iter(others)) if len(others) == 1 else "")
    scale = bar_scale([figure.but(cells=figure.of_wave(wave))])
    cells = [figure.cell(wave, (each.id,)) for each in dimension.categories]
    if ranked:
        cells.sort(key=lambda each: (each.estimate is None, -(each.estimate or 0.0)))

    def dot(cell: Cell) -> Drawn:
        id_ = cell.key[0]
        test = tests.get(cell.key)
        verdict: str = test.verdict if test and test.other == (reference,) else ""
        told = "" if cell.status == "withheld" else "reference" if id_ == reference else verdict
        title = voice.say(dimension.category(id_).title)
        return drawn(title, cell, scale, figure, voice, verdict=told, about=marks(figure, cell.key))

    dots = tuple(dot(each) for each in cells)
    line = next((each.x for each in dots if each.verdict == "reference"), None)
    named = voice.say(dimension.category(reference).title) if reference else ""
    by = within(voice.say(dimension.title), voice.language)
    return Groups(wave, dots, line, named, ticks(scale, voice), by)
