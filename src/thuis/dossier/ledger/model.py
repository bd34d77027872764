"""The nouns of the ledger: a commitment as Parliament keeps it, and a proposal that it has been fulfilled."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

Status = Literal["Openstaand", "Voldaan", "Deels Voldaan", "Vervallen"]
STATUSES: tuple[Status, ...] = ("Openstaand", "Voldaan", "Deels Voldaan", "Vervallen")
"""The four states of the Tweede Kamer's register."""

CODES: dict[Status, str] = {
    "Openstaand": "open",
    "Voldaan": "met",
    "Deels Voldaan": "partly-met",
    "Vervallen": "lapsed",
}
"""The same states in the data folder."""

KINDS = ("new", "repeated", "conditional", "by-reference", "request", "refused", "intention")
NEXT: dict[Status, tuple[Status, ...]] = {
    "Openstaand": ("Deels Voldaan", "Voldaan", "Vervallen"),
    "Deels Voldaan": ("Voldaan", "Vervallen"),
    "Voldaan": (),
    "Vervallen": (),
}
"""Which state may follow which; a closed commitment is opened again by hand, with a note."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of ``commitments.csv``. Every field is text as written; empty is not known.

    Dates are ISO and may be a year or a month. ``letter``, ``where`` and ``sentence`` are the proof: the
    letter's id, the block or note, and the sentence as it stands there. ``guid``, ``number``, ``activity``,
    ``ministry``, ``who`` (the office) and ``name`` (the person) are fields of the Tweede Kamer's register.
    """

    id: str
    text: str
    kind: str = "new"
    status: Status = "Openstaand"
    who: str = ""
    name: str = ""
    ministry: str = ""
    to: str = ""
    date: str = ""
    debate: str = ""
    debate_id: str = ""
    due: str = ""
    term: str = ""
    reviewed: str = ""
    themes: str = ""
    letter: str = ""
    where: str = ""
    sentence: str = ""
    fulfilled_by: str = ""
    fulfilled_on: str = ""
    repeats: str = ""
    supplements: str = ""
    changes: str = ""
    guid: str = ""
    number: str = ""
    activity: str = ""
    note_nl: str = ""
    note_en: str = ""

    @property
    def code(self) -> str:
        """The state as the data folder names it."""
        return CODES[self.status]

    @property
    def promise(self) -> bool:
        """Whether it is a promise; an intention, a request or a refusal is kept beside them."""
        return self.kind in {"new", "repeated", "conditional"}

    @property
    def open(self) -> bool:
        """Whether it is a promise of which something is still to be done."""
        return self.promise and self.status in {"Openstaand", "Deels Voldaan"}

    def as_dict(self) -> dict[str, Any]:
        """The fields that are not empty."""
        return {name: value for name in COLUMNS if (value := getattr(self, name))}


COLUMNS = tuple(each.name for each in fields(Entry))

State = Literal["open", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of ``proposals.csv``: a document may have fulfilled a commitment. A person decides.

    ``status`` is the state it proposes; ``reasons`` say why; ``score`` is from 0 to 1 and orders them.
    """

    id: str
    commitment: str
    document: str
    date: str
    status: Status
    sentence: str
    reasons: str
    score: str
    state: State = "open"
    by: str = ""
    on: str = ""


PROPOSAL_COLUMNS = tuple(each.name for each in fields(Proposal))
