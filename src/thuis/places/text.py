"""The municipalities that a text names: which, where it stands, and what looks like one and is not.

Many names are words too (Best, Ede, Beek, Made) or stand for something else: a province, an address, an
institution in that town, a person. A name counts when it is written as a name and nothing beside it says that
it is something else; a name that is a word as well counts only where the text speaks of a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from thuis.places import names, spelling
from thuis.places.contexts import WORDS, Role, as_municipality, as_place, compound, role_of
from thuis.places.resolve import Resolution, resolve
from thuis.places.table import at, current

_TOKEN = re.compile(r"(?:['’‘`](?=s\b|t\b))?[^\W\d_]+(?:['’]s)?")
_JOINT = re.compile(r"[ \u00a0\n\r\t]*(?:[-‐‑–/.,][ \u00a0]?)?[ \u00a0]*['’‘`]?")
_ANNEX = re.compile(r"\s?\bc\.?\s?a\b\.?")
_PROVINCE = re.compile(r"\s?\(([A-Za-z.\- ]{1,15})\)|\s(NH|N\.H\.|NB|N\.B\.|ZH|Z\.H\.|(?:L|O|Gld|Gr)\b)")
_LIST = re.compile(r"\s*(?:,|;|-|en|and|&|/|,\s*en|,\s*and|\n[-•*]?|\s[-•*])\s*")
_MOST = 6

Tokens = list[re.Match[str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where, which municipality, and as what. Only ``municipality`` counts as one."""

    start: int
    end: int
    text: str
    found: Resolution
    role: Role

    @property
    def code(self) -> str | None:
        """The code, where the name is of a municipality and is decided."""
        return self.found.code if self.role == "municipality" else None


def named(text: str, day: date) -> tuple[Mention, ...]:
    """Every name of a municipality in a text, in order; the longest name wins.

    >>> found = named("Aan Den Haag en Alphen aan den Rijn. Best, dat kan.", date(2010, 1, 1))
    >>> [(each.text, each.role) for each in found]
    [('Den Haag', 'municipality'), ('Alphen aan den Rijn', 'municipality'), ('Best', 'word')]
    """
    tokens = list(_TOKEN.finditer(text))
    mentions: list[Mention] = []
    index = 0
    while index < len(tokens):
        found = _longest(text, tokens, index, day, mentions[-1].end if mentions else 0)
        if found:
            mentions.append(found[0])
        index += found[1] if found else 1
    return tuple(_settled(text, mentions))


def codes(text: str, day: date) -> tuple[str, ...]:
    """The municipalities a text names, each once, in order of appearance.

    >>> codes("de gemeenten Almere, Ede en Bergen op Zoom", date(2021, 1, 1))
    ('GM0034', 'GM0228', 'GM0748')
    """
    return tuple(dict.fromkeys(each.code for each in named(text, day) if each.code))


@cache
def _first_words() -> frozenset[str]:
    every = [spelling.tokens(name) for _, name, _ in names.written()]
    return frozenset(words[0] for words in every) | {spelling.without_article(words)[0] for words in every}


@cache
def _now(day: date) -> frozenset[str]:
    return frozenset(each.code for each in current(day))


def _longest(text: str, tokens: Tokens, index: int, day: date, since: int) -> tuple[Mention, int] | None:
    words = spelling.tokens(tokens[index].group())
    if not words or words[0] not in _first_words() or not _may_begin(tokens, index):
        return None
    last = index
    while last + 1 < len(tokens) and last - index < _MOST - 1:
        if not _JOINT.fullmatch(text[tokens[last].end() : tokens[last + 1].start()]):
            break
        last += 1
    for end in range(last, index - 1, -1):
        start, stop = tokens[index].start(), tokens[end].end()
        piece = text[start:stop]
        # What links two names in a list belongs to neither: "Wijk bij Duurstede en De Bilt".
        behind = spelling.tokens(tokens[end].group())[-1:]
        hangs = "," not in piece and not spelling.LINKS.isdisjoint(behind)
        if tokens[end].group()[0].isupper() and not hangs and _known(piece, day):
            resolution, extra = _answer(text[start:stop], text[stop : stop + 20], day)
            stop += extra
            role = _role(text, start, stop, since, day)
            return Mention(start, stop, text[start:stop], resolution, role), end - index + 1
    return None


def _may_begin(tokens: Tokens, index: int) -> bool:
    word = tokens[index].group().lstrip("'’‘`")
    small = word.lower() in {"s", "t", "de", "den", "het"} and index + 1 < len(tokens)
    return word[:1].isupper() or (small and tokens[index + 1].group()[0].isupper())


def _known(piece: str, day: date) -> bool:
    """A name as it is written in the table, or the first part of a longer one of the day."""
    words = spelling.tokens(piece)
    if "," in piece:
        return bool(names.lookup(words, "spelling"))
    whole = any(names.lookup(words, how) for how in ("spelling", "other-name"))
    return whole or any(at(code, day) == (code,) for code in names.lookup(words, "short"))


def _answer(piece: str, after: str, day: date) -> tuple[Resolution, int]:
    """The municipality, and how many signs behind the name belong to it: ``c.a.``, ``(NH)``, ``NH``."""
    annex = _ANNEX.match(after)
    if annex:
        return resolve(piece, day), annex.end()
    found = _PROVINCE.match(after)
    if found and spelling.province(found.group(1) or found.group(2)):
        return resolve(f"{piece} ({found.group(1) or found.group(2)})", day), found.end()
    return resolve(piece, day), 0


def _role(text: str, start: int, stop: int, since: int, day: date) -> Role:
    role = role_of(text, start, stop, since)
    if role != "municipality":
        return role
    name, before = text[start:stop], text[max(0, start - 70) : start]
    if spelling.province(name) and not names.lookup(spelling.tokens(name), "spelling") & _now(day):
        return "municipality" if as_municipality(before) else "province"
    joined = compound(text[stop : stop + 40])
    if joined and spelling.tokens(joined)[0] not in _first_words():
        return "word"
    return "word" if _doubtful(name) and not as_place(before) else "municipality"


def _doubtful(piece: str) -> bool:
    """A name that is a word as well, or only the first word of a longer name."""
    words = spelling.tokens(piece)
    whole = any(names.lookup(words, how) for how in ("spelling", "other-name"))
    return spelling.key(words) in WORDS or (len(words) == 1 and not whole and not _ANNEX.search(piece))


def _settled(text: str, mentions: list[Mention]) -> list[Mention]:
    """A word that stands in a list with municipalities is one of them."""
    settled = list(mentions)
    forward = range(1, len(settled))
    for order, step in ((forward, -1), (reversed(range(len(settled) - 1)), 1)):
        for i in order:
            one, other = settled[i], settled[i + step]
            if one.role == "word" and other.role == "municipality" and _in_one_list(text, one, other):
                settled[i] = replace(one, role="municipality")
    return settled


def _in_one_list(text: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return bool(_LIST.fullmatch(text[first.end : second.start]))
