"""Released versions that another took the place of: readable as they were, marked as old; what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thuis.contract.changes import Change, between, published
from thuis.contract.figure import Figure, PublishedCell
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Version
from thuis.contract.past import Past
from thuis.site.charts.table import Table, category_titles, table
from thuis.site.page import Page
from thuis.site.views.figures import breakdown_title
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that is no longer the same: of whom and when, what it was, and what it is now."""

    label: str
    wave: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An indicator of an old version: its numbers as they were, and those that changed since."""

    id: str
    title: str
    measures: str
    unit: str
    tables: tuple[tuple[str, Table], ...]
    moved: tuple[Moved, ...]
    there: bool


def replaced(data: DataFolder) -> list[Version]:
    """Released versions other than this one, the latest first; those taken back have no file."""
    return [each for each in data.versions if each.file and each.version != data.monitor.version]


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """A page per old version and one per indicator of it."""
    for version in replaced(data):
        past = data.past(version) or Past()
        kept = [_kept(each, data, voice) for each in past.indicators]
        key, name = f"version/{version.version}", voice.t("old.title", version=version.version)
        told = {"version": version, "old": key}
        corrections = [each for each in data.corrections if each.version == version.version]
        yield Page(
            key,
            "version",
            name,
            voice.t("old.description", date=voice.day(version.released)),
            section="corrections",
            context=told | {"kept": kept, "unread": past.unread, "corrections": corrections},
        )
        for each in kept:
            yield Page(
                f"{key}/{each.id}",
                "past",
                f"{each.title}: {name}",
                each.measures,
                section="corrections",
                words=(each.title,),
                short=each.title,
                context=told | {"kept": each},
            )


def _kept(indicator: Indicator, data: DataFolder, voice: Voice) -> Kept:
    now = next((each for each in data.indicators if each.id == indicator.id), None)
    figures = now.figures if now else ()
    changed = between(published(indicator.figures), published(figures))
    first = indicator.figures[0] if indicator.figures else None
    return Kept(
        indicator.id,
        voice.say(indicator.title),
        voice.say(indicator.measures),
        voice.unit(first) if first else "",
        tuple((breakdown_title(each, voice), table(each, voice)) for each in indicator.figures),
        tuple(_moved(each, indicator.figures, figures, voice) for each in changed),
        now is not None,
    )


def _moved(change: Change, before: Sequence[Figure], now: Sequence[Figure], voice: Voice) -> Moved:
    old, new = (next((f for f in figures if f.id == change.figure), None) for figures in (before, now))
    named = old if old and change.kind != "added" else new
    assert named is not None
    titles = category_titles(named, change.cell, voice)
    return Moved(
        " · ".join(titles) or voice.t("figure.everyone"),
        change.wave,
        _said(old, change, voice),
        _said(new, change, voice),
    )


def _said(figure: Figure | None, change: Change, voice: Voice) -> str:
    """A cell in words: its number and interval, or why it has none."""
    cell = figure.by_place.get((change.wave, change.cell)) if figure else None
    if figure is None or cell is None:
        return voice.t("old.absent")
    return voice.reason(cell) if cell.status == "withheld" else _number(figure, cell, voice)


def _number(figure: Figure, cell: PublishedCell, voice: Voice) -> str:
    shown = voice.value(cell.estimate, figure), voice.span(cell.lower, cell.upper, figure)
    return f"{shown[0]} ({shown[1]}), n {voice.base(cell)}"
