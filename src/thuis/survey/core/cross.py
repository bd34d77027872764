"""Products of scores when elements are the units: the cells in which two estimates share rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.survey.core.engine.sql import Term, grouped, inner, weight
from thuis.survey.core.replicates import shift_of
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints

WIDTH = 60
"""Pairs of measures in one query."""


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Of every frame row: which grouping, cell and measure, and the ratio and scale of its score."""

    grouping: Ints
    cell: Ints
    measure: Ints
    ratio: Floats
    inverse: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Cross:
    """Sums of ``z_i z_j`` per stratum for pairs of frame rows, ``z`` the scores of the rows of the file.

    Two cells of one grouping share no rows. Otherwise the rows that two cells share are one cell of the union
    of their groupings; there ``z_i z_j`` follows from four sums of squared weights.
    """

    sample: Surveyed
    terms: tuple[Term, ...]
    frame: pl.DataFrame
    by: tuple[tuple[str, ...], ...]
    origin: Origin

    def __call__(self, left: Ints, right: Ints) -> tuple[Ints, Ints, Floats]:
        """Pair, stratum and summed product, for the pairs that share rows."""
        of = self.origin
        apart = (of.grouping[left] == of.grouping[right]) & (of.cell[left] != of.cell[right])
        pair = np.flatnonzero(~apart & (left != right))
        empty = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        if not len(pair):
            return empty
        i, j = left[pair], right[pair]
        swap = of.measure[i] > of.measure[j]
        i, j = np.where(swap, j, i), np.where(swap, i, j)
        frame = pl.DataFrame(
            {"pair": pair, "i": i, "j": j, "a": of.measure[i], "b": of.measure[j]}
            | {"gi": of.grouping[i], "gj": of.grouping[j]}
        )
        parts = [
            self._placed(part, tuple(self.by[g] for g in key))
            for key, part in frame.partition_by("gi", "gj", as_dict=True).items()
        ]
        found = [each for union, part in parts if part.height for each in self._products(union, part)]
        if not found:
            return empty
        first, second, third = (np.concatenate(each) for each in zip(*found, strict=True))
        return first, second, third

    def _placed(
        self, pairs: pl.DataFrame, groupings: tuple[tuple[str, ...], ...]
    ) -> tuple[tuple[str, ...], pl.DataFrame]:
        """The union of two groupings, and the pairs that agree on what is in both, with its key."""
        one, other = groupings
        union = tuple(dict.fromkeys([*one, *other]))
        rows = {"i": self.frame[pairs["i"]], "j": self.frame[pairs["j"]]}
        pairs = pairs.with_columns(
            (rows["i"] if name in one else rows["j"])[name].alias(f"g{k}") for k, name in enumerate(union)
        )
        agree = np.ones(pairs.height, dtype=bool)
        for name in set(one) & set(other):
            agree &= (rows["i"][name] == rows["j"][name]).to_numpy()
        return union, pairs.filter(pl.Series(agree))

    def _products(self, union: tuple[str, ...], pairs: pl.DataFrame) -> Iterator[tuple[Ints, Ints, Floats]]:
        kinds = pairs.select("a", "b").unique(maintain_order=True).rows()
        keys = [f"g{k}" for k in range(len(union))]
        for begin in range(0, len(kinds), WIDTH):
            chunk = kinds[begin : begin + WIDTH]
            sums = self._sums(union, chunk)
            for p, (a, b) in enumerate(chunk):
                own = pairs.filter(pl.col("a") == a, pl.col("b") == b)
                four = sums.select("h", *keys, *(pl.col(f"s{4 * p + q}").alias(f"p{q}") for q in range(4)))
                joined = own.join(four, on=keys, how="inner") if keys else own.join(four, how="cross")
                yield self._joined(joined, a, b)

    def _sums(self, union: tuple[str, ...], kinds: Sequence[tuple[int, int]]) -> pl.DataFrame:
        sample, table = self.sample, self.sample.table
        numbers = sorted({k for kind in kinds for k in kind})
        terms = [self.terms[k] for k in numbers]
        at = {k: n for n, k in enumerate(numbers)}
        aggregates = []
        for a, b in kinds:
            (ya, da), (yb, db) = (_parts(at[k], self.terms[k]) for k in (a, b))
            aggregates += [f"sum(w * w * {x} * {z})" for x, z in ((ya, yb), (ya, db), (da, yb), (da, db))]
        groups = {f"g{k}": table.dialect.value(name, table.types) for k, name in enumerate(union)}
        sql = grouped(
            table.dialect,
            [weight(table.dialect, sample.weight, table.types), *inner(terms)],
            sample.unit,
            groups,
            [tuple(groups)],
            aggregates,
            sample.domain,
        )
        return sample.located(table.query(sql)).rename({"unit": "h"})

    def _joined(self, joined: pl.DataFrame, a: int, b: int) -> tuple[Ints, Ints, Floats]:
        of = self.origin
        pair, h, i, j = (joined[name].to_numpy().astype(np.int64) for name in ("pair", "h", "i", "j"))
        shift_a, shift_b = (shift_of(self.terms[k]) for k in (a, b))
        yy, yd, dy, dd = (np.nan_to_num(joined[f"p{q}"].cast(pl.Float64).to_numpy()) for q in range(4))
        ra, rb = of.ratio[i] - shift_a, of.ratio[j] - shift_b
        return pair, h, (yy - rb * yd - ra * dy + ra * rb * dd) * of.inverse[i] * of.inverse[j]


def _parts(k: int, term: Term) -> tuple[str, str]:
    """SQL of numerator, less its shift, and denominator of the score."""
    y = f"y{k}" if shift_of(term) == 0 else f"(y{k} - {term.shift!r})"
    return y, f"d{k}" if term.d is not None else f"(CASE WHEN y{k} IS NOT NULL THEN 1.0E0 END)"
