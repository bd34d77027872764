"""The rarest people of a model: a coefficient that rests on few is the answer of these few."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from thuis.findings.remainders import FEW, People

ONE, TWO = 0.5, 0.75
"""Part of a slope that one respondent, or two together, may make."""
FEW_VALUES = 2
"""Numbers of so many values are categories to a model."""


def handful(n: int, counted: int | None) -> bool:
    """Whether people whom a model takes apart tell of each of them: fewer than five, or all alike.

    Beside their own category a difference is the one without them.
    """
    return n < FEW or counted in (0, n)


def rarest(
    rows: pl.DataFrame,
    inside: People,
    columns: Sequence[str],
    answers: pl.Series,
    telling: Callable[[int, int | None], bool],
    *,
    share: bool,
) -> list[str]:
    """The columns of which a model would tell about few: a category of few people, or one or two numbers
    that are so far out that the slope is theirs.

    :param inside: who is in the model, of the rows.
    :param answers: numbers, null without an answer.
    :param telling: whether so many people, so many of whom counted, may not be told about.

    >>> rows = pl.DataFrame({"x": ["o"] * 8 + ["r"], "z": [1.0, 2, 3, 4, 5, 6, 7, 8, 900]})
    >>> rarest(rows, np.ones(9, bool), ["x", "z"], pl.Series([0.0, 1] * 4 + [1.0]), handful, share=True)
    ['x', 'z']
    """
    people = rows.with_columns(answers.alias("_answer")).filter(pl.Series(inside))
    people = people.filter(pl.col("_answer").is_not_null())
    y = pl.col("_answer")
    counted = (y > 0).sum() if share else y.unique_counts().max()
    found = []
    for each in dict.fromkeys(columns):
        values = people[each].drop_nulls()
        if values.dtype.is_numeric() and values.n_unique() > FEW_VALUES:
            tells = _far_out(values)
        else:
            sizes = people.drop_nulls(each).group_by(each).agg(n=pl.len(), hits=counted)
            tells = any(telling(n, hits) for n, hits in sizes.select("n", "hits").iter_rows())
        if tells:
            found.append(each)
    return found


def alone(rows: pl.DataFrame, column: str, crossed: Sequence[str], *, again: bool) -> bool:
    """Whether a reader can take the coefficients of one control apart, or has their sum only.

    With two categories, or one slope, there is nothing else in the sum. With more, another split by the same
    column, or a figure that crosses the groups with it, gives the rest.

    :param crossed: columns of breakdowns that the groups are crossed with in a figure.
    :param again: whether another split has the same outcome, wave and control.

    >>> three = pl.DataFrame({"x": ["a", "b", "c"], "by_fine": ["k", "l", "m"], "by_s": ["p", "p", "p"]})
    >>> [alone(three, "x", columns, again=False) for columns in ([], ["by_s"], ["by_fine"], ["x"])]
    [False, False, True, True]
    """
    values = rows[column].drop_nulls()
    if again or column in crossed or values.dtype.is_numeric() or values.n_unique() <= FEW_VALUES:
        return True
    return any(
        bool((rows.drop_nulls([column, by]).group_by(by).agg(pl.col(column).n_unique())[column] <= 1).all())
        for by in crossed
        if by in rows.columns
    )


def _far_out(values: pl.Series) -> bool:
    """Whether one or two of the numbers make the slope, as one or two make a sum."""
    away = np.sort((values.cast(pl.Float64).to_numpy() - values.cast(pl.Float64).mean()) ** 2)
    whole = away.sum()
    return bool(whole > 0 and (away[-1] > ONE * whole or away[-2:].sum() > TWO * whole))
