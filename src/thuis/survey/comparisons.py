"""Tests of one column, t and rank tests, as contrasts under the design.

Not those of the library svy: it takes one stage of sampling, and where answers are equal its ranks, as those
of R ``svyranktest``, depend on the order of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.checks import Options, numbers_asked
from thuis.survey.core.intervals import t_test
from thuis.survey.core.measures import Mean
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.elsewhere import Elsewhere
from thuis.survey.tabulate import tabulate
from thuis.survey.used import answered, freedom, in_use, totals_of

RANKS: dict[str, Callable[[Floats], Floats]] = {
    "wilcoxon": lambda share: share,
    "van der waerden": special.ndtri,
    "median": lambda share: (share > 1 / 2).astype(float),
    "kruskal-wallis": lambda share: share,
}
KINDS = ("t", *RANKS)
TIES = ("middle", "rows")


@dataclass(frozen=True, slots=True)
class Test(Elsewhere):
    """A test that a quantity is 0.

    ``estimate`` is a mean less the value, a difference of means, or of mean rank scores between 0 and 1, the
    second group less the first; it, ``se`` and the interval are None for more than two groups, where
    ``statistic`` is F and ``df`` has two numbers. Otherwise ``statistic`` is t.
    """

    _called: ClassVar = ("Test", "test")

    kind: str
    what: str
    groups: tuple[Any, ...]
    n: int
    estimate: float | None
    se: float | None
    lower: float | None
    upper: float | None
    statistic: float
    df: tuple[float, ...]
    p: float

    __test__ = False  # pytest takes classes of this name for its own

    def __str__(self) -> str:
        df = ", ".join(f"{each:g}" for each in self.df)
        name = "t" if len(self.df) == 1 else "F"
        found = f"{self.kind} test of {self.what}: {name}({df}) = {self.statistic:.4f}, p = {self.p:.4f}"
        if self.estimate is None:
            return f"{found}, n {self.n:,}"
        return f"{found}; {self.estimate:.4f}, from {self.lower:.4f} to {self.upper:.4f}, n {self.n:,}"


def compared(
    sample: Surveyed,
    column: str,
    against: tuple[str | None, str | None],
    value: float,
    kind: str,
    level: float,
    ties: str,
) -> Test:
    """See :meth:`thuis.survey.Sample.test`; ``against`` are its group and its pair."""
    group, pair = against
    kind = _called(kind)
    misfits = _misfits(sample, column, group, pair, value, kind)
    raise_all([*misfits, *unknowns("rank of equal answers", [ties], TIES)])
    both = [name for name in (column, group, pair) if name is not None]
    part = in_use(sample, both)
    if kind != "t":
        return _ranks(part, column, str(group), kind, level, ties)
    table = tabulate(
        part, [Mean(name) for name in (column, pair) if name], [(group,) if group else ()], Options()
    )
    frame = table.frame
    groups = tuple(frame[group]) if group else ()
    if group:
        _enough(column, group, kind, groups)
    if not frame.height:
        raise ThuisError(f"nobody answers {' and '.join(map(repr, both))}")
    # As R: the mean of differences is the difference of means over the rows that know both.
    weights = {0: 1.0} if frame.height == 1 else {0: -1.0, 1: 1.0} if group else {0: 1.0, 1: -1.0}
    found = table.contrast(weights)
    estimate, df = found.estimate - value, freedom(part) - 1
    lower, upper, t, p = _t(estimate, found.se, df, level)
    n = int(frame["n"].sum()) if group else int(frame["n"][0])
    what = f"{column} by {group}" if group else f"{column} - {pair}" if pair else column
    what = f"{what} - {value:g}" if value else what
    return Test("t", what, groups, n, estimate, found.se, lower, upper, t, (df,), p)


def _called(kind: str) -> str:
    """A kind of test as it is called here: ``vanderWaerden`` and ``kruskal`` are written otherwise."""
    plain = {"".join(filter(str.isalpha, each.lower())): each for each in KINDS}
    own = "".join(filter(str.isalpha, str(kind).lower()))
    near = [name for each, name in plain.items() if own and each.startswith(own) and len(own) > 1]
    return plain.get(own, near[0] if len(near) == 1 else kind)


def _misfits(
    sample: Surveyed, column: str, group: str | None, pair: str | None, value: float, kind: str
) -> Iterator[Problem]:
    types = sample.table.types
    yield from numbers_asked(filter(None, (column, pair)), types)
    yield from unknowns("column", filter(None, [group]), types)
    yield from unknowns("test", [kind], KINDS)
    if group and pair:
        yield Problem("a group and a pair", expected="one of the two")
    if kind in RANKS and (pair or value or not group):
        yield Problem(f"the {kind} test compares groups", step="give group=, no pair= or value=")


def _ranks(part: Surveyed, column: str, group: str, kind: str, level: float, ties: str) -> Test:
    rows, _, known = answered(part, [column, group])
    groups = tuple(rows[group].filter(known).unique().sort())
    _enough(column, group, kind, groups)
    here = known.to_numpy()
    weight, answer = (rows[name].cast(pl.Float64).to_numpy()[here] for name in (part.weight, column))
    score = RANKS[kind](_shares(answer, weight, ties))
    mean, influence = np.empty(len(groups)), np.zeros((rows.height, len(groups)))
    for k, each in enumerate(groups):
        own = (rows[group].filter(known) == each).to_numpy()
        mean[k] = np.average(score[own], weights=weight[own])
        influence[np.flatnonzero(here)[own], k] = (score[own] - mean[k]) / weight[own].sum()
    covariance = totals_of(part, rows, influence)
    gap = np.column_stack([-np.ones(len(groups) - 1), np.eye(len(groups) - 1)])
    difference, spread, df = gap @ mean, gap @ covariance @ gap.T, freedom(part) - 1
    what, n = f"{column} by {group}", int(here.sum())
    if len(groups) > 2:
        f = float(difference @ np.linalg.pinv(spread) @ difference) / len(difference)
        both = float(len(difference)), df + 1 - len(difference)
        return Test(kind, what, groups, n, None, None, None, None, f, both, float(special.fdtrc(*both, f)))
    se = float(np.sqrt(spread[0, 0]))
    estimate = float(difference[0])
    lower, upper, t, p = _t(estimate, se, df, level)
    return Test(kind, what, groups, n, estimate, se, lower, upper, t, (df,), p)


def _shares(answer: Floats, weight: Floats, ties: str) -> Floats:
    """The weighted share below every answer and half of what is equal to it; or their mean in order."""
    _, place = np.unique(answer, return_inverse=True)
    if ties == "rows":
        order = np.argsort(answer, kind="stable")
        middle = np.empty(len(answer))
        middle[order] = np.cumsum(weight[order]) - weight[order] / 2
        return np.asarray((np.bincount(place, middle) / np.bincount(place))[place] / weight.sum())
    mass = np.bincount(place, weight)
    return np.asarray(((np.cumsum(mass) - mass / 2) / mass.sum())[place])


def _enough(column: str, group: str, kind: str, groups: tuple[Any, ...]) -> None:
    pair = kind != "kruskal-wallis"
    if len(groups) < 2 or (pair and len(groups) > 2):
        raise ThuisError(
            f"{group!r} has {len(groups)} groups with answers to {column!r}",
            expected="two" if pair else "two or more",
            available=tuple(map(str, groups)),
            step="take another group" if len(groups) < 2 else MORE,
        )


MORE = 'compare two with subset(), or ask kind="kruskal-wallis"'


def _t(estimate: float, se: float, df: float, level: float) -> tuple[float, float, float, float]:
    found = t_test(np.array([estimate]), np.array([se]), np.array([df]), level)
    lower, upper, t, p = (float(each[0]) for each in found)
    return lower, upper, t, p
