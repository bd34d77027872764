"""Rows that are no respondents though they look like them: imputations, copies, totals."""

from __future__ import annotations

import math
from collections.abc import Iterable

import polars as pl

from thuis.errors import Place, Problem
from thuis.plausible import word

_MOST_IMPUTED = 200
_FEWEST, _MOST_COPIES = 40, 4
"""Copies are looked for among so many rows, of each no more than so many; more are of few answers."""
_CHANCE = 0.05
"""Pairs of rows that are alike by chance, beside those that are there."""
_QUESTIONS, _KINDS = 20, 30
"""So many questions, of so few answers each, tell two people apart."""
_FULL, _COPIED, _RARELY = 0.8, 5, 0.01
_TRIED, _NEAR = 40, 1.5
_MOST_SILENT = 1000
"""Rows without answers that are looked at."""
_FEW_SILENT = 2
"""A mean stands below the rows by itself, where few others have no answers."""
_OFTEN = 0.2
"""The part of the rows that are copies from which a file was put together twice."""
_ORDER = 0.8
"""The part of the copies that follow one another as they did before."""


def imputation_column(columns: Iterable[str]) -> str | None:
    """The column that numbers imputations, by its name: R's mice, Stata's mi, HFCS, the SCF."""
    return next((each for each in columns if word("imputation").fullmatch(each)), None)


def imputations(numbers: pl.Series) -> int:
    """How often every respondent stands there, by the column that numbers imputations; 0 when it does not.

    >>> imputations(pl.Series(["1", "2", "3"] * 50)), imputations(pl.Series(["1"] * 150))
    (3, 0)
    """
    counts = numbers.drop_nulls().value_counts()["count"]
    # The rows before imputation may be fewer or more; two answers always have two numbers.
    several = 2 <= len(counts) <= _MOST_IMPUTED and counts.n_unique() <= min(2, len(counts) - 1)
    return len(counts) if several else 0


def imputed(times: int, name: str) -> str:
    """Such rows in a sentence."""
    return f"the rows stand there {times} times, once for each imputation ({name!r})"


def copies(frame: pl.DataFrame) -> int:
    """How many rows are the same as one before, where chance does not make them so.

    Every row stands there as often, or many stand once more in the order in which they stood.

    >>> rows = pl.DataFrame({f"q{k}": [i * k % 53 for i in range(50)] for k in (1, 7, 9)})
    >>> copies(pl.concat([rows, rows])), copies(rows)
    (50, 0)
    """
    n = frame.height
    if n < _FEWEST or frame.width < 3:
        return 0
    counts = frame.group_by(frame.columns).len()["len"]
    again = n - len(counts)
    if not again or len(counts) < max(_FEWEST, n / _MOST_COPIES):
        return 0
    if math.gcd(*counts.unique().to_list()) > 1:
        pairs = (
            n * (n - 1) / 2 * math.prod(chance(frame[each].value_counts()["count"]) for each in frame.columns)
        )
        return again if pairs < _CHANCE * again else 0
    return again if again >= _OFTEN * n and _in_order(frame) else 0


def alike(frame: pl.DataFrame) -> int:
    """How many rows have all answers of a row before, though their numbers differ: copied interviews.

    Rows with few answers, or one answer throughout, are alike without being copied.
    """
    asked = frame.select(each for each in frame.columns if 1 < frame[each].n_unique() <= _KINDS)
    if asked.width < _QUESTIONS or asked.height < _FEWEST:
        return 0
    texts = asked.select(pl.all().cast(pl.String))
    kinds = texts.select(n=pl.concat_list(pl.all()).list.drop_nulls().list.n_unique())["n"]
    there = texts.select(n=pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int64)))["n"]
    full = texts.filter((kinds >= 3) & (there >= _FULL * texts.width))
    again = full.height - full.n_unique()
    if again < max(_COPIED, _RARELY * asked.height):
        return 0
    # People who are alike by chance have many who differ from them in one answer; copies have none.
    near = max(full.height - full.drop(each).n_unique() for each in full.columns[:_TRIED])
    return again if near <= _NEAR * again else 0


def _in_order(frame: pl.DataFrame) -> bool:
    """Whether rows stand once more in the order in which they stood: no chance does that."""
    keys = pl.struct(frame.columns)
    first = frame.select(keys.alias("k")).with_row_index("at")
    first = first.with_columns(pl.col("at").cast(pl.Int64).min().over("k").alias("first"))
    again = first.filter(pl.col("at") > pl.col("first"))
    steps = again.select(pl.col("at").diff(), pl.col("first").diff()).drop_nulls()
    block = steps.filter((pl.col("at") == 1) & (pl.col("first") == 1)).height
    return block >= _ORDER * steps.height


def chance(counts: pl.Series) -> float:
    """How likely two rows are to be the same, from the rows of each kind.

    >>> chance(pl.Series([5, 5]))
    0.5
    """
    many = counts.cast(pl.Float64)
    return float((many * many).sum()) / float(many.sum()) ** 2


def total_row(weight: pl.Series, answers: Iterable[pl.Series]) -> int | None:
    """The first row that is no respondent: the sum of the rows above it, or their mean, without answers.

    The last row may have answers, when its weight is the sum of all others.

    >>> total_row(pl.Series([1.0, 3.0, 2.0, 6.0]), [])
    3
    >>> total_row(pl.Series([1.0, 2.0, 1.0, 4.0, 2.0]), [pl.Series([1, 2, 1, None, 1])])
    3
    """
    last = len(weight) - 1
    if last < 2 or weight.null_count():
        return None
    asked = list(answers)
    silent = pl.Series([bool(asked)] * len(weight))
    for each in asked:
        silent &= each.is_null() if each.dtype != pl.String else each.str.strip_chars().fill_null("") == ""
    start, sums = 0, weight.cum_sum()
    for at in silent.arg_true().head(_MOST_SILENT).to_list():
        whole = float(sums[at - 1] - (sums[start - 1] if start else 0)) if at - start > 1 else 0.0
        if whole and _is_sum(float(weight[at]), whole, weight[start:at]):
            return int(at)
        if (
            at == last
            and whole
            and float(weight[at]) not in weight[start:at]
            and silent.sum() <= _FEW_SILENT
            and abs(float(weight[at]) - whole / (at - start)) <= 0.005 * whole / (at - start)
        ):
            return last
    return last if _is_sum(float(weight[last]), float(sums[last - 1]), weight[:last]) else None


def total_problem(file: str, row: int, column: str) -> Problem:
    """Such a row as a fault."""
    return Problem(
        f"the row looks like a total: {column!r} is the sum or the mean of the rows above it",
        Place(file, row=row, key=column),
        expected="one row per respondent",
        step="remove the row from the file",
    )


def _is_sum(value: float, whole: float, others: pl.Series) -> bool:
    largest = float(others.top_k(1)[0])
    return value > 1.5 * largest and abs(value - whole) <= min(0.5, 0.01 * whole) + 1e-9 * whole
