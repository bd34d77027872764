"""What one look at a column tells: missing answers, their centre, values that do not fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from thuis.errors import Problem, raise_all
from thuis.survey.core.engine.sql import Term, numerator
from thuis.survey.core.engine.table import Table
from thuis.survey.core.measures import Mean, Measure, Proportion, Total
from thuis.survey.core.variance import Ints

WIDTH = 60


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Terms that were looked at before, by measure; and the design units of the rows asked last."""

    known: dict[Any, Term] = field(default_factory=dict)
    placed: list[tuple[pl.DataFrame, pl.DataFrame, Ints]] = field(default_factory=list)

    def terms(self, table: Table, measures: Sequence[Measure]) -> list[Term]:
        """The SQL of every measure.

        :raises ThuisError: for infinite answers, and a share without ``values`` whose answers are not 0/1.
        """
        new = [each for each in measures if _key(each) not in self.known]
        problems: list[Problem] = []
        for begin in range(0, len(new), WIDTH):
            problems += self._look(table, new[begin : begin + WIDTH])
        raise_all(problems)
        return [_named(self.known[_key(each)], each) for each in measures]

    def _look(self, table: Table, measures: Sequence[Measure]) -> list[Problem]:
        parts = [numerator(table.dialect, each, table.types) for each in measures]
        asked = []
        for k, (_, d) in enumerate(parts):
            share = isinstance(measures[k], Proportion)
            asked += [
                f"count(*) - count(y{k})",
                f"avg(abs(y{k}))" if not d else f"avg(abs(y{k}) + abs(d{k}))",
                f"count(*) FILTER (WHERE y{k} NOT IN (0, 1))" if share else "0",
                f"avg(y{k})",
            ]
        rows = [f"{y} AS y{k}" for k, (y, _) in enumerate(parts)]
        rows += [f"{d} AS d{k}" for k, (_, d) in enumerate(parts) if d]
        selected = ", ".join(f"{sql} AS f{i}" for i, sql in enumerate(asked))
        found = table.query(
            f"SELECT {selected} FROM (SELECT {', '.join(rows)} FROM {table.dialect.source}) AS r"
        ).row(0)
        problems = []
        for k, (measure, (y, d)) in enumerate(zip(measures, parts, strict=True)):
            missing, size, other, mean = found[4 * k : 4 * k + 4]
            wrong = misfit(measure, infinite=size is not None and not math.isfinite(size), other=other)
            if wrong:
                problems.append(wrong)
                continue
            shift = float(mean or 0) if moves(measure) else 0.0
            self.known[_key(measure)] = Term(measure, y, d, shift, missing == 0)
        return problems


def moves(measure: Measure) -> bool:
    """Whether a shift is taken from answers before squaring."""
    return isinstance(measure, Mean | Total) and bool(measure.columns)


def misfit(measure: Measure, *, infinite: bool, other: int) -> Problem | None:
    """What is wrong with the answers of a measure; ``other`` are those of a share that are not 0 or 1."""
    if infinite:
        return Problem(f"{'/'.join(measure.columns)} is infinite", step="make those answers missing")
    if isinstance(measure, Proportion) and other:
        return Problem(
            f"{measure.column!r} is neither 0 nor 1 in {other} rows",
            expected="a share of ones",
            step="say which answers count with values=, or ask a Mean",
        )
    return None


def _key(measure: Measure) -> object:
    match measure:
        case Proportion(column, values, valid):
            # 1 and True are equal keys but different SQL.
            return "share", column, repr(values), repr(valid)
        case _:
            return type(measure).__name__, measure.columns


def _named(term: Term, measure: Measure) -> Term:
    return Term(measure, term.y, term.d, term.shift, term.complete)
