"""A gap between two groups split in two: the part that goes with their composition, and the rest.

Kitagawa (1955), Oaxaca (1973), Blinder (1973). The split describes; it does not explain in the causal sense.
What is in the model, and whose coefficients count as reference, decides how large each part is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from thuis.errors import Problem, raise_all, unknown
from thuis.findings.respondents import Sampled, interval_and_p
from thuis.findings.words import Num, clause, say, sentence
from thuis.language.clauses import Verdict
from thuis.language.headlines import fitting
from thuis.survey import Sample
from thuis.survey.core.variance import Bools, Floats
from thuis.survey.models.families import family_of
from thuis.survey.models.regression import regression
from thuis.survey.models.terms import Factor, Formula, levels_of, matrix
from thuis.survey.used import rows_of, totals_of

Reference = Literal["first", "second", "pooled"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a gap, on the outcome's scale, with its standard error, interval and test."""

    name: str
    estimate: float
    se: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``gap = composition + rest``; ``by_variable`` adds up to the composition part."""

    gap: Part
    composition: Part
    rest: Part
    by_variable: tuple[Part, ...]
    n: tuple[int, int]
    level: float
    inputs: tuple[str, ...]
    weight: str

    def sentence(
        self,
        names: tuple[dict[str, str], dict[str, str]],
        wave: str,
        scale: float = 100,
        *,
        limits: bool = True,
    ) -> dict[str, str]:
        """The split in words; ``names`` are the two groups, ``scale`` 100 for shares.

        :param limits: also say what a split is not; leave out only where that stands beside it.
        """

        def span(part: Part) -> dict[str, Num]:
            return {
                "value": Num(scale * part.estimate, 1, "signed"),
                "low": Num(scale * part.lower, 1, "signed"),
                "high": Num(scale * part.upper, 1, "signed"),
            }

        unit = say("points" if scale == 100 else "units")
        known = self.gap.p < 1 - self.level
        first = say(
            "decomposition.gap" if known else "decomposition.no-gap",
            a=names[0],
            b=names[1],
            unit=unit,
            wave=wave,
            level=Num(100 * self.level, 0),
            **span(self.gap),
        )
        shown = self.composition.p < 1 - self.level
        second = say(
            "decomposition.part" if shown else "decomposition.no-part", unit=unit, **span(self.composition)
        )
        return sentence(first, second, *([say("decomposition.limits")] if limits else []))

    def headline(
        self,
        names: tuple[Mapping[str, str], Mapping[str, str]],
        scale: float = 100,
        says: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """The gap in a few words: which group is higher when that was shown, else that it was not.

        Percentage points are points where the names of the groups leave no room for more.

        :param says: the clause of a share (:mod:`thuis.language.clauses`); ``names`` are people then.
        """
        known = self.gap.p < 1 - self.level
        verdict: Verdict | Literal["none"]
        verdict = ("higher" if self.gap.estimate > 0 else "lower") if known else "none"
        size = Num(scale * self.gap.estimate, 0 if scale == 100 else 1, "size")
        plain = [
            sentence(say(f"decomposition.head.{verdict}", a=names[0], b=names[1], value=size, unit=say(unit)))
            for unit in (["points"] if scale == 100 else []) + ["units"]
        ]
        clauses = clause(says, [names[0]], verdict) if verdict != "none" else {}
        full = [
            say(f"decomposition.head.{form}", clause=clauses, b=names[1], value=size, unit=say("points"))
            for form in ("clause", "than")
            if clauses
        ]
        return {
            language: fitting(each[language] for each in [*(full if language in clauses else ()), *plain])
            for language in plain[0]
        }


def decompose(  # noqa: PLR0913
    frame: pl.DataFrame,
    outcome: str,
    group: str,
    groups: tuple[str, str],
    variables: Sequence[str],
    sampled: Sampled,
    *,
    reference: Reference = "second",
    level: float = 0.95,
) -> Decomposition:
    """Split the difference in the mean of ``outcome`` between two groups.

    Weighted least squares per group; with ``reference="second"`` the composition part is what the first
    group's characteristics would make of the second group's relations: ``(x_A - x_B)'b_B``. ``pooled`` takes
    the coefficients of both groups together with a dummy for the group (Jann 2008). Standard errors count
    both the coefficients and the composition as estimated, under the design.

    :param outcome: a numeric column; 0 and 1 for a share.
    :param variables: text columns become categories, numeric ones stay linear.
    :raises ThuisError: for unknown columns or groups, too few people, or categories that one group lacks.
    """
    wanted = [outcome, group, *variables]
    raise_all([unknown("column", name, frame.columns) for name in wanted if name not in frame.columns])
    present = frame[group].drop_nulls().cast(pl.String).unique().to_list()
    raise_all([unknown("group", each, present) for each in groups if each not in present])
    sample = sampled(frame)
    rows, _ = rows_of(sample, wanted)
    masks, x, owner = _matrix(rows, sample, wanted, group, groups, variables)
    w = rows[sample.weight].cast(pl.Float64).fill_null(0.0).to_numpy()
    y = np.where(masks[0] | masks[1], rows[outcome].cast(pl.Float64).fill_null(0.0).to_numpy(), 0.0)
    raise_all(_thin(x, masks, owner, groups, reference))
    means, mean_scores = zip(*(_mean(np.column_stack([y, x]), w * m) for m in masks), strict=True)
    beta, beta_scores = _reference(sample, rows, x, y, masks, reference)
    delta, delta_scores = means[0][1:] - means[1][1:], mean_scores[0][:, 1:] - mean_scores[1][:, 1:]
    contributions = delta * beta
    each_score = delta_scores * beta + beta_scores * delta
    gap = float(means[0][0] - means[1][0])
    gap_score = mean_scores[0][:, 0] - mean_scores[1][:, 0]
    names = ["gap", "composition", "rest", *dict.fromkeys(owner[1:])]
    explained, explained_score = float(contributions.sum()), each_score.sum(axis=1)
    values = [gap, explained, gap - explained]
    scores = [gap_score, explained_score, gap_score - explained_score]
    for name in names[3:]:
        chosen = [i for i, each in enumerate(owner) if each == name]
        values.append(float(contributions[chosen].sum()))
        scores.append(each_score[:, chosen].sum(axis=1))
    spread = np.sqrt(np.maximum(np.diag(totals_of(sample, rows, np.column_stack(scores))), 0.0))
    parts = [
        Part(name, value, float(se), *interval_and_p(value, float(se), sample.df, level))
        for name, value, se in zip(names, values, spread, strict=True)
    ]
    n = (int(masks[0].sum()), int(masks[1].sum()))
    inputs = (outcome, group, *variables)
    return Decomposition(parts[0], parts[1], parts[2], tuple(parts[3:]), n, level, inputs, sample.weight)


Masks = tuple[Bools, Bools]


def _matrix(
    rows: pl.DataFrame,
    sample: Sample,
    wanted: Sequence[str],
    group: str,
    groups: tuple[str, str],
    variables: Sequence[str],
) -> tuple[Masks, Floats, list[str]]:
    """Who is in each group, the columns of the model, and the variable that each belongs to."""
    complete = rows.select(pl.all_horizontal(pl.col(wanted).is_not_null(), pl.col(sample.weight) > 0))
    label = rows[group].cast(pl.String)
    first, second = (
        ((label == each).fill_null(value=False) & complete.to_series()).to_numpy() for each in groups
    )
    whole = Formula(Factor(wanted[0]), tuple((Factor(name),) for name in variables))
    whole = whole.resolved(sample.table.types)
    levels = levels_of(rows.filter(pl.Series(first | second)).get_column, whole)
    columns, owner = [np.ones((rows.height, 1))], [""]
    for name, term in zip(variables, whole.terms, strict=True):
        labels, own = matrix(rows, replace(whole, terms=(term,)), levels)
        columns.append(np.nan_to_num(own[:, 1:]))
        owner += [name] * (len(labels) - 1)
    return (first, second), np.hstack(columns), owner


def _thin(
    x: Floats,
    masks: Masks,
    owner: list[str],
    groups: tuple[str, str],
    reference: Reference,
) -> list[Problem]:
    """Too few people in a group, or a group that cannot bear the coefficients taken from it."""
    problems = []
    for mask, name, side in zip(masks, groups, ("first", "second"), strict=True):
        inside = x[mask]
        if len(inside) < 2 * x.shape[1]:
            problems.append(Problem(f"{len(inside)} people in group {name!r} for {x.shape[1]} coefficients"))
        elif reference == side and np.linalg.matrix_rank(inside) < x.shape[1]:
            flat = sorted({owner[i] for i in range(1, x.shape[1]) if np.ptp(inside[:, i]) == 0})
            problems.append(
                Problem(
                    f"group {name!r} has no variation in what the model needs",
                    available=tuple(flat),
                    step="leave the variable out, or join categories that only one group has",
                )
            )
    both = masks[0] | masks[1]
    pooled = np.column_stack([x, masks[0].astype(float)])[both]
    if reference == "pooled" and not problems and np.linalg.matrix_rank(pooled) < pooled.shape[1]:
        step = "leave out a variable that repeats the groups or another variable"
        problems.append(Problem("the two groups together cannot bear the model", step=step))
    return problems


def _mean(values: Floats, w: Floats) -> tuple[Floats, Floats]:
    mean = w @ values / w.sum()
    return mean, np.where(w[:, None] > 0, (values - mean) / w.sum(), 0.0)


def _reference(
    sample: Sample, rows: pl.DataFrame, x: Floats, y: Floats, masks: Masks, reference: Reference
) -> tuple[Floats, Floats]:
    """Coefficients, and the influence of each row on them."""
    inside = {"first": masks[0], "second": masks[1], "pooled": masks[0] | masks[1]}[reference]
    columns = np.column_stack([x, masks[0].astype(float)]) if reference == "pooled" else x
    fit = regression(sample, rows, pl.Series(inside), family_of("gaussian"), y[inside], columns[inside])
    assert fit.influence is not None
    scores = np.zeros_like(columns)
    scores[inside] = fit.influence
    return fit.beta[: x.shape[1]], scores[:, : x.shape[1]]
