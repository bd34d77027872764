"""``Sample``: survey rows with their design, and the estimates asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Self

from thuis.errors import Problem, raise_all, unknowns
from thuis.survey.comparisons import Test, compared
from thuis.survey.core.checks import Options, options_of
from thuis.survey.core.measures import Mean, Measure, Ratio, Total, answers_of
from thuis.survey.core.surveyed import Names, names_of
from thuis.survey.doubted import design_remarks
from thuis.survey.elsewhere import Elsewhere
from thuis.survey.estimates import Estimates
from thuis.survey.files import answers_left_out, far_remark, labelled, survey_file, texts_gone
from thuis.survey.independence import Goodness, Independence, goodness, independence
from thuis.survey.levels import joined, shares
from thuis.survey.modelled import Modelled
from thuis.survey.models.model import Model, glm
from thuis.survey.models.ordinal import multinomial, ordered_answers, ordinal
from thuis.survey.models.terms import expressions
from thuis.survey.moments import gini, moments
from thuis.survey.quantiles import quantiles
from thuis.survey.tabulate import tabulate
from thuis.survey.two_phase import of_two_phases


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sample(Modelled, Elsewhere):
    """Survey rows with weight, strata, sampling units and finite populations, and the questions to them.

    Made by :meth:`from_frame` or :meth:`from_file` (``path`` of a file). What a question takes means the same
    in all of them:

    - ``columns`` are one or several, or expressions of columns such as ``"a - b"`` and ``"log(a)"``;
      ``column``, ``first``, ``second``, ``numerator``, ``denominator``, ``rows`` and ``group`` are one, and
      ``measures`` those of :mod:`thuis.survey`;
    - ``by``: the columns whose values make the cells, one or several; the whole sample when left out;
    - ``level`` of the intervals, 0.95 unless told; ``options`` are ``level``, ``interval`` and ``df`` as of
      :meth:`tabulate`;
    - ``formula`` as of :meth:`glm`; ``time``, ``event`` and ``entry`` as of :meth:`survival`;
      ``probabilities`` are
      shares from 0 to 1; ``kind`` is that of a test.

    A column that is not there, a value that no answer has, and any ``other`` name of an option is a
    :class:`thuis.errors.ThuisError`.

    Estimates stand in a frame, a row per measure and cell; shares are from 0 to 1, and n counts rows.

    >>> import polars as pl
    >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 5], "sex": ["m", "m", "f", "f"], "w": [1.0, 1, 1, 3]})
    >>> Sample.from_frame(rows, weight="w").mean("y", by="sex").frame.select("sex", "estimate", "n").rows()
    [('f', 4.75, 2), ('m', 1.5, 2)]
    """

    _called: ClassVar = ("Sample", "sample")

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        labels: bool = False,
        encoding: str | None = None,
        delimiter: str = ",",
        decimal: str | None = None,
        thousands: str | None = None,
        sheet: str | None = None,
        **design: Any,
    ) -> Self:
        """A sample from a survey file: Parquet, CSV (.csv, .tsv, .txt), SPSS (.sav, .zsav, .por),
        Stata (.dta), SAS (.xpt, .sas7bdat) or a workbook (.xlsx, .ods, .xls).

        Answers that the file calls missing are; the rest is as stored. Other arguments are those of
        :meth:`from_frame`. Answers that a label calls "don't know", "refused" or the like are counted unless
        ``missing`` leaves them out, and a remark (:class:`thuis.errors.Remark`) says so.

        :param design: as those of :meth:`from_frame`; ``missing`` may be "labels" too: those answers.
        :param labels: answers become their labels, in the order of the codes, so that results show these; a
            column in which some answer has no label stays as stored.
        :param encoding: of a CSV, SPSS or Stata file; UTF-8, or what the file claims, when left out.
        :param delimiter: the mark between the fields of a CSV.
        :param decimal: the decimal mark of its numbers; without it ``0,85`` stays text.
        :param thousands: the mark between groups of three digits.
        :param sheet: of a workbook: the one with the respondents, when left out.
        :raises ThuisError: a file that is not there, damaged, or of another kind.
        """
        rows, unsaid, names = survey_file(
            Path(path), (encoding, delimiter, decimal, thousands, sheet), design.get("missing")
        )
        missing = answers_left_out(rows, unsaid, design.get("missing"))
        missing = texts_gone(Path(path), rows, missing)
        far_remark(rows, unsaid, missing)
        rows = design_remarks(Path(path), rows, design)
        if labels:
            rows, orders = labelled(rows, names, missing)
            missing = {name: found for name, found in (missing or {}).items() if name not in orders}
            design["order"] = {**orders, **(design.get("order") or {})}
        design["missing"] = missing
        return cls.from_frame(rows, **design)

    @classmethod
    def of_two_phases(
        cls,
        rows: Any,
        *,
        inside: str,
        first: Mapping[str, Any] | None = None,
        second: Mapping[str, Any] | None = None,
    ) -> Self:
        """A sample of a sample: rows of the first phase, of which those with a 1 in ``inside`` were drawn
        again.

        Estimates are of the rows of the second phase, with the weights of both (R
        ``twophase(method="full")``). Not there: calibration of the second phase to the first, R's methods
        "approx" and "simple".

        :param first: how the first phase was drawn: "psu" (a column per stage), "strata", and "fpc" or
            "prob" as in
            :meth:`from_frame`; rows of no end of units unless told.
        :param second: the same of the second: strata known of all rows; drawn at random within them unless
            "prob" says otherwise.
        :raises ThuisError: columns that are not there or missing, a stratum of which nobody was drawn again.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"s": [0, 0, 0, 0, 1, 1], "again": [1, 1, 0, 0, 1, 1]})
        >>> rows = rows.with_columns(y=pl.Series([1.0, 3, 0, 0, 5, 6]))
        >>> sample = Sample.of_two_phases(rows, inside="again", second={"strata": "s"})
        >>> sample.mean("y").frame.select(pl.col("estimate", "se").round(4)).row(0)
        (3.1667, 0.8949)
        """
        return of_two_phases(cls, rows, inside, first or {}, second or {})

    def answering(self, *columns: str, **changed: Any) -> Self:
        """The rows with an answer to some columns, as if nobody else had been sampled.

        Units and strata in which nobody answers leave the design, as in Stata without ``subpop()``; every
        question by itself keeps them, as R and SUDAAN.

        :param changed: of the design, as :meth:`from_frame` takes it: a stratum may be left with one unit.
        :raises ThuisError: an unknown column, a calibrated sample.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 3, None, 4], "psu": [1, 1, 2, 3], "w": [1.0] * 4})
        >>> sample = Sample.from_frame(rows, weight="w", psu="psu")
        >>> sample.df, sample.answering("y").df
        (2.0, 1.0)
        """
        types, dialect = self.table.types, self.table.dialect
        problems = unknowns("column", columns, types)
        if self.calibration is not None:
            problems.append(
                Problem("a calibrated sample", step="leave the rows out before its weights agree")
            )
        if not columns:
            problems.append(Problem("no column of which answers count"))
        raise_all(problems)
        known = " AND ".join(f"({dialect.value(name, types)}) IS NOT NULL" for name in columns)
        found = self.over(self.table.where(known), **({"replicates": self.replicates} | changed))
        return replace(found, domain=self.domain)

    def tabulate(
        self,
        measures: Sequence[Measure],
        by: Sequence[tuple[str, ...]] = ((),),
        *,
        level: float | Sequence[float] = 0.95,
        interval: str | None = None,
        df: str | float = "design",
        **other: Any,
    ) -> Estimates:
        """Every measure in every grouping, in one scan. ``()`` is the whole population.

        A row without a grouping key leaves that grouping only, one without an answer that measure only.
        ``interval`` is that of proportions (logit unless told); ``df`` "design", "domain" or a number. Of
        several levels the first is that of ``lower`` and ``upper``; of every one stand columns as
        ``lower_90`` and ``upper_90``.

        :param other: nothing: a name that is none of these is refused, with the nearest that is.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 4.0], "w": [1.0] * 3})
        >>> Sample.from_frame(rows, weight="w").mean("y", level=(0.9, 0.95)).frame.columns[-4:]
        ['lower_90', 'upper_90', 'lower_95', 'upper_95']
        """
        options_of(other)
        levels = answers_of(level)
        of = self.knowing(
            [name for each in measures for name in each.columns], [name for each in by for name in each]
        )
        if len(levels) == 1:
            return tabulate(of, measures, by, Options(levels[0], interval, df))
        found = [tabulate(of, measures, by, Options(each, interval, df)) for each in levels]
        ends = [
            each.frame[side].alias(f"{side}_{100 * each.level:g}")
            for each in found
            for side in ("lower", "upper")
        ]
        return replace(found[0], frame=found[0].frame.with_columns(ends))

    def mean(self, columns: Names, by: Names = None, **options: Any) -> Estimates:
        """Means of one or more columns, in the cells of ``by``."""
        return self.tabulate([Mean(each) for each in names_of(columns)], [names_of(by)], **options)

    def proportion(
        self,
        columns: Names,
        by: Names = None,
        *,
        values: Any = None,
        together: bool = False,
        **options: Any,
    ) -> Estimates:
        """Shares of answers that lie in ``values``, one or several, in the cells of ``by``.

        Without ``values``: of ones, or of every answer of a column that holds other ones than 0 and 1.

        :param together: shares of every combination of answers to the columns (R ``~interaction(a, b)``).

        >>> import polars as pl
        >>> rows = pl.DataFrame({"edu": ["high", "low", "low", "low"], "w": [1.0] * 4})
        >>> found = Sample.from_frame(rows, weight="w").proportion("edu").frame
        >>> found["measure"].to_list(), found["estimate"].to_list()
        (['proportion(edu = high)', 'proportion(edu = low)'], [0.25, 0.75])
        """
        of = self._told(columns, by)
        if together:
            of, columns = joined(of, names_of(columns))
        chosen = None if values is None else answers_of(values)
        return of.tabulate(shares(of, names_of(columns), chosen), [names_of(by)], **options)

    def total(self, columns: Names = None, by: Names = None, **options: Any) -> Estimates:
        """Totals of columns, or of units when none is named, in the cells of ``by``."""
        measures = [Total(each) for each in names_of(columns)] or [Total()]
        return self.tabulate(measures, [names_of(by)], **options)

    def variance(self, columns: Names, by: Names = None, **options: Any) -> Estimates:
        """Population variances of one or more columns (R ``svyvar``); ``options``: ``level``, ``df``.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "x": [2.0, 4.0, 5.0], "w": [1.0] * 3})
        >>> sample = Sample.from_frame(rows, weight="w")
        >>> sample.variance("y").frame["estimate"].item(), sample.sd("y").frame["estimate"].item()
        (1.0, 1.0)
        >>> round(sample.correlation("x", "y").frame["estimate"].item(), 4)
        0.982
        """
        return self._moments("variance", [(each, each) for each in names_of(columns)], by, options)

    def sd(self, columns: Names, by: Names = None, **options: Any) -> Estimates:
        """Population standard deviations: the roots of :meth:`variance`, by the delta method."""
        return self._moments("sd", [(each, each) for each in names_of(columns)], by, options)

    def covariance(self, first: str, second: str, by: Names = None, **options: Any) -> Estimates:
        """The population covariance of two columns over rows that know both (R ``svyvar(~a + b)``)."""
        return self._moments("covariance", [(first, second)], by, options)

    def correlation(self, first: str, second: str, by: Names = None, **options: Any) -> Estimates:
        """Pearson's correlation of two columns over rows that know both (srvyr ``survey_corr``)."""
        return self._moments("correlation", [(first, second)], by, options)

    def gini(self, columns: Names, by: Names = None, **options: Any) -> Estimates:
        """Gini coefficients, 0 (all alike) to 1, of columns of amounts; ``options``: ``level``, ``df``.

        ``sum(w_i w_j |y_i - y_j|) / (2 N Y)``, linearised by its derivative to every weight (Langel and
        Tillé 2013, J. R. Stat. Soc. A 176: 521; R ``convey::svygini``).

        >>> import polars as pl
        >>> rows = pl.DataFrame({"income": [1.0, 1.0, 2.0, 4.0], "w": [1.0] * 4})
        >>> Sample.from_frame(rows, weight="w").gini("income").frame["estimate"].item()
        0.3125
        """
        return gini(self._told(columns, by), names_of(columns), names_of(by), options_of(options))

    def goodness(self, column: str, shares: Mapping[Any, float]) -> Goodness:
        """Whether the answers are spread as given shares, or counts (R ``svygofchisq``).

        >>> import polars as pl
        >>> rows = pl.DataFrame({"a": ["x", "x", "y"] * 8, "w": [1.0] * 24})
        >>> round(Sample.from_frame(rows, weight="w").goodness("a", {"x": 2, "y": 1}).p, 6)
        1.0
        """
        return goodness(self.knowing((), [column]), column, shares)

    def quantile(
        self,
        columns: Names,
        by: Names = None,
        *,
        probabilities: float | Sequence[float] = 0.5,
        rule: str = "math",
        **options: Any,
    ) -> Estimates:
        """Quantiles, the median unless told, with Woodruff's interval and standard error.

        The interval is that of the share of answers up to the quantile ("mean" unless told, as in R), read
        back on the answers (``interval="quantile"``: of those of every replicate weight); the standard error
        is its width over ``2 t``. Covariances take the correlation of those shares.

        :param rule: "math", the least value that reaches the share; "school", halfway when two do; "sas",
            "stata", "hf1" to "hf9" and "shahvaish" as :func:`thuis.survey.quantile_rules.quantile`.
        :raises ThuisError: an option that is none, shares outside 0 to 1.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0, 9.0], "w": [1.0, 1.0, 1.0, 1.0]})
        >>> Sample.from_frame(rows, weight="w").quantile("y", rule="school").frame["estimate"].item()
        2.5
        """
        shares = answers_of(probabilities)
        of = self._told(columns, by)
        return quantiles(of, names_of(columns), shares, names_of(by), rule, options_of(options))

    def independence(self, rows: str, columns: str) -> Independence:
        """Whether two columns go together: Rao-Scott F test and adjusted Wald test (R ``svychisq``).

        >>> import polars as pl
        >>> frame = pl.DataFrame({"a": [0, 0, 1, 1] * 6, "b": [0, 1, 0, 1] * 6, "w": [1.0] * 24})
        >>> round(Sample.from_frame(frame, weight="w").independence("a", "b").p, 6)
        1.0
        """
        return independence(self.knowing((), [rows, columns]), rows, columns)

    def test(
        self,
        column: str,
        *,
        group: str | None = None,
        pair: str | None = None,
        value: float = 0.0,
        kind: str = "t",
        level: float = 0.95,
        ties: str = "middle",
    ) -> Test:
        """A test of a column: against a value, between groups, or against its ``pair`` in the same rows.

        "t" (R ``svyttest``): a contrast of means, with a degree of freedom less than the design of the rows
        in use. "wilcoxon", "van der waerden", "median" and "kruskal-wallis" (R ``svyranktest``): means of
        rank scores (Lumley and Scott 2013, Biometrika 100: 831).

        :param ties: answers that are equal share the "middle" of their ranks, or with "rows" the plain mean
            of the ranks they would have in the order of the rows, as R and svy.
        :param value: what the mean, or the difference, is compared with.
        :raises ThuisError: an unknown column, text, other than two groups.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3, 4, 5, 9], "sex": ["m", "f"] * 3, "w": [1.0] * 6})
        >>> print(Sample.from_frame(rows, weight="w").test("y", group="sex"))
        t test of y by sex: t(4) = -0.9393, p = 0.4007; -2.0000, from -7.9115 to 3.9115, n 6
        """
        of = self._told([column, *([pair] if pair else [])], group)
        return compared(of, column, (group, pair), value, kind, level, ties)

    def glm(
        self,
        formula: str,
        *,
        family: str = "gaussian",
        link: str | None = None,
        level: float = 0.95,
        df: str | float = "model",
    ) -> Model:
        """A generalised linear model with design-based standard errors (Binder 1983; R ``svyglm``).

        :param formula: ``y ~ a + C(b, ref=2) + c * d + log(e) - 1``; text columns are categories, ``C()``
            makes numbers so, compared with ``ref``; ``I(a ** 2)`` is a power, ``~ 1`` the mean alone, and
            ``offset(log(f))`` what counts with a coefficient of 1, as of rates.
        :param family: gaussian, binomial, poisson or gamma; the quasi ones are the same.
        :param link: of binomial "logit" unless told, "probit", "cloglog" or "cauchit"; of gaussian "identity"
            or "log", of gamma "log" or "inverse", of poisson "log".
        :param df: degrees of freedom: "model", those of the rows in use less one for every slope (R
            ``df.resid``); "design" (Stata, SUDAAN; R ``summary(df.resid=degf(design))``); or a number.
        :raises ThuisError: an unknown column or family, text as outcome, terms that cannot be told apart.
        """
        of = self.knowing(expressions(formula, self.table.types))
        return glm(of, formula, family, level, link, df)

    def ordinal(
        self, formula: str, order: Sequence[Any] | None = None, *, link: str = "logit", level: float = 0.95
    ) -> Estimates:
        """Ordered answers, ``P(Y <= j) = F(zeta_j - x beta)``: slopes, then the cut points between answers.

        Weighted maximum likelihood; variance of the influence values under the design, or fitted again with
        every replicate weight (R ``svyolr``).

        :param order: the answers of the outcome, from low to high; of numbers, and of categories that have an
            order, theirs unless told.
        :param link: "logit", "probit", "cloglog" or "cauchit".

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": ["no", "some", "much"] * 4, "x": [0, 1] * 6, "w": [1.0] * 12})
        >>> found = Sample.from_frame(rows, weight="w").ordinal("y ~ x", ("no", "some", "much"))
        >>> found.frame["measure"].to_list()
        ['x', 'no|some', 'some|much']
        """
        of = self.knowing(expressions(formula, self.table.types))
        return ordinal(of, formula, ordered_answers(of, formula) if order is None else order, link, level)

    def multinomial(
        self, formula: str, order: Sequence[Any] | None = None, *, level: float = 0.95
    ) -> Estimates:
        """One of several answers, ``log(P(Y = j) / P(Y = first)) = x beta_j`` (Stata ``svy: mlogit``).

        Weighted maximum likelihood; variance as of :meth:`ordinal`. ``found.exponents()`` are relative risk
        ratios, ``found.joint(rows)`` tests several at once.

        :param order: the answers, that with which the others are compared first; sorted unless told.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": ["a", "b", "b", "c"] * 3, "w": [1.0] * 12})
        >>> found = Sample.from_frame(rows, weight="w").multinomial("y ~ 1").exponents()
        >>> found.frame["measure"].to_list(), found.frame["estimate"].round(6).to_list()
        (['b: intercept', 'c: intercept'], [2.0, 1.0])
        """
        of = self.knowing(expressions(formula, self.table.types))
        return multinomial(of, formula, order, level)

    def ratio(self, numerator: Names, denominator: str, by: Names = None, **options: Any) -> Estimates:
        """The ratio of two totals, or of several to one, in the cells of ``by``."""
        measures = [Ratio(each, denominator) for each in names_of(numerator)]
        return self.tabulate(measures, [names_of(by)], **options)

    def _told(self, columns: Names, by: Names = None) -> Self:
        return self.knowing(names_of(columns), names_of(by))

    def _moments(
        self, kind: str, pairs: Sequence[tuple[str, str]], by: Names, options: Mapping[str, Any]
    ) -> Estimates:
        names = list(dict.fromkeys(name for pair in pairs for name in pair))
        return moments(self._told(names, by), kind, pairs, names_of(by), options_of(options))
