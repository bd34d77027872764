"""Principal components of several columns: the directions in which people differ most (R ``svyprcomp``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all
from thuis.survey.core.checks import numbers_asked
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.used import rows_of


@dataclass(frozen=True, slots=True)
class Components:
    """``sd`` of every component, the ``share`` of the variance that it tells, and ``loadings``: a row per
    column. A component's sign is that of its largest loading, which is above 0.

    ``scores`` has a row for every row that knows all columns.
    """

    n: int
    sd: tuple[float, ...]
    share: tuple[float, ...]
    loadings: pl.DataFrame
    scores: pl.DataFrame = field(repr=False)


def numbers_of(sample: Surveyed, names: Sequence[str]) -> tuple[Floats, Floats]:
    """The answers of the rows that know all of some columns, and their weights.

    :raises ThuisError: unknown columns, columns without numbers, or too few rows.
    """
    raise_all(numbers_asked(names, sample.table.types))
    rows, inside = rows_of(sample, names)
    values = np.column_stack(
        [rows[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in names]
    )
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    known = inside.to_numpy() & np.isfinite(values).all(axis=1) & (weight > 0)
    if known.sum() <= len(names):
        raise ThuisError(f"{known.sum()} rows know {', '.join(names)}", expected="more rows than columns")
    return values[known], weight[known]


def spread_of(values: Floats, weight: Floats) -> Floats:
    """The covariance matrix of the population (R ``svyvar``)."""
    moved = values - weight @ values / weight.sum()
    n = len(values)
    return np.asarray((moved * weight[:, None]).T @ moved / weight.sum() * n / (n - 1))


def components(sample: Surveyed, columns: Sequence[str], *, scale: bool) -> Components:
    """See :meth:`thuis.survey.Sample.components`."""
    if len(set(columns)) < 2 or len(set(columns)) < len(columns):
        raise ThuisError(f"{len(columns)} columns to compare", expected="two or more, each once")
    values, weight = numbers_of(sample, columns)
    spread = spread_of(values, weight)
    size = np.sqrt(np.diag(spread)) if scale else np.ones(len(columns))
    if not size.all():
        constant = columns[int(np.argmin(size))]
        raise ThuisError(f"{constant!r} has one answer", expected="two or more", step="leave it out")
    variance, directions = np.linalg.eigh(spread / np.outer(size, size))
    variance, directions = np.maximum(variance[::-1], 0.0), directions[:, ::-1]
    most = directions[np.abs(directions).argmax(axis=0), np.arange(len(columns))]
    directions = directions * np.sign(most)
    names = [f"component {k + 1}" for k in range(len(columns))]
    scores = (values - weight @ values / weight.sum()) / size @ directions
    loadings = pl.DataFrame({"column": list(columns), **dict(zip(names, directions.T, strict=True))})
    return Components(
        len(values),
        tuple(np.sqrt(variance).tolist()),
        tuple((variance / variance.sum()).tolist()),
        loadings,
        pl.DataFrame(dict(zip(names, scores.T, strict=True))),
    )
