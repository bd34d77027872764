"""Shares that nobody publishes and everybody can calculate: two of three answers give the third."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thuis.protect.structure import IndicatorShape

MANY = 10
"""Answers that shares tell apart, up to which every set of them is tried; above it only single ones."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A set of answers whose count is ``of_n`` times n plus ``weights`` times the counts of some shares."""

    codes: frozenset[str]
    members: tuple[str, ...]
    weights: tuple[float, ...]
    of_n: float


def implied(members: Sequence[IndicatorShape]) -> list[Implied]:
    """Sets of answers that are no share themselves, of shares with one denominator.

    Where the valid codes of a variable are not known, something else is taken to be possible.

    >>> def share(code):
    ...     return IndicatorShape(code, "proportion", "x", ((),), frozenset({"2020"}), frozenset({code}),
    ...                           valid=frozenset({"never", "sometimes", "often"}))
    >>> [sorted(each.codes) for each in implied([share("sometimes"), share("often")])]
    [['never']]
    """
    if len(members) < 2:
        return []
    whole = members[0].among or members[0].valid
    named = frozenset().union(*(each.share for each in members))
    codes = sorted(whole or named | {"another answer"})
    classes: dict[tuple[bool, ...], list[str]] = {}
    for code in codes:
        classes.setdefault(tuple(code in each.share for each in members), []).append(code)
    kinds = list(classes)
    shares = [[float(kind[k]) for kind in kinds] for k in range(len(members))]
    known = np.array([[1.0] * len(kinds), *shares])
    sizes = range(1, len(kinds)) if len(kinds) <= MANY else (1, len(kinds) - 1)
    found: dict[frozenset[int], Implied] = {}
    for size in sizes:
        for chosen in itertools.combinations(range(len(kinds)), size):
            inside = frozenset(chosen)
            outside = frozenset(range(len(kinds))) - inside
            wanted = np.array([float(k in inside) for k in range(len(kinds))])
            plain = any(np.array_equal(row, wanted) or np.array_equal(1 - row, wanted) for row in known[1:])
            if plain or outside in found:
                continue
            solution, *_ = np.linalg.lstsq(known.T, wanted, rcond=None)
            if np.abs(known.T @ solution - wanted).max() < 1e-9:
                use = [k for k in range(len(members)) if abs(solution[k + 1]) > 1e-9]
                found[inside] = Implied(
                    frozenset(code for k in chosen for code in classes[kinds[k]]),
                    tuple(members[k].id for k in use),
                    tuple(float(solution[k + 1]) for k in use),
                    float(solution[0]),
                )
    return list(found.values())
