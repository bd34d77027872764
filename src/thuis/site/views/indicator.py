"""An indicator: its definition, four lines, the main figure, ways on; wording and method folded below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thuis.contract.base import Text
from thuis.contract.figure import Dimension, Figure, PublishedCell
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.site.charts.scale import bar_scale
from thuis.site.charts.table import category_titles
from thuis.site.page import Page
from thuis.site.search import kindred
from thuis.site.views import findings
from thuis.site.views.brief import brief
from thuis.site.views.common import years
from thuis.site.views.dataset import dataset
from thuis.site.views.figures import asked_whom, figure_view, frame_drawable, main_figure, ways
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording of the question and the waves that used it."""

    waves: str
    text: str
    original: str
    language: str


@dataclass(frozen=True, slots=True)
class Computed:
    """How the figures were computed: level, numbers of an example, and the figure it is from."""

    level: str
    example: Mapping[str, str] | None
    figure: str


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per indicator."""
    return (_page(data, each, voice) for each in data.indicators)


def _page(data: DataFolder, indicator: Indicator, voice: Voice) -> Page:
    record = indicator.record
    main = main_figure(indicator)
    total = indicator.figure("total") or main
    scale = bar_scale(indicator.figures)
    framed = frame_drawable(data, voice)
    view = figure_view(main, indicator, scale, years(data.waves), voice, framed=framed) if main else None
    theme = next((each for each in data.themes if each.id == indicator.theme), None)
    return Page(
        f"indicator/{indicator.id}",
        "indicator",
        voice.say(indicator.title),
        voice.say(indicator.measures),
        section="themes",
        words=search_words(indicator, voice),
        context={
            "indicator": indicator,
            "theme": theme,
            "brief": brief(indicator, main, voice),
            "whom": asked_whom(total, view.wave, data, voice) if total and view else "",
            "stands_out": findings.about(data, indicator),
            "view": view,
            "dataset": dataset(data, indicator, None, voice.say(indicator.title), voice),
            "ways": ways(indicator, voice),
            "asked": asked(record.question, voice),
            "breaks": _breaks(indicator, voice),
            "waves": [data.waves[w] for w in _waves(indicator) if w in data.waves],
            "dimensions": _dimensions(indicator),
            "base": voice.say(record.base) if record.base else None,
            "notes": voice.say(record.notes),
            "corrections": [c for c in data.corrections if c.indicator == indicator.id],
            "computed": _computed(indicator, voice),
            "polarity": record.polarity,
            "siblings": [each for each in data.of_theme(indicator.theme) if each.id != indicator.id],
        },
    )


def search_words(indicator: Indicator, voice: Voice) -> tuple[str, ...]:
    """Keywords, and words close to them, to the title and to the groups the indicator is broken down by."""
    own = indicator.keywords.get(voice.language, ())
    groups = [
        voice.say(each)
        for dimension in _dimensions(indicator)
        for each in (dimension.title, *(category.title for category in dimension.categories))
    ]
    about = kindred([voice.say(indicator.title), *own], voice.language)
    people = kindred([voice.say(indicator.title), *groups], voice.language, "people")
    return tuple(dict.fromkeys([*own, *about, *people]))


def _computed(indicator: Indicator, voice: Voice) -> Computed:
    """How the figures were computed, with the latest published total (or first figure) as the example."""
    figure = indicator.figure("total") or (indicator.figures[0] if indicator.figures else None)
    if figure is None:
        return Computed("", None, indicator.id)
    found = [each for each in figure.cells if each.status == "published" and each.se is not None]
    example = _worked(figure, found[-1], voice) if found else None
    return Computed(voice.level(figure), example, f"{indicator.id}/{figure.breakdown}")


def _worked(figure: Figure, cell: PublishedCell, voice: Voice) -> dict[str, str]:
    names = ", ".join(category_titles(figure, cell.key, voice)) or voice.t("figure.everyone")
    return {
        "who": f"{names}, {voice.wave(cell.wave)}",
        "value": voice.value(cell.estimate, figure),
        "se": voice.number(cell.se or 0.0, figure.decimals + 1),
        "n": voice.count(cell.n),
        "deff": "–" if cell.deff is None else voice.number(cell.deff, 2),
        "df": "–" if cell.df is None else voice.number(cell.df),
    }


def asked(question: Mapping[str, Text], voice: Voice) -> list[Asked]:
    """The wordings in order of time, waves with the same wording together."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for wave, text in question.items():
        language = text.get("asked") or ""
        own = text.get(voice.language) or text.get(language) or ""
        original = text.get(language) or "" if language not in ("", voice.language) else ""
        groups.setdefault((own, original, language), []).append(voice.wave(wave))
    return [Asked(", ".join(ws), own, original, lang) for (own, original, lang), ws in groups.items()]


def _breaks(indicator: Indicator, voice: Voice) -> list[tuple[str, str, str]]:
    return [
        (voice.wave(each.wave), voice.t(f"break.{each.kind}"), voice.say(each.text))
        for each in indicator.record.breaks
    ]


def _waves(indicator: Indicator) -> list[str]:
    return list(dict.fromkeys(wave for figure in indicator.figures for wave in figure.waves))


def _dimensions(indicator: Indicator) -> list[Dimension]:
    found: dict[str, Dimension] = {}
    for figure in indicator.figures:
        for dimension in figure.dimensions:
            found.setdefault(dimension.id, dimension)
    return list(found.values())
