"""What a report says: the sentences, tables and figures of the pages, as plain values for a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from thuis.contract.figure import Figure
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Theme
from thuis.errors import ThuisError, unknown
from thuis.handover.pictures import Picture, picture
from thuis.handover.speech import Speech
from thuis.language.dates import period
from thuis.language.direction import right_to_left
from thuis.site.charts.table import category_titles
from thuis.site.markdown import plain
from thuis.site.views.figures import asked_whom, main_figure
from thuis.site.views.indicator import asked
from thuis.site.voice import Voice
from thuis.site.words import facts, finding

MOST_FACTS = 5


@dataclass(frozen=True, slots=True)
class Brief:
    """How much a brief says: indicators of each theme, sentences about each, and whether it has a picture."""

    indicators: int
    facts: int
    picture: bool


def content(say: Speech, theme: str | None = None, brief: Brief | None = None) -> dict[str, Any]:
    """The report as plain values: texts, lists and tables; ``pictures`` by the name of their file.

    :param theme: id of a theme; the whole monitor unless told.
    :param brief: how much a brief says; the whole report unless told.
    :raises ThuisError: when there is no such theme, or nothing in it was published.
    """
    data, voice, t = say.data, say.voice, say.t
    themes = [each for each in data.themes if theme in (None, each.id)]
    if not themes:
        raise ThuisError(unknown("theme", theme, [each.id for each in data.themes]))
    drawn: dict[str, Picture] = {}
    number = _Numbers()
    parts = [_theme(each, say, drawn, number, brief) for each in themes]
    parts = [each for each in parts if each["indicators"]]
    if not parts:
        raise ThuisError("no figure of this theme has a published number", step="choose another --theme")
    monitor = data.monitor
    title = voice.say(monitor.title)
    kind = t("report.brief" if brief else "report.title")
    heading = voice.say(themes[0].title) if theme else title
    return {
        "language": say.language,
        "direction": "rtl" if right_to_left(say.language) else "ltr",
        "title": heading,
        "kind": kind,
        "monitor": title,
        "document": f"{heading} – {kind}" if heading == title else f"{heading} – {title} – {kind}",
        "publisher": voice.say(monitor.publisher.name),
        "description": voice.say(themes[0].description if theme else monitor.description),
        "version": voice.t("footer.version", version=monitor.version, date=voice.day(monitor.released)),
        "released": [monitor.released.year, monitor.released.month, monitor.released.day],
        "synthetic": voice.say(data.synthetic),
        "brief": brief is not None,
        "short": voice.t("synthetic") if data.synthetic else "",
        "lead": _lead(themes, say, drawn, number) if brief and brief.picture else None,
        "themes": parts,
        "method": [] if brief else _method(say),
        "waves": _waves(say),
        "promises": _promises(say, {each.id for each in themes}),
        "sources": _sources(say),
        "limits": t("report.limits", n=voice.number(monitor.protection.minimum_n), level=_level(say)),
        "withheld": t("report.withheld"),
        "address": f"{monitor.address.rstrip('/')}/{say.language}/" if monitor.address else "",
        "words": {
            key: t(f"report.{key}")
            for key in (
                "more",
                "contents",
                "method",
                "facts",
                "group",
                "value",
                "question",
                "waves",
                "sources",
                "promises",
            )
        }
        | {
            "notes": t("note.title"),
            "n": t("line.respondents"),
            "interval": t("report.interval", level=_level(say)),
        },
        "page": t("report.page", page="{page}", pages="{pages}"),
        "pictures": drawn,
    }


def _lead(
    themes: list[Theme], say: Speech, drawn: dict[str, Picture], number: _Numbers
) -> dict[str, str] | None:
    """The figure that leads the monitor, or the first of the theme."""
    chosen = [i for i in say.data.indicators if i.theme in {each.id for each in themes}]
    lead = (say.data.monitor.lead or "").partition("/")[0]
    for each in sorted(chosen, key=lambda one: one.id != lead):
        shown = main_figure(each)
        if shown and shown.published():
            return _figure(shown, each, say, drawn, number)
    return None


class _Numbers:
    """Figures and tables are numbered through the report."""

    def __init__(self) -> None:
        self.figure = self.table = 0


def _level(say: Speech) -> str:
    return say.voice.percent(100 * say.data.monitor.protection.level)


def _theme(
    theme: Theme, say: Speech, drawn: dict[str, Picture], number: _Numbers, brief: Brief | None
) -> dict[str, Any]:
    voice = say.voice
    indicators = [each for each in say.data.of_theme(theme.id) if any(f.published() for f in each.figures)]
    parts: list[dict[str, Any]] = []
    if brief is None:
        parts = [_indicator(each, say, drawn, number) for each in indicators]
    else:
        parts = [
            {
                "title": voice.say(each.title),
                "facts": facts(each, voice)[: brief.facts],
                "measures": voice.say(each.measures),
            }
            for each in indicators[: brief.indicators]
        ]
    return {
        "id": theme.id,
        "title": voice.say(theme.title),
        "description": voice.say(theme.description),
        "indicators": parts,
    }


def _indicator(
    indicator: Indicator, say: Speech, drawn: dict[str, Picture], number: _Numbers
) -> dict[str, Any]:
    voice, record = say.voice, indicator.record
    shown = main_figure(indicator)
    assert shown is not None
    return {
        "id": indicator.id,
        "title": voice.say(indicator.title),
        "measures": voice.say(indicator.measures),
        "base": voice.say(record.base),
        "facts": facts(indicator, voice)[:MOST_FACTS],
        "figure": _figure(shown, indicator, say, drawn, number),
        "table": _table(shown, indicator, say, number),
        "questions": [
            {
                "waves": each.waves,
                "text": each.original or each.text,
                "language": each.language or say.language,
            }
            for each in asked(record.question, voice)
        ],
        "breaks": [
            say.t("note.break", wave=b.wave, kind=voice.t(f"break.{b.kind}"), text=voice.say(b.text))
            for b in record.breaks
        ],
        "notes": plain(voice.say(record.notes)),
    }


def _figure(
    shown: Figure, indicator: Indicator, say: Speech, drawn: dict[str, Picture], number: _Numbers
) -> dict[str, str] | None:
    found = picture(shown, indicator, say)
    if found is None:
        return None
    number.figure += 1
    drawn[found.name] = found
    title = finding(shown, say.voice)
    caption = say.t("report.figure", number=number.figure, title=title)
    return {"name": found.name, "alt": f"{title} {found.words}", "caption": caption}


def _table(shown: Figure, indicator: Indicator, say: Speech, number: _Numbers) -> dict[str, Any]:
    voice = say.voice
    wave = shown.latest() or shown.waves[-1]
    number.table += 1
    rows = []
    for key in shown.keys:
        cell = shown.cell(wave, key)
        label = " · ".join(category_titles(shown, key, voice)) or voice.t("figure.everyone")
        if cell.status == "withheld":
            rows.append([label, voice.reason(cell), "", ""])
        else:
            span = voice.span(cell.lower, cell.upper, shown)
            rows.append([label, voice.value(cell.estimate, shown), span, voice.count(cell.n)])
    whom = asked_whom(shown, wave, say.data, voice)
    title = f"{voice.say(indicator.measures)} {say.breakdown(shown)}, {wave}."
    return {"caption": say.t("report.table", number=number.table, title=title), "rows": rows, "source": whom}


def _method(say: Speech) -> list[str]:
    voice = say.voice
    kinds = dict.fromkeys(each.kind for each in say.data.indicators)
    counted = (
        "counting.weighted" if all(w.weighted for w in say.data.waves.values()) else "counting.unweighted"
    )
    return [
        *([plain(voice.t(counted))] if _one_way(say) else []),
        *(voice.t(f"computed.{kind}", level=_level(say)) for kind in kinds),
        say.t("note.level", level=_level(say)),
    ]


def _one_way(say: Speech) -> bool:
    """Whether all waves count answers in the same way."""
    return len({wave.weighted for wave in say.data.waves.values()}) < 2


def _waves(say: Speech) -> list[str]:
    voice = say.voice
    return [
        say.t(
            "report.wave-line",
            title=voice.say(wave.title),
            period=period(wave.field.start, wave.field.end, say.language),
            population=" ".join(
                part
                for part in (voice.say(wave.population), voice.say(wave.mode), voice.say(wave.source))
                if part
            ),
        )
        for wave in say.data.waves.values()
    ]


def _promises(say: Speech, themes: set[str]) -> list[str]:
    voice: Voice = say.voice
    return [
        " – ".join(
            part
            for part in (each.text, each.who, voice.day(each.due), voice.t(f"state.{each.status}"))
            if part
        )
        for each in say.data.dossier.commitments
        if each.promise and themes & set(each.themes)
    ]


def _sources(say: Speech) -> list[dict[str, str]]:
    return [{"text": text, "url": url} for text, url in _sourced(say)]


def _sourced(say: Speech) -> Iterator[tuple[str, str]]:
    voice, monitor = say.voice, say.data.monitor
    yield say.source(), ""
    if monitor.citation:
        yield voice.say(monitor.citation), ""
    if monitor.licence:
        yield f"{voice.say(monitor.licence.title)} ({monitor.licence.id})", monitor.licence.url
    if monitor.address:
        yield "", monitor.address
