"""Whose something is: the organisation that a submitter names, and the one to which a record belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils.text import slugify

from thuis.directory.lexicon import fold
from thuis.directory.model import Initiative as Record
from thuis.live import log
from thuis.live.models import Initiative, Organisation, User

NAME = "organization"
"""The cell of the directory's table that holds it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whose something is by what a form says: one that is known, the cells with its name, what is wrong."""

    known: Organisation | None
    cells: dict[str, str]
    wrong: Mapping[str, str]

    def kind(self, given: str) -> str:
        """The kind of organisation: known, whatever somebody chose, or else what they chose."""
        return (self.known.kind if self.known else "") or given


def answered(key: str, cells: Mapping[str, str]) -> Answer:
    """The organisation of a form: chosen by its key, or written by its name. Both, of two, is neither.

    :param key: of the one that was chosen; nothing for another one.
    :returns: with what is wrong as keys of the catalogue, by question.
    """
    written = cells.get(NAME, "")
    if not key:
        found = named(written)
        return Answer(found, {**cells, NAME: found.name if found else written}, {})
    found = Organisation.objects.filter(key=key).first()
    if found is None:
        return Answer(None, dict(cells), {"organisation": "wrong.choose"})
    if written and _same(written) != _same(found.name):
        return Answer(None, dict(cells), {NAME: "wrong.both"})
    return Answer(found, {**cells, NAME: found.name}, {})


def named(name: str) -> Organisation | None:
    """The organisation of a name, whatever its capitals, accents and spaces; none where two are called so."""
    wanted = _same(name)
    found = [each for each in Organisation.objects.all() if _same(each.name) == wanted] if wanted else []
    return found[0] if len(found) == 1 else None


def _same(name: str) -> str:
    return " ".join(fold(name).split())


def owner(record: Record) -> Organisation | None:
    """To which organisation a record belongs: as was decided here, else by its name."""
    ours = Initiative.objects.select_related("organisation").filter(key=record.id).first()
    return (ours.organisation if ours else None) or named(record.organization or "")


def add(name: str, kind: str, by: User) -> Organisation:
    """Let submitters choose an organisation from now on, and roles be given in it."""
    key = keyed(name, "o")
    if Organisation.objects.filter(key=key).exists():
        key = f"{key[:50]}-{_digest(name)}"
    made, new = Organisation.objects.get_or_create(key=key, defaults={"name": name[:200], "kind": kind})
    if new:
        log.write(f"user {by.pk}", "added", f"organisation {made.pk}")
    return made


def keyed(text: str, otherwise: str) -> str:
    """A key for addresses made of a text; letters of other scripts make none: a digest of them does.

    >>> keyed("Stichting De Linde", "o"), keyed("مرحبا", "o")
    ('stichting-de-linde', 'o-80eff1a7')
    """
    return slugify(text)[:60] or f"{otherwise}-{_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
