"""The design of a sample from a file: a weight made of several columns, and what may be wrong with it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Remark, ThuisError, raise_all, unknowns
from thuis.expression.language import ExpressionError
from thuis.expression.made import column
from thuis.expression.weights import weight_tree
from thuis.formats.interviews import person_of
from thuis.plausible.rows import total_problem, total_row
from thuis.plausible.units import unit_doubts
from thuis.plausible.weights import weight_doubts

_SEVERAL, _FEWEST = 1.5, 20
"""Rows for each number from which a row is no person, and how many numbers there are at least."""
_WITHIN = re.compile(
    r"(?i)(.*[_.])?(country|cntry|land|pays|nation|state|region|wave|round|golf|year|jaar|essround|essedition"
    r"|hh|hhid|household|stratum|strata|psu|cluster|file|name|sample)([_.]?(id|nr|no|code))?"
)
"""Columns within which people are numbered anew."""


def design_remarks(path: Path, rows: Path | pl.DataFrame, design: dict[str, Any]) -> Path | pl.DataFrame:
    """The rows, with a column for a weight that is made of several; remarks on weight, strata and units.

    :param design: the arguments of a sample; its weight is then a column.
    :raises ThuisError: rows that are totals of others, or columns of a weight that are not there.
    """
    rows = _with_weight(rows, design)
    weight = design.get("weight")
    if isinstance(rows, Path) or not isinstance(weight, str) or weight not in rows.columns:
        return rows
    values = rows[weight]
    if not values.dtype.is_numeric():
        return rows
    _no_total(path, rows, weight, design)
    said = [*_visits(rows, design), *weight_doubts(values.cast(pl.Float64), weight)]
    keys = {
        what: (rows[name].cast(pl.String), name)
        for what, role in (("stratum", "strata"), ("PSU", "psu"))
        if (name := _one(design.get(role))) in rows.columns
    }
    for each in [*said, *unit_doubts(keys)]:
        warnings.warn(Remark(f"{path.name}: {each}"), stacklevel=3)
    return rows


def _visits(rows: pl.DataFrame, design: Mapping[str, Any]) -> list[str]:
    """A remark when people stand in several rows of one country and wave, and are no units of the sample."""
    taken = [_one(design.get(role)) for role in ("psu", "strata")]
    person = person_of(rows.columns, taken)
    if person is None or design.get("psu") is not None:
        return []
    within = [each for each in rows.columns if _WITHIN.fullmatch(each) and each != person]
    numbers = rows.select(person, *within).drop_nulls(person)
    distinct = numbers.n_unique()
    again = numbers.height - distinct
    if distinct < _FEWEST or not again:
        return []
    if numbers.height < _SEVERAL * distinct:
        return [f"{again:,} rows have the same {person!r} as a row before: is a respondent there twice?"]
    return [
        f"{person!r} has {distinct:,} numbers in {numbers.height:,} rows: is a row an answer or a visit, and "
        f"no person? then say psu={person!r}, or take one row of each"
    ]


def _one(named: Any) -> str:
    return named if isinstance(named, str) else ""


def _with_weight(rows: Path | pl.DataFrame, design: dict[str, Any]) -> Path | pl.DataFrame:
    """A weight such as ``pspwght * pweight`` as a column of that name."""
    weight = design.get("weight")
    there = pl.scan_parquet(rows).collect_schema().names() if isinstance(rows, Path) else rows.columns
    if not isinstance(weight, str) or weight in there:
        return rows
    try:
        tree = weight_tree(weight, there)
    except ExpressionError as error:
        raise ThuisError(f"weight {weight!r}: {error}", available=there) from error
    if tree is None:
        return rows
    named = sorted(tree.named("variable"))
    raise_all(unknowns("column", named, there))
    frame = pl.read_parquet(rows) if isinstance(rows, Path) else rows
    return frame.with_columns(column(tree).cast(pl.Float64).alias(weight))


def _no_total(path: Path, rows: pl.DataFrame, weight: str, design: Mapping[str, Any]) -> None:
    """A row that adds the others up is no respondent."""
    of_design = {weight, *(_one(design.get(role)) for role in ("strata", "psu"))}
    answers = [rows[each] for each in rows.columns if each not in of_design and rows[each].dtype.is_numeric()]
    at = total_row(rows[weight].cast(pl.Float64), answers)
    if at is not None:
        raise ThuisError(total_problem(path.name, at + 1, weight))
