"""How certain an estimate is: good, moderate, or too uncertain to publish.

Proportions are judged by half the width of their interval, in percentage points; means by the coefficient of
variation, the standard error over the distance of the mean to zero (or to the low end of a scale that goes
below zero, where the mean itself may be near zero).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeGuard

from thuis.protect.rules import ProtectionRules

Grade = Literal["good", "moderate", "too-uncertain"]


@dataclass(frozen=True, slots=True)
class Certainty:
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
