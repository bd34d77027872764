"""Every indicator from A to Z, and the search page that holds the same list for who has no script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.folder import DataFolder
from thuis.site.page import Page
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
    letters = by_letter(data, voice)
    for key in ("indicators", "search"):
        yield Page(
            key,
            key,
            f"{key}.html",
            voice.t(f"{key}.title"),
            voice.t(f"{key}.description"),
            section=key,
            context={"letters": letters, "count": len(data.indicators)},
        )


def by_letter(data: DataFolder, voice: Voice) -> list[tuple[str, list[Entry]]]:
    """The indicators under their first letter, accents aside."""
    themes = {theme.id: voice.say(theme.title) for theme in data.themes}
    found: dict[str, list[Entry]] = {}
    for each in sorted(data.indicators, key=lambda i: _plain(voice.say(i.title))):
        title = voice.say(each.title)
        words = ", ".join(each.keywords.get(voice.language, ()))
        entry = Entry(each.id, title, voice.say(each.measures), themes.get(each.theme, ""), words)
        found.setdefault(_plain(title)[:1].upper() or "#", []).append(entry)
    return list(found.items())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if each.isalnum() or each == " ")
