"""Cells about too few people, or that tell too much about everyone in a small group.

With ``m`` the smaller of the respondents counted in a share and those not counted, a cell of ``n``
respondents is withheld when ``n < minimum_n``; when ``m = 0``, because it then speaks of every single
respondent; or when ``m < minimum_hits`` and ``n < small_n``. A mean in which all respondents gave the same
answer is as telling as a share of 0 %.
"""

from __future__ import annotations

from typing import Literal

from thuis.protect.rules import ProtectionRules

Rule = Literal["n-below-minimum", "all-alike", "few-on-one-side"]


def telling(n: int, hits: int | None, rules: ProtectionRules, *, spread: bool = True) -> Rule | None:
    """The rule that forbids a group of ``n`` respondents, ``hits`` of them counted (None for a mean).

    ``spread`` is False when all answers to a mean are the same.

    >>> rules = ProtectionRules(minimum_n=50)
    >>> telling(49, 20, rules), telling(500, 0, rules), telling(120, 118, rules), telling(120, 60, rules)
    ('n-below-minimum', 'all-alike', 'few-on-one-side', None)
    """
    if n < rules.minimum_n:
        return "n-below-minimum"
    if hits is None:
        return None if spread else "all-alike"
    fewest = min(hits, n - hits)
    if fewest <= 0:
        return "all-alike"
    return "few-on-one-side" if fewest < rules.minimum_hits and n < rules.small_n else None
