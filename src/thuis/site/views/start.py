"""The start page: the leading figure, three things to know, the themes, the promises, and the way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.area import Story
from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Theme
from thuis.site.charts.groups import Groups, by_lead, groups, leading
from thuis.site.charts.scale import bar_scale
from thuis.site.charts.thumb import Thumb, of_figure
from thuis.site.page import Page
from thuis.site.views.dossier import state_counts
from thuis.site.views.findings import heads, picture
from thuis.site.voice import Voice
from thuis.site.words import finding, over_time


@dataclass(frozen=True, slots=True)
class Lead:
    """The figure that leads: its headline, its dots, what changed, and where all of it stands."""

    indicator: Indicator
    figure: Figure
    headline: str
    dots: Groups
    stem: str
    over_time: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to know."""

    key: str
    kicker: str
    headline: str
    text: str
    picture: Thumb | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A theme with the range of one of its indicators over the groups."""

    theme: Theme
    title: str
    finding: str
    dots: Groups | None
    total: float | None
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Promises:
    """Where the promises stand."""

    states: list[tuple[str, str, int, float]]
    overdue: int
    aside: int
    next: str


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The start page of one language."""
    lead = _lead(data, voice)
    description = voice.say(data.monitor.description)
    yield Page(
        "",
        "start",
        voice.say(data.monitor.title),
        description,
        context={
            "sentence": first_sentence(description),
            "lead": lead,
            "sample": _sample(data, lead, voice),
            "cards": _cards(data, lead, voice),
            "strips": [_strip(data, each, lead, voice) for each in data.themes],
            "promises": _promises(data, voice),
            "maps": [(each.id, voice.say(each.title)) for each in data.maps],
        },
    )


def first_sentence(text: str) -> str:
    """The first sentence of a text.

    >>> first_sentence("Who feels at home? An example of 2.5 years. More.")
    'Who feels at home?'
    """
    return re.split(r"(?<=[.?!])\s+(?=[A-Z\W])", text.strip(), maxsplit=1)[0]


def _lead(data: DataFolder, voice: Voice) -> Lead | None:
    figure = leading(data)
    if figure is None or not figure.published():
        return None
    indicator = next(each for each in data.indicators if each.id == figure.indicator)
    stem = f"data/figures/{figure.indicator}/{figure.breakdown}"
    return Lead(
        indicator, figure, finding(figure, voice), groups(figure, voice), stem, over_time(figure, voice)
    )


def _sample(data: DataFolder, lead: Lead | None, voice: Voice) -> list[str]:
    """Wave, respondents and groups: the most that answered any question of that wave in the population."""
    if lead is None:
        return []
    wave = lead.dots.wave
    answered = [
        cell.n
        for indicator in data.indicators
        if (total := indicator.figure("total")) and wave in total.waves
        if (cell := total.cell(wave, ())).n
    ]
    shown = sum(1 for each in lead.dots.dots if not each.reason)
    return [
        voice.wave(wave),
        *([voice.t("start.respondents", n=voice.count(max(answered)))] if answered else []),
        voice.t("start.groups", n=shown, by=lead.dots.by),
    ]


def features(data: DataFolder) -> list[tuple[str, Story]]:
    """Three stories to begin with: of each sort the first, then what is left; no sentence twice."""
    found: dict[str, tuple[str, Story]] = {}
    for key, head, _ in heads(data):
        if head.sentence:
            found.setdefault(str(head.sentence), (key, head))
    sorts: list[str] = []
    ranked = []
    for key, head in found.values():
        sort = key.partition("/")[0]
        ranked.append((sorts.count(sort), key, head))
        sorts.append(sort)
    return [(key, head) for _, key, head in sorted(ranked, key=lambda each: each[0])[:3]]


def _cards(data: DataFolder, lead: Lead | None, voice: Voice) -> list[Card]:
    """Three things to know: stories with a picture, indicators whose groups differ, other stories."""
    stories = [
        Card(
            key,
            voice.named(head),
            voice.say(head.sentence),
            first_sentence(voice.say(head.description)),
            picture(data, key, voice),
            getattr(head, "synthetic", True),
        )
        for key, head in features(data)
    ]
    drawn = [each for each in stories if each.picture]
    more = _differing(data, lead, voice) if len(drawn) < 3 else []
    return [*drawn, *more, *(each for each in stories if not each.picture)][:3]


def _differing(data: DataFolder, lead: Lead | None, voice: Voice) -> list[Card]:
    """Of every theme the first indicator whose groups were shown to differ, but not the leading one."""
    found = []
    for theme in data.themes if lead else ():
        for indicator in data.of_theme(theme.id):
            figure = by_lead(indicator, lead.figure.breakdown) if lead else None
            if figure is None or (lead and figure.id == lead.figure.id):
                continue
            wave = figure.latest()
            if any(each.wave == wave and each.verdict != "none" for each in figure.contrasts):
                found.append(
                    Card(
                        f"indicator/{indicator.id}",
                        voice.say(indicator.title),
                        finding(figure, voice),
                        voice.say(indicator.measures),
                        of_figure(figure, voice),
                        True,
                    )
                )
                break
    return found


def _strip(data: DataFolder, theme: Theme, lead: Lead | None, voice: Voice) -> Strip:
    """The first indicator by group; the leading one, which stands above, only where there is no other."""
    indicators = data.of_theme(theme.id)
    for indicator in sorted(indicators, key=lambda each: lead is not None and each.id == lead.indicator.id):
        figure = by_lead(indicator, lead.figure.breakdown) if lead else None
        if figure is None:
            continue
        dots = groups(figure, voice)
        scale = bar_scale([figure.but(cells=figure.of_wave(dots.wave))])
        total = indicator.figure("total")
        whole = total.cell(dots.wave, ()).estimate if total else None
        ends = (voice.number(scale.low), voice.number(scale.high))
        at = None if whole is None else scale.at(whole)
        title = voice.dated(indicator.title, dots.wave)
        said = "" if lead and figure.id == lead.figure.id else finding(figure, voice)
        return Strip(theme, title, said, dots, at, ends)
    return Strip(theme, "", "", None, None, ("", ""))


def _promises(data: DataFolder, voice: Voice) -> Promises | None:
    dossier = data.dossier
    if not dossier.commitments and dossier.counts is None:
        return None
    told, real = dossier.counts, [each for each in dossier.commitments if each.promise]
    day = data.monitor.released.isoformat()
    unmet = [each for each in real if each.status in ("open", "partly-met")]
    coming = sorted(each.due for each in unmet if each.due and each.due >= day)
    return Promises(
        state_counts(data, voice),
        told.overdue if told else sum(each.overdue for each in real),
        told.aside if told else sum(not each.promise for each in dossier.commitments),
        voice.day(coming[0]) if coming else "",
    )
