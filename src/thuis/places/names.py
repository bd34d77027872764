"""Which codes a folded name stands for, and how exactly: whole, without its article, short, abbreviated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from thuis.places import spelling
from thuis.places.table import municipalities, no_municipalities, other_names

Codes = frozenset[str]
NONE: Codes = frozenset()
_WIDTH = 20
"""A column of a printed table may end here, so that a longer name misses its last letters."""
_WEAK = frozenset({"sint", "aa", "berg", "peel", "land", "oude", "oud", "nieuw", "noord", "west", "hof"})


@cache
def written() -> tuple[tuple[str, str, str], ...]:
    """Every way a name is written: code, name, and ``spelling`` or ``other-name``."""
    own = [(each.code, each.name, "spelling") for each in municipalities().values()]
    return (*own, *((code, name, "other-name") for code, name in other_names()))


def _gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, Codes]:
    found: dict[str, set[str]] = {}
    for key, code in pairs:
        found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


@cache
def _index(how: str) -> dict[str, Codes]:
    def pairs() -> Iterator[tuple[str, str]]:
        for code, name, kind in written():
            words = spelling.tokens(name)
            bare = spelling.without_article(words)
            if how == kind:
                yield spelling.key(words), code
            if how == "article" and bare != words:
                yield spelling.key(bare), code
            if how == "short":
                yield from ((key, code) for key in _shorts(name, bare))

    return _gathered(pairs())


def _shorts(name: str, words: tuple[str, ...]) -> Iterator[str]:
    short = spelling.short_of(words)
    if short != words and short[0] not in _WEAK:
        yield spelling.key(short)
        if name.count(","):
            yield spelling.key(short[:1])
    if "-" in name and "'" not in name and words[0] not in _WEAK:
        yield spelling.tokens(name.split("-", maxsplit=1)[0])[-1]
    plain = tuple(word for word in words if word not in spelling.LINKS)
    if plain != words:
        yield spelling.key(plain)


LOOKUPS = ("spelling", "other-name", "article", "short")


def lookup(words: tuple[str, ...], how: str) -> Codes:
    """The codes whose name, of any day, has this form.

    >>> sorted(lookup(spelling.tokens("Bergen"), "spelling"))
    ['GM0373', 'GM0893']
    """
    found = _index(how).get(spelling.key(words), NONE)
    if how == "article" and not found:
        turned = (*words[-1:], *words[:-1])
        if len(words) > 1 and words[-1] in spelling.ARTICLES:
            return _whole(spelling.key(turned))
        bare = spelling.without_article(words)
        return _whole(spelling.key(bare)) if bare != words else NONE
    if how == "short" and not found:
        plain = tuple(word for word in words if word not in spelling.LINKS)
        return _index("short").get(spelling.key(plain), NONE) if plain != words else NONE
    return found


def _whole(key: str) -> Codes:
    return _index("spelling").get(key) or _index("other-name").get(key, NONE)


@cache
def called_also() -> dict[str, tuple[str, ...]]:
    """What else people in the country call a municipality, in Dutch or Frisian: code -> names.

    >>> called_also()["GM0518"], called_also()["GM0080"], called_also().get("GM1949")  # Waadhoeke in both
    (('Den Haag',), ('Ljouwert',), None)
    """
    found: dict[str, tuple[str, ...]] = {}
    for code, name in other_names(("nl", "fy")):
        own = {
            spelling.key(spelling.tokens(each))
            for each in (municipalities()[code].name, *found.get(code, ()))
        }
        if spelling.key(spelling.tokens(name)) not in own:
            found[code] = (*found.get(code, ()), name)
    return found


@cache
def _elsewhere() -> dict[str, str]:
    return {spelling.key(spelling.tokens(name)): what for name, what in no_municipalities()}


def something_else(text: str) -> str | None:
    """What a name is of, where that is no municipality.

    >>> something_else("Bonaire"), something_else("ijsselmeer"), something_else("Utrecht")
    ('an openbaar lichaam in the Caribbean, no municipality', 'water', None)
    """
    return _elsewhere().get(spelling.key(spelling.tokens(text)))


def is_exact(text: str, code: str) -> bool:
    """Whether the text is the name as the table has it."""
    return text == municipalities()[code].name


@cache
def _long_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = ((code, spelling.tokens(name)) for code, name, _ in written())
    return tuple((code, tuple(w for w in words if w not in spelling.LINKS)) for code, words in parts)


def abbreviated(text: str) -> Codes:
    """Codes of names that the text cuts short: words with a full stop, or a long name that stops early.

    The first word must stand in full unless a full stop says that it does not. A word without full stop
    must miss three letters or more; fewer may be a slip.

    >>> sorted(abbreviated("Haarlemmerliede en Spaarnw")), sorted(abbreviated("Amsterd"))
    (['GM0393'], [])
    """
    dotted = {
        spelling.tokens(word)[-1] for word in re.findall(r"[\w'-]+(?=\.)", text) if spelling.tokens(word)
    }
    words = tuple(word for word in spelling.tokens(text) if word not in spelling.LINKS)
    if not words:
        return NONE
    return frozenset(code for code, full in _long_names() if _cut(words, full, dotted))


def _cut(words: tuple[str, ...], full: tuple[str, ...], dotted: set[str]) -> bool:
    if len(words) != len(full) or words == full or _letters(words, full, dotted) < 4:
        return False
    narrow = len("".join(words)) >= _WIDTH and words[:-1] == full[:-1] and full[-1].startswith(words[-1])
    return narrow or all(_fits(word, whole, dotted) for word, whole in zip(words, full, strict=True))


def _letters(words: tuple[str, ...], full: tuple[str, ...], dotted: set[str]) -> int:
    """The longest word that stands in full, or the longest stump with a full stop."""
    sure = (
        word
        for word, whole in zip(words, full, strict=True)
        if word == whole or (word in dotted and len(word) > 3)
    )
    return max(map(len, sure), default=0)


def _fits(word: str, whole: str, dotted: set[str]) -> bool:
    if word == whole:
        return True
    if word.startswith("nw") and whole.startswith("nieuw"):
        word = f"nieuw{word[2:]}"
    if not whole.startswith(word):
        return False
    return word in dotted or (len(word) >= 3 and len(whole) - len(word) >= 3) or word == whole


def lost(text: str) -> Codes:
    """Codes of names in which one sign stands for a letter that a converter lost.

    >>> sorted(lost("S?dwest-Frysl�n"))
    ['GM1900']
    """
    if not re.search(r"\w[?\ufffd]+\w|[?\ufffd]\w", text):
        return NONE
    pattern = re.compile(re.sub(r"[?\ufffd]", ".", re.escape(text.casefold()).replace("\\?", "?")))
    return frozenset(
        code
        for code, name, _ in written()
        if pattern.fullmatch(unicodedata.normalize("NFC", name.casefold()))
    )
