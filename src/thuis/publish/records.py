"""The records around the figures: the monitor, its indicators, pages and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thuis.project.model import Indicator, Page, Project, Wave
from thuis.publish.facts import facts
from thuis.publish.figure import Figure, dimension, scale_of, unit_of


def monitor(project: Project) -> dict[str, Any]:
    """``monitor.json``: what the monitor is, and what there is in it."""
    return {
        "title": project.title,
        "description": project.description,
        "publisher": project.publisher.model_dump(),
        "address": project.address,
        "languages": project.languages,
        "licence": project.licence.model_dump(),
        "citation": project.citation,
        "version": project.version,
        "released": project.released.isoformat(),
        "synthetic": project.synthetic,
        "protection": project.protection.model_dump(),
        "samples": project.samples,
        "waves": [_wave(each) for each in project.waves],
        "themes": [each.model_dump() for each in project.themes],
        "breakdowns": [dimension(each) for each in project.breakdowns.values()],
        "indicators": [
            {"id": each.id, "theme": each.theme, "title": each.title, "kind": each.kind}
            for each in project.indicators
        ],
    }


def _wave(wave: Wave) -> dict[str, Any]:
    """What a reader may know of a wave: not where its file is, nor the names of its columns."""
    return {
        "id": wave.id,
        "title": wave.title,
        "field": {"start": wave.field.start.isoformat(), "end": wave.field.end.isoformat()},
        "mode": wave.mode,
        "population": wave.population,
        "source": wave.source,
    }


def indicator(each: Indicator, figures: Sequence[Figure], project: Project) -> dict[str, Any]:
    """``indicators/<id>.json``: all that a page about one indicator says beside its figures."""
    return {
        "id": each.id,
        "theme": each.theme,
        "title": each.title,
        "measures": each.measures,
        "kind": each.kind,
        "unit": unit_of(each, project),
        "decimals": each.decimals,
        "scale": scale_of(each),
        "polarity": each.polarity,
        "question": {wave: q.model_dump(exclude_none=True) for wave, q in each.question.items()},
        "breaks": list(each.turns),
        "notes": each.notes,
        "keywords": each.keywords,
        "figures": [figure.breakdown for figure in figures],
        "facts": facts(figures, project),
        "synthetic": project.synthetic,
        "version": project.version,
    }


def pages(project: Project) -> list[dict[str, Any]]:
    """``pages.json``: the free pages in Markdown; the title is their first heading."""
    return [{"id": each.slug, "title": _title(each), "body": dict(each.body)} for each in project.pages]


def _title(page: Page) -> dict[str, str]:
    return {lang: _heading(body) or page.slug for lang, body in page.body.items()}


def _heading(body: str) -> str:
    """The text of the first heading.

    >>> _heading("# About us ")
    'About us'
    """
    first = next((line for line in body.splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ").strip()


def corrections(project: Project) -> list[dict[str, Any]]:
    """``corrections.json``: the latest first."""
    found = sorted(project.corrections, key=lambda each: each.date, reverse=True)
    return [
        {
            "date": each.date.isoformat(),
            "version": each.version,
            "indicator": each.indicator,
            "text": dict(each.text),
        }
        for each in found
    ]
