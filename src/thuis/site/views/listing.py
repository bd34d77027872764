"""Every indicator from A to Z, and the search page that holds the same list for who has no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.folder import DataFolder
from thuis.language import letters
from thuis.site.page import Page
from thuis.site.views.common import page
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list."""

    id: str
    title: str
    measures: str
    theme: str
    keywords: str


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The list of indicators and the search page."""
    listed = by_letter(data, voice)
    for key in ("indicators", "search"):
        yield page(key, voice, {"letters": listed, "count": len(data.indicators)})


def by_letter(data: DataFolder, voice: Voice) -> list[tuple[str, list[Entry]]]:
    """The indicators under their first letter."""
    themes = {theme.id: voice.say(theme.title) for theme in data.themes}
    entries = [
        Entry(
            each.id,
            voice.say(each.title),
            voice.say(each.measures),
            themes.get(each.theme, ""),
            ", ".join(each.keywords.get(voice.language, ())),
        )
        for each in data.indicators
    ]
    return letters.by_letter(entries, voice.language, lambda each: each.title)
