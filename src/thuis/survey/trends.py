"""Slopes over ordered cells, as contrasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all, unknowns

NUMBERS = ("se", "df", "lower", "upper", "t", "p")


def trend(
    frame: pl.DataFrame,
    contrast: Callable[[Mapping[int, float]], Any],
    over: str,
    positions: Mapping[Any, float] | None,
) -> pl.DataFrame:
    """See :meth:`thuis.survey.Estimates.trend`; ``contrast`` is that of the estimates in ``frame``."""
    frame = frame.with_row_index("_row")
    groups = frame.columns[3 : frame.columns.index("estimate")]
    raise_all(unknowns("grouping column", [over], groups))
    rows = frame.filter(pl.col("by").list.contains(over), pl.col("estimate").is_not_null())
    place = _places(rows[over], over, positions)
    rows = rows.with_columns(pl.Series("_x", place, pl.Float64))
    others = [name for name in groups if name != over]
    found = []
    for key, part in rows.group_by("measure", "by", *others, maintain_order=True):
        x = part["_x"].to_numpy()
        if len(np.unique(x)) > 1:
            away = x - x.mean()
            line = contrast(dict(zip(part["_row"].to_list(), away / (away @ away), strict=True)))
            found.append((*key, part.height, line.estimate, *_numbers(line)))
    kinds = {name: frame.schema[name] for name in ("measure", "by", *others)}
    schema = {**kinds, "points": pl.Int64(), **dict.fromkeys(("slope", *NUMBERS), pl.Float64())}
    return pl.DataFrame(found, schema=schema, orient="row").with_columns(pl.col(NUMBERS).fill_nan(None))


def _numbers(line: Any) -> list[float]:
    return [getattr(line, name) for name in NUMBERS]


def _places(values: pl.Series, over: str, positions: Mapping[Any, float] | None) -> list[float]:
    if positions is not None:
        missing = [value for value in values.unique().to_list() if value not in positions]
        if missing:
            raise ThuisError(f"{missing[0]!r} of {over!r} has no position", step="add it to positions=")
        return [float(positions[value]) for value in values.to_list()]
    numbers = values.cast(pl.String).cast(pl.Float64, strict=False)
    if numbers.null_count():
        bad = values.filter(numbers.is_null())[0]
        raise ThuisError(
            f"{bad!r} of {over!r} is no number", step="say where each value stands with positions="
        )
    return numbers.to_list()
