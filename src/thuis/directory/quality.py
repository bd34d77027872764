"""How much a record helps somebody who wants to go there: a score with its reasons, and what to add first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from thuis.contract.base import Text
from thuis.directory.lexicon import words
from thuis.directory.model import Initiative
from thuis.directory.validate import faults
from thuis.language import LANGUAGES, texts


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing a record may have: its points, whether it has it, and what to add where it has not."""

    id: str
    points: int
    has: bool
    add: Text


@dataclass(frozen=True, slots=True)
class Quality:
    """A score from 0 to 100: the points a record has of those it could have."""

    score: int
    aspects: tuple[Aspect, ...]

    @property
    def add(self) -> tuple[Text, ...]:
        """What to add, the most helpful first."""
        missing = sorted((each for each in self.aspects if not each.has), key=lambda each: -each.points)
        return tuple(each.add for each in missing)

    def as_dict(self) -> dict[str, Any]:
        """For a machine."""
        return {
            "score": self.score,
            "has": [each.id for each in self.aspects if each.has],
            "lacks": [each.id for each in self.aspects if not each.has],
            "add": list(self.add),
        }


Test = Callable[[Initiative, date], bool]


def _contact(record: Initiative, _: date) -> bool:
    contact = record.contact
    return bool(contact and (contact.phone or contact.email))


def _described(record: Initiative, _: date) -> bool:
    return any(len(words(text)) >= 12 for text in record.description.values())


def _placed(record: Initiative, _: date) -> bool:
    return bool(record.municipality or record.areas) or record.scope == "country"


def _fresh(record: Initiative, today: date) -> bool:
    checked, due = record.provenance.checked_on, record.provenance.check_due
    return bool(checked and (due is None or due >= today) and (today - checked).days <= 731)


ASPECTS: tuple[tuple[str, int, Test], ...] = (
    ("description", 15, _described),
    ("contact", 15, _contact),
    ("place", 12, _placed),
    ("address", 8, lambda r, _: any(w.address or w.name for w in r.where)),
    ("time", 10, lambda r, _: any(s.freq or s.dtstart or s.description for s in r.schedules)),
    ("checked", 12, _fresh),
    ("audience", 6, lambda r, _: bool(r.audience)),
    ("form", 6, lambda r, _: bool(r.form)),
    ("theme", 4, lambda r, _: bool(r.themes)),
    ("price", 4, lambda r, _: r.price != "unknown"),
    ("languages", 3, lambda r, _: bool(r.languages)),
    ("accessibility", 3, lambda r, _: any(w.accessibility for w in r.where)),
    ("link", 2, lambda r, _: bool(r.url)),
)
"""What a record may have, its points, and how to see that it has it; what to add is in the catalogue."""


@cache
def _add(name: str) -> Text:
    return {language: texts("directory", language)(f"add.{name}") for language in LANGUAGES}


def quality(record: Initiative, today: date) -> Quality:
    """The score of a record with reasons; a value that is no such value (``email: no``) gives no points.

    >>> bare = quality(Initiative(id="a", name="A"), date(2026, 1, 1))
    >>> bare.score, bare.add[0]["en"]
    (0, 'Describe in a few sentences what happens (12 words or more).')
    """
    wrong = {each.field for each in faults(record, today)}
    spoilt = {
        "contact": {"email", "phone"},
        "place": {"municipality", "areas"},
        "link": {"url"},
        "time": {"opens_at", "closes_at", "byday", "freq"},
        "languages": {"languages"},
        "audience": {"audience"},
        "form": {"form"},
        "address": {"postcode"},
        "checked": {"checked_on", "check_due"},
    }
    aspects = tuple(
        Aspect(name, points, test(record, today) and not wrong & spoilt.get(name, set()), _add(name))
        for name, points, test in ASPECTS
    )
    total = sum(each.points for each in aspects)
    return Quality(round(100 * sum(each.points for each in aspects if each.has) / total), aspects)
