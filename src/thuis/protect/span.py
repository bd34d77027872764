"""What follows from the numbers of one cell: counts of people that are sums and differences of others."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ALL = 10
"""Kinds of people up to which every set of them is tried; above it single ones and differences of two."""
ZERO = 1e-7
SHORT = 8
"""Answers of a scale up to which the range of each is asked."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A set of kinds of people whose count is the sum of ``weights`` times some numbers."""

    inside: Floats
    weights: Floats


def derived(numbers: Sequence[Floats]) -> list[Derived]:
    """Sets of kinds that follow from numbers and are none of them.

    >>> asked, after = np.array([1.0, 1.0, 1.0]), np.array([0.0, 1.0, 1.0])
    >>> [each.inside.tolist() for each in derived([asked, after])]
    [[1.0, 0.0, 0.0]]
    """
    if not numbers:
        return []
    known = np.array(numbers)
    back = np.linalg.pinv(known)
    found = []
    for inside in _candidates(known):
        weights = inside @ back
        if np.abs(weights @ known - inside).max() < ZERO and not (known == inside).all(axis=1).any():
            found.append(Derived(inside, np.where(np.abs(weights) < ZERO, 0.0, weights)))
    return found


def follows(wanted: Floats, numbers: Sequence[Floats]) -> Floats | None:
    """The weights of some numbers that add up to another; None when none do.

    >>> follows(np.array([0.0, 1.0]), [np.array([1.0, 1.0]), np.array([1.0, 0.0])]).round(6).tolist()
    [1.0, -1.0]
    """
    if not numbers:
        return None
    known = np.array(numbers)
    weights = wanted @ np.linalg.pinv(known)
    if np.abs(weights @ known - wanted).max() >= ZERO:
        return None
    return np.asarray(np.where(np.abs(weights) < ZERO, 0.0, weights), dtype=np.float64)


def _candidates(known: Floats) -> Iterator[Floats]:
    size = known.shape[1]
    if size <= ALL:
        for bits in range(1, 2**size):
            yield np.array([float(bits >> k & 1) for k in range(size)])
        return
    seen = set[bytes]()
    single = list(np.eye(size))
    plain = [row for row in known if _plain(row)]
    pairs = [a - b for a, b in itertools.permutations(plain, 2)] + [
        a + b for a, b in itertools.combinations(plain, 2)
    ]
    triples = [a - b - c for a in plain for b, c in itertools.combinations(plain, 2)]
    for each in (*single, *pairs, *triples):
        if each.any() and _plain(each) and each.tobytes() not in seen:
            seen.add(each.tobytes())
            yield each


def _plain(row: Floats) -> bool:
    """Whether a number counts some kinds, each once."""
    return bool(((row == 0.0) | (row == 1.0)).all())


def handful(
    numbers: Sequence[Floats], counts: Floats, within: Floats, most: int, telling: Callable[[int], bool]
) -> bool:
    """Whether the numbers leave some end of a scale to at least one person and fewer than ``most``.

    :param within: the kinds that were counted, in the order of their answer.
    """
    kinds = np.flatnonzero(within)
    if not 2 < len(kinds) <= SHORT or not telling(1):
        return False
    from scipy.optimize import linprog

    known = np.array(numbers)[:, kinds]
    values = known @ counts[kinds]
    for cut in range(1, len(kinds)):
        for inside in (kinds[:cut], kinds[cut:]):
            goal = np.isin(kinds, inside).astype(float)
            ends = [linprog(sign * goal, A_eq=known, b_eq=values, method="highs") for sign in (1.0, -1.0)]
            low, high = (float(end.fun or 0.0) for end in ends)
            if low > ZERO and -high < most - 0.5:
                return True
    return False
