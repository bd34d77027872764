"""What several page types show: an indicator in one line, the years of waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thuis.contract.figure import Figure
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Wave
from thuis.language.sentences import since
from thuis.site.charts.drawn import Drawn, drawn
from thuis.site.charts.scale import Scale, bar_scale
from thuis.site.page import Page
from thuis.site.voice import Voice
from thuis.site.words import finding, latest_change


def page(key: str, voice: Voice, context: Mapping[str, Any], *, kind: str = "", section: str = "") -> Page:
    """A page that there is one of: its title and description are the texts of its key."""
    title, description = voice.t(f"{key}.title"), voice.t(f"{key}.description")
    return Page(key, kind or key, title, description, section=section or key, context=context)


@dataclass(frozen=True, slots=True)
class Summary:
    """An indicator in one line: its total at the last published wave, and the change since the one before."""

    id: str
    title: str
    measures: str
    unit: str
    wave: str
    row: Drawn
    change: str
    ends: tuple[str, str] = ("", "")


def summary(indicator: Indicator, voice: Voice, scale: Scale | None = None) -> Summary:
    """The one-line form of an indicator; without a total, or with it withheld, the row says why."""
    title, measures = voice.say(indicator.title), voice.say(indicator.measures)
    total = indicator.figure("total")
    if total is None:
        answers = next(
            (each for each in indicator.figures if each.answers and len(each.dimensions) == 1), None
        )
        row = (
            Drawn(title, told=finding(answers, voice))
            if answers
            else Drawn(title, reason=voice.t("reason.no-total"))
        )
        return Summary(indicator.id, title, measures, "", "", row, "")
    wave = total.latest() or total.waves[-1]
    scale = scale or bar_scale([total])
    found = drawn(title, total.cell(wave, ()), scale, total, voice)
    ends = (voice.number(scale.low), voice.number(scale.high))
    return Summary(
        indicator.id, title, measures, voice.unit(total), wave, found, _change(total, wave, voice), ends
    )


def _change(total: Figure, wave: str, voice: Voice) -> str:
    change = latest_change(total, wave) if total.latest() else None
    return since(change.other_wave, change.verdict, change.across_break, voice.language) if change else ""


def shared_scale(indicators: tuple[Indicator, ...]) -> Mapping[str, Scale]:
    """One axis for all proportions of a theme; each mean keeps its own scale."""
    totals = [total for each in indicators if (total := each.figure("total"))]
    proportions = [total for total in totals if total.kind == "proportion"]
    common = bar_scale(proportions) if proportions else None
    return {
        total.indicator: common if common and total.kind == "proportion" else bar_scale([total])
        for total in totals
    }


def years(waves: Mapping[str, Wave]) -> dict[str, float]:
    """The time of each wave as a year with fraction, the middle of its fieldwork; a pooled wave has none."""
    return {
        wave.id: round((wave.field.start.toordinal() + wave.field.end.toordinal()) / 2 / 365.2425, 3)
        for wave in waves.values()
        if not wave.pools
    }
