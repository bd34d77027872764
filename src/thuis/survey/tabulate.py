"""From grouped sums to estimates, standard errors, design effects and covariances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from thuis.errors import Problem, raise_all, unknown
from thuis.survey import intervals, variance
from thuis.survey.engine.duckdb import literal
from thuis.survey.estimates import Estimates
from thuis.survey.measures import Mean, Measure, Proportion, Ratio, Total
from thuis.survey.variance import Floats

if TYPE_CHECKING:
    from thuis.survey.sample import Sample


def tabulate(
    sample: Sample,
    measures: Sequence[Measure],
    by: Sequence[tuple[str, ...]],
    *,
    level: float,
    interval: str | None,
    df: str | float,
) -> Estimates:
    """See :meth:`thuis.survey.Sample.tabulate`."""
    measures, by = tuple(measures), tuple(dict.fromkeys(tuple(each) for each in by))
    _check(sample, measures, by, level, interval, df)
    names = sorted({column for grouping in by for column in grouping})
    clustered = len(sample.unit) > 1
    shifts = [sample.table.shift(each) if isinstance(each, Mean | Total) else 0.0 for each in measures]
    cells = sample.table.cells(
        sample.unit, sample.table.value(sample.weight), measures, by, shifts, not clustered
    )
    on = [f"u{i}" for i in range(len(sample.unit))]
    cells = cells.join(sample.units.select(*on, "unit", "h"), on=on, how="left")
    frames, parts, start = [], [], 0
    for grouping in by:
        mask = sum(1 << (len(names) - 1 - i) for i, name in enumerate(names) if name not in grouping)
        keys = [f"g{names.index(column)}" for column in grouping]
        rows = cells.filter(pl.col("mask") == mask, *(pl.col(key).is_not_null() for key in keys))
        if rows.is_empty():
            continue
        if keys:
            index = rows.select(keys).unique().sort(keys).with_row_index("cell")
            rows = rows.join(index, on=keys, how="left")
        else:
            index = pl.DataFrame({"cell": [0]}, schema={"cell": pl.UInt32})
            rows = rows.with_columns(pl.lit(0, pl.UInt32).alias("cell"))
        for k, measure in enumerate(measures):
            numbers, part = _measure(sample, rows, index.height, k, measure, df, shifts[k])
            _bounds(numbers, measure, level, interval, _rows(rows, index.height))
            labels = {"measure": [measure.label] * index.height, "by": [list(grouping)] * index.height}
            frame = pl.DataFrame(labels, schema={"measure": pl.String, "by": pl.List(pl.String)})
            groups = [
                index[f"g{i}"].alias(name)
                if name in grouping
                else pl.Series(name, [None] * index.height, dtype=cells.schema[f"g{i}"])
                for i, name in enumerate(names)
            ]
            frames.append(
                frame.with_columns(*groups, *(pl.Series(a, b, nan_to_null=True) for a, b in numbers.items()))
            )
            if part is not None:
                parts.append((part[0], part[1] + start, part[2]))
            start += index.height
    frame = pl.concat(frames) if frames else pl.DataFrame()
    return Estimates(
        frame,
        level,
        sample.df if isinstance(df, str) else float(df),
        _covariances(sample, measures, frame, parts),
    )


def _measure(
    sample: Sample, rows: pl.DataFrame, size: int, k: int, measure: Measure, df: str | float, shift: float
) -> tuple[dict[str, Any], tuple[Any, Any, Any] | None]:
    cell, h, unit = (rows[name].to_numpy().astype(np.int64) for name in ("cell", "h", "unit"))

    def column(name: str) -> Floats:
        return rows[f"{name}{k}"].to_numpy().astype(float)

    def total(name: str) -> Floats:
        return np.asarray(np.bincount(cell, column(name), minlength=size), dtype=float)

    n, npos, sw, sy, sd, syy = (total(name) for name in ("n", "npos", "sw", "sy", "sd", "syy"))
    is_total = isinstance(measure, Total)
    with np.errstate(all="ignore"):
        estimate = np.where(n > 0, sy, np.nan) if is_total else sy / sd
        ratio, scale = (np.zeros(size), np.ones(size)) if is_total else (np.nan_to_num(estimate), sd)
        inverse = np.where(scale != 0, 1 / scale, 0.0)
        score = (column("sy") - ratio[cell] * column("sd")) * inverse[cell]
        has = column("n") > 0
        if len(sample.unit) > 1:
            v = variance.by_unit(sample.strata, cell[has], h[has], score[has], size)
        else:
            r = ratio[cell] - (0.0 if is_total else shift)
            second = (column("wyy") - 2 * r * column("wyd") + r * r * column("wdd")) * inverse[cell] ** 2
            v = variance.by_element(sample.strata, cell[has], h[has], score[has], second[has], size)
        v = np.where(np.isnan(estimate), np.nan, v)
        mean = sy / sw
        replace = (syy / sw - (mean - shift) ** 2) / (npos - 1) * (sw**2 if is_total else 1.0)
        simple = np.where(sw >= npos, replace * (sw - npos) / sw, np.nan)
        deff, deff_replace = (
            np.where(each > 0, v / each, np.nan) * (np.nan if isinstance(measure, Ratio) else 1.0)
            for each in (simple, replace)
        )
        se = np.sqrt(v)
    hit = total("hit").astype(np.int64).tolist() if isinstance(measure, Proportion) else None
    numbers = {
        "estimate": estimate,
        "se": se,
        "lower": se,
        "upper": se,
        "n": n.astype(np.int64),
        "n_hit": pl.Series(hit or [None] * size, dtype=pl.Int64),
        "weighted_n": sw,
        "df": _df(sample, rows, cell, size, df),
        "deff": deff,
        "deff_replace": deff_replace,
        "cv": se / np.where(estimate == 0, np.nan, np.abs(estimate)),
    }
    return numbers, ((unit[has], cell[has], score[has]) if len(sample.unit) > 1 else None)


def _df(sample: Sample, rows: pl.DataFrame, cell: Any, size: int, df: str | float) -> Floats:
    if df != "domain":
        return np.full(size, sample.df if isinstance(df, str) else float(df))
    used = rows["rowspos"].to_numpy() > 0
    weight = None if len(sample.unit) > 1 else rows["rowspos"].to_numpy()[used]
    units = np.bincount(cell[used], weight, minlength=size)
    pairs = np.unique(np.column_stack([cell[used], rows["h"].to_numpy()[used]]), axis=0)
    return np.asarray(units - np.bincount(pairs[:, 0].astype(np.int64), minlength=size), dtype=float)


def _rows(rows: pl.DataFrame, size: int) -> Floats:
    return np.asarray(
        np.bincount(rows["cell"].to_numpy(), rows["rows"].to_numpy(), minlength=size), dtype=float
    )


def _bounds(numbers: dict[str, Any], measure: Measure, level: float, method: str | None, n: Floats) -> None:
    chosen = (method or "logit") if isinstance(measure, Proportion) else "mean"
    low, high = intervals.interval(chosen, numbers["estimate"], numbers["se"], numbers["df"], level, n)
    numbers["lower"], numbers["upper"] = low, high


def _covariances(sample: Sample, measures: tuple[Measure, ...], frame: pl.DataFrame, parts: list[Any]) -> Any:
    if len(sample.unit) > 1 and parts:
        rows, columns, values = (np.concatenate(each) for each in zip(*parts, strict=True))
        scores = variance.sparse(rows, columns, values, (sample.units.height, frame.height))
        h = sample.units["h"].to_numpy().astype(np.int64)
        return lambda chosen: _averaged(
            sample, frame, chosen, variance.matrix(sample.strata, h, scores[:, chosen].toarray())
        )
    return lambda chosen: _averaged(
        sample, frame, chosen, _element_covariance(sample, measures, frame, chosen)
    )


def _averaged(sample: Sample, frame: pl.DataFrame, chosen: Sequence[int], matrix: Floats) -> Floats:
    """Under "average" each cell counts its own lonely strata: keep its variance and the correlations."""
    if not sample.strata.unknown.any():
        return matrix
    se = frame["se"].gather(list(chosen)).fill_null(0.0).to_numpy()
    spread = np.sqrt(np.diag(matrix))
    factor = se / np.where(spread > 0, spread, 1.0)
    return np.asarray(matrix * factor[:, None] * factor[None, :])


def _element_covariance(
    sample: Sample,
    measures: tuple[Measure, ...],
    frame: pl.DataFrame,
    chosen: Sequence[int],
) -> Floats:
    table, size = sample.table, len(chosen)
    label = {measure.label: measure for measure in measures}
    columns = []
    for j, i in enumerate(chosen):
        row = frame.row(i, named=True)
        y, d = table.parts(label[row["measure"]])
        inside = " AND ".join(f"{table.value(c)} = {literal(row[c])}" for c in row["by"]) or "TRUE"
        total = isinstance(label[row["measure"]], Total)
        ratio = 0.0 if total else row["estimate"] or 0.0
        scale = f"(sum(CASE WHEN {inside} THEN ({sample.table.value(sample.weight)}) * ({d}) END) OVER ())"
        score = f"({sample.table.value(sample.weight)}) * (({y}) - ({ratio!r}) * ({d}))" + (
            "" if total else f" / {scale}"
        )
        columns.append(f"coalesce(CASE WHEN {inside} THEN {score} END, 0.0) AS s{j}")
    pairs = [(a, b) for a in range(size) for b in range(a, size)]
    sums = [f"sum(s{a})" for a in range(size)] + [f"sum(s{a} * s{b})" for a, b in pairs]
    found = (
        table.query(
            f"WITH rows AS (SELECT {sample.unit[0]} AS u0, {', '.join(columns)} FROM source) "
            f"SELECT u0, {', '.join(f'{each} AS c{k}' for k, each in enumerate(sums))} "
            "FROM rows GROUP BY u0 ORDER BY u0"
        )
        .drop("u0")
        .to_numpy()
    )
    first, second = found[:, :size], np.zeros((len(found), size, size))
    for k, (a, b) in enumerate(pairs):
        second[:, a, b] = second[:, b, a] = found[:, size + k]
    return variance.products(sample.strata, first, second)


def _check(
    sample: Sample,
    measures: tuple[Measure, ...],
    by: tuple[tuple[str, ...], ...],
    level: float,
    interval: str | None,
    df: str | float,
) -> None:
    have = sample.table.types
    wanted = [c for measure in measures for c in measure.columns] + [c for grouping in by for c in grouping]
    problems = [unknown("column", name, have) for name in dict.fromkeys(wanted) if name not in have]
    for measure in measures:
        plain = isinstance(measure, Mean | Total | Ratio) or measure.values is None
        for name in measure.columns if plain else ():
            if have.get(name, "DOUBLE").startswith(("VARCHAR", "ENUM", "DATE", "TIME")):
                problems.append(
                    Problem(
                        f"column {name!r} holds {have[name]}",
                        expected="numbers",
                        step="ask a Proportion with values=",
                    )
                )
    labels = [measure.label for measure in measures]
    problems += [
        Problem(f"two measures are named {each!r}", step="give name=")
        for each in dict.fromkeys(labels)
        if labels.count(each) > 1
    ]
    taken = {
        "measure",
        "by",
        "estimate",
        "se",
        "lower",
        "upper",
        "n",
        "n_hit",
        "weighted_n",
        "df",
        "deff",
        "deff_replace",
        "cv",
    }
    problems += [
        Problem(f"grouping column {each!r} has the name of a result column", step="rename the column")
        for each in dict.fromkeys(c for grouping in by for c in grouping)
        if each in taken
    ]
    if not 0 < level < 1:
        problems.append(Problem(f"level {level} is no probability", expected="between 0 and 1"))
    if interval is not None and interval not in intervals.METHODS:
        problems.append(unknown("interval", interval, intervals.METHODS))
    if isinstance(df, str) and df not in ("design", "domain"):
        problems.append(unknown("df", df, ("design", "domain")))
    if not measures or not by:
        problems.append(Problem("nothing is asked", expected="at least one measure and one grouping"))
    raise_all(problems)
