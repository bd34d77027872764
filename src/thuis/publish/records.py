"""The records around the figures: the monitor, its indicators, pages and corrections."""

from __future__ import annotations

from collections.abc import Sequence

from thuis.contract.monitor import (
    Correction,
    Corrections,
    Fieldwork,
    FreePage,
    FreePages,
    IndicatorRecord,
    Licence,
    Limits,
    Listed,
    Monitor,
    Publisher,
    Theme,
)
from thuis.contract.monitor import Wave as WaveRecord
from thuis.project.model import Indicator, Page, Project, Wave
from thuis.publish.figure import Figure, breaks, dimension, kind_of, scale_of, unit_of
from thuis.publish.main_facts import facts


def monitor(project: Project) -> Monitor:
    """``monitor.json``: what the monitor is, and what there is in it."""
    return Monitor(
        title=dict(project.title),
        description=dict(project.description),
        publisher=Publisher.given(project.publisher.model_dump()),
        address=project.address,
        languages=project.languages,
        licence=Licence.given(project.licence.model_dump()),
        citation=dict(project.citation),
        version=project.version,
        released=project.released,
        synthetic=dict(project.synthetic) if project.synthetic else None,
        protection=Limits.given(project.protection.model_dump()),
        samples=project.samples,
        waves=tuple(_wave(each) for each in project.waves),
        themes=tuple(Theme.given(each.model_dump()) for each in project.settings.themes),
        **({"lead": project.settings.lead} if project.settings.lead else {}),
        breakdowns=tuple(dimension(each) for each in project.breakdowns.values()),
        indicators=tuple(
            Listed(id=each.id, theme=each.theme, title=each.title, kind=kind_of(each))
            for each in project.indicators
        ),
    )


def _wave(wave: Wave) -> WaveRecord:
    """What a reader may know of a wave: not where its file is, nor the names of its columns."""
    return WaveRecord(
        id=wave.id,
        title=wave.title,
        field=Fieldwork(start=wave.field.start, end=wave.field.end),
        mode=wave.mode,
        population=wave.population,
        source=wave.source,
        weighted=wave.design.weight is not None,
        **({"pools": wave.pools} if wave.pools else {}),
    )


def indicator(each: Indicator, figures: Sequence[Figure], project: Project) -> IndicatorRecord:
    """``indicators/<id>.json``: all that a page about one indicator says beside its figures."""
    return IndicatorRecord(
        id=each.id,
        theme=each.theme,
        title=each.title,
        measures=each.measures,
        base=each.base.text if each.base else None,
        kind=kind_of(each),
        unit=unit_of(each, project),
        decimals=each.decimals,
        scale=scale_of(each),
        polarity=each.polarity,
        question={wave: q.model_dump(exclude_none=True) for wave, q in each.question.items()},
        breaks=breaks(each),
        notes=each.notes,
        keywords=each.keywords,
        figures=tuple(figure.breakdown for figure in figures),
        facts=tuple(facts(figures, project)),
        synthetic=dict(project.synthetic) if project.synthetic else None,
        version=project.version,
    )


def pages(project: Project) -> FreePages:
    """``pages.json``: the free pages in Markdown; the title is their first heading."""
    return FreePages(
        tuple(FreePage(id=each.slug, title=_title(each), body=dict(each.body)) for each in project.pages)
    )


def _title(page: Page) -> dict[str, str]:
    return {lang: _heading(body) or page.slug for lang, body in page.body.items()}


def _heading(body: str) -> str:
    """The text of the first heading.

    >>> _heading("# About us ")
    'About us'
    """
    first = next((line for line in body.splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ").strip()


def corrections(project: Project) -> Corrections:
    """``corrections.json``: the latest first."""
    found = sorted(project.corrections, key=lambda each: each.date, reverse=True)
    return Corrections(
        tuple(
            Correction(date=each.date, version=each.version, indicator=each.indicator, text=dict(each.text))
            for each in found
        )
    )
