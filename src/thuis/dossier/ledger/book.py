"""What is done with a ledger: what is overdue, what is up for review, what a document may have fulfilled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thuis.dossier.ledger.model import NEXT, Entry, Proposal, Status
from thuis.dossier.ledger.table import last_day
from thuis.errors import ThuisError, unknown

_SMALL = {
    "heeft", "hebben", "inzake", "kamer", "omtrent", "rondom", "tijdens", "toezegging", "toezeggingen",
    "wordt", "deze", "zullen", "worden", "waarin", "daarom", "hierbij", "hiermee", "commissiedebat", "debat",
}  # fmt: skip


def overdue(entries: Iterable[Entry], today: date) -> list[tuple[Entry, int]]:
    """Open commitments whose term has passed, with the days since, the longest first.

    >>> late = Entry("a", "een brief", due="2022")
    >>> [(entry.id, days) for entry, days in overdue([late], date(2023, 1, 10))]
    [('a', 10)]
    """
    late = [
        (entry, (today - day).days)
        for entry in entries
        if entry.open and entry.due and (day := last_day(entry.due)) and day < today
    ]
    return sorted(late, key=lambda pair: (-pair[1], pair[0].id))


def counts(entries: Iterable[Entry], today: date) -> dict[str, int]:
    """How many promises are in each state, and beside them the overdue and what is no promise.

    The one count for pages and command line: an intention is never open.

    >>> counts([Entry("a", "x"), Entry("b", "y", kind="intention")], date(2023, 1, 1))
    {'open': 1, 'partly-met': 0, 'met': 0, 'lapsed': 0, 'overdue': 0, 'aside': 1}
    """
    listed = list(entries)
    states = Counter(each.code for each in listed if each.promise)
    told = {code: states[code] for code in ("open", "partly-met", "met", "lapsed")}
    return told | {"overdue": len(overdue(listed, today)), "aside": sum(not each.promise for each in listed)}


def for_review(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Open commitments not looked at in this half-year: the review round of the Eerste Kamer.

    >>> [e.id for e in for_review([Entry("a", "x", reviewed="2022-03-01")], date(2022, 8, 1))]
    ['a']
    """
    start = date(today.year, 1 if today.month < 7 else 7, 1)
    return [
        entry
        for entry in entries
        if entry.open and not (entry.reviewed and (day := last_day(entry.reviewed)) and day >= start)
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a document that tells of a promise, as the search for fulfilment needs it."""

    document: str
    day: date | None
    sentence: str
    to: str = ""
    made: date | None = None


_DONE = re.compile(
    r"\b(?:hierbij|hiermee|met deze brief|bij dezen|gestand|voldoe|uitvoering aan|kom ik\b[^.]*\bna|"
    r"zoals toegezegd|conform)\b",
    re.I,
)
_PROGRESS = re.compile(r"\bstand van zaken\b|\bvoortgang\b|\btussenstand\b|\bdeels\b", re.I)


def propose(entries: Iterable[Entry], told: Sequence[Told], known: Sequence[Proposal] = ()) -> list[Proposal]:
    """Proposals that a document fulfilled a commitment, the surest first. Nothing is decided here.

    A sentence counts when it says that a promise is kept ("hiermee voldoe ik aan mijn toezegging") or how
    it stands. The same day of the promise counts 0.4, the same person 0.3, words in common up to 0.3; from
    0.5 on it is proposed. A document from before the promise, and a pair that was decided, are left out.
    """
    taken = {(each.commitment, each.document) for each in known}
    numbers = [int(each.id[1:]) for each in known if re.fullmatch(r"p\d+", each.id)]
    found: list[Proposal] = []
    for entry in entries:
        best = max(
            (
                each
                for tell in told
                if (each := _match(entry, tell)) and (entry.id, tell.document) not in taken
            ),
            key=lambda each: float(each.score),
            default=None,
        )
        if best:
            found.append(best)
    found.sort(key=lambda each: (-float(each.score), each.commitment))
    return [replace(each, id=f"p{max(numbers, default=0) + n}") for n, each in enumerate(found, 1)]


def _match(entry: Entry, tell: Told) -> Proposal | None:
    promised = last_day(entry.date) if entry.date else None
    if not entry.open or (promised and tell.day and tell.day < promised):
        return None
    done, progress = _DONE.search(tell.sentence), _PROGRESS.search(tell.sentence)
    if not done and not progress:
        return None
    reasons: list[str] = []
    score = 0.0
    if tell.made and promised == tell.made:
        score += 0.4
        reasons.append(f"same day, {tell.made.isoformat()}")
    if entry.to and tell.to and surname(entry.to) == surname(tell.to):
        score += 0.3
        reasons.append(f"to the same person, {tell.to}")
    shared = sorted(words(entry.text) & words(tell.sentence))
    if shared:
        score += min(0.3, 0.1 * len(shared))
        reasons.append(f"words in common: {', '.join(shared)}")
    if score < 0.5:
        return None
    status: Status = "Deels Voldaan" if progress and entry.status == "Openstaand" else "Voldaan"
    reasons.append("tells how it stands" if progress else "says that the promise is kept")
    when = tell.day.isoformat() if tell.day else ""
    return Proposal(
        "", entry.id, tell.document, when, status, tell.sentence, "; ".join(reasons), f"{score:.2f}"
    )


def surname(name: str) -> str:
    """A person's name without address and party, in small letters."""
    return (
        re.sub(r"^(?:de heer|mevrouw|het lid|lid|de leden)\s+|\s*\(.*", "", name, flags=re.I).strip().lower()
    )


def words(text: str) -> set[str]:
    """The longer words of a text that say what it is about."""
    return {word for word in re.findall(r"[a-zà-ÿ]{5,}", text.lower()) if word not in _SMALL}


def decide(
    entries: Sequence[Entry], proposals: Sequence[Proposal], which: str, accept: bool, by: str, on: date
) -> tuple[list[Entry], list[Proposal]]:
    """The ledger and the proposals after a person accepted or rejected one.

    :raises ThuisError: for a proposal that is not there or was decided before, without a name, and for a step
        between states that is not allowed.
    """
    found = next((each for each in proposals if each.id == which), None)
    if found is None:
        raise ThuisError(unknown("proposal", which, [p.id for p in proposals if p.state == "open"]))
    if found.state != "open":
        raise ThuisError(f"{which} was {found.state} by {found.by} on {found.on}")
    if not by.strip():
        raise ThuisError("who decides?", expected="the name of a person")
    entry = next((each for each in entries if each.id == found.commitment), None)
    if entry is None:
        raise ThuisError(unknown("commitment", found.commitment, [each.id for each in entries]))
    changed = list(entries)
    if accept:
        if found.status not in NEXT[entry.status]:
            what = f"{entry.id} is {entry.status} and cannot become {found.status}"
            raise ThuisError(what, available=NEXT[entry.status], step="change commitments.csv by hand")
        new = replace(entry, status=found.status, fulfilled_by=found.document, fulfilled_on=found.date)
        changed = [new if each.id == entry.id else each for each in entries]
    state = replace(found, state="accepted" if accept else "rejected", by=by.strip(), on=on.isoformat())
    return changed, [state if each.id == which else each for each in proposals]
