"""Formulas: which columns stand in a model, and its matrix."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError
from thuis.survey.variance import Floats

TEXT = ("VARCHAR", "ENUM", "BOOL", "STRING")


def parse(formula: str) -> tuple[str, list[list[tuple[str, bool]]]]:
    """Outcome and terms of ``y ~ a + C(b) + a:c + d * e``; a term is its (column, categorical) factors.

    >>> parse("y ~ a * C(b)")
    ('y', [[('a', False)], [('b', True)], [('a', False), ('b', True)]])
    """
    outcome, tilde, right = formula.partition("~")
    if not tilde or not outcome.strip() or not right.strip():
        raise ThuisError(Problem(f"{formula!r} is no formula", expected="outcome ~ term + term"))
    terms: list[list[tuple[str, bool]]] = []
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


def matrix(
    rows: pl.DataFrame, terms: list[list[tuple[str, bool]]], types: dict[str, str]
) -> tuple[list[str], Floats]:
    """Columns of the model without intercept; a category is compared with the first."""
    labels: list[str] = []
    columns: list[Floats] = []
    for term in terms:
        found = [("", np.ones(rows.height))]
        for name, categorical in term:
            own = _columns(rows[name], categorical or types[name].upper().startswith(TEXT))
            found = [
                (f"{a}:{name}{b}" if a else f"{name}{b}", left * right)
                for a, left in found
                for b, right in own
            ]
        labels += [name for name, _ in found]
        columns += [column for _, column in found]
    return labels, np.column_stack(columns)


def _columns(values: pl.Series, categorical: bool) -> list[tuple[str, Floats]]:
    missing = np.where(values.is_null().to_numpy(), np.nan, 0.0)
    if not categorical:
        return [("", values.cast(pl.Float64).fill_null(0.0).to_numpy() + missing)]
    levels = values.drop_nulls().unique().sort().to_list()
    return [
        (f"_{each}", (values == each).fill_null(value=False).to_numpy().astype(float) + missing)
        for each in levels[1:]
    ]
