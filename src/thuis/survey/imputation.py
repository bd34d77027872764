"""Estimates of multiply imputed files, pooled: Rubin (1987), Barnard and Rubin (1999)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.survey.core import intervals
from thuis.survey.core.variance import Floats, Ints
from thuis.survey.estimates import Estimates


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Covariance within files, averaged, and ``1 + 1/m`` times that between them."""

    results: tuple[Estimates, ...]
    values: Floats

    def matrix(self, chosen: Ints) -> Floats:
        """Covariance matrix of frame rows."""
        within = np.mean([each.covariance(chosen.tolist()) for each in self.results], axis=0)
        away = self.values[:, chosen] - self.values[:, chosen].mean(axis=0)
        many = len(self.results)
        return np.asarray(within + (1 + 1 / many) * away.T @ away / (many - 1))

    def differences(self, left: Ints, right: Ints) -> Floats:
        """Variance of right minus left, for every pair of frame rows."""
        pairs = np.column_stack([left, right])
        found = [each.differences(pairs)["se"].fill_null(0.0).to_numpy() ** 2 for each in self.results]
        between = np.var(self.values[:, right] - self.values[:, left], axis=0, ddof=1)
        return np.asarray(np.mean(found, axis=0) + (1 + 1 / len(self.results)) * between)


def combined(results: Sequence[Estimates], *, interval: str = "mean") -> Estimates:
    """Pool the same table of several imputed files.

    Estimate: the mean. Variance ``T = W + (1 + 1/m) B``, within and between. Degrees of freedom of a row:
    Barnard and Rubin (1999, Biometrika 86: 948), from those of the design (R ``mitools`` leaves ``1 + 1/m``
    out of a term there). Counts are means; design effects are left out. Contrasts and
    differences use the degrees of freedom of the design.

    :param results: the table asked of each file.
    :param interval: "mean", or "logit" when every row is a proportion.
    :raises ThuisError: fewer than two results, or tables with other rows.

    >>> import polars as pl
    >>> from thuis.survey import Sample
    >>> files = [pl.DataFrame({"y": y, "w": [1.0] * 4}) for y in ([1.0, 2, 3, 4], [2.0, 2, 4, 4])]
    >>> found = combined([Sample.from_frame(each, weight="w").mean("y") for each in files])
    >>> found.frame["estimate"].item(), round(found.frame["se"].item(), 4)
    (2.75, 0.75)
    """
    other = [each for each in results if not isinstance(each, Estimates)]
    if other:
        raise ThuisError(
            f"a {type(other[0]).__name__} among the results to pool",
            expected="estimates, one of every file, such as sample.mean(...)",
        )
    if len(results) < 2:
        raise ThuisError(f"{len(results)} results to pool", expected="two or more")
    first = results[0].frame
    if any(not _keys(each).equals(_keys(results[0])) for each in results[1:]):
        raise ThuisError("the tables have other rows", step="give every file the same measures and cells")
    values, se = (
        np.array([each.frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for each in results])
        for name in ("estimate", "se")
    )
    many, complete = len(results), results[0].df
    within, between = (se**2).mean(axis=0), values.var(axis=0, ddof=1) * (1 + 1 / many)
    total, estimate = within + between, values.mean(axis=0)
    df = _freedom(within, between, many, complete)
    n = np.mean([each.frame["n"].to_numpy() for each in results], axis=0)
    spread = np.sqrt(total)
    lower, upper = intervals.interval(interval, estimate, spread, df, results[0].level, n)
    numbers = {"estimate": estimate, "se": spread, "lower": lower, "upper": upper, "df": df}
    none = ("n_hit", "deff", "deff_replace", "cv")
    frame = first.with_columns(
        *(pl.Series(name, each, nan_to_null=True) for name, each in numbers.items()),
        pl.Series("n", n).round().cast(pl.Int64),
        *(pl.lit(None, first.schema[name]).alias(name) for name in none if name in first.columns),
    )
    return Estimates(frame, results[0].level, complete, Pooled(tuple(results), np.nan_to_num(values)))


def _keys(result: Estimates) -> pl.DataFrame:
    return result.frame.select(result.frame.columns[: result.frame.columns.index("estimate")])


def _freedom(within: Floats, between: Floats, many: int, complete: float) -> Floats:
    with np.errstate(all="ignore"):
        missing = between / (within + between)
        imputed = np.where(missing > 0, (many - 1) / missing**2, np.inf)
        if not np.isfinite(complete):
            return imputed
        observed = (complete + 1) / (complete + 3) * complete * (1 - missing)
        return 1 / (1 / imputed + 1 / observed)


def plausible(
    values: Sequence[str], question: Callable[[str], Estimates], *, name: str = "PV", interval: str = "mean"
) -> Estimates:
    """The answer to a question asked of every plausible value, pooled, as in PISA, TIMSS and PIAAC.

    The variance of sampling is the mean over the values, ``(1 + 1/m)`` times that between them comes on top
    (OECD 2009, PISA Data Analysis Manual, ch. 8).

    :param values: the columns, such as ``PV1MATH`` to ``PV10MATH``.
    :param question: what to ask of one of them: ``lambda value: sample.mean(value, by="CNT")``.
    :param name: what stands for them in the result.
    :param interval: as that of :func:`combined`.

    >>> import polars as pl
    >>> from thuis.survey import Sample
    >>> rows = pl.DataFrame({"PV1": [1.0, 2, 3, 4], "PV2": [2.0, 2, 4, 4], "w": [1.0] * 4})
    >>> sample = Sample.from_frame(rows, weight="w")
    >>> found = plausible(["PV1", "PV2"], lambda value: sample.mean(value))
    >>> found.frame["measure"].item(), found.frame["estimate"].item()
    ('mean(PV)', 2.75)
    """
    found = []
    for each in values:
        one = question(each)
        measure = pl.col("measure").str.replace_all(each, name, literal=True)
        found.append(replace(one, frame=one.frame.with_columns(measure)))
    return combined(found, interval=interval)
