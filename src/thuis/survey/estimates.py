"""Results: a tidy frame of estimates with the covariances that differences and trends need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import Problem, ThuisError
from thuis.survey.variance import Floats


@dataclass(frozen=True, slots=True)
class Contrast:
    """A weighted sum of estimates with its standard error, t test and interval."""

    estimate: float
    se: float
    df: float
    t: float
    p: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimates in a tidy frame, one row per measure, grouping and cell, in ``frame``."""

    frame: pl.DataFrame
    level: float
    df: float
    _covariance: Callable[[Sequence[int]], Floats] = field(repr=False)

    def covariance(self, indices: Sequence[int] | None = None) -> Floats:
        """Covariance matrix of the chosen rows of ``frame`` (all rows when None)."""
        chosen = list(range(len(self.frame))) if indices is None else [int(each) for each in indices]
        wrong = [each for each in chosen if not 0 <= each < len(self.frame)]
        if wrong:
            raise ThuisError(Problem(f"no row {wrong[0]}", expected=f"0 to {len(self.frame) - 1}"))
        return self._covariance(chosen)

    def contrast(self, weights: Mapping[int, float]) -> Contrast:
        """The sum of ``weights[row] * estimate[row]``, df that of the design (R ``svycontrast``)."""
        rows = list(weights)
        a = np.array([weights[row] for row in rows], dtype=float)
        covariance = self.covariance(rows)
        values = self.frame["estimate"].gather(rows).cast(pl.Float64).fill_null(float("nan")).to_numpy()
        estimate = float(a @ values)
        se = float(np.sqrt(max(a @ covariance @ a, 0.0)))
        with np.errstate(all="ignore"):
            t = float(np.float64(estimate) / np.float64(se))
        df = self.df if self.df > 0 else float("nan")
        p = float(2 * special.stdtr(df, -abs(t)))
        half = float(special.stdtrit(df, (1 + self.level) / 2)) * se
        return Contrast(estimate, se, self.df, t, p, estimate - half, estimate + half)

    def difference(self, left: Any, right: Any) -> Contrast:
        """Second minus first: two row numbers, or two keys when one grouping of one column was asked."""
        a, b = self._row(left), self._row(right)
        return self.contrast({b: 1.0, a: -1.0}) if a != b else self.contrast({a: 0.0})

    def _row(self, key: Any) -> int:
        if isinstance(key, int) and not isinstance(key, bool):
            return key
        found = [
            i
            for i, row in enumerate(self.frame.select("by", *self._groups).iter_rows())
            if len(row[0]) == 1 and str(next(v for v in row[1:] if v is not None)) == str(key)
        ]
        if len(found) != 1:
            raise ThuisError(
                Problem(
                    f"{len(found)} rows have the key {key!r}",
                    expected="exactly one",
                    step="give the row number of the frame",
                )
            )
        return found[0]

    @property
    def _groups(self) -> list[str]:
        return self.frame.columns[2 : self.frame.columns.index("estimate")]

    def to_polars(self) -> pl.DataFrame:
        """The frame itself."""
        return self.frame

    def to_pandas(self) -> Any:
        """The frame as pandas."""
        return self.frame.to_pandas()

    def __str__(self) -> str:
        return str(self.frame)

    def _repr_html_(self) -> str:
        return str(self.frame._repr_html_())
