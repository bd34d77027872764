"""Pages over plain records: corrections and versions, downloads and the API."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.folder import DataFolder
from thuis.site.page import Page
from thuis.site.views.figures import breakdown_title
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The corrections page and the downloads page."""
    titles = {each.id: voice.say(each.title) for each in data.indicators}
    yield Page(
        "corrections",
        "corrections",
        "corrections.html",
        voice.t("corrections.title"),
        voice.t("corrections.description"),
        section="corrections",
        context={"versions": data.versions, "corrections": data.corrections, "titles": titles},
    )
    yield Page(
        "downloads",
        "downloads",
        "downloads.html",
        voice.t("downloads.title"),
        voice.t("downloads.description"),
        section="downloads",
        context={"indicators": _indicators(data, voice)},
    )


def _indicators(data: DataFolder, voice: Voice) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (
            each.id,
            voice.say(each.title),
            [(f.breakdown, breakdown_title(f, voice)) for f in each.figures],
        )
        for each in data.indicators
    ]
