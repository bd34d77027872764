"""Make words whole again: hyphens at line ends, soft hyphens, the marks PDF tools leave behind.

Every change remembers where it happened, so that a hit can be shown, and changed, at its place in the source.
A word broken at a hyphen of its own (``niet-`` / ``westerse``) comes out glued: the vocabulary's forms carry
that spelling.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

# Suspended hyphens ("in- en uitvoer") stay: the word after them is one of these.
_SUSPENDED = r"(?!(?:en|of|noch|dan|als|tot|and|or|und)\b)"
_CHANGE = re.compile(
    r"[\u00ad\ufffe\ufeff\u200b]"
    rf"|(?<=[^\W\d_])[-\u2010]\u00a0?[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ]){_SUSPENDED}"
    rf"|(?<=[a-zà-ÿ]{{2}})- (?=[a-zà-ÿ]{{2}}){_SUSPENDED}"
    r"|(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[A-Z])"
    r"|[\ufb00-\ufb04]"
)
# An underscore that emphasises (``_woord_``) is no letter of the word, as it would be to a search for words.
_EDGE = re.compile(r"(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\W_])")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
# Wide spaces and hyphens become plain ones; what steers a terminal or turns the reading direction, a space.
_STEERING = "\x00\x07\x08\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-", "\u2010": "-"}
    | dict.fromkeys(_STEERING, " ")
)
_STEERS = re.compile("[\x00\x07\x08\x1b]")


@dataclass(frozen=True)
class Cleaned:
    """Clean text, with the breaks at which places in it and in the source drift apart."""

    text: str
    source: str
    _at: tuple[int, ...] = (0,)
    _shift: tuple[int, ...] = (0,)
    joined_words: int = field(default=0)

    def origin(self, place: int) -> int:
        """The place in the source of a place in the clean text."""
        return place + self._shift[bisect_right(self._at, place) - 1]

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places in the clean text at which it drifts from the source."""
        return self._at

    @cached_property
    def line_starts(self) -> list[int]:
        """Where the lines of the source begin."""
        return [0, *(found.end() for found in re.finditer(r"\n", self.source))]

    @staticmethod
    def joined(parts: Sequence[Cleaned], between: str) -> Cleaned:
        """Several clean texts under one another."""
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return Cleaned("", "")
        at, shift, clean_length, source_length = [], [], 0, 0
        for part in parts:
            drift = source_length - clean_length
            at += [each + clean_length for each in part._at]
            shift += [each + drift for each in part._shift]
            clean_length += len(part.text) + len(between)
            source_length += len(part.source) + len(between)
        return Cleaned(
            between.join(part.text for part in parts),
            between.join(part.source for part in parts),
            tuple(at) or (0,),
            tuple(shift) or (0,),
            sum(part.joined_words for part in parts),
        )


def clean(source: str) -> Cleaned:
    """The text with whole words, and the way back.

    >>> found = clean("de alloch-\\ntonen en in- en uitvoer")
    >>> found.text
    'de allochtonen en in- en uitvoer'
    >>> found.source[found.origin(9)]
    't'
    """
    base = source
    if not source.isascii():
        if not unicodedata.is_normalized("NFC", source):
            source = unicodedata.normalize("NFC", source)
        base = source.translate(_PLAIN)
    elif _STEERS.search(source):
        base = source.translate(_PLAIN)
    if "_" in base:
        base = _EDGE.sub(lambda found: "*" * len(found.group()), base)
    pieces: list[str] = []
    at, shift = [0], [0]
    last = length = words = 0
    for found in _CHANGE.finditer(base):
        hit = found.group()
        keep = _LIGATURES.get(hit, "-" if len(hit) > 1 and _capital_after(base, found.end()) else "")
        pieces += (base[last : found.start()], keep)
        length += found.start() - last + len(keep)
        last = found.end()
        words += hit[0] in "-\ufffe"
        at.append(length)
        shift.append(last - length)
    if not pieces:
        return Cleaned(base, source)
    return Cleaned("".join(pieces) + base[last:], source, tuple(at), tuple(shift), words)


def _capital_after(text: str, place: int) -> bool:
    return text[place : place + 1].isupper()
