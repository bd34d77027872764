"""The harmonised respondents of every wave, and what became of each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

WEIGHT, STRATUM, PSU, FPC = "_weight", "_stratum", "_psu", "_fpc"
BREAKDOWN = "by_"
"""Prefix of the columns that hold the category of a breakdown."""


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


@dataclass(frozen=True, slots=True)
class WaveDesign:
    """What the frame knows of a wave's design."""

    strata: bool
    psu: bool
    fpc: bool
    lonely: str


@dataclass(frozen=True, slots=True)
class Microdata:
    """Respondents, harmonised. Never written anywhere, and never seen by what publishes.

    ``frame`` has one row per respondent: ``wave``; ``_weight``, and where the design has them ``_stratum``,
    ``_psu``, ``_fpc``; the harmonised variables (``String`` codes or ``Float64``); ``by_<breakdown>``.
    ``notes`` say what was read otherwise than one may think.
    """

    frame: pl.DataFrame
    codebook: tuple[Entry, ...]
    designs: Mapping[str, WaveDesign]
    notes: tuple[str, ...] = ()

    def of(self, wave: str) -> pl.DataFrame:
        """The respondents of one wave."""
        return self.frame.filter(pl.col("wave") == wave)

    @property
    def n(self) -> dict[str, int]:
        """Respondents per wave."""
        counts = self.frame.group_by("wave").len()
        return dict(zip(counts["wave"].to_list(), counts["len"].to_list(), strict=True))
