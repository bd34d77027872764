"""Indicators that rest on the same answers, and so can give each other away.

All of them count the same respondents: where one shows n, it is known for all. Their shares may depend on
each other too: ``[can]`` and ``[cannot]`` make 100, and so may three shares, or two that are the same under
another name. Shares that depend on each other form a *kin*: what is withheld in one is withheld in all of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thuis.protect.structure import IndicatorShape

SMALL = 1e-8
"""Below this a component is zero: entries are small whole numbers, so rounding stays near 1e-13."""


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators on the same answers, split into kins of dependent shares."""

    name: str
    kins: tuple[tuple[IndicatorShape, ...], ...]

    @property
    def members(self) -> tuple[IndicatorShape, ...]:
        """All indicators of the family."""
        return tuple(each for kin in self.kins for each in kin)


def families(indicators: Sequence[IndicatorShape]) -> list[Family]:
    """The families, in the order of their first indicator.

    >>> def share(id_, *codes):
    ...     return IndicatorShape(id_, "proportion", "trust", ((),), frozenset({"2020"}), frozenset(codes),
    ...                           valid=frozenset({"can", "cannot", "depends"}))
    >>> [family] = families([share("a", "can"), share("b", "depends"), share("c", "can")])
    >>> [[each.id for each in kin] for kin in family.kins]
    [['a', 'c'], ['b']]
    """
    groups: dict[str, list[IndicatorShape]] = {}
    for each in indicators:
        groups.setdefault(each.family, []).append(each)
    return [Family(name, _kins(members)) for name, members in groups.items()]


def _kins(members: Sequence[IndicatorShape]) -> tuple[tuple[IndicatorShape, ...], ...]:
    if len(members) == 1:
        return (tuple(members),)
    if any(not each.adds for each in members) or len({each.variable for each in members}) > 1:
        # A mean is a sum over all codes, and two variables made from one column name its codes differently:
        # either may be a combination of the other shares that cannot be seen from the codes.
        return (tuple(members),)
    dependent = _dependent(members)
    together = tuple(each for each, tied in zip(members, dependent, strict=True) if tied)
    alone = tuple((each,) for each, tied in zip(members, dependent, strict=True) if not tied)
    return tuple(sorted(((together, *alone) if together else alone), key=lambda kin: members.index(kin[0])))


def _dependent(members: Sequence[IndicatorShape]) -> list[bool]:
    """Which shares are a combination of the others and of the denominators, which are taken as known.

    Where the valid codes of a variable are not known, those that some share names are taken to be all there
    are.
    """
    named = frozenset().union(*(each.share | (each.among or frozenset()) for each in members))
    denominators = [each.among or each.valid or named for each in members]
    codes = sorted(named.union(*denominators))
    sets = [each.share for each in members] + sorted(set(denominators), key=sorted)
    rows = np.array([[float(code in each) for code in codes] for each in sets])
    left, values, _ = np.linalg.svd(rows, full_matrices=True)
    null = left[:, int((values > SMALL).sum()) :]
    return [bool(null.size and np.abs(null[i]).max() > SMALL) for i in range(len(members))]


def denominators(asked: Sequence[IndicatorShape]) -> list[list[IndicatorShape]]:
    """Indicators that count the same respondents: where one shows n, it is known for all."""
    groups: dict[tuple[object, ...], list[IndicatorShape]] = {}
    for each in asked:
        groups.setdefault((each.variable, each.among), []).append(each)
    return list(groups.values())
