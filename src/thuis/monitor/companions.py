"""What stands beside the figures of a monitor: its dossier, its vocabulary, and its own words held to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thuis.contract.written import dump
from thuis.errors import Place
from thuis.monitor.first import ACT, DOSSIER
from thuis.project.model import Project
from thuis.vocabulary import Text, load_vocabulary, screen_texts

if TYPE_CHECKING:
    from thuis.contract.base import Record
    from thuis.directory.load import Directory


def companions(
    project: Project, directory: Directory | None = None, *, written: bool = True
) -> dict[str, bytes | Record]:
    """``dossier.json`` with its downloads, ``vocabulary.json`` and the directory, where the project has them.

    :param directory: what :func:`directory_of` read, when it was read before.
    :param written: also the files of the directory; nothing is wrong with those of one that could be read.
    :raises ThuisError: with everything wrong in ``letters/``, the ledger, ``vocabulary/``, or the directory.
    """
    extras: dict[str, bytes | Record] = {}
    if DOSSIER & {each.name for each in project.folder.iterdir()}:
        from thuis.dossier.downloads import dossier_files

        themes = [each.id for each in project.settings.themes]
        extras = dossier_files(project.folder, themes, project.released, project.settings.namespace)
    own = project.folder / "vocabulary"
    if own.is_dir():
        from thuis.vocabulary import vocabulary_record

        extras["vocabulary.json"] = vocabulary_record(load_vocabulary(own), project.released.isoformat())
    found = directory or directory_of(project)
    if written and found and not found.empty:
        from thuis.contract.dossier import Dossier
        from thuis.directory.folder import files
        from thuis.monitor.named import named

        dossier = extras.get("dossier.json")
        naming = named(dossier, project.released) if isinstance(dossier, Dossier) else {}
        extras |= files(found, project.released, naming, project.settings.namespace)
    return extras


def as_bytes(extras: Mapping[str, bytes | Record]) -> dict[str, bytes]:
    """Files as they are published."""
    return {
        name: each if isinstance(each, bytes) else dump(each.plain()).encode()
        for name, each in extras.items()
    }


def directory_of(project: Project) -> Directory | None:
    """What the project holds of initiatives, grants and what works; another does not wait for its reader."""
    if not ACT & {each.name for each in project.folder.iterdir()}:
        return None
    from thuis.directory.load import load

    return load(project.folder, project.released)


def to_look_at(found: Directory | None) -> list[str]:
    """What a person should look at in the directory before it is published: personal data, odd links."""
    if found is None:
        return []
    return [f"{place}, {each.field}: {each.what}: {each.text}" for place, each in found.remarks()]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the monitor's own texts that the vocabulary asks to reconsider."""

    where: str
    text: str
    level: str
    sentence: str
    instead: tuple[str, ...]

    def __str__(self) -> str:
        advice = f"; rather: {' / '.join(self.instead)}" if self.instead else ""
        return f"{self.where}: {self.text!r}, {self.level}{advice}"


def own_words(project: Project) -> list[Word]:
    """The words in titles, descriptions, categories and pages that the vocabulary would not use today.

    Questions are left alone: they stand as they were asked.
    """
    own = project.folder / "vocabulary"
    vocabulary = load_vocabulary(own if own.is_dir() else None)
    found = screen_texts(_texts(project), vocabulary, today=project.released.isoformat())
    return [
        Word(
            each.where,
            each.hit.text,
            each.hit.level,
            each.hit.sentence,
            tuple(str(reply.text) for reply in each.hit.replacements),
        )
        for each in found
    ]


def _texts(project: Project) -> Iterator[Text]:
    def said(value: Any, kind: str, id_: str, path: tuple[str | int, ...]) -> Iterator[Text]:
        for language, words in (value or {}).items():
            where: Place = project.place(kind, id_, (*path, language))
            yield Text(str(where), words, language)

    for name in ("title", "description"):
        yield from said(getattr(project, name), "thuis", "", (name,))
    for number, theme in enumerate(project.settings.themes):
        for name in ("title", "description"):
            yield from said(getattr(theme, name), "thuis", "", ("themes", number, name))
    for breakdown in project.breakdowns.values():
        for name in ("title", "description"):
            yield from said(getattr(breakdown, name), "breakdowns", breakdown.id, (name,))
        for number, category in enumerate(breakdown.categories):
            for name in ("title", "description"):
                path = ("categories", number, name)
                yield from said(getattr(category, name), "breakdowns", breakdown.id, path)
    for indicator in project.indicators:
        for name in ("title", "measures", "notes"):
            yield from said(getattr(indicator, name), "indicators", indicator.id, (name,))
        for wave, question in indicator.question.items():
            date = project.wave(wave).field.start.isoformat()
            for language, wording in question.texts.items():
                where = project.place("indicators", indicator.id, ("question", wave, language))
                yield Text(str(where), wording, language, date, quoted=True)
    for page in project.pages:
        for language, body in page.body.items():
            yield Text(f"pages/{page.slug}.{language}.md", body, language, format="markdown")
