"""Grouped sums of a sample, by the query of its engine or folded out of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.survey.core.cells import Grouped, needs_answers
from thuis.survey.core.engine.fold import TooManyError
from thuis.survey.core.engine.sql import Term, grouped, inner, mask_of, weight
from thuis.survey.core.engine.sums import Sums, sums
from thuis.survey.core.folding import folded
from thuis.survey.core.measures import Measure
from thuis.survey.core.ordering import Orders, in_order
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Floats, Ints, starts

LARGE = 200_000
"""Rows from which a second query is worth its start."""

Grouping = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The terms asked, the type of every key, and per grouping with rows its cells and their sums."""

    terms: list[Term]
    types: dict[str, pl.DataType]
    groups: dict[Grouping, tuple[pl.DataFrame, Grouped]]


def groups(
    sample: Surveyed,
    measures: Sequence[Measure],
    names: list[str],
    by: Sequence[Grouping],
    *,
    domain_df: bool,
) -> Found:
    """The sums of measures in every grouping; ``domain_df`` also counts rows per design unit.

    :param names: the keys of the groupings.
    """
    if sample.table.folds:
        try:
            return Found(*folded(sample, measures, names, by, needed(sample, domain_df=domain_df)))
        except TooManyError:
            pass
    return queried(sample, sample.terms(measures), names, by, domain_df=domain_df)


def needed(sample: Surveyed, *, domain_df: bool) -> tuple[str, ...]:
    """Statistics that are needed per design unit, not only per cell."""
    kept: tuple[str, ...] = ("sy", "sd")
    if sample.element:
        kept += ("w2yy", "w2yd", "w2dd")
    if needs_answers(sample.stages) or sample.columns.lonely_domain:
        kept += ("n",)
    return (*kept, "positive") if domain_df else kept


def queried(
    sample: Surveyed, terms: list[Term], names: list[str], by: Sequence[Grouping], *, domain_df: bool
) -> Found:
    """The same from SQL, in one scan or, with many rows, in one for units and one for cells."""
    table, dialect = sample.table, sample.table.dialect
    asked = sums(terms, positive=sample.positive, squares=sample.element)
    keys = {f"g{i}": dialect.value(name, table.types) for i, name in enumerate(names)}
    sets = [tuple(f"g{names.index(column)}" for column in grouping) for grouping in by]
    aggregates = [product.sql(terms) for product in asked.products]
    rows = [weight(dialect, sample.weight, table.types), *inner(terms)]
    apart = _apart(sample, asked, needed(sample, domain_df=domain_df))

    def query(unit: dict[str, str], which: Bools) -> pl.DataFrame:
        chosen = [sql for sql, wanted in zip(aggregates, which, strict=True) if wanted]
        return table.query(grouped(dialect, rows, unit, keys, sets, chosen, sample.domain))

    orders = {f"g{i}": sample.orders[name] for i, name in enumerate(names) if name in sample.orders}
    found = sample.located(query(sample.unit, ~apart))
    whole = query({}, apart) if apart.any() else None
    ready: dict[Grouping, tuple[pl.DataFrame, Grouped]] = {}
    for grouping, own_keys in zip(by, sets, strict=True):
        mask = 0 if len(sets) == 1 else mask_of(list(keys), own_keys)
        here = pl.all_horizontal(pl.col("mask") == mask, *(pl.col(key).is_not_null() for key in own_keys))
        if (own := found.filter(here)).height:
            cells = None if whole is None else whole.filter(here)
            index, one = _grouped(own, cells, own_keys, asked, apart, orders)
            ready[grouping] = index.rename(dict(zip(own_keys, grouping, strict=True))), one
    return Found(terms, {name: found.schema[f"g{i}"] for i, name in enumerate(names)}, ready)


def _apart(sample: Surveyed, asked: Sums, kept: tuple[str, ...]) -> Bools:
    """Products that no design unit needs: with many rows those are asked in a second, smaller query."""
    apart = np.zeros(len(asked.products), dtype=bool)
    if sample.element or sample.replicates is not None or sample.size < LARGE:
        return apart
    apart[:] = True
    for name in kept:
        apart[asked.at[name]] = False
    return apart


def _grouped(
    own: pl.DataFrame,
    cells: pl.DataFrame | None,
    keys: tuple[str, ...],
    asked: Sums,
    apart: Bools,
    orders: Orders,
) -> tuple[pl.DataFrame, Grouped]:
    held = np.cumsum(~apart) - 1
    held[apart] = -1
    index, cell, order = _indexed(own, keys, orders)
    values = _numbers(own)[order]
    total = np.empty((index.height, len(apart)))
    total[:, ~apart] = np.add.reduceat(values, starts(cell), axis=0)
    if cells is not None:
        on = list(keys)
        total[:, apart] = _numbers(
            index.join(cells, on=on, how="left", maintain_order="left") if on else cells
        )
    unit = own["unit"].to_numpy()[order].astype(np.int64)
    return index, Grouped(index.height, cell, unit, values, held, total, asked.at)


def _numbers(rows: pl.DataFrame) -> Floats:
    found = rows.select(pl.col(r"^s\d+$").cast(pl.Float64)).to_numpy(writable=True)
    found[np.isnan(found)] = 0.0  # the sum of no rows
    return found


def _indexed(rows: pl.DataFrame, keys: Sequence[str], orders: Orders) -> tuple[pl.DataFrame, Ints, Ints]:
    """The cells in order, the cell of every row, and the rows sorted by cell and design unit."""
    unit = rows["unit"].to_numpy().astype(np.int64)
    if not keys:
        order = np.argsort(unit, kind="stable")
        return pl.DataFrame(height=1), np.zeros(len(unit), np.int64), order
    index = in_order(rows.select(keys).unique(), keys, orders)
    joined = rows.select(keys).join(
        index.with_row_index("cell"), on=list(keys), how="left", maintain_order="left"
    )
    cell = joined["cell"].to_numpy().astype(np.int64)
    order = np.argsort(cell * (int(unit.max()) + 1) + unit, kind="stable")
    return index, cell[order], order
