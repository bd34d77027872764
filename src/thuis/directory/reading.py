"""A query held against what there is: slips mended, words joined or cut where somebody wrote them so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from thuis.directory import analysis
from thuis.directory.asking import Asked, Question, asked, both, phrase
from thuis.directory.index import Index, place_name
from thuis.directory.lexicon import lexicon, stems, weak
from thuis.directory.towns import letters, places_to_find


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it is answered; ``corrected`` says what was read for what.

    ``villages`` are the records that name a place of the query, which come before others of its municipality.
    """

    asked: tuple[Asked, ...]
    places: tuple[str, ...]
    without: tuple[Asked, ...]
    villages: frozenset[int]
    corrected: dict[str, str]


def read(question: Question, index: Index, day: date) -> Reading:
    """What a query asks of an index, with its slips mended.

    :param day: the day of the municipalities that may be named.
    """
    corrected = {name: " / ".join(map(place_name, codes)) for name, _, codes in question.villages}
    places = list(question.places)
    alone = len(question.asked) == 1

    def mended(row: tuple[Asked, ...]) -> Iterator[Asked]:
        for each in row:
            found, codes = _mended(each, index, day, alone)
            if found != (each,) or codes:
                names = (*(one.text for one in found), *map(place_name, codes))
                corrected[each.text] = " ".join(names)
            places.extend(codes)
            yield from found

    row = tuple(_joined(tuple(mended(question.asked)), index))
    away = tuple(mended(question.without))
    there = frozenset(i for _, needs, _ in question.villages for i in index.has(needs))
    return Reading(row, tuple(dict.fromkeys(places)), away, there, corrected)


def known(index: Index, word: str) -> bool:
    """Whether a query's word may be taken as it is."""
    if len(word) < 4 or word in index.known or lexicon().knows(word) or lexicon().split(word):
        return True
    return any(stem in index.postings for stem in stems(word))


def _mended(each: Asked, index: Index, day: date, alone: bool) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """What a word is read as: words, and municipalities."""
    word = each.text
    if " " in word or known(index, word):
        return (each,), ()
    run = lexicon().run_together.get(word)
    if run:
        return (phrase(*run),), ()
    near = nearest(index, word, alone)
    if near is None or OSA.distance(word, near) > 1:
        cut = _cut(index, word, day)
        if cut:
            return cut
    if near and near not in lexicon().single:
        codes = places_to_find(day).get(letters(near), ())
        if codes:
            return (), codes
    if near:
        return (asked(near),), ()
    codes = _nearest_town(word, day)
    return ((), codes) if codes else ((each,), ())


def nearest(index: Index, word: str, alone: bool = True) -> str | None:
    """The nearest known word: one letter away, two in a word of eight letters or more; None when none is.

    :param alone: whether the query has no other word; a word of four letters is then read anew as well.
    """
    if len(word) < 5 and not alone:
        return None
    limit = 1 if len(word) < 8 else 2
    found = process.extract(word, index.words, scorer=OSA.distance, score_cutoff=limit, limit=8)
    if not found:
        return _in_parts(index, word) or None
    often = {each: len(index.postings.get(f"{analysis.EXACT}{each}", ())) for each, _, _ in found}
    return min(found, key=lambda each: (each[1], each[0][0] != word[0], -often[each[0]]))[0]


def _in_parts(index: Index, word: str) -> str | None:
    """A compound with a slip in one of its parts."""
    for cut in range(4, len(word) - 3):
        head, tail = word[:cut], word[cut:]
        for sure, other, turned in ((head, tail, False), (tail, head, True)):
            if sure in lexicon().parts and len(other) > 5:
                near = process.extractOne(other, index.words, scorer=OSA.distance, score_cutoff=1)
                if near and near[1]:
                    return f"{near[0]}{sure}" if turned else f"{sure}{near[0]}"
    return None


def _cut(index: Index, word: str, day: date) -> tuple[tuple[Asked, ...], tuple[str, ...]] | None:
    """Two words, or a word and a municipality, that were written as one."""
    towns = places_to_find(day)
    for cut in range(len(word) - 4, 3, -1):
        head, tail = word[:cut], word[cut:]
        if head in index.every_word and tail in index.every_word:
            return (asked(head), asked(tail)), ()
        for one, other in ((head, tail), (tail, head)):
            codes = towns.get(letters(other), ()) if len(other) > 4 else ()
            if codes and one in index.every_word:
                return (asked(one),), codes
    return None


def _nearest_town(word: str, day: date) -> tuple[str, ...]:
    """The municipalities whose name is one letter away, two in a name of nine letters or more."""
    written = letters(word)
    if len(written) < 6:
        return ()
    towns = places_to_find(day)
    limit = 1 if len(written) < 9 else 2
    found = process.extract(written, list(towns), scorer=OSA.distance, score_cutoff=limit, limit=8)
    least = min((far for _, far, _ in found), default=0)
    return tuple(dict.fromkeys(code for name, far, _ in found if far == least for code in towns[name]))


def _joined(row: tuple[Asked, ...], index: Index) -> Iterator[Asked]:
    """Two words that are mostly written as one ask for that one too."""
    at = 0
    while at < len(row):
        one, other = row[at], row[at + 1] if at + 1 < len(row) else None
        made = _both(one, other, index) if other else None
        yield made or one
        at += 2 if made else 1


def _both(one: Asked, other: Asked, index: Index) -> Asked | None:
    word = f"{one.text}{other.text}"
    if " " in word or min(len(one.text), len(other.text)) < 3:
        return None
    if word not in index.every_word and not any(stem in index.postings for stem in stems(word)):
        return None
    whole, pieces = asked(word), (one.text, other.text)
    telling = tuple(each for each in (one, other) if each.text not in weak())
    return Asked(
        f"{one.text} {other.text}",
        (*whole.ways, *both(pieces)),
        (*whole.loose, *(way for each in telling for way in each.loose)),
        not telling,
        telling[0].ways if len(telling) == 1 else whole.telling,
    )
