"""Which variance a sample's estimates get: linearised, or from its replicate weights."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from thuis.errors import Remark
from thuis.survey.core import variance
from thuis.survey.core.calibration import Calibration
from thuis.survey.core.cells import Estimated, Grouped, Spread, linearised, totals
from thuis.survey.core.engine.fold import TooManyError, Units
from thuis.survey.core.engine.multiplied import SUMS, Multiplied, by_category, products
from thuis.survey.core.engine.sql import Term
from thuis.survey.core.replicates import Replicates, asked, batches, shift_of
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints

Grouping = tuple[str, ...]


def spreads(
    sample: Surveyed,
    terms: Sequence[Term],
    found: Mapping[Grouping, tuple[pl.DataFrame, Grouped, Estimated]],
) -> dict[Grouping, Spread]:
    """The spread of every grouping, from its index of cells, sums and estimates."""
    if sample.replicates is not None:
        return _replicated(sample, sample.replicates, terms, found)
    plain = {
        grouping: linearised(
            grouped,
            made,
            terms,
            sample.stages,
            element=sample.element,
            adjust=sample.calibration is None,
            domain=sample.columns.lonely if sample.columns.lonely_domain else None,
        )
        for grouping, (_, grouped, made) in found.items()
    }
    if sample.stages[0].form is not None and any((each.variance < 0).any() for each in plain.values()):
        warnings.warn(
            Remark('a variance from pairs is below 0, and its error null: ask variance="YG" or pps="brewer"'),
            stacklevel=2,
        )
    return (
        plain if sample.calibration is None else _calibrated(sample, sample.calibration, terms, found, plain)
    )


def _calibrated(
    sample: Surveyed,
    calibration: Calibration,
    terms: Sequence[Term],
    found: Mapping[Grouping, tuple[pl.DataFrame, Grouped, Estimated]],
    plain: Mapping[Grouping, Spread],
) -> dict[Grouping, Spread]:
    """Variances of the scores less what the calibrated columns tell of them."""
    sums = _products(sample, calibration.columns, terms, found, calibration.sizes)
    spreads, shifts = {}, np.array([shift_of(term) for term in terms])
    for grouping, (_, _, made) in found.items():
        y, d = sums[grouping][:, :, : len(terms)], sums[grouping][:, :, len(terms) :]
        rest = y - (made.ratio - shifts)[:, None, :] * d
        slopes = calibration.slopes(rest * made.inverse[:, None, :])
        one = plain[grouping]
        v = np.empty_like(one.variance)
        for cell in range(len(v)):
            scores = -calibration.load @ slopes[cell]
            own = slice(one.pointer[cell], one.pointer[cell + 1])
            scores[one.unit[own]] += one.first[own]
            v[cell] = sum((a * b).sum(axis=0) for a, b in variance.scaled(sample.stages, scores))
        spreads[grouping] = replace(one, variance=v, slopes=slopes)
    return spreads


def _products(
    sample: Surveyed,
    columns: Sequence[str],
    terms: Sequence[Term],
    found: Mapping[Grouping, tuple[pl.DataFrame, Grouped, Estimated]],
    sizes: Sequence[int] = (),
) -> dict[Grouping, Floats]:
    """Per grouping the sums of these columns times ``y`` and ``d``: cells x columns x 2 measures.

    :param sizes: the columns are categories, so many each, and count as indicators of these.
    """
    keys, many = sorted({name for grouping in found for name in grouping}), sum(sizes) or len(columns)
    sums = {g: np.zeros((index.height, many, 2 * len(terms))) for g, (index, _, _) in found.items()}
    if sample.table.maps:
        _elsewhere(sample, columns, keys, terms, found, sums, sizes)
        return sums
    for groups, weights, values in batches(sample.table, columns, keys, terms, sample.domain):
        for grouping, (index, _, _) in found.items():
            own = groups.select(pl.col(f"g{keys.index(name)}").alias(name) for name in grouping)
            cell = cell_of(own, index, len(weights[0]))
            sums[grouping] += (
                by_category(cell, weights, values, index.height, sizes)
                if sizes
                else products(cell, weights, values, index.height)
            )
    return sums


def _elsewhere(
    sample: Surveyed,
    columns: Sequence[str],
    keys: list[str],
    terms: Sequence[Term],
    found: Mapping[Grouping, tuple[pl.DataFrame, Grouped, Estimated]],
    sums: dict[Grouping, Floats],
    sizes: Sequence[int],
) -> None:
    """The same of rows that lie elsewhere: only the sums of cells come over."""
    table = sample.table
    work = Multiplied(len(keys), len(columns), len(terms), tuple(sizes))
    types = {f"g{i}": table.types[name] for i, name in enumerate(keys)}
    parts = table.mapped(asked(table, columns, keys, terms, sample.domain), work, types, SUMS)
    values = np.array(parts[SUMS].to_list(), dtype=float)
    for grouping, (index, _, _) in found.items():
        own = parts.select(pl.col(f"g{keys.index(name)}").alias(name) for name in grouping)
        cell = cell_of(own, index, parts.height)
        here = cell >= 0
        np.add.at(sums[grouping], cell[here], values[here].reshape(-1, *sums[grouping].shape[1:]))


def _replicated(
    sample: Surveyed,
    replicates: Replicates,
    terms: Sequence[Term],
    found: Mapping[Grouping, tuple[pl.DataFrame, Grouped, Estimated]],
) -> dict[Grouping, Spread]:
    many, total = len(replicates.columns), totals(terms)
    shifts = np.array([shift_of(term) for term in terms])
    sums = _products(sample, replicates.columns, terms, found)
    spreads = {}
    for grouping, (index, _, made) in found.items():
        y, d = sums[grouping][:, :, : len(terms)], sums[grouping][:, :, len(terms) :]
        with np.errstate(all="ignore"):
            theta = np.where(total, y, shifts + y / d)
        scores = replicates.deviations(theta, made.statistics["estimate"])
        first = scores.reshape(-1, len(terms))
        cell, unit = np.repeat(np.arange(index.height), many), np.tile(np.arange(many), index.height)
        v = variance.by_unit(sample.stages, cell, unit, first, index.height)
        spreads[grouping] = Spread(v, np.arange(index.height + 1) * many, unit, first)
    return spreads


def cell_of(rows: pl.DataFrame, index: pl.DataFrame, height: int) -> Ints:
    """The cell of every row, -1 when it is in none."""
    if not rows.width:
        return np.zeros(height, dtype=np.int64)
    try:
        return Units(index, rows.columns).of([each.to_arrow() for each in rows.iter_columns()], height)
    except TooManyError:
        on = rows.columns
        joined = rows.join(index.with_row_index("cell"), on=on, how="left", maintain_order="left")
        return joined["cell"].cast(pl.Int64).fill_null(-1).to_numpy()
