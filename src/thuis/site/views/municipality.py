"""A page per municipality: what goes on, what works, figures, grants, and where the dossier names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from thuis.contract.act import GrantOf, MunicipalityOf
from thuis.contract.area import Area
from thuis.contract.base import Text
from thuis.contract.folder import DataFolder
from thuis.language.letters import in_order, opened
from thuis.site.page import Page
from thuis.site.views.act import FEW, NEAR, NEAR_KM, Act, page
from thuis.site.views.grants import Kind, kinds_of
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a municipality: what, its value or nothing, of when, from where."""

    title: str
    value: str
    date: str
    source: str
    note: str


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The list by province and a page each; none without ``municipalities.json``."""
    if data.municipalities is None:
        return
    act = Act(data, voice)
    own = act.own
    named = in_order(act.towns.values(), voice.language, lambda each: each.name)
    towns = sorted(named, key=lambda each: each.province)
    yield page(
        act,
        "municipality",
        "municipalities",
        act.a("municipality.question"),
        act.a("municipality.description"),
        "municipality",
        provinces=[(name, list(row)) for name, row in groupby(towns, key=lambda each: each.province)],
        own=own,
        file_of=data.municipalities,
    )
    given = _given(data)
    schemes = {each.id: voice.say(each.title) for each in data.grants.schemes} if data.grants else {}
    maps = [(each, {area.id: area for area in each.areas}) for each in data.maps]
    survey = _survey(act)
    for town in towns:
        near = act.near(town)
        here = act.offer.get(town.code, [])
        yield page(
            act,
            f"municipality/{own[town.code]}",
            "municipality",
            town.name,
            _lede(act, town),
            "municipality",
            town=town,
            offer=here,
            near=near[:NEAR],
            near_km=NEAR_KM,
            forms=[
                (
                    form,
                    [(each, None) for each in here if form in each.form][:3],
                    [(each, far) for each, far in near if form in each.form][:3],
                )
                for form in act.forms
            ],
            groups=_figures(act, town),
            maps=[(each, _areas(town, areas)) for each, areas in maps],
            survey=survey.get(town.code, ()),
            schemes=schemes,
            kinds=given.get(town.code, []),
            years=sorted({year for row in town.grants.values() for year in row}),
            few=len(here) <= FEW,
        )


def _given(data: DataFolder) -> dict[str, list[Kind]]:
    """Code -> what went to each kind of project, of municipalities of which a source tells a kind."""
    rows: dict[str, list[GrantOf]] = {}
    for each in data.grants.grants if data.grants else ():
        rows.setdefault(each.code_now or each.code, []).append(each)
    return {code: kinds_of(tuple(own)) for code, own in rows.items() if any(each.kind for each in own)}


def _lede(act: Act, town: MunicipalityOf) -> str:
    offer = opened(act.count(len(act.offer.get(town.code, ()))), act.voice.language)
    if town.inhabitants is None:
        return act.a("municipality.lede-bare", offer=offer)
    return act.a("municipality.lede", offer=offer, people=act.voice.count(town.inhabitants))


def _figures(act: Act, town: MunicipalityOf) -> list[tuple[str, list[Line]]]:
    """The key figures under their headings."""
    voice = act.voice
    found: dict[str, list[Line]] = {}
    for each in act.data.municipalities.figures if act.data.municipalities else ():
        value = town.figures.get(each.id)
        unit = voice.say(each.unit)
        written = ""
        if value is not None:
            percent = unit.startswith("%")
            write = voice.percent if percent else voice.number
            rest = unit.removeprefix("%").strip() if percent else unit
            written = f"{write(float(value), each.decimals)} {rest}".strip()
        line = Line(
            voice.say(each.title), written, voice.day(each.date), voice.say(each.source), voice.say(each.note)
        )
        found.setdefault(voice.say(each.group), []).append(line)
    return list(found.items())


def _areas(town: MunicipalityOf, areas: dict[str, Area]) -> list[tuple[str, Area]]:
    """The value of the municipality on a map, or those of the municipalities that merged into it."""
    if town.code in areas:
        return [(town.name, areas[town.code])]
    return [(name, areas[code]) for code, name in town.includes.items() if code in areas]


def _survey(act: Act) -> dict[str, list[tuple[str, str, str]]]:
    """Figures that are split by municipality: code -> indicator id, title and the figure's breakdown."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for code, indicator, title, breakdown in act.data.ask(by_town):
        if code in act.towns:
            found.setdefault(code, []).append((indicator, act.voice.say(title), breakdown))
    return found


def by_town(data: DataFolder) -> tuple[tuple[str, str, Text, str], ...]:
    """Code, indicator, title and breakdown of each figure that has a group for a municipality."""
    towns = {each.code for each in data.municipalities.municipalities} if data.municipalities else set()
    return tuple(
        (key[0], indicator.id, indicator.title, figure.breakdown)
        for indicator in data.indicators
        for figure in indicator.figures
        if len(figure.dimensions) == 1
        for key in figure.keys
        if key[0] in towns
    )
