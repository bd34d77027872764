"""The respondents of a wave as a sample: the one place where a wave's design becomes one of the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from thuis.errors import ThuisError
from thuis.project.model import Indicator, Project, Replicated
from thuis.read import read_waves
from thuis.read.microdata import REPLICATE, Microdata, WaveDesign, weight_column
from thuis.survey import Replicates, Sample
from thuis.survey.core.intervals import t_test

ROW = "_row"
"""The number of a respondent, while weights are calibrated."""
Sampled = Callable[[pl.DataFrame], Sample]
"""Makes a sample of respondents with further columns."""


def read_respondents(project: Project) -> Microdata:
    """Every wave of a project as :func:`thuis.read.read_waves` reads it, with its calibrated weights.

    :raises ThuisError: with everything wrong in the files, and when weights cannot be made to agree with
        their totals.
    """
    microdata = read_waves(project)
    frames = []
    for wave in project.waves:
        frame, design = microdata.of(wave.id), microdata.designs[wave.id]
        for name, each in design.weights.items():
            if each.calibration:
                column = weight_column(name)
                where = project.place(
                    "waves", wave.id, ("design", *(("weights", name) if name else ()), "calibrate")
                )
                try:
                    weight = calibrated_weight(sample_of(frame.with_row_index(ROW), [design], name))
                except ThuisError as error:
                    raise ThuisError([replace(each, where=where) for each in error.problems]) from None
                own = pl.when(pl.col(column).is_not_null()).then(weight)
                frame = frame.with_columns(own.alias(column))
        frames.append(frame)
    if not any(each.calibration for one in microdata.designs.values() for each in one.weights.values()):
        return microdata
    return replace(microdata, frame=pl.concat(frames))


def sample_of(frame: pl.DataFrame, designs: Sequence[WaveDesign], weight: str = "") -> Sample:
    """The respondents with the design of their wave, or of several waves of a panel.

    A calibrated weight is calibrated here, so that variances know it. Who has no part in a further weight
    counts for nothing, and stays in the design.

    :param weight: the name of the weight; that of the wave has none.
    """
    first, own = designs[0], [each.weights[weight] for each in designs]
    rules = {each.lonely for each in designs} - {"error"}
    filled = [own[0].column]
    if own[0].replicates:
        filled += [name for name in frame.columns if name.startswith(f"{REPLICATE}:{weight}:")]
        filled = [name for name in filled if frame[name].null_count() < frame.height]
        filled[1:] = sorted(filled[1:])
    if weight:
        frame = frame.with_columns(pl.col(filled).fill_null(0.0))
    sample = Sample.from_frame(
        frame,
        weight=own[0].column,
        strata=first.strata,
        psu=first.psu or None,
        fpc=first.fpc or None,
        nest=not own[0].replicates,
        lonely=min(rules) if rules else "error",
        later_strata=first.later or None,
        replicates=_replicates(own[0].replicates, tuple(filled[1:])),
    )
    if own[0].calibration is None:
        return sample
    totals: dict[str, dict[str, float]] = {}
    for each in own:
        for column, wanted in each.calibration.totals.items() if each.calibration else ():
            totals.setdefault(column, {}).update(wanted)
    return calibrated(sample, own[0].calibration.method, totals)


def calibrated(sample: Sample, method: str, totals: Mapping[str, Mapping[str, float]]) -> Sample:
    """The sample with its weights made to agree with totals."""
    if method == "poststratify":
        ((column, wanted),) = totals.items()
        return sample.poststratify(column, wanted)
    return sample.rake(totals) if method == "rake" else sample.calibrate(totals)


def calibrated_weight(sample: Sample) -> pl.Series:
    """The weight of every row of a calibrated sample, in the order of its rows."""
    table = sample.table
    names = f"{table.dialect.quote(ROW)} AS r, {table.dialect.quote(sample.weight)} AS w"
    return table.query(f"SELECT {names} FROM {table.dialect.source}").sort("r")["w"]


def _replicates(of: tuple[tuple[Replicated, int], ...], columns: tuple[str, ...]) -> Replicates | None:
    """Those of a wave; those of a pooled wave count as they do in their part.

    Deviations of a pooled wave are from the estimate of the full samples (R ``mse=TRUE``): one mean of the
    replicates of several samples is the centre of none.
    """
    if len(of) < 2:
        return _own(of[0][0], columns) if of else None
    factors: list[float] = []
    for one, many in of:
        factors += _own(one, columns[len(factors) : len(factors) + many]).scales().tolist()
    return Replicates(
        columns,
        "other",
        factors=tuple(factors),
        mse=True,
        df=sum(one.df or 0.0 for one, _ in of) if all(one.df for one, _ in of) else None,
        negative=any(one.negative for one, _ in of),
    )


def _own(of: Replicated, columns: tuple[str, ...]) -> Replicates:
    return Replicates(
        columns,
        of.method,
        rho=of.rho,
        scale=of.scale,
        factors=of.factors,
        mse=of.mse,
        df=of.df,
        negative=of.negative,
    )


def sampled(microdata: Microdata, wave: str, weight: str | None = None) -> Sampled:
    """What makes a sample of the respondents of one wave, with the weight of the wave or one beside it."""
    return lambda frame: sample_of(frame, [microdata.designs[wave]], weight or "")


def interval_and_p(value: float, se: float, df: float, level: float) -> tuple[float, float, float]:
    """Interval and two-sided p of one statistic; p is NaN without spread.

    >>> [round(each, 4) for each in interval_and_p(2.0, 1.0, 10.0, 0.95)]
    [-0.2281, 4.2281, 0.0734]
    """
    lower, upper, _, p = t_test(np.array([value]), np.array([se]), np.array([df]), level)
    return float(lower[0]), float(upper[0]), float(p[0])


def outcome(indicator: Indicator) -> pl.Expr:
    """1 where the answer counts, 0 where it does not, null where there is none or it is not in ``among``.

    >>> from types import SimpleNamespace
    >>> trust = SimpleNamespace(kind="proportion", column="q", counted=("yes",), among=("yes", "no"))
    >>> pl.DataFrame({"q": ["yes", "no", "not-eligible", None]}).select(outcome(trust))["q"].to_list()
    [1.0, 0.0, None, None]
    """
    column = pl.col(indicator.column)
    if indicator.kind not in ("proportion", "total"):
        return column.cast(pl.Float64)
    valid = column.is_in(list(indicator.among)) if indicator.among else column.is_not_null()
    share = column.is_in(list(indicator.counted)).cast(pl.Float64)
    return pl.when(valid).then(share).otherwise(None).alias(indicator.column)
