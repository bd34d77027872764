"""Texts that stand as a first project was given them: true of no survey until a person has written them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thuis.errors import listing
from thuis.project.model import Indicator, Project

Both = Mapping[str, str]

TITLE: Both = {"nl": "Mijn monitor", "en": "My monitor"}
DESCRIPTION: Both = {"nl": "Wat deze monitor laat zien.", "en": "What this monitor shows."}
PUBLISHER: Both = {"nl": "Mijn organisatie", "en": "My organisation"}
ADDRESS = "https://example.org/monitor"
THEME: Both = {"nl": "Eerste thema", "en": "First theme"}
MODE: Both = {"nl": "nog niet beschreven", "en": "not described yet"}
POPULATION: Both = {"nl": "nog niet beschreven", "en": "not described yet"}
SOURCE: Both = {"nl": "Wie de gegevens verzamelde.", "en": "Who collected the data."}


def unwritten(project: Project) -> list[str]:
    """What pages would say of a survey that nobody wrote, a line for each file; nothing for invented data.

    :param project: as it was read, with its texts.
    :returns: the names of the keys with the file they stand in, for a terminal.
    """
    if project.settings.synthetic:
        return []
    lines = [
        f"not written yet: {', '.join(keys)}: {file}"
        for file, keys in (("thuis.yaml", _settings(project)), *_waves(project))
        if keys
    ]
    names = [each.id for each in project.indicators if _named_only(project, each)]
    if names:
        lines.append(f"not written yet: the question, which is the name of a column: {listing(names)}")
    return lines


def _same(text: Both | None, first: Both) -> bool:
    return any(words == first.get(language) for language, words in (text or {}).items())


def _settings(project: Project) -> list[str]:
    own = project.settings
    said = {
        "title": _same(own.title, TITLE),
        "description": _same(own.description, DESCRIPTION),
        "publisher": _same(own.publisher.name, PUBLISHER),
        "address": own.address == ADDRESS,
        "themes": any(_same(each.title, THEME) for each in own.themes),
    }
    return [key for key, first in said.items() if first]


def _waves(project: Project) -> Iterator[tuple[str, list[str]]]:
    for wave in project.waves:
        texts = (
            ("mode", wave.mode, MODE),
            ("population", wave.population, POPULATION),
            ("source", wave.source, SOURCE),
        )
        yield f"waves/{wave.id}.yaml", [key for key, text, first in texts if _same(text, first)]


def _named_only(project: Project, indicator: Indicator) -> bool:
    """Whether some wave's wording is the name of a column of its file."""
    columns = {wave.id: {each.from_ for each in wave.variables.values() if each} for wave in project.waves}
    said = ((wave, words) for wave, asked in indicator.question.items() for words in asked.texts.values())
    return any(words in columns.get(wave, ()) for wave, words in said)
