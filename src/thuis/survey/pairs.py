"""Every pair of the cells of a table tested, p values for that many tests, and letters that sum it up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Protocol

import numpy as np
import polars as pl

from thuis.errors import raise_all, unknowns
from thuis.multiplicity import holm
from thuis.survey.core.variance import Floats, Ints

ADJUST = ("holm", "bonferroni", "none")


class Table(Protocol):
    """Estimates, of which any two can be compared."""

    @property
    def frame(self) -> pl.DataFrame:
        """A row per estimate."""

    @property
    def level(self) -> float:
        """Of its tests."""

    def differences(self, pairs: Any) -> pl.DataFrame:
        """The second less the first of pairs of rows."""


def pairs(found: Table, adjust: str) -> pl.DataFrame:
    """See :meth:`thuis.survey.Estimates.pairs`."""
    raise_all(unknowns("adjustment", [adjust], ADJUST))
    names, families = _names(found), _families(found)
    chosen = [pair for own in families for pair in combinations(own, 2)]
    tested = found.differences(chosen)
    p = tested["p"].fill_null(float("nan")).to_numpy()
    sizes = [len(own) * (len(own) - 1) // 2 for own in families]
    starts = np.repeat(np.arange(len(families)), sizes).astype(np.int64)
    return tested.with_columns(
        pl.Series("measure", [found.frame["measure"][a] for a, _ in chosen], pl.String),
        pl.Series("first", [names[a] for a, _ in chosen], pl.String),
        pl.Series("second", [names[b] for _, b in chosen], pl.String),
        pl.Series("p_adjusted", _adjusted(p, starts, adjust), nan_to_null=True),
    ).select("measure", "first", "second", pl.exclude("measure", "first", "second"))


def _adjusted(p: Floats, family: Ints, adjust: str) -> Floats:
    if adjust == "holm":
        return holm(p, family)
    if adjust == "none" or not len(p):
        return p
    many = np.bincount(family, (~np.isnan(p)).astype(float))[family]
    return np.asarray(np.minimum(p * many, 1.0))


def letters(found: Table, adjust: str) -> pl.DataFrame:
    """See :meth:`thuis.survey.Estimates.letters`."""
    tested = pairs(found, adjust)
    apart = {
        (a, b)
        for a, b, p in tested.select("left", "right", "p_adjusted").iter_rows()
        if p is not None and p < 1 - found.level
    }
    own = [""] * found.frame.height
    for rows in _families(found):
        for sign, group in zip(_signs(), _groups(rows, apart), strict=False):
            for row in group:
                own[row] += sign
    return found.frame.with_columns(pl.Series("letters", own, pl.String))


def _signs() -> list[str]:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return [*alphabet, *alphabet.upper(), *(a + b for a in alphabet for b in "0123456789")]


def _groups(rows: Sequence[int], apart: set[tuple[int, int]]) -> list[list[int]]:
    """Sets of rows of which no two are apart, such that two that are not share one (Piepho 2004)."""
    groups = [set(rows)]
    for a, b in apart:
        for group in [each for each in groups if a in each and b in each]:
            groups.remove(group)
            for less in (group - {a}, group - {b}):
                if not any(less <= other for other in groups):
                    groups = [other for other in groups if not other < less] + [less]
    return sorted((sorted(group) for group in groups), key=lambda group: group)


def _families(found: Table) -> list[list[int]]:
    """Rows of one measure and grouping."""
    families: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for i, (measure, by) in enumerate(found.frame.select("measure", "by").iter_rows()):
        families.setdefault((measure, tuple(by)), []).append(i)
    return list(families.values())


def _names(found: Table) -> list[str]:
    groups = found.frame.columns[2 : found.frame.columns.index("estimate")]
    rows = found.frame.select(groups).iter_rows()
    return [" · ".join(str(each) for each in row if each is not None) for row in rows]
