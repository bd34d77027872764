"""One figure as a page shows it: its drawing, its words, its table, its files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.language.sentences import listed
from thuis.site.charts.bars import Bars, bars, waves
from thuis.site.charts.choice import Part, choice
from thuis.site.charts.dots import Gaps, gaps
from thuis.site.charts.frame import drawable
from thuis.site.charts.multiples import Multiples, multiples
from thuis.site.charts.scale import Scale
from thuis.site.charts.stacked import Stacked, stacked
from thuis.site.charts.table import Change, Table, changes, table
from thuis.site.charts.trend import Trend, trend
from thuis.site.voice import Voice
from thuis.site.words import finding, over_time

FORMATS = ("csv", "json", "parquet", "zip")
MANY = 5
"""From this many categories on, rows stand in order of their value."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """All of one figure that a page shows."""

    figure: Figure
    anchor: str
    title: str
    finding: str
    caption: str
    wave: str
    bars: Bars | None
    trend: Trend | None
    multiples: Multiples | None
    gaps: tuple[Gaps, ...]
    table: Table
    changes: tuple[Change, ...]
    downloads: tuple[tuple[str, str], ...]
    total: bool
    stacked: Stacked | None = None
    png: bool = False
    choice: tuple[Part, ...] = ()
    over_time: str = ""


def figure_view(
    figure: Figure,
    indicator: Indicator,
    scale: Scale,
    times: Mapping[str, float],
    voice: Voice,
    *,
    framed: bool = True,
) -> FigureView:
    """Everything to show of one figure; ``scale`` is the axis of all figures of the indicator.

    :param framed: whether what stands around it in a picture can be painted, see :func:`frame_drawable`.
    """
    wave = figure.latest() or figure.waves[-1]
    total = not figure.dimensions
    shown = bool(figure.published())
    drawn = (
        (waves(figure, scale, voice) if total else bars(figure, wave, scale, voice, ranked=ranked(figure)))
        if shown
        else None
    )
    series = _series(figure, times)
    crossed = len(figure.dimensions) > 1
    stem = f"data/figures/{indicator.id}/{figure.breakdown}"
    return FigureView(
        figure,
        figure.breakdown,
        breakdown_title(figure, voice),
        finding(figure, voice),
        voice.say(indicator.measures),
        wave,
        drawn,
        None if crossed else trend(series, scale, times, voice),
        multiples(series, times, voice) if crossed else None,
        gaps(figure, wave, voice, ranked=ranked(figure)),
        table(figure, voice),
        changes(figure, voice),
        tuple((kind, f"{stem}.{kind}") for kind in FORMATS),
        total,
        stacked(figure, wave, voice),
        shown and framed and figure is main_figure(indicator) and _drawable(figure, indicator, voice),
        choice([figure], voice),
        over_time(figure, voice),
    )


def frame_drawable(data: DataFolder, voice: Voice) -> bool:
    """Whether the fonts of pictures have the letters of what stands around every figure."""
    monitor, licence = data.monitor, data.monitor.licence
    texts = [monitor.title, monitor.publisher.name, licence.title if licence else None]
    texts += [text for each in data.waves.values() for text in (each.title, each.population, each.source)]
    return all(drawable(voice.say(each)) for each in texts)


def _drawable(figure: Figure, indicator: Indicator, voice: Voice) -> bool:
    """Whether they have the letters of its names: else it has an SVG, which a browser draws, and no PNG."""
    groups = (
        name for each in figure.dimensions for name in (each.title, *(c.title for c in each.categories))
    )
    return all(drawable(voice.say(each)) for each in (indicator.title, indicator.measures, *groups))


def _series(figure: Figure, times: Mapping[str, float]) -> Figure:
    """The figure without pooled waves, which are no point in time."""
    if not times or all(wave in times for wave in figure.waves):
        return figure
    return figure.but(
        waves=tuple(wave for wave in figure.waves if wave in times),
        cells=tuple(each for each in figure.cells if each.wave in times),
    )


def ranked(figure: Figure) -> bool:
    """Whether rows are ordered by value: many categories that have no order of their own, as ages have."""
    if (
        len(figure.dimensions) != 1
        or figure.answers == "whole"
        or len(figure.dimensions[0].categories) < MANY
    ):
        return False
    return not any(re.search(r"\d", each.id) for each in figure.dimensions[0].categories)


def main_figure(indicator: Indicator) -> Figure | None:
    """The figure an indicator leads with: the first by one breakdown with numbers in it, else the first."""
    single = [each for each in indicator.figures if len(each.dimensions) == 1]
    order = [*(each for each in single if each.published()), *indicator.figures]
    return order[0] if order else None


def breakdown_title(figure: Figure, voice: Voice) -> str:
    """What the figure breaks down by: ``By origin and generation``, or the total."""
    if not figure.dimensions:
        return voice.t("figure.total")
    return voice.t("figure.by", breakdown=breakdown_name(figure, voice))


def breakdown_name(figure: Figure, voice: Voice) -> str:
    """The breakdowns alone, as in a sentence: ``origin and generation``."""
    names = [voice.say(each.title) for each in figure.dimensions]
    names = [name[:1].lower() + name[1:] for name in names]
    return listed(names, voice.language) or voice.t("figure.total").lower()


def ways(indicator: Indicator, voice: Voice) -> list[tuple[str, str]]:
    """Every breakdown of an indicator: its id and its name in a list."""
    return [(each.breakdown, breakdown_name(each, voice)) for each in indicator.figures]


def asked_whom(figure: Figure, wave: str, data: DataFolder, voice: Voice) -> str:
    """Who was asked, when, and by which survey, in one line."""
    found = data.waves.get(wave)
    if found is None:
        return wave
    parts = [voice.say(found.title) or wave, voice.say(found.population)]
    cell = figure.cell(wave, ()) if not figure.dimensions else None
    if cell is not None and cell.n:
        parts.append(voice.t("short.respondents", n=voice.base(cell)))
    return " · ".join(each for each in (*parts, voice.say(found.source)) if each)
