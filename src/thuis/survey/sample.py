"""``Sample``: survey rows with their design, and the estimates asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey import calibration, checks, design, facts
from thuis.survey.calibration import Calibration
from thuis.survey.design import LONELY, Columns
from thuis.survey.engine.sql import Term
from thuis.survey.engine.table import Table, table_of
from thuis.survey.estimates import Estimates
from thuis.survey.independence import Independence, independence
from thuis.survey.measures import Mean, Measure, Proportion, Ratio, Total
from thuis.survey.quantiles import quantiles
from thuis.survey.replicates import Replicates, rank
from thuis.survey.tabulate import Options, tabulate
from thuis.survey.variance import Floats, Stage

if TYPE_CHECKING:
    from thuis.survey.comparisons import Test
    from thuis.survey.models import Model

Names = str | Sequence[str] | None


Stages = str | Sequence[Names] | None


def _names(value: Names) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sample:
    """Rows with weight, strata, sampling units and finite populations."""

    table: Table
    columns: Columns
    units: pl.DataFrame
    stages: tuple[Stage, ...]
    df: float
    domain: str | None = None
    replicates: Replicates | None = None
    calibration: Calibration | None = None
    _facts: facts.Facts = field(default_factory=facts.Facts)

    @classmethod
    def from_frame(  # noqa: PLR0913
        cls,
        frame: Any,
        *,
        weight: str,
        strata: Names = None,
        psu: Names = None,
        fpc: Names = None,
        nest: bool = False,
        lonely: str = "error",
        later_strata: Stages = None,
        replicates: Replicates | None = None,
    ) -> Sample:
        """A sample from Polars, pandas, Arrow, PySpark, a DuckDB relation or a Parquet file's path.

        :param strata: the stratum of the first stage; several columns are one stratum together.
        :param psu: the sampling units, one column per stage; without it every row is one.
        :param fpc: per stage, the units in the population of the stratum (of the unit before it), or the
            sampled fraction when all values are at most 1; infinity for a stage with replacement. Stages
            after the first count only with it.
        :param nest: PSU numbers start anew in each stratum, at every stage.
        :param lonely: rule for a stratum with one PSU, as R's ``survey.lonely.psu``.
        :param later_strata: strata of the second stage and those after it, within the unit before: a column
            per stage, several that are one stratum together, or None. R's ``id = ~a + b, strata = ~s + t``
            and Stata's ``svyset a, strata(s) || b, strata(t)`` are ``psu=["a", "b"], strata="s",
            later_strata="t"``, all with fpc.
        :param replicates: replicate weights instead of strata and PSUs.
        :raises ThuisError: with every fault of the design at once.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "w": [1.0, 1.0, 2.0]})
        >>> Sample.from_frame(rows, weight="w").mean("y").frame["estimate"].item()
        2.25
        """
        table = table_of(frame)
        later = (_names(later_strata),) if isinstance(later_strata, str) else later_strata or ()
        stages = tuple(map(_names, later))
        columns = Columns(weight, _names(strata), _names(psu), _names(fpc), nest, lonely, stages)
        raise_all(_misfits(columns, table, replicates))
        if replicates is not None:
            return cls._replicated(table, columns, replicates)
        units = design.units(table, columns)
        raise_all(design.faults(units, columns))
        return cls(table, columns, units, design.stages(units, columns), design.freedom(units, columns))

    @classmethod
    def _replicated(cls, table: Table, columns: Columns, replicates: Replicates) -> Sample:
        replicates = replicates.resolved(table)
        units = design.units(table, columns)
        raise_all(design.faults(units, replace(columns, lonely="remove")))
        df = rank(table, replicates.columns) - 1 if replicates.df is None else replicates.df
        return cls(table, columns, units, (replicates.stage,), float(df), None, replicates)

    @classmethod
    def from_file(cls, path: str | Path, **design: Any) -> Sample:
        """A sample from a Parquet, CSV, SPSS (.sav) or Stata (.dta) file; see :meth:`from_frame`."""
        path = Path(path)
        if not path.exists():
            raise ThuisError(Problem(f"no file {path}", step="check the path"))
        match path.suffix.lower():
            case ".parquet":
                return cls.from_frame(path, **design)
            case ".csv":
                return cls.from_frame(pl.read_csv(path, infer_schema_length=None), **design)
            case ".sav" | ".dta" as kind:
                import pyreadstat

                read = pyreadstat.read_sav if kind == ".sav" else pyreadstat.read_dta
                return cls.from_frame(read(str(path))[0], **design)
        raise ThuisError(unknown("file type", path.suffix, (".parquet", ".csv", ".sav", ".dta")))

    @property
    def weight(self) -> str:
        """The column of the weights."""
        return self.columns.weight

    @property
    def unit(self) -> dict[str, str]:
        """SQL of the columns of the final design unit."""
        return self.columns.units(self.table)

    @property
    def element(self) -> bool:
        """Whether every row is a sampling unit of its own."""
        return not self.columns.psu and self.replicates is None

    @property
    def positive(self) -> bool:
        """Whether every weight is above 0."""
        return bool(self.units["pos"].sum() == self.units["rows"].sum())

    @property
    def size(self) -> int:
        """Rows."""
        return int(self.units["rows"].sum())

    @property
    def height(self) -> int:
        """Final design units; strata when every row is a unit."""
        return self.units.height if self.replicates is None else len(self.replicates.columns)

    def __repr__(self) -> str:
        rows, strata = self.units["rows"].sum(), len(self.stages[0].strata.units)
        if self.replicates is not None:
            kind = f"{len(self.replicates.columns)} {self.replicates.method} replicates"
            return f"Sample({rows:,} rows, {kind}, {self.df:g} degrees of freedom)"
        psus = int(self.stages[0].strata.units.sum())
        return f"Sample({rows:,} rows, {strata:,} strata, {psus:,} PSUs, {self.df:g} degrees of freedom)"

    def subset(self, **values: Any) -> Sample:
        """The part of the sample in which each column has a value, or one of several; the design stays whole.

        PSUs without members still count, as R's ``subset`` of a design; ``df`` too stays that of the design.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "sex": ["m", "f", "f"], "w": [1.0, 1.0, 1.0]})
        >>> Sample.from_frame(rows, weight="w").subset(sex="f").mean("y").frame["estimate"].item()
        2.5
        """
        table, conditions = self.table, [self.domain] if self.domain else []
        wanted = {name: tuple(v) if isinstance(v, list | tuple | set) else (v,) for name, v in values.items()}
        problems = [unknown("column", name, table.types) for name in wanted if name not in table.types]
        for name in [name for name in wanted if name in table.types]:
            problems += checks.misfits(name, wanted[name], table.types)
        raise_all(problems)
        for name, chosen in wanted.items():
            inside = ", ".join(table.dialect.literal(value) for value in chosen) or "NULL"
            conditions.append(f"({table.dialect.value(name, table.types)}) IN ({inside})")
        return replace(self, domain=" AND ".join(conditions) or None)

    def rake(self, totals: Mapping[str, Mapping[Any, float]]) -> Sample:
        """The sample with weights raked to the totals of several columns; variances take it into account.

        :param totals: column: value: number of units in the population, for every value in the sample.
        :raises ThuisError: a value without total or rows, margins that do not agree.
        """
        return calibration.rake(self, totals)

    def poststratify(self, column: str, totals: Mapping[Any, float]) -> Sample:
        """The sample with weights that add up to the totals of one column; variances take it into account.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 4.0], "sex": ["m", "f", "f"], "w": [1.0, 1.0, 1.0]})
        >>> sample = Sample.from_frame(rows, weight="w").poststratify("sex", {"m": 10, "f": 10})
        >>> sample.mean("y").frame["estimate"].item()
        2.0
        """
        return calibration.poststratify(self, column, totals)

    def calibrate(
        self,
        totals: Mapping[str, Mapping[Any, float]] | None = None,
        numbers: Mapping[str, float] | None = None,
    ) -> Sample:
        """The sample with weights calibrated linearly (GREG) to totals of categories and numbers."""
        return calibration.calibrate(self, totals or {}, numbers or {})

    def terms(self, measures: Sequence[Measure]) -> list[Term]:
        """The SQL of measures, with what one look at their columns told."""
        return self._facts.terms(self.table, measures)

    def located(self, sums: pl.DataFrame) -> pl.DataFrame:
        """Grouped sums with ``unit``, the number of their design unit, in place of its columns."""
        keys = list(self.unit)
        if not keys:
            return sums.with_columns(pl.lit(0, pl.UInt32).alias("unit"))
        numbered = self.units.select(keys).with_row_index("unit")
        return sums.join(numbered, on=keys, how="left").drop(keys)

    @property
    def design_columns(self) -> list[str]:
        """The columns of weight and design, replicate weights and calibrated columns too."""
        own, more = self.columns, self.replicates.columns if self.replicates else ()
        more = (*more, *(self.calibration.columns if self.calibration else ()))
        return list(dict.fromkeys([own.weight, *own.strata, *own.psu, *own.fpc, *chain(*own.later), *more]))

    def over(self, rows: pl.DataFrame, **changed: Any) -> Sample:
        """The same design over other rows; ``changed`` as :meth:`from_frame` takes it."""
        own = self.columns
        design: dict[str, Any] = {
            "weight": own.weight,
            "strata": own.strata,
            "psu": own.psu,
            "fpc": own.fpc,
            "later_strata": own.later,
            "nest": own.nest,
            "lonely": own.lonely,
        }
        return type(self).from_frame(rows, **(design | changed))

    def totals_of(self, rows: pl.DataFrame, influence: Floats) -> Floats:
        """Covariance of the totals of influence values, rows x estimates (Deville 1999, Surv. Methodol. 25).

        :param rows: the rows of the sample with its ``design_columns``.
        """
        names = [f"__z{j}" for j in range(influence.shape[1])]
        frame = rows.with_columns(pl.Series(name, influence[:, j]) for j, name in enumerate(names))
        if self.calibration is not None:
            one = replace(self, table=table_of(frame), domain=None, _facts=facts.Facts())
            return one.tabulate([Total(name) for name in names]).covariance()
        one = self.over(frame, replicates=self.replicates)
        return one.tabulate([Total(name) for name in names]).covariance()

    def tabulate(
        self,
        measures: Sequence[Measure],
        by: Sequence[tuple[str, ...]] = ((),),
        *,
        level: float = 0.95,
        interval: str | None = None,
        df: str | float = "design",
    ) -> Estimates:
        """Every measure in every grouping, in one scan. ``()`` is the whole population.

        A row without a grouping key leaves that grouping only, one without an answer that measure only.
        ``interval`` is that of proportions (logit unless told); ``df`` "design", "domain" or a number.
        """
        return tabulate(self, measures, by, Options(level, interval, df))

    def mean(self, columns: Names, by: Names = None, **options: Any) -> Estimates:
        """Means of one or more columns, in the cells of ``by``."""
        return self.tabulate([Mean(each) for each in _names(columns)], [_names(by)], **options)

    def proportion(
        self, columns: Names, by: Names = None, *, values: tuple[object, ...] | None = None, **options: Any
    ) -> Estimates:
        """Shares of answers that lie in ``values`` (or of ones), in the cells of ``by``."""
        return self.tabulate([Proportion(each, values) for each in _names(columns)], [_names(by)], **options)

    def total(self, columns: Names = None, by: Names = None, **options: Any) -> Estimates:
        """Totals of columns, or of units when none is named, in the cells of ``by``."""
        measures = [Total(each) for each in _names(columns)] or [Total()]
        return self.tabulate(measures, [_names(by)], **options)

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
        back on the answers; the standard error is its width over ``2 t``. Covariances take the correlation
        of those shares.

        :param rule: "math", the least value that reaches the share, or "school", halfway when two do.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0, 9.0], "w": [1.0, 1.0, 1.0, 1.0]})
        >>> Sample.from_frame(rows, weight="w").quantile("y", rule="school").frame["estimate"].item()
        2.5
        """
        level, interval, df = (options.pop(key, None) for key in ("level", "interval", "df"))
        if options:
            raise ThuisError(unknown("option", next(iter(options)), ("level", "interval", "df")))
        shares = (probabilities,) if isinstance(probabilities, float | int) else tuple(probabilities)
        chosen = Options(0.95 if level is None else level, interval, "design" if df is None else df)
        return quantiles(self, _names(columns), shares, _names(by), rule, chosen)

    def independence(self, rows: str, columns: str) -> Independence:
        """Whether two columns go together: Rao-Scott F test and adjusted Wald test (R ``svychisq``).

        >>> import polars as pl
        >>> frame = pl.DataFrame({"a": [0, 0, 1, 1] * 6, "b": [0, 1, 0, 1] * 6, "w": [1.0] * 24})
        >>> round(Sample.from_frame(frame, weight="w").independence("a", "b").p, 6)
        1.0
        """
        return independence(self, rows, columns)

    def test(
        self,
        column: str,
        *,
        group: str | None = None,
        pair: str | None = None,
        value: float = 0.0,
        kind: str = "t",
        level: float = 0.95,
    ) -> Test:
        """A test of a column: against a value, between groups, or against its ``pair`` in the same rows.

        "t" (R ``svyttest``): a contrast of means, with a degree of freedom less than the design of the rows
        in use. "wilcoxon", "van der waerden", "median" and "kruskal-wallis" (R ``svyranktest``): means of
        rank scores (Lumley and Scott 2013, Biometrika 100: 831). Answers that are equal share the middle of
        their ranks; R's and svy's ranks of those depend on the order of the rows.

        :param value: what the mean, or the difference, is compared with.
        :raises ThuisError: an unknown column, text, other than two groups.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": [1.0, 2, 3, 4, 5, 9], "sex": ["m", "f"] * 3, "w": [1.0] * 6})
        >>> print(Sample.from_frame(rows, weight="w").test("y", group="sex"))
        t test of y by sex: t(4) = -0.9393, p = 0.4007; -2.0000, from -7.9115 to 3.9115, n 6
        """
        from thuis.survey.comparisons import compared

        return compared(self, column, group, pair, value, kind, level)

    def glm(self, formula: str, *, family: str = "gaussian", level: float = 0.95) -> Model:
        """A generalised linear model with design-based standard errors (Binder 1983; R ``svyglm``).

        :param formula: ``y ~ a + C(b) + c * d``; text columns are categories, ``C()`` makes numbers so.
        :param family: gaussian, binomial or poisson, with its own link.
        :raises ThuisError: an unknown column or family, text as outcome, terms that cannot be told apart.
        """
        from thuis.survey.models import glm

        return glm(self, formula, family, level)

    def ordinal(self, formula: str, order: Sequence[Any], *, level: float = 0.95) -> Estimates:
        """Ordered logit, ``P(Y <= j) = expit(zeta_j - x beta)``: slopes, then the cut points between answers.

        Weighted maximum likelihood; variance of the influence values under the design (R ``svyolr``).

        :param order: the answers of the outcome, from low to high.

        >>> import polars as pl
        >>> rows = pl.DataFrame({"y": ["no", "some", "much"] * 4, "x": [0, 1] * 6, "w": [1.0] * 12})
        >>> found = Sample.from_frame(rows, weight="w").ordinal("y ~ x", ("no", "some", "much"))
        >>> found.frame["measure"].to_list()
        ['x', 'no|some', 'some|much']
        """
        from thuis.survey.ordinal import ordinal

        return ordinal(self, formula, order, level)

    def ratio(self, numerator: str, denominator: str, by: Names = None, **options: Any) -> Estimates:
        """The ratio of two totals in the cells of ``by``."""
        return self.tabulate([Ratio(numerator, denominator)], [_names(by)], **options)


def _misfits(columns: Columns, table: Table, replicates: Replicates | None) -> list[Problem]:
    wanted = [columns.weight, *columns.strata, *columns.psu, *columns.fpc, *chain(*columns.later)]
    problems = [unknown("column", name, table.types) for name in wanted if name not in table.types]
    if columns.lonely not in LONELY:
        problems.append(unknown("lonely-PSU rule", columns.lonely, LONELY))
    if replicates is not None and (columns.strata or columns.psu or columns.fpc or columns.later):
        problems.append(
            Problem(
                "replicate weights and strata, PSUs or fpc", expected="one of the two: they are the design"
            )
        )
    stages = max(len(columns.psu), 1)
    if len(columns.later) >= stages:
        problems.append(
            Problem(
                f"strata of {len(columns.later)} later stages for {stages} stages",
                expected=f"at most {stages - 1}: one for each stage after the first",
                step="name the units of every stage in psu=; the first stage's strata stand in strata=",
            )
        )
    if columns.fpc and len(columns.fpc) != stages:
        problems.append(
            Problem(
                f"{len(columns.fpc)} fpc columns for {stages} stages",
                expected="one for each stage, or none",
                step="give a stage of unknown population infinity, or leave the last stages out",
            )
        )
    if columns.lonely == "average" and columns.fpc and stages > 1:
        problems.append(
            Problem('lonely="average" is not defined for several stages', available=("adjust", "certainty"))
        )
    return problems
