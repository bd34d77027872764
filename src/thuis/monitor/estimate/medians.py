"""Medians and other quantiles of every cell, rounded so that no single answer is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import stdtrit

from thuis.columns import CELL_COLUMNS
from thuis.project.model import Indicator
from thuis.protect.rules import ProtectionRules
from thuis.read.microdata import BREAKDOWN
from thuis.survey import Sample
from thuis.values import breakdown_id

Floats = NDArray[np.float64]
ENDS = ("estimate", "lower", "upper")


def medians_of(
    indicators: Sequence[Indicator],
    sample: Sample,
    people: pl.DataFrame,
    wave: str,
    rules: ProtectionRules,
) -> Iterator[pl.DataFrame]:
    """Cells with Woodruff's intervals (1952), in the columns of estimates and ``at_value``.

    A quantile is an answer that somebody gave, and so are the ends of its interval: all are rounded to the
    step of the indicator, and ``at_value`` is the fewest respondents whose answer rounds to one of them, or
    in a small group who may lie beyond one. The standard error is that of the rounded interval, which would
    otherwise give the exact one away.
    """
    level = rules.level
    for each in indicators:
        for parts in each.groupings:
            by = [BREAKDOWN + part for part in parts]
            found = sample.quantile(each.column, by or None, probabilities=each.quantile, level=level).frame
            known = people.drop_nulls([each.column, *by])
            ends = each.scale or _ends(known[each.column])
            cells = [
                _cell(each, parts, wave, cell, by) | _least(each, cell, _within(known, by, cell), ends, rules)
                for cell in found.to_dicts()
            ]
            yield pl.DataFrame(
                cells,
                schema={**CELL_COLUMNS, "at_value": pl.Int64()},
                orient="row",
            )


def _ends(answers: pl.Series) -> tuple[float, float]:
    found = answers.to_numpy().astype(float)
    return (float(found.min()), float(found.max())) if len(found) else (0.0, 0.0)


def _least(
    indicator: Indicator,
    cell: Mapping[str, object],
    people: pl.DataFrame,
    ends: tuple[float, float],
    rules: ProtectionRules,
) -> dict[str, object]:
    """The fewest who gave one of the published values, or who may lie beyond one.

    The interval is read where a share of the group lies below, which anybody can work out: of sixty people
    one at most is above that of the ninetieth percentile. Nobody can be beyond the ends of a scale.
    """
    step = indicator.rounding
    answers = people[indicator.column].to_numpy().astype(float)
    shown = [value for name in ENDS if (value := _rounded(cell[name], step)) is not None]
    found = [int(np.isclose(rounded(answers, step), value).sum()) for value in shown]
    if len(answers) < rules.small_n and len(shown) == len(ENDS):
        (below, above), (_, low, high) = _beyond(answers, cell, rules.level), shown
        found += [below] * (low > ends[0]) + [above] * (high < ends[1])
    return {"at_value": min(found, default=0)}


def _beyond(answers: Floats, cell: Mapping[str, object], level: float) -> tuple[int, int]:
    """The most who can be below the lower end and above the upper one.

    With ties the end itself does not say where it was read; then it is worked out as for equal weights.
    """
    n, at = len(answers), [float(str(cell[name])) for name in ENDS]
    df = float(str(cell["df"]))
    share = float((answers <= at[0]).mean())
    half = float(stdtrit(df, (1 + level) / 2)) * (share * (1 - share) / max(n - 1, 1)) ** 0.5
    under, over = int((answers < at[1]).sum()), int((answers > at[2]).sum())
    ties = [int((answers == each).sum()) for each in at[1:]]
    return (
        int(np.clip(np.ceil((share - half) * n) - 1, under, under + ties[0] - 1)),
        int(np.clip(n - np.ceil((share + half) * n), over, over + ties[1] - 1)),
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
    by: Sequence[str],
) -> dict[str, object]:
    ends = {name: _rounded(cell[name], indicator.rounding) for name in ENDS}
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
