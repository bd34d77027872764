"""Initiatives: the list with its map, a list per mark, a page each, and one per organisation."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.directory import PublicInitiative, Schedule
from thuis.contract.folder import DataFolder
from thuis.site.charts.points import Points, points
from thuis.site.page import Page
from thuis.site.views.act import FACETS, Act, addresses, page, slug
from thuis.site.voice import Voice

THIN = 50


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """Every page about initiatives; none when the monitor has no directory."""
    if data.directory is None or not data.directory.initiatives:
        return
    act = Act(data, voice)
    every = act.initiatives
    yield page(
        act,
        "directory",
        "directory",
        act.a("directory.title"),
        act.a("directory.description"),
        "directory",
        shown=every,
        facets=[(facet, [(i, act.mark(facet, i)) for i in act.ids(facet)]) for facet in FACETS],
        chosen=None,
        map=_map(act, every),
        towns=[each for each in act.towns.values() if act.offer.get(each.code)],
        thin=sum(not each.invented for each in every) < THIN,
        downloads=data.directory.downloads,
    )
    for facet in FACETS:
        for id_ in act.ids(facet):
            yield _filtered(act, facet, id_)
    yield from _initiatives(act)


def _map(act: Act, shown: tuple[PublicInitiative, ...]) -> Points:
    found = [(each.id, each.name, at) for each in shown if (at := act.position(each))]
    boundaries = next((act.data.shapes[each.boundaries] for each in act.data.maps), {})
    return points(found, boundaries)


def _filtered(act: Act, facet: str, id_: str) -> Page:
    what = act.capital(facet, id_)
    return page(
        act,
        f"directory/{facet}/{slug(id_)}",
        "directory",
        what,
        act.a("directory.filtered", what=act.mark(facet, id_)),
        "directory",
        shown=tuple(each for each in act.initiatives if id_ in each.marks(facet)),
        facets=[(facet, [(i, act.mark(facet, i)) for i in act.ids(facet)])],
        chosen=(facet, id_),
        map=None,
        towns=[],
        thin=False,
        downloads={},
    )


def _initiatives(act: Act) -> Iterator[Page]:
    every = tuple(act.by_id.values())
    organisations = addresses(each.organization for each in every if each.organization)
    for each in every:
        text = (
            act.voice.language if act.voice.language in each.description else next(iter(each.description), "")
        )
        yield page(
            act,
            f"initiative/{act.address[each.id]}",
            "initiative",
            each.name,
            each.description.get(text, act.place(each))[:200],
            "directory",
            one=each,
            text=text,
            when=[_when(act, one) for one in each.schedules],
            organisation=organisations.get(each.organization or ""),
            forms=[form for form in each.form if form in act.forms],
        )
    for name, address in organisations.items():
        yield page(
            act,
            f"organisation/{address}",
            "organisation",
            name,
            act.a("organization.description", name=name),
            "directory",
            shown=tuple(each for each in every if each.organization == name),
        )


def _when(act: Act, one: Schedule) -> str:
    """A schedule in words."""
    parts = [act.a(f"initiative.freq.{one.freq}")] if one.freq and not one.interval else []
    days = [act.a(f"initiative.days.{day}") for day in (one.byday or "").split(",") if day in _DAYS]
    if days:
        parts.append(", ".join(days))
    elif one.dtstart and not one.freq:
        parts.append(act.voice.day(one.dtstart))
    if one.opens_at and one.closes_at:
        parts.append(act.a("initiative.hours", start=one.opens_at[:5], end=one.closes_at[:5]))
    if one.description:
        parts.append(one.description)
    return ", ".join(parts)


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
