"""How breakdowns overlap, read from their definitions.

Two breakdowns that use the same variable are not free of each other: five-year and ten-year ages, education
in five and in two classes, origin and generation (both look at the country of birth). Breakdowns that share
a variable form a *block*. The *atoms* of a block are the combinations of categories that the definitions
allow; a category is a set of atoms, so every way in which figures add up to each other can be calculated.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from thuis.errors import ThuisError

Condition = Sequence[str] | Mapping[str, float | None]
"""Allowed codes, or ``{"from": …, "below": …}``."""

When = Mapping[str, Condition]
"""Variable to condition; all must hold."""

Definition = Sequence[tuple[str, When]]
"""The categories of one breakdown, in order; the first that matches wins."""

LARGEST_GRID = 1_000_000


def blocks(definitions: Mapping[str, Definition]) -> list[list[str]]:
    """Breakdowns that share a variable, directly or through others, together; in the order given.

    >>> blocks({"a": [("x", {"age": ["1"]})], "b": [("y", {"sex": ["1"]})], "c": [("z", {"age": ["2"]})]})
    [['a', 'c'], ['b']]
    """
    used = {name: {v for _, when in d for v in when} for name, d in definitions.items()}
    found: list[tuple[set[str], set[str]]] = []
    for name, variables in used.items():
        joined = [each for each in found if each[1] & variables]
        found = [each for each in found if not each[1] & variables]
        found.append(
            (
                {name}.union(*(names for names, _ in joined)),
                set(variables).union(*(v for _, v in joined)),
            )
        )
    order = {name: i for i, name in enumerate(definitions)}
    return sorted((sorted(names, key=order.__getitem__) for names, _ in found), key=lambda b: order[b[0]])


def atoms(definitions: Mapping[str, Definition]) -> dict[str, dict[str, frozenset[int]]]:
    """The atoms of one block, as a set of numbers for every category of every breakdown.

    People outside every category of a breakdown are counted as if there were none of them, unless a category
    of another breakdown consists of them alone: the strictest view, which takes no comfort from a remainder.

    :raises ThuisError: when the definitions are too entangled to enumerate.

    >>> five = [("low", {"degree": ["a"]}), ("mid", {"degree": ["b"]}), ("high", {"degree": ["c", "d"]})]
    >>> two = [("none", {"degree": ["a", "b"]}), ("degree", {"degree": ["c", "d"]})]
    >>> found = atoms({"five": five, "two": two})
    >>> found["two"]["none"] == found["five"]["low"] | found["five"]["mid"]
    True
    """
    conditions = [when for definition in definitions.values() for _, when in definition]
    points = {
        variable: _points(variable, conditions) for variable in sorted({v for c in conditions for v in c})
    }
    size = 1
    for each in points.values():
        size *= len(each)
    if size > LARGEST_GRID:
        raise ThuisError(
            f"breakdowns {', '.join(definitions)} share variables with {size:,} combinations of codes",
            expected=f"at most {LARGEST_GRID:,}",
            step="derive one variable for each breakdown in the wave files",
        )
    seen: set[tuple[str | None, ...]] = set()
    for values in itertools.product(*points.values()):
        person = dict(zip(points, values, strict=True))
        seen.add(tuple(_category(definition, person) for definition in definitions.values()))
    return _members(definitions, _kept(seen))


def _points(variable: str, conditions: Iterable[When]) -> Sequence[object]:
    """Values of a variable that the conditions tell apart; codes that no condition tells apart stand as one.

    A code that no condition names belongs to nobody's category, so it needs no point.
    """
    wanted = [when[variable] for when in conditions if variable in when]
    ranges = [each for each in wanted if isinstance(each, Mapping)]
    ends = sorted({float(v) for each in ranges for v in each.values() if v is not None})
    if ranges:
        ends = sorted({*ends, *(float(code) for each in wanted if each not in ranges for code in each)})
        middles = [(a + b) / 2 for a, b in itertools.pairwise(ends)]
        return [ends[0] - 1, *ends, *middles, ends[-1] + 1] if ends else [0.0]
    lists = [frozenset(str(code) for code in each) for each in wanted]
    codes = sorted({code for each in lists for code in each})
    classes = {tuple(code in each for each in lists): code for code in reversed(codes)}
    return sorted(classes.values())


def _category(definition: Definition, person: Mapping[str, object]) -> str | None:
    return next((id_ for id_, when in definition if all(_holds(person[v], c) for v, c in when.items())), None)


def _holds(value: object, condition: Condition) -> bool:
    if not isinstance(condition, Mapping):
        if isinstance(value, float):
            return value in {float(code) for code in condition}
        return str(value) in {str(code) for code in condition}
    assert isinstance(value, float)
    low, high = condition.get("from"), condition.get("below")
    return (low is None or value >= float(low)) and (high is None or value < float(high))


def _kept(seen: Iterable[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Whole combinations, and those without which a category would be nobody."""
    whole = [each for each in seen if None not in each]
    served = {pair for each in whole for pair in enumerate(each)}
    partial = [
        each
        for each in seen
        if None in each and any(c is not None and (i, c) not in served for i, c in enumerate(each))
    ]
    return sorted(whole + partial, key=lambda each: tuple(c or "" for c in each))


def _members(
    definitions: Mapping[str, Definition], combinations: Sequence[tuple[str | None, ...]]
) -> dict[str, dict[str, frozenset[int]]]:
    return {
        name: {
            id_: frozenset(n for n, each in enumerate(combinations) if each[i] == id_)
            for id_, _ in definition
        }
        for i, (name, definition) in enumerate(definitions.items())
    }
