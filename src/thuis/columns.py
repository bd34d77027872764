"""The columns of the tables that flow between stages, with their types."""

from __future__ import annotations

import polars as pl

CELL_COLUMNS: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "breakdown": pl.String(),
    "wave": pl.String(),
    "cell": pl.List(pl.String()),
    "estimate": pl.Float64(),
    "se": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "n": pl.Int64(),
    "n_hit": pl.Int64(),
    "weighted_n": pl.Float64(),
    "df": pl.Float64(),
    "deff": pl.Float64(),
}
"""Columns of :attr:`Estimates.cells`. ``cell`` holds one category id per part of the breakdown; proportions
are on 0–100; ``n`` counts respondents with an answer, ``n_hit`` those counted in the share."""

RELEASE_COLUMNS: dict[str, pl.DataType] = {
    **CELL_COLUMNS,
    "status": pl.String(),
    "reason": pl.String(),
    "reliability": pl.String(),
}
"""Columns of :attr:`Release.cells`: a withheld cell has a reason and no numbers at all."""

COMPARISON_COLUMNS: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "breakdown": pl.String(),
    "type": pl.String(),
    "wave": pl.String(),
    "cell": pl.List(pl.String()),
    "other_wave": pl.String(),
    "other": pl.List(pl.String()),
    "difference": pl.Float64(),
    "se": pl.Float64(),
    "df": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "p": pl.Float64(),
    "p_adjusted": pl.Float64(),
    "verdict": pl.String(),
    "across_break": pl.Boolean(),
}
"""Columns of the tested differences. ``type`` is ``category`` (two categories in one wave) or ``wave`` (one
category in two waves)."""
