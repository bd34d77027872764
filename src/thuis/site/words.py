"""Sentences about figures that claim no more than the tests bear."""

from __future__ import annotations

from thuis.contract.figure import Change, Figure, PublishedCell
from thuis.contract.folder import Indicator
from thuis.language import sentences
from thuis.site.charts.table import category_titles
from thuis.site.voice import Voice


def finding(figure: Figure, voice: Voice) -> str:
    """The heading of a figure: its main result at the last wave with published cells."""
    wave = figure.latest()
    if wave is None:
        reasons = dict.fromkeys(voice.reason(figure.cell(w, k)) for w in figure.waves for k in figure.keys)
        return sentences.nothing(tuple(reasons), voice.language)
    if not figure.dimensions:
        return _total(figure, wave, voice)
    return _compared(figure, wave, voice) or _spread(figure, wave, voice)


def _total(figure: Figure, wave: str, voice: Voice) -> str:
    value = voice.value(figure.cell(wave, ()).estimate or 0.0, figure)
    change = latest_change(figure, wave)
    found = (change.other_wave, change.verdict, change.across_break) if change else None
    return sentences.heading(value, wave, found, voice.language)


def latest_change(figure: Figure, wave: str) -> Change | None:
    """The tested change of the whole population up to a wave."""
    return next((each for each in figure.changes if each.wave == wave and each.key == ()), None)


def _compared(figure: Figure, wave: str, voice: Voice) -> str | None:
    dimension = figure.dimensions[0]
    if len(figure.dimensions) != 1 or not dimension.reference:
        return None
    verdicts = [c.verdict for c in figure.contrasts if c.wave == wave and c.other == (dimension.reference,)]
    if not verdicts:
        return None
    reference = voice.say(dimension.category(dimension.reference).title)
    return sentences.compared(wave, reference, verdicts, voice.language)


def _spread(figure: Figure, wave: str, voice: Voice) -> str:
    cells = sorted((c for c in figure.published() if c.wave == wave), key=lambda c: c.estimate)
    low, high = (_said(cells[at], figure, voice) for at in (0, -1))
    return sentences.spread(wave, low, high if len(cells) > 1 else None, voice.language)


def _said(cell: PublishedCell, figure: Figure, voice: Voice) -> tuple[str, str]:
    return voice.value(cell.estimate, figure), ", ".join(category_titles(figure, cell.key, voice))


def facts(indicator: Indicator, voice: Voice) -> list[str]:
    """The main facts: those the data folder holds, else the finding of each of the first figures."""
    written = [voice.say(each) for each in indicator.record.facts]
    if written:
        return written
    return [finding(figure, voice) for figure in indicator.figures[:3] if figure.published()]
