"""Which promises of one letter are the same: an introduction and a close tell of one paper.

Two sentences tell of one promise when nearly all that the shorter is about stands in the longer and no term
says otherwise. In doubt they are two: a promise lost is worse than one listed twice.
"""

from __future__ import annotations

import re
from collections import deque

from thuis.dossier.commitments.expressions import COMMON
from thuis.dossier.commitments.model import Commitment

_WORD = re.compile(r"[a-zà-ÿ]{5,}")
_ENOUGH = 3
_NEARLY_ALL = 0.75
_REACH = 20


class Told:
    """The promises of a letter as they are read, each of its own kind and subject."""

    def __init__(self) -> None:
        self._first: list[tuple[Commitment, frozenset[str]]] = []
        self._latest: deque[tuple[Commitment, frozenset[str]]] = deque(maxlen=_REACH)

    def first(self, each: Commitment) -> Commitment:
        """The promise that this one says again, or itself; of many only the first and latest are asked."""
        if each.kind not in {"new", "repeated", "conditional"}:
            return each
        about = _about(each.sentence)
        for earlier, of_it in (*self._first, *self._latest):
            if _one_subject(of_it, about) and _by_one_day(earlier, each):
                return earlier
        (self._first if len(self._first) < _REACH else self._latest).append((each, about))
        return each


def _one_subject(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _ENOUGH and shared >= _NEARLY_ALL * min(len(one), len(other))


def _about(sentence: str) -> frozenset[str]:
    words = _WORD.findall(sentence.lower())
    return frozenset(word for word in words if not COMMON["of-every-promise"].fullmatch(word))


def _by_one_day(earlier: Commitment, later: Commitment) -> bool:
    days = {each.term.day for each in (earlier, later) if each.term and each.term.day}
    return len(days) < 2
