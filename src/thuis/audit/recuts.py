"""Two releases that cut the same people otherwise: the few between the end of one class and that of another.

No file says that "young" of one release is "15 to 25" of the next but for a year. The numbers do: groups that
have nothing to do with each other differ by chance, those of the same people by no more answers than people.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from thuis.audit.model import Weak
from thuis.audit.read import Published

SURE = 5.0
"""Logarithm of how many times likelier numbers must be of the same people than of others."""
UNEVEN = 3.0
"""Weight that one of those in between may have, as a multiple of the mean."""

Counts = tuple[float, float]
"""Respondents of a class, and those who gave the answer."""
Line = Sequence[Counts | None]
"""The classes of one breakdown in their order; None where one is withheld."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A breakdown: its classes, and their numbers in every indicator and wave."""

    classes: tuple[str, ...]
    lines: Mapping[tuple[str, str], Line]


def recut(before: Published, after: Published, minimum: int) -> Iterator[Weak]:
    """Groups of both releases that differ by a few people, by whatever name.

    Two breakdowns that stand in both as they are were not cut again: what they say of each other, each
    release says by itself.
    """
    ours, theirs = _cuts(after), _cuts(before)
    kept = {name for name, cut in ours.items() if name in theirs and theirs[name].classes == cut.classes}
    for name, now in ours.items():
        for earlier, then in theirs.items():
            if name not in kept or earlier not in kept:
                yield from _between(name, now, then, minimum, f"{earlier} of version {before.version}")


def _cuts(published: Published) -> dict[str, _Cut]:
    found: dict[str, _Cut] = {}
    for figure in published.figures:
        if len(figure.dimensions) != 1:
            continue
        lines: dict[tuple[str, str], Line] = {}
        for wave in dict.fromkeys(wave for wave, _ in figure.cells):
            cells = [figure.cells.get((wave, (each,)), {}) for each in figure.categories[0]]
            lines[figure.indicator, wave] = [_counts(each) for each in cells]
        own = found.get(figure.dimensions[0])
        found[figure.dimensions[0]] = _Cut(figure.categories[0], {**(own.lines if own else {}), **lines})
    return found


def _counts(cell: Mapping[str, object]) -> Counts | None:
    if cell.get("status") == "published":
        n = float(str(cell["n"]))
        return n, n * float(str(cell["estimate"])) / 100
    return (0.0, 0.0) if cell.get("reason") in ("not-asked", "not-applicable") else None


def _between(name: str, now: _Cut, then: _Cut, minimum: int, how: str) -> Iterator[Weak]:
    shared = [(key, line, then.lines[key]) for key, line in now.lines.items() if key in then.lines]
    runs = next((cut for _, a, b in shared if (cut := _runs(a, b, minimum))), [])
    sure, seen, few = 0.0, set[str](), list[Weak]()
    for (indicator, wave), line, earlier in shared:
        for ours, theirs in runs:
            one, other = _sum(line, ours), _sum(earlier, theirs)
            if one is None or other is None or not one[0]:
                continue
            found = likelier(one, other, minimum, of_n=wave not in seen)
            if found is None:
                return
            sure += found
            apart = abs(one[0] - other[0])
            if 0.5 < apart < minimum:
                cell = (now.classes[ours[0]],)
                few.append(Weak("difference", f"{indicator}/{name}", wave, cell, apart, apart, f"as {how}"))
        seen.add(wave)
    if sure > SURE:
        yield from few


def _runs(now: Line, then: Line, minimum: int) -> list[tuple[range, range]]:
    """Classes next to each other that end where some of the other release do, within the minimum."""
    ends, others = _ends(now), _ends(then)
    found, start, begin = [], 0, 0
    for at, end in enumerate(ends, 1):
        near = min(range(begin, len(others)), key=lambda k: abs(others[k] - end), default=None)
        if near is not None and abs(others[near] - end) < minimum:
            found.append((range(start, at), range(begin, near + 1)))
            start, begin = at, near + 1
    return found if len(found) > 1 else []


def _ends(line: Line) -> list[float]:
    total, found = 0.0, []
    for each in line:
        if each is None:
            break
        total += each[0]
        found.append(total)
    return found


def _sum(line: Line, places: range) -> Counts | None:
    cells = [line[k] for k in places]
    if any(each is None for each in cells):
        return None
    return sum(each[0] for each in cells if each), sum(each[1] for each in cells if each)


def likelier(one: Counts, other: Counts, minimum: int, *, of_n: bool) -> float | None:
    """How much likelier the numbers are of the same people but for a few; None when they cannot be."""
    apart, answers = abs(one[0] - other[0]), abs(one[1] - other[1])
    room = UNEVEN * apart + 1e-6 * one[0]
    if apart >= minimum or answers > room:
        return None
    found = _against(one[0], apart, 2.0 * minimum) if of_n else 0.0
    return found + _against(max(abs(one[1]), 1.0), answers, 2 * min(room, apart) + 1)


def _against(size: float, apart: float, room: float) -> float:
    """The logarithm of one in so many, over what two samples with nothing in common would give."""
    return 0.5 * math.log(4 * math.pi * size) + apart**2 / (4 * size) - math.log(room)
