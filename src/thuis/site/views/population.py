"""The population beside the survey: real counts from a register, as a table that is a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.folder import DataFolder
from thuis.site.charts.scale import Scale
from thuis.site.page import Page
from thuis.site.views.common import page
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Count:
    """One count: its words and the length of its bar in per cent."""

    label: str
    count: str
    width: float
    style: int


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The population page, when the data folder holds ``population.json``."""
    rows = data.population
    if not rows:
        return
    borns = list(dict.fromkeys(voice.say(each.born) for each in rows))
    top = max((each.population for each in rows), default=1)
    scale = Scale(0, top, (0, top))
    groups: dict[str, list[Count]] = {}
    for each in rows:
        born = voice.say(each.born)
        groups.setdefault(voice.say(each.origin), []).append(
            Count(
                born,
                voice.count(each.population),
                scale.at(each.population),
                borns.index(born) % 4,
            )
        )
    yield page(
        "population",
        voice,
        {
            "groups": list(groups.items()),
            "sources": list(dict.fromkeys(voice.say(each.source) for each in rows)),
        },
    )
