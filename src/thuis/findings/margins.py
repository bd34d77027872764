"""A difference between two positions, raw or with other characteristics held equal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from thuis.errors import ThuisError, raise_all, unknown
from thuis.findings.respondents import Sampled
from thuis.survey import Mean
from thuis.survey.models.model import fitted
from thuis.survey.models.terms import Factor, Formula


@dataclass(frozen=True, slots=True)
class Margin:
    """High minus low on the outcome's scale; ``n`` respondents in the model, on each side."""

    estimate: float
    se: float
    df: float
    lower: float
    upper: float
    p: float
    n_high: int
    n_low: int

    @property
    def n(self) -> int:
        """Respondents in the model."""
        return self.n_high + self.n_low


def margin(
    frame: pl.DataFrame,
    outcome: str,
    position: str,
    sampled: Sampled,
    *,
    controls: Sequence[str] = (),
    binary: bool = True,
    level: float = 0.95,
) -> Margin:
    """The average difference in the outcome when everyone held the high instead of the low position.

    Without controls this is the difference of two weighted means, with the degrees of freedom of the design.
    With controls it is the difference of two predictive margins (Graubard and Korn 1999, Biometrics 55, 652)
    of a weighted logistic or linear model, with the degrees of freedom of the model; its standard error
    counts the coefficients and the people averaged over as sampled together.

    :param frame: every respondent of the design; those with a null in a column the model needs are outside
        its domain.
    :param outcome: a column of 0 and 1 when ``binary``, else of numbers.
    :param position: a column of 1 (high), 0 (low) and null (neither).
    :param controls: text columns become categories, numeric ones stay linear.
    :raises ThuisError: for unknown columns, or a model the data cannot bear.

    >>> from thuis.survey import Sample
    >>> rows = pl.DataFrame({"y": [1.0, 1, 0, 1], "high": [1.0, 1, 0, 0], "w": [1.0, 1, 1, 3]})
    >>> round(margin(rows, "y", "high", lambda rows: Sample.from_frame(rows, weight="w")).estimate, 9)
    0.25
    """
    wanted = [outcome, position, *controls]
    raise_all([unknown("column", each, frame.columns) for each in wanted if each not in frame.columns])
    # A table by whole numbers needs no query.
    sample = sampled(frame if controls else frame.with_columns(pl.col(position).cast(pl.Int64)))
    used = frame.filter(pl.all_horizontal(pl.col(wanted).is_not_null()), pl.col(sample.weight) > 0)
    n_high, n_low = (int((used[position] == side).sum()) for side in (1, 0))
    if not n_high or not n_low:
        raise ThuisError(
            f"the model of {position!r} cannot tell its parts apart", expected="respondents in both positions"
        )
    if not controls:
        table = sample.tabulate([Mean(outcome)], [(position,)], level=level)
        found = table.contrast({0: -1.0, 1: 1.0})
        return Margin(found.estimate, found.se, found.df, found.lower, found.upper, found.p, n_high, n_low)
    terms = ((Factor(position, categorical=True),), *((Factor(each),) for each in controls))
    family = "binomial" if binary else "gaussian"
    asked = Formula(Factor(outcome), terms)
    model = fitted(sample, asked, family, level, f"{outcome} ~ {' + '.join((position, *controls))}")
    row = model.margins(position, unconditional=True).frame.row(0, named=True)
    names = ("estimate", "se", "df", "lower", "upper", "p")
    estimate, se, df, lower, upper, p = (math.nan if row[name] is None else row[name] for name in names)
    return Margin(estimate, se, df, lower, upper, p, n_high, n_low)
