"""The people of a wave as numbers: the cell that each is in, and the answer that each gave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]
Key = tuple[tuple[str, ...], tuple[str, ...]]

MANY = 24
"""Different answers above which a question is a measurement: no number counts one of them."""
FIRST = 256
"""Respondents of whom is looked first whether one column may follow from another."""


class Cells:
    """The cell of a figure that each of some people is in, as a number; worked out once for each figure.

    >>> cells = Cells(pl.DataFrame({"by_a": ["x", "y", None, "x"], "by_b": ["q", "p", "p", "q"]}))
    >>> numbers, names = cells.of(("a", "b"))
    >>> numbers.tolist(), names
    ([0, 1, -1, 0], [('x', 'q'), ('y', 'p')])
    """

    def __init__(self, people: pl.DataFrame) -> None:
        everybody = np.zeros(people.height, dtype=np.int64)
        self.people = people
        self._codes: dict[str, Codes] = {}
        self._answers: dict[str, list[str]] = {}
        self._known: dict[tuple[str, ...], tuple[Codes, list[tuple[str, ...]]]] = {
            (): (everybody, [()] if people.height else [])
        }

    def of(self, parts: tuple[str, ...]) -> tuple[Codes, list[tuple[str, ...]]]:
        """The number of everyone's cell, -1 for who is in none, and the cells with people in their order."""
        if parts not in self._known:
            self._known[parts] = self._crossed(*parts) if len(parts) > 1 else self._plain(*parts)
        return self._known[parts]

    def _plain(self, part: str) -> tuple[Codes, list[tuple[str, ...]]]:
        column = f"by_{part}"
        return self.codes([column])[column], [(each,) for each in self._answers[column]]

    def _crossed(self, *parts: str) -> tuple[Codes, list[tuple[str, ...]]]:
        (some, rows), (last, columns) = self.of(parts[:-1]), self.of(parts[-1:])
        both = np.where((some >= 0) & (last >= 0), some * len(columns) + last, -1)
        numbers, among = dense(both + 1, len(rows) * len(columns) + 1)
        nobody = bool((both < 0).any())
        names = [rows[at // len(columns)] + columns[at % len(columns)] for at in among[nobody:] - 1]
        return numbers - nobody, names

    def codes(self, columns: Iterable[str]) -> dict[str, Codes]:
        """Every answer of some columns as a number from 0, in their order; -1 for none."""
        names = list(dict.fromkeys(columns))
        if new := [each for each in names if each not in self._codes]:
            self._number(new)
        return {each: self._codes[each] for each in names}

    def _number(self, new: Sequence[str]) -> None:
        texts = [each for each in new if self.people[each].dtype in (pl.String, pl.Null)]
        found = self.people.select(pl.col(each).drop_nulls().unique().sort().implode() for each in texts)
        self._answers |= {each: found[each][0].to_list() for each in texts}
        numbers = self.people.select(
            (
                pl.col(each).cast(pl.Enum(self._answers[each])).to_physical().cast(pl.Int64)
                if each in self._answers
                else pl.col(each).rank("dense").cast(pl.Int64) - 1
            ).fill_null(-1)
            for each in new
        )
        self._codes |= {each.name: np.asarray(each.to_numpy(), dtype=np.int64) for each in numbers}

    def gave(self, column: str, answers: Collection[str]) -> Mask:
        """Who gave one of some answers to a question with codes for answers."""
        codes = self.codes([column])[column]
        return np.array([*(each in answers for each in self._answers[column]), False])[codes]

    def answered(self, column: str, among: Collection[str] | None = None, below: str = "") -> Mask:
        """Who has an answer, one of ``among`` where it is told, and one in the column ``below`` too."""
        given = self.gave(column, among) if among else self.codes([column])[column] >= 0
        return given & (self.codes([below])[below] >= 0) if below else given

    def equal(self, parts: tuple[str, ...], numbers: Floats, least: int = 1) -> list[tuple[str, ...]]:
        """The cells in which so many people or more have a number (NaN for none), and all the same one."""
        of, names = self.of(parts)
        there = (of >= 0) & ~np.isnan(numbers)
        own, cell = numbers[there], of[there]
        one = np.zeros(len(names))
        one[cell] = own
        many = np.bincount(cell, minlength=len(names)) >= least
        different = np.bincount(cell[own != one[cell]], minlength=len(names)) > 0
        return [names[at] for at in np.flatnonzero(many & ~different)]


def dense(numbers: Codes, size: int) -> tuple[Codes, Codes]:
    """Numbers below ``size`` without gaps, in the same order, and which each was.

    >>> [each.tolist() for each in dense(np.array([7, 2, 7]), 8)]
    [[1, 0, 1], [2, 7]]
    """
    if size > MANY * max(len(numbers), FIRST):
        among, numbers = np.unique(numbers, return_inverse=True)
        return numbers, among
    there = np.zeros(size, dtype=np.bool_)
    there[numbers] = True
    return (np.cumsum(there) - 1)[numbers], np.flatnonzero(there)
