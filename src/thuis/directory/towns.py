"""The municipalities and places that a query names, in capitals or not, and with a slip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from thuis.directory.lexicon import Lexicon, fold, lexicon, stop, words
from thuis.places import municipalities, resolve, spelling, villages
from thuis.places.contexts import WORDS
from thuis.places.names import written

BEFORE = frozenset({"in", "te", "gemeente", "rond", "bij", "near", "naar"})
"""Words behind which a place follows."""
ARTICLES = ("de", "het", "t", "den")
NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Taken:
    """A query without the names in it: the ``rest``, the municipalities meant, and the places named.

    A place is a town, village or neighbourhood that is no municipality, as it was written: what is there
    comes before what is elsewhere in its municipality.
    """

    rest: str
    codes: tuple[str, ...] = ()
    villages: tuple[tuple[str, tuple[str, ...]], ...] = ()


def taken_out(text: str, day: date, own: Mapping[str, tuple[str, ...]] = NONE) -> Taken:
    """A query without the municipalities and places it names, in capitals or not.

    :param own: a project's own places, as :func:`villages_to_find` has those of the table.
    """
    known = lexicon()
    pieces = text.split()
    rest: list[str] = []
    places: list[str] = []
    named: list[tuple[str, tuple[str, ...]]] = []
    index = 0
    while index < len(pieces):
        before = pieces[index - 1] if index else ""
        for size in range(min(5, len(pieces) - index), 0, -1):
            piece = " ".join(pieces[index : index + size])
            codes = _place(piece, day, known, before)
            there = () if codes else _village(piece, day, known, before, own)
            if codes or there:
                places += codes or there
                named += [(piece, codes or there)] * bool(there or _lies_in(piece, day, codes))
                index += size
                break
        else:
            rest.append(pieces[index])
            index += 1
    return Taken(" ".join(rest), tuple(dict.fromkeys(places)), tuple(named))


def _lies_in(piece: str, day: date, codes: tuple[str, ...]) -> bool:
    """Whether a name is of a place in the municipalities it stands for, and not their own."""
    key = letters(piece)
    own = {letters(municipalities()[code].name) for code in codes}
    return key not in own and key in villages_to_find(day)


def _place(piece: str, day: date, known: Lexicon, before: str) -> tuple[str, ...]:
    row = words(piece)
    if not row or row[0] in ("in", "te", "voor"):
        return ()
    article = len(row) == 2 and row[0] in ARTICLES
    last = row[-1]
    ordinary = last in stop() or known.knows(last) or spelling.key((last.replace("ij", "y"),)) in WORDS
    plain = (article or len(row) == 1) and (ordinary or len(last) < 4)
    capital = piece.rsplit(maxsplit=1)[-1][:1].isupper() if article else piece[:1].isupper()
    told = capital or (before.casefold() in BEFORE and not article)
    return () if plain and not told else _meant(piece, day)


def _village(
    piece: str, day: date, known: Lexicon, before: str, own: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The municipalities of a place. A name that is a word as well needs *in* before it, or a capital.

    Telephones write the first word of a query with a capital, so that one does not count.
    """
    row = words(piece)
    if not row or row[0] in ("in", "te", "voor") or (len(row) == 1 and row[0] in stop()):
        return ()
    key = letters(piece)
    short = len(row) == 1 and (known.knows(row[0]) or len(row[0]) < 4)
    word = short or (key in ordinary_villages() and key not in own)
    capital = bool(before) and piece.rsplit(maxsplit=1)[-1][:1].isupper()
    told = capital or (len(row) == 1 and before.casefold() in BEFORE)
    return () if word and not told else own.get(key) or villages_to_find(day).get(key, ())


def _meant(name: str, day: date) -> tuple[str, ...]:
    """A municipality of the day, or those that a name of another day may stand for, places of it too."""
    found = resolve(name, day)
    how, _, change = found.how.partition(";")
    there = villages_to_find(day).get(letters(name), ())
    if found.code and how in ("exact", "spelling", "other-name", "province"):
        return tuple(dict.fromkeys((found.code, *(there if change else ()))))
    if how not in ("ambiguous", "divided"):
        return ()
    return tuple(dict.fromkeys((*(each.code for each in found.candidates), *there)))


def letters(name: str) -> str:
    """The letters of a name run together: no capitals, accents, hyphens or spaces; ``ij`` and ``y`` alike."""
    return re.sub("[^a-z]", "", fold(name).replace("ij", "y"))


@cache
def places_to_find(day: date) -> dict[str, tuple[str, ...]]:
    """Every name a query may name a municipality by, its letters run together -> the codes it stands for.

    >>> from thuis.places import LAST
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


@cache
def villages_to_find(day: date) -> dict[str, tuple[str, ...]]:
    """Every town, village or neighbourhood, its letters run together -> the municipalities it lies in.

    >>> from thuis.places import LAST
    >>> villages_to_find(LAST)["egmondaanzee"], len(villages_to_find(LAST)["nes"])
    (('GM0373',), 3)
    """
    found: dict[str, tuple[str, ...]] = {}
    for each in villages.villages():
        for name in filter(None, (each.name, each.also)):
            key = letters(name)
            found[key] = tuple(sorted({*found.get(key, ()), *villages.around(each.code, day)}))
    return dict(sorted(found.items()))


@cache
def ordinary_villages() -> frozenset[str]:
    """The letters of names of places that are words as well."""
    names = ((each.name, each.also) for each in villages.villages() if each.word)
    return frozenset(letters(name) for both in names for name in both)
