"""Municipalities, provinces and Flanders promise as a cabinet does: "Het college informeert uw raad in mei".

Who governs there and who is told are read as cabinet and chamber, so that one grammar serves them all. Only
together: "het college" alone is any board, and "de raad" any council.
"""

from __future__ import annotations

import re

from thuis.dossier.commitments.expressions import has, rx

_SUBJECTS = (
    r"(?:het college(?: van (?:burgemeester en wethouders|b (?:en|&) w|b&w|gedeputeerde staten))?"
    r"|burgemeester en wethouders|gedeputeerde staten|het dagelijks bestuur"
    r"|de (?:wethouder|gedeputeerde|burgemeester|portefeuillehouder)|wethouder (?-i:[A-Z])[\w-]+"
    r"|de (?:Vlaamse|federale|Brusselse|Waalse) regering)"
)
_SUBJECT = rx(rf"\b{_SUBJECTS}(?!\w)")
_ADDRESSED = rx(
    r"\b(?:(?-i:uw) raad|uw (?:gemeenteraad|staten)|(?:de )?provinciale staten|de gemeenteraad)(?!\w)"
)
_COUNCIL = re.compile(r"\b[Dd]e raad\b(?! van\b)|\b[Hh]et (?:Vlaams )?[Pp]arlement\b")
_WORDS = (
    "college", "wethouder", "gedeputeerde", "burgemeester", "dagelijks bestuur", "portefeuillehouder",
    "regering", "raad", "staten", "parlement",
)  # fmt: skip
_WE = rx(r"\b(?:wij|we|ik)\b")
Edges = tuple[tuple[int, int, int, int], ...]
"""Of each part that was read as another: where it stands now, and where it stood."""


def as_national(sentence: str) -> tuple[str, Edges]:
    """A sentence with its government and council named as cabinet and chamber, and where that was done.

    >>> as_national("Het college informeert uw raad in mei.")[0]
    'het kabinet informeert uw Kamer in mei.'
    >>> as_national("Het college bestaat uit vijf leden.")[0]
    'Het college bestaat uit vijf leden.'
    """
    if not has(sentence.lower(), _WORDS):
        return sentence, ()
    subjects = list(_SUBJECT.finditer(sentence))
    houses = list(_ADDRESSED.finditer(sentence))
    if subjects or (houses and _WE.search(sentence)):
        houses += _COUNCIL.finditer(sentence)
    if not houses or not (subjects or _WE.search(sentence) or _is_told(houses)):
        return sentence, ()
    names = {each.span(): "het kabinet" for each in subjects}
    names.update({each.span(): "uw Kamer" if "uw" in each[0].lower()[:2] else "de Kamer" for each in houses})
    text, edges, done = "", [], 0
    for (start, end), name in sorted(names.items()):
        if start < done:
            continue
        text += sentence[done:start]
        edges.append((len(text), len(text) + len(name), start, end))
        text += name
        done = end
    return text + sentence[done:], tuple(edges)


def _is_told(houses: list[re.Match[str]]) -> bool:
    return any(each[0].lower().startswith("uw ") for each in houses)


def where(place: int, edges: Edges, *, end: bool = False) -> int:
    """The place in the sentence as it was written of a place in the sentence as it was read.

    >>> text, edges = as_national("De Vlaamse Regering zal het Vlaams Parlement informeren.")
    >>> where(text.index("informeren"), edges)
    45
    """
    moved = 0
    for begins, ends, was, been in edges:
        if place < begins:
            break
        if place < ends or (end and place == ends):
            return been if end else was
        moved = been - ends
    return place + moved
