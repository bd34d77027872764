"""Answers that nobody gave in one wave and many did in the next: other codes, or another list of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from thuis.project.model import Project
from thuis.read.microdata import Entry
from thuis.read.turned import compared

_EXPECTED = 8.0
"""Rows that an answer would have had, had it been given as often as in the other wave."""
_SHOWN = 3


def absent(project: Project, codebook: Iterable[Entry]) -> list[str]:
    """A remark for every variable whose answers are others in a wave than in the one before that asked.

    Nothing is said where a break lies between them in every indicator: nobody compares them.
    """
    order = [wave.id for wave in project.waves if not wave.pools]
    found = []
    variables: dict[str, dict[str, Mapping[str, int]]] = {}
    for each in codebook:
        if each.counts:
            variables.setdefault(each.variable, {})[each.wave] = each.counts
    for name, counts in variables.items():
        asked = [wave for wave in order if wave in counts]
        for earlier, later in pairwise(asked):
            if not compared(project, name, earlier, later):
                continue
            gone = _lacking(counts[earlier], counts[later])
            come = _lacking(counts[later], counts[earlier])
            if gone or come:
                said = [*_told(gone, earlier, later), *_told(come, later, earlier)]
                found.append(f"{name}: {'; '.join(said)}; were the answers the same?")
    return found


def _lacking(there: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Answers of one wave that nobody gave in another, though it would be expected."""
    part = sum(other.values()) / sum(there.values())
    return {each: n for each, n in there.items() if each not in other and n * part >= _EXPECTED}


def _told(lacking: Mapping[str, int], there: str, other: str) -> list[str]:
    if not lacking:
        return []
    listed = ", ".join(f"{each!r} ({n:,})" for each, n in list(lacking.items())[:_SHOWN])
    return [f"{listed} in wave {there}, nobody in wave {other}"]
