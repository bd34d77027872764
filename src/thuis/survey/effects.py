"""Average marginal effects of a fitted model, with the covariance of its coefficients (delta method)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, unknown
from thuis.survey.regression import mean_and_slope
from thuis.survey.terms import Levels, Terms, matrix
from thuis.survey.variance import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A model on the rows it was fitted on; ``levels`` are the answers of its categories."""

    family: str
    rows: pl.DataFrame
    weight: Floats
    terms: Terms
    levels: Levels
    beta: Floats
    covariance: Floats

    def effects(self, variable: str) -> tuple[list[str], Floats, Floats]:
        """Names of the effects of a variable, the effects, and their covariance.

        :raises ThuisError: a variable that is not in the model, or in it as a number and as a category.
        """
        names = [name for term in self.terms for name, _ in term]
        kinds = {categorical for term in self.terms for name, categorical in term if name == variable}
        if not kinds:
            raise ThuisError(unknown("variable of the model", variable, set(names)))
        if len(kinds) > 1:
            raise ThuisError(Problem(f"{variable!r} is a number and a category in one model"))
        if kinds == {False}:
            speed, by = self._slope(variable)
            return [variable], np.array([speed]), by[None] @ self.covariance @ by[None].T
        first, *others = self.levels[variable]
        if not others:
            raise ThuisError(Problem(f"{variable!r} has one answer, {first!r}", expected="two or more"))
        base, base_gradient = self._mean(self._with(variable, first))
        found = [self._mean(self._with(variable, each)) for each in others]
        gradient = np.array([each - base_gradient for _, each in found])
        effect = np.array([each - base for each, _ in found])
        return [f"{each} - {first}" for each in others], effect, gradient @ self.covariance @ gradient.T

    def _with(self, variable: str, value: object) -> Floats:
        kind = self.rows.schema[variable]
        return self._matrix(self.rows.with_columns(pl.lit(value, dtype=kind).alias(variable)))

    def _matrix(self, rows: pl.DataFrame) -> Floats:
        return np.column_stack([np.ones(rows.height), matrix(rows, self.terms, self.levels)[1]])

    def _mean(self, x: Floats) -> tuple[float, Floats]:
        """The mean prediction, and its gradient by the coefficients."""
        mean, slope = mean_and_slope(self.family, x @ self.beta)
        share = self.weight / self.weight.sum()
        return float(share @ mean), (share * slope) @ x

    def _slope(self, variable: str) -> tuple[float, Floats]:
        """The mean of ``d mean / d variable``, and its gradient by the coefficients."""
        x, share = self._matrix(self.rows), self.weight / self.weight.sum()
        number = self.rows[variable].cast(pl.Float64)
        far = float(np.abs(number.to_numpy()).max()) or 1.0
        # Columns are at most of the second degree in a number, where this difference is the derivative.
        up, down = (
            self._matrix(self.rows.with_columns((number + step).alias(variable))) for step in (far, -far)
        )
        moved = (up - down) / (2 * far)
        mean, slope = mean_and_slope(self.family, x @ self.beta)
        speed = moved @ self.beta
        bend = {"binomial": slope * (1 - 2 * mean), "poisson": slope}.get(self.family, np.zeros_like(mean))
        return float(share @ (slope * speed)), (share * bend * speed) @ x + (share * slope) @ moved
