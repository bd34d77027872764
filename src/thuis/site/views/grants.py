"""What was granted: per scheme and year with the check against what it states, and by kind of project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.act import GrantOf
from thuis.contract.folder import DataFolder
from thuis.site.page import Page
from thuis.site.views.act import Act, page
from thuis.site.voice import Voice

KINDS = ("dialogues", "norm campaigns", "meetings", "trainings", "other", "")
"""In this order; the last is what the source does not tell."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a scheme: how many municipalities, the sum, and what the scheme itself states."""

    year: int
    towns: int
    total: float
    stated: float | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What went to one kind of project: how many rows, municipalities of today, and euros."""

    id: str
    number: int
    towns: int
    total: float


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page; none where no grants are known."""
    if data.grants is None or not data.grants.grants:
        return
    act, every = Act(data, voice), data.grants.grants
    kinds = kinds_of(every)
    yield page(
        act,
        "grants",
        "grants",
        act.a("grants.title"),
        act.a("grants.description"),
        "works",
        schemes=[
            (each, _years(tuple(g for g in every if g.scheme == each.id), each.stated))
            for each in data.grants.schemes
        ],
        kinds=kinds,
        stated=any(each.stated for each in data.grants.schemes),
        told=any(each.id for each in kinds),
        total=sum(each.amount for each in every),
        divided=data.municipalities.divided if data.municipalities else (),
    )


def kinds_of(grants: tuple[GrantOf, ...]) -> list[Kind]:
    """The kinds of project that there are, those that are told first."""
    found = []
    for kind in KINDS:
        rows = [each for each in grants if each.kind == kind]
        if rows:
            towns = len({each.code_now or each.code for each in rows})
            found.append(Kind(kind, len(rows), towns, sum(each.amount for each in rows)))
    return found


def _years(rows: tuple[GrantOf, ...], stated: dict[int, float]) -> list[Year]:
    return [
        Year(
            year,
            len({each.code for each in rows if each.year == year}),
            sum(each.amount for each in rows if each.year == year),
            stated.get(year),
        )
        for year in sorted({each.year for each in rows} | set(stated))
    ]
