"""Find word forms in a text: one linear pass of RE2 over bytes, then word boundaries and the longest form.

RE2's ``\\b`` knows ASCII only, so the engine may propose too much next to a letter with an accent; the check
afterwards knows Unicode. Text is searched in any case; a space in a form stands for any white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from thuis.vocabulary.model import Form

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # the number of a note against a word is no part of it
_SPACE = r"(?:[ \t\r\n]|\xc2\xa0)+"
_LETTERS = r"(?:[\w\x80-\xff]|-[\w\x80-\xff])*"


class Found(NamedTuple):
    """A form at a place in a text, in characters."""

    start: int
    end: int
    form: Form


@dataclass(frozen=True)
class Matcher:
    """A compiled set of forms.

    >>> from thuis.vocabulary.model import Form
    >>> matcher = Matcher((Form("migrant", "m", "base"), Form("niet-westerse", "nw", "base")))
    >>> [(each.start, each.form.term) for each in matcher.find("Een migrant, geen émigrant; Niet-Westerse")]
    [(4, 'm'), (28, 'nw')]
    """

    forms: tuple[Form, ...]

    @cached_property
    def _closed(self) -> dict[str, Form]:
        return {_key(each.text): each for each in self.forms if not each.open}

    @cached_property
    def _open(self) -> list[tuple[str, Form]]:
        return sorted(((_key(f.text), f) for f in self.forms if f.open), key=lambda pair: -len(pair[0]))

    @cached_property
    def pattern(self) -> Any:
        """The compiled pattern over bytes."""
        import re2

        options = re2.Options()
        options.case_sensitive = False
        options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = 256 << 20
        longest = sorted(self.forms, key=lambda each: (-len(each.text), each.open))
        parts = dict.fromkeys(_pattern(each) for each in longest if each.text[0].isascii())
        others = dict.fromkeys(_pattern(each) for each in longest if not each.text[0].isascii())
        whole = "|".join([rf"\b(?:{'|'.join(parts)})"] * bool(parts) + list(others))
        return re2.compile(whole.encode("latin-1"), options)

    def find(self, text: str) -> list[Found]:
        """Every form in a text, whole words only, none overlapping, in order of place."""
        if not self.forms:
            return []
        return list(self._find(text, text.encode("utf-8", "surrogatepass")))

    def _find(self, text: str, data: bytes) -> Iterator[Found]:
        plain = len(data) == len(text)
        seen_bytes = seen = 0
        whole = self._whole
        for hit in self.pattern.finditer(data):
            first, last = hit.span()
            found = data[first:last]
            if plain:
                start = first
            else:
                seen += _characters(data[seen_bytes:first])
                seen_bytes = first
                start = seen
            if start and _in_word(text[start - 1]):
                continue
            known = whole.get(found)
            if known is None:
                known = whole[found] = self._known(found.decode("utf-8", "ignore"))
            end = start + known[0]
            if known[1] and not _in_word(text[end : end + 1]):
                yield Found(start, end, known[1])
            elif longer := self._form(text, start, end):
                yield longer

    @cached_property
    def _whole(self) -> dict[bytes, tuple[int, Form | None]]:
        """Spellings met so far, as they stood: their length, and the form they are when nothing follows."""
        return {}

    def _known(self, found: str) -> tuple[int, Form | None]:
        return len(found), self._closed.get(_key(found))

    def _form(self, text: str, start: int, end: int) -> Found | None:
        stop = end
        while stop < len(text) and _in_word(text[stop]):
            stop += 1
        stop -= len(text[start:stop]) - len(text[start:stop].rstrip(_RAISED))
        word = _key(text[start:stop])
        return next((Found(start, stop, form) for key, form in self._open if word.startswith(key)), None)


def _in_word(character: str) -> bool:
    return character.isalnum() and character not in _RAISED


def _characters(data: bytes) -> int:
    """How many characters bytes of UTF-8 hold, without decoding: bytes that do not continue one."""
    if len(data) < 200:
        return len(data.decode("utf-8", "surrogatepass"))
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(data, np.int8) > -65))


def _pattern(form: Form) -> str:
    escaped = "".join(map(_character, " ".join(form.text.split())))
    return escaped + (_LETTERS if form.open else r"\b" if form.text[-1].isascii() else "")


def _character(character: str) -> str:
    """A character as RE2 reads bytes; the engine folds ASCII, other letters come in both cases."""
    if character == " ":
        return _SPACE
    if character.isascii():
        return re.escape(character).replace(r"\-", "-")
    cases = dict.fromkeys((character.lower(), character.upper()))
    return f"(?:{'|'.join(re.escape(each.encode('utf-8').decode('latin-1')) for each in cases)})"


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def word_around(text: str, start: int, end: int) -> str:
    """The whole word a hit stands in, with what is attached by a hyphen, slash or bracket.

    >>> word_around("de decentralisatie-uitkering/integratie-uitkering is", 28, 38)
    'decentralisatie-uitkering/integratie-uitkering'
    """
    while start and (_in_word(text[start - 1]) or text[start - 1] in "-/()"):
        start -= 1
    while end < len(text) and (_in_word(text[end]) or text[end] in "-/()"):
        end += 1
    return text[start:end]
