"""Proportional hazards (Cox 1972) on a sample: Binder (1992, Biometrika 79: 139; R ``svycoxph``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all, unknowns
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Bools, Floats, Ints
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.models.terms import levels_of, matrix, parse_plain
from thuis.survey.survival import Risk, Spell, Times, Turn, at_risk, times_of, turns
from thuis.survey.used import again, freedom, in_use, totals_of

TIES = ("efron", "breslow")
CLOSE, STEPS = 1e-12, 50


@dataclass(frozen=True, slots=True, eq=False)
class Hazards:
    """A fitted model: ``coefficients`` are logarithms of ratios of hazards, ``ratios`` those themselves."""

    formula: str
    n: int
    events: int
    coefficients: Estimates
    ratios: Estimates = field(repr=False)

    def __repr__(self) -> str:
        return f"hazards of {self.formula}, {self.n:,} rows, {self.events:,} events\n{self.ratios!r}"


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The rows of one baseline hazard; ``chosen`` are their places among the rows in use."""

    times: Times
    chosen: Ints


def hazards(
    sample: Surveyed, spell: Spell, terms: str, strata: str | None, ties: str, level: float
) -> Hazards:
    """See :meth:`thuis.survey.Sample.hazards`."""
    formula = parse_plain(f"{spell.time} ~ {terms}")
    columns = formula.columns[1:]
    raise_all(unknowns("rule for ties", [ties], TIES))
    more = [*columns, *([strata] if strata else [])]
    rows, known, times = times_of(sample, spell, more)
    formula = formula.resolved(sample.table.types)
    used = rows.filter(known)
    labels, x = matrix(used, formula, levels_of(used.get_column, formula))
    labels, x = labels[1:], x[:, 1:]
    if not x.shape[1] or not np.isfinite(x).all():
        raise ThuisError(f"{terms!r} has no term, or terms that are no numbers in some rows")
    x = x - x.mean(axis=0)
    if np.linalg.matrix_rank(x / np.maximum(np.abs(x).max(axis=0), 1e-300)) < x.shape[1]:
        raise ThuisError(f"the rows do not tell {x.shape[1]} coefficients apart", step="leave a term out")
    groups = used[strata].rank("dense").to_numpy() if strata else np.ones(used.height)
    parts = [
        _Part(times.part(groups == each), np.flatnonzero(groups == each).astype(np.int64))
        for each in np.unique(groups)
    ]
    weight = rows[sample.weight].cast(pl.Float64).to_numpy()[times.here]
    beta = _fitted(parts, weight, x, ties, np.zeros(x.shape[1]))
    if sample.replicates is None:
        _, information, residuals = _sums(parts, weight, x, ties, beta, scores=True)
        influence = np.zeros((rows.height, len(beta)))
        influence[times.here] = np.linalg.solve(information, residuals.T).T
        covariance = totals_of(sample, rows, influence)
    else:
        covariance = again(sample, rows, beta, lambda w: _fitted(parts, w[times.here], x, ties, beta))
    df = max(freedom(in_use(sample, [*spell.columns, *more])) + 1 - len(beta), 0.0)
    made = coefficients(labels, beta, covariance, df, used.height, level)
    return Hazards(f"{spell.time} ~ {terms}", used.height, int(times.event.sum()), made, made.exponents())


def _fitted(parts: Sequence[_Part], weight: Floats, x: Floats, ties: str, beta: Floats) -> Floats:
    before = -np.inf
    for _ in range(STEPS):
        # On the way to no answer, the few who bear all risk leave less than rounding does: a log of nothing.
        with np.errstate(all="ignore"):
            (likelihood, score), information, _ = _sums(parts, weight, x, ties, beta, scores=False)
        if not np.isfinite([likelihood, *score]).all():
            break
        if likelihood < before - 1e-9 * abs(before):
            raise ThuisError("the model of hazards does not converge", step="take fewer terms")
        before = likelihood
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            break
        beta = beta + step
        if np.abs(x @ beta).max() > 100:
            break
        if np.abs(step).max() <= CLOSE * (1 + np.abs(beta).max()):
            return beta
    raise ThuisError(
        "the model of hazards has no finite answer: some group had no event, or all of them",
        step="join categories, or leave a term out",
    )


def _sums(
    parts: Sequence[_Part], weight: Floats, x: Floats, ties: str, beta: Floats, *, scores: bool
) -> tuple[tuple[float, Floats], Floats, Floats]:
    """Log likelihood and its slopes, the information, and, when asked, the score of every row."""
    p, relative = x.shape[1], np.exp(x @ beta)
    likelihood, score, information = 0.0, np.zeros(p), np.zeros((p, p))
    residuals = np.zeros_like(x)
    for part in parts:
        own = part.chosen
        w, z, r = weight[own], x[own], relative[own]
        risk = Risk.of(part.times, w)
        if not len(risk.times):
            continue
        hit = risk.hit
        place = np.maximum(risk.leaves - 1, 0)
        likelihood += float(w[hit] @ np.log(r[hit]))
        score += (w[hit, None] * z[hit]).sum(axis=0)
        steps = _Steps.of(len(risk.times), p)
        squares = _squares(risk, w * r, z)
        for turn in turns(risk, w, z, r, ties):
            mass = turn.step * turn.below
            likelihood -= float(mass @ np.log(turn.below))
            score -= mass @ turn.mean
            whole, gone = (each[turn.now] for each in squares)
            second = (whole - turn.part[:, None, None] * gone) / turn.below[:, None, None]
            information += np.einsum("t,tab->ab", mass, second) - (turn.mean * mass[:, None]).T @ turn.mean
            steps.add(turn)
        if scores:
            residuals[own] = _residuals(risk, steps, z, r, hit, place)
    return (likelihood, score), information, residuals


def _squares(risk: Risk, force: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Per time the sums of ``z z'`` over those at risk, and over those with an event then."""
    many, p = len(risk.times), z.shape[1]
    products = (z[:, :, None] * z[:, None, :]).reshape(len(z), p * p) * force[:, None]
    hit, gone = risk.hit, np.empty((many, p * p))
    for k in range(p * p):
        gone[:, k] = np.bincount(risk.leaves[hit] - 1, products[hit, k], minlength=many)
    return at_risk(risk, products).reshape(many, p, p), gone.reshape(many, p, p)


@dataclass(slots=True, eq=False)
class _Steps:
    """Per time what the residuals of rows at risk lose, and what those with an event then do not."""

    mean: Floats
    step: Floats
    step_mean: Floats
    less: Floats
    less_mean: Floats

    @classmethod
    def of(cls, many: int, p: int) -> _Steps:
        wide, narrow = (many, p), (many, 1)
        return cls(np.zeros(wide), np.zeros(narrow), np.zeros(wide), np.zeros(narrow), np.zeros(wide))

    def add(self, turn: Turn) -> None:
        """Take one turn of the tied events in."""
        step, part = turn.step[:, None], turn.part[:, None]
        self.mean[turn.now] += turn.mean / turn.deaths[:, None]
        self.step[turn.now] += step
        self.step_mean[turn.now] += step * turn.mean
        self.less[turn.now] += step * part
        self.less_mean[turn.now] += step * part * turn.mean


def _residuals(risk: Risk, steps: _Steps, z: Floats, relative: Floats, hit: Bools, place: Ints) -> Floats:
    """Score residuals, as R ``residuals(coxph, "score")``."""
    r = relative[:, None]
    found = r * (risk.along(steps.step_mean) - z * risk.along(steps.step))
    own = z - steps.mean[place] + r * (z * steps.less[place] - steps.less_mean[place])
    return np.asarray(found + np.where(hit[:, None], own, 0.0))
