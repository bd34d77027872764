"""Average marginal effects of a fitted model, and their covariance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import ThuisError, raise_all, unknown, unknowns
from thuis.survey.core.typed import expression
from thuis.survey.core.variance import Floats
from thuis.survey.models.families import Family
from thuis.survey.models.regression import Fit
from thuis.survey.models.terms import Formula, Levels, matrix, named


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Effects of a variable: each is a mean over people of ``each``, people x effects."""

    names: list[str]
    each: Callable[[Floats], Floats]
    gradient: Callable[[Floats, Floats], Floats]

    def value(self, beta: Floats, share: Floats) -> Floats:
        """The effects under coefficients, people counted by their share."""
        return np.asarray(share @ self.each(beta))


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The fit of a model and the rows it was fitted on.

    ``size`` is the mean weight of the rows asked, those without an answer too (R scales likelihoods by it).
    """

    fit: Fit
    rows: pl.DataFrame
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A fitted model; ``levels`` are the answers of its categories, ``empty`` its columns without rows.

    :param held: the rows, which are fetched when a question needs them.
    """

    beta: Floats
    family: Family
    formula: Formula
    levels: Levels
    covariance: Floats
    empty: pl.DataFrame
    held: Callable[[], Held]

    @property
    def fit(self) -> Fit:
        """The fit on the rows."""
        return self.held().fit

    @property
    def rows(self) -> pl.DataFrame:
        """The rows it was fitted on."""
        return self.held().rows

    @property
    def size(self) -> float:
        """The mean weight of the rows asked."""
        return self.held().size

    def effects(self, variable: str, *, unconditional: bool = False) -> tuple[list[str], Floats, Floats]:
        """Names of the effects of a variable, the effects, and their covariance.

        :param unconditional: count the people averaged over as sampled too, not as fixed.
        :raises ThuisError: a variable that is not in the model, or in it as a number and as a category.
        """
        return self._varied(self._effects(variable), unconditional=unconditional)

    def _varied(self, found: Effects, *, unconditional: bool) -> tuple[list[str], Floats, Floats]:
        fit = self.fit
        share = fit.weight / fit.weight.sum()
        value, gradient = found.value(fit.beta, share), found.gradient(fit.beta, share)
        if not unconditional:
            return found.names, value, gradient @ self.covariance @ gradient.T
        if fit.influence is None:
            assert fit.replicated is not None
            again = [
                found.value(beta, own / own.sum())
                for beta, own in zip(fit.replicated, fit.weights(), strict=True)
            ]
            return found.names, value, fit.deviations(np.array(again), value)
        people = (found.each(fit.beta) - value) / fit.weight.sum()
        return found.names, value, fit.spread(people + fit.influence @ gradient.T)

    def means(self, variable: str, people: str) -> tuple[list[str], Floats, Floats]:
        """Names of the answers, the mean prediction with each, and their covariance; see ``Model.means``."""
        raise_all(unknowns("people", [people], ("fixed", "sampled", "apart")))
        own = {each.categorical for term in self.formula.terms for each in term if each.column == variable}
        if own != {True}:
            there = [name for name in self.levels if name != variable]
            raise ThuisError(unknown("category of the model", variable, there))
        self._alone(variable)
        found = self._levels(variable)
        if people != "apart":
            return self._varied(found, unconditional=people == "sampled")
        names, value, covariance = self._varied(found, unconditional=False)
        fit = self.fit
        if fit.influence is not None:
            return names, value, covariance + fit.spread((found.each(fit.beta) - value) / fit.weight.sum())
        each = found.each(fit.beta)
        again = np.array([own @ each / own.sum() for own in fit.weights()])
        return names, value, covariance + fit.deviations(again, value)

    def without_offset(self) -> None:
        """Refuse a model with an offset, whose people differ by more than their answers.

        :raises ThuisError: it has one.
        """
        if self.formula.offsets:
            raise ThuisError(
                "effects, adjusted means and likelihood ratios of a model with an offset",
                step='ask predict() of the rows you mean, or joint(method="wald")',
            )

    def _levels(self, variable: str) -> Effects:
        """The mean prediction with each answer to a category."""
        kind, of = self.empty.schema[variable], self.family
        sides = [
            self._matrix(self.rows.with_columns(pl.lit(value, dtype=kind).alias(variable)))
            for value in self.levels[variable]
        ]
        return Effects(
            [named(value) for value in self.levels[variable]],
            lambda beta: np.column_stack([of.mean(side @ beta) for side in sides]),
            lambda beta, share: np.array([(share * of.slope(side @ beta)) @ side for side in sides]),
        )

    def _effects(self, variable: str) -> Effects:
        self._alone(variable)
        own = [each for term in self.formula.terms for each in term if each.column == variable]
        kinds = {each.categorical for each in own}
        if not kinds:
            raise ThuisError(unknown("variable of the model", variable, self.formula.columns[1:]))
        if len(kinds) > 1:
            raise ThuisError(f"{variable!r} is a number and a category in one model")
        if kinds == {True}:
            return self._steps(variable)
        return self._speed(variable, curved=not all(each.plain for each in own))

    def _alone(self, variable: str) -> None:
        """Refuse a variable that also stands in an expression, which is a column of its own."""
        every = {each.column for term in self.formula.terms for each in term}
        hidden = [each for each in every if expression(each, [variable])]
        if hidden:
            raise ThuisError(
                f"{variable!r} also stands in {hidden[0]!r}, which is a column of its own here",
                step=f"ask predict() of rows that differ in {variable!r}, or write I(a ** 2), log(a)",
            )

    def _steps(self, variable: str) -> Effects:
        """Of a category: the mean prediction with each answer, less that with the first."""
        first, *others = self.levels[variable]
        if not others:
            raise ThuisError(f"{variable!r} has one answer, {first!r}", expected="two or more")
        kind = self.empty.schema[variable]
        base, *sides = (
            self._matrix(self.rows.with_columns(pl.lit(value, dtype=kind).alias(variable)))
            for value in (first, *others)
        )
        of = self.family

        def each(beta: Floats) -> Floats:
            start = of.mean(base @ beta)
            return np.column_stack([of.mean(side @ beta) - start for side in sides])

        def gradient(beta: Floats, share: Floats) -> Floats:
            start = (share * of.slope(base @ beta)) @ base
            return np.array([(share * of.slope(side @ beta)) @ side - start for side in sides])

        return Effects([f"{named(value)} - {named(first)}" for value in others], each, gradient)

    def _speed(self, variable: str, *, curved: bool) -> Effects:
        """Of a number: the mean of ``d mean / d variable``."""
        x, of = self._matrix(self.rows), self.family
        number = self.rows[variable].cast(pl.Float64)
        size = number.abs().clip(1e-300)
        # Plain columns are at most of the second degree, where any difference is the derivative; others take
        # a difference small beside each number, with the next term of its error out (Richardson 1911).
        step = size * 1e-3 if curved else pl.repeat(float(str(size.max())), len(size), eager=True)
        moved = self._moved(variable, number, step)
        if curved:
            moved = (4 * self._moved(variable, number, step / 2) - moved) / 3

        def each(beta: Floats) -> Floats:
            return np.asarray(of.slope(x @ beta) * (moved @ beta))[:, None]

        def gradient(beta: Floats, share: Floats) -> Floats:
            eta = x @ beta
            bent = (share * of.bend(eta) * (moved @ beta)) @ x
            return np.asarray(bent + (share * of.slope(eta)) @ moved)[None]

        return Effects([variable], each, gradient)

    def _moved(self, variable: str, number: pl.Series, step: pl.Series) -> Floats:
        up, down = (
            self._matrix(self.rows.with_columns(each.alias(variable)))
            for each in (number + step, number - step)
        )
        return np.asarray((up - down) / (2 * step.to_numpy())[:, None])

    def _matrix(self, rows: pl.DataFrame) -> Floats:
        self.without_offset()
        return matrix(rows, self.formula, self.levels)[1]
