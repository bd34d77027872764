"""The zip of a figure: what a reader needs to use it a year from now, away from the site.

The same content gives the same bytes: names are sorted and every file carries the day of release.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from thuis.files import zipped
from thuis.language import texts
from thuis.language.dates import day
from thuis.project.model import Project
from thuis.publish.figure import Figure
from thuis.values import REASONS


def bundle(files: Mapping[str, bytes], project: Project) -> bytes:
    """A zip of ``files`` by name."""
    return zipped(dict(sorted(files.items())), project.released)


def readme(figure: Figure, project: Project, language: str) -> str:
    """What is in the zip, in one language, as Markdown."""
    t = texts("publish", language)
    name = figure.breakdown
    parts = " × ".join(each.title[language] for each in figure.parts) or t("total")
    about = t(
        "readme.from",
        monitor=project.title[language],
        version=project.version,
        day=day(project.released, language),
    )
    page = f"{project.address.rstrip('/')}/{language}/indicator/{figure.indicator.id}/#{name}"
    lines = [
        f"# {t('readme.heading', title=figure.indicator.title[language], breakdown=parts)}",
        *([f"**{project.synthetic[language]}**"] if project.synthetic else []),
        about,
        f"## {t('readme.measures')}",
        figure.indicator.measures[language],
        f"## {t('readme.files')}",
        _list(t(f"readme.{each}", name=name) for each in ("csv", "json", "metadata")),
        f"## {t('readme.columns')}",
        _list(f"`{each.name}` – {each.text[language]}" for each in figure.columns),
        f"## {t('readme.reasons')}",
        _list(f"`{each}` – {t(f'reason.{each}')}" for each in REASONS),
        f"## {t('readme.cite')}",
        project.citation[language],
        f"## {t('licence')}",
        f"{project.licence.title[language]} ({project.licence.id}): {project.licence.url}",
        f"## {t('readme.address')}",
        page,
    ]
    return "\n\n".join(lines) + "\n"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in items)


def licence(project: Project) -> str:
    """``LICENCE.txt``: which licence, by whom, where its text is."""
    found = project.licence
    lines = [
        f"{found.title[lang]} ({found.id})\n{project.publisher.name[lang]}" for lang in project.languages
    ]
    return "\n\n".join([*lines, found.url]) + "\n"


def citation(project: Project) -> str:
    """``CITATION.cff``, Citation File Format 1.2: JSON, which is YAML."""
    first = project.languages[0]
    found = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": " / ".join(project.citation[lang] for lang in project.languages),
        "title": project.title[first],
        "authors": [{"name": project.publisher.name[first], "website": project.publisher.url}],
        "version": project.version,
        "date-released": project.released.isoformat(),
        "license": project.licence.id,
        "license-url": project.licence.url,
        "url": project.address,
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def shared_files(project: Project) -> dict[str, bytes]:
    """The files that are the same in every zip."""
    return {"LICENCE.txt": licence(project).encode(), "CITATION.cff": citation(project).encode()}


def documents(figure: Figure, project: Project) -> dict[str, bytes]:
    """The README of a figure in every language."""
    return {f"README.{lang}.md": readme(figure, project, lang).encode() for lang in project.languages}
