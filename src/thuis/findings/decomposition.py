"""A gap between two groups split in two: the part that goes with their composition, and the rest.

Kitagawa (1955), Oaxaca (1973), Blinder (1973). The split describes; it does not explain in the causal sense.
What is in the model, and whose coefficients count as reference, decides how large each part is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.errors import Problem, raise_all, unknown
from thuis.findings.design import Design, linearised, t_interval, t_test
from thuis.findings.explain import Explain
from thuis.findings.words import Num, say, sentence

Floats = NDArray[np.float64]
Reference = Literal["first", "second", "pooled"]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a gap, on the outcome's scale, with its standard error, interval and test."""

    name: str
    estimate: float
    se: float
    lower: float
    upper: float
    p: float

    def as_dict(self) -> dict[str, Any]:
        """Numbers for a page."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``gap = composition + rest``; ``by_variable`` adds up to the composition part."""

    gap: Part
    composition: Part
    rest: Part
    by_variable: tuple[Part, ...]
    n: tuple[int, int]
    level: float
    explain: Explain

    def sentence(
        self, names: tuple[dict[str, str], dict[str, str]], scale: float = 100, *, limits: bool = True
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
            **span(self.gap),
        )
        shown = self.composition.p < 1 - self.level
        second = say(
            "decomposition.part" if shown else "decomposition.no-part", unit=unit, **span(self.composition)
        )
        return sentence(first, second, *([say("decomposition.limits")] if limits else []))

    def as_dict(self) -> dict[str, Any]:
        """Numbers for a page."""
        return {
            "gap": self.gap.as_dict(),
            "composition": self.composition.as_dict(),
            "rest": self.rest.as_dict(),
            "by_variable": [each.as_dict() for each in self.by_variable],
            "n": list(self.n),
            "limits": say("decomposition.limits"),
            "explain": self.explain.as_dict(),
        }


def decompose(
    frame: pl.DataFrame,
    outcome: str,
    group: str,
    groups: tuple[str, str],
    variables: Sequence[str],
    design: Design,
    *,
    reference: Reference = "second",
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
    rows, masks, x, owner = _ready(frame, outcome, group, groups, variables)
    w = rows[design.weight].to_numpy().astype(float)
    y = np.where(masks[0] | masks[1], rows[outcome].cast(pl.Float64).fill_null(0.0).to_numpy(), 0.0)
    raise_all(_thin(x, masks, w, owner, groups, reference))
    means, mean_scores = zip(*(_mean(np.column_stack([y, x]), w * m) for m in masks), strict=True)
    beta, beta_scores = _reference(x, y, w, masks, reference)
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
    matrix, df = linearised(rows, design, dict(zip(names, scores, strict=True)))
    parts = [
        _part(name, value, float(np.sqrt(max(matrix[i, i], 0))), df, LEVEL)
        for i, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    n = (int((masks[0] & (w > 0)).sum()), int((masks[1] & (w > 0)).sum()))
    formula = f"{outcome} ~ {' + '.join(variables)}, least squares, coefficients: {reference}"
    record = Explain("kitagawa-oaxaca-blinder", (outcome, group, *variables), sum(n), design.weight, formula)
    return Decomposition(parts[0], parts[1], parts[2], tuple(parts[3:]), n, LEVEL, record)


def _ready(
    frame: pl.DataFrame, outcome: str, group: str, groups: tuple[str, str], variables: Sequence[str]
) -> tuple[pl.DataFrame, tuple[NDArray[np.bool_], NDArray[np.bool_]], Floats, list[str]]:
    wanted = [outcome, group, *variables]
    raise_all([unknown("column", name, frame.columns) for name in wanted if name not in frame.columns])
    present = frame[group].drop_nulls().cast(pl.String).unique().to_list()
    raise_all([unknown("group", each, present) for each in groups if each not in present])
    complete = frame.select(pl.all_horizontal(pl.col(wanted).is_not_null()))[wanted[0]].to_numpy()
    label = frame[group].cast(pl.String)
    first, second = ((label == each).fill_null(value=False).to_numpy() & complete for each in groups)
    used = frame.filter(pl.Series(first | second))
    columns, owner = [np.ones(frame.height)], [""]
    for name in variables:
        if frame.schema[name].is_numeric():
            columns.append(frame[name].cast(pl.Float64).fill_null(0.0).to_numpy())
            owner.append(name)
            continue
        levels = used[name].cast(pl.String).unique().sort().to_list()
        text = frame[name].cast(pl.String)
        for level in levels[1:]:
            columns.append((text == level).fill_null(value=False).cast(pl.Float64).to_numpy())
            owner.append(name)
    return frame, (first, second), np.column_stack(columns), owner


def _thin(
    x: Floats,
    masks: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    w: Floats,
    owner: list[str],
    groups: tuple[str, str],
    reference: Reference,
) -> list[Problem]:
    """Too few people in a group, or a group that cannot bear the coefficients taken from it."""
    problems = []
    for mask, name, side in zip(masks, groups, ("first", "second"), strict=True):
        inside = x[mask & (w > 0)]
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
    both = (masks[0] | masks[1]) & (w > 0)
    pooled = np.column_stack([x, masks[0].astype(float)])[both]
    if reference == "pooled" and not problems and np.linalg.matrix_rank(pooled) < pooled.shape[1]:
        step = "leave out a variable that repeats the groups or another variable"
        problems.append(Problem("the two groups together cannot bear the model", step=step))
    return problems


def _mean(values: Floats, w: Floats) -> tuple[Floats, Floats]:
    mean = w @ values / w.sum()
    return mean, np.where(w[:, None] > 0, (values - mean) / w.sum(), 0.0)


def _coefficients(x: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Weighted least squares and the influence of each row: ``(X'WX)^-1 x (y - x'b)`` (Binder 1983)."""
    inverse = np.linalg.inv((x.T * w) @ x)
    beta = inverse @ (x.T @ (w * y))
    rest = np.where(w > 0, y - x @ beta, 0.0)
    return beta, (x * rest[:, None]) @ inverse


def _reference(
    x: Floats, y: Floats, w: Floats, masks: tuple[NDArray[np.bool_], NDArray[np.bool_]], reference: Reference
) -> tuple[Floats, Floats]:
    if reference == "pooled":
        dummy = np.column_stack([x, masks[0].astype(float)])
        beta, scores = _coefficients(dummy, y, w * (masks[0] | masks[1]))
        return beta[:-1], scores[:, :-1]
    mask = masks[0] if reference == "first" else masks[1]
    return _coefficients(x, y, w * mask)


def _part(name: str, value: float, se: float, df: float, level: float) -> Part:
    return Part(name, value, se, *t_interval(value, se, df, level), t_test(value, se, df))
