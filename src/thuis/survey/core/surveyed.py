"""Rows with their design: what every estimator takes, and the base of ``Sample``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Self

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core import checks, derived, design, facts, typed
from thuis.survey.core.calibration import Calibration
from thuis.survey.core.declared import misfits, no_argument, no_names, unordered, without
from thuis.survey.core.design import Columns
from thuis.survey.core.engine.fold import TooManyError, Units
from thuis.survey.core.engine.sources import categories, table_of
from thuis.survey.core.engine.sql import Term
from thuis.survey.core.engine.table import Table
from thuis.survey.core.expressions import ROW, numbered, recomputed, truths
from thuis.survey.core.lonely import merged, ruled
from thuis.survey.core.measures import Measure, answers_of
from thuis.survey.core.replicates import Replicates, rank
from thuis.survey.core.unequal import PPS, pps_of
from thuis.survey.core.variance import Ints, Stage

Names = str | Sequence[str] | None
Stages = str | Sequence[Names] | None


def names_of(value: Names) -> tuple[str, ...]:
    """One column or several, as several.

    :raises ThuisError: what is no name.
    """
    if value is None or isinstance(value, str):
        return () if value is None else (value,)
    several = tuple(value) if isinstance(value, Iterable) else (value,)
    for each in several:
        if not isinstance(each, str):
            raise ThuisError(
                f"{str(each).splitlines()[0]!r} is no name of a column, but {type(each).__name__}",
                expected="names as text, one or several",
                step="make the column first with mutate(), and name it here",
            )
    return several


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Surveyed:
    """Rows with weight, strata, sampling units and finite populations."""

    table: Table
    columns: Columns
    units: pl.DataFrame
    stages: tuple[Stage, ...]
    df: float
    domain: str | None = None
    replicates: Replicates | None = None
    calibration: Calibration | None = None
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _facts: facts.Facts = field(default_factory=facts.Facts)

    @classmethod
    def from_frame(  # noqa: PLR0913
        cls,
        frame: Any,
        *,
        weight: str | None = None,
        prob: Names = None,
        strata: Names = None,
        psu: Names = None,
        fpc: Names = None,
        nest: bool = False,
        lonely: str | Mapping[Any, str] = "error",
        combine: Mapping[Any, Any] | None = None,
        later_strata: Stages = None,
        pps: str | PPS | None = None,
        lonely_domain: bool = False,
        replicates: Replicates | None = None,
        missing: Mapping[str, Any] | None = None,
        order: Mapping[str, Sequence[str]] | None = None,
        **other: Any,
    ) -> Self:
        """A sample from Polars, pandas, Arrow, PySpark, a DuckDB relation or a Parquet file's path.

        :param weight: the column of weights; without it they follow from ``prob`` or ``fpc``.
        :param prob: the probability of being sampled, or of each stage, in place of a weight.
        :param strata: the stratum of the first stage; several columns are one stratum together.
        :param psu: the sampling units, one column per stage; without it every row is one.
        :param fpc: per stage, the units in the population of the stratum (or unit before), or the sampled
            fraction when all are at most 1; infinity: with replacement. Later stages count only with it.
        :param nest: PSU numbers start anew in each stratum, at every stage.
        :param lonely: rule for a stratum with one PSU, as R's ``survey.lonely.psu``: "error", "adjust",
            "average", "certainty" or "remove"; or ``{stratum: rule}``, "error" where none is named.
        :param combine: ``{stratum: another}`` of which it becomes part, for the variance only.
        :param later_strata: strata of later stages, within the unit before: a column per stage, several that
            are one together, or None. R's ``id = ~a + b, strata = ~s + t`` and Stata's ``svyset a, strata(s)
            || b, strata(t)`` are ``psu=["a", "b"], strata="s", later_strata="t"``, all with fpc.
        :param pps: units drawn with the unequal probabilities in ``fpc`` and not put back: "brewer",
            "overton", "HR", "poisson", or a :class:`thuis.survey.PPS`. Without it they count as put back.
        :param lonely_domain: whether "adjust" and "average" also hold where a subset or cell has only one
            unit of a stratum (R's ``survey.adjust.domain.lonely``).
        :param replicates: replicate weights instead of strata and PSUs.
        :param missing: column: the answers that are none, such as ``{"trust": (77, 88, 99)}``.
        :param order: column of words: its answers as results show them, of which the first is what a model
            compares with; by their letters when left out.
        :raises ThuisError: with every fault of the design at once.

        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "w": [1.0, 1.0, 2.0]})
        >>> Sample.from_frame(rows, weight="w").mean("y").frame["estimate"].item()
        2.25
        """
        raise_all([*(no_argument(each, cls.from_frame) for each in other), *no_names(weight, replicates)])
        table, way = without(table_of(frame), missing or {}), pps_of(pps)
        if way is not None and psu is None:
            table, psu = numbered(table), ROW
        later = (names_of(later_strata),) if isinstance(later_strata, str) else later_strata or ()
        stages = tuple(map(names_of, later))
        columns = Columns(
            weight or derived.NAME,
            names_of(strata),
            names_of(psu),
            names_of(fpc),
            nest,
            lonely if isinstance(lonely, str) else "error",
            stages,
            way,
            lonely_domain,
        )
        if weight is None:
            table = derived.weighted(table, columns, names_of(prob))
        elif prob is not None:
            raise_all([Problem("a weight and probabilities", expected="one of the two")])
        raise_all(misfits(columns, table, replicates))
        if combine:
            table, columns = merged(table, columns, combine)
        if not isinstance(lonely, str):
            columns = ruled(table, columns, lonely)
        raise_all(unordered(table, order or {}))
        orders = {**categories(frame), **(order or {})}
        if replicates is not None:
            return replace(cls._replicated(table, columns, replicates), orders=orders)
        units = design.units(table, columns)
        raise_all(design.faults(units, columns))
        found, df = design.stages(units, columns), design.freedom(units, columns)
        return cls(table, columns, units, found, df, orders=orders)

    @classmethod
    def _replicated(cls, table: Table, columns: Columns, replicates: Replicates) -> Self:
        # All replicate weights are read again and again: to look at them, and for every question.
        table = table.near()
        replicates = replicates.resolved(table)
        units = design.units(table, columns)
        raise_all(design.faults(units, replace(columns, lonely="remove")))
        df = rank(table, replicates.columns) - 1 if replicates.df is None else replicates.df
        return cls(table, columns, units, (replicates.stage,), float(df), None, replicates)

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
    def averages(self) -> bool:
        """Whether strata without a variance of their own count as the mean of the others (rule "average")."""
        domain = self.columns.lonely_domain and self.columns.lonely == "average"
        return domain or bool(self.stages[0].strata.unknown.any())

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

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the rows of a subset alone (R ``degf`` of it); ``df`` is that of the design.

        PSUs with members less strata with members, or the rank of the replicate weights in it less 1.
        """
        if self.replicates is not None:
            if self.domain is None:
                return self.df
            return float(rank(self.table, self.replicates.columns, self.domain) - 1)
        if self.domain is None:
            return self.df
        keys, dialect = self.columns, self.table.dialect
        first = [dialect.value(name, self.table.types) for name in (*keys.strata, *keys.psu[:1])]
        many = f"count(DISTINCT ({', '.join(first)}))" if keys.psu else "count(*)"
        strata = f"count(DISTINCT ({', '.join(first[: len(keys.strata)])}))" if keys.strata else "1"
        weight = dialect.quote(self.weight)
        found = self.table.query(
            f"SELECT {many} AS n, {strata} AS h FROM {dialect.source} WHERE ({self.domain}) AND {weight} > 0"
        ).row(0)
        return float(found[0] - found[1])

    def __repr__(self) -> str:
        rows, strata = self.units["rows"].sum(), len(self.stages[0].strata.units)
        if self.replicates is not None:
            kind = f"{len(self.replicates.columns)} {self.replicates.method} replicates"
            return f"Sample({rows:,} rows, {kind}, {self.df:g} degrees of freedom)"
        psus = int(self.stages[0].strata.units.sum())
        return f"Sample({rows:,} rows, {strata:,} strata, {psus:,} PSUs, {self.df:g} degrees of freedom)"

    def subset(self, *conditions: Any, **values: Any) -> Self:
        """The part of the sample in which each column has a value, or one of several; the design stays whole.

        PSUs without members still count, as R's ``subset`` of a design; ``df`` too stays that of the design.

        :param conditions: SQL text, or expressions of Polars or Narwhals; a row for which one is not known
            is out. Other than SQL they are worked out at once, with the rows in memory.
        :raises ThuisError: a column that is not there, a value of another kind than its answers.

        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "sex": ["m", "f", "f"], "w": [1.0, 1.0, 1.0]})
        >>> Sample.from_frame(rows, weight="w").subset(sex="f").mean("y").frame["estimate"].item()
        2.5
        >>> sample = Sample.from_frame(rows, weight="w")
        >>> [sample.subset(c).mean("y").frame["estimate"].item() for c in ("y < 3", pl.col("y") < 3)]
        [1.5, 1.5]
        """
        table, inside_of = truths(self.table, conditions)
        inside_of = [*([self.domain] if self.domain else []), *inside_of]
        wanted = {name: answers_of(each) for name, each in values.items()}
        problems = unknowns("column", wanted, table.types)
        for name in [name for name in wanted if name in table.types]:
            problems += checks.misfits(name, wanted[name], table.types)
        raise_all(problems)
        for name, chosen in wanted.items():
            inside = ", ".join(table.dialect.literal(value) for value in chosen) or "NULL"
            inside_of.append(f"({table.dialect.value(name, table.types)}) IN ({inside})")
        known = self._facts if table is self.table else facts.Facts()
        return replace(self, domain=" AND ".join(inside_of) or None, table=table, _facts=known)

    def mutate(self, **columns: Any) -> Self:
        """The sample with new columns, or columns that change; the design stays.

        :param columns: name: SQL text (``log`` is the natural one, as in formulas), an expression of Polars
            or Narwhals, a value, or a function of the frame. The rows are then held in memory.
        :raises ThuisError: a column of the design or the weight, what cannot be worked out.

        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2.0, 3.0], "w": [1.0, 1.0, 1.0]})
        >>> sample = Sample.from_frame(rows, weight="w").mutate(high=pl.col("y") > 1, twice="y * 2")
        >>> sample.proportion("high").frame["n_hit"].item(), sample.mean("twice").frame["estimate"].item()
        (2, 4.0)
        """
        taken = [name for name in columns if name in self.design_columns]
        raise_all(
            [Problem(f"{name!r} is a column of the design", step="make the column first") for name in taken]
        )
        domain, (table, new) = self.domain, recomputed(self.table, columns)
        kept = {name: order for name, order in self.orders.items() if name not in columns}
        if domain and any(name in self.table.types for name in columns):
            # Who is inside was said of the columns as they were.
            inside = self.table.query(
                f"SELECT coalesce({domain}, FALSE) AS i FROM {self.table.dialect.source}"
            )
            table, _ = recomputed(table, {"__kept": inside["i"]})
            domain = table.dialect.quote("__kept")
        return replace(self, table=table, domain=domain, orders={**kept, **new}, _facts=facts.Facts())

    def knowing(self, columns: Iterable[str], by: Iterable[str] = ()) -> Self:
        """The sample with a column for every expression among names that are asked; truths count as 1 and 0.

        :param by: the same, of which truths stay so.
        :raises ThuisError: an expression that cannot be worked out.
        """
        types, keys = self.table.types, set(by)
        asked = [each for each in dict.fromkeys([*columns, *keys]) if typed.expression(each, types)]
        made = self
        for each in asked:
            parts = typed.cut(each)
            if parts is not None:
                name, bounds, lowest = parts
                raise_all(unknowns("column", [name], types))
                made = made.mutate(**{each: typed.pieces(name, bounds, lowest=lowest)})
                continue
            sql = typed.sql_of(each, list(types))
            made = made.mutate(**{each: sql})
            if each not in keys and made.table.types[each].upper().startswith("BOOL"):
                made = made.mutate(**{each: f"CAST(({sql}) AS INTEGER)"})
        return made

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

    def unit_of(self, rows: pl.DataFrame) -> Ints:
        """The number of the design unit of every row; ``rows`` have the ``design_columns``."""
        for before, units, found in self._facts.placed:
            if before is rows and units is self.units:
                return found
        found = self._placed(rows)
        self._facts.placed[:] = [(rows, self.units, found)]
        return found

    def _placed(self, rows: pl.DataFrame) -> Ints:
        keys = rows.select(pl.col(name).alias(f"u{i}") for i, name in enumerate(self.columns.keys))
        if not keys.width:
            return np.zeros(rows.height, dtype=np.int64)
        try:
            known = Units(self.units, list(self.unit))
            return known.of([each.to_arrow() for each in keys], rows.height)
        except TooManyError:
            return self.located(keys)["unit"].to_numpy().astype(np.int64)

    @property
    def design_columns(self) -> list[str]:
        """The columns of weight and design, replicate weights and calibrated columns too."""
        own, more = self.columns, self.replicates.columns if self.replicates else ()
        more = (*more, *(self.calibration.columns if self.calibration else ()))
        return list(dict.fromkeys([own.weight, *own.strata, *own.psu, *own.fpc, *chain(*own.later), *more]))

    def over(self, rows: pl.DataFrame | Table, **changed: Any) -> Self:
        """The same design over other rows; ``changed`` as :meth:`from_frame` takes it."""
        own, there = self.columns, rows.columns if isinstance(rows, pl.DataFrame) else rows.types
        design: dict[str, Any] = {
            "weight": own.weight,
            "strata": own.strata,
            "psu": own.psu,
            "fpc": own.fpc,
            "later_strata": own.later,
            "nest": own.nest,
            "lonely": dict(own.rules) or own.lonely,
            "pps": own.pps,
            "lonely_domain": own.lonely_domain,
            "order": {name: order for name, order in self.orders.items() if name in there},
        }
        return type(self).from_frame(rows, **(design | changed))
