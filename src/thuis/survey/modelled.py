"""``Modelled``: a sample, and the questions to it that fewer ask: other models, tables of cells, curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from thuis.survey.again import Statistic, replicated_statistic
from thuis.survey.agreement import alpha, kappa
from thuis.survey.core.surveyed import Names, names_of
from thuis.survey.estimates import Contrast, Estimates
from thuis.survey.models.components import Components, components
from thuis.survey.models.factors import Factors, factors
from thuis.survey.models.instrumental import instrumental
from thuis.survey.models.lifetimes import lifetimes
from thuis.survey.models.loglinear import LogLinear, loglinear
from thuis.survey.models.own import Function, nonlinear, own_likelihood
from thuis.survey.models.smooth import smooth
from thuis.survey.models.terms import expressions
from thuis.survey.survival import Spell
from thuis.survey.timed import Timed


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Modelled(Timed):
    """Rows with their design. ``level`` is that of intervals, ``columns`` those that a function reads."""

    def instrumental(self, formula: str, *, level: float = 0.95) -> Estimates:
        """A linear model with instruments, by two-stage least squares (R ``svyivreg``).

        :param formula: ``y ~ a + b | z + b``: behind the bar what tells of the terms, those from outside
            among them.
        :raises ThuisError: fewer instruments than coefficients, or some that tell nothing of a term.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 5], "x": [1.0, 3, 3, 5], "z": [0, 0, 1, 1], "w": [1.0] * 4})
        >>> found = Sample.from_frame(rows, weight="w").instrumental("y ~ x | z")
        >>> found.frame["estimate"].round(6).to_list()
        [-1.5, 1.5]
        """
        return instrumental(self, formula, level)

    def loglinear(self, formula: str, *, level: float = 0.95) -> LogLinear:
        """A log-linear model of the cells of a table (R ``svyloglin``).

        :param formula: the columns of the table, ``a + b`` when they go together by chance alone, ``a * b``.
        :raises ThuisError: a column of one answer, too many cells, terms without any row.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"a": [0, 0, 1, 1] * 3, "b": [0, 1, 0, 1] * 3, "w": [1.0, 2, 2, 1] * 3})
        >>> sample = Sample.from_frame(rows, weight="w")
        >>> found = sample.loglinear("a + b").versus(sample.loglinear("a * b"))
        >>> round(found.deviance, 4), round(found.p, 4)
        (1.3592, 0.2614)
        """
        return loglinear(self, formula, level)

    def lifetimes(
        self, time: str, event: str, terms: str, *, distribution: str = "weibull", level: float = 0.95
    ) -> Estimates:
        """A parametric model of times until an event (R ``svysurvreg``); the logarithm of its scale is last.

        :param terms: the right side of a formula, ``a + C(b) + a:c``, or ``1``.
        :param distribution: "weibull", "exponential", "lognormal" or "loglogistic" of the time, or "gaussian"
            or "logistic"; of the first four coefficients multiply the time: ``found.exponents()``.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"t": [1.0, 2, 3, 4], "died": [1, 1, 1, 0], "w": [1.0] * 4})
        >>> sample = Sample.from_frame(rows, weight="w")
        >>> found = sample.lifetimes("t", "died", "1", distribution="exponential")
        >>> round(found.exponents().frame["estimate"].item(), 6)
        3.333333
        """
        of = self.knowing(expressions(f"{time} ~ {terms}", self.table.types))
        return lifetimes(of, Spell(time, event), terms, distribution, level)

    def components(self, columns: Names, *, scale: bool = True) -> Components:
        """Principal components of several columns, of the weighted correlations, or covariances.

        :param scale: every column counts as much as the others; otherwise for its variance.
        :raises ThuisError: fewer than two columns, one without numbers or with one answer.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "w": [1.0] * 4})
        >>> [round(each, 6) for each in Sample.from_frame(rows, weight="w").components(["a", "b"]).share]
        [1.0, 0.0]
        """
        return components(self, names_of(columns), scale=scale)

    def factors(
        self, columns: Names, many: int = 1, *, rotation: str = "varimax", size: str = "effective"
    ) -> Factors:
        """Factors that columns have in common, by maximum likelihood of their weighted correlations
        (R ``svyfactanal``).

        :param many: how many factors.
        :param rotation: "varimax", or "none".
        :param size: for how many rows the sample counts when it is tested whether so many factors are
            enough: "effective", the harmonic mean of what every variance says, "least" of these, "design",
            its degrees of freedom, "rows", or "none" for no test.
        :raises ThuisError: fewer than three columns, more factors than these can tell apart.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = {"a": [1.0, 2, 3, 4, 6, 2, 5], "b": [1.0, 3, 2, 5, 6, 1, 3], "c": [2.0, 2, 3, 3, 5, 4, 3]}
        >>> rows = pl.DataFrame(rows)
        >>> found = Sample.from_frame(rows.with_columns(w=1.0), weight="w").factors(["a", "b", "c"])
        >>> found.loadings["factor 1"].round(2).to_list(), found.df, found.p
        ([1.0, 0.82, 0.67], 0, None)
        """
        return factors(self, names_of(columns), many, rotation, size)

    def smooth(self, formula: str, *, bandwidth: float, points: int = 401) -> pl.DataFrame:
        """A curve through a sample by local straight lines, or a density (R ``svysmooth``).

        :param formula: ``y ~ x``, or the name of one column for its density.
        :param bandwidth: the standard deviation of the normal curve by which nearer rows count more.
        :param points: at which the curve is given, from the least to the greatest answer.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"x": [0.0, 1, 2, 3, 4], "y": [1.0, 3, 5, 7, 9], "w": [1.0] * 5})
        >>> Sample.from_frame(rows, weight="w").smooth("y ~ x", bandwidth=2, points=5)["y"].round(6).to_list()
        [1.0, 3.0, 5.0, 7.0, 9.0]
        """
        return smooth(self, formula, bandwidth, points)

    def nonlinear(
        self,
        outcome: str,
        function: Function,
        start: Mapping[str, float],
        columns: Names = None,
        *,
        level: float = 0.95,
    ) -> Estimates:
        """A curve of one's own through an outcome, by least squares (R ``svynls``).

        :param function: of the answers, ``rows["x"]``, and parameters, ``at["a"]``, to what is expected of
            every row; with functions of numpy that take complex numbers.
        :param start: a guess at every parameter.
        :raises ThuisError: a function that fails or has no derivative, or that does not converge.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 8], "x": [0, 1, 2, 3], "w": [1.0] * 4})
        >>> sample = Sample.from_frame(rows, weight="w")
        >>> curve = lambda rows, at: at["a"] * at["b"] ** rows["x"]
        >>> found = sample.nonlinear("y", curve, {"a": 2, "b": 1}, "x")
        >>> found.frame["estimate"].round(6).to_list()
        [1.0, 2.0]
        """
        return nonlinear(self, outcome, function, start, names_of(columns), level)

    def likelihood(
        self, function: Function, start: Mapping[str, float], columns: Names, *, level: float = 0.95
    ) -> Estimates:
        """Parameters that make a likelihood of one's own greatest (R ``svymle``).

        :param function: as of :meth:`nonlinear`, to the logarithm of the likelihood of every row.
        :param start: a guess at every parameter.

        >>> import numpy as np
        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3], "w": [1.0] * 3})
        >>> found = Sample.from_frame(rows, weight="w").likelihood(
        ...     lambda rows, at: np.log(at["rate"]) - at["rate"] * rows["y"], {"rate": 1}, "y"
        ... )
        >>> round(found.frame["estimate"].item(), 6)
        0.5
        """
        return own_likelihood(self, function, start, names_of(columns), level)

    def kappa(self, first: str, second: str, *, level: float = 0.95) -> Contrast:
        """Cohen's kappa of two columns, by the delta method (R ``svykappa``).

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 1, 1], "w": [1.0] * 4})
        >>> Sample.from_frame(rows, weight="w").kappa("a", "b").estimate
        0.5
        """
        return kappa(self.knowing((), (first, second)), first, second, level)

    def alpha(self, columns: Names, *, level: float = 0.95) -> Contrast:
        """Cronbach's alpha of several columns over rows that know all (R ``svycralpha``, which has no error).

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 4, 3], "w": [1.0] * 4})
        >>> round(Sample.from_frame(rows, weight="w").alpha(["a", "b"]).estimate, 4)
        0.8889
        """
        return alpha(self.knowing(names_of(columns)), names_of(columns), level)

    def statistic(self, function: Statistic, columns: Names, *, level: float = 0.95) -> Estimates:
        """Any statistic, computed anew with every replicate weight (R ``withReplicates``).

        :param function: of weights (numpy) and rows (Polars, with ``columns``) to a number, several, or
            ``{name: number}``.
        :raises ThuisError: a sample without replicate weights, a function that fails.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3, 6], "w": [1.0] * 4})
        >>> sample = Sample.from_frame(rows, weight="w").replicated("JK1")
        >>> found = sample.statistic(lambda w, rows: float(w @ rows["y"].to_numpy() / w.sum()), "y")
        >>> found.frame["estimate"].item(), round(found.frame["se"].item(), 4)
        (3.0, 1.0801)
        """
        return replicated_statistic(self, function, names_of(columns), level)
