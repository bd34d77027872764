"""A breakdown of an indicator: a short page of its own, and the same figure alone for a page elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.site.charts.frame import MOST, Words, frame
from thuis.site.charts.scale import bar_scale
from thuis.site.page import Page
from thuis.site.views.common import years
from thuis.site.views.dataset import dataset
from thuis.site.views.figures import (
    FigureView,
    asked_whom,
    breakdown_title,
    figure_view,
    frame_drawable,
    ways,
)
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """Two pages per figure: with its ways on, and without anything around it."""
    times, framed = years(data.waves), frame_drawable(data, voice)
    for indicator in data.indicators:
        scale = bar_scale(indicator.figures)
        for figure in indicator.figures:
            view = figure_view(figure, indicator, scale, times, voice, framed=framed)
            yield _page(data, indicator, view, voice)
            yield _embed(data, indicator, view, voice)


def figure_title(indicator: Indicator, figure: Figure, voice: Voice) -> str:
    """The indicator and what it is broken down by, as the title of a page or picture."""
    by = breakdown_title(figure, voice)
    return voice.t("short.main", indicator=voice.say(indicator.title), breakdown=by[:1].lower() + by[1:])


def _page(data: DataFolder, indicator: Indicator, view: FigureView, voice: Voice) -> Page:
    return Page(
        f"indicator/{indicator.id}/{view.figure.breakdown}",
        "breakdown",
        figure_title(indicator, view.figure, voice),
        voice.say(indicator.measures),
        section="themes",
        context={
            "indicator": indicator,
            "view": view,
            "ways": ways(indicator, voice),
            "whom": asked_whom(view.figure, view.wave, data, voice),
            "dataset": dataset(
                data, indicator, view.figure, figure_title(indicator, view.figure, voice), voice
            ),
        },
        picture=picture_of(data, indicator, view, voice) if view.bars else None,
        card=view.png,
    )


def picture_of(data: DataFolder, indicator: Indicator, view: FigureView, voice: Voice) -> str:
    """The figure in its frame; its source names publisher, monitor, version, licence and address."""
    assert view.bars is not None
    key = f"indicator/{indicator.id}/{view.figure.breakdown}"
    address = _address(data, key, voice)
    reference = next((r.label for g in view.bars.groups for r in g.rows if r.reference and not r.reason), "")
    reading = [voice.t("frame.reading", level=voice.level(view.figure))]
    if reference:
        reading.append(voice.t("frame.reference", group=reference))
    hidden = voice.count(sum(len(group.rows) for group in view.bars.groups) - MOST)
    more = (
        voice.t("frame.more", count=hidden, address=address)
        if address
        else voice.t("frame.more-bare", count=hidden)
    )
    return frame(
        view.bars,
        Words(
            voice.language,
            figure_title(indicator, view.figure, voice),
            f"{voice.say(indicator.measures)} {asked_whom(view.figure, view.wave, data, voice)}",
            " ".join(reading),
            source_of(data, key, voice),
            voice.t("frame.invented") if data.synthetic else "",
            more,
        ),
    )


def source_of(data: DataFolder, key: str, voice: Voice) -> str:
    """The line below a picture: publisher, monitor, version, licence and the address of its page."""
    source = f"{voice.t('source')}: {voice.source(data.monitor)}."
    licence = f" {voice.say(data.monitor.licence.title)}." if data.monitor.licence else ""
    return f"{source}{licence} {_address(data, key, voice)}".rstrip()


def _address(data: DataFolder, key: str, voice: Voice) -> str:
    return f"{data.monitor.address.rstrip('/')}/{voice.language}/{key}/" if data.monitor.address else ""


def _embed(data: DataFolder, indicator: Indicator, view: FigureView, voice: Voice) -> Page:
    return Page(
        f"indicator/{indicator.id}/{view.figure.breakdown}/embed",
        "embed",
        figure_title(indicator, view.figure, voice),
        voice.say(indicator.measures),
        context={
            "indicator": indicator,
            "view": view,
            "home": f"indicator/{indicator.id}/{view.figure.breakdown}",
            "whom": asked_whom(view.figure, view.wave, data, voice),
        },
    )
