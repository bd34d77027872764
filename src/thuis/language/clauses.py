"""The clause of an indicator: what is true of those it counts, with a place for who and for how often.

``{who} ervaren {often} discriminatie`` makes *Alle 7 groepen ervaren vaker discriminatie: …* of a headline
that would otherwise need its kicker to be understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from thuis.language import texts
from thuis.language.letters import opened
from thuis.language.numbers import number, percent
from thuis.language.sentences import AREA

Form = Literal["all", "some", "most", "more"]
"""Whom a headline puts in front: all groups, so many of them, one clear of all others, or one of two."""
Verdict = Literal["higher", "lower"]
PLACES = ("who", "often")
_PLACE = re.compile(r"\{([^{}]*)\}")


def misplaced(says: str) -> str:
    """What is wrong with a clause: each place stands in it once, and no other; nothing when it is right.

    >>> misplaced("{who} experience discrimination {often}"), misplaced("{who} feel {ofen} at home")
    ('', "'{who}, {ofen}'")
    """
    found = _PLACE.findall(says)
    bare = _PLACE.sub("", says)
    if sorted(found) == sorted(PLACES) and not {"{", "}"} & set(bare):
        return ""
    return repr(", ".join(f"{{{each}}}" for each in found) or says)


def shares(ends: tuple[float, float], language: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Two percentages as a headline writes them: in people, and shorter.

    >>> shares((51.6, 8.7), "nl")
    (('52 op de 100', '9'), ('52%', '9%'))
    """
    x, y = (number(each, 0, language) for each in ends)
    one, other = (percent(each, 0, language) for each in ends)
    return (texts(AREA, language)("heading.in-hundred", x=x), y), (one, other)


def several(form: Form, count: int, of: int, language: str) -> tuple[str, ...]:
    """Who differs, when it is not one group, the fullest first.

    >>> several("all", 7, 7, "en"), several("some", 5, 7, "nl"), several("most", 5, 7, "nl")
    (('All 7 groups', 'All groups'), ('5 van de 7 groepen',), ())
    """
    t = texts(AREA, language)
    if form == "all":
        return (t("contrast.all", count=count), t("heading.clause.everyone"))
    return (t("heading.clause.some", count=count, all=of),) if form == "some" else ()


def told(says: str, form: Form, verdict: str, who: Iterable[str], language: str) -> list[str]:
    """The clause of each that may stand in front and has a name; none where the indicator has no clause.

    >>> told("{who} stemmen {often}", "most", "lower", ["migranten"], "nl")
    ['Migranten stemmen het minst vaak']
    """
    often = texts(AREA, language)(f"heading.clause.often.{'most' if form == 'most' else 'more'}.{verdict}")
    clause = says.replace("{often}", often)
    return [opened(clause.replace("{who}", each), language) for each in who if clause and each]


def headlines(
    says: str,
    form: Form,
    verdict: Verdict,
    who: Iterable[str],
    ends: tuple[float, float],
    references: Sequence[str],
    language: str,
) -> list[str]:
    """Headlines with the clause, the fullest first: without the reference only where it is not one group that
    is *more often* than another, and without a number before without a verb.

    :param who: the groups in front, as people in the plural.
    :param ends: their percentage and that of the reference (0-100).

    >>> headlines("{who} vote {often}", "most", "lower", ["people of X"], (48.2, 81), ["others"], "en")[1]
    'People of X vote least often: 48%, others 81%'
    """
    t = texts(AREA, language)
    clauses = told(says, form, verdict, who, language)
    written = shares(ends, language)
    key = f"heading.clause.{'one' if form in ('most', 'more') else 'all'}.{verdict}"
    full = [
        t(key, clause=clause, x=one, reference=name, y=other)
        for clause in clauses
        for one, other in written
        for name in references
    ]
    if form == "more":
        return [
            *full,
            *(t("heading.clause.than", clause=c, reference=name) for c in clauses for name in references),
        ]
    bare = [t(f"{key}-bare", clause=clause, x=one) for clause in clauses for one, _ in written]
    return [*full, *bare, *clauses]
