"""The dossier: its front page, the ledger of commitments, the measures, and the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thuis.contract.dossier import STATES, Commitment, Edge, Event, Measure
from thuis.contract.folder import DataFolder
from thuis.language import catalogue
from thuis.language.letters import in_order
from thuis.language.papers import published_name
from thuis.site.charts.terms import terms
from thuis.site.page import Page
from thuis.site.views.common import page
from thuis.site.views.letter import kinds
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Named:
    """What one end of an edge is called; ``theirs`` when that is in the language of the records."""

    text: str
    theirs: bool = False


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The front page, and a page for each list that is there."""
    dossier = data.dossier
    if dossier.empty:
        return
    states = state_counts(data, voice)
    yield page("dossier", voice, {"dossier": dossier, "states": states})
    themes = {theme.id: voice.say(theme.title) for theme in data.themes}
    if dossier.commitments:
        rank = {state: position for position, state in enumerate(STATES)}
        listed = sorted(dossier.commitments, key=lambda c: (rank[c.status], c.due or "9999"))
        yield page(
            "ledger",
            voice,
            {
                "states": states,
                "promises": [c for c in listed if c.promise],
                "intentions": [c for c in listed if not c.promise],
                "measures": len(dossier.measures),
                "indexes": _indexes(listed, themes, voice),
                "terms": terms([c for c in listed if c.promise], data.monitor.released, voice),
                "themes": themes,
                "files": kinds("dossier.json", dossier.downloads, voice),
                "letters": _letters(data),
                "reading": _reading(data),
            },
            section="dossier",
        )
    if dossier.measures:
        yield page(
            "measures",
            voice,
            {
                "measures": dossier.measures,
                "edges": _edges(data, voice),
                "about": _about(data, themes, voice),
                "letters": _letters(data),
            },
            section="dossier",
        )
    if dossier.events:
        yield page("timeline", voice, {"years": _years(data), "links": _links(data)}, section="dossier")


def state_counts(data: DataFolder, voice: Voice) -> list[tuple[str, str, int, float]]:
    """For each state: id, words, count and the length of its bar in per cent."""
    promises = Counter(each.status for each in data.dossier.commitments if each.promise)
    told = data.dossier.counts
    counted = {state: told.of(state) if told else promises[state] for state in STATES}
    most = max([*counted.values(), 1])
    return [(s, voice.t(f"state.{s}"), counted[s], round(100 * counted[s] / most, 2)) for s in STATES]


def _indexes(
    listed: Sequence[Commitment], themes: Mapping[str, str], voice: Voice
) -> list[tuple[str, list[tuple[str, list[Commitment]]], bool]]:
    """The ledger by who promised, by year and by theme: kind of list, heading, commitments.

    With each whether its headings are names, in the language of the records.
    """
    ways: dict[str, Callable[[Commitment], Sequence[str]]] = {
        "member": lambda c: [each for each in (c.who, c.to) if each],
        "date": lambda c: [c.date[:4]] if c.date else [],
        "theme": lambda c: [themes[each] for each in c.themes if each in themes],
    }
    found = []
    for way, heads in ways.items():
        groups: dict[str, list[Commitment]] = {}
        for commitment in listed:
            for head in dict.fromkeys(heads(commitment)):
                groups.setdefault(head, []).append(commitment)
        if groups:
            order = in_order(groups.items(), voice.language, lambda each: each[0])
            order = order[::-1] if way == "date" else order
            found.append((voice.t(f"promises.by-{way}"), order, way == "member"))
    return found


def _reading(data: DataFolder) -> dict[str, int]:
    """How completely promises are read, in whole per cents; empty when the data does not tell."""
    told = data.dossier.reading
    return {"recall": round(100 * told.recall), "precision": round(100 * told.precision)} if told else {}


def _letters(data: DataFolder) -> dict[str, set[str]]:
    """Letter -> its anchors, so that a proof links to a sentence only when the page has it."""
    return {each.id: {block.id for block in each.blocks} for each in data.dossier.letters}


def _edges(data: DataFolder, voice: Voice) -> list[tuple[Named, str, Named, Edge]]:
    """The edges in words: what, how it has to do with, what, and the edge itself."""
    words = catalogue("edges", voice.language)
    names = {f"theme:{each.id}": Named(voice.say(each.title)) for each in data.themes}
    for letter in data.dossier.letters:
        names |= {each.canonical: Named(str(each.title), True) for each in letter.citations if each.title}
    names |= {each.id: Named(voice.say(each.title)) for each in data.dossier.measures}
    names |= {each.id: Named(each.text, True) for each in data.dossier.commitments}
    names |= {each.id: Named(each.title, True) for each in data.dossier.letters}
    return [
        (
            names.get(each.start) or Named(published_name(each.start, voice.language)),
            words.get(each.type, each.type.replace("-", " ").replace("_", " ")),
            names.get(each.end) or Named(published_name(each.end, voice.language)),
            each,
        )
        for each in data.dossier.edges
    ]


def _about(
    data: DataFolder, themes: Mapping[str, str], voice: Voice
) -> Callable[[Measure], list[tuple[str, str]]]:
    """A function from a measure to the pages it is about; of two that go by one name the indicator."""
    indicators = {each.id: voice.say(each.title) for each in data.indicators}

    def about(measure: Measure) -> list[tuple[str, str]]:
        found = [(f"indicator/{id_}", indicators[id_]) for id_ in measure.indicators if id_ in indicators]
        found += [(f"theme/{id_}", themes[id_]) for id_ in measure.themes if id_ in themes]
        pages = {name: key for key, name in reversed(found)}
        return [(key, name) for name, key in reversed(pages.items())]

    return about


def _years(data: DataFolder) -> list[tuple[str, list[Event]]]:
    """The events by year, in order of time."""
    found: dict[str, list[Event]] = {}
    for event in sorted(data.dossier.events, key=lambda each: each.date):
        found.setdefault(event.date[:4], []).append(event)
    return list(found.items())


def _links(data: DataFolder) -> Callable[[Event], tuple[str, str, str]]:
    """A function from an event to the key and anchor of the page it points to, or its outside address."""
    letters = _letters(data)
    indicators = {each.id for each in data.indicators}
    commitments = {each.id for each in data.dossier.commitments}
    measures = {each.id for each in data.dossier.measures}

    def link(event: Event) -> tuple[str, str, str]:
        to = event.link
        if to.letter in letters:
            block = to.block or ""
            return f"letter/{to.letter}", block if block in letters[to.letter] else "", ""
        if to.commitment in commitments:
            return "ledger", to.commitment, ""
        if to.measure in measures:
            return "measures", to.measure, ""
        if to.indicator in indicators:
            return f"indicator/{to.indicator}", "", ""
        return "", "", to.url or ""

    return link
