"""Sentences of Dutch official prose, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENDS = re.compile(r"[.!?…][¹²³⁰⁴-⁹]*[’”»\")\]]*[¹²³⁰⁴-⁹]*(?=\s+[«‘“\"(\[–-]?\s?[A-ZÀ-ÖØ-Þ0-9’'])|\n\s*\n")
_SHORT = re.compile(
    r"(?:^|[\s(«‘“])(?:[A-Za-z]|nrs?|art|artt|blz|pag|dhr|mw|mevr|drs|dr|mr|ir|ing|prof|jl|jhr|o\.a|d\.w\.z|"
    r"c\.q|c\.s|m\.n|a\.d|t\.a\.v|i\.v\.m|t\.b\.v|n\.a\.v|m\.b\.t|bijv|bv|resp|Stb|Stcrt|Trb|Hand|vgl|nl|ca|"
    r"incl|excl|vs|st|lid)\.$"
)
_LONGEST_SHORT = 10


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The places (start, end) of the sentences in a text.

    >>> text = "Zie nr. 3 van dhr. Bos. Dat zeg ik toe.¹ Meer volgt."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Zie nr. 3 van dhr. Bos.', 'Dat zeg ik toe.¹', 'Meer volgt.']
    """
    start = 0
    for end in ends(text):
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def ends(text: str, first: int = 0, last: int | None = None) -> Iterator[int]:
    """Where sentences end between two places: after a full stop that is no abbreviation, or at a blank line.

    >>> list(ends("Zie nr. 3 van dhr. Bos. Dat zeg ik toe."))
    [23]
    """
    for found in _ENDS.finditer(text, first, len(text) if last is None else last):
        stop = found.start() + 1
        if text[found.start()] != "." or not _SHORT.search(text[max(first, stop - _LONGEST_SHORT) : stop]):
            yield found.end()


def sentence_around(text: str, start: int, end: int, reach: int = 400) -> tuple[int, int]:
    """Where the sentence of a stretch of text begins and ends; a very long one is cut at a space.

    >>> text = "Eerst dit. Dan komt het woord van nr. 3 hier. Tot slot dat."
    >>> text[slice(*sentence_around(text, 24, 29))]
    'Dan komt het woord van nr. 3 hier.'
    """
    low, high = max(0, start - reach), min(len(text), end + reach)
    before = [each for each in ends(text, low, min(len(text), start + 2)) if each <= start]
    first = before[-1] if before else (low if low == 0 else text.find(" ", low) + 1 or low)
    last = next(ends(text, end, high), high)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        yield left, right
