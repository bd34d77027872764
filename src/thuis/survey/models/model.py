"""Generalised linear models on a sample: a formula checked, fitted, and its coefficients as estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown, unknowns
from thuis.survey.core.checks import TEXT, no_number
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.elsewhere import Elsewhere
from thuis.survey.estimates import Estimates, coefficients
from thuis.survey.levels import levels
from thuis.survey.models import passes
from thuis.survey.models.criteria import Criterion, aic, bic, r_squared
from thuis.survey.models.effects import Fitted, Held
from thuis.survey.models.families import POSITIVE, Family, family_of
from thuis.survey.models.joint import Joint, joint
from thuis.survey.models.predictions import predictions
from thuis.survey.models.profile import profiled
from thuis.survey.models.regression import regression
from thuis.survey.models.terms import Factor, Formula, Levels, bases_of, levels_of, matrix, parse
from thuis.survey.used import answered, freedom_of


@dataclass(frozen=True, slots=True, eq=False)
class Model(Elsewhere):
    """A fitted model; ``coefficients`` are estimates, on the scale of the link, with their covariances."""

    _called: ClassVar = ("Model", "model")

    formula: str
    family: str
    n: int
    coefficients: Estimates
    _fit: Fitted = field(repr=False)

    @property
    def rows(self) -> pl.DataFrame:
        """The rows it was fitted on."""
        return self._fit.rows

    def margins(self, variable: str, *, unconditional: bool = False) -> Estimates:
        """Average marginal effects of a variable on the outcome's own scale.

        Of a category: the mean over the sample of the prediction with it, less that with the first category.
        Of a number: the mean slope. Degrees of freedom are those of the model.

        :param unconditional: the standard error counts the people averaged over as sampled together with the
            coefficients (Graubard and Korn 1999, Biometrics 55: 652; Stata ``vce(unconditional)``); otherwise
            it takes them as fixed, by the delta method (R ``margins``). R ``svypredmeans`` adds the two as if
            they were independent.
        """
        names, effect, covariance = self._fit.effects(variable, unconditional=unconditional)
        known = self.coefficients
        return coefficients(names, effect, covariance, known.df, self.n, known.level)

    def means(self, variable: str, *, people: str = "fixed") -> Estimates:
        """Adjusted means: the mean over the sample of the prediction with each answer to a category.

        :param people: "fixed": by the delta method; "sampled": with the people averaged over as a sample, as
            ``unconditional`` of :meth:`margins`; "apart": the sum of both variances, as R ``svypredmeans``.
        :raises ThuisError: a variable that is no category of the model.
        """
        names, value, covariance = self._fit.means(variable, people)
        known = self.coefficients
        return coefficients(names, value, covariance, known.df, self.n, known.level)

    def predict(self, frame: Any = None, *, scale: str = "response") -> Estimates:
        """A prediction for every row of a frame, or of those of the model (R ``predict.svyglm``).

        The standard error is that of the expected outcome, not of one more answer. ``lower`` and ``upper``
        lie symmetrically around it on the ``scale`` asked: "response", the outcome's own, or "link".

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3, 5], "x": [0, 1, 2, 3], "w": [1.0] * 4})
        >>> model = Sample.from_frame(rows, weight="w").glm("y ~ x")
        >>> round(model.predict(pl.DataFrame({"x": [4]})).frame["estimate"].item(), 6)
        6.0
        """
        known = self.coefficients
        return predictions(self._fit, frame, scale, known.df, known.level)

    def joint(self, *terms: str, method: str = "wald", null: float | Sequence[float] = 0.0) -> Joint:
        """Whether all coefficients of one or more terms may be 0 (R ``regTermTest``).

        Degrees of freedom are those of the model.

        :param method: "wald", an F test, or "lrt", the likelihood ratio test of Rao and Scott: the model is
            fitted again without the terms, and p comes from a sum of chi-squares by saddlepoint; "working",
            Wald's quantity as if rows had been drawn singly, with p as of "lrt".
        :param null: what the coefficients may be in place of 0, of all or of each; not of "lrt".

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 3, 5, 5], "g": ["a", "b", "c"] * 2, "w": [1.0] * 6})
        >>> found = Sample.from_frame(rows, weight="w").glm("y ~ g").joint("g")
        >>> found.df
        (2.0, 3.0)
        """
        return joint(self._fit, terms, self.coefficients.df, method, null)

    def profile(self, level: float = 0.95) -> pl.DataFrame:
        """Intervals of the coefficients by the profile of the likelihood: ``measure``, ``estimate``,
        ``lower`` and ``upper``; null where the likelihood has no end on that side.

        A coefficient is held where the deviance lost, with all others fitted again, is ``t²`` times its
        design effect (Rao and Scott). R ``confint(method="likelihood")`` reads that off a spline, and divides
        by the dispersion too.

        :raises ThuisError: a level outside 0 to 1, or no degrees of freedom.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [0, 1, 0, 1, 1, 0], "x": [0, 1, 2, 3, 4, 1], "w": [1.0] * 6})
        >>> model = Sample.from_frame(rows, weight="w").glm("y ~ x", family="binomial")
        >>> model.profile().select(pl.col("lower", "upper").round(3)).row(1)
        (-0.183, 4.355)
        """
        names = self.coefficients.frame["measure"].to_list()
        return profiled(self._fit, names, self.coefficients.df, level)

    def aic(self, penalty: float = 2.0) -> Criterion:
        """Akaike's criterion under the design, to compare models of the same rows: less is better.

        The deviance (of a linear model minus twice the greatest log likelihood) and ``penalty`` for every
        parameter, counted by its design effect (Lumley and Scott 2015, J. Surv. Stat. Methodol. 3: 1; R
        ``AIC.svyglm``, of linear models that of 4.2 and later).

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [0, 1, 0, 1, 1, 0], "x": [0, 1, 2, 3, 4, 1], "w": [1.0] * 6})
        >>> found = Sample.from_frame(rows, weight="w").glm("y ~ x", family="binomial").aic()
        >>> round(found.value, 4), round(found.parameters, 4)
        (6.5859, 0.4792)
        """
        return aic(self._fit, penalty)

    def bic(self, largest: Model) -> Criterion:
        """Schwarz's criterion under the design, beside that of the largest model thought of (R ``BIC``).

        :param largest: a model of the same rows with all terms of this one; its own criterion has itself.
        :raises ThuisError: a model without some coefficient of this one, or of other rows.
        """
        if not isinstance(largest, Model):
            raise ThuisError(
                f"a {type(largest).__name__} is no model", expected="the largest model: glm(...)"
            )
        names = self.coefficients.frame["measure"].to_list(), largest.coefficients.frame["measure"].to_list()
        return bic(largest._fit, names, (self.n, largest.n))

    def r_squared(self, way: str = "deviance") -> float:
        """How much of the outcome the model tells, 0 to 1.

        :param way: "deviance": the share of the weighted deviance that is gone, of a linear model R² itself
            (Stata ``svy: regress``, SAS SURVEYREG; of a logistic one McFadden's); "cox-snell" or "nagelkerke"
            (Lumley 2017, Aust. N. Z. J. Stat. 59: 401; R ``psrsq``).

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3, 6], "x": [0, 1, 2, 3], "w": [1.0] * 4})
        >>> round(Sample.from_frame(rows, weight="w").glm("y ~ x").r_squared(), 4)
        0.9143
        """
        return r_squared(self._fit, way)

    def __repr__(self) -> str:
        return f"{self.family} model of {self.formula}, {self.n:,} rows\n{self.coefficients!r}"


def glm(
    sample: Surveyed,
    formula: str,
    family: str,
    level: float,
    link: str | None = None,
    df: str | float = "model",
) -> Model:
    """See :meth:`thuis.survey.Sample.glm`."""
    own = parse(formula)
    if family in SHARES:
        sample = as_share(sample, own.outcome)
    return fitted(sample, own, family, level, formula, link, df)


SHARES = frozenset({"binomial", "quasibinomial"})


def as_share(sample: Surveyed, outcome: Factor) -> Surveyed:
    """The sample in which an outcome of two words is 0 for the first and 1 for the second.

    :raises ThuisError: other than two answers.
    """
    name, types = outcome.column, sample.table.types
    if name not in types or not types[name].upper().startswith(TEXT) or not outcome.plain:
        return sample
    answers = levels(sample, name)
    if len(answers) != 2:
        raise ThuisError(
            f"{name!r} has {len(answers)} answers in words",
            expected="two, of which the second counts as 1, or 1 and 0",
            step=f"name the answer that counts: \"{name} == '{answers[-1] if answers else '...'}' ~ ...\"",
        )
    dialect = sample.table.dialect
    value, one = dialect.value(name, types), dialect.literal(answers[1])
    return sample.mutate(
        **{name: f"CASE WHEN ({value}) IS NOT NULL THEN CAST(({value}) = {one} AS INTEGER) END"}
    )


def fitted(
    sample: Surveyed,
    formula: Formula,
    family: str,
    level: float,
    text: str,
    link: str | None = None,
    df: str | float = "model",
) -> Model:
    """A model of a formula; ``text`` is how it names itself."""
    types = sample.table.types
    problems = [] if _freedom(df) else [unknown("df", df, ("model", "design"))]
    problems += unknowns("column", formula.columns, types)
    problems += _outcome(types, formula.outcome.column)
    try:
        kind = family_of(family, link)
    except ThuisError as error:
        problems += error.problems
    raise_all(problems)
    formula = formula.resolved(types)
    if passes.goes(sample) and not formula.bases:
        return _away(sample, formula, (family, link), level, text, df)
    held, labels, levels = _held(sample, formula, family, kind)
    fit, empty = held.fit, held.rows.clear()
    # As R: the design of the rows in use, less a degree of freedom for every slope.
    left = _left(sample, freedom_of(sample, fit.unit), len(fit.beta), df)
    of = Fitted(fit.beta, kind, formula, levels, fit.covariance(), empty, lambda: held)
    made = coefficients(labels, fit.beta, of.covariance, left, held.rows.height, level)
    return Model(text, family, held.rows.height, made, of)


def _held(sample: Surveyed, formula: Formula, family: str, kind: Family) -> tuple[Held, list[str], Levels]:
    """A model of rows in memory, the names of its coefficients, and the answers of its categories."""
    columns = formula.columns
    rows, inside, known = answered(sample, columns)
    used = rows.select(columns).filter(known)
    # Curves bend where all rows of the subset say, those without an outcome too, as R.
    levels = levels_of(used.get_column, formula) | bases_of(rows.filter(inside).get_column, formula)
    labels, x = matrix(used, formula, levels)
    y, offset = formula.outcome.numbers(used), formula.offset(used)
    raise_all(_infinite([formula.outcome.label], y[:, None]) + _infinite(labels, x))
    raise_all(_infinite(["offset"], offset[:, None]))
    _above(formula, family, int((y <= 0).sum()) if family in POSITIVE else 0)
    fit = regression(sample, rows, known, kind, y, x, offset)
    size = float(rows[sample.weight].filter(inside).cast(pl.Float64).to_numpy().mean())
    return Held(fit, used, size), labels, levels


def _away(
    sample: Surveyed,
    formula: Formula,
    family: tuple[str, str | None],
    level: float,
    text: str,
    df: str | float,
) -> Model:
    """A model fitted where the rows are; they are fetched when a question needs them."""
    found = passes.away(sample, formula, *family)
    names = [formula.outcome.label, *found.labels, "offset"]
    raise_all([_no_number(name, many) for name, many in zip(names, found.bad.tolist(), strict=True) if many])
    _above(formula, family[0], found.low if family[0] in POSITIVE else 0)
    beta, covariance, freedom = found.solve()
    kind = family_of(*family)

    @cache
    def held() -> Held:
        return _held(sample, formula, family[0], kind)[0]

    made = coefficients(found.labels, beta, covariance, _left(sample, freedom, len(beta), df), found.n, level)
    of = Fitted(beta, kind, formula, found.levels, covariance, found.empty, held)
    return Model(text, family[0], found.n, made, of)


def _freedom(df: object) -> bool:
    number = isinstance(df, int | float) and not isinstance(df, bool) and df > 0
    return number or (isinstance(df, str) and df in ("model", "design"))


def _left(sample: Surveyed, used: float, slopes: int, df: str | float) -> float:
    """Degrees of freedom of tests, from those of the rows in use."""
    if df == "model":
        return max(used + 1 - slopes, 0.0)
    return sample.df if isinstance(df, str) else float(df)


def _above(formula: Formula, family: str, low: int) -> None:
    if low:
        raise ThuisError(
            f"{formula.outcome.label} is 0 or less in {low} rows",
            expected=f"answers above 0, for family {family}",
        )


def _outcome(types: Mapping[str, str], name: str) -> list[Problem]:
    kind = types.get(name, "DOUBLE")
    if not no_number(kind):
        return []
    return [
        Problem(
            f"column {name!r} holds {kind}",
            expected="numbers",
            step="make a column of 1 and 0 for the answers that count",
        )
    ]


def _infinite(names: Sequence[str], values: Floats) -> list[Problem]:
    # A sum is finite unless a number is not, or all are huge: most models need no look at every number.
    with np.errstate(all="ignore"):
        if np.isfinite(values.sum()):
            return []
    bad = (~np.isfinite(values)).sum(axis=0)
    return [_no_number(name, count) for name, count in zip(names, bad, strict=True) if count]


def _no_number(name: str, many: int) -> Problem:
    return Problem(f"{name} is no number in {many} rows", step="leave those rows out with subset()")
