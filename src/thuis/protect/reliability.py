"""How certain an estimate is: good, moderate, or too uncertain to publish.

Proportions are judged by half the width of their interval, in percentage points; means by the coefficient of
variation, the standard error over the distance of the mean to zero (or to the low end of a scale that goes
below zero, where the mean itself may be near zero).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeGuard

from thuis.protect.rules import ProtectionRules

if TYPE_CHECKING:
    from thuis.protect.table import Row

Grade = Literal["good", "moderate", "too-uncertain"]


class Certainty(NamedTuple):
    """A grade with the number that decided and the limit it was held against."""

    grade: Grade
    rule: str
    value: float | None
    limit: float


def of_proportion(lower: float | None, upper: float | None, rules: ProtectionRules) -> Certainty:
    """The certainty of a proportion from its interval, 0–100; without an interval it is too uncertain.

    >>> of_proportion(20.0, 44.0, ProtectionRules()).grade
    'moderate'
    >>> of_proportion(None, None, ProtectionRules()).grade
    'too-uncertain'
    """
    half = (upper - lower) / 2 if known(lower) and known(upper) else None
    return _graded("half-width", half, rules.moderate_half_width, rules.maximum_half_width)


def uncertain(row: Row, rules: ProtectionRules) -> tuple[int, int] | None:
    """The fewest and the most respondents of whom "too uncertain" may be said, where it is of this many.

    With equal weights a reader who knows how many a group has knows its interval for every number of answers,
    on the log odds. None where weights differ, for then nobody does.

    >>> from thuis.protect.table import Row
    >>> cell = Row("a", "w", ((), ()), 50.0, 7.9, 35.0, 65.0, n=40, n_hit=20, deff=1.0)
    >>> uncertain(cell, ProtectionRules(minimum_n=10, maximum_half_width=14.9))
    (18, 22)
    """
    if not (known(row.estimate) and known(row.se) and known(row.lower) and known(row.upper)):
        return None
    ends = (row.estimate / 100, row.lower / 100, row.upper / 100)
    flat = (row.deff or 0.0) * row.n / max(row.n - 1, 1)
    if row.n_hit is None or abs(flat - 1) > FLAT or not all(0 < each < 1 for each in ends):
        return None
    p, low, high = ends
    # t times the standard error over the root of p (1 - p), which is the same for every share of the group.
    spread = (math.log(high / (1 - high)) - math.log(low / (1 - low))) / 2 * math.sqrt(p * (1 - p))
    inside = [
        hits
        for hits in range(1, row.n)
        if _half(hits / row.n, spread) > rules.maximum_half_width / 100 or hits == row.n_hit
    ]
    return min(inside), max(inside)


def uncertain_sum(row: Row, certainty: Certainty, rules: ProtectionRules) -> tuple[int, int] | None:
    """The fewest and the most who may have given the answer, or another than the commonest, where a total or
    a mean is too uncertain by its coefficient of variation.

    With equal weights that falls with the root of their number; fewer than these would be withheld as few.
    None where weights differ, or nothing was counted.

    >>> from thuis.protect.table import Row
    >>> cell = Row("a", "w", ((), ()), 7.0, 2.6, 1.9, 12.1, n=120, n_hit=7, n_effective=120.0)
    >>> uncertain_sum(cell, of_mean(7.0, 2.6, ProtectionRules()), ProtectionRules())
    (5, 10)
    """
    others = row.n_hit if row.n_hit is not None else row.n - (row.alike if row.alike is not None else row.n)
    if certainty.rule != "cv" or not certainty.value or others <= 0 or row.n_effective is None:
        return None
    if abs(row.n_effective / row.n - 1) > FLAT:
        return None
    fewest = rules.minimum_hits if row.n < rules.small_n else 1
    most = int(others * (certainty.value / certainty.limit) ** 2)
    return min(fewest, others), max(most, others)


FLAT = 0.03
"""Part by which the design effect of a share may be off that of equal weights."""


def _half(p: float, spread: float) -> float:
    """Half of the interval of a share, on the log odds."""
    centre, away = math.log(p / (1 - p)), spread / math.sqrt(p * (1 - p))
    low, high = (1 / (1 + math.exp(-(centre + sign * away))) for sign in (-1, 1))
    return (high - low) / 2


def of_mean(
    estimate: float, se: float | None, rules: ProtectionRules, scale: tuple[float, float] | None = None
) -> Certainty:
    """The certainty of a mean from its standard error.

    >>> of_mean(6.2, 0.1, ProtectionRules()).grade, of_mean(6.2, 2.0, ProtectionRules()).grade
    ('good', 'too-uncertain')
    """
    base = abs(estimate - min(scale[0], 0.0)) if scale else abs(estimate)
    cv = se / base if known(se) and base > 0 else None
    return _graded("cv", cv, rules.moderate_cv, rules.maximum_cv)


def known(value: float | None) -> TypeGuard[float]:
    """Whether there is a number: neither empty nor NaN nor infinite."""
    return value is not None and math.isfinite(value)


def _graded(rule: str, value: float | None, moderate: float, maximum: float) -> Certainty:
    if value is None:
        return Certainty("too-uncertain", f"no-{rule}", None, maximum)
    if value > maximum:
        return Certainty("too-uncertain", rule, value, maximum)
    return Certainty("moderate" if value > moderate else "good", rule, value, maximum)
