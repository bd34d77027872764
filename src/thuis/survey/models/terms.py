"""Formulas: which columns stand in a model, and its matrix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError
from thuis.survey.core.variance import Floats

Terms = list[list[tuple[str, bool]]]
Levels = dict[str, list[Any]]
TEXT = ("VARCHAR", "ENUM", "BOOL", "STRING")


def parse(formula: str) -> tuple[str, Terms]:
    """Outcome and terms of ``y ~ a + C(b) + a:c + d * e``; a term is its (column, categorical) factors.

    >>> parse("y ~ a * C(b)")
    ('y', [[('a', False)], [('b', True)], [('a', False), ('b', True)]])
    """
    outcome, tilde, right = formula.partition("~")
    if not tilde or not outcome.strip() or not right.strip():
        raise ThuisError(Problem(f"{formula!r} is no formula", expected="outcome ~ term + term"))
    terms: Terms = []
    for part in right.split("+"):
        factors = [_factor(each, formula) for each in re.split(r"[*:]", part)]
        wanted = [[each] for each in factors] if "*" in part and len(factors) == 2 else [factors]
        if ("*" in part and len(factors) != 2) or len(factors) > 2:
            raise ThuisError(Problem(f"{part.strip()!r} crosses more than two columns", expected="a * b"))
        wanted += [factors] if "*" in part else []
        terms += [each for each in wanted if each not in terms]
    return outcome.strip(), terms


def _factor(part: str, formula: str) -> tuple[str, bool]:
    found = re.fullmatch(r"\s*(?:C\(\s*([^()]+?)\s*\)|([^()\s]+))\s*", part)
    if not found:
        raise ThuisError(
            Problem(f"{part.strip()!r} in {formula!r} is no term", expected="a column, or C(column)")
        )
    return (found[1] or found[2], found[1] is not None)


def columns_of(terms: Terms) -> list[str]:
    """The columns that stand in terms.

    >>> columns_of([[("a", False)], [("a", False), ("b", True)]])
    ['a', 'b']
    """
    return list(dict.fromkeys(name for term in terms for name, _ in term))


def named(value: object) -> str:
    """An answer in the name of a coefficient; ``2.0`` is ``2``.

    >>> named(2.0), named("b")
    ('2', 'b')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def resolved(terms: Terms, types: Mapping[str, str]) -> Terms:
    """The terms in which columns of words are categories too."""
    return [
        [(name, categorical or types[name].upper().startswith(TEXT)) for name, categorical in term]
        for term in terms
    ]


def levels_of(rows: pl.DataFrame, terms: Terms) -> Levels:
    """The answers of every category, sorted; the first is what the others are compared with."""
    names = dict.fromkeys(name for term in terms for name, categorical in term if categorical)
    return {name: rows[name].drop_nulls().unique().sort().to_list() for name in names}


def matrix(rows: pl.DataFrame, terms: Terms, levels: Levels) -> tuple[list[str], Floats]:
    """Columns of the model without intercept; a category is compared with the first."""
    labels: list[str] = []
    columns: list[Floats] = []
    for term in terms:
        found = [("", np.ones(rows.height))]
        for name, categorical in term:
            own = _columns(rows[name], levels[name] if categorical else None)
            found = [
                (f"{a}:{name}{b}" if a else f"{name}{b}", left * right)
                for a, left in found
                for b, right in own
            ]
        labels += [name for name, _ in found]
        columns += [column for _, column in found]
    return labels, np.column_stack(columns) if columns else np.zeros((rows.height, 0))


def _columns(values: pl.Series, levels: list[Any] | None) -> list[tuple[str, Floats]]:
    missing = np.where(values.is_null().to_numpy(), np.nan, 0.0)
    if levels is None:
        return [("", values.cast(pl.Float64).fill_null(0.0).to_numpy() + missing)]
    return [
        (f"_{named(each)}", (values == each).fill_null(value=False).to_numpy().astype(float) + missing)
        for each in levels[1:]
    ]
