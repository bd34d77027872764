"""Two tables over everything: every cell of every figure, and every tested difference."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from thuis.language import texts
from thuis.project.model import Project
from thuis.publish.columns import Column, column_name, frame, joined, plain
from thuis.publish.figure import Figure
from thuis.values import NUMBERS, TOTAL

BAR = "|"
"""Between the categories of a crossing, where all of it stands in one column."""
_CELL = ("unit", "status", "reason", "reliability", *NUMBERS, "synthetic")
_TESTED = ("difference", "se", "lower", "upper", "p", "p_adjusted", "verdict", "across_break")
CELL_KEYS = ("indicator", "breakdown", "wave", "cell")


def cell_columns(project: Project) -> tuple[Column, ...]:
    """The columns of ``figures.csv``."""
    first = [plain(name, project) for name in CELL_KEYS[:3]]
    cell = plain("cell", project, required=True)
    labels = [
        Column(f"cell_{of}", "string", _label_text(of, project), required=True) for of in project.languages
    ]
    return (*first, cell, *labels, *(plain(name, project) for name in _CELL))


def _label_text(of: str, project: Project) -> dict[str, str]:
    return {lang: f"{texts('publish', lang)('column.cell-label')} ({of})" for lang in project.languages}


def cells(tables: Sequence[tuple[Figure, pl.DataFrame]], project: Project) -> pl.DataFrame:
    """Every cell of every figure, one row each.

    :param tables: each figure with its own table.
    """
    return pl.concat([_whole(figure, table, project) for figure, table in tables])


def _whole(figure: Figure, table: pl.DataFrame, project: Project) -> pl.DataFrame:
    codes = [column_name(part.id) for part in figure.parts]
    if codes:
        cell = [
            pl.concat_str(codes, separator=BAR).alias("cell"),
            *(
                pl.concat_str([f"{code}_{lang}" for code in codes], separator=", ").alias(f"cell_{lang}")
                for lang in project.languages
            ),
        ]
    else:
        cell = [
            pl.lit(TOTAL).alias("cell"),
            *(pl.lit(texts("publish", lang)("total")).alias(f"cell_{lang}") for lang in project.languages),
        ]
    return table.select("indicator", "breakdown", "wave", *cell, *_CELL)


def difference_columns(project: Project) -> tuple[Column, ...]:
    """The columns of ``differences.csv``."""
    names = ("indicator", "breakdown", "type", "wave", "cell", "other_wave", "other", *_TESTED, "synthetic")
    return tuple(plain(name, project) for name in names)


def differences(figures: Sequence[Figure], project: Project) -> pl.DataFrame:
    """Every tested difference between published cells, one row each."""
    listed = [(figure, each) for figure in figures for each in figure.comparisons]
    tests = [each for _, each in listed]
    values: dict[str, Sequence[object]] = {
        "indicator": [figure.indicator.id for figure, _ in listed],
        "breakdown": [figure.breakdown for figure, _ in listed],
        "cell": [BAR.join(each.key) or TOTAL for each in tests],
        "other": [BAR.join(each.other) if each.type == "category" else None for each in tests],
        "synthetic": [joined(project.synthetic, project)] * len(tests),
        **{
            name: [getattr(each, name, None) for each in tests]
            for name in ("type", "wave", "other_wave", *_TESTED)
        },
    }
    return frame(difference_columns(project), values)
