"""``Weighted``: a sample whose weights can be made to agree, trimmed, standardised, and replicated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from thuis.survey.core.surveyed import Names, Surveyed
from thuis.survey.models.terms import expressions
from thuis.survey.weights import balanced, calibrate, replicate


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Weighted(Surveyed):
    """Rows with their design, and what is done to their weights. Replicate weights follow each time."""

    def rake(self, totals: Mapping[Any, Mapping[Any, float]]) -> Self:
        """The sample with weights raked to the totals of several columns; variances take it into account.

        :param totals: column: value: number of units in the population, for every value in the sample.
            Several columns, a tuple, are one margin, whose values are tuples.
        :raises ThuisError: a value without total or rows, rows without a value, margins that do not agree.
        """
        return calibrate.rake(self, totals)

    def poststratify(self, columns: Names, totals: Mapping[Any, float]) -> Self:
        """The sample with weights that add up to the totals of one column, or of the cells of several.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 4.0], "sex": ["m", "f", "f"], "w": [1.0, 1.0, 1.0]})
        >>> sample = Sample.from_frame(rows, weight="w").poststratify("sex", {"m": 10, "f": 10})
        >>> sample.mean("y").frame["estimate"].item()
        2.0
        """
        return calibrate.poststratify(self, columns, totals)

    def calibrate(
        self,
        totals: Mapping[Any, Mapping[Any, float]] | None = None,
        numbers: Mapping[str, float] | None = None,
        *,
        method: str = "linear",
        bounds: tuple[float, float] | None = None,
        together: Names = None,
        variance: str | None = None,
    ) -> Self:
        """The sample with weights calibrated (GREG) to totals of categories and numbers (R ``calibrate``).

        Deville and Särndal (1992, JASA 87: 376); the variance is that of residuals whatever the method.

        :param method: "linear", "raking" (weights stay above 0) or "logit" (within ``bounds``).
        :param bounds: the least and greatest ratio of new to old weight, such as ``(0.3, 3)``.
        :param together: units whose rows all get one factor, such as households (R ``aggregate.stage``).
        :param variance: a column to which the variance of outcomes is proportional: with one number and this
            column the same, the ratio estimator.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3, 4], "x": [1.0, 2, 3, 4], "w": [1.0] * 4})
        >>> made = Sample.from_frame(rows, weight="w").calibrate(numbers={"x": 12}, variance="x")
        >>> round(made.total("y").frame["estimate"].item(), 6)
        12.0
        """
        return calibrate.calibrate(self, totals or {}, numbers or {}, method, bounds, together, variance)

    def trim(self, lower: float = 0.0, upper: float = float("inf"), *, strict: bool = False) -> Self:
        """The sample with weights no lower and no higher, the rest shared by the others (R ``trimWeights``).

        Variances then take the weights as given: rake or calibrate again afterwards, if you did before.

        :param strict: again, until what was shared makes no weight too high. With replicate weights each is
            trimmed in the same way.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [0.0, 0.0, 1.0], "w": [1.0, 1.0, 10.0]})
        >>> Sample.from_frame(rows, weight="w").trim(upper=6).mean("y").frame["estimate"].item()
        0.5
        """
        return calibrate.trim(self, lower, upper, strict=strict)

    def standardize(
        self, columns: Names, shares: Mapping[Any, float], *, over: Names = None, known: Names = None
    ) -> Self:
        """The sample as if the cells of ``over`` all had these shares, by age say (R ``svystandardize``).

        Direct standardisation; the variance takes the shares as fixed.

        :param shares: category, or tuple of categories of several columns: share or number.
        :param known: rows that do not know these columns are left out first (R ``excluding.missing``).

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1, 0, 1, 1], "age": ["y", "o", "o", "y"], "w": [1.0, 3, 1, 1]})
        >>> made = Sample.from_frame(rows, weight="w").standardize("age", {"y": 0.6, "o": 0.4})
        >>> round(made.mean("y").frame["estimate"].item(), 6)
        0.7
        """
        return calibrate.standardize(self, columns, shares, over, known)

    def balanced(self, terms: str, on: str, *, means: bool = True, given: bool = False) -> Self:
        """The sample weighted so that ``on`` no longer goes together with the terms of a model.

        What a model, a survival curve or a table then says of the terms is adjusted for ``on`` without being
        conditional on it (R ``marginpred``: ``balanced("g", "x").glm("y ~ g").predict(...)``). Rows
        without an answer to these columns leave.

        :param terms: the right side of a formula: those of the model.
        :param on: what they are made to be alike in, written as terms too.
        :param means: of the terms stay as they are, so that groups become alike to the last digit (R of a
            ``svycoxph``); without it means may move (R of a ``svyglm`` and ``svykm``).
        :param given: variances take the new weights as given, as R of a ``svyglm``; otherwise they count that
            the weights were made of this sample.
        :raises ThuisError: ``on`` that tells nothing beside the terms, weights that cannot be found.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"g": [0, 0, 0, 1, 1, 1], "x": [0, 0, 1, 0, 1, 1], "w": [1.0] * 6})
        >>> sample = Sample.from_frame(rows, weight="w")
        >>> sample.mean("x", by="g").frame["estimate"].round(4).to_list()
        [0.3333, 0.6667]
        >>> sample.balanced("g", "x").mean("x", by="g").frame["estimate"].round(4).to_list()
        [0.5, 0.5]
        """
        names = [each for own in (terms, on) for each in expressions(f"y ~ {own}", self.table.types)]
        return balanced.balanced(self.knowing(names), terms, on, means=means, given=given)

    def replicated(
        self,
        method: str = "auto",
        *,
        replicates: int = 200,
        rho: float | None = None,
        seed: int = 1,
        hadamard: Any = None,
        mse: bool = False,
    ) -> Self:
        """The sample with replicate weights made of its design (R ``as.svrepdesign``).

        :param method: "JK1" (no strata) or "JKn", a replicate per unit of the first stage; "BRR" and "Fay",
            half-samples of pairs of units; "bootstrap" of Rao and Wu; "mrbbootstrap", Preston's of all stages
            with their finite populations; "SDR", successive differences in the order of the file; "auto" is
            the jackknife.
        :param replicates: how many, of a bootstrap, and at least, of SDR.
        :param rho: Fay's factor.
        :param seed: of the bootstrap: the same seed gives the same weights.
        :param hadamard: a matrix of 1 and -1 for half-samples, in place of one made here.
        :param mse: deviations from the estimate, not from the mean of the replicates.
        :raises ThuisError: a method that the design has no units for, a finite population or calibrated
            weights that the replicates would lose.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 4.0, 5.0], "psu": [1, 2, 3, 4], "w": [1.0] * 4})
        >>> sample = Sample.from_frame(rows, weight="w", psu="psu")
        >>> one, two = sample.mean("y").frame["se"].item(), sample.replicated().mean("y").frame["se"].item()
        >>> round(one, 12) == round(two, 12)
        True
        """
        return replicate.replicated(self, method, replicates, rho, seed, hadamard, mse=mse)
