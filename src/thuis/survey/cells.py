"""From grouped sums to numbers: all measures of one grouping at once, as matrices rows x measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from thuis.survey import variance
from thuis.survey.engine.sql import Term
from thuis.survey.measures import Ratio, Total
from thuis.survey.variance import Floats, Ints, Stage

Statistics = dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Sums of one grouping, sorted by cell and design unit.

    ``at`` says which column of ``values`` holds a statistic of each measure (see ``engine.sql.sums``).
    """

    size: int
    cell: Ints
    unit: Ints
    values: Floats
    at: Mapping[str, Ints]

    def of(self, name: str) -> Floats:
        """Rows x measures."""
        return self.values[:, self.at[name]]

    def totals(self, name: str, sums: Floats) -> Floats:
        """Cells x measures, from the values summed per cell."""
        return sums[:, self.at[name]]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Estimates, cells x measures, and the scores that gave their variance."""

    statistics: Statistics
    pointer: Ints
    unit: Ints
    first: Floats
    second: Floats | None
    ratio: Floats
    inverse: Floats


def cells(grouped: Grouped, terms: list[Term], stages: tuple[Stage, ...], *, element: bool) -> Cells:
    """Estimate, standard error, counts and design effects.

    Linearisation: the score of a row is ``w (y - r d) / D`` with ``r`` the estimate and ``D`` the sum of
    ``w d``; of a total ``w y``. With ``element`` rows are the units and ``unit`` is the stratum.
    """
    first = variance.starts(grouped.cell)
    sums = np.add.reduceat(grouped.values, first, axis=0) if len(first) else grouped.values
    total = np.array([isinstance(term.measure, Total) for term in terms])
    shift = np.array([0.0 if isinstance(term.measure, Total) else term.shift for term in terms])
    n, npos, sw, sy, sd, syy = (grouped.totals(name, sums) for name in ("n", "npos", "sw", "sy", "sd", "syy"))
    with np.errstate(all="ignore"):
        estimate = np.where(n > 0, np.where(total, sy, sy / sd), np.nan)
        ratio = np.where(total, 0.0, np.nan_to_num(estimate, posinf=0.0, neginf=0.0))
        inverse = np.where(total, 1.0, np.where(sd != 0, 1 / sd, 0.0))
        r, scale = ratio[grouped.cell], inverse[grouped.cell]
        score = (grouped.of("sy") - r * grouped.of("sd")) * scale
        has = grouped.of("n") > 0 if stages[0].strata.unknown.any() else None
        second = None
        if element:
            r = r - shift
            second = grouped.of("w2yy") - r * (2 * grouped.of("w2yd") - r * grouped.of("w2dd"))
            second = np.maximum(second, 0.0) * scale**2
            v = variance.by_element(
                stages[0].strata, grouped.cell, grouped.unit, score, second, grouped.size, has
            )
        else:
            v = variance.by_unit(stages, grouped.cell, grouped.unit, score, grouped.size, has)
        v = np.where(np.isnan(estimate), np.nan, v)
    found = {"estimate": estimate, "se": np.sqrt(v), "n": n, "weighted_n": sw}
    found["hit"] = grouped.totals("hit", sums)
    found.update(_effects(v, terms, total, npos, sw, sy, syy))
    pointer = np.append(first, len(grouped.cell)).astype(np.int64)
    return Cells(found, pointer, grouped.unit, score, second, ratio, inverse)


def _effects(
    v: Floats, terms: list[Term], total: Any, npos: Floats, sw: Floats, sy: Floats, syy: Floats
) -> Statistics:
    """Design effects against a simple sample without and with replacement (R ``deff``)."""
    with np.errstate(all="ignore"):
        away = sy / sw - np.array([term.shift for term in terms])
        replace = (syy / sw - away**2) / (npos - 1) * np.where(total, sw**2, 1.0)
        replace = np.where([isinstance(term.measure, Ratio) for term in terms], np.nan, replace)
        simple = np.where(sw >= npos, replace * (sw - npos) / sw, np.nan)
        return {
            "deff": np.where(simple > 0, v / simple, np.nan),
            "deff_replace": np.where(replace > 0, v / replace, np.nan),
        }
