"""Any statistic of weights and rows, computed anew with every replicate weight (R ``withReplicates``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.used import again, rows_of

Statistic = Callable[[Floats, pl.DataFrame], Any]


def replicated_statistic(
    sample: Surveyed, statistic: Statistic, columns: Sequence[str], level: float
) -> Estimates:
    """See :meth:`thuis.survey.Sample.statistic`."""
    raise_all(unknowns("column", columns, sample.table.types))
    if sample.replicates is None:
        missing = Problem(
            "only replicate weights tell how a statistic of one's own varies",
            step='make them first: sample.replicated("JKn")',
        )
        raise ThuisError(missing)
    rows, inside = rows_of(sample, columns)
    chosen = inside.to_numpy()
    used = rows.filter(inside).select(list(columns))
    names: list[str] = []

    def value(weight: Floats) -> Floats:
        labels, found = _numbers(_asked(statistic, weight[chosen], used))
        names[:] = names or labels
        if labels != names:
            raise ThuisError(f"the statistic gives {len(found)} numbers, and {len(names)} before")
        return found

    whole = value(rows[sample.weight].cast(pl.Float64).to_numpy())
    return coefficients(names, whole, again(sample, rows, whole, value), sample.df, used.height, level)


def _asked(statistic: Statistic, weight: Floats, rows: pl.DataFrame) -> Any:
    try:
        return statistic(weight, rows)
    except ThuisError:
        raise
    except Exception as error:
        raise ThuisError(
            f"the statistic fails: {error}", expected="a function of weights (numpy) and rows (Polars)"
        ) from error


def _numbers(found: Any) -> tuple[list[str], Floats]:
    """Names and numbers: of a mapping its own, else ``statistic``, numbered when there are several."""
    if isinstance(found, Mapping):
        names, values = [str(each) for each in found], list(found.values())
    else:
        values = list(np.ravel(np.asarray(found, dtype=object)))
        names = ["statistic"] if len(values) == 1 else [f"statistic {k + 1}" for k in range(len(values))]
    try:
        numbers = np.array([float(each) for each in values])
    except (TypeError, ValueError):
        numbers = np.zeros(0)
    if not len(numbers) or not np.isfinite(numbers).all():
        raise ThuisError(
            f"the statistic is {str(found)[:60]}", expected="a finite number, several, or {name: number}"
        )
    return names, numbers
