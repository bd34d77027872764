"""Replicate weights made of a design: what every sampling unit counts for in each replicate.

Wolter (2007), ch. 3 to 5; R ``as.svrepdesign``. Units are those of the first stage; finite populations count
in the jackknife and are refused where they cannot.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import polars as pl

from thuis.errors import Problem, Remark, ThuisError, raise_all, unknowns
from thuis.survey.core.replicates import Replicates
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats, Ints
from thuis.survey.weights.hadamard import hadamard
from thuis.survey.weights.rescaled import rescaled

S = TypeVar("S", bound=Surveyed)
METHODS = ("auto", "JK1", "JKn", "BRR", "Fay", "bootstrap", "mrbbootstrap", "SDR")
NAME = "__replicate"
CYCLES = 2**-1.5


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of the first stage: their stratum, in the order of the file, and the fractions sampled."""

    stratum: Ints
    fraction: Floats
    lonely: str

    @property
    def sizes(self) -> Ints:
        """Units in every stratum."""
        return np.bincount(self.stratum).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Units x replicates, and what the squares of deviations count for."""

    factors: Floats
    scale: float
    counts: Floats


def replicated(
    sample: S, method: str, replicates: int, rho: float | None, seed: int, matrix: Floats | None, *, mse: bool
) -> S:
    """See :meth:`thuis.survey.Sample.replicated`."""
    raise_all(_misfits(sample, method, replicates, rho))
    if len(sample.stages) > 1 and method != "mrbbootstrap":
        warnings.warn(
            Remark("replicates are made of the first stage: the variance of later stages is left out"),
            stacklevel=4,
        )
    rows = sample.table.query(f"SELECT * FROM {sample.table.dialect.source}")
    stage, unit = sample.stages[0], sample.unit_of(rows)
    if sample.element:
        # Every row is a unit; ``unit`` is its stratum.
        stratum, own = unit, np.arange(rows.height)
    else:
        own = stage.collect(unit)
        stratum = stage.stratum
        # In the order of the file, as R, so that the first unit of a pair is the first to be read.
        _, first = np.unique(own, return_index=True)
        order = np.lexsort((first, stratum))
        own, stratum = np.argsort(order)[own], stratum[order]
    many = stage.strata.units
    with np.errstate(all="ignore"):
        alone = stage.strata.scale if sample.columns.lonely == "adjust" else 1.0
        kept = np.where(many > 1, stage.strata.scale * (many - 1) / many, alone)
    units = Units(stratum.astype(np.int64), np.asarray(1 - kept), sample.columns.lonely)
    if method == "auto":
        method = "JKn" if len(units.sizes) > 1 else "JK1"
    if method == "mrbbootstrap":
        finals, own = (len(stratum), own) if len(sample.stages) == 1 else (sample.height, unit)
        stages = [(each.unit, each.stratum, each.strata) for each in sample.stages]
        if len(sample.stages) == 1:
            stages = [(None, stratum, stage.strata)]
        made = Made(*rescaled(stages, finals, replicates, seed))
    else:
        made = _make(units, method, replicates, rho or 0.0, seed, matrix)
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    names = tuple(f"{NAME}_{r + 1}" for r in range(made.factors.shape[1]))
    rows = rows.with_columns(pl.Series(name, weight * made.factors[own, r]) for r, name in enumerate(names))
    there = made.factors[np.unique(own[weight > 0])]
    of = Replicates(
        names,
        "other" if method in ("JK1", "JKn", "bootstrap", "mrbbootstrap") else method,
        rho=rho if method == "Fay" else None,
        scale=made.scale,
        factors=tuple(made.counts.tolist()),
        mse=mse,
        df=float(np.linalg.matrix_rank(there, tol=1e-5 * max(there.shape)) - 1),
    )
    none = dict.fromkeys(("strata", "psu", "fpc", "later_strata"))
    found = sample.over(rows, **none, replicates=of)
    return replace(found, domain=sample.domain)


def _misfits(sample: Surveyed, method: str, replicates: int, rho: float | None) -> Iterator[Problem]:
    yield from unknowns("replicate method", [method], METHODS)
    if sample.replicates is not None:
        yield Problem("the sample has replicate weights")
    if sample.columns.pps is not None:
        yield Problem("replicates of units of unequal probability", step="leave pps out: units as put back")
    if sample.columns.rules:
        yield Problem("replicates of strata with a rule each", step="choose one rule with lonely=")
    if sample.calibration is not None:
        yield Problem(
            "replicates of calibrated weights would leave the calibration out",
            step="make the replicates first, then rake(), poststratify() or calibrate() them",
        )
    if method == "Fay" and (rho is None or not 0 < rho < 1):
        yield Problem(f"Fay's rho is {rho}", expected="above 0, below 1, such as 0.3")
    if method != "Fay" and rho is not None:
        yield Problem(f"{method} has no rho", step='say "Fay"')
    if replicates < 2:
        yield Problem(f"{replicates} replicates", expected="two or more")


def _make(units: Units, method: str, replicates: int, rho: float, seed: int, matrix: Floats | None) -> Made:
    if method in ("BRR", "Fay", "bootstrap", "SDR") and units.fraction.any():
        raise ThuisError(
            f"{method} replicates take no finite population", step='make the sample without fpc, or ask "JKn"'
        )
    if method == "JK1":
        if len(units.sizes) > 1:
            raise ThuisError("JK1 for a sample with strata", step='ask "JKn"')
        return _jackknife(units)
    if method == "JKn":
        return _jackknife(units)
    if method == "bootstrap":
        return _bootstrap(units, replicates, seed)
    if method == "SDR":
        return _successive(units, replicates)
    return _balanced(units, rho, matrix)


def _jackknife(units: Units) -> Made:
    """Each unit left out in turn, the others of its stratum weighted up."""
    sizes, many = units.sizes, len(units.sizes)
    columns, counts, lost = [], [], 0
    for h, n in enumerate(sizes):
        own, share = units.stratum == h, 1 - units.fraction[h]
        if share <= 0:
            continue
        if n == 1:
            lost += 1
            if units.lonely == "adjust" and many > 1:
                columns.append(np.where(own, 0.0, many / (many - 1))[:, None])
                counts.append(np.array([(many - 1) / many]))
            continue
        out = np.ones((len(units.stratum), n))
        out[own] = n / (n - 1) * (1 - np.eye(n))
        columns.append(out)
        counts.append(np.full(n, share * (n - 1) / n))
    if not columns:
        raise ThuisError("no stratum has two units to leave out in turn")
    factors = np.hstack(columns)
    scale = len(units.stratum) / factors.shape[1] if units.lonely == "average" and lost else 1.0
    return Made(factors, scale, np.concatenate(counts))


def _balanced(units: Units, rho: float, matrix: Floats | None) -> Made:
    """Half-samples by the columns of a Hadamard matrix (McCarthy 1969; Fay's ``rho`` softens them).

    Strata of more pairs than one are split into pairs, in the order of the file, as R.
    """
    sizes = units.sizes
    if (odd := sizes % 2 == 1).any():
        raise ThuisError(
            f"{int(odd.sum())} strata have an odd number of units",
            expected="pairs: two units in each stratum, or an even number",
            step='ask "JKn" or "bootstrap", or join strata',
        )
    pair = np.empty(len(units.stratum), dtype=np.int64)
    side = np.empty(len(units.stratum), dtype=np.int64)
    upto = 0
    for h in [*np.flatnonzero(sizes > 2), *np.flatnonzero(sizes == 2)]:
        own = np.flatnonzero(units.stratum == h)
        pair[own] = upto + np.arange(len(own)) // 2
        side[own] = np.arange(len(own)) % 2
        upto += len(own) // 2
    signs = hadamard(upto + 1) if matrix is None else np.asarray(matrix, dtype=float)
    if (
        signs.ndim != 2
        or len(signs) < upto + 1
        or not np.array_equal(signs @ signs.T, len(signs) * np.eye(len(signs)))
    ):
        raise ThuisError(
            "the matrix is no Hadamard matrix", expected=f"order {upto + 1} or more, of 1 and -1"
        )
    chosen = (signs[1 + pair] * np.where(side == 1, 1, -1)[:, None]) * signs[0, 0] > 0
    factors = np.where(chosen, 2 - rho, rho)
    many = factors.shape[1]
    return Made(factors, 1 / (many * (1 - rho) ** 2), np.ones(many))


def _bootstrap(units: Units, replicates: int, seed: int) -> Made:
    """``n - 1`` units drawn with replacement in each stratum (Rao and Wu 1988; R ``subbootweights``)."""
    random, factors = np.random.default_rng(seed), np.ones((len(units.stratum), replicates))
    for h, n in enumerate(units.sizes):
        if n > 1:
            drawn = random.multinomial(n - 1, np.full(n, 1 / n), size=replicates).T
            factors[units.stratum == h] = drawn * n / (n - 1)
    return Made(factors, 1 / (replicates - 1), np.ones(replicates))


def _successive(units: Units, replicates: int) -> Made:
    """Successive differences in the order of the file (Fay and Train 1995; Ash 2014, Surv. Methodol. 40: 47).

    ``1 + 2^-1.5 (a_i - a_j)`` of two rows of a Hadamard matrix. Units take the rows in a circle; once all
    were taken, in wider steps, so that other units share a row.
    """
    signs = hadamard(replicates)
    ring, many = len(signs) - 1, len(units.stratum)
    steps = [k for k in range(1, ring) if np.gcd(k, ring) == 1]
    first, second, begin, turn = [], [], 0, 0
    while begin < many:
        size = min(ring, many - begin)
        place = np.arange(size) * steps[turn % len(steps)] % ring
        first.append(place)
        second.append(np.roll(place, -1) if size > 1 else (place + 1) % ring)
        begin, turn = begin + size, turn + 1
    a, b = (signs[1 + np.concatenate(each)] for each in (first, second))
    return Made(1 + CYCLES * (a - b), 4 / len(signs), np.ones(len(signs)))
