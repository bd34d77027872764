"""Samples whose weights agree with known totals; variances take it into account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.core.calibration import Calibration
from thuis.survey.core.surveyed import Names, Surveyed, names_of
from thuis.survey.core.variance import Floats
from thuis.survey.used import summed
from thuis.survey.weights.solve import Solver, calibrated, distance, factors, raked
from thuis.survey.weights.targets import Totals, indicators, rows_for, wanted

S = TypeVar("S", bound=Surveyed)
NEW, ROW = "__calibrated", "__row"


def rake(sample: S, totals: Totals) -> S:
    """See :meth:`thuis.survey.Sample.rake`; Deming and Stephan (1940, Ann. Math. Stat. 11: 427)."""
    rows = rows_for(sample, totals)
    margins = [indicators(rows, {key: each}) for key, each in totals.items()]
    solve = raked(margins, [wanted({key: each}) for key, each in totals.items()])
    of = tuple(m for m, each in enumerate(totals.values()) for _ in each)
    return agreed(sample, rows, solve, np.hstack(margins), of)


def poststratify(sample: S, columns: Names, totals: Mapping[Any, float]) -> S:
    """See :meth:`thuis.survey.Sample.poststratify`."""
    own = names_of(columns)
    asked = {own if len(own) > 1 else own[0]: totals} if own else {}
    rows = rows_for(sample, asked)
    cells, total = indicators(rows, asked), wanted(asked)
    return agreed(sample, rows, lambda w: w * (cells @ factors(w, cells, total)), cells, None)


def calibrate(
    sample: S,
    totals: Totals,
    numbers: Mapping[str, float],
    method: str,
    bounds: tuple[float, float] | None,
    together: Names,
    variance: str | None,
) -> S:
    """See :meth:`thuis.survey.Sample.calibrate`."""
    of, own, types = distance(method, bounds), names_of(together), sample.table.types
    extra = [*own, *([variance] if variance else [])]
    raise_all([unknown("column", name, types) for name in extra if name not in types])
    rows = rows_for(sample, totals, tuple(numbers))
    x = np.column_stack([indicators(rows, totals), *(rows[name].to_numpy() for name in numbers)])
    scale = np.ones(rows.height) if variance is None else rows[variance].cast(pl.Float64).to_numpy()
    if not (scale > 0).all():
        raise ThuisError(f"variance {variance!r} is missing, 0 or less in some rows")
    if own:
        x, scale = _alike(sample, rows, own, x, scale)
    solve = calibrated(x, wanted(totals, numbers), of, scale)
    return agreed(sample, rows, solve, x, None, scale)


def _alike(
    sample: Surveyed, rows: pl.DataFrame, own: tuple[str, ...], x: Floats, scale: Floats
) -> tuple[Floats, Floats]:
    """The means within units whose rows get one factor (Lemaître and Dufour 1987)."""
    names = [f"__m{i}" for i in range(x.shape[1])]
    frame = rows.select(*own, pl.col(sample.weight).alias("__w")).with_columns(
        *(pl.Series(name, x[:, i]) for i, name in enumerate(names)), pl.Series("__s", scale)
    )
    uneven = frame.select((pl.col("__w").max().over(own) - pl.col("__w").min().over(own)).max()).item()
    if uneven > 1e-9 * frame["__w"].mean():  # type: ignore[operator]
        raise ThuisError(
            f"weights differ within {' x '.join(own)}", expected="one weight for all rows of a unit"
        )
    found = frame.select(pl.col(*names, "__s").mean().over(own))
    return found.select(names).to_numpy(), found["__s"].to_numpy()


def standardize(sample: S, columns: Names, shares: Mapping[Any, float], over: Names, known: Names) -> S:
    """See :meth:`thuis.survey.Sample.standardize`."""
    own, groups = names_of(columns), names_of(over)
    dialect, types = sample.table.dialect, sample.table.types
    problems = [
        unknown("column", each, types) for each in (*own, *groups, *names_of(known)) if each not in types
    ]
    if not shares or not all(np.isfinite(each) and each >= 0 for each in shares.values()):
        problems.append(Problem("the shares are none", expected="category: share, 0 or more"))
    if not own:
        problems.append(Problem("no column to standardize by"))
    raise_all(problems)
    inside = [f"({dialect.value(each, types)}) IS NOT NULL" for each in (*own, *groups, *names_of(known))]
    inside += [sample.domain] if sample.domain else []
    domain = " AND ".join(inside)
    rows = sample.table.query(
        f"SELECT *, coalesce({domain}, FALSE) AS __inside FROM {dialect.source}"
    ).with_columns(pl.col(sample.weight).cast(pl.Float64))
    return _standard(replace(sample, domain=domain), rows, own, groups, shares)


def _standard(
    sample: S, rows: pl.DataFrame, own: tuple[str, ...], groups: tuple[str, ...], shares: Mapping[Any, float]
) -> S:
    here, every = rows["__inside"].to_numpy(), sum(shares.values())
    known = {each if isinstance(each, tuple) else (each,): share / every for each, share in shares.items()}
    there = rows.filter(pl.Series(here)).select(own).unique().rows()
    raise_all(
        [
            unknown("category with a share", each if len(own) > 1 else each[0], map(str, shares))
            for each in sorted(there, key=str)
            if each not in known
        ]
    )
    keys = rows.select(*own, *groups).filter(pl.Series(here)).unique(maintain_order=True).rows()
    cells = np.column_stack(
        [
            here
            & rows.select(
                pl.all_horizontal(
                    pl.col(name).eq_missing(pl.lit(value))
                    for name, value in zip((*own, *groups), key, strict=True)
                )
            )
            .to_series()
            .to_numpy()
            for key in keys
        ]
    ).astype(float)
    share = np.array([known[key[: len(own)]] for key in keys])
    group = [keys_of[len(own) :] for keys_of in keys]
    number = {each: i for i, each in enumerate(dict.fromkeys(group))}
    at = np.array([number[each] for each in group])
    plain = rows[sample.weight].to_numpy() * here
    # The totals are those of the full-sample weights, as R, for every replicate too.
    total = share * np.bincount(at, plain @ cells)[at]

    def solve(w: Floats) -> Floats:
        # Rows outside weigh nothing, as those that R leaves out of the design before it is standardized.
        w = w * here
        return np.asarray(w * (cells @ factors(w, cells, total)))

    made = agreed(sample, rows.drop("__inside"), solve, cells, None, inside=here)
    return replace(made, domain=sample.domain)


def trim(sample: S, lower: float, upper: float, *, strict: bool) -> S:
    """See :meth:`thuis.survey.Sample.trim`."""
    if not lower < upper:
        raise ThuisError(f"weights between {lower:g} and {upper:g}", expected="lower below upper")
    rows = sample.table.query(f"SELECT * FROM {sample.table.dialect.source}")
    made = _reweighted(sample, rows, lambda w: _trimmed(w, lower, upper, strict=strict))
    return replace(made, domain=sample.domain)


def _trimmed(weight: Floats, lower: float, upper: float, *, strict: bool) -> Floats:
    for _ in range(1000):
        outside = (weight < lower) | (weight > upper)
        if not outside.any():
            return weight
        if outside.all():
            break
        new = np.clip(weight, lower, upper)
        new[~outside] += (weight - new).sum() / (~outside).sum()
        if not strict:
            return new
        weight = new
    raise ThuisError(
        f"weights of mean {weight.mean():g} cannot all lie between {lower:g} and {upper:g}",
        step="widen the bounds",
    )


def agreed(
    sample: S,
    rows: pl.DataFrame,
    solve: Solver,
    x: Floats,
    margins: tuple[int, ...] | None,
    scale: Floats | None = None,
    inside: Floats | None = None,
) -> S:
    """The sample with the weights that a solver makes of each of its weights.

    :param x: the columns that now agree, rows x columns; residuals on them are what still varies.
    :param inside: the rows that count, when not all do.
    """
    if sample.replicates is not None:
        return _reweighted(sample, rows, solve)
    weight = solve(_weight(rows, sample.weight))
    if (weight < 0).any():
        raise ThuisError(
            f"linear calibration makes {int((weight < 0).sum())} weights negative",
            expected="totals nearer to those of the sample",
            step='bounds=(0.3, 3), or method="raking", which keeps weights above 0',
        )
    base = _weight(rows, sample.weight) if margins is None else np.ones(rows.height)
    base = base if scale is None else base / scale
    base = base if inside is None else base * inside
    names = tuple(f"__x{i}" for i in range(x.shape[1]))
    times = np.multiply(x.T, base, order="C")
    rows = rows.with_row_index(ROW).with_columns(pl.Series(NEW, weight), *map(pl.Series, names, times))
    made = sample.over(rows, weight=NEW, psu=sample.columns.psu or (ROW,))
    calibration = Calibration(names, times @ x, _load(made, rows, x), margins)
    return replace(made, df=sample.df, calibration=calibration)


def _reweighted(sample: S, rows: pl.DataFrame, solve: Solver) -> S:
    """The sample with new weights, replicate weights too, that vary as weights that were given."""
    new = pl.Series(NEW, solve(_weight(rows, sample.weight)))
    of = sample.replicates
    if of is None:
        return replace(sample.over(rows.with_columns(new), weight=NEW), df=sample.df)
    again = []
    for i, name in enumerate(of.columns):
        try:
            again.append(pl.Series(f"{NEW}_{i + 1}", solve(_weight(rows, name))))
        except ThuisError as error:
            raise ThuisError(
                f"replicate weight {name!r}: {error.problems[0].what}", step=error.problems[0].step
            ) from error
    replicates = replace(of, columns=tuple(each.name for each in again), df=sample.df, negative=True)
    return sample.over(rows.with_columns(new, *again), weight=NEW, replicates=replicates)


def _weight(rows: pl.DataFrame, name: str) -> Floats:
    return rows[name].cast(pl.Float64).to_numpy()


def _load(made: Surveyed, rows: pl.DataFrame, x: Floats) -> Floats:
    return summed(x, rows[NEW].to_numpy(), made.unit_of(rows), made.units.height)
