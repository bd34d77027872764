"""From a text to the words it is found by: one analysis for all pages. Queries are read by ``asking``.

A word is found by itself, by its stem in both languages, by the parts of a compound, and by words with the
same meaning. A name (of a place or an organisation) is found by itself alone: *senior* must not find
Ouder-Amstel.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from thuis.directory.lexicon import Lexicon, lexicon, stems, stop, words
from thuis.places import LAST
from thuis.places.text import named

EXACT, STEM, PART, GROUP, PLACE = "=", "", "+", "#", "@"
"""What a term begins with: a word as written, a stem, a part of a compound, a meaning, a municipality."""
WEIGHT = {EXACT: 1.0, STEM: 1.0, PART: 0.6, GROUP: 0.55, PLACE: 1.0}
ABOVE = 0.4
"""The weight of a meaning above those of the words: who looks for a meal finds an iftar behind the diners."""


def kind(term: str) -> str:
    """What a term is, by the sign it begins with."""
    return term[0] if term[:1] in (EXACT, PART, GROUP, PLACE) else STEM


def weights(found: frozenset[str]) -> dict[str, float]:
    """What each term of one text weighs; a meaning above another of its meanings weighs less.

    >>> found = weights(terms("Iftar"))
    >>> found["#iftar"], found["#eat"]
    (0.55, 0.4)
    """
    broader = lexicon().broader
    wide = {f"{GROUP}{up}" for term in found if term[:1] == GROUP for up in broader[term[1:]]}
    return {term: ABOVE if term in wide else WEIGHT[kind(term)] for term in found}


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
