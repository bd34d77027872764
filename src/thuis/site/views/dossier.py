"""The dossier: its front page, the ledger of commitments, the measures, and the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from thuis.site.data import Data
from thuis.site.extra.dossier import STATES
from thuis.site.page import Page
from thuis.site.views.letter import kinds
from thuis.site.voice import Voice


def pages(data: Data, voice: Voice) -> Iterator[Page]:
    """The front page, and a page for each list that is there."""
    extra = data.extra
    if not extra.dossier:
        return
    states = state_counts(data, voice)
    yield _page("dossier", voice, {"letters": extra.letters, "states": states, "extra": extra})
    themes = {theme.id: voice.say(theme.title) for theme in data.themes}
    if extra.commitments:
        rank = {state: position for position, state in enumerate(STATES)}
        listed = sorted(extra.commitments, key=lambda c: (rank[c.status], str(c.raw.get("due") or "9999")))
        files = [("JSON", "data/dossier.json"), *kinds(extra.dossier_downloads)]
        yield _page(
            "ledger",
            voice,
            {
                "states": states,
                "commitments": listed,
                "themes": themes,
                "files": files,
                "letters": _letters(data),
                "reading": _reading(data),
            },
        )
    if extra.measures:
        yield _page(
            "measures",
            voice,
            {
                "measures": extra.measures,
                "edges": _edges(data, voice),
                "themes": themes,
                "letters": _letters(data),
                "indicators": {each.id: voice.say(each.title) for each in data.indicators},
            },
        )
    if extra.events:
        yield _page("timeline", voice, {"years": _years(data), "links": _links(data)})


def _page(key: str, voice: Voice, context: Mapping[str, Any]) -> Page:
    return Page(
        key,
        key,
        f"{key}.html",
        voice.t(f"{key}.title"),
        voice.t(f"{key}.description"),
        section="dossier",
        context=context,
    )


def state_counts(data: Data, voice: Voice) -> list[tuple[str, str, int, float]]:
    """For each state: id, words, count and the length of its bar in per cent."""
    promises = Counter(each.status for each in data.extra.commitments if each.promise)
    counted = {state: data.extra.dossier_counts.get(state, promises[state]) for state in STATES}
    most = max([*counted.values(), 1])
    return [(s, voice.t(f"state.{s}"), counted[s], round(100 * counted[s] / most, 2)) for s in STATES]


def _reading(data: Data) -> dict[str, int]:
    """How completely promises are read, in whole per cents; empty when the data does not tell."""
    told = data.extra.reading
    return {name: round(100 * told[name]) for name in ("recall", "precision") if name in told}


def _letters(data: Data) -> dict[str, set[str]]:
    """Letter -> its anchors, so that a proof links to a sentence only when the page has it."""
    return {each.id: {block.id for block in each.blocks} for each in data.extra.letters}


def _edges(data: Data, voice: Voice) -> list[tuple[str, str, str, Mapping[str, Any]]]:
    names = {each["id"]: voice.say(each["title"]) for each in data.extra.measures}
    names |= {each.id: each.title for each in data.extra.letters}
    return [
        (
            names.get(str(e["from"]), str(e["from"])),
            str(e["type"]).replace("-", " ").replace("_", " "),
            names.get(str(e["to"]), str(e["to"])),
            e,
        )
        for e in data.extra.edges
    ]


def _years(data: Data) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The events by year, in order of time."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for event in sorted(data.extra.events, key=lambda each: str(each["date"])):
        found.setdefault(str(event["date"])[:4], []).append(event)
    return list(found.items())


def _links(data: Data) -> Any:
    """A function from an event to the key and anchor of the page it points to, or its outside address."""
    letters = _letters(data)
    indicators = {each.id for each in data.indicators}
    commitments = {each.id for each in data.extra.commitments}
    measures = {each["id"] for each in data.extra.measures}

    def link(event: Mapping[str, Any]) -> tuple[str, str, str]:
        to = event.get("link") or {}
        if to.get("letter") in letters:
            block = str(to.get("block") or "")
            return f"letter/{to['letter']}", block if block in letters[to["letter"]] else "", ""
        if to.get("commitment") in commitments:
            return "ledger", str(to["commitment"]), ""
        if to.get("measure") in measures:
            return "measures", str(to["measure"]), ""
        if to.get("indicator") in indicators:
            return f"indicator/{to['indicator']}", "", ""
        return "", "", str(to.get("url") or "")

    return link
