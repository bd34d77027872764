"""The nouns that flow between stages, and the small codes that data, pages and commands share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars as pl

Text = Mapping[str, str]
"""A text in every language of the monitor: ``{"nl": …, "en": …}``."""

Reason = Literal["confidential", "too-uncertain", "not-asked", "not-applicable"]
"""Why a cell is empty; every withheld cell has one. ``confidential`` is one reason for cells that tell about
too few people and for cells that protect these: which is which would tell numbers."""

REASONS: tuple[Reason, ...] = (
    "confidential",
    "too-uncertain",
    "not-asked",
    "not-applicable",
)

NUMBERS = ("estimate", "se", "lower", "upper", "n", "df", "deff")
"""What a published cell has and a withheld one has not."""

NAMESPACE = "https://thuis.example/"
"""Where identifiers stand that no owner gave an address: ``namespace`` of ``thuis.yaml`` takes its place."""

TOTAL = "total"
"""The breakdown that is no breakdown: the whole population."""


def breakdown_id(parts: tuple[str, ...] | list[str]) -> str:
    """The id of a crossing, also its file name.

    >>> breakdown_id(["origin", "generation"]), breakdown_id([])
    ('origin-by-generation', 'total')
    """
    return "-by-".join(parts) if parts else TOTAL


def breakdown_parts(id_: str) -> tuple[str, ...]:
    """The parts of a breakdown id; ``-by-`` is kept for crossings.

    >>> breakdown_parts("origin-by-sex"), breakdown_parts("total")
    (('origin', 'sex'), ())
    """
    return tuple(id_.split("-by-")) if id_ != TOTAL else ()


def decimals(se: float | None) -> int | None:
    """Decimals that a number with this standard error bears: two significant digits of the error.

    >>> decimals(1.2837), decimals(0.0412), decimals(25.0), decimals(0.0), decimals(None)
    (1, 3, 0, None, None)
    """
    if se is None or not math.isfinite(se) or se <= 0:
        return None
    return max(1 - math.floor(math.log10(se)), 0)


@dataclass(frozen=True, slots=True)
class Estimates:
    """What the survey stage hands to protection: cells before any was judged, and the tested differences."""

    cells: pl.DataFrame
    comparisons: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Release:
    """What may be public: every cell published or withheld with a reason, differences between published ones.

    ``audit`` is for the data officer and never leaves the project folder: per cell the rule that decided.
    """

    cells: pl.DataFrame
    comparisons: pl.DataFrame
    audit: pl.DataFrame
    extras: Mapping[str, Any] = field(default_factory=dict)
