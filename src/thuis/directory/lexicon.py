"""The curated words of search: groups with one meaning, what is part of what, and the parts of compounds."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import snowballstemmer

from thuis.language.letters import plain
from thuis.yaml import shipped

_file = cache(partial(shipped, "thuis.directory", "data/words.yaml"))
_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=s\b|tje|tjes)")
_LINKS = ("", "s", "e", "en", "er", "n")
WORDS = 1 << 17
"""So many words what follows from them is kept of: a large directory has fewer, strangers type more."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_file()[name].split())


stop = partial(_words, "stop")
"""Words that say nothing of what somebody looks for."""
weak = partial(_words, "weak")
"""Words that say little beside others."""
whole = partial(_words, "whole")
"""Words that are no compounds, though they look so."""
excepting = partial(_words, "except")
"""Words after which stands what is not wanted."""
without = partial(_words, "without")
"""Words that refuse what follows, after *but* or before something narrower."""
but = partial(_words, "but")
"""Words that make a refusal of the word behind them."""


def fold(text: str) -> str:
    """Small letters without accents.

    >>> fold("Taalcafé ’s-Hertogenbosch")
    'taalcafe ’s-hertogenbosch'
    """
    if text.isascii():
        return text.lower()
    return plain(text.casefold())


def words(text: str) -> list[str]:
    """The words of a text, folded; ``55+`` is ``55plus`` and ``café's`` is ``cafes``.

    >>> words("Café's voor 55+ers, lhbti-jongeren")
    ['cafes', 'voor', '55plussers', 'lhbti', 'jongeren']
    """
    folded = fold(text)
    if "'" in folded or "’" in folded:
        folded = _APOSTROPHE.sub("", folded)
    if "+" not in folded and "plus" not in folded:
        return _TOKEN.findall(folded)
    folded = re.sub(r"(?<=\d\d)\s?\+(?:-?ers?\b|-?plussers?\b)", "plussers", folded)
    folded = re.sub(r"(?<=\d\d)\s?(?:\+|-plus|\splus)(?:-?(?=\w)|\b|(?=\W|$))", "plus ", folded)
    return _TOKEN.findall(folded)


class _Stemmers(threading.local):
    """Stemmers of one thread: they keep the word they are at in themselves."""

    def __init__(self) -> None:
        self.dutch, self.english = snowballstemmer.stemmer("dutch"), snowballstemmer.stemmer("english")


_STEMMERS = _Stemmers()
_ENDS = ((re.compile(r"z$"), "s"), (re.compile(r"v$"), "f"))
_SMALL = tuple(re.compile(rf"(?<=[a-z]{{3}}){end}s?$") for end in ("je", "[tpk]je", "etje"))


@lru_cache(maxsize=WORDS)
def stems(word: str) -> frozenset[str]:
    """The stems of a word in both languages; ``huizen`` and ``huis`` share one.

    >>> sorted(stems("huizen") & stems("huis")), sorted(stems("feestje") & stems("feesten"))
    (['huis'], ['feest'])
    """
    if len(word) < 4 or any(each.isdigit() for each in word):
        return frozenset({word})
    bases = {small.sub("", word) for small in _SMALL}
    own = _STEMMERS
    found = {own.english.stemWord(word), *(own.dutch.stemWord(base) for base in {word, *bases})}
    for end, other in _ENDS:
        found |= {end.sub(other, each) for each in found}
    # Dutch undoes a double vowel: "lees" would be "les".
    return frozenset(each for each in found if len(each) > 3) or frozenset({word})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Groups of words with one meaning.

    ``single`` and ``phrases`` give the groups of a stem and of a run of words; ``broader`` all groups above
    one; ``surface`` the words of each group as written; ``parts`` what compounds are made of;
    ``run_together`` the phrases without spaces, each with the phrase and its group.
    """

    single: dict[str, frozenset[str]]
    phrases: dict[tuple[str, ...], str]
    broader: dict[str, frozenset[str]]
    surface: dict[str, tuple[str, ...]]
    parts: frozenset[str]
    run_together: dict[str, tuple[str, str]]

    def groups(self, word: str) -> frozenset[str]:
        """The groups a word belongs to, by itself or by its stem."""
        exact = self.single.get(word)
        if exact:
            return exact
        return frozenset(group for stem in stems(word) for group in self.single.get(f"~{stem}", ()))

    def meant(self, word: str) -> tuple[str, ...]:
        """The groups of a word that are not above another of its groups: what somebody who says it means.

        >>> lexicon().groups("koffie") > set(lexicon().meant("koffie")) or lexicon().meant("koffie")
        ('coffee',)
        """
        found = self.groups(word)
        wide = {up for each in found for up in self.broader[each]}
        return tuple(sorted(found - wide or found))

    def above(self, groups: Iterable[str]) -> tuple[str, ...]:
        """The groups above those given."""
        below = frozenset(groups)
        return tuple(sorted({up for each in below for up in self.broader[each]} - below))

    def knows(self, word: str) -> bool:
        """Whether the lexicon has the word."""
        return word in self.parts or bool(self.groups(word))

    def ends(self, word: str) -> tuple[str, ...]:
        """The known parts that a word begins and ends with, where the rest is not known.

        >>> lexicon().ends("zwemkleding"), lexicon().ends("fietsbel")
        (('zwem', 'kleding'), ('fiets',))
        """
        return _ends(self, word) if len(word) > 6 else ()

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound of known parts, at most four; empty when it is none.

        >>> lexicon().split("vluchtelingenmaatje"), lexicon().split("amsterdammer")
        (('vluchtelingen', 'maatje'), ())
        """
        return _split(self, word) if len(word) > 6 and word not in whole() else ()


@cache
def lexicon() -> Lexicon:
    """The lexicon that is shipped."""
    return made(_file()["concepts"], _file()["parts"].split())


def made(lines: Iterable[str], parts: Iterable[str] = ()) -> Lexicon:
    """A lexicon of lines ``name < broader broader: word, =word as written, word``."""
    single: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], str] = {}
    above: dict[str, tuple[str, ...]] = {}
    surface: dict[str, tuple[str, ...]] = {}
    for line in lines:
        head, _, tail = line.partition(":")
        name, _, up = head.partition("<")
        name = name.strip()
        above[name] = tuple(up.split())
        written = tuple(each.strip() for each in tail.split(","))
        surface[name] = tuple(each.removeprefix("=") for each in written)
        for each in written:
            found = tuple(words(each))
            if len(found) > 1:
                phrases[found] = name
                continue
            single.setdefault(found[0], set()).add(name)
            for stem in () if each.startswith("=") else stems(found[0]):
                single.setdefault(f"~{stem}", set()).add(name)
    broader = {name: _above(name, above) for name in above}
    simple = frozenset(word for word in single if not word.startswith("~") and 3 < len(word) < 13)
    verbs = frozenset(word[:-2] for word in simple if word.endswith("en") and len(word) > 6)
    known = {word: frozenset(groups) for word, groups in single.items()}
    run_together = {"".join(run): (" ".join(run), group) for run, group in phrases.items()}
    pieces = frozenset(map(fold, parts)) | simple | verbs
    return Lexicon(known, phrases, broader, surface, pieces, run_together)


def _above(name: str, above: dict[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    new = list(above.get(name, ()))
    while new:
        each = new.pop()
        if each not in found:
            found.add(each)
            new += above.get(each, ())
    return frozenset(found)


def _split(known: Lexicon, word: str) -> tuple[str, ...]:
    """The split with the fewest and longest parts."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(3, len(word) + 1):
        for start in range(max(0, end - 14), end - 2):
            if start not in best or len(best[start]) > 3:
                continue
            whole = start == 0 and end == len(word)
            part = None if whole else _part(known, word[start:end], start > 0)
            found = (*best[start], part) if part else None
            if found and (end not in best or _better(found, best[end])):
                best[end] = found
    found = best.get(len(word), ())
    return found if len(found) > 1 else ()


def _ends(known: Lexicon, word: str) -> tuple[str, ...]:
    first = next((word[:i] for i in range(len(word) - 3, 3, -1) if word[:i] in known.parts), None)
    last = next((word[i:] for i in range(3, len(word) - 3) if word[i:] in known.parts), None)
    return tuple(each for each in (first, last) if each)


def _better(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return (len(one), -sum(len(each) ** 2 for each in one)) < (
        len(other),
        -sum(len(each) ** 2 for each in other),
    )


@lru_cache(maxsize=WORDS)
def _inflected(part: str) -> tuple[str, ...]:
    return tuple(part[: -len(end)] for end in ("s", "en", "e", "je", "jes", "n") if part.endswith(end))


def _part(known: Lexicon, piece: str, inner: bool) -> str | None:
    """A known part in a piece, with a link before it or an ending behind it."""
    if piece in known.parts:
        return piece
    for link in _LINKS[1:] if inner else ():
        if piece.startswith(link) and piece[len(link) :] in known.parts:
            return piece[len(link) :]
    return next((base for base in _inflected(piece) if len(base) > 2 and base in known.parts), None)
