"""Designed pages: findings, flows and maps, each when its file is in the data folder, and their index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thuis.contract.area import Story
from thuis.contract.finding import Finding, PlainTable, Value
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.site.charts.choropleth import choropleth, per_hundred
from thuis.site.charts.flow import flow_figure
from thuis.site.charts.paradox import paradox
from thuis.site.charts.thumb import Thumb, of_finding, of_flow, of_map
from thuis.site.page import Page
from thuis.site.pictures import lettered
from thuis.site.views.cards import of_story
from thuis.site.views.common import page
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Shown:
    """A plain table in words; of each value whether it is a number."""

    caption: str
    columns: list[str]
    rows: list[list[tuple[str, bool]]]


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per finding, flow and map, and a page that lists them."""
    listed = heads(data)
    if not listed:
        return
    yield page("findings", voice, {"entries": _once(listed)})
    for finding in data.findings:
        yield _finding(data, finding, voice)
    for flow in data.flows:
        context = {"figure": flow_figure(flow, voice), "flow": flow}
        yield _page("flow", flow, data, voice, context)
    for found in data.maps:
        shown = per_hundred(found, voice)
        context = {"figure": choropleth(shown, data.shapes[shown.boundaries], voice), "map": shown}
        yield _page("map", found, data, voice, context)


def heads(data: DataFolder) -> list[tuple[str, Story, str | None]]:
    """Key, head and answer of every finding, flow and map, in that order."""
    return [
        *((f"findings/{each.id}", each, each.answer) for each in data.findings),
        *((f"flow/{each.id}", each, None) for each in data.flows),
        *((f"map/{each.id}", each, None) for each in data.maps),
    ]


def _once(listed: list[tuple[str, Story, str | None]]) -> list[tuple[str, Story, str | None]]:
    """A list in which a sentence stands once: a second story that says the same goes by its title."""
    said: set[str] = set()
    found = []
    for key, head, answer in listed:
        sentence = str(head.sentence)
        again = sentence in said
        said.add(sentence)
        found.append((key, head.model_copy(update={"sentence": None}) if again else head, answer))
    return found


def picture(data: DataFolder, key: str, voice: Voice) -> Thumb | None:
    """The small picture of a story, or None when it has nothing that can be drawn so small."""
    folder, _, id_ = key.partition("/")
    if folder == "flow":
        return next(of_flow(each, voice) for each in data.flows if each.id == id_)
    if folder == "map":
        return next(of_map(per_hundred(each, voice), voice) for each in data.maps if each.id == id_)
    return next(of_finding(each, voice) for each in data.findings if each.id == id_)


def about(data: DataFolder, indicator: Indicator) -> list[tuple[str, Story]]:
    """What stands out about one indicator: the findings, flows and maps that name it, each sentence once.

    A page that says something else about each indicator is told by what it says about this one.
    """
    found: dict[str, tuple[str, Story]] = {}
    for key, head, _ in heads(data):
        said = head.said if isinstance(head, Finding) else {}
        sentence = said.get(indicator.id) if said else head.sentence
        if indicator.id in head.about and sentence:
            found.setdefault(str(sentence), (key, head.model_copy(update={"sentence": sentence})))
    return list(found.values())


def _finding(data: DataFolder, finding: Finding, voice: Voice) -> Page:
    return _page(
        "findings",
        finding,
        data,
        voice,
        {
            "finding": finding,
            "figure": paradox(finding, voice),
            "level": voice.percent(100 * finding.level),
            "table": _table(finding.table, voice) if finding.table else None,
            "picture": None if finding.panels else of_finding(finding, voice),
        },
        kind="finding",
    )


def _page(
    folder: str,
    head: Story,
    data: DataFolder,
    voice: Voice,
    context: Mapping[str, Any],
    *,
    kind: str = "",
) -> Page:
    indicators = {each.id: voice.say(each.title) for each in data.indicators}
    key, title, sentence = f"{folder}/{head.id}", voice.say(head.title), voice.say(head.sentence)
    drawn = of_story(data, key, title, sentence, picture(data, key, voice), voice)
    return Page(
        key,
        kind or folder,
        title,
        sentence,
        section="findings",
        context={
            "head": head,
            "inputs": inputs(head, data, voice),
            "about": [(id_, indicators[id_]) for id_ in head.about if id_ in indicators],
            "files": [("JSON", f"data/{folder}.json")]
            + [(path.rpartition(".")[2], f"data/{path}") for path in head.downloads],
            **context,
        },
        picture=drawn,
        card=bool(drawn and lettered(drawn)),
    )


def inputs(head: Story, data: DataFolder, voice: Voice) -> list[str]:
    """The figures and breakdowns a story was worked out from, by their titles.

    Names that only the project knows, of a file or a variable, are left to the data.
    """
    names = {each.id: voice.say(each.title) for each in data.monitor.breakdowns}
    names |= {each.id: voice.say(each.title) for each in data.indicators}
    found = []
    for each in head.explain.inputs if head.explain else ():
        what, *waves = each.split(", ")
        parts = [names.get(part.removeprefix("by_")) for part in what.split("/")]
        if all(parts):
            found.append(", ".join([*(part for part in parts if part), *waves]))
    return list(dict.fromkeys(found))


def _table(table: PlainTable, voice: Voice) -> Shown:
    def words(value: Value) -> str:
        if value is None:
            return "–"
        if not isinstance(value, (int, float)):
            return voice.say(value)
        return voice.number(value, 0 if isinstance(value, int) else table.decimals)

    return Shown(
        voice.say(table.caption),
        [voice.say(each) for each in table.columns],
        [[(words(value), isinstance(value, (int, float))) for value in row] for row in table.rows],
    )
