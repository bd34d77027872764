"""Two versions, cell by cell: which published numbers are no longer the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from thuis.contract.base import Record
from thuis.contract.figure import Figure
from thuis.contract.files import Reader
from thuis.errors import raise_all
from thuis.values import NUMBERS

Key = tuple[str, str, tuple[str, ...]]
Numbers = Mapping[Key, dict[str, float]]
Kind = Literal["changed", "withdrawn", "added"]
SAME = 1e-8
"""Relative difference below which two numbers are one: what two machines may differ in."""


class _KeptCell(Record):
    wave: str
    key: tuple[str, ...] = Field(alias="cell")
    status: str
    estimate: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: float | None = None
    df: float | None = None
    deff: float | None = None


class _KeptFigure(Record):
    """As much of a figure as a comparison needs: a release of years ago may have had other reasons."""

    id: str
    cells: tuple[_KeptCell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs between two versions; ``before`` or ``after`` is empty when it was not published.

    >>> str(Change("trust/sex", "2020", ("men",), "changed", {"estimate": 31.2}, {"estimate": 32.0}))
    'trust/sex, wave 2020, men: estimate 31.2 became 32'
    """

    figure: str
    wave: str
    cell: tuple[str, ...]
    kind: Kind
    before: dict[str, float]
    after: dict[str, float]

    @property
    def indicator(self) -> str:
        return self.figure.partition("/")[0]

    def __str__(self) -> str:
        where = f"{self.figure}, wave {self.wave}, {', '.join(self.cell) or 'total'}"
        if self.kind != "changed":
            return f"{where}: {'no longer published' if self.kind == 'withdrawn' else 'published now'}"
        parts = [
            f"{name} {_written(self.before.get(name))} became {_written(self.after.get(name))}"
            for name in NUMBERS
            if not _same(self.before.get(name), self.after.get(name))
        ]
        return f"{where}: {', '.join(parts)}"


def _written(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.6g}"


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=SAME, abs_tol=SAME)


def changes(before: Path, after: Path) -> list[Change]:
    """Every cell whose published numbers differ between two data folders, in the order of ``before``.

    :raises ThuisError: when a figure cannot be read.
    """
    return between(published(_kept(before)), published(_kept(after)))


def between(before: Numbers, after: Numbers) -> list[Change]:
    """Every cell whose published numbers differ, in the order of ``before``; then those that came.

    >>> [each.kind for each in between({("a/b", "1", ()): {"n": 2}}, {("a/b", "2", ()): {"n": 2}})]
    ['withdrawn', 'added']
    """
    found = [_change(key, values, after.get(key)) for key, values in before.items()]
    added = [Change(*key, "added", {}, values) for key, values in after.items() if key not in before]
    return [each for each in found if each] + added


def _change(key: Key, before: dict[str, float], after: dict[str, float] | None) -> Change | None:
    if after is None:
        return Change(*key, "withdrawn", before, {})
    if all(_same(before.get(name), after.get(name)) for name in NUMBERS):
        return None
    return Change(*key, "changed", before, after)


def _kept(folder: Path) -> list[_KeptFigure]:
    reader = Reader(folder)
    paths = sorted((folder / "figures").glob("*/*.json"))
    names = [each.relative_to(folder).as_posix() for each in paths if "-metadata." not in each.name]
    figures = [found for name in names if (found := reader.record(name, _KeptFigure))]
    raise_all(reader.problems)
    return figures


def published(figures: Iterable[_KeptFigure | Figure]) -> dict[Key, dict[str, float]]:
    """The numbers of every published cell, by figure, wave and categories."""
    return {
        (figure.id, cell.wave, cell.key): {
            name: value for name in NUMBERS if (value := getattr(cell, name)) is not None
        }
        for figure in figures
        for cell in figure.cells
        if cell.status == "published"
    }
