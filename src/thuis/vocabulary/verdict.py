"""Whether a word is right in *this* text: by its role there, and by the text's day and genre.

A text of 2005 is not wrong for saying allochtoon, a law is not wrong for its own name, and an advice given
in 2025 is no judgement on a text of 1998.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from thuis.language.partial import first_day, last_day
from thuis.vocabulary.model import DISCOURAGED, Source, Term

LEVELS = ("fine", "consider", "replace")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``fine``, ``consider`` (a person decides) or ``replace``; ``why`` is a key of the text catalogue."""

    level: str
    why: str


def judge(
    term: Term,
    role: str,
    day: str,
    genre: str,
    sources: Mapping[str, Source] | None = None,
) -> Verdict:
    """The verdict on a term in a role, in a text of a day (partial) and genre.

    >>> from thuis.vocabulary import load_vocabulary
    >>> word = load_vocabulary().by_id["allochtoon"]
    >>> [judge(word, "use", day, "letter").level for day in ("2005", "2016-11-01", "2022-11-14")]
    ['fine', 'fine', 'replace']
    >>> judge(word, "quotation", "2022-11-14", "letter")
    Verdict(level='fine', why='quotation')
    """
    fine = _fine(term, role, day, genre)
    if fine:
        return Verdict("fine", fine)
    begin = since(term, sources or {})
    if begin and last_day(day) < begin[0]:
        return Verdict("fine", "before-its-status") if begin[1] else Verdict("consider", "younger-advice")
    if term.status == "under-review":
        return Verdict("consider", "under-review")
    if term.certainty == "disputed":
        return Verdict("consider", "disputed")
    return Verdict("replace", "advised-against")


def _fine(term: Term, role: str, day: str, genre: str) -> str | None:
    """Why nothing is wrong whatever the advice says; None when the advice has to be asked."""
    if term.status not in DISCOURAGED:
        return "status"
    if role != "use" and not (role == "name" and term.kind == "name"):
        return role
    if genre in term.allowed_in:
        return "genre"
    if term.valid_to and first_day(day) <= last_day(term.valid_to):
        return "in-its-time"
    return None


def since(term: Term, sources: Mapping[str, Source]) -> tuple[str, bool] | None:
    """The first day of a term's present status, and whether the vocabulary says so.

    When it does not, the day of the oldest dated source stands in: nobody could have known earlier.
    """
    if term.since:
        return first_day(term.since), True
    if term.valid_to:
        following = datetime.date.fromisoformat(last_day(term.valid_to)) + datetime.timedelta(days=1)
        return following.isoformat(), True
    dated = [source.date for each in term.sources if (source := sources.get(each)) and source.date]
    return (min(first_day(each) for each in dated), False) if dated else None
