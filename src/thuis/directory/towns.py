"""The municipalities that a query names, in capitals or not, and with a slip."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from thuis.directory.lexicon import Lexicon, fold, lexicon, stop, words
from thuis.places import resolve, spelling
from thuis.places.contexts import WORDS
from thuis.places.names import written


def taken_out(text: str, day: date) -> tuple[str, tuple[str, ...]]:
    """A query without the municipalities it names, in capitals or not."""
    known = lexicon()
    pieces = text.split()
    rest: list[str] = []
    places: list[str] = []
    index = 0
    while index < len(pieces):
        for size in range(min(5, len(pieces) - index), 0, -1):
            piece = " ".join(pieces[index : index + size])
            codes = _place(piece, day, known, pieces[index - 1] if index else "")
            if codes:
                places += codes
                index += size
                break
        else:
            rest.append(pieces[index])
            index += 1
    return " ".join(rest), tuple(dict.fromkeys(places))


def _place(piece: str, day: date, known: Lexicon, before: str) -> tuple[str, ...]:
    row = words(piece)
    word = len(row) == 1 and (row[0] in stop() or known.knows(row[0]) or spelling.key(tuple(row)) in WORDS)
    plain = word or (len(row) == 1 and len(row[0]) < 4)
    told = before.casefold() in ("in", "te", "gemeente", "rond", "bij", "near", "naar") or piece[:1].isupper()
    if not row or (plain and not told) or row[0] in ("in", "te", "voor"):
        return ()
    return _meant(piece, day)


def _meant(name: str, day: date) -> tuple[str, ...]:
    found = resolve(name, day)
    if found.code and found.how.split(";")[0] in ("exact", "spelling", "other-name", "province"):
        return (found.code,)
    return tuple(each.code for each in found.candidates) if found.how in ("ambiguous", "divided") else ()


def letters(name: str) -> str:
    """The letters of a name run together: no capitals, accents, hyphens or spaces; ``ij`` and ``y`` alike."""
    return re.sub("[^a-z]", "", fold(name).replace("ij", "y"))


@cache
def places_to_find(day: date) -> dict[str, tuple[str, ...]]:
    """Every name a query may name a municipality by, its letters run together -> the codes it stands for.

    >>> found = places_to_find(LAST)
    >>> found["denhaag"], found["sgravenhage"], len(found["bergen"])
    (('GM0518',), ('GM0518',), 2)
    """
    found: dict[str, tuple[str, ...]] = {}
    for _, name, _ in written():
        codes = _meant(name, day)
        if codes:
            found.setdefault(letters(name), codes)
    return dict(sorted(found.items()))
