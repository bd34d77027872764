"""Medians and other quantiles of every cell, rounded so that no single answer is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.columns import CELL_COLUMNS
from thuis.project.model import Indicator
from thuis.read.microdata import BREAKDOWN
from thuis.survey import Sample
from thuis.values import breakdown_id

Floats = NDArray[np.float64]
ENDS = ("estimate", "lower", "upper")


def medians_of(
    indicators: Sequence[Indicator], sample: Sample, people: pl.DataFrame, wave: str, level: float
) -> Iterator[pl.DataFrame]:
    """Cells with Woodruff's intervals (1952), in the columns of estimates and ``at_value``.

    A quantile is an answer that somebody gave, and so are the ends of its interval: all are rounded to the
    step of the indicator, and ``at_value`` is the fewest respondents whose answer rounds to one of them. The
    standard error is that of the rounded interval, which would otherwise give the exact one away.
    """
    for each in indicators:
        for parts in each.groupings:
            by = [BREAKDOWN + part for part in parts]
            found = sample.quantile(each.column, by or None, probabilities=each.quantile, level=level).frame
            known = people.drop_nulls([each.column, *by])
            cells = found.to_dicts()
            yield pl.DataFrame(
                [_cell(each, parts, wave, cell, _within(known, by, cell), by) for cell in cells],
                schema={**CELL_COLUMNS, "at_value": pl.Int64()},
                orient="row",
            )


def _error(ends: Mapping[str, float | None], se: object, cell: Mapping[str, object]) -> float | None:
    """The standard error as the width of the interval that is published tells it (Woodruff)."""
    width, exact = _width(ends), _width(cell)
    return None if not (width and exact and isinstance(se, float)) else se * width / exact


def _width(ends: Mapping[str, object]) -> float | None:
    low, high = ends["lower"], ends["upper"]
    return high - low if isinstance(low, float) and isinstance(high, float) else None


def _within(people: pl.DataFrame, by: Sequence[str], cell: dict[str, object]) -> pl.DataFrame:
    return people.filter(*(pl.col(name) == cell[name] for name in by)) if by else people


def _cell(
    indicator: Indicator,
    parts: tuple[str, ...],
    wave: str,
    cell: dict[str, object],
    people: pl.DataFrame,
    by: Sequence[str],
) -> dict[str, object]:
    step = indicator.rounding
    answers = rounded(people[indicator.column].to_numpy().astype(float), step)
    ends = {name: _rounded(cell[name], step) for name in ENDS}
    known = [value for value in ends.values() if value is not None]
    at = min((int(np.isclose(answers, value).sum()) for value in known), default=0)
    return {
        "indicator": indicator.id,
        "breakdown": breakdown_id(parts),
        "wave": wave,
        "cell": [str(cell[name]) for name in by],
        **ends,
        "se": _error(ends, cell["se"], cell),
        "n": cell["n"],
        "n_hit": None,
        "weighted_n": cell["weighted_n"],
        "df": cell["df"],
        "deff": None,
        "at_value": at,
    }


def rounded(values: Floats, step: float) -> Floats:
    """Values to the nearest multiple of a step, halves upwards.

    >>> rounded(np.array([1249.0, 1250.0, 3.2]), 100).tolist()
    [1200.0, 1300.0, 0.0]
    """
    return np.asarray(np.floor(values / step + 0.5) * step)


def _rounded(value: object, step: float) -> float | None:
    if not isinstance(value, float) or not np.isfinite(value):
        return None
    return float(rounded(np.array([value]), step)[0])
