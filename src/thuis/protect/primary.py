"""Cells about too few people, or that tell too much about everyone in a small group.

With ``m`` the smaller of the respondents counted in a share and those not counted, a cell of ``n``
respondents is withheld when ``n < minimum_n``; when ``m = 0``, because it then speaks of every single
respondent; or when ``m < minimum_hits`` and ``n < small_n``. A mean is as telling: ``m`` is then the number
of respondents who did not give the commonest answer. A cell that rests on the weight of one or two people
speaks of these, however many others there are. So does a sum of which one or two make nearly all by weight
times value, and a share below the weight of a single respondent: who knows that weight knows their answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from thuis.protect.rules import FLOOR, ProtectionRules

if TYPE_CHECKING:
    from thuis.protect.table import Row

Rule = Literal[
    "n-below-minimum",
    "all-alike",
    "few-on-one-side",
    "dominance",
    "dominance-of-value",
    "lighter-than-one",
    "few-effective",
    "few-weighted",
    "few-of-each-weight",
    "few-at-the-value",
]

ALIKE = 1e-5
"""Standard deviation, as part of the scale or the mean, below which all answers are the same."""
ONE, TWO = 0.5, 0.75
"""Part of a cell's weight that one respondent, or two together, may have: the (n, k) rule."""
WEIGHED = 50
"""Respondents from which a share and its error no longer give the weight, and so the group, of each."""
REST = 0.1
"""The weight of all but the largest two, as part of the largest: below it the p % rule holds."""


def telling(n: int, hits: int | None, rules: ProtectionRules) -> Rule | None:
    """The rule that forbids a group of ``n`` respondents, ``hits`` of them counted (None for a mean).

    >>> rules = ProtectionRules(minimum_n=50)
    >>> telling(49, 20, rules), telling(500, 0, rules), telling(120, 118, rules), telling(120, 60, rules)
    ('n-below-minimum', 'all-alike', 'few-on-one-side', None)
    """
    if n < rules.minimum_n:
        return "n-below-minimum"
    if hits is None:
        return None
    fewest = min(hits, n - hits)
    if fewest <= 0:
        return "all-alike"
    return "few-on-one-side" if fewest < rules.minimum_hits and n < rules.small_n else None


def unvaried(row: Row, rules: ProtectionRules, scale: tuple[float, float] | None) -> Rule | None:
    """The rule that forbids a mean in which all, or nearly all, gave one answer.

    Where the answers were not counted their spread tells as much: ``sd = se sqrt(n / deff)``, and with ``m``
    people at a distance of at least one from the others ``sd^2 >= m (n - m) / n^2``.
    """
    if row.alike is not None:
        # Many different answers are no fault: only those who did not give the commonest count.
        return telling(row.n, max(row.alike, row.n // 2), rules)
    if row.se is None or row.estimate is None:
        return None
    sd = row.se * (row.n / row.deff if row.deff and row.deff > ALIKE else row.n) ** 0.5
    width = scale[1] - scale[0] if scale else max(abs(row.estimate), 1e-12)
    if min(row.se * row.n**0.5, sd) <= ALIKE * width:
        return "all-alike"
    whole = scale is not None and all(float(end).is_integer() for end in scale) and width >= 1
    enough = rules.minimum_hits * (row.n - rules.minimum_hits) / row.n**2
    return "few-on-one-side" if whole and row.n < rules.small_n and sd**2 < enough * (1 - ALIKE) else None


def lone_value(row: Row, rules: ProtectionRules) -> Rule | None:
    """The rule that forbids a median that is the answer of a few: as rounded, it or an end of its interval.

    >>> from thuis.protect.table import Row
    >>> lone_value(Row("a", "w", ((), ()), n=60, at_value=1), ProtectionRules())
    'few-at-the-value'
    """
    return "few-at-the-value" if row.at_value is not None and row.at_value < rules.minimum_hits else None


def dominated(row: Row, rules: ProtectionRules) -> Rule | None:
    """The rule that forbids a cell on the weight of one or two respondents.

    >>> from thuis.protect.table import Row
    >>> dominated(Row("a", "w", ((), ()), n=60, largest=0.97, two_largest=0.971), ProtectionRules())
    'dominance'
    """
    if row.positive is not None and row.positive < rules.minimum_n:
        return "few-weighted"
    if row.n_effective is not None and row.n_effective < min(FLOOR, rules.minimum_n):
        return "few-effective"
    if row.largest is not None and row.two_largest is not None:
        close = 1 - row.two_largest < REST * row.largest
        if row.largest > ONE or row.two_largest > TWO or close:
            return "dominance"
    return _adds(row)


def _adds(row: Row) -> Rule | None:
    """Whether one or two respondents make what is added up: their weight times their value.

    >>> from thuis.protect.table import Row
    >>> _adds(Row("a", "w", ((), ()), n=300, adds_largest=0.4, adds_two=0.98, adds_rest=0.05))
    'dominance-of-value'
    >>> _adds(Row("a", "w", ((), ()), n=300, lightest_side=0.8))
    'lighter-than-one'
    """
    if row.lightest_side is not None and row.lightest_side < 1 - ALIKE:
        return "lighter-than-one"
    largest, two, rest = row.adds_largest, row.adds_two, row.adds_rest
    if largest is None or two is None or rest is None:
        return None
    return "dominance-of-value" if largest > ONE or two > TWO or rest < REST else None
