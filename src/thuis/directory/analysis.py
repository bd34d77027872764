"""From a text to the words it is found by, and from a query to what it asks: one analysis for all pages.

A word is found by itself, by its stem in both languages, by the parts of a compound, and by words with the
same meaning. A name (of a place or an organisation) is found by itself alone: *senior* must not find
Ouder-Amstel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from thuis.directory.lexicon import Lexicon, fold, lexicon, stems, stop, words
from thuis.places import LAST, resolve, spelling
from thuis.places.contexts import WORDS
from thuis.places.names import written
from thuis.places.text import named

EXACT, STEM, PART, GROUP, PLACE = "=", "", "+", "#", "@"
"""What a term begins with: a word as written, a stem, a part of a compound, a meaning, a municipality."""
WEIGHT = {EXACT: 1.0, STEM: 1.0, PART: 0.6, GROUP: 0.55, PLACE: 1.0}


def kind(term: str) -> str:
    """What a term is, by the sign it begins with."""
    return term[0] if term[:1] in (EXACT, PART, GROUP, PLACE) else STEM


def name_terms(text: str) -> frozenset[str]:
    """What the name of an organisation is found by: its words, nothing that means the same.

    >>> sorted(name_terms("Senioren Raalte"))
    ['=raalte', '=senioren']
    """
    return frozenset(f"{EXACT}{word}" for word in words(text) if word not in stop())


@lru_cache(maxsize=100_000)
def terms(text: str, day: date = LAST) -> frozenset[str]:
    """What a text is found by. Municipalities that it names count as places and not as words.

    >>> found = terms("Buurtmaaltijd voor senioren in Ouder-Amstel")
    >>> "#older" in found, "+maaltijd" in found, "@GM0437" in found, "=ouder" in found
    (True, True, True, False)
    """
    found: set[str] = set()
    rest, last = [], 0
    for mention in named(text, day):
        if mention.code:
            found.add(f"{PLACE}{mention.code}")
            rest.append(text[last : mention.start])
            last = mention.end
    rest.append(text[last:])
    for piece in rest:
        found |= _phrases(piece)
    return frozenset(found)


def _phrases(text: str) -> set[str]:
    known = lexicon()
    row = words(text)
    found: set[str] = set()
    for word in row:
        if word not in stop():
            found |= word_terms(word)
    for group in _groups_of_phrases(known, row):
        found |= _with_broader(known, group)
    return found


def _groups_of_phrases(known: Lexicon, row: list[str]) -> Iterator[str]:
    for size in (2, 3, 4):
        for start in range(len(row) - size + 1):
            group = known.phrases.get(tuple(row[start : start + size]))
            if group:
                yield group


def _with_broader(known: Lexicon, group: str) -> set[str]:
    return {f"{GROUP}{each}" for each in (group, *known.broader.get(group, ()))}


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> frozenset[str]:
    """What one folded word is found by.

    >>> sorted(word_terms("taalcafe"))
    ['#cafe', '#language', '#meet', '+cafe', '+taal', '=taalcafe', 'taalcaf', 'taalcafe']
    """
    known = lexicon()
    found = {f"{EXACT}{word}", *stems(word)}
    for group in known.groups(word):
        found |= _with_broader(known, group)
    for part in known.split(word):
        found |= {f"{PART}{stem}" for stem in stems(part)}
        for group in known.groups(part):
            found |= _with_broader(known, group)
    return frozenset(found)


def meanings(*texts: str, day: date = LAST) -> tuple[str, ...]:
    """The groups of meaning that texts are found by, broader ones too.

    >>> meanings("Seniorenkoor", "Wij zingen")
    ('culture', 'music', 'older')
    """
    return tuple(sorted({term[1:] for text in texts for term in terms(text, day) if kind(term) == GROUP}))


def parts(*texts: str) -> tuple[str, ...]:
    """The parts of the compounds in texts.

    >>> parts("Seniorenkoor")
    ('koor', 'senioren')
    """
    every = {word for text in texts for word in words(text)} - stop()
    return tuple(sorted({part for word in every for part in lexicon().split(word)}))


@cache
def words_of(group: str) -> frozenset[str]:
    """The words of a group of meaning, phrases taken apart."""
    return frozenset(word for surface in lexicon().surface[group] for word in words(surface)) - stop()


@dataclass(frozen=True, slots=True)
class Asked:
    """One word (or run of words) of a query and what may satisfy it.

    ``ways`` are alternatives; each is a set of terms that must all be there, with a weight. ``loose`` are
    alternatives for when there is nothing else: one part of a compound, the first before the last.
    """

    text: str
    ways: tuple[tuple[float, frozenset[str]], ...]
    loose: tuple[tuple[float, frozenset[str]], ...] = ()


def asked(word: str) -> Asked:
    """What a query's word asks for: the word, its stems, its meanings, or all parts of the compound it is."""
    known = lexicon()
    ways: list[tuple[float, frozenset[str]]] = [(1.2, frozenset({f"{EXACT}{word}"}))]
    ways += [(1.0, frozenset({stem})) for stem in sorted(stems(word))]
    ways += [(0.85, frozenset({f"{PART}{stem}"})) for stem in sorted(stems(word))]
    ways += [(0.7, frozenset({f"{GROUP}{group}"})) for group in sorted(known.groups(word))]
    parts = known.split(word)
    if parts:
        ways.append((0.7, frozenset(_best_of(part) for part in parts)))
        ways.append((0.85, frozenset(f"{PART}{_shortest(part)}" for part in parts)))
        ways.append((0.8, frozenset(_shortest(part) for part in parts)))
    loose: list[tuple[float, frozenset[str]]] = []
    for weight, part in zip((0.5, 0.35, 0.35, 0.35), parts or known.ends(word), strict=False):
        # A part is no word of the query: it must not find the name of an organisation.
        loose += [(way * weight, terms) for way, terms in asked(part).ways if f"{EXACT}{part}" not in terms]
    return Asked(word, tuple(ways), tuple(loose))


def _shortest(part: str) -> str:
    """The shortest stem, the first by letter of those equally short: the same in every run."""
    return min(stems(part), key=lambda each: (len(each), each))


def _best_of(part: str) -> str:
    groups = sorted(lexicon().groups(part))
    return f"{GROUP}{groups[0]}" if groups else f"{PART}{_shortest(part)}"


@dataclass(frozen=True, slots=True)
class Question:
    """A query: its words, and the municipalities it names."""

    asked: tuple[Asked, ...]
    places: tuple[str, ...] = ()


def question(text: str, day: date = LAST) -> Question:
    """A query taken apart.

    >>> question("taalcafe den haag").places, [each.text for each in question("taalcafe den haag").asked]
    (('GM0518',), ['taalcafe'])
    """
    rest, places = _without_places(text, day)
    known = lexicon()
    row = words(rest)
    found: list[Asked] = []
    index = 0
    while index < len(row):
        for size in (4, 3, 2):
            group = known.phrases.get(tuple(row[index : index + size]))
            if group and index + size <= len(row):
                found.append(
                    Asked(" ".join(row[index : index + size]), ((0.9, frozenset({f"{GROUP}{group}"})),))
                )
                index += size
                break
        else:
            if row[index] not in stop():
                found.append(asked(row[index]))
            index += 1
    return Question(tuple(found), places)


def _without_places(text: str, day: date) -> tuple[str, tuple[str, ...]]:
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
            found.setdefault(re.sub("[^a-z]", "", fold(name).replace("ij", "y")), codes)
    return dict(sorted(found.items()))
