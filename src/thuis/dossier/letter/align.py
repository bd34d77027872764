"""Two manifestations of one letter held side by side: as the ministry sent it, as Parliament printed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from thuis.documents.source import RAISED
from thuis.dossier.letter.model import Letter
from thuis.language.split import sentences

Change = Literal["changed", "only-first", "only-second"]

_QUOTES = str.maketrans({**dict.fromkeys("‘’«»“”„", "'"), **dict.fromkeys("–‑", "-")})
_ALIKE = 0.5  # of the words: below it two sentences are not the same one, rewritten


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a letter and where it stands: the block, and the span in the source."""

    block: str
    text: str
    source: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that is not the same in both, with the words that were taken out and put in."""

    change: Change
    first: Place | None
    second: Place | None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def align(first: Letter, second: Letter) -> list[Difference]:
    """The differences between two manifestations, in order; typography and note numbers are no difference.

    Sentences are matched in order; where both have other sentences, the most alike are put side by side.
    """
    ours, theirs = list(_places(first)), list(_places(second))
    one, other = ([plain(place.text) for place in side] for side in (ours, theirs))
    found: list[Difference] = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what != "equal":
            found += _rewritten(ours[a:b], theirs[c:d])
    return found


def plain(text: str) -> str:
    """A sentence without what differs between houses: quotation marks, dashes, raised numbers, spaces.

    >>> plain("de publicatie «Gevestigd»² – van het SCP")
    "de publicatie 'gevestigd' - van het scp"
    """
    text = re.sub(f"[{RAISED}]", "", text).translate(_QUOTES)
    return re.sub(r"\s+", " ", re.sub(r"\s+(?=[.,;:])", "", text)).strip().lower()


def _places(letter: Letter) -> Iterator[Place]:
    for block in letter.blocks:
        for start, end in sentences(block.text):
            yield Place(block.id, block.text[start:end], block.body.span(start, end))


def _rewritten(ours: Sequence[Place], theirs: Sequence[Place]) -> Iterator[Difference]:
    left = list(theirs)
    for one in ours:
        best = max(left, key=lambda other: _alike(one.text, other.text), default=None)
        if best is None or _alike(one.text, best.text) < _ALIKE:
            yield Difference("only-first", one, None)
            continue
        before = left[: left.index(best)]
        yield from (Difference("only-second", None, other) for other in before)
        left = left[len(before) + 1 :]
        yield Difference("changed", one, best, *_words(one.text, best.text))
    yield from (Difference("only-second", None, other) for other in left)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one).split(), plain(other).split(), autojunk=False).ratio()


def _words(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ours, theirs = plain(one).split(), plain(other).split()
    removed: list[str] = []
    added: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what != "equal":
            removed += [" ".join(ours[a:b])] if b > a else []
            added += [" ".join(theirs[c:d])] if d > c else []
    return tuple(removed), tuple(added)
