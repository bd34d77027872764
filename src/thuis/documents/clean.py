"""Make words whole again: hyphens at line ends, soft hyphens, the marks PDF tools leave behind.

Every change remembers where it happened, so that a hit can be shown, and changed, at its place in the source.
A word broken at a hyphen of its own (``niet-`` / ``westerse``) comes out glued: the vocabulary's forms carry
that spelling.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

# Suspended hyphens ("in- en uitvoer") stay: the word after them is one of these.
_SUSPENDED = r"(?!(?:en|of|noch|dan|als|tot|and|or|und)\b)"
# The character to look for comes first, and what has to stand before it is looked at after that: an engine
# skips to such a character, where a pattern that begins by looking back is tried at every place.
_CHANGE = re.compile(
    r"[-\u00ad\ufffe\ufeff\u200b\ufb00-\ufb04](?:(?<!-)"
    rf"|(?<=[^\W\d_]-)[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ]){_SUSPENDED}"
    rf"|(?<=[a-zà-ÿ]{{2}}-) (?=[a-zà-ÿ]{{2}}){_SUSPENDED}"
    r"|(?<=[^\W\d_]-)[ \t]*\r?\n[ \t]*(?=[A-Z]))"
)
#: A letter with loose accents, and the few signs with a twin, as NFC would make one character of.
LOOSE = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]+|[\u1100-\u11ff]+|[\u2126\u212a\u212b]")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
# Wide spaces and hyphens become plain ones; what steers a terminal or turns the reading direction, a space.
_STEERING = "\x00\x07\x08\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES, _HYPHENS = "\u00a0\u202f\u2007", "\u2011\u2010"


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

    def forward(self, place: int) -> int:
        """The first place in the clean text that stands at or after a place in the source."""
        return bisect_left(range(len(self.text)), place, key=self.origin)

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places in the clean text at which it drifts from the source."""
        return self._at

    @cached_property
    def line_starts(self) -> list[int]:
        """Where the lines of the source begin."""
        ends = accumulate(len(line) + 1 for line in self.source.split("\n"))
        return [0, *ends][:-1]

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
    if not source.isascii() and not unicodedata.is_normalized("NFC", source):
        return _through(_composed(source), clean)
    base = _plain(source)
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


def _composed(source: str) -> Cleaned:
    """The text with letters and loose accents made one character, and the way back to where they stood."""
    pieces: list[str] = []
    at, shift, last, length = [0], [0], 0, 0
    for found in LOOSE.finditer(source):
        made = unicodedata.normalize("NFC", found.group())
        pieces += (source[last : found.start()], made)
        length += found.start() - last + len(made)
        last = found.end()
        at.append(length)
        shift.append(last - length)
    return Cleaned("".join(pieces) + source[last:], source, tuple(at), tuple(shift))


def _through(first: Cleaned, step: Callable[[str], Cleaned]) -> Cleaned:
    """Two changes after one another, with one way back."""
    if not unicodedata.is_normalized("NFC", first.text):
        first = Cleaned(unicodedata.normalize("NFC", first.text), first.source)
    second = step(first.text)
    places = sorted({*second.breaks, *(second.forward(each) for each in first.breaks)})
    shifts = tuple(first.origin(second.origin(each)) - each for each in places)
    return Cleaned(second.text, first.source, tuple(places), shifts, second.joined_words)


def _plain(text: str) -> str:
    """The text with plain spaces and hyphens, character for character; most texts hold few of the others."""
    for characters, plain in ((_STEERING, " "), (_SPACES, " "), (_HYPHENS, "-")):
        for each in characters:
            if each in text:
                text = text.replace(each, plain)
    return re.sub("_+", _edge, text) if "_" in text else text


def _edge(found: re.Match[str]) -> str:
    """An underscore that emphasises (``_woord_``) is no letter of the word, as it would be to a search."""
    text, (start, end) = found.string, found.span()
    sides = (start > 0 and text[start - 1].isalnum()) + text[end : end + 1].isalnum()
    return "*" * (end - start) if sides == 1 or (sides == 2 and end - start > 1) else found.group()


def _capital_after(text: str, place: int) -> bool:
    return text[place : place + 1].isupper()
