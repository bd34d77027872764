"""A theme: its indicators side by side, as a table that is a chart."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.folder import DataFolder
from thuis.contract.monitor import Theme
from thuis.site.charts.bars import ticks
from thuis.site.charts.scale import Scale
from thuis.site.page import Page
from thuis.site.views.act import Act
from thuis.site.views.common import shared_scale, summary
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per theme."""
    return (_page(data, theme, voice) for theme in data.themes)


def _page(data: DataFolder, theme: Theme, voice: Voice) -> Page:
    indicators = data.of_theme(theme.id)
    scales = shared_scale(indicators)
    tables = []
    for kind in ("proportion", "mean"):
        chosen = [each for each in indicators if each.kind == kind]
        groups: dict[Scale | None, list[object]] = {}
        for each in chosen:
            scale = scales.get(each.id)
            groups.setdefault(scale, []).append(summary(each, voice, scale))
        tables += [(kind, ticks(scale, voice) if scale else (), rows) for scale, rows in groups.items()]
    return Page(
        f"theme/{theme.id}",
        "theme",
        "theme.html",
        voice.say(theme.title),
        voice.say(theme.description),
        section="themes",
        context={
            "theme": theme,
            "act": Act(data, voice) if data.directory else None,
            "tables": tables,
            "commitments": [each for each in data.dossier.commitments if theme.id in each.themes],
            "measures": [each for each in data.dossier.measures if theme.id in each.themes],
            "dimension": voice.t(f"dimension.{theme.dimension}") if theme.dimension else "",
        },
    )
