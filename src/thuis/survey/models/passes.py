"""A model fitted where the rows are: each pass over them gives back sums, never the rows.

One pass for the means of its columns, one for every step of the fit, one for the scores of the design units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import pyarrow as pa

from thuis.survey.core.engine.multiplied import SUMS, listed
from thuis.survey.core.engine.stored import frame_of
from thuis.survey.core.ordering import Orders, enumerated
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints, matrix
from thuis.survey.models.families import family_of
from thuis.survey.models.regression import Data, InseparableError, Sums, inseparable, inverse, solved
from thuis.survey.models.terms import Formula, Levels, levels_of
from thuis.survey.models.terms import matrix as columns_of
from thuis.survey.used import linear

WEIGHT, PLACE = "__weight", "__place"


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is made of some rows: plain values, so that it can be sent to where the rows are."""

    formula: Formula
    levels: Levels
    family: str
    link: str | None
    orders: Orders
    middle: Floats | None = None

    def data(self, rows: pl.DataFrame) -> Data:
        """The answers and columns of some rows."""
        _, x = columns_of(rows, self.formula, self.levels)
        y, offset = self.formula.outcome.numbers(rows), self.formula.offset(rows)
        return Data.of(family_of(self.family, self.link), y, x, offset, self.middle)


Work = Callable[[Asked, pl.DataFrame], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """Sums over the rows of a part; sent to where they are."""

    asked: Asked
    work: Work

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """One row with the sums, none when there were no rows."""
        total = None
        for batch in batches:
            if len(batch):
                found = self.work(self.asked, _frame(batch, self.asked.orders))
                total = found if total is None else total + found
        if total is not None:
            yield pa.RecordBatch.from_arrays([listed(total[None])], names=[SUMS])


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Sums of scores per design unit, and of their products when every row is a unit."""

    asked: Asked
    beta: Floats
    keys: tuple[str, ...]
    products: bool

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The keys of every unit met with its sums; the last is that of rows."""
        for batch in batches:
            if not len(batch):
                continue
            rows = _frame(batch, self.asked.orders)
            data, w = self.asked.data(rows), _weights(rows)
            score = data.scores(slice(None), self.beta) * w[:, None]
            sums = [score, np.ones((len(w), 1))]
            if self.products:
                sums.insert(1, (score[:, :, None] * score[:, None, :]).reshape(len(w), -1))
            each = np.hstack(sums)
            if not self.keys:
                yield pa.RecordBatch.from_arrays([listed(each.sum(axis=0)[None])], names=[SUMS])
                continue
            own = rows.select(self.keys).with_columns(pl.struct(self.keys).rank("dense").alias(PLACE))
            place = own[PLACE].to_numpy()
            order = np.argsort(place, kind="stable")
            found = np.add.reduceat(each[order], np.flatnonzero(np.diff(place[order], prepend=0)), axis=0)
            keys = own.unique(PLACE).sort(PLACE).select(self.keys).to_arrow().combine_chunks()
            yield pa.RecordBatch.from_arrays(
                [*(each.combine_chunks() for each in keys.columns), listed(found)], names=[*self.keys, SUMS]
            )


@dataclass(frozen=True, slots=True, eq=False)
class Away:
    """A model fitted by passes: its columns, coefficients and covariance, and the rows behind it.

    :param bad: of the outcome, the columns and the offset, in how many rows each is no number.
    :param low: rows whose outcome is 0 or less.
    """

    labels: list[str]
    bad: Ints
    low: int
    n: int
    empty: pl.DataFrame
    levels: Levels
    solve: Callable[[], tuple[Floats, Floats, float]]


def goes(sample: Surveyed) -> bool:
    """Whether rows stay where they are: the engine can work there, and a variance asks only for sums."""
    return sample.table.maps and linear(sample)


def away(sample: Surveyed, formula: Formula, family: str, link: str | None) -> Away:
    """Look at the rows once; fit when asked."""
    sql = _Rows(sample, formula)
    levels = levels_of(sql.answers, formula)
    asked = Asked(formula, levels, family, link, sample.orders)
    labels, none = columns_of(sql.empty, formula, levels)
    facts = sql.sums(Summed(asked, _facts), 5 + 2 * none.shape[1])
    n, low, many = int(facts[0]), int(facts[1]), none.shape[1]
    sql.n = n
    bad = facts[2 : 4 + many].astype(np.int64)

    def solve() -> tuple[Floats, Floats, float]:
        middle = np.zeros(many)
        if formula.intercept:
            middle[1:] = -facts[4 + many :][1:many] / n
        return _solved(sample, sql, asked, middle, many)

    return Away(labels, bad, low, n, sql.empty, levels, solve)


def _solved(
    sample: Surveyed, sql: _Rows, asked: Asked, middle: Floats, many: int
) -> tuple[Floats, Floats, float]:
    """Coefficients, their covariance, and the degrees of freedom of the rows in use."""
    asked = replace(asked, middle=middle)

    def sums(beta: Floats | None) -> Sums:
        found = sql.sums(Summed(asked, _Step(beta)), many * many + many + 1)
        return found[: many * many].reshape(many, many), found[many * many : -1], lambda: bool(found[-1])

    family, back = family_of(asked.family, asked.link), np.eye(many)
    back[0] += middle
    try:
        beta = solved(sums, family)
    except InseparableError:
        raise inseparable(many, sql.n) from None
    bread = inverse(sums(beta)[0]) @ back.T
    keys, found = sql.scores(Scored(asked, beta, tuple(dict.fromkeys(sample.columns.keys)), sample.element))
    unit = sample.unit_of(keys) if keys.width else np.zeros(len(found), dtype=np.int64)
    score = np.zeros((sample.height, many))
    np.add.at(score, unit, found[:, :many])
    if not sample.element:
        stage = sample.stages[0]
        here = np.unique(stage.collect(np.unique(unit)))
        df = float(len(here) - len(np.unique(stage.stratum[here])))
        return back @ beta, matrix(sample.stages, score @ bread), df
    squares = np.zeros((sample.height, many * many))
    np.add.at(squares, unit, found[:, many:-1])
    strata = sample.stages[0].strata
    middle_of = np.where(strata.centred[:, None], score / strata.units[:, None], 0.0)
    if strata.lonely.any():
        middle_of[strata.lonely] = score.sum(axis=0) / strata.units.sum()
    whole = np.zeros((many, many))
    for h, scale in enumerate(strata.scale):
        own, mean, n = score[h], middle_of[h], strata.units[h]
        spread = squares[h].reshape(many, many) - np.outer(own, mean) - np.outer(mean, own)
        whole += scale * (spread + n * np.outer(mean, mean))
    df = float(found[:, -1].sum() - len(np.unique(unit)))
    return back @ beta, bread.T @ whole @ bread, df


class _Rows:
    """The rows in use of a model, as SQL, and what passes over them give back."""

    def __init__(self, sample: Surveyed, formula: Formula) -> None:
        self._table, self._orders, self.n = sample.table, sample.orders, 0
        dialect, types = sample.table.dialect, sample.table.types
        quote, names = dialect.quote, formula.columns
        weight = f"CAST({dialect.value(sample.weight, types)} AS DOUBLE)"
        known = [f"({dialect.value(name, types)}) IS NOT NULL" for name in names]
        self._where = " AND ".join([*known, f"{weight} > 0", f"({sample.domain or 'TRUE'})"])
        self._keys = sample.columns.keys
        selected = [
            f"{dialect.value(each, types)} AS {quote(each)}" for each in dict.fromkeys([*names, *self._keys])
        ]
        every = ", ".join([*selected, f"{weight} AS {quote(WEIGHT)}"])
        self._sql = f"SELECT {every} FROM {dialect.source} WHERE {self._where}"
        self.empty = enumerated(self._table.query(f"{self._sql} LIMIT 0").select(names), self._orders)

    def answers(self, name: str) -> pl.Series:
        """The answers of a column."""
        dialect, types = self._table.dialect, self._table.types
        value = f"{dialect.value(name, types)} AS {dialect.quote(name)}"
        found = self._table.query(f"SELECT DISTINCT {value} FROM {dialect.source} WHERE {self._where}")
        return enumerated(found, self._orders)[name]

    def sums(self, work: Summed, width: int) -> Floats:
        """The sums of all parts."""
        found = self._table.mapped(self._sql, work, {}, SUMS)
        values = found[SUMS].to_list()
        return np.sum(np.array(values, dtype=float), axis=0) if values else np.zeros(width)

    def scores(self, work: Scored) -> tuple[pl.DataFrame, Floats]:
        """The keys of the units that parts have met, and their sums."""
        types = {name: self._table.types[name] for name in work.keys}
        found = self._table.mapped(self._sql, work, types, SUMS)
        return found.select(work.keys), np.array(found[SUMS].to_list(), dtype=float)


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """What one step of the fit asks of some rows."""

    beta: Floats | None

    def __call__(self, asked: Asked, rows: pl.DataFrame) -> Floats:
        data, w = asked.data(rows), _weights(rows)
        products, wanted = data.sums(w, self.beta)
        certain = self.beta is not None and data.certain(w, self.beta)
        return np.concatenate([products.ravel(), wanted, [float(certain)]])


def _facts(asked: Asked, rows: pl.DataFrame) -> Floats:
    """Rows, low outcomes, numbers that are none (outcome, columns, offset), sums of the columns."""
    data = asked.data(rows)
    columns = [data.y, *data.x.T, data.offset]
    bad = [float((~np.isfinite(each)).sum()) for each in columns]
    return np.array([len(data.y), float((data.y <= 0).sum()), *bad, *data.x.sum(axis=0)])


def _weights(rows: pl.DataFrame) -> Floats:
    return rows[WEIGHT].to_numpy()


def _frame(batch: pa.RecordBatch, orders: Orders) -> pl.DataFrame:
    return enumerated(frame_of(batch), orders)
