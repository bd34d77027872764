"""People whom nobody names and a reader finds: in one group that is published, not in another within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.read.microdata import BREAKDOWN, weight_column

FEW = 5
"""People below whom a weighted answer of all of them together says what each of them answered."""
People = NDArray[np.bool_]
Cell = tuple[tuple[str, ...], tuple[str, ...]]
"""Breakdowns, and one category of each."""


def equal_weights(frame: pl.DataFrame, weight: str | None = None) -> bool:
    """Whether everybody counts the same, so that a share times its respondents is a number of people.

    :param weight: the name of a weight beside that of the wave.
    """
    column = weight_column(weight or "")
    return column in frame.columns and frame[column].drop_nulls().n_unique() <= 1


def groups_of(frame: pl.DataFrame, cells: Iterable[Cell]) -> list[People]:
    """Who is in each cell."""
    there = [
        tuple(zip(parts, cell, strict=True))
        for parts, cell in cells
        if all(BREAKDOWN + part in frame.columns for part in parts)
    ]
    pairs = list(dict.fromkeys(pair for each in there for pair in each))
    inside = frame.select(
        (pl.col(BREAKDOWN + part) == one).fill_null(value=False).alias(str(at))
        for at, (part, one) in enumerate(pairs)
    )
    of = {pair: inside[str(at)].to_numpy() for at, pair in enumerate(pairs)}
    everybody = np.ones(frame.height, dtype=np.bool_)
    return [np.logical_and.reduce([everybody, *(of[pair] for pair in each)]) for each in there]


def tell(
    answers: pl.Series,
    new: Sequence[People],
    known: Sequence[People],
    telling: Callable[[int, int | None], bool],
    *,
    share: bool,
    equal: bool = True,
) -> bool:
    """Whether a new group less one within it, or one around it less the new group, tells too much.

    :param answers: numbers, null without an answer.
    :param telling: whether so many respondents, so many of whom counted, may not be told about.
    :param equal: whether weights are. If not, the answers of those in between cannot be counted, but a share
        that goes up or down without them tells of a handful, and of any number who all answered the same.

    >>> y = pl.Series([1.0, 0.0, 1.0, 1.0])
    >>> everybody, three = np.array([True] * 4), np.array([True] * 3 + [False])
    >>> tell(y, [three], [everybody], lambda n, hits: n < 2, share=True)
    True
    """
    answered = answers.is_not_null().to_numpy()
    values = answers.fill_null(0.0).to_numpy()
    groups = [each & answered for each in (*known, *new)]
    first = len(known)
    for at, one in enumerate(groups):
        for of, other in enumerate(groups):
            if max(at, of) < first or at == of or (other & ~one).any():
                continue
            rest = values[one & ~other]
            if not len(rest):
                continue
            counted = _counted(rest, share=share)
            if telling(len(rest), counted) if equal else len(rest) < FEW or counted in (0, len(rest)):
                return True
    return False


def _counted(values: NDArray[np.float64], *, share: bool) -> int:
    """Those who count in a share; of a mean those who gave the commonest answer."""
    return int((values > 0).sum()) if share else int(np.unique(values, return_counts=True)[1].max())


Open = Mapping[str, Sequence[Cell]]
"""Indicator to its published cells in a wave."""
