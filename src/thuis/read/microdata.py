"""The harmonised respondents of every wave, and what became of each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from thuis.project.model import Replicated

WEIGHT, STRATUM, PSU, FPC = "_weight", "_stratum", "_psu", "_fpc"
BREAKDOWN = "by_"
"""Prefix of the columns that hold the category of a breakdown."""
BEFORE, MARGIN, REPLICATE = "_before", "_margin", "_replicate"
"""Prefixes: a weight before it was calibrated, what it was calibrated on, and replicate weights."""


def weight_column(name: str = "") -> str:
    """The column of a weight that an indicator names; that of the wave has no name.

    >>> weight_column(), weight_column("drop-off")
    ('_weight', '_weight:drop-off')
    """
    return f"{WEIGHT}:{name}" if name else WEIGHT


@dataclass(frozen=True, slots=True)
class Entry:
    """One harmonised variable in one wave: where it came from and how many answered."""

    wave: str
    variable: str
    column: str
    title: str
    answered: int
    missing: int
    set_aside: int
    labels: Mapping[str, str]
    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows of each answer of a variable that comes straight from a column of codes."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Totals that a weight agrees with: per column of the frame, the total of each of its values."""

    method: str
    totals: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Weighted:
    """One weight of a wave: its column before calibration, its replicates, and what it is calibrated to.

    Of a pooled wave ``replicates`` are those of its parts after one another, each with its number of columns.
    """

    column: str = WEIGHT
    replicates: tuple[tuple[Replicated, int], ...] = ()
    calibration: Calibration | None = None


@dataclass(frozen=True, slots=True)
class WaveDesign:
    """The columns of the frame that are a wave's design; ``weights`` by the name that indicators use."""

    strata: str | None = None
    psu: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    later: tuple[str | None, ...] = ()
    lonely: str = "error"
    weights: Mapping[str, Weighted] = field(default_factory=lambda: {"": Weighted()})

    @property
    def columns(self) -> list[str]:
        """Every column but the weights."""
        return [each for each in (self.strata, *self.psu, *self.fpc, *self.later) if each]


@dataclass(frozen=True, slots=True)
class Response:
    """How many of those approached in a stratum of a wave answered; one stratum, "", where there is none."""

    wave: str
    stratum: str
    approached: int
    responded: int


@dataclass(frozen=True, slots=True)
class Microdata:
    """Respondents, harmonised. Never written anywhere, and never seen by what publishes.

    ``frame`` has one row per respondent: ``wave``; ``_weight``, and where the design has them ``_stratum``,
    ``_psu``, ``_fpc`` and those of later stages (``_psu2``), further weights (``_weight:name``) and replicate
    weights; the harmonised variables (``String`` codes or ``Float64``); ``by_<breakdown>``.
    ``notes`` say what was read otherwise than one may think.
    """

    frame: pl.DataFrame
    codebook: tuple[Entry, ...]
    designs: Mapping[str, WaveDesign]
    notes: tuple[str, ...] = ()
    response: tuple[Response, ...] = ()

    def of(self, wave: str) -> pl.DataFrame:
        """The respondents of one wave."""
        return self.frame.filter(pl.col("wave") == wave)

    @property
    def n(self) -> dict[str, int]:
        """Respondents per wave."""
        counts = self.frame.group_by("wave").len()
        return dict(zip(counts["wave"].to_list(), counts["len"].to_list(), strict=True))
