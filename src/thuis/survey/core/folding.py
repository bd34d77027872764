"""The sums of a sample folded out of blocks of its rows: what is read, and the cells it ends in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
import pyarrow as pa

from thuis.errors import Problem, raise_all
from thuis.survey.core.cells import Grouped
from thuis.survey.core.engine.block import Block, shift
from thuis.survey.core.engine.codes import Coder, Codes
from thuis.survey.core.engine.fold import Cells, Folded, Units, ordered, rolled
from thuis.survey.core.engine.sql import Dialect, Term, inner, numerator
from thuis.survey.core.engine.sums import Product, Sums, sums
from thuis.survey.core.engine.table import ahead
from thuis.survey.core.facts import misfit, moves
from thuis.survey.core.measures import Mean, Measure, Proportion, Total, column_of
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Ints

Grouping = tuple[str, ...]
MEMORY = 16_000_000
"""Bytes of a block, as long as it has at least ``LEAST`` and at most ``MOST`` rows."""
LEAST, MOST = 20_000, 500_000


def folded(
    sample: Surveyed,
    measures: Sequence[Measure],
    names: list[str],
    by: Sequence[Grouping],
    kept: Sequence[str],
) -> tuple[list[Term], dict[str, pl.DataType], dict[Grouping, tuple[pl.DataFrame, Grouped]]]:
    """Terms, types of the keys, and per grouping with rows its cells and their sums.

    Groupings by some of the keys of another are added up from that one.

    :param kept: statistics that are needed per design unit.
    :raises TooManyError: more keys than arrays count.
    :raises ThuisError: infinite answers, shares of answers that are not 0 or 1.
    """
    terms = [Term(each, *numerator(sample.table.dialect, each, sample.table.types)) for each in measures]
    columns = _columns(sample, terms, names)
    rows = min(max(MEMORY // (8 * len(columns)), LEAST), MOST)
    orders = sample.orders
    coders = [Coder(order=orders.get(name, ())) for name in names]
    units = Units(sample.units, list(sample.unit))
    fold: _Fold | None = None
    design = len(sample.unit)
    stored = None if sample.domain else _stored(sample, measures, names)
    plain = None if stored is None else sample.table.as_stored(*stored, rows, sample.size)
    blocks = sample.table.blocks(_select(sample, columns), rows) if plain is None else plain
    for batch in ahead(blocks) if sample.size > rows else blocks:
        fold = fold or _Fold.begun(sample, terms, batch, [_at(names, each) for each in _parents(by)], kept)
        units_of, keys = batch.columns[:design], batch.columns[design : design + len(names)]
        codes = [coder.encode(column) for coder, column in zip(coders, keys, strict=True)]
        fold.add(
            batch,
            codes,
            [len(coder) for coder in coders],
            units.of(units_of, len(batch)),
        )
    if fold is None:
        return terms, dict.fromkeys(names, pl.String()), {}
    raise_all(fold.problems())
    own = dict(zip(names, coders, strict=True))
    ranks = [coder.ranks for coder in coders]
    found = {each: fold.finished(_at(names, each), ranks) for each in by}
    kinds = {name: coder.series(np.zeros(0, dtype=np.int64)).dtype for name, coder in own.items()}
    ready = {
        each: (_index(one, {name: own[name] for name in each}), _grouped(one, fold))
        for each, one in found.items()
        if len(one.keys)
    }
    return fold.terms, kinds, ready


def _at(names: list[str], grouping: Grouping) -> tuple[int, ...]:
    return tuple(names.index(name) for name in grouping)


def _parents(by: Sequence[Grouping]) -> list[Grouping]:
    """Groupings that are not by some of the keys of another."""
    return [each for each in by if not any(set(each) < set(other) for other in by)]


def _columns(sample: Surveyed, terms: list[Term], names: list[str]) -> list[str]:
    table, dialect = sample.table, sample.table.dialect
    units = [f"{sql} AS {name}" for name, sql in sample.unit.items()]
    keys = [f"{dialect.value(name, table.types)} AS g{i}" for i, name in enumerate(names)]
    plain = [_plain(term, dialect) for term in terms]
    weight = f"CAST({dialect.quote(sample.weight)} AS DOUBLE) AS w"
    return [*units, *keys, weight, *inner(plain)]


def _stored(
    sample: Surveyed, measures: Sequence[Measure], names: list[str]
) -> tuple[dict[str, str], set[str]] | None:
    """The same columns by name, and which become floats; None when some are not columns as they stand."""
    keys = {f"u{i}": name for i, name in enumerate(sample.columns.keys)} if sample.unit else {}
    found = {**keys, **{f"g{i}": name for i, name in enumerate(names)}, "w": sample.weight}
    for k, measure in enumerate(measures):
        column = column_of(measure)
        if column is None:
            return None
        found[f"y{k}"] = column
    return found, {name for name in found if name[0] in "wy"}


def _plain(term: Term, dialect: Dialect) -> Term:
    """The same term without a look at every NaN, which counts as missing in a block anyway."""
    if isinstance(term.measure, Mean | Total) and term.measure.column is not None:
        return replace(term, y=f"CAST({dialect.quote(term.measure.column)} AS DOUBLE)")
    return term


def _select(sample: Surveyed, columns: list[str]) -> str:
    condition = f" WHERE {sample.domain}" if sample.domain else ""
    return f"SELECT {', '.join(columns)} FROM {sample.table.dialect.source}{condition}"


def _index(one: Folded, coders: dict[str, Coder]) -> pl.DataFrame:
    if not coders:
        return pl.DataFrame(height=1)
    return pl.DataFrame(
        [coder.series(one.keys[:, j]).alias(name) for j, (name, coder) in enumerate(coders.items())]
    )


def _grouped(one: Folded, fold: _Fold) -> Grouped:
    held = np.arange(len(one.sums)) if len(one.values) == len(one.sums) else fold.held
    return Grouped(len(one.keys), one.cell, one.unit, one.values.T, held, one.sums.T, fold.asked.at)


@dataclass(slots=True, eq=False)
class _Fold:
    """Sums of every grouping while blocks come by, and what in the answers does not fit."""

    terms: list[Term]
    asked: Sums
    cells: dict[tuple[int, ...], Cells]
    held: Ints
    units: int
    sizes: list[int]
    infinite: Bools
    other: Ints
    _done: dict[tuple[int, ...], Folded] = field(default_factory=dict)

    @classmethod
    def begun(
        cls,
        sample: Surveyed,
        terms: list[Term],
        batch: pa.RecordBatch,
        parents: list[tuple[int, ...]],
        kept: Sequence[str],
    ) -> _Fold:
        """The first block tells around which value squares are taken."""
        terms = [
            replace(term, shift=shift(batch, k)) if moves(term.measure) else term
            for k, term in enumerate(terms)
        ]
        asked = sums(terms, positive=sample.positive, squares=sample.element)
        per_unit = np.zeros(len(asked.products), dtype=bool)
        for name in kept:
            per_unit[asked.at[name]] = True
        units = sample.units.height if sample.unit else 1
        more = sample.size > len(batch)
        cells = {each: Cells(each, units, per_unit, more=more) for each in parents}
        held = np.where(per_unit, np.cumsum(per_unit) - 1, -1)
        none = np.zeros(len(terms), dtype=np.int64)
        return cls(terms, asked, cells, held, units, [], none.astype(bool), none)

    def add(self, batch: pa.RecordBatch, codes: list[Codes], sizes: list[int], unit: Codes) -> None:
        """Take one block in."""
        self.sizes = sizes
        block = Block(batch, [term.shift for term in self.terms])
        for k, term in enumerate(self.terms):
            self.infinite[k] |= block.infinite(k)
            if isinstance(term.measure, Proportion) and term.measure.values is None:
                self.other[k] += block.other(k)
        if self.infinite.any():
            return
        places = [(cells, cells.place(codes, sizes, unit)) for cells in self.cells.values()]
        same: dict[Product, list[int]] = {}
        for i, product in enumerate(self.asked.products):
            same.setdefault(block.plain(product), []).append(i)
        with np.errstate(over="ignore"):
            for product, which in same.items():
                without = block.without(product)
                row = block.row(product) if without is None else None
                for cells, at in places:
                    cells.add(which, row, at, without)

    def problems(self) -> list[Problem]:
        """Answers that do not fit their measure."""
        found = [
            misfit(term.measure, infinite=bool(self.infinite[k]), other=int(self.other[k]))
            for k, term in enumerate(self.terms)
        ]
        return [each for each in found if each]

    def finished(self, grouping: tuple[int, ...], ranks: list[Codes]) -> Folded:
        """One grouping: cells with all keys, in the order of their values."""
        for each, cells in self.cells.items():
            if each not in self._done:
                self._done[each] = cells.done()
        whole = self._done.get(grouping)
        if whole is None:
            parent = min(
                (each for each in self.cells if set(grouping) < set(each)),
                key=lambda each: len(self._done[each].cell),
            )
            own = [parent.index(key) for key in grouping]
            whole = rolled(self._done[parent], own, [self.sizes[key] for key in grouping], self.units)
        return ordered(whole, [ranks[key] for key in grouping])
