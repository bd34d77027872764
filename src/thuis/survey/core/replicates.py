"""Replicate weights: which columns they are, what a squared deviation counts for, and sums per replicate."""

from __future__ import annotations

import fnmatch
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, Remark, raise_all, unknown, unknowns
from thuis.survey.core.engine.multiplied import SUMS, Triangles
from thuis.survey.core.engine.sql import Term
from thuis.survey.core.engine.table import Table, ahead
from thuis.survey.core.measures import Total, column_of
from thuis.survey.core.variance import Floats, Stage, Strata, independent

NOISE = 1e-14
"""A share of the estimate below which a deviation is rounding."""
METHODS = ("BRR", "Fay", "JK1", "JKn", "bootstrap", "SDR", "other")


@dataclass(frozen=True, slots=True)
class Replicates:
    """How a producer made its replicate weights.

    The variance of an estimate is ``scale * sum(factors * (replicate - centre)^2)`` (Wolter 2007; R
    ``svrepdesign(combined.weights=TRUE)``). ``scale`` follows from the method: BRR ``1/R``, Fay
    ``1/(R (1 - rho)^2)``, JK1 ``(R - 1)/R``, bootstrap ``1/(R - 1)``, successive differences (SDR, as in the
    ACS) ``4/R``; JKn takes ``factors``, ``(n_h - 1)/n_h`` of the stratum of each replicate; "other" is told.

    :param columns: names, or one pattern (``"brr_*"``); the order is that of the file.
    :param rho: Fay's factor.
    :param mse: deviations from the full-sample estimate, not from the mean of the replicates.
    :param df: degrees of freedom; otherwise the rank of the weights less 1 (R ``degf``).
    :param negative: weights may be below 0, as some of the American Community Survey are.

    >>> Replicates(("w1", "w2", "w3", "w4"), "Fay", rho=0.5).scales().tolist()
    [1.0, 1.0, 1.0, 1.0]
    """

    columns: tuple[str, ...] | str
    method: str = "BRR"
    rho: float | None = None
    scale: float | None = None
    factors: tuple[float, ...] | None = None
    mse: bool = False
    df: float | None = None
    negative: bool = False

    @classmethod
    def acs(cls, pattern: str = "PWGTP[0-9]*") -> Replicates:
        """Those of the American Community Survey: 80 successive differences from the estimate."""
        return cls(pattern, "SDR", mse=True, negative=True)

    def scales(self) -> Floats:
        """What the squared deviation of each replicate counts for."""
        many = len(self.columns)
        scale = {
            "BRR": 1 / many,
            "Fay": 1 / (many * (1 - (self.rho or 0.0)) ** 2),
            "JK1": (many - 1) / many,
            "JKn": 1.0,
            "bootstrap": 1 / (many - 1) if many > 1 else 0.0,
            "SDR": 4 / many,
            "other": 1.0,
        }[self.method]
        factors = np.ones(many) if self.factors is None else np.asarray(self.factors, dtype=float)
        return (scale if self.scale is None else self.scale) * factors

    def resolved(self, table: Table) -> Replicates:
        """The same with its columns named, as they stand in a ``table``.

        :raises ThuisError: unknown columns, a method without what it needs, factors of another length,
            missing or negative weights.
        """
        problems = []
        if isinstance(self.columns, str):
            names = tuple(each for each in table.types if fnmatch.fnmatchcase(each, self.columns))
        else:
            names = tuple(self.columns)
        problems += unknowns("column", names, table.types)
        if len(names) < 2:
            problems.append(
                Problem(f"{len(names)} replicate weights fit {self.columns!r}", expected="two or more")
            )
        raise_all(problems)
        ends = _ends(table, names)
        raise_all(_bad(table, names, ends, negative=self.negative))
        flat = [name for name, (low, high, _) in zip(names, ends, strict=True) if low == high]
        if flat and table.query(f"SELECT count(*) AS n FROM {table.dialect.source}").item() <= 1:
            flat = []
        if flat and isinstance(self.columns, str) and len(names) - len(flat) > 1:
            # A pattern that is too wide; a weight that is named stays, whatever it holds.
            names = tuple(each for each in names if each not in flat)
            raise_all(self._misfits(len(names)))
            warnings.warn(
                Remark(
                    f"{', '.join(flat)} fits {self.columns!r} but has one value in every row: taken for a "
                    f"flag, not for a replicate weight; {len(names)} replicates are left"
                ),
                stacklevel=4,
            )
        else:
            raise_all(self._misfits(len(names)))
        return replace(self, columns=names)

    def _misfits(self, many: int) -> list[Problem]:
        found = []
        if self.method not in METHODS:
            return [unknown("replicate method", self.method, METHODS)]
        if self.method == "Fay" and (self.rho is None or not 0 <= self.rho < 1):
            found.append(Problem(f"Fay's rho is {self.rho}", expected="0 or more, below 1"))
        if self.method != "Fay" and self.rho is not None:
            found.append(Problem(f"{self.method} has no rho", step='say method="Fay"'))
        if self.method == "JKn" and self.factors is None:
            found.append(Problem("JKn needs factors", expected="(n_h - 1) / n_h for every replicate"))
        if self.method == "other" and self.scale is None and self.factors is None:
            found.append(Problem('"other" needs scale or factors'))
        if self.factors is not None and len(self.factors) != many:
            found.append(Problem(f"{len(self.factors)} factors for {many} replicate weights"))
        if min([*(self.factors or ()), self.scale or 0.0]) < 0:
            found.append(Problem("scale and factors are below 0", expected="0 or more"))
        return found

    @property
    def stage(self) -> Stage:
        """Replicates as units whose scores, scaled deviations, are summed from zero."""
        many, one = len(self.columns), np.ones(1)
        no = np.zeros(1, dtype=bool)
        return Stage(None, np.zeros(many, dtype=np.int64), Strata(one * many, one, no, no))

    def deviations(self, replicates: Floats, estimate: Floats) -> Floats:
        """Scaled deviations, cell x replicate x measure, from their centre; an unknown one is none."""
        known = np.isfinite(replicates)
        counted = known & (self.scales() > 0)[None, :, None]
        with np.errstate(all="ignore"):
            mean = np.where(counted, replicates, 0.0).sum(axis=1) / counted.sum(axis=1)
        centre = np.nan_to_num(estimate if self.mse else mean)[:, None, :]
        away = np.where(known, replicates, centre) - centre
        # A constant has no spread, in whichever order its two sums were added up.
        away[np.abs(away) <= NOISE * np.abs(centre)] = 0.0
        return away * np.sqrt(self.scales())[None, :, None]


def _at_hand(table: Table, names: Sequence[str]) -> pl.DataFrame | None:
    found = table.at_hand(names)
    return found if found is not None and all(each.is_numeric() for each in found.dtypes) else None


def _ends(table: Table, names: Sequence[str]) -> list[tuple[float | None, float | None, int]]:
    """The least and greatest of every column, and in how many rows it is missing: one look at all."""
    if (near := _at_hand(table, names)) is not None:
        found = [_ends_of(each) for each in near.iter_columns()]
        if not any(low is not None and math.isnan(low) for low, _, _ in found):
            return found
    quoted = [table.dialect.quote(name) for name in names]
    wanted = ", ".join(
        f"min({v}) AS a{i}, max({v}) AS b{i}, count({v}) AS c{i}" for i, v in enumerate(quoted)
    )
    *ends, rows = table.query(f"SELECT {wanted}, count(*) AS n FROM {table.dialect.source}").row(0)
    return [(low, high, rows - n) for low, high, n in zip(ends[::3], ends[1::3], ends[2::3], strict=True)]


def _ends_of(column: pl.Series) -> tuple[Any, Any, int]:
    """NaN where one is among the numbers; a part is looked at twice while it is near the processor."""
    missing = column.null_count()
    known = (column.drop_nulls() if missing else column).get_chunks()
    parts = [each.to_numpy() for each in known if len(each)]
    if not parts:
        return None, None, missing
    lows, highs = np.array([each.min() for each in parts]), np.array([each.max() for each in parts])
    return lows.min(), highs.max(), missing


def _bad(
    table: Table, names: Sequence[str], ends: Sequence[tuple[Any, Any, int]], *, negative: bool
) -> list[Problem]:
    """Weights that are missing or below 0; the columns are looked at one by one only when there are any."""
    source = table.dialect.source
    if all(
        not missing
        and (low is None or ((negative or low >= 0) and math.isfinite(low) and math.isfinite(high)))
        for low, high, missing in ends
    ):
        return []
    problems = []
    for name in names:
        v = table.dialect.value(name, table.types)
        wrong = f"({v}) IS NULL" if negative else f"({v}) IS NULL OR ({v}) < 0"
        count = table.query(f"SELECT count(*) AS n FROM {source} WHERE {wrong}").item()
        if count:
            what = "missing" if negative else "missing or negative"
            step = None if negative else "if its producer made it so, say negative=True"
            problems.append(Problem(f"replicate weight {name!r} is {what} in {count} rows", step=step))
    return problems or [Problem("replicate weights are infinite", expected="0 or more")]


ROWS = 100_000
"""Rows at a time."""
Columns = list[Floats]
Batch = tuple[pl.DataFrame, Columns, Columns]


def shift_of(term: Term) -> float:
    """What is taken from every answer: a mean far from 0 then keeps the digits by which replicates differ."""
    return 0.0 if isinstance(term.measure, Total) else term.shift


def asked(
    table: Table,
    columns: Sequence[str],
    keys: Sequence[str],
    terms: Sequence[Term],
    where: str | None,
    inside: str | None = None,
) -> str:
    """SQL of the rows that :func:`batches` gives, with ``inside``, whether a condition is true of each."""
    dialect = table.dialect
    names = [f"{dialect.value(key, table.types)} AS g{i}" for i, key in enumerate(keys)]
    for k, term in enumerate(terms):
        known = f"CASE WHEN ({term.y}) IS NULL THEN 0 ELSE 1 END"
        y = f"({term.y}) - {shift_of(term)!r}" if shift_of(term) else term.y
        names.append(f"CAST(coalesce({y}, 0) AS DOUBLE) AS y{k}")
        names.append(f"CAST({known if term.d is None else f'coalesce({term.d}, 0)'} AS DOUBLE) AS d{k}")
    names += [f"CAST({dialect.quote(name)} AS DOUBLE) AS w{i}" for i, name in enumerate(columns)]
    names.append(f"coalesce({inside or 'TRUE'}, FALSE) AS inside")
    condition = f" WHERE {where}" if where else ""
    return f"SELECT {', '.join(names)} FROM {dialect.source}{condition}"


def batches(
    table: Table, columns: Sequence[str], keys: Sequence[str], terms: Sequence[Term], where: str | None
) -> Iterator[Batch]:
    """Blocks of rows: the grouping columns ``g…``, the weights, and every ``y``, then every ``d``.

    ``d`` is 1 where ``y``, less the shift of its term, is known; where ``y`` is missing both are 0.
    """
    near = _at_hand(table, columns)
    plain = _plain(table, () if near is not None else columns, keys, terms) if where is None else None
    if near is not None and plain is not None:
        # Only what is made of the rows is made; the weights lie there.
        for begin in range(0, near.height, ROWS):
            rest = plain.slice(begin, ROWS).collect(engine="in-memory")
            yield _batch(near.slice(begin, ROWS), rest, keys, terms)
        return
    if plain is not None:
        for rows in plain.collect_batches(chunk_size=ROWS):
            yield _batch(rows.select(pl.col(r"^w\d+$")), rows, keys, terms)
        return
    # What lies in memory is not sent through the engine: weights are most of what there is.
    sql = (
        asked(table, columns, keys, terms, where)
        if near is None
        else asked(table, (), keys, terms, None, where)
    )
    at = 0
    for rows in ahead(table.stream(sql)):
        if near is None:
            own, rest = rows.select(pl.col(r"^w\d+$")), rows
        else:
            own, at = near.slice(at, rows.height), at + rows.height
            if where:
                own, rest = own.filter(rows["inside"]), rows.filter(pl.col("inside"))
            else:
                rest = rows
        yield _batch(own, rest, keys, terms)


def _batch(own: pl.DataFrame, rest: pl.DataFrame, keys: Sequence[str], terms: Sequence[Term]) -> Batch:
    weights = [each.cast(pl.Float64).to_numpy() for each in own.iter_columns()]
    values = [rest[f"{each}{k}"].to_numpy() for each in "yd" for k in range(len(terms))]
    return rest.select(f"g{i}" for i in range(len(keys))), weights, values


def _plain(
    table: Table, columns: Sequence[str], keys: Sequence[str], terms: Sequence[Term]
) -> pl.LazyFrame | None:
    """The same columns without a query, where they are as they are stored."""
    known = {f"y{k}": column_of(term.measure) for k, term in enumerate(terms)}
    answers = {name: column for name, column in known.items() if column is not None}
    if len(answers) < len(terms):
        return None
    weights = {f"w{i}": name for i, name in enumerate(columns)}
    groups = {f"g{i}": name for i, name in enumerate(keys)}
    rows = table.plain({**groups, **weights, **answers}, {*weights, *answers})
    if rows is None:
        return None
    shifts = {f"y{k}": shift_of(term) for k, term in enumerate(terms)}
    return rows.with_columns(
        *(
            pl.col(name).is_not_nan().fill_null(value=False).cast(pl.Float64).alias(f"d{name[1:]}")
            for name in answers
        ),
        *((pl.col(name).fill_null(shift).fill_nan(shift) - shift) for name, shift in shifts.items()),
    )


def rank(table: Table, columns: Sequence[str], where: str | None = None) -> int:
    """Rank of the matrix of replicate weights, in passes over blocks of rows (R ``qr``, tolerance 1e-5)."""
    if table.maps:
        work = Triangles(len(columns))
        found = table.mapped(asked(table, columns, (), (), where), work, {}, SUMS)[SUMS].to_list()
        blocks = (np.array(each).reshape(-1, len(columns)) for each in found)
    else:
        blocks = (np.column_stack(weights) for _, weights, _ in batches(table, columns, (), (), where))
    triangle = np.zeros((0, len(columns)))
    for block in blocks:
        triangle = np.asarray(np.linalg.qr(np.vstack([triangle, block]), mode="r"))
    return int(independent(triangle, 1e-5).sum())
