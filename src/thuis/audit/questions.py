"""Attacks on one question by others: where the same people answered, one number of respondents is both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thuis.audit.attack import Table, groups, ranges, whole_of
from thuis.audit.model import Weak
from thuis.audit.read import Published, secret

AGREE = 3
"""Published numbers that must be the same before two questions are taken to have the same respondents."""


def attack_questions(published: Published, tables: Mapping[tuple[str, str], Table]) -> Iterator[Weak]:
    """Withheld respondents that follow from another question's, and do not from their own."""
    for (indicator, wave), own in tables.items():
        if not any(secret(cell) for _, cell in own.values()):
            continue
        joined, told = dict(own), list[str]()
        for (other, of), cells in tables.items():
            if of == wave and other != indicator and same(own, cells) and _adds(joined, cells):
                told.append(other)
        if told:
            yield from _ranges(published, indicator, wave, own, joined, told)


def _adds(joined: Table, cells: Table) -> bool:
    """Put what is published of another question beside it; whether that was anything."""
    more = {at: each for at, each in cells.items() if at not in joined or secret(joined[at][1])}
    more = {at: each for at, each in more.items() if at not in joined or not secret(each[1])}
    joined |= more
    return bool(more)


def _ranges(
    published: Published, indicator: str, wave: str, own: Table, joined: Table, told: list[str]
) -> Iterator[Weak]:
    before = {weak.cell for weak in _found(published, indicator, wave, own)}
    for weak in _found(published, indicator, wave, joined):
        if weak.figure.startswith(f"{indicator}/") and weak.cell not in before:
            how = f"{weak.how}, with {', '.join(told)}, which the same people answered"
            yield Weak(weak.kind, weak.figure, wave, weak.cell, weak.low, weak.high, how)


def _found(published: Published, indicator: str, wave: str, table: Table) -> Iterator[Weak]:
    names = {at: name for at, (name, _) in table.items()}
    known = {at: cell for at, (_, cell) in table.items()}
    yield from ranges(known, names, wave, published, whole_of({(indicator, wave): table})[indicator, wave])


def same(one: Table, other: Table) -> bool:
    """Whether numbers of respondents of two questions agree wherever they can be compared, and often enough.

    :param one: the cells of a question in a wave.
    :param other: those of another.

    >>> def cell(n):
    ...     return "q/g", {"status": "published", "n": n}
    >>> whole, parts = {((), ()): cell(30)}, {(("g",), (each,)): cell(10) for each in "abc"}
    >>> same(whole, parts), same(parts, parts)
    (False, True)
    """
    pairs = [(one[at][1], other[at][1]) for at in one if at in other]
    found = [a["n"] == b["n"] for a, b in pairs if a["status"] == b["status"] == "published"]
    for first, second in ((one, other), (other, one)):
        mixed = {at: cell for at, (_, cell) in {**second, **first}.items()}
        for inner, outer, whole, parts in groups(mixed):
            numbers = [mixed[at] for at in (whole, *parts) if at in mixed]
            across = whole in second and whole not in first and all(at in first for at in parts)
            if across and inner != outer and all(each["status"] == "published" for each in numbers):
                found.append(numbers[0]["n"] == sum(each["n"] for each in numbers[1:]))
    return len(found) >= AGREE and all(found)
