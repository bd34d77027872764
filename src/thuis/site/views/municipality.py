"""A page per municipality: figures beside those of others, what goes on, what works, grants, namings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from thuis.contract.act import GrantOf, MunicipalityOf
from thuis.contract.folder import DataFolder
from thuis.language.letters import in_order, opened
from thuis.site.page import Page
from thuis.site.views.act import FEW, NEAR, NEAR_KM, Act, page
from thuis.site.views.beside import Beside
from thuis.site.views.grants import Kind, kinds_of
from thuis.site.voice import Voice


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
        shared={name for name, times in Counter(each.name for each in towns).items() if times > 1},
        file_of=data.municipalities,
    )
    given = _given(data)
    schemes = {each.id: voice.say(each.title) for each in data.grants.schemes} if data.grants else {}
    beside = Beside(act)
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
            blocks=beside.blocks,
            others=beside.nearest(town),
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
