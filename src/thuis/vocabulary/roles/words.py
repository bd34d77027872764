"""The words that tell a role and what the signs weigh: tables beside this module, a reason a row.

The phrases made of them stand in documents (:mod:`thuis.language.phrases`), which take the lists of
``words.csv`` as parts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from thuis.language.phrases import Phrases
from thuis.tables import shipped


class Weight(NamedTuple):
    """What a sign adds to a score, and the most that all of its kind may add."""

    weight: float
    limit: float | None


@cache
def _tables() -> dict[str, tuple[str, ...]]:
    lists: dict[str, dict[str, None]] = {}
    for row in shipped("thuis.vocabulary.roles", "words.csv"):
        lists.setdefault(row["list"], {}).update(dict.fromkeys(row["words"].split(";")))
    return {name: tuple(words) for name, words in lists.items()}


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list of ``words.csv``.

    >>> "Wet" in words("name-heads")
    True
    """
    return frozenset(_tables()[name])


def any_of(*names: str) -> str:
    """A group for a regular expression that takes any word of the lists, the longest first."""
    found = {word for name in names for word in _tables()[name]}
    return f"(?:{'|'.join(sorted(found, key=lambda word: (-len(word), word)))})"


@cache
def whole(*names: str) -> re.Pattern[str]:
    """Any word of the lists as a whole word, in lower case text.

    >>> bool(whole("nature").search("van autochtone bomen en struiken"))
    True
    """
    return re.compile(rf"\b{any_of(*names)}(?!\w)")


@cache
def weights() -> dict[str, Weight]:
    """The weights of ``weights.csv`` by sign."""
    return {
        row["sign"]: Weight(float(row["weight"]), float(row["limit"]) if row["limit"] else None)
        for row in shipped("thuis.vocabulary.roles", "weights.csv")
    }


def counted(sign: str, count: int) -> float:
    """What a sign adds when it is seen ``count`` times, within its limit.

    >>> counted("people-near", 2), counted("people-near", 9), counted("things-sentence", 9)
    (1.5, 3.0, -2.5)
    """
    weight, limit = weights()[sign]
    total = weight * count
    if limit is None:
        return total
    return min(total, limit) if weight > 0 else max(total, limit)


_PARTS = {
    **{name.upper().replace("-", "_"): any_of(name) for name in _tables()},
    "ANY_PERSONS": any_of("persons", "persons-compound"),
}
FRAMES = Phrases(__package__, "phrases/frames.yaml", given=_PARTS)
"""Frames around a hit: definitions, tables and series, former times."""
MENTION = Phrases(__package__, "phrases/mention.yaml", given=_PARTS)
"""How a word is spoken of."""
SENSES = Phrases(__package__, "phrases/senses.yaml", given=_PARTS)
"""What makes a word mean something else."""
