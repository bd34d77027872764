"""Time until an event: survival curves and tests between groups, with censored and late entering people.

Kaplan and Meier (1958, JASA 53: 457), linearised under the design (Williams 1995, Biometrics 51: 1361; R
``svykm``); rank tests as totals of scores (Rader 2014; R ``svylogrank``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.checks import numbers_asked
from thuis.survey.core.covariance import Fixed
from thuis.survey.core.surveyed import Surveyed, names_of
from thuis.survey.core.variance import Bools, Floats, Ints
from thuis.survey.estimates import Estimates
from thuis.survey.used import again, answered, totals_of

ESTIMATORS = ("kaplan-meier", "fleming-harrington")
MOST, ROOM = 1000, 200_000_000
"""Times at which a curve is given at once, each has a variance with every other; and times x rows."""
_TIE = 1e-12
"""A share left that is three quarters of two thirds is a half, whatever the last digit says."""


@dataclass(frozen=True, slots=True)
class Spell:
    """The columns of a time, of whether an event ended it, and of when a person was first looked at."""

    time: str
    event: str
    entry: str | None = None

    @property
    def columns(self) -> list[str]:
        """Those there are."""
        return [self.time, self.event, *([self.entry] if self.entry else [])]


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Times of exit, whether an event ended them, times of entry, and the place of the rows among all."""

    exit: Floats
    event: Floats
    entry: Floats
    here: Ints

    def part(self, chosen: Floats) -> Times:
        """Some of the rows."""
        return Times(self.exit[chosen], self.event[chosen], self.entry[chosen], self.here[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Risk:
    """The distinct times of events, the weight at risk just before each, and the weight of its events.

    Of every row ``leaves`` and ``comes`` say after how many of these times it is no longer, and is at risk.
    """

    times: Floats
    at_risk: Floats
    events: Floats
    leaves: Ints
    comes: Ints
    hit: Bools

    @classmethod
    def of(cls, own: Times, weight: Floats) -> Risk:
        """Sums of weights; rows of weight 0 make no times."""
        hit = (own.event > 0) & (weight != 0)
        times = np.unique(own.exit[hit])
        leaves = np.searchsorted(times, own.exit, side="right")
        comes = np.searchsorted(times, own.entry, side="right")
        many = len(times)
        events = np.bincount(leaves[hit] - 1, weight[hit], minlength=many).astype(float)
        return cls(times, _present(comes, leaves, weight, many), events, leaves, comes, hit)

    def along(self, steps: Floats) -> Floats:
        """Of every row the sum of ``steps``, times x columns, while it is at risk."""
        upto = np.vstack([np.zeros((1, steps.shape[1])), np.cumsum(steps, axis=0)])
        return np.asarray(upto[self.leaves] - upto[np.minimum(self.comes, self.leaves)])


def times_of(sample: Surveyed, spell: Spell, columns: Sequence[str]) -> tuple[pl.DataFrame, pl.Series, Times]:
    """Every row, those with times that are known and weight, and their times.

    :raises ThuisError: unknown columns, an event other than 0 and 1, an entry after its exit.
    """
    own, types = spell.columns, sample.table.types
    time, event, entry = spell.time, spell.event, spell.entry
    raise_all(numbers_asked(own, types) + unknowns("column", columns, types))
    rows, _, known = answered(sample, list(dict.fromkeys([*own, *columns])))
    used = rows.filter(known)
    exit_, hit = (used[each].cast(pl.Float64).to_numpy() for each in (time, event))
    start = used[entry].cast(pl.Float64).to_numpy() if entry else np.full(len(exit_), -np.inf)
    problems = []
    if not np.isin(hit, (0, 1)).all():
        problems.append(Problem(f"{event!r} is neither 0 nor 1 in {int((~np.isin(hit, (0, 1))).sum())} rows"))
    if (late := start >= exit_).any():
        problems.append(Problem(f"{entry!r} is not before {time!r} in {int(late.sum())} rows"))
    if not hit.any():
        problems.append(Problem(f"no event in {len(hit)} rows", expected="1 where it ended in the event"))
    raise_all(problems)
    return rows, known, Times(exit_, hit, start, np.flatnonzero(known.to_numpy()))


def survival(
    sample: Surveyed,
    spell: Spell,
    by: tuple[str, ...],
    at: Sequence[float] | None,
    estimator: str,
    level: float,
) -> Estimates:
    """See :meth:`thuis.survey.Sample.survival`."""
    raise_all(unknowns("estimator", [estimator], ESTIMATORS))
    rows, known, times = times_of(sample, spell, by)
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()
    keyed = rows.filter(known).with_row_index("__at").select("__at", *by)
    groups = keyed.group_by(by).agg("__at").sort(by) if by else keyed.select(pl.col("__at").implode())
    parts = [times.part(np.asarray(each)) for each in groups["__at"].to_list()]
    wanted = [_wanted(each, weight, at) for each in parts]
    many = sum(map(len, wanted))
    if many > MOST or many * rows.height > ROOM:
        raise ThuisError(
            f"{many} times of events in {rows.height:,} rows",
            expected=f"at most {min(MOST, ROOM // rows.height)}",
            step="say at which: at=(30, 90, 365)",
        )

    def hazards(w: Floats) -> Floats:
        return np.concatenate(
            [
                _hazard(each, w[each.here], points, estimator)[0]
                for each, points in zip(parts, wanted, strict=True)
            ]
        )

    hazard = hazards(weight)
    if sample.replicates is not None:
        covariance = again(sample, rows, hazard, hazards)
    else:
        influence, start = np.zeros((rows.height, many)), 0
        for each, points in zip(parts, wanted, strict=True):
            own = _hazard(each, weight[each.here], points, estimator)[1]
            influence[each.here, start : start + len(points)] = own
            start += len(points)
        covariance = totals_of(sample, rows, influence)
    counts = [_counts(each, points) for each, points in zip(parts, wanted, strict=True)]
    sizes = pl.Series([len(each) for each in wanted])
    at_risk, events = (np.concatenate([each[i] for each in counts]) for i in (0, 1))
    keys = [
        pl.Series("measure", [f"survival({spell.time})"] * many, pl.String),
        pl.Series("by", [[*by, "time"]] * many, pl.List(pl.String)),
        *(groups[name].gather(pl.Series(np.repeat(np.arange(len(sizes)), sizes))) for name in by),
        pl.Series("time", np.concatenate(wanted)),
    ]
    frame = pl.DataFrame([*keys, pl.Series("n", at_risk), pl.Series("events", events)])
    return _curve(frame, hazard, covariance, sample.df, level)


def times_left(curve: Estimates, by: tuple[str, ...], left: Sequence[float]) -> pl.DataFrame:
    """See :meth:`thuis.survey.Sample.survival_times`."""
    wrong = [each for each in left if not 0 < each < 1]
    if wrong or not len(left):
        raise ThuisError(f"a share left of {(*wrong, None)[0]}", expected="above 0, below 1")

    sides = ("estimate", "lower", "upper")
    every = curve.frame.with_columns(pl.lit([float(each) for each in left]).alias("left")).explode("left")
    found = every.group_by([*by, "left"], maintain_order=True).agg(
        pl.col("time").filter(pl.col(side) <= pl.col("left") + _TIE).min().alias(side) for side in sides
    )
    return found.sort([*by, "left"], descending=[*([False] * len(by)), True])


def _wanted(own: Times, weight: Floats, at: Sequence[float] | None) -> Floats:
    if at is not None:
        return np.array(sorted(at), dtype=float)
    return np.unique(own.exit[(own.event > 0) & (weight[own.here] != 0)])


def _hazard(own: Times, weight: Floats, points: Floats, estimator: str) -> tuple[Floats, Floats]:
    """Minus the logarithm of survival at some times, and the influence of every row on each."""
    risk = Risk.of(own, weight)
    with np.errstate(all="ignore"):
        share = risk.events / risk.at_risk
        steps, slope = share, np.ones(len(share))
        if estimator == "kaplan-meier":
            steps = -np.log1p(-np.minimum(share, 1.0))
            slope = 1 / (1 - share)
        each = np.where(np.isfinite(slope), slope / risk.at_risk, 0.0)
    upto = np.searchsorted(risk.times, points, side="right")
    total = np.concatenate([[0.0], np.cumsum(steps)])[upto]
    # Until a time: what the row's own event adds, less its part of everyone at risk.
    pull = np.concatenate([[0.0], np.cumsum(each * share)])
    last = np.minimum(risk.leaves[:, None], upto[None, :])
    first = np.minimum(risk.comes[:, None], last)
    place = np.maximum(risk.leaves - 1, 0)
    own_event = risk.hit[:, None] & (risk.leaves[:, None] <= upto[None, :])
    gained = np.where(own_event, each[place][:, None] if len(each) else 0.0, 0.0)
    return total, gained - (pull[last] - pull[first])


def _counts(own: Times, points: Floats) -> tuple[Ints, Ints]:
    """Rows at risk at some times, and those with an event until them."""
    at_risk = (np.searchsorted(np.sort(own.entry), points, side="left")) - np.searchsorted(
        np.sort(own.exit), points, side="left"
    )
    events = np.searchsorted(np.sort(own.exit[own.event > 0]), points, side="right")
    return at_risk.astype(np.int64), events.astype(np.int64)


def _curve(frame: pl.DataFrame, hazard: Floats, covariance: Floats, df: float, level: float) -> Estimates:
    value = np.exp(-hazard)
    spread = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    t = special.ndtri((1 + level) / 2) if np.isinf(df) else special.stdtrit(max(df, 1e-9), (1 + level) / 2)
    # Where all are gone the logarithm has no spread to speak of.
    known = value > 0
    bounds = value * np.exp(-t * spread), np.minimum(value * np.exp(t * spread), 1.0)
    numbers = {
        "estimate": value,
        "se": np.where(known, value * spread, np.nan),
        "lower": np.where(known, bounds[0], np.nan),
        "upper": np.where(known, bounds[1], np.nan),
    }
    frame = frame.select(
        pl.exclude("n", "events"),
        *(pl.Series(name, each, pl.Float64, nan_to_null=True) for name, each in numbers.items()),
        "n",
        "events",
        pl.Series("df", np.full(len(value), df)),
    )
    scale = np.where(known, value, 0.0)
    return Estimates(frame, level, df, Fixed(covariance * np.outer(scale, scale)))


@dataclass(frozen=True, slots=True)
class LogRank:
    """A test that hazards are alike in all groups: scores of the groups after the first, and chi-square.

    Scores are weighted events of a group less those expected if hazards were alike.
    """

    groups: tuple[object, ...]
    score: tuple[float, ...]
    se: tuple[float, ...]
    chi2: float
    df: int
    p: float


def logrank(sample: Surveyed, spell: Spell, group: str, rho: float, gamma: float) -> LogRank:
    """See :meth:`thuis.survey.Sample.logrank`."""
    if sample.replicates is not None:
        raise ThuisError("the log-rank test takes no replicate weights", step="give strata and psu")
    rows, known, times = times_of(sample, spell, names_of(group))
    answers = rows.filter(known)[group]
    there = answers.unique().sort().to_list()
    if len(there) < 2:
        raise ThuisError(f"{group!r} has {len(there)} group", expected="two or more")
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()[times.here]
    x = np.column_stack([(answers == each).to_numpy() for each in there[1:]]).astype(float)
    scores = np.zeros((rows.height, x.shape[1]))
    scores[times.here] = _scores(times, weight, x, rho, gamma)
    plain = scores.T @ rows[sample.weight].cast(pl.Float64).to_numpy()
    covariance = totals_of(sample, rows, scores)
    chi2 = float(plain @ np.linalg.solve(covariance, plain))
    se = np.sqrt(np.diag(covariance))
    many = len(plain)
    p = float(special.chdtrc(many, chi2))
    return LogRank(tuple(there), tuple(plain.tolist()), tuple(se.tolist()), chi2, many, p)


def _scores(own: Times, weight: Floats, x: Floats, rho: float, gamma: float) -> Floats:
    risk = Risk.of(own, weight)
    mean, hazard = np.zeros((len(risk.times), x.shape[1])), np.zeros(len(risk.times))
    for each in turns(risk, weight, x, np.ones(len(weight))):
        mean[each.now] += each.mean / each.deaths[:, None]
        hazard[each.now] += each.step
    left = np.concatenate([[1.0], np.cumprod(1 - np.minimum(risk.events / risk.at_risk, 1.0))])
    # Of Harrington and Fleming (1982): survival just before each time.
    counts = left[:-1] ** rho * (1 - left[:-1]) ** gamma
    place = np.maximum(risk.leaves - 1, 0)
    hit = risk.hit
    gained = np.where(hit[:, None], (x - mean[place]) * counts[place][:, None], 0.0)
    steps = (counts * hazard)[:, None]
    return gained - x * risk.along(steps) + risk.along(steps * mean)


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One of the tied events of each time, ``now`` says which times have as many.

    :param part: of the weight of those tied that is already gone; ``step`` of the hazard; ``below`` what is
        left at risk.
    """

    now: Bools
    part: Floats
    mean: Floats
    step: Floats
    below: Floats
    deaths: Floats


def turns(risk: Risk, weight: Floats, x: Floats, relative: Floats, ties: str = "efron") -> Iterator[Turn]:
    """The tied events of each time one after the other (Efron 1977, JASA 72: 557), or all at once (Breslow).

    :param relative: the hazard of every row relative to the others.
    """
    many, force, hit = len(risk.times), weight * relative, risk.hit
    place = np.maximum(risk.leaves - 1, 0)[hit]
    total, own_total = at_risk(risk, force[:, None]), np.bincount(place, force[hit], minlength=many)
    sums, own_sums = at_risk(risk, x * force[:, None]), np.zeros((many, x.shape[1]))
    for k in range(x.shape[1]):
        own_sums[:, k] = np.bincount(place, (x[:, k] * force)[hit], minlength=many)
    deaths = np.bincount(place, minlength=many).astype(float)
    if ties == "breslow":
        deaths = np.minimum(deaths, 1.0)
    for turn in range(int(deaths.max(initial=0))):
        now = deaths > turn
        part = turn / deaths[now]
        below = total[now, 0] - part * own_total[now]
        mean = (sums[now] - part[:, None] * own_sums[now]) / below[:, None]
        yield Turn(now, part, mean, risk.events[now] / deaths[now] / below, below, deaths[now])


def at_risk(risk: Risk, values: Floats) -> Floats:
    """Sums of values, rows x columns, over those at risk at each time."""
    many = len(risk.times)
    return np.column_stack([_present(risk.comes, risk.leaves, each, many) for each in values.T])


def _present(comes: Ints, leaves: Ints, values: Floats, many: int) -> Floats:
    """The sum over those who have come and not left, at each of so many times."""
    change = np.bincount(comes, values, minlength=many + 1) - np.bincount(leaves, values, minlength=many + 1)
    return np.cumsum(change)[:many]
