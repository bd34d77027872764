"""Local diversity and turnover, as the WRR counts them: the chance that two people differ in origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thuis.errors import ThuisError

Floats = NDArray[np.float64]


def diversity(counts: Sequence[float] | Floats) -> float:
    """``1 - sum(p²)``: the chance that two people drawn with replacement belong to different groups.

    0 when all are of one group; at most ``1 - 1/N`` with N groups. WRR (2018), box 3.1, calls it HHI.

    :param counts: persons or shares per group, none negative, at least one above 0.
    :raises ThuisError: for negative, missing or all-zero counts.

    >>> diversity([1, 1]), round(diversity([4, 0.5, 0.5]), 2)
    (0.5, 0.34)
    """
    p = _shares(counts)
    return float(1 - p @ p)


def _shares(counts: Sequence[float] | Floats) -> Floats:
    values = np.asarray(counts, dtype=float)
    if values.size == 0 or not np.isfinite(values).all() or (values < 0).any() or values.sum() <= 0:
        raise ThuisError(
            "counts per group are negative, missing or all zero",
            expected="a number of 0 or more per group, not all 0",
            step="leave out areas without inhabitants",
        )
    return np.asarray(values / values.sum(), dtype=float)


@dataclass(frozen=True, slots=True)
class Parts:
    """Diversity split in two; ``within + between == total``."""

    total: float
    within: float
    between: float

    @property
    def between_share(self) -> float:
        """The part between, 0 to 1; 0 when there is no diversity at all."""
        return self.between / self.total if self.total else 0.0


def between_areas(counts: Sequence[Sequence[float]] | Floats) -> Parts:
    """Diversity of a whole as the mean within areas plus the differences between them.

    Nei (1973), Lande (1996): areas count by their inhabitants, ``between = sum w_a (p_ia - p_i)²``. The share
    between areas is Nei's G_st: 0 when every area has the country's composition, 1 when every area is of one
    group.

    :param counts: persons, one row per area, one column per group.

    >>> parts = between_areas([[100, 0], [0, 100]])
    >>> parts.total, parts.within, parts.between
    (0.5, 0.0, 0.5)
    """
    table = np.asarray(counts, dtype=float)
    shares = np.vstack([_shares(row) for row in table])
    w = table.sum(axis=1) / table.sum()
    p = w @ shares
    within = float(w @ (1 - (shares**2).sum(axis=1)))
    between = float((w[:, None] * (shares - p) ** 2).sum())
    return Parts(float(1 - p @ p), within, between)


@dataclass(frozen=True, slots=True)
class Turnover:
    """How much a population was replaced in a year; ``rate`` and ``net`` per 1,000 residents on 1 January."""

    rate: float
    net: float


def turnover(population: float, arrivals: float, departures: float, within: float = 0.0) -> Turnover:
    """Moves per 1,000 residents: those within the area, half the arrivals and half the departures (CBS).

    A move between two areas is then counted once in the country: half where it starts, half where it ends.

    >>> turnover(10_000, 600, 400).rate
    50.0
    """
    if population <= 0 or min(arrivals, departures, within) < 0:
        raise ThuisError("a turnover needs residents, and no negative counts", expected="0 or more")
    return Turnover(
        1000 * (within + (arrivals + departures) / 2) / population,
        1000 * (arrivals - departures) / population,
    )


def composition_change(before: Sequence[float], after: Sequence[float]) -> float:
    """Half the sum of absolute changes in share: 0 no change, 1 nobody's group remained.

    >>> composition_change([1, 1], [3, 1])
    0.25
    """
    first, second = _shares(before), _shares(after)
    if first.shape != second.shape:
        raise ThuisError("the two compositions have other groups", step="give the same groups twice")
    return float(np.abs(first - second).sum() / 2)
