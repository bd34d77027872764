"""Sentences about figures that claim no more than the tests bear."""

from __future__ import annotations

from thuis.contract.figure import Cell, Figure, PublishedCell
from thuis.contract.folder import Indicator
from thuis.site.charts.table import category_titles
from thuis.site.voice import Voice


def finding(figure: Figure, voice: Voice) -> str:
    """The heading of a figure: its main result at the last wave with published cells."""
    wave = figure.latest()
    if wave is None:
        reasons = dict.fromkeys(voice.reason(figure.cell(w, k)) for w in figure.waves for k in figure.keys)
        return voice.t("finding.empty", reason=", ".join(reasons))
    if not figure.dimensions:
        return _total(figure, figure.cell(wave, ()), voice)
    return _compared(figure, wave, voice) or _range(figure, wave, voice)


def _total(figure: Figure, cell: Cell, voice: Voice) -> str:
    said = voice.t("finding.total", value=voice.value(cell.estimate or 0.0, figure), wave=cell.wave)
    tested = [c for c in figure.changes if c.wave == cell.wave and c.key == ()]
    if not tested:
        return said
    change = tested[0]
    key = "finding.broken" if change.across_break else f"finding.since.{change.verdict}"
    return f"{said}{voice.t(key, wave=change.other_wave)}"


def _compared(figure: Figure, wave: str, voice: Voice) -> str | None:
    dimension = figure.dimensions[0]
    if len(figure.dimensions) != 1 or not dimension.reference:
        return None
    verdicts = [c.verdict for c in figure.contrasts if c.wave == wave and c.other == (dimension.reference,)]
    if not verdicts:
        return None
    parts = [
        voice.t(f"finding.count.{verdict}", count=verdicts.count(verdict))
        for verdict in ("higher", "lower", "none")
        if verdict in verdicts
    ]
    reference = voice.say(dimension.category(dimension.reference).title)
    return voice.t("finding.compared", wave=wave, reference=reference, parts=", ".join(parts))


def _range(figure: Figure, wave: str, voice: Voice) -> str:
    cells = sorted((c for c in figure.published() if c.wave == wave), key=lambda c: c.estimate)
    low, high = cells[0], cells[-1]
    if low is high:
        return voice.t("finding.only", wave=wave, value=_said(low, figure, voice))
    return voice.t("finding.range", wave=wave, low=_said(low, figure, voice), high=_said(high, figure, voice))


def _said(cell: PublishedCell, figure: Figure, voice: Voice) -> str:
    who = ", ".join(category_titles(figure, cell.key, voice))
    return f"{voice.value(cell.estimate, figure)} ({who})"


def facts(indicator: Indicator, voice: Voice) -> list[str]:
    """The main facts: those the data folder holds, else the finding of each of the first figures."""
    written = [voice.say(each) for each in indicator.record.facts]
    if written:
        return written
    return [finding(figure, voice) for figure in indicator.figures[:3] if figure.published()]
