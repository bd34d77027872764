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


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The places (start, end) of the sentences in a text.

    >>> text = "Zie nr. 3 van dhr. Bos. Dat zeg ik toe.¹ Meer volgt."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Zie nr. 3 van dhr. Bos.', 'Dat zeg ik toe.¹', 'Meer volgt.']
    """
    start = 0
    for found in _ENDS.finditer(text):
        stop = found.start() + 1
        if text[found.start()] == "." and _SHORT.search(text[start:stop]):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        yield left, right
