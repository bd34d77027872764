"""Do two answers go together, and shares agree with those given? Rao and Scott (1984) and Wald tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import ThuisError
from thuis.survey.chi_squares import above
from thuis.survey.core.checks import Options
from thuis.survey.core.measures import Mean, Total
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.elsewhere import Elsewhere
from thuis.survey.estimates import Estimates
from thuis.survey.tabulate import tabulate
from thuis.survey.used import in_use, rows_of, totals_of


@dataclass(frozen=True, slots=True, eq=False)
class Independence(Elsewhere):
    """An F test of independence of two columns; ``table`` has the totals of its cells.

    ``f`` is Pearson's X² over the trace of the design effects, with Satterthwaite's degrees of freedom;
    ``effects`` are the generalised design effects; ``likelihood`` the likelihood ratio in place of X², to be
    held against the same distribution (Stata ``svy: tabulate, lr``).
    """

    _called: ClassVar = ("table that is tested", "table")

    f: float
    df: tuple[float, float]
    p: float
    wald: float
    wald_df: tuple[float, float]
    wald_p: float
    table: Estimates = field(repr=False)
    effects: tuple[float, ...] = field(repr=False)
    scale_df: float = field(repr=False)
    likelihood: float = field(repr=False)

    @property
    def likelihood_p(self) -> float:
        """The p of ``likelihood``."""
        return float(special.fdtrc(*self.df, self.likelihood))

    @property
    def lincom(self) -> float:
        """The p of Pearson's X² against its own distribution, a sum of chi-squares (R "lincom").

        Over a chi-square with the second degrees of freedom; with replicate weights, as R, over none.
        """
        return self._above("exact")

    @property
    def saddlepoint(self) -> float:
        """The same by Kuonen's approximation, good in far tails (R "saddlepoint")."""
        return self._above("saddlepoint")

    def _above(self, method: str) -> float:
        weights = np.array(self.effects)
        return above(self.f * weights.sum(), weights, self.scale_df, method=method)

    @property
    def pearson(self) -> float:
        """Pearson's X² of the weighted shares and as many rows: what packages print as uncorrected."""
        frame = self.table.frame
        rows, columns = (pl.col(name) for name in frame.columns[2:4])
        p = pl.col("estimate") / pl.col("estimate").sum()
        by = frame.select(r=rows, c=columns, p=p)
        left, right = (by.group_by(each).agg(pl.col("p").sum()) for each in ("r", "c"))
        cells = left.join(right, how="cross", suffix="_c").join(by, on=["r", "c"], how="left", suffix="_own")
        expected = pl.col("p") * pl.col("p_c")
        away = (pl.col("p_own").fill_null(0.0) - expected) ** 2 / expected
        return float(frame["n"].sum()) * float(cells.select(away.sum()).item())

    @property
    def chi2(self) -> tuple[float, float, float]:
        """Pearson's X² over the mean design effect, its df, and p (first-order Rao-Scott; R "Chisq")."""
        many = self.wald_df[0]
        return self.f * many, many, float(special.chdtrc(many, self.f * many))

    @property
    def unadjusted_wald(self) -> tuple[float, tuple[float, float], float]:
        """The Wald F test with the df of the design, its df, and p (R "Wald"); too small a p for few PSUs."""
        first, second = self.wald_df
        df = second + first - 1
        f = self.wald * df / second if second > 0 else float("nan")
        return f, (first, df), float(special.fdtrc(first, df, f)) if second > 0 else float("nan")


def independence(sample: Surveyed, rows: str, columns: str) -> Independence:
    """See :meth:`thuis.survey.Sample.independence`."""
    table = tabulate(sample, [Total()], [(rows, columns)], Options())
    frame = table.frame
    r, c = (frame[name].rank("dense").to_numpy().astype(int) - 1 for name in (rows, columns))
    size = (int(r.max()) + 1, int(c.max()) + 1) if frame.height else (0, 0)
    if min(size) < 2:
        raise ThuisError(
            f"{rows!r} by {columns!r} has {size[0]} x {size[1]} cells",
            expected="two answers or more on both sides",
        )
    at = r + c * size[0]
    total, covariance = np.zeros(size[0] * size[1]), np.zeros((size[0] * size[1],) * 2)
    total[at] = frame["estimate"].to_numpy()
    covariance[np.ix_(at, at)] = table.covariance()
    p, by_cell = total / total.sum(), np.ix_(at, at)
    lonely = any(stage.strata.lonely.any() for stage in sample.stages)
    if sample.replicates is not None or lonely:
        shares = np.zeros_like(covariance)
        of_totals, shares[by_cell] = _anew(sample, (rows, columns), frame)
        covariance[by_cell] = covariance[by_cell] if of_totals is None else of_totals
    else:
        move = (np.eye(len(p)) - np.outer(p, np.ones(len(p)))) / total.sum()
        shares = move @ covariance @ move.T
    f, ratio, df, effects = _rao_scott(p, shares, size, sample.df)
    wald, wald_df = _wald(total, covariance, size, sample.df)
    p_value, wald_p = (float(special.fdtrc(*freedom, value)) for value, freedom in ((f, df), (wald, wald_df)))
    scale = df[1] if sample.replicates is None else float("inf")
    return Independence(f, df, p_value, wald, wald_df, wald_p, table, effects, scale, ratio)


def shares_of(sample: Surveyed, columns: Sequence[str], table: Estimates) -> tuple[Floats, Floats]:
    """The shares of the cells of a table of totals by some columns, and their covariance."""
    total = table.frame["estimate"].to_numpy()
    share = total / total.sum()
    if sample.replicates is not None or any(stage.strata.lonely.any() for stage in sample.stages):
        return share, _anew(sample, columns, table.frame)[1]
    move = (np.eye(len(share)) - np.outer(share, np.ones(len(share)))) / total.sum()
    return share, move @ table.covariance() @ move.T


def _anew(sample: Surveyed, columns: Sequence[str], frame: pl.DataFrame) -> tuple[Floats | None, Floats]:
    """Covariances of the totals of cells and of their shares, where one does not follow from the other."""
    every, inside = rows_of(in_use(sample, columns), columns)
    here = every.select(
        pl.when(inside)
        .then(pl.all_horizontal(pl.col(name) == each for name, each in zip(columns, key, strict=True)))
        .cast(pl.Float64)
        .alias(f"__cell{k}")
        for k, key in enumerate(frame.select(columns).iter_rows())
    )
    if sample.replicates is not None:
        one = sample.over(pl.concat([every, here], how="horizontal"), replicates=sample.replicates)
        return None, tabulate(one, [Mean(name) for name in here.columns], [()], Options()).covariance()
    estimate = frame["estimate"].to_numpy()
    inside_cell = here.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    influence = (inside_cell - estimate / estimate.sum()) / estimate.sum()
    of_totals, of_shares = (totals_of(sample, every, np.nan_to_num(z)) for z in (inside_cell, influence))
    return of_totals, of_shares


def _rao_scott(
    p: Floats, spread: Floats, size: tuple[int, int], df: float
) -> tuple[float, float, tuple[float, float], tuple[float, ...]]:
    contrasts = _interactions(size)
    inverse = np.diag(np.where(p > 0, 1 / np.where(p > 0, p, 1.0), 0.0))
    simple = contrasts.T @ inverse @ contrasts
    effects = np.linalg.solve(simple, contrasts.T @ inverse @ spread @ inverse @ contrasts)
    cells = p.reshape(size[::-1]).T
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0))
    pearson = float(((cells - expected) ** 2 / expected).sum())
    ratio = 2 * float(special.rel_entr(cells, expected).sum())
    first = float(np.trace(effects) ** 2 / np.trace(effects @ effects))
    own = tuple(float(each) for each in np.linalg.eigvals(effects).real)
    trace = float(np.trace(effects))
    return pearson / trace, ratio / trace, (first, first * df), own


def _interactions(size: tuple[int, int]) -> Floats:
    """What is left of the interaction columns after the margins, cells with rows running first."""
    r, c = np.tile(np.arange(size[0]), size[1]), np.repeat(np.arange(size[1]), size[0])
    margins = np.column_stack(
        [np.ones(len(r)), *(r == k for k in range(1, size[0])), *(c == k for k in range(1, size[1]))]
    )
    both = np.column_stack(
        [(r == i) & (c == j) for j in range(1, size[1]) for i in range(1, size[0])]
    ).astype(float)
    return np.asarray(both - margins @ np.linalg.lstsq(margins, both, rcond=None)[0])


def _wald(
    total: Floats, covariance: Floats, size: tuple[int, int], df: float
) -> tuple[float, tuple[float, float]]:
    """Adjusted Wald test of ``total - row * column / all`` (R ``statistic="adjWald"``)."""
    r, c = np.tile(np.arange(size[0]), size[1]), np.repeat(np.arange(size[1]), size[0])
    row, column = (np.bincount(key, total)[key] for key in (r, c))
    everything = total.sum()
    away = total - row * column / everything
    move = np.eye(len(total)) + (row * column)[:, None] / everything**2
    move -= (r[:, None] == r) * (column / everything)[:, None] + (c[:, None] == c) * (row / everything)[
        :, None
    ]
    use = (r > 0) & (c > 0)
    spread = (move @ covariance @ move.T)[np.ix_(use, use)]
    first = (size[0] - 1) * (size[1] - 1)
    try:
        wald = float(away[use] @ np.linalg.solve(spread, away[use]))
    except np.linalg.LinAlgError:
        wald = float("nan")
    second = df - first + 1
    return wald * second / (first * df), (float(first), float(second))


@dataclass(frozen=True, slots=True, eq=False)
class Goodness:
    """Pearson's X² of weighted totals; ``x2 / scale`` has a chi-square of ``df`` (Satterthwaite)."""

    x2: float
    scale: float
    df: float
    p: float
    table: Estimates = field(repr=False)


def goodness(sample: Surveyed, column: str, shares: Mapping[Any, float]) -> Goodness:
    """See :meth:`thuis.survey.Sample.goodness`."""
    table = tabulate(sample, [Total()], [(column,)], Options())
    there = table.frame[column].to_list()
    given = np.array([shares.get(each, float("nan")) for each in there], dtype=float)
    if set(there) != set(shares) or not (given > 0).all() or len(there) < 2:
        raise ThuisError(
            f"the shares are of {', '.join(map(str, shares)) or 'nothing'}",
            expected="a share above 0 for every answer of the column, two answers or more",
            available=tuple(map(str, there)),
        )
    total, p = table.frame["estimate"].to_numpy(), given / given.sum()
    expected = p * total.sum()
    slope = (total + expected) / (2 * expected**1.5) * p
    move = np.diag(1 / np.sqrt(expected)) - np.outer(slope, np.ones(len(p)))
    weights = np.linalg.eigvalsh(move @ table.covariance() @ move.T)
    mean = weights.mean()
    spread = (weights**2).mean() / mean**2
    x2 = float(((total - expected) ** 2 / expected).sum())
    scale, df = float(mean * spread), len(p) / float(spread)
    return Goodness(x2, scale, df, float(special.chdtrc(df, x2 / scale)), table)
