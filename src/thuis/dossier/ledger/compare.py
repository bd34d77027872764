"""A register beside the ledger: which commitments are the same, where they differ, and what either lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from thuis.dossier.ledger.book import surname, words
from thuis.dossier.ledger.model import Entry
from thuis.dossier.ledger.table import last_day

_SHOWN = ("status", "date", "due", "to", "who")
Where = Literal["both", "register", "ledger"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One commitment and where it stands; ``differences`` are (field, in the register, in the ledger).

    ``reason`` says by what the two were taken for one.
    """

    where: Where
    register: Entry | None
    ledger: Entry | None
    reason: str = ""
    differences: tuple[tuple[str, str, str], ...] = ()


def compare(register: Sequence[Entry], ledger: Sequence[Entry]) -> list[Compared]:
    """Every commitment of a register and of a ledger, matched.

    The same GUID or number is the same commitment. Else two are taken for one when they are of the
    same day and share the person or two longer words, or when one tells no day and they share four of them.
    Each is matched once. Only promises of the ledger are looked at.

    >>> one = Entry("T01234", "de wet te evalueren in de praktijk", number="T01234", due="2024-01-01")
    >>> two = Entry("tz-1", "De wet in de praktijk evalueren.", number="T01234", due="2024-07-01")
    >>> [(c.where, c.differences) for c in compare([one], [two])]
    [('both', (('due', '2024-01-01', '2024-07-01'),))]
    """
    left = [each for each in ledger if each.promise]
    told: list[Compared] = []
    for entry in register:
        match = _best(entry, left)
        if not match:
            told.append(Compared("register", entry, None))
            continue
        other, reason = match
        left.remove(other)
        told.append(Compared("both", entry, other, reason, tuple(_differences(entry, other))))
    return [*told, *(Compared("ledger", None, each) for each in left)]


def twice(ledger: Sequence[Entry]) -> list[Compared]:
    """Lines of a ledger that may be one commitment: the one from a register, the other found in a letter.

    >>> one = Entry("T01234", "De wet in de praktijk te evalueren.", number="T01234", date="2024-01-01")
    >>> two = Entry("tz-1", "De wet in de praktijk evalueren.", letter="brief", date="2024-01-01")
    >>> [(each.register.id, each.ledger.id) for each in twice([one, two])]
    [('T01234', 'tz-1')]
    """
    known = [each for each in ledger if each.number and not each.letter and each.promise]
    found = [each for each in ledger if each.letter and not each.number]
    return [each for each in compare(known, found) if each.where == "both"]


def _best(entry: Entry, left: Sequence[Entry]) -> tuple[Entry, str] | None:
    for name in ("guid", "number"):
        value = getattr(entry, name)
        for other in left:
            if value and getattr(other, name) == value:
                return other, f"the same {name}"
    scored = [(_alike(entry, other), other) for other in left]
    best = max(scored, key=lambda pair: pair[0][0], default=None)
    return (best[1], best[0][1]) if best and best[0][0] > 0 else None


def _alike(one: Entry, other: Entry) -> tuple[float, str]:
    shared = words(f"{one.text} {one.sentence}") & words(f"{other.text} {other.sentence}")
    same_day = bool(one.date and one.date == other.date)
    same_person = bool(_people(one.to) & _people(other.to))
    if (same_day and (same_person or len(shared) >= 2)) or (
        not (one.date and other.date) and len(shared) >= 4
    ):
        score = len(shared) + 3.0 * same_day + 2.0 * same_person
        parts = ["the same day"] * same_day + ["the same person"] * same_person
        return score, ", ".join(
            [*parts, *([f"words in common: {' '.join(sorted(shared))}"] if shared else [])]
        )
    return 0.0, ""


def _people(names: str) -> set[str]:
    return {surname(each).split()[-1] for each in re.split(r",| en ", names) if surname(each)}


def _differences(one: Entry, other: Entry) -> Iterator[tuple[str, str, str]]:
    for name in _SHOWN:
        theirs, ours = getattr(one, name), getattr(other, name)
        if theirs and ours != theirs and not _same(name, theirs, ours):
            yield name, theirs, ours


def _same(name: str, theirs: str, ours: str) -> bool:
    if name in {"date", "due"}:
        return bool(ours) and last_day(theirs) == last_day(ours)
    if name == "to":
        return bool(_people(theirs) & _people(ours))
    return theirs.casefold() == ours.casefold()
