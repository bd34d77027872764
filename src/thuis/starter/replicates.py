"""Replicate weights in a file: seen by their numbers and their means, and told, since their making is not."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import polars as pl

from thuis.formats import Raw
from thuis.starter.looked import Looked
from thuis.starter.records import Series

FEWEST = 16
"""Fewer numbered columns are answers to one battery of questions sooner than replicates."""
_NEAR = 0.1
"""How far the mean of a replicate may lie from that of the weight, as a share of it."""
_NAME = r"(.*?[^\W\d])[_.]?0*(\d+)"


def replicates(looked: Looked, weight: str | None) -> Series | None:
    """The longest series of numbered columns whose means lie near that of the weight; nothing without one."""
    if weight is None:
        return None
    stems: dict[str, list[tuple[int, str]]] = {}
    for name in looked.columns:
        if name != weight and (found := re.fullmatch(_NAME, name)):
            stems.setdefault(found[1], []).append((int(found[2]), name))
    series = [tuple(name for _, name in sorted(each)) for each in stems.values() if len(each) >= FEWEST]
    for names in sorted(series, key=len, reverse=True):
        tried = [weight, names[0], names[len(names) // 2], names[-1]]
        means = _means(looked(tried), tried)
        if means[0] and all(math.isclose(each, means[0], rel_tol=_NEAR) for each in means[1:]):
            return Series(names)
    return None


def _means(raw: Raw, names: Sequence[str]) -> list[float]:
    """The mean of each; not a number where a column holds none, or one number only."""
    found = []
    for name in names:
        values = raw.codes(name).cast(pl.String).str.replace(",", ".", literal=True)
        numbers = values.cast(pl.Float64, strict=False).drop_nulls()
        spread = numbers.n_unique() > 1
        found.append(float(numbers.to_numpy().mean()) if spread else math.nan)
    return found
