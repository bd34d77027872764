"""The start page: what the monitor shows, a key figure per theme, and the way in."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.area import Story
from thuis.contract.folder import DataFolder
from thuis.site.charts.scale import Scale
from thuis.site.page import Page
from thuis.site.views.common import Summary, dimensions_of, summary
from thuis.site.views.findings import heads
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The start page of one language."""
    themes = {theme.id: theme for theme in data.themes}
    dimensions = [
        (
            name,
            [(themes[id_], [(i.id, voice.say(i.title)) for i in indicators]) for id_, indicators in entries],
        )
        for name, entries in dimensions_of(data, voice)
    ]
    yield Page(
        "",
        "start",
        "start.html",
        voice.say(data.monitor.title),
        voice.say(data.monitor.description),
        context={
            "key_figures": key_figures(data, voice),
            "dimensions": dimensions,
            "findings": features(data),
        },
    )


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


def key_figures(data: DataFolder, voice: Voice) -> list[tuple[str, Summary]]:
    """For each theme the first indicator whose total is published: theme title and summary."""
    found = []
    for theme in data.themes:
        indicators = data.of_theme(theme.id)
        for indicator in indicators:
            total = indicator.figure("total")
            if total and total.latest():
                low, high = total.scale or (0.0, 100.0)
                found.append(
                    (voice.say(theme.title), summary(indicator, voice, Scale(low, high, (low, high))))
                )
                break
    return found
