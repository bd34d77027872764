"""A sample of a sample: rows of a first phase, some of which were drawn again.

Both phases' chances to draw a pair are known; a pair's share in the variance is what the two have in common,
less their product (Särndal et al. 1992, ch. 9.3; R ``twophase(method="full")``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.engine.sources import table_of
from thuis.survey.core.surveyed import Surveyed, names_of
from thuis.survey.core.unequal import LARGEST, PPS
from thuis.survey.core.variance import Bools, Floats, Ints

S = TypeVar("S", bound=Surveyed)
PHASE = ("psu", "strata", "fpc", "prob")
WEIGHT = "__weight"


def of_two_phases(
    kind: type[S], frame: Any, inside: str, first: Mapping[str, Any], second: Mapping[str, Any]
) -> S:
    """See :meth:`thuis.survey.Sample.of_two_phases`."""
    table = table_of(frame)
    phases = [{name: names_of(each) for name, each in phase.items()} for phase in (first, second)]
    raise_all(_misfits(table.types, inside, phases))
    rows = table.query(f"SELECT * FROM {table.dialect.source}")
    drawn = rows[inside].cast(pl.Float64)
    raise_all(_unfit(rows, drawn, phases))
    raise_all(_empty(rows, drawn, phases[1].get("strata", ())))
    kept = drawn.to_numpy() == 1
    if not kept.any():
        raise ThuisError(f"{inside!r} is 1 in no row", expected="the rows of the second phase")
    p1, form1 = _Phase(rows, phases[0]).drawn(kept, again=False)
    p2, form2 = _Phase(rows, phases[1]).drawn(kept, again=True)
    form = _joined(form1, form2)
    part = rows.filter(pl.Series(kept)).with_columns(pl.Series(WEIGHT, 1 / (p1 * p2)))
    strata = phases[1].get("strata") or None
    return kind.from_frame(part, weight=WEIGHT, strata=strata, pps=PPS("joint", form=form))


class _Phase:
    """Units, strata and chances of one phase, stage by stage."""

    def __init__(self, rows: pl.DataFrame, columns: Mapping[str, tuple[str, ...]]) -> None:
        self.rows, self.columns = rows, columns

    @property
    def stages(self) -> int:
        return max(len(self.columns.get("psu", ())), 1)

    def unit(self, stage: int) -> Ints:
        """The number of every row's unit of a stage, each of its own within the unit before."""
        units = self.columns.get("psu", ())
        return _numbers(self.rows, units[: stage + 1]) if units else np.arange(self.rows.height)

    def stratum(self, stage: int) -> Ints:
        """The number of the stratum that a row's unit of this stage was drawn in."""
        if stage == 0:
            return _numbers(self.rows, self.columns.get("strata", ()))
        return self.unit(stage - 1)

    def chance(self, stage: int) -> Floats | None:
        """The probability of a row's unit of this stage; None when nothing is said of it."""
        for name, of in (("prob", False), ("fpc", True)):
            if len(self.columns.get(name, ())) > stage:
                value = self.rows[self.columns[name][stage]].cast(pl.Float64).to_numpy()
                many = _counts(self.stratum(stage), self.unit(stage))
                return np.asarray(many / value if of and value.max() > 1 else value)
        return None

    def drawn(self, kept: Bools, *, again: bool) -> tuple[Floats, Floats]:
        """Chances, and the form of pairs among the rows kept.

        :param again: of the second phase chances follow from the units drawn unless told; of the first nobody
            knows them then, and units are drawn from no end of them without a finite population.
        """
        size = int(kept.sum())
        found, form = np.ones(size), np.zeros((size, size))
        if not again and self.chance(0) is None:
            return found, np.eye(size)
        for stage in range(self.stages):
            h, unit, p = self.stratum(stage), self.unit(stage), self.chance(stage)
            every = _counts(h, unit)[kept]
            many = _counts(h[kept], unit[kept]) if again else every if self.columns.get("fpc") else None
            if p is None:
                assert many is not None
                own = many / every
            else:
                own = p[kept]
            form = _joined(form, _form(h[kept], unit[kept], own, many))
            found = found * own
        return found, form


def _numbers(rows: pl.DataFrame, columns: tuple[str, ...]) -> Ints:
    if not columns:
        return np.zeros(rows.height, dtype=np.int64)
    return rows.select(pl.struct(columns).rank("dense")).to_series().to_numpy().astype(np.int64) - 1


def _counts(stratum: Ints, unit: Ints) -> Floats:
    """Of every row the units in its stratum."""
    pairs = np.unique(np.column_stack([stratum, unit]), axis=0)
    return np.bincount(pairs[:, 0], minlength=int(stratum.max(initial=0)) + 1)[stratum].astype(float)


def _form(stratum: Ints, unit: Ints, p: Floats, many: Floats | None) -> Floats:
    """Simple random sampling of ``many`` units in every stratum; each for itself when it is None."""
    same = unit[:, None] == unit[None, :]
    if many is None:
        return np.asarray(np.where(same, (1 - p)[:, None], 0.0))
    with np.errstate(divide="ignore"):
        apart = np.where(many > 1, -(1 - p) / (many - 1), 0.0)
    found = np.where(stratum[:, None] == stratum[None, :], apart[:, None], 0.0)
    return np.asarray(np.where(same, (1 - p)[:, None], found))


def _joined(one: Floats, other: Floats) -> Floats:
    return np.asarray(one + other - one * other)


def _misfits(
    types: Mapping[str, str], inside: str, phases: list[dict[str, tuple[str, ...]]]
) -> Iterator[Problem]:
    yield from unknowns("column", [inside], types)
    for phase in phases:
        yield from unknowns("part of a phase", phase, PHASE)
        columns = [name for each in phase.values() for name in each]
        yield from unknowns("column", columns, types)
        stages = max(len(phase.get("psu", ())), 1)
        told = [name for name in ("fpc", "prob") if phase.get(name)]
        if len(told) == 2:
            yield Problem("fpc and prob in one phase", expected="one of the two")
        yield from [
            Problem(f"{len(phase[name])} {name} columns for {stages} stages", expected="one for each stage")
            for name in told
            if len(phase[name]) != stages
        ]
    if phases[0].get("psu", ())[1:] and not phases[0].get("fpc"):
        yield Problem("several stages of the first phase without fpc", expected="one for each stage")
    if phases[1].get("fpc"):
        yield Problem(
            "fpc of the second phase", step="leave it out: its population are the rows of the first"
        )


def _unfit(
    rows: pl.DataFrame, drawn: pl.Series, phases: list[dict[str, tuple[str, ...]]]
) -> Iterator[Problem]:
    if drawn.null_count() or not drawn.is_in([0.0, 1.0]).all():
        yield Problem(f"{drawn.name!r} is neither 0 nor 1 in some rows", expected="1 for rows drawn again")
    elif (many := int(drawn.sum())) > LARGEST:
        yield Problem(
            f"{many} rows of the second phase",
            expected=f"at most {LARGEST}",
            step="give the weight of both phases together, as one phase",
        )
    for name in dict.fromkeys(name for phase in phases for each in phase.values() for name in each):
        if gaps := rows[name].null_count():
            yield Problem(f"{name!r} is missing in {gaps} rows", step="give every row of both phases one")
    for phase in phases:
        yield from [
            Problem(f"probability {name!r} is none in some rows", expected="above 0, at most 1")
            for name in phase.get("prob", ())
            if not rows[name].is_between(0, 1, closed="right").all()
        ]
        yield from [
            Problem(f"fpc {name!r} is not above 0 in some rows", expected="units in the population")
            for name in phase.get("fpc", ())
            if not (rows[name] > 0).all()
        ]


def _empty(rows: pl.DataFrame, drawn: pl.Series, strata: tuple[str, ...]) -> Iterator[Problem]:
    """Strata of which nobody is in the second phase."""
    if strata:
        whole, part = rows.select(strata).unique(), rows.filter(drawn == 1).select(strata).unique()
        for gone in whole.join(part, on=strata, how="anti").rows():
            yield Problem(f"nobody of stratum {', '.join(map(str, gone))!r} was drawn again")
