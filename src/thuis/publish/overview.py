"""Two tables over everything: every cell of every figure, and every tested difference."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from thuis.language import texts
from thuis.project.model import Project
from thuis.publish.columns import OF_CELL, TYPES, Column, column_name, frame, joined, plain
from thuis.publish.figure import Figure
from thuis.values import TOTAL

BAR = "|"
"""Between the categories of a crossing, where all of it stands in one column."""
_TESTED = ("difference", "se", "lower", "upper", "p", "p_adjusted", "verdict", "across_break")
CELL_KEYS = ("indicator", "breakdown", "wave", "cell")


def cell_columns(project: Project) -> tuple[Column, ...]:
    """The columns of ``figures.csv``."""
    first = [plain(name, project) for name in CELL_KEYS[:3]]
    cell = plain("cell", project, required=True)
    labels = [
        Column(f"cell_{of}", "string", _label_text(of, project), required=True) for of in project.languages
    ]
    return (*first, cell, *labels, *(plain(name, project) for name in OF_CELL))


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
    return table.select("indicator", "breakdown", "wave", *cell, *OF_CELL)


def difference_columns(project: Project) -> tuple[Column, ...]:
    """The columns of ``differences.csv``."""
    names = ("indicator", "breakdown", "type", "wave", "cell", "other_wave", "other", *_TESTED, "synthetic")
    return tuple(plain(name, project) for name in names)


def differences(figures: Sequence[Figure], project: Project) -> pl.DataFrame:
    """Every tested difference between published cells, one row each."""
    columns = difference_columns(project)
    of_waves = pl.col("type") == "wave"
    other = pl.when(~of_waves).then(_one("other"))
    values = {
        "cell": pl.when(pl.col("cell").list.len() > 0).then(_one("cell")).otherwise(pl.lit(TOTAL)),
        "other_wave": pl.when(of_waves).then("other_wave"),
        "other": other,
        "across_break": pl.when(of_waves).then(pl.col("across_break").fill_null(value=False)),
        "synthetic": pl.lit(joined(project.synthetic, project)),
    }
    told = [
        values.get(each.name, pl.col(each.name)).cast(TYPES[each.kind]).alias(each.name) for each in columns
    ]
    rows = [figure.tested for figure in figures if figure.tested.height]
    return (
        pl.concat(rows, rechunk=True).select(told).rechunk()
        if rows
        else frame(columns, {each.name: [] for each in columns})
    )


def _one(column: str) -> pl.Expr:
    return pl.col(column).list.join(BAR)
