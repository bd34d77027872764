"""The author's own pages, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.folder import DataFolder
from thuis.contract.monitor import FreePage
from thuis.language.letters import opened
from thuis.site.markdown import without_title
from thuis.site.page import Page
from thuis.site.voice import Voice

WITHIN = ("method", "reading", "accessibility")
"""Free pages with these ids are shown on the page of that name, before its own text."""


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per free text; ``about`` exists always, for the navigation points to it."""
    ids = [each.id for each in data.pages]
    for id_ in dict.fromkeys(("about", *ids)):
        if id_ in WITHIN:
            continue
        body = free_text(data, id_, voice)
        yield Page(
            id_ if id_ == "about" else f"page/{id_}",
            "free",
            _title(data, id_, voice) or voice.t("about.title"),
            section=id_,
            template="text.html",
            context={
                "body": body or voice.say(data.monitor.description),
                "own": "",
                "waves": [],
                "examples": None,
            },
        )


def free_text(data: DataFolder, id_: str, voice: Voice) -> str:
    """The Markdown of a free page without its title, or nothing."""
    found = _find(data, id_)
    return without_title(voice.say(found.body)) if found else ""


def _title(data: DataFolder, id_: str, voice: Voice) -> str:
    found = _find(data, id_)
    if not found:
        return ""
    if found.title:
        return voice.say(found.title)
    first = voice.say(found.body).strip().partition("\n")[0]
    return (
        first.removeprefix("# ").strip()
        if first.startswith("# ")
        else opened(id_.replace("-", " "), voice.language)
    )


def _find(data: DataFolder, id_: str) -> FreePage | None:
    return next((each for each in data.pages if each.id == id_), None)
