"""A theme: its indicators by groups, what stands out, what was promised and what is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thuis.contract.area import Story
from thuis.contract.dossier import Commitment
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Theme
from thuis.site.charts.choice import choice
from thuis.site.charts.drawn import ticks
from thuis.site.charts.groups import by_lead, leading
from thuis.site.charts.matrix import matrices
from thuis.site.charts.scale import Scale
from thuis.site.page import Page
from thuis.site.pictures import lettered
from thuis.site.views.act import Act
from thuis.site.views.cards import of_theme
from thuis.site.views.common import Summary, shared_scale, summary
from thuis.site.views.findings import heads, picture
from thuis.site.voice import Voice
from thuis.site.words import finding, over_time

BULLETS = 3
"""Headlines under the question."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One row of what was promised and what is done: what, who, when, and how far."""

    key: str
    anchor: str
    what: str
    own_language: bool
    who: str
    who_own: bool
    """whether that is in the language of the page"""
    when: str
    state: str
    style: str
    late: bool


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per theme."""
    return (_page(data, theme, voice) for theme in data.themes)


def _page(data: DataFolder, theme: Theme, voice: Voice) -> Page:
    indicators = data.of_theme(theme.id)
    lead = leading(data)
    breakdown = lead.breakdown if lead else ""
    blocks = matrices(indicators, breakdown, voice)
    shown = {row.id for block in blocks for row in block.rows}
    ids = {each.id for each in indicators}
    stories: dict[str, tuple[str, Story]] = {}
    drawn = of_theme(data, theme, breakdown, voice)
    for key, head, _ in heads(data):
        if ids & set(head.about):
            stories.setdefault(voice.say(head.sentence) or key, (key, head))
    return Page(
        f"theme/{theme.id}",
        "theme",
        voice.say(theme.title),
        voice.say(theme.description),
        section="themes",
        context={
            "theme": theme,
            "act": Act(data, voice) if data.directory else None,
            "bullets": _bullets(data, theme, breakdown, voice),
            "blocks": blocks,
            "choice": choice(
                (each for i in indicators if i.id in shown and (each := by_lead(i, breakdown))), voice
            ),
            "tables": _totals(data, theme, shown, voice),
            "over_time": _over_time(indicators, breakdown, voice),
            "stories": [(key, head, picture(data, key, voice)) for key, head in stories.values()],
            "promised": _promised(data, theme, voice),
        },
        picture=drawn,
        card=bool(drawn and lettered(drawn)),
    )


def _bullets(data: DataFolder, theme: Theme, breakdown: str, voice: Voice) -> list[tuple[str, str, str]]:
    """Headlines of the first indicators whose groups were shown to differ, else of the totals."""
    found, totals = [], []
    for indicator in data.of_theme(theme.id):
        title = voice.say(indicator.title)
        figure, total = by_lead(indicator, breakdown), indicator.figure("total")
        if figure and any(c.wave == figure.latest() and c.verdict != "none" for c in figure.contrasts):
            found.append((indicator.id, title, finding(figure, voice)))
        elif total and total.latest():
            totals.append((indicator.id, title, finding(total, voice)))
    return [*found, *totals][:BULLETS]


def _over_time(
    indicators: Sequence[Indicator], breakdown: str, voice: Voice
) -> dict[str, list[tuple[str, str]]]:
    """Who changed since the wave before, as a sentence: of which indicators it is true, by id and title."""
    told: dict[str, list[tuple[str, str]]] = {}
    for each in indicators:
        figure = by_lead(each, breakdown)
        if figure and (sentence := over_time(figure, voice)):
            told.setdefault(sentence, []).append((each.id, voice.say(each.title)))
    return told


def _totals(
    data: DataFolder, theme: Theme, shown: set[str], voice: Voice
) -> list[tuple[str, tuple[tuple[float, str], ...], list[Summary]]]:
    """The indicators without such groups, as a table of totals."""
    indicators = tuple(each for each in data.of_theme(theme.id) if each.id not in shown)
    scales = shared_scale(indicators)
    tables: list[tuple[str, tuple[tuple[float, str], ...], list[Summary]]] = []
    for kind in dict.fromkeys(each.kind for each in indicators):
        rows: dict[Scale | None, list[Summary]] = {}
        for each in indicators:
            if each.kind == kind:
                scale = scales.get(each.id)
                rows.setdefault(scale, []).append(summary(each, voice, scale))
        tables += [(kind, ticks(scale, voice) if scale else (), found) for scale, found in rows.items()]
    return tables


def _when(each: Commitment, voice: Voice) -> str:
    """The term of a promise, else the day on which it was made."""
    if each.due:
        return voice.t("theme.due", day=voice.day(each.due))
    return voice.t("theme.made", day=voice.day(each.date)) if each.date else ""


def _promised(data: DataFolder, theme: Theme, voice: Voice) -> list[Promised]:
    own = data.languages[0] == voice.language
    rows = [
        Promised(
            "ledger",
            each.id,
            each.text,
            own,
            each.who or "",
            own,
            _when(each, voice),
            voice.t(f"state.{each.status}") if each.promise else voice.t("commitment.intention"),
            f"st-{each.status}" if each.promise else "",
            each.overdue,
        )
        for each in data.dossier.commitments
        if theme.id in each.themes
    ]
    rows += [
        Promised(
            "measures",
            each.id,
            voice.say(each.title),
            True,
            voice.say(each.body),
            own or not isinstance(each.body, str),
            str(each.year or ""),
            voice.t(f"measure.{each.kind}"),
            "",
            False,
        )
        for each in data.dossier.measures
        if theme.id in each.themes
    ]
    return rows
