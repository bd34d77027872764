"""Rules and formulas as columns: what is not known stays unknown, and no unknown rule is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from thuis.errors import Problem
from thuis.expression.made import COLUMN, column
from thuis.formats import Raw
from thuis.project.derived import in_order, trees
from thuis.project.model import Source, Wave
from thuis.read.microdata import Entry
from thuis.read.variables import At, outside


def first_match(rules: list[tuple[pl.Expr, str]], otherwise: str | None) -> pl.Expr:
    """The result of the first rule that holds; nothing from the first rule on that is unknown."""
    chosen: pl.Expr = pl.lit(otherwise, pl.String)
    for holds, then in reversed(rules):
        chosen = (
            pl.when(holds.is_null())
            .then(pl.lit(None, pl.String))
            .when(holds)
            .then(pl.lit(then))
            .otherwise(chosen)
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived variable in one wave."""

    name: str
    source: Source
    values: pl.Series

    def faults(self, at: At, rows: pl.Series) -> list[Problem]:
        """Nobody with a value, or values beyond its range."""
        if self.values.null_count() == len(self.values):
            step = "correct its rules, or leave it out of this wave"
            return [Problem(f"nobody has a value of {self.name!r}", at.mapping, step=step)]
        if self.source.range is None:
            return []
        return outside(self.values, self.source.range, at, rows, "correct the formula, or widen 'range'")

    def entry(self, wave: str) -> Entry:
        """Its line in the codebook: how it was made stands in the place of a column."""
        missing = self.values.null_count()
        made = self.source.formula or "; ".join(
            f"{each.then}: {each.when or 'all others'}" for each in self.source.rules
        )
        codes = {each: each for each in self.source.results}
        return Entry(wave, self.name, made, "", len(self.values) - missing, missing, 0, codes)


def derived(wave: Wave, series: Mapping[str, pl.Series], raw: Raw) -> Iterator[Derived]:
    """The derived variables of a wave in an order in which each finds its parts."""
    frame = pl.DataFrame({name: values for name, values in series.items() if not name.startswith("_")})
    order = in_order(wave)
    checked = {name: trees(wave, name) for name in order}
    named = {each for nodes in checked.values() for node in nodes for each in node.named("column")}
    frame = frame.with_columns(raw.codes(each).alias(f"{COLUMN}{each}") for each in sorted(named))
    for name in order:
        source = wave.variables[name]
        assert source is not None
        expressions = [column(node) for node in checked[name]]
        if source.formula:
            made = expressions[0].cast(pl.Float64)
        else:
            tests = list(zip(expressions, (each.then for each in source.rules), strict=False))
            last = source.rules[-1]
            made = first_match(tests, last.then if last.when is None else None)
        frame = frame.with_columns(made.alias(name))
        values = frame[name]
        if source.formula:
            values = values.set(values.is_nan() | values.is_infinite(), None)
            frame = frame.with_columns(values)
        yield Derived(name, source, values)
