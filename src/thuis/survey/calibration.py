"""Weights made to agree with known totals, and what that does to a variance.

The library svy finds the weights. A calibrated estimate varies as the total of the residuals of its scores on
the columns that were calibrated (Deville and Särndal 1992, JASA 87: 376), as R ``svyrecvar`` takes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.variance import Floats, starts

if TYPE_CHECKING:
    from thuis.survey.sample import Sample

Totals = Mapping[str, Mapping[Any, float]]
SWEEPS = 10
"""As R: residuals after raking are taken margin by margin, ten times round."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Columns that were calibrated on, each row's times its weight in the regression.

    ``cross`` is ``X' W X``; ``load`` per design unit the sum of new weight times ``X``; ``margins`` numbers
    the margin of every column when residuals are taken margin by margin.
    """

    columns: tuple[str, ...]
    cross: Floats
    load: Floats
    margins: tuple[int, ...] | None

    def slopes(self, products: Floats) -> Floats:
        """Regression of scores on the columns from ``X' W z``, both cells x columns x measures."""
        if self.margins is None:
            return np.asarray(np.einsum("pq,cqk->cpk", np.linalg.pinv(self.cross), products))
        found, margins = np.zeros_like(products), np.array(self.margins)
        size = np.diag(self.cross)[None, :, None]
        for _ in range(SWEEPS):
            for margin in np.unique(margins):
                own = margins == margin
                rest = products[:, own] - np.einsum("pq,cqk->cpk", self.cross[own], found)
                found[:, own] += rest / size[:, own]
        return found


def rake(sample: Sample, totals: Totals) -> Sample:
    """See :meth:`thuis.survey.Sample.rake`."""
    rows = _rows(sample, totals)
    made = _weighted(
        sample,
        rows,
        lambda s: s.weighting.rake(
            controls={name: dict(each) for name, each in totals.items()},
            wgt_name=NEW,
            tol=1e-12,
            max_iter=1000,
        ),
    )
    margins = tuple(m for m, each in enumerate(totals.values()) for _ in each)
    return _calibrated(sample, made, _indicators(made, totals), margins)


def poststratify(sample: Sample, column: str, totals: Mapping[Any, float]) -> Sample:
    """See :meth:`thuis.survey.Sample.poststratify`."""
    rows = _rows(sample, {column: totals})
    made = _weighted(
        sample, rows, lambda s: s.weighting.poststratify(dict(totals), cells=column, wgt_name=NEW)
    )
    return _calibrated(sample, made, _indicators(made, {column: totals}), None)


def calibrate(sample: Sample, totals: Totals, numbers: Mapping[str, float]) -> Sample:
    """See :meth:`thuis.survey.Sample.calibrate`."""
    import svy

    rows = _rows(sample, totals, tuple(numbers))
    controls: dict[Any, Any] = {svy.Cat(name): dict(each) for name, each in totals.items()} | dict(numbers)
    made = _weighted(sample, rows, lambda s: s.weighting.calibrate(controls=controls, wgt_name=NEW))
    x = [*_indicators(made, totals), *(made[name].cast(pl.Float64).to_numpy() for name in numbers)]
    return _calibrated(sample, made, x, None)


NEW, ROW = "__calibrated", "__row"


def _rows(sample: Sample, totals: Totals, numbers: Sequence[str] = ()) -> pl.DataFrame:
    types, problems = sample.table.types, []
    if sample.replicates is not None or sample.domain or sample.calibration:
        problems.append(
            Problem("only a whole linearised sample is calibrated, once", step="calibrate before subset()")
        )
    if sample.stages[0].strata.unknown.any():
        problems.append(Problem('lonely="average" is not defined for calibrated weights'))
    problems += [unknown("column", name, types) for name in (*totals, *numbers) if name not in types]
    if not totals and not numbers:
        problems.append(Problem("no totals to agree with"))
    raise_all(problems)
    rows = sample.table.query(f"SELECT * FROM {sample.table.dialect.source}").with_columns(
        pl.col(name).cast(pl.Float64) for name in (sample.weight, *numbers)
    )
    for name, each in totals.items():
        there = set(rows[name].unique().to_list())
        problems += [
            Problem(f"{name!r} has {value!r}, which has no total", available=tuple(map(str, each)))
            for value in sorted(there - set(each), key=str)
        ]
        problems += [Problem(f"{value!r} of {name!r} is in no row") for value in each if value not in there]
    problems += [
        Problem(f"{name!r} is missing in {rows[name].null_count()} rows")
        for name in numbers
        if rows[name].null_count()
    ]
    raise_all(problems)
    return rows


def _weighted(sample: Sample, rows: pl.DataFrame, work: Any) -> pl.DataFrame:
    import svy

    try:
        made = work(svy.Sample(rows.with_row_index(ROW), svy.Design(wgt=sample.weight)))
    except svy.SvyError as error:
        raise ThuisError(Problem(f"the weights cannot be made to agree: {error}")) from error
    return rows.with_row_index(ROW).join(
        made.data.select(ROW, NEW), on=ROW, how="left", maintain_order="left"
    )


def _indicators(rows: pl.DataFrame, totals: Totals) -> list[Floats]:
    return [(rows[name] == value).to_numpy().astype(float) for name, each in totals.items() for value in each]


def _calibrated(
    sample: Sample, rows: pl.DataFrame, x: list[Floats], margins: tuple[int, ...] | None
) -> Sample:
    matrix = np.column_stack(x)
    base = rows[sample.weight].cast(pl.Float64).to_numpy() if margins is None else np.ones(rows.height)
    names = tuple(f"__x{i}" for i in range(matrix.shape[1]))
    rows = rows.with_columns(pl.Series(name, matrix[:, i] * base) for i, name in enumerate(names))
    made = sample.over(rows, weight=NEW, psu=sample.columns.psu or (ROW,))
    return replace(
        made,
        df=sample.df,
        calibration=Calibration(
            names, matrix.T @ (matrix * base[:, None]), _load(made, rows, matrix), margins
        ),
    )


def _load(made: Sample, rows: pl.DataFrame, matrix: Floats) -> Floats:
    keys = rows.select(pl.col(name).alias(f"u{i}") for i, name in enumerate(made.columns.keys))
    unit = made.located(keys)["unit"].to_numpy().astype(np.int64)
    order = np.argsort(unit, kind="stable")
    weighted = matrix * rows[NEW].to_numpy()[:, None]
    return np.asarray(np.add.reduceat(weighted[order], starts(unit[order]), axis=0))
