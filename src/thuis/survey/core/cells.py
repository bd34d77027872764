"""From grouped sums to numbers: all measures of one grouping at once, as matrices cells x measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from thuis.survey.core import variance
from thuis.survey.core.engine.sql import Term
from thuis.survey.core.measures import Ratio, Total
from thuis.survey.core.variance import Bools, Floats, Ints, Stage

ROUNDING = 1e-15
"""Squares below this share of what they are the difference of are rounding: a constant has no spread."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Sums of one grouping, per design unit, sorted by cell and unit, and per cell.

    ``at`` says which aggregate holds a statistic of each measure (see ``engine.sql.sums``); ``held`` which
    column of ``values`` an aggregate is, -1 when it was only asked per cell.
    """

    size: int
    cell: Ints
    unit: Ints
    values: Floats
    held: Ints
    sums: Floats
    at: Mapping[str, Ints]

    def of(self, name: str) -> Floats:
        """Rows x measures."""
        columns = self.held[self.at[name]]
        steps = np.diff(columns)
        if len(steps) and steps[0] > 0 and (steps == steps[0]).all():
            return self.values[:, columns[0] : columns[-1] + 1 : steps[0]]
        return self.values.T[columns].T


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """Statistics, cells x measures, and the ratio ``r`` and scale ``1 / D`` of their scores."""

    statistics: dict[str, Floats]
    ratio: Floats
    inverse: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Variances, cells x measures, and the scores they come from: rows (cell, unit) x measures, sorted.

    ``unit`` is the final design unit, the stratum when rows are the units, or the replicate; ``second`` has
    the sums of squared scores when rows are the units; ``slopes``, cells x columns x measures, what
    calibration takes from the scores.
    """

    variance: Floats
    pointer: Ints
    unit: Ints
    first: Floats
    second: Floats | None = None
    slopes: Floats | None = None


def totals(terms: Sequence[Term]) -> Bools:
    """Which measures are totals."""
    return np.array([isinstance(term.measure, Total) for term in terms], dtype=bool)


def estimated(grouped: Grouped, terms: Sequence[Term]) -> Estimated:
    """Estimates ``sum(w y) / sum(w d)``, of a total ``sum(w y)``, with the counts behind them."""
    total = totals(terms)
    found = {name: grouped.sums[:, columns] for name, columns in grouped.at.items()}
    with np.errstate(all="ignore"):
        estimate = np.where(found["n"] > 0, np.where(total, found["sy"], found["sy"] / found["sd"]), np.nan)
        inverse = np.where(total, 1.0, np.where(found["sd"] != 0, 1 / found["sd"], 0.0))
    ratio = np.where(total | ~np.isfinite(estimate), 0.0, estimate)
    return Estimated({"estimate": estimate, **found}, ratio, inverse)


def needs_answers(stages: Sequence[Stage]) -> bool:
    """Whether a variance asks which design units have answers."""
    return any(stage.strata.unknown.any() or stage.strata.lonely.any() for stage in stages)


def linearised(
    grouped: Grouped,
    made: Estimated,
    terms: Sequence[Term],
    stages: Sequence[Stage],
    *,
    element: bool,
    adjust: bool = True,
    domain: str | None = None,
) -> Spread:
    """Taylor linearisation: the score of a row is ``w (y - r d) / D``, of a total ``w y``.

    :param adjust: take scores of lonely units from the mean of all; not yet, where calibration comes first.
    :param domain: the rule for a unit that is the only one of its stratum in a cell.
    """
    # Measure by measure, as the sums lie in memory.
    r, scale = (each.T[:, grouped.cell].T for each in (made.ratio, made.inverse))
    score, second = (grouped.of("sy") - r * grouped.of("sd")) * scale, None
    lonely = stages[0].strata.lonely
    known = grouped.of("n") > 0 if needs_answers(stages) else None
    whole = stages[0]
    if domain == "average":
        stages = (replace(stages[0], strata=stages[0].strata.without_average), *stages[1:])
    alone = adjust and len(stages) == 1 and bool(lonely.any())
    if alone:
        one = Stage(None, np.arange(len(lonely)), stages[0].strata) if element else stages[0]
        score = variance.from_the_mean(one, grouped.cell, grouped.unit, score, grouped.size, known)
    only = _only(grouped, stages[0], element=element) if domain in ("adjust", "average") else None
    if only is not None:
        # "adjust" holds it against 0: its square counts whole, and not less the mean of the stratum's other
        # zeros.
        n = stages[0].strata.units[grouped.unit if element else stages[0].stratum[grouped.unit]][:, None]
        factor = np.where(only, np.sqrt(n / np.maximum(n - 1, 1)) if domain == "adjust" else 0.0, 1.0)
        score = score * factor
    if element:
        r = r - np.where(totals(terms), 0.0, [term.shift for term in terms])
        yy, rest = grouped.of("w2yy"), r * (2 * grouped.of("w2yd") - r * grouped.of("w2dd"))
        second = np.where(yy - rest > ROUNDING * yy, yy - rest, 0.0) * scale**2
        if only is not None:
            second = second * factor**2
        strata = stages[0].strata
        if alone:
            second = np.where(lonely[grouped.unit][:, None], score**2, second)
        # Alike in a stratum: what is left of the squares is the rounding of what they were made of.
        flat = score**2 / strata.units[grouped.unit][:, None]
        noise = 8 * ROUNDING * ((yy + r**2 * grouped.of("w2dd")) * scale**2 + second)
        second = np.where(second - flat > noise, second, flat)
        v = variance.by_element(strata, grouped.cell, grouped.unit, score, second, grouped.size, known)
    else:
        v = variance.by_unit(stages, grouped.cell, grouped.unit, score, grouped.size, known)
    if only is not None and domain == "average":
        v *= _averaged(grouped, whole, only, element=element)
    pointer = np.append(variance.starts(grouped.cell), len(grouped.cell)).astype(np.int64)
    return Spread(v, pointer, grouped.unit, score, second)


def _only(grouped: Grouped, stage: Stage, *, element: bool) -> Bools:
    """Which rows (cell, unit) are the only ones with answers of a stratum with several units."""
    there = grouped.of("n")
    h = grouped.unit if element else stage.stratum[grouped.unit]
    pair = variance.starts(grouped.cell, h)
    many = np.add.reduceat(there if element else (there > 0).astype(float), pair, axis=0)
    size = np.diff(np.append(pair, len(h)))
    alone = (many == 1) & (stage.strata.units[h[pair]] > 1)[:, None]
    return np.asarray(np.repeat(alone, size, axis=0) & (there > 0))


def _averaged(grouped: Grouped, stage: Stage, only: Bools, *, element: bool) -> Floats:
    """Strata in a cell over those whose variance is known, cells x measures."""
    h = grouped.unit if element else stage.stratum[grouped.unit]
    pair = variance.starts(grouped.cell, h)
    there = np.logical_or.reduceat(grouped.of("n") > 0, pair)
    known = there & ~np.logical_or.reduceat(only, pair) & ~stage.strata.unknown[h[pair]][:, None]
    found, first = np.ones((grouped.size, only.shape[1])), variance.starts(grouped.cell[pair])
    with np.errstate(all="ignore"):
        found[grouped.cell[pair][first]] = np.add.reduceat(there.astype(float), first) / np.add.reduceat(
            known.astype(float), first
        )
    return found


def described(made: Estimated, v: Floats, terms: Sequence[Term]) -> dict[str, Floats]:
    """The columns of a table: estimate, se, counts, and design effects (R ``deff``).

    How many people are in a cell is the total of an answer of all people of the grouping (R
    ``svytotal(~group, deff=TRUE)``): that is what its design effect compares with.
    """
    of, total = made.statistics, totals(terms)
    estimate, sw = of["estimate"], of["sw"]
    with np.errstate(all="ignore"):
        v = np.where(np.isnan(estimate), np.nan, v)
        away = of["sy"] / sw - np.array([term.shift for term in terms])
        noise = ROUNDING * (of["syy"] / sw + np.abs(of["sy"] / sw * away))
        spread = of["syy"] / sw - away**2
        spread = np.where((spread > 4 * noise) & (of["npos"] > 1), spread, 0.0)
        replace = spread / (of["npos"] - 1) * np.where(total, sw**2, 1.0)
        replace = np.where([isinstance(term.measure, Ratio) for term in terms], np.nan, replace)
        every, people = (of[name].sum(axis=0) for name in ("npos", "sw"))
        units = [total and not term.measure.columns for total, term in zip(total, terms, strict=True)]
        replace = np.where(units, sw * (people - sw) / (every - 1), replace)
        n, weights = (np.where(units, a, b) for a, b in ((every, of["npos"]), (people, sw)))
        simple = np.where(weights >= n, replace * (weights - n) / weights, np.nan)
        se = np.sqrt(v)
        return {
            "estimate": estimate,
            "se": se,
            "n": of["n"],
            "n_hit": of["hit"],
            "weighted_n": sw,
            "deff": np.where(simple > 0, v / simple, np.nan),
            "deff_replace": np.where(replace > 0, v / replace, np.nan),
            "cv": se / np.where(estimate == 0, np.nan, np.abs(estimate)),
        }
