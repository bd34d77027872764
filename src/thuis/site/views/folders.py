"""A page for every address above others: whoever cuts the end off an address finds what stands below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from thuis.contract.folder import DataFolder
from thuis.language.letters import in_order
from thuis.site.charts.thumb import Thumb
from thuis.site.page import Page
from thuis.site.views.act import FACETS, Act, addresses, slug
from thuis.site.views.findings import picture
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Entry:
    """One page below: its key, its name and that of its language where it is another, a word, a picture."""

    key: str
    title: str
    text: str = ""
    language: str = ""
    picture: Thumb | None = None


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """A list for each folder that has pages."""
    for key, section, entries in (*_told(data, voice), *_done(data, voice)):
        if entries:
            name = key.replace("/", "-")
            yield Page(
                key,
                "folder",
                voice.t(f"folder.{name}"),
                section=section,
                context={"entries": entries},
            )


Folder = tuple[str, str, Sequence[Entry]]


def _told(data: DataFolder, voice: Voice) -> Iterator[Folder]:
    """What figures tell, and what was told to Parliament."""
    themes = [Entry(f"theme/{e.id}", voice.say(e.title), voice.say(e.description)) for e in data.themes]
    yield "theme", "indicators", themes
    figures = [Entry(f"indicator/{e.id}", voice.say(e.title), voice.say(e.measures)) for e in data.indicators]
    yield "indicator", "indicators", in_order(figures, voice.language, lambda each: each.title)
    for folder, stories in (("flow", data.flows), ("map", data.maps)):
        keys = [(f"{folder}/{each.id}", each) for each in stories]
        entries = [
            Entry(key, voice.say(e.title), voice.say(e.sentence), "", picture(data, key, voice))
            for key, e in keys
        ]
        yield folder, "findings", entries
    letters = [
        Entry(
            f"letter/{each.id}",
            each.title,
            voice.day(each.date),
            "" if each.language == voice.language else each.language,
        )
        for each in data.dossier.letters
    ]
    yield "letter", "dossier", letters


def _done(data: DataFolder, voice: Voice) -> Iterator[Folder]:
    """What is done, by whom, and what is known to work."""
    act = Act(data, voice)
    if data.directory and data.directory.initiatives:
        every = act.by_id.values()
        found = [Entry(f"initiative/{act.address[e.id]}", e.name, act.place(e)) for e in every]
        yield "initiative", "directory", _by_name(found, voice)
        names = addresses(each.organization for each in every if each.organization)
        yield (
            "organisation",
            "directory",
            _by_name([Entry(f"organisation/{at}", name) for name, at in names.items()], voice),
        )
        for facet in FACETS:
            yield (
                f"directory/{facet}",
                "directory",
                [Entry(f"directory/{facet}/{slug(e)}", act.capital(facet, e)) for e in act.ids(facet)],
            )
    if data.directory or data.knowledge or data.municipalities:
        situations = [each for each in act.knowledge.situations if each.count]
        yield "situation", "works", [Entry(f"situation/{e.id}", voice.say(e.title)) for e in situations]
        yield "activity", "works", [Entry(f"activity/{e}", act.capital("form", e)) for e in act.forms]


def _by_name(entries: Iterable[Entry], voice: Voice) -> list[Entry]:
    return in_order(entries, voice.language, lambda each: each.title)
