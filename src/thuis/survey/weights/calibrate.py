"""Samples whose weights agree with known totals; variances take it into account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from numbers import Real
from typing import Any, TypeVar

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown, unknowns
from thuis.survey.core.calibration import Calibration
from thuis.survey.core.surveyed import Names, Surveyed, names_of
from thuis.survey.core.variance import Floats
from thuis.survey.used import rows_of, summed
from thuis.survey.weights.solve import Solver, calibrated, distance, raked
from thuis.survey.weights.targets import (
    Categories,
    Totals,
    categories,
    codes,
    indicators,
    rows_for,
    rows_with,
    targets,
    totals_of,
    wanted,
)

S = TypeVar("S", bound=Surveyed)
NEW, ROW = "__calibrated", "__row"


def rake(sample: S, totals: Totals) -> S:
    """See :meth:`thuis.survey.Sample.rake`; Deming and Stephan (1940, Ann. Math. Stat. 11: 427)."""
    sample, totals = held(sample), targets(totals)
    rows = rows_for(sample, totals)
    of = categories(rows, totals)
    solve = raked(of, [wanted({key: each}) for key, each in totals.items()])
    return agreed(sample, rows, solve, of, tuple(np.repeat(np.arange(len(of.sizes)), of.sizes).tolist()))


def poststratify(sample: S, columns: Names, totals: Mapping[Any, float]) -> S:
    """See :meth:`thuis.survey.Sample.poststratify`."""
    own = names_of(columns)
    asked = targets({own if len(own) > 1 else own[0]: totals} if own else {})
    sample = held(sample)
    rows = rows_for(sample, asked)
    of = categories(rows, asked)
    return agreed(sample, rows, raked(of, [wanted(asked)]), of, None)


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
    raise_all(unknowns("column", extra, types))
    sample, totals = held(sample), targets(totals)
    rows = rows_for(sample, totals, tuple(numbers), extra)
    x = np.column_stack([*indicators(rows, totals), *(rows[name].to_numpy() for name in numbers)])
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
    shares = totals_of(columns, shares)
    problems = unknowns("column", (*own, *groups, *names_of(known)), types)
    if not shares or not all(
        isinstance(each, Real) and 0 <= float(each) < np.inf for each in shares.values()
    ):
        problems.append(Problem("the shares are none", expected="category: share, 0 or more"))
    if not own:
        problems.append(Problem("no column to standardize by"))
    raise_all(problems)
    asked = [f"({dialect.value(each, types)}) IS NOT NULL" for each in (*own, *groups, *names_of(known))]
    domain = " AND ".join([*asked, *([sample.domain] if sample.domain else [])])
    sample = held(sample)
    rows, inside = rows_of(replace(sample, domain=domain), (*own, *groups))
    return _standard(replace(sample, domain=domain), rows, inside, (own, groups), shares)


def _standard(
    sample: S,
    rows: pl.DataFrame,
    inside: pl.Series,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    shares: Mapping[Any, float],
) -> S:
    (own, groups), every = names, sum(shares.values())
    known = {each if isinstance(each, tuple) else (each,): share / every for each, share in shares.items()}
    keys = rows.filter(inside).select(*own, *groups).unique(maintain_order=True).rows()
    raise_all(
        [
            unknown("category with a share", each if len(own) > 1 else each[0], map(str, shares))
            for each in sorted({key[: len(own)] for key in keys}, key=str)
            if each not in known
        ]
    )
    # Rows outside weigh nothing, as those that R leaves out of the design before it is standardized.
    here, code = inside.to_numpy().astype(float), np.zeros(rows.height, np.int64)
    code[inside.to_numpy()] = codes(rows.filter(inside), (*own, *groups), keys)
    of = Categories((code,), (len(keys),))
    number = {each: i for i, each in enumerate(dict.fromkeys(key[len(own) :] for key in keys))}
    at = np.array([number[key[len(own) :]] for key in keys])
    plain = np.bincount(code, _weight(rows, sample.weight) * here, len(keys))
    # The totals are those of the full-sample weights, as R, for every replicate too.
    total = np.array([known[key[: len(own)]] for key in keys]) * np.bincount(at, plain)[at]
    solve = raked(of, [total])
    made = agreed(sample, rows, lambda w: solve(w * here), of, None, inside=here)
    return replace(made, domain=sample.domain)


def trim(sample: S, lower: float, upper: float, *, strict: bool) -> S:
    """See :meth:`thuis.survey.Sample.trim`."""
    if not lower < upper:
        raise ThuisError(f"weights between {lower:g} and {upper:g}", expected="lower below upper")
    sample = held(sample)
    made = weighted_again(sample, rows_with(sample, ()), lambda w: _trimmed(w, lower, upper, strict=strict))
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


def held(sample: S) -> S:
    """The same sample with its rows in one order, so that new columns can stand beside them."""
    return replace(sample, table=sample.table.held())


def agreed(
    sample: S,
    rows: pl.DataFrame,
    solve: Solver,
    of: Categories | Floats,
    margins: tuple[int, ...] | None,
    scale: Floats | None = None,
    inside: Floats | None = None,
) -> S:
    """The sample with the weights that a solver makes of each of its weights.

    :param of: what now agrees, categories or columns (rows x columns); residuals on it are what still varies.
    :param inside: the rows that count, when not all do.
    """
    if sample.replicates is not None:
        return weighted_again(sample, rows, solve)
    weight = solve(_weight(rows, sample.weight))
    if (weight < 0).any():
        raise ThuisError(
            f"linear calibration makes {int((weight < 0).sum())} weights negative",
            expected="totals nearer to those of the sample",
            step='bounds=(0.3, 3), or method="raking", which keeps weights above 0',
        )
    base = None if margins is not None else _weight(rows, sample.weight)
    for factor in (None if scale is None else 1 / scale, inside):
        base = base if factor is None or base is None else base * factor
    if isinstance(of, Categories):
        new, cross, sizes = [*of.codes, *([] if base is None else [base])], of.cross(base), of.sizes
    else:
        times = of.T if base is None else np.multiply(of.T, base, order="C")
        new, cross, sizes = list(times), times @ of, ()
    names = tuple(f"__x{i}" for i in range(len(new)))
    added = pl.DataFrame([pl.Series(NEW, weight), *map(pl.Series, names, new)]).with_row_index(ROW)
    made = sample.over(sample.table.beside(added), weight=NEW, psu=sample.columns.psu or (ROW,))
    unit, height = made.unit_of(rows.with_columns(added[ROW])), made.units.height
    load = of.load(weight, unit, height) if isinstance(of, Categories) else summed(of, weight, unit, height)
    return replace(made, df=sample.df, calibration=Calibration(names, cross, load, margins, sizes))


def weighted_again(sample: S, rows: pl.DataFrame, solve: Solver) -> S:
    """The sample with new weights, replicate weights too, that vary as weights that were given."""
    new = pl.Series(NEW, solve(_weight(rows, sample.weight)))
    of = sample.replicates
    if of is None:
        return replace(sample.over(sample.table.beside(new.to_frame()), weight=NEW), df=sample.df)
    again = []
    for i, name in enumerate(of.columns):
        try:
            again.append(pl.Series(f"{NEW}_{i + 1}", solve(_weight(rows, name))))
        except ThuisError as error:
            raise ThuisError(
                f"replicate weight {name!r}: {error.problems[0].what}", step=error.problems[0].step
            ) from error
    replicates = replace(of, columns=tuple(each.name for each in again), df=sample.df, negative=True)
    added = sample.table.beside(pl.DataFrame([new, *again]))
    return sample.over(added, weight=NEW, replicates=replicates)


def _weight(rows: pl.DataFrame, name: str) -> Floats:
    return rows[name].cast(pl.Float64).to_numpy()
