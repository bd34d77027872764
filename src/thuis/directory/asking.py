"""From a query to what it asks: its words, what each may be satisfied by, the places, what is not wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thuis.directory.analysis import EXACT, GROUP, PART
from thuis.directory.lexicon import but, excepting, lexicon, stems, stop, weak, without, words
from thuis.directory.towns import NONE, taken_out
from thuis.places import LAST

Ways = tuple[tuple[float, frozenset[str]], ...]
_AND = frozenset({"of", "en", "or", "and", "nor"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One word (or run of words) of a query and what may satisfy it.

    ``ways`` are alternatives; each is a set of terms that must all be there, with a weight. ``loose`` are
    alternatives for when there is nothing else: one part of a compound, the first before the last, or a
    meaning above that of the word. A ``weak`` word says little: it need not be found beside others. Of a
    compound that ends or begins with one, ``telling`` is what asks for the rest.
    """

    text: str
    ways: Ways
    loose: Ways = ()
    weak: bool = False
    telling: Ways = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A query: its words, the municipalities it names, what is not wanted, and the places it names.

    A place comes with its words, which a record that is there has, and the municipalities it lies in.
    """

    asked: tuple[Asked, ...]
    places: tuple[str, ...] = ()
    without: tuple[Asked, ...] = ()
    villages: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...] = ()


def asked(word: str) -> Asked:
    """What a query's word asks for: the word, its stems, its meanings, or all parts of the compound it is."""
    known = lexicon()
    groups = known.meant(word)
    ways: list[tuple[float, frozenset[str]]] = [(1.2, frozenset({f"{EXACT}{word}"}))]
    ways += [(1.0, frozenset({stem})) for stem in sorted(stems(word))]
    ways += [(0.85, frozenset({f"{PART}{stem}"})) for stem in sorted(stems(word))]
    ways += [(0.7, frozenset({f"{GROUP}{group}"})) for group in groups]
    parts = known.split(word)
    telling: Ways = ()
    rest = tuple(part for part in parts if part not in weak())
    if parts:
        ways += both(parts)
        if rest and len(rest) < len(parts):
            telling = ((0.6, frozenset(map(_shortest, rest))), (0.4, frozenset(map(_best_of, rest))))
    loose: list[tuple[float, frozenset[str]]] = []
    pieces = rest or parts or (() if groups else known.ends(word))
    for weight, part in zip((0.5, 0.35, 0.35, 0.35), pieces, strict=False):
        # A part is no word of the query: it must not find the name of an organisation.
        loose += [(way * weight, terms) for way, terms in asked(part).ways if f"{EXACT}{part}" not in terms]
    loose += _above(groups)
    return Asked(word, tuple(ways), tuple(loose), word in weak(), telling)


def both(parts: Sequence[str]) -> Ways:
    """The ways in which all parts of a compound are there."""
    return (
        (0.7, frozenset(map(_best_of, parts))),
        (0.85, frozenset(f"{PART}{_shortest(part)}" for part in parts)),
        (0.8, frozenset(map(_shortest, parts))),
    )


def _shortest(part: str) -> str:
    """The shortest stem, the first by letter of those equally short: the same in every run."""
    return min(stems(part), key=lambda each: (len(each), each))


def _best_of(part: str) -> str:
    groups = lexicon().meant(part)
    return f"{GROUP}{groups[0]}" if groups else f"{PART}{_shortest(part)}"


def _above(groups: Sequence[str]) -> list[tuple[float, frozenset[str]]]:
    """The meanings above those given: one of them, or better, the nearest of them all."""
    known = lexicon()
    every = known.above(groups)
    nearest = frozenset(f"{GROUP}{each}" for each in every if each not in known.above(every))
    each_alone = [(0.2, frozenset({f"{GROUP}{each}"})) for each in every]
    return [*each_alone, (0.3, nearest)] if len(nearest) > 1 else each_alone


def phrase(run: str, group: str) -> Asked:
    """What a run of words with one meaning asks for: the meaning, or all the words."""
    content = [word for word in run.split() if word not in stop()]
    written = ((1.0, frozenset(map(_shortest, content))),) if content else ()
    return Asked(run, (*written, (0.9, frozenset({f"{GROUP}{group}"}))), tuple(_above((group,))))


def question(text: str, day: date = LAST, own: Mapping[str, tuple[str, ...]] = NONE) -> Question:
    """A query taken apart.

    :param own: a project's own places, by their letters.

    >>> question("taalcafe den haag").places, [each.text for each in question("taalcafe den haag").asked]
    (('GM0518',), ['taalcafe'])
    >>> found = question("sport maar geen voetbal")
    >>> [each.text for each in found.asked], [each.text for each in found.without]
    (['sport'], ['voetbal'])
    >>> [each.text for each in question("ik spreek geen nederlands").asked]  # nothing is taken away
    ['spreek', 'nederlands']
    """
    taken = taken_out(text, day, own)
    row = words(taken.rest)
    found: list[Asked] = []
    away: list[Asked] = []
    index, refusing = 0, False
    while index < len(row):
        one, size = _next(row, index)
        if one is None:
            refusing = refusing or _refuses(row, index, found)
        else:
            (away if refusing else found).append(_narrowed(one, found) if refusing else one)
            refusing = refusing and index + size < len(row) and row[index + size] in _AND
        index += size
    villages = tuple(
        (name, frozenset(f"{EXACT}{word}" for word in words(name) if word not in stop()), codes)
        for name, codes in taken.villages
    )
    return Question(tuple(found), taken.codes, tuple(away), villages)


def _narrowed(one: Asked, found: Sequence[Asked]) -> Asked:
    """What is refused, less the meanings that are asked for: *dancing but no salsa* refuses salsa alone."""
    ways = tuple((weight, terms) for weight, terms in one.ways if terms.isdisjoint(_groups(found)))
    return replace(one, ways=ways)


def _groups(found: Sequence[Asked]) -> frozenset[str]:
    """The meanings that are asked for."""
    return frozenset(t for each in found for _, terms in each.ways for t in terms if t[0] == GROUP)


def _next(row: list[str], index: int) -> tuple[Asked | None, int]:
    """What stands at a place of a query, and how many words it has; None for a word that asks for nothing."""
    known = lexicon()
    for size in (4, 3, 2):
        group = known.phrases.get(tuple(row[index : index + size]))
        if group and index + size <= len(row):
            return phrase(" ".join(row[index : index + size]), group), size
    return (None if row[index] in stop() else asked(row[index])), 1


def _refuses(row: list[str], index: int, found: list[Asked]) -> bool:
    """Whether what follows is not wanted: *but no*, *except*, or *no* before something narrower."""
    word, before = row[index], row[index - 1] if index else ""
    if not found or index + 1 >= len(row):
        return False
    if word in excepting() or (word in without() and before in but()):
        return True
    if word not in without():
        return False
    one, _ = _next(row, index + 1)
    known = lexicon()
    wanted = {term[1:] for term in _groups(found)}
    return one is not None and not wanted.isdisjoint(known.above(known.meant(one.text)))
