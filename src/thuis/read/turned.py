"""Answers of waves against one another: labels that changed places, answers that nobody gave in one of two.

What stands for a code in one wave may stand for another in the next. The numbers alone do not show it, and a
mapping copied from wave to wave passes; the labels of the files tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from thuis.errors import Problem
from thuis.formats.answers import unanswered
from thuis.project.comparable import between
from thuis.project.model import Project, Source
from thuis.read.microdata import Entry

_EXPECTED = 8.0
"""Rows that an answer would have had, had it been given as often as in the other wave."""
_SHOWN = 3
_LEAST = 2
"""Answers that must have changed places before it is more than a remark."""


def turned(project: Project, entries: Sequence[Entry]) -> tuple[list[Problem], list[str]]:
    """What changed places between a wave and the next that asked: errors, and remarks.

    Answers that exchanged their labels are an error, and so is a number that another label stood for, unless
    a break of every mean of it lies between the waves.
    """
    problems: list[Problem] = []
    notes: list[str] = []
    for name in dict.fromkeys(each.variable for each in entries):
        own = [each for each in entries if each.variable == name and each.labels]
        for earlier, later in pairwise(own):
            sources = [_source(project, each) for each in (earlier, later)]
            if sources[0] is None or sources[1] is None:
                continue
            one, other = (
                _meanings(each.labels, source)
                for each, source in zip((earlier, later), sources, strict=True)
                if source is not None
            )
            moved = {
                label: (one[label], other[label])
                for label in one
                if other.get(label, one[label]) != one[label]
            }
            if not moved:
                continue
            if sources[1].type == "number":
                if compared(project, name, earlier.wave, later.wave):
                    problems.append(_number(project, earlier, later, moved))
            elif len(moved) >= _LEAST and {a for a, _ in moved.values()} == {b for _, b in moved.values()}:
                problems.append(_exchanged(project, earlier, later, moved))
            else:
                label, (before, after) = next(iter(moved.items()))
                notes.append(
                    f"{later.variable}: {label!r} is {before!r} in wave {earlier.wave} and {after!r} in wave "
                    f"{later.wave}; is that meant?"
                )
    return problems, notes


def _source(project: Project, entry: Entry) -> Source | None:
    source = project.wave(entry.wave).variables.get(entry.variable)
    return source if source is not None and source.from_ else None


def _meanings(labels: Mapping[str, str], source: Source) -> dict[str, str]:
    """What each label of an answer becomes: a code of the project, or its number."""
    numbers = source.type == "number"
    none = unanswered(labels)
    found = {
        code: _plain(label)
        for code, label in labels.items()
        if code not in source.missing and code not in none and (numbers or code in (source.codes or {}))
    }
    times = Counter(found.values())
    return {
        label: code if numbers else (source.codes or {})[code]
        for code, label in found.items()
        if label and times[label] == 1
    }


def _plain(label: str) -> str:
    """A label without its number, capitals and signs; one that is a number says nothing."""
    return " ".join(re.findall(r"[^\W\d_][\w'-]*", label.casefold()))


def compared(project: Project, name: str, earlier: str, later: str) -> bool:
    """Whether a figure of a number is compared between two waves."""
    order = [wave.id for wave in project.waves if not wave.pools]
    return any(
        not between(each.breaks, order, earlier, later)
        for each in project.indicators
        if name in each.variables
    )


def _number(project: Project, earlier: Entry, later: Entry, moved: Mapping[str, tuple[str, str]]) -> Problem:
    label, (before, after) = next(iter(moved.items()))
    return Problem(
        f"{label!r} is {before} in wave {earlier.wave!r} and {after} here, and they are compared",
        project.place("waves", later.wave, ("variables", later.variable)),
        expected="numbers that mean the same in every wave",
        step=f"read {later.column!r} under another name and make {later.variable!r} of it by a formula, or "
        "declare a break",
    )


def _exchanged(
    project: Project, earlier: Entry, later: Entry, moved: Mapping[str, tuple[str, str]]
) -> Problem:
    said = ", ".join(f"{label!r} was {a!r} and is {b!r}" for label, (a, b) in list(moved.items())[:3])
    return Problem(
        f"the labels changed places since wave {earlier.wave!r}: {said}",
        project.place("waves", later.wave, ("variables", later.variable)),
        expected="codes that mean the same in every wave",
        step="correct 'codes' in one of the two waves",
    )


def absent(project: Project, codebook: Iterable[Entry]) -> Iterator[str]:
    """A remark for every variable whose answers are others in a wave than in the one before that asked.

    Nothing is said where a break lies between them in every indicator: nobody compares them.
    """
    order = [wave.id for wave in project.waves if not wave.pools]
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
                yield f"{name}: {'; '.join(said)}; were the answers the same?"


def _lacking(there: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Answers of one wave that nobody gave in another, though it would be expected."""
    part = sum(other.values()) / sum(there.values())
    return {each: n for each, n in there.items() if each not in other and n * part >= _EXPECTED}


def _told(lacking: Mapping[str, int], there: str, other: str) -> list[str]:
    if not lacking:
        return []
    listed = ", ".join(f"{each!r} ({n:,})" for each, n in list(lacking.items())[:_SHOWN])
    return [f"{listed} in wave {there}, nobody in wave {other}"]
