"""Regression on a sample: the library svy fits, the result speaks our words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.checks import NO_NUMBER
from thuis.survey.covariance import Fixed
from thuis.survey.effects import Fitted
from thuis.survey.estimates import Estimates
from thuis.survey.intervals import t_test
from thuis.survey.regression import regression
from thuis.survey.terms import levels_of, matrix, parse, resolved
from thuis.survey.used import freedom, in_use, rows_of
from thuis.survey.variance import Floats

if TYPE_CHECKING:
    from thuis.survey.sample import Sample

FAMILIES = ("gaussian", "binomial", "poisson")
SINGLE = {"adjust": "center", "certainty": "self_representing", "remove": "skip"}


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A fitted model; ``coefficients`` are estimates, on the scale of the link, with their covariances."""

    formula: str
    family: str
    n: int
    coefficients: Estimates
    _fit: Any = field(repr=False)

    def margins(self, variable: str) -> Estimates:
        """Average marginal effects of a variable on the outcome's own scale.

        Of a category: the mean over the sample of the prediction with it, less that with the first category.
        Of a number: the mean slope. Standard errors by the delta method.
        """
        if isinstance(self._fit, Fitted):
            names, effect, covariance = self._fit.effects(variable)
            spread, known = np.sqrt(np.diag(covariance)), self.coefficients
            return coefficients(names, effect, spread, covariance, known.df, self.n, known.level)
        found = self._fit.margins(variables=[variable])
        rows = found.to_polars()
        return coefficients(
            [_whole(each) for each in rows["contrast" if "contrast" in rows.columns else rows.columns[0]]],
            rows["margin"].to_numpy(),
            rows["se"].to_numpy(),
            None,
            self.coefficients.df,
            self.n,
            self.coefficients.level,
        )

    def __repr__(self) -> str:
        return f"{self.family} model of {self.formula}, {self.n:,} rows\n{self.coefficients!r}"


def glm(sample: Sample, formula: str, family: str, level: float) -> Model:
    """See :meth:`thuis.survey.Sample.glm`."""
    outcome, terms = parse(formula)
    names = list(dict.fromkeys(name for term in terms for name, _ in term))
    table = sample.table
    problems = [unknown("column", name, table.types) for name in (outcome, *names) if name not in table.types]
    if table.types.get(outcome, "DOUBLE").upper().startswith(NO_NUMBER):
        problems.append(Problem(f"column {outcome!r} holds {table.types[outcome]}", expected="numbers"))
    if family not in FAMILIES:
        problems.append(unknown("family", family, FAMILIES))
    raise_all(problems)
    text = {name for name in names if table.types[name].upper().startswith(("VARCHAR", "ENUM", "BOOL"))}
    text |= {name for term in terms for name, categorical in term if categorical}
    stages = len(sample.columns.psu) > 1 and bool(sample.columns.fpc)
    own = sample.replicates, sample.calibration, sample.domain
    # svy is told of none of these.
    if stages or sample.columns.lonely == "average" or any(each is not None for each in own):
        return _own(sample, formula, family, level)
    import svy

    rows = to_svy(sample, [outcome, *names])
    x = [_feature(svy, term, text) for term in terms]
    try:
        fit = rows.glm.fit(outcome, x=x, family=family, alpha=1 - level)
    except svy.SvyError as error:
        raise ThuisError(Problem(f"{formula!r} cannot be fitted: {error}")) from error
    found, fitted = fit.to_polars(), fit.fitted
    made = coefficients(
        ["intercept" if each == "_intercept_" else _whole(each) for each in found["term"].to_list()],
        found["estimate"].to_numpy(),
        found["std_err"].to_numpy(),
        np.asarray(fitted.cov_matrix),
        float(found["df"][0]),
        int(fitted.stats.n),
        level,
    )
    return Model(formula, family, int(fitted.stats.n), made, fit)


def _own(sample: Sample, formula: str, family: str, level: float) -> Model:
    """A model on a design that svy does not treat as R does, or is not told of."""
    outcome, terms = parse(formula)
    terms = resolved(terms, sample.table.types)
    columns = list(dict.fromkeys([outcome, *(name for term in terms for name, _ in term)]))
    rows, inside = rows_of(sample, columns)
    known = (
        inside
        & rows.select(pl.all_horizontal(pl.col(columns).is_not_null(), pl.col(sample.weight) > 0)).to_series()
    )
    used = rows.filter(known)
    levels = levels_of(used, terms)
    labels, x = matrix(used, terms, levels)
    y = used[outcome].cast(pl.Float64).to_numpy()
    beta, covariance = regression(sample, rows, known, family, y, x)
    df = max(freedom(in_use(sample, columns)) + 1 - len(beta), 0.0)
    se = np.sqrt(np.diag(covariance))
    made = coefficients(["intercept", *labels], beta, se, covariance, df, used.height, level)
    weight = used[sample.weight].cast(pl.Float64).to_numpy()
    fit = Fitted(family, used.select(columns), weight, terms, levels, beta, covariance)
    return Model(formula, family, used.height, made, fit)


def _feature(svy: Any, term: Sequence[tuple[str, bool]], text: set[str]) -> Any:
    parts = [svy.Cat(name) if name in text else name for name, _ in term]
    return parts[0] if len(parts) == 1 else svy.Cross(*parts)


def to_svy(sample: Sample, columns: Sequence[str]) -> Any:
    """The sample, of one stage without replicates, as svy holds it, with these columns."""
    import svy

    design = sample.columns
    wanted = list(dict.fromkeys([*columns, design.weight, *design.strata, *design.psu, *design.fpc]))
    value, quote = sample.table.dialect.value, sample.table.dialect.quote
    names = ", ".join(f"{value(each, sample.table.types)} AS {quote(each)}" for each in wanted)
    rows = sample.table.query(f"SELECT {names} FROM {sample.table.dialect.source}")
    parts: dict[str, Any] = {"wgt": design.weight}
    if design.strata:
        rows = rows.with_columns(_joined(design.strata).alias("__stratum"))
        parts["stratum"] = "__stratum"
    if design.psu:
        rows = rows.with_columns(_joined((*design.strata, design.psu[0])).alias("__psu"))
        parts["psu"] = "__psu"
    if design.fpc:
        parts["pop_size"] = "__fpc"
        rows = rows.with_columns(_population(rows, design.fpc[0]).alias("__fpc"))
    if design.lonely in SINGLE:
        parts["singleton"] = SINGLE[design.lonely]
    return svy.Sample(rows, svy.Design(**parts))


def _joined(names: Sequence[str]) -> pl.Expr:
    return pl.concat_str([pl.col(name).cast(pl.String) for name in names], separator="\x1f")


def _population(rows: pl.DataFrame, fpc: str) -> pl.Series:
    """Units in the population: sampled units over the fraction when fractions were given."""
    values = rows[fpc].cast(pl.Float64)
    if float(str(values.max())) > 1:
        return values
    strata = "__stratum" if "__stratum" in rows.columns else None
    units = pl.col("__psu").n_unique() if "__psu" in rows.columns else pl.len()
    counted = rows.select(units.over(strata) if strata else units.alias("n"))
    n = counted.to_series() if strata else pl.Series([counted.item()] * rows.height)
    return n / values


def _whole(term: str) -> str:
    """A category that svy wrote as a float, as the whole number it was.

    >>> _whole("wave_2020.0")
    'wave_2020'
    """
    return re.sub(r"(?<=\d)\.0\b", "", term)


def coefficients(
    names: Sequence[str],
    value: Floats,
    se: Floats,
    covariance: Floats | None,
    df: float,
    n: int,
    level: float,
) -> Estimates:
    """Coefficients as estimates, with t tests against 0."""
    each_df = np.full(len(value), df)
    lower, upper, t, p = t_test(value, se, each_df, level)
    numbers = {"estimate": value, "se": se, "lower": lower, "upper": upper}
    frame = pl.DataFrame(
        [
            pl.Series("measure", list(names), pl.String),
            pl.Series("by", [[]] * len(value), pl.List(pl.String)),
            *(pl.Series(name, each, pl.Float64, nan_to_null=True) for name, each in numbers.items()),
            pl.Series("n", [n] * len(value), pl.Int64),
            *(
                pl.Series(name, each, pl.Float64, nan_to_null=True)
                for name, each in {"df": each_df, "t": t, "p": p}.items()
            ),
        ]
    )
    return Estimates(frame, level, df, Fixed(covariance, se))
