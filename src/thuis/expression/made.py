"""Expressions as columns of a frame: what is not known stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

import polars as pl

from thuis.expression.language import Node

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

    >>> from thuis.expression.language import Kind, parse
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
