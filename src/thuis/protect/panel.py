"""Changes of a panel: with the standard error of a change a reader knows how many changed their answer."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from thuis.protect.rules import ProtectionRules
from thuis.protect.table import Row
from thuis.values import breakdown_id

INDEPENDENT = 1e-6
"""Part by which the variance of a change may differ from the sum of two before it has a covariance."""


def telling_changes(comparisons: pl.DataFrame, rows: Sequence[Row], rules: ProtectionRules) -> pl.DataFrame:
    """The comparisons without changes that tell how few people changed, or did not.

    The variance of the change of a share is that of the two shares less twice their covariance, and with the
    shares the covariance gives the four counts of a turnover table: yes-yes, yes-no, no-yes, no-no. As for a
    share, none may be of a handful of people where the group is small, nor nobody where the other three are
    not. Counts are of people as weights make them equal: ``n`` over the design effect.
    """
    shares = {
        (row.indicator, breakdown_id(row.key[0]), row.wave, row.key[1]): row
        for row in rows
        if row.open and row.n_hit is not None
    }
    names = ("indicator", "breakdown", "type", "wave", "cell", "other_wave", "se")
    keep = []
    for indicator, breakdown, type_, wave, cell, other_wave, se in comparisons.select(*names).iter_rows():
        now = shares.get((indicator, breakdown, wave, tuple(cell or ())))
        then = shares.get((indicator, breakdown, other_wave, tuple(cell or ())))
        keep.append(type_ != "wave" or se is None or not (now and then) or not _tells(now, then, se, rules))
    return comparisons.filter(pl.Series(keep, dtype=pl.Boolean))


def _tells(now: Row, then: Row, se: float, rules: ProtectionRules) -> bool:
    if None in (now.se, then.se, now.estimate, then.estimate):
        return False
    a, b = float(now.se or 0), float(then.se or 0)
    covariance = (a**2 + b**2 - se**2) / 2
    if abs(covariance) <= INDEPENDENT * (a**2 + b**2):
        return False
    p, q = float(now.estimate or 0) / 100, float(then.estimate or 0) / 100
    n = min(now.n, then.n)
    spread = [s**2 / 1e4 / (x * (1 - x)) for s, x in ((a, p), (b, q)) if 0 < x < 1]
    if not spread:
        return True
    people = 2 / (spread[0] + spread[-1])
    both = covariance / 1e4 * people + p * q
    turnover = [both, p - both, q - both, 1 - p - q + both]
    fewest = min(turnover) * n
    return fewest < 0.5 or (n < rules.small_n and fewest < rules.minimum_hits - 0.5)
