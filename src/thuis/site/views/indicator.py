"""An indicator: facts, figures with tables and downloads, the question, who took part, corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from thuis.contract.base import Text
from thuis.contract.figure import Dimension, Figure, PublishedCell
from thuis.contract.folder import DataFolder, Indicator
from thuis.language.sentences import listed
from thuis.site.charts.bars import Bars, bars, waves
from thuis.site.charts.dots import Gaps, gaps
from thuis.site.charts.multiples import Multiples, multiples
from thuis.site.charts.scale import Scale, bar_scale
from thuis.site.charts.table import Change, Table, category_titles, changes, table
from thuis.site.page import Page
from thuis.site.views import findings
from thuis.site.views.common import years
from thuis.site.voice import Voice
from thuis.site.words import facts, finding


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
    multiples: Multiples | None
    gaps: Gaps | None
    table: Table
    changes: tuple[Change, ...]
    downloads: tuple[tuple[str, str], ...]
    total: bool
    brief: bool = False


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
    scale = bar_scale(indicator.figures)
    times = years(data.waves)
    views = [figure_view(each, indicator, scale, times, voice) for each in indicator.figures]
    if record.question and record.breaks:
        views = _briefly(views)
    theme = next((each for each in data.themes if each.id == indicator.theme), None)
    return Page(
        f"indicator/{indicator.id}",
        "indicator",
        "indicator.html",
        voice.say(indicator.title),
        voice.say(indicator.measures),
        section="themes",
        words=indicator.keywords.get(voice.language, ()),
        context={
            "indicator": indicator,
            "theme": theme,
            "facts": facts(indicator, voice),
            "stands_out": findings.about(data, indicator),
            "views": views,
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


def figure_view(
    figure: Figure, indicator: Indicator, scale: Scale, times: Mapping[str, float], voice: Voice
) -> FigureView:
    """Everything to show of one figure."""
    wave = figure.latest() or figure.waves[-1]
    total = not figure.dimensions
    if total:
        chart = waves(figure, scale, voice) if figure.published() else None
    else:
        chart = bars(figure, wave, scale, voice) if figure.published() else None
    stem = f"data/figures/{indicator.id}/{figure.breakdown}"
    return FigureView(
        figure,
        figure.breakdown,
        breakdown_title(figure, voice),
        finding(figure, voice),
        voice.say(indicator.measures),
        wave,
        chart,
        multiples(figure, times, voice),
        gaps(figure, wave, voice),
        table(figure, voice),
        changes(figure, voice),
        tuple((kind, f"{stem}.{kind}") for kind in ("csv", "json", "parquet", "zip")),
        total,
    )


def _briefly(views: list[FigureView]) -> list[FigureView]:
    """Breaks are explained below the first drawing; later ones with the same breaks name them only."""
    told: set[tuple[object, ...]] = set()
    found = []
    for view in views:
        breaks = view.multiples.breaks if view.multiples else ()
        found.append(replace(view, brief=all(each[1:] in told for each in breaks)))
        told |= {each[1:] for each in breaks}
    return found


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
        "who": f"{names}, {cell.wave}",
        "value": voice.value(cell.estimate, figure),
        "se": voice.number(cell.se or 0.0, figure.decimals + 1),
        "n": voice.count(cell.n),
        "deff": "–" if cell.deff is None else voice.number(cell.deff, 2),
        "df": "–" if cell.df is None else voice.number(cell.df),
    }


def breakdown_title(figure: Figure, voice: Voice) -> str:
    """What the figure breaks down by: ``By origin and generation``, or the total."""
    names = [voice.say(each.title) for each in figure.dimensions]
    names = [name[:1].lower() + name[1:] for name in names]
    if not names:
        return voice.t("figure.total")
    return voice.t("figure.by", breakdown=listed(names, voice.language))


def asked(question: Mapping[str, Text], voice: Voice) -> list[Asked]:
    """The wordings in order of time, waves with the same wording together."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for wave, text in question.items():
        language = text.get("asked") or ""
        own = text.get(voice.language) or text.get(language) or ""
        original = text.get(language) or "" if language not in ("", voice.language) else ""
        groups.setdefault((own, original, language), []).append(wave)
    return [Asked(", ".join(ws), own, original, lang) for (own, original, lang), ws in groups.items()]


def _breaks(indicator: Indicator, voice: Voice) -> list[tuple[str, str, str]]:
    return [
        (each.wave, voice.t(f"break.{each.kind}"), voice.say(each.text)) for each in indicator.record.breaks
    ]


def _waves(indicator: Indicator) -> list[str]:
    return list(dict.fromkeys(wave for figure in indicator.figures for wave in figure.waves))


def _dimensions(indicator: Indicator) -> list[Dimension]:
    found: dict[str, Dimension] = {}
    for figure in indicator.figures:
        for dimension in figure.dimensions:
            found.setdefault(dimension.id, dimension)
    return list(found.values())
