"""Rules and formulas as columns: what is not known stays unknown, and no unknown rule is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import polars as pl

from thuis.errors import Problem
from thuis.formats import Raw
from thuis.project.derived import in_order, trees
from thuis.project.expression import Node
from thuis.project.model import Source, Wave
from thuis.read.microdata import Entry
from thuis.read.variables import At, outside

_SIGNS: Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "==": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: pl.when(b != 0).then(a / b),
}
_LEAVES: Mapping[str, Callable[[Node], pl.Expr]] = {
    "const": lambda node: pl.lit(node.value),
    "variable": lambda node: pl.col(str(node.value)),
    "column": lambda node: pl.col(f"{COLUMN}{node.value}"),
}
_Parts = list[pl.Expr]
COLUMN = "column:"
"""Prefix of a column of the file among the variables."""


def column(node: Node) -> pl.Expr:
    """The expression over a frame that has every variable it names, and ``column:<name>`` for columns.

    Conditions are those of Kleene: a condition on a missing answer is unknown, unless the rest decides it.

    >>> from thuis.project.expression import Kind, parse
    >>> kinds = {each: Kind("text", frozenset({"here", "abroad"})) for each in ("mother", "father")}
    >>> rule = parse("mother == 'abroad' or father == 'abroad'", kinds, "truth")
    >>> people = pl.DataFrame({"mother": ["abroad", None, None], "father": [None, "abroad", "here"]})
    >>> people.select(column(rule))["mother"].to_list()
    [True, True, None]
    """
    parts = [column(each) for each in node.parts]
    if node.what in _LEAVES:
        return _LEAVES[node.what](node)
    if node.what in _FUNCTIONS:
        return _FUNCTIONS[node.what](node, parts)
    return _SIGNS[node.what](*parts)


def _over(node: Node, parts: list[pl.Expr]) -> pl.Expr:
    """Functions over those of their parts that are known; null when too few are."""
    numbers = [each.cast(pl.Float64) for each in parts]
    known = pl.sum_horizontal([each.is_not_null().cast(pl.Int64) for each in parts])
    least = int(float(node.value or 0)) if node.what in ("mean", "sum") else 1
    total = pl.sum_horizontal([each.fill_null(0.0) for each in numbers])
    enough = known >= (least or len(parts))
    return pl.when(enough).then(total / known if node.what in ("mean", "share") else total)


def _every(_: Node, parts: _Parts) -> pl.Expr:
    return reduce(lambda a, b: a & b, parts)


def _some(_: Node, parts: _Parts) -> pl.Expr:
    return reduce(lambda a, b: a | b, parts)


_FUNCTIONS: Mapping[str, Callable[[Node, _Parts], pl.Expr]] = {
    "and": _every,
    "all": _every,
    "or": _some,
    "any": _some,
    "not": lambda _, parts: ~parts[0],
    "neg": lambda _, parts: -parts[0],
    "answered": lambda _, parts: pl.all_horizontal([each.is_not_null() for each in parts]),
    "missing": lambda _, parts: pl.all_horizontal([each.is_null() for each in parts]),
    "number": lambda _, parts: parts[0].str.strip_chars().cast(pl.Float64, strict=False),
    "matches": lambda node, parts: parts[0].str.contains(f"(?i)^(?:{node.value})$"),
    "first": lambda _, parts: pl.coalesce(parts),
    "min": lambda _, parts: pl.min_horizontal(parts),
    "max": lambda _, parts: pl.max_horizontal(parts),
    "count": _over,
    "share": _over,
    "mean": _over,
    "sum": _over,
}


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
