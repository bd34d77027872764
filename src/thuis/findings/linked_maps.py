"""Two maps of the same counts in the boundaries of two days: what one withholds the other may give away."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from thuis.findings.movement import MOVES, untelling
from thuis.findings.registers import CODE, aligned
from thuis.places.areas import combine
from thuis.project.places import AreaMap


def told_together(folder: Path, maps: Sequence[AreaMap], minimum: int) -> Iterator[tuple[int, str]]:
    """The number of a map and an area of it that gives an area of another map away.

    An area that merged, less the parts of it that the other map shows, leaves the parts that it withholds.
    """
    for (_, one), (number, other) in itertools.permutations(enumerate(maps), 2):
        if one.boundaries_of >= other.boundaries_of:
            continue
        for file, counted in set(_counts(one)) & set(_counts(other)):
            numbers = _numbers(one, other)
            if not numbers:
                continue
            small, _ = aligned(folder, one, file, counted, numbers)
            large, _ = aligned(folder, other, file, counted, numbers)
            yield from ((number, code) for code in _given(small, large, numbers, other, minimum))


def _counts(asked: AreaMap) -> list[tuple[str, date]]:
    found = [(asked.counts, asked.counted)]
    return found + ([asked.earlier] if asked.measure == "composition-change" else [])


def _numbers(one: AreaMap, other: AreaMap) -> tuple[str, ...]:
    """The columns that both maps count."""
    sides = [MOVES if each.measure == "turnover" else tuple(each.groups) for each in (one, other)]
    return tuple(name for name in sides[0] if name in sides[1])


def _given(
    small: pl.DataFrame, large: pl.DataFrame, numbers: tuple[str, ...], asked: AreaMap, minimum: int
) -> Iterator[str]:
    hidden = small.filter(~pl.Series(untelling(small, numbers, minimum)))
    became = pl.Series(
        [combine(small.filter(pl.col(CODE) == each), CODE, numbers, asked.boundaries_of)[CODE][0]
         for each in hidden[CODE]],
        dtype=pl.String,
    )  # fmt: skip
    left = (
        hidden.with_columns(became.alias(CODE)).group_by(CODE, maintain_order=True).agg(pl.col(numbers).sum())
    )
    shown = large.filter(pl.Series(untelling(large, numbers, minimum)))[CODE].to_list()
    for code, *counts in left.select(CODE, *numbers).iter_rows():
        if code in shown and any(0 < each < minimum for each in counts):
            yield code
