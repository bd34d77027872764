"""How far two raters, or several questions, agree: kappa and alpha with standard errors."""

from __future__ import annotations

from typing import Any

import numpy as np

from thuis.errors import Problem, ThuisError, raise_all, unknowns
from thuis.survey.core.checks import Options, numbers_asked
from thuis.survey.core.measures import Total
from thuis.survey.core.surveyed import Surveyed
from thuis.survey.core.variance import Floats
from thuis.survey.estimates import Contrast
from thuis.survey.levels import levels
from thuis.survey.moments import moments
from thuis.survey.tabulate import tabulate
from thuis.survey.used import in_use


def kappa(sample: Surveyed, first: str, second: str, level: float) -> Contrast:
    """See :meth:`thuis.survey.Sample.kappa`."""
    raise_all(unknowns("column", (first, second), sample.table.types))
    if first == second:
        raise ThuisError(f"{first!r} is compared with itself", expected="two columns")
    known = list(dict.fromkeys([*levels(sample, first), *levels(sample, second)]))
    found = tabulate(in_use(sample, [first, second]), [Total()], [(first, second)], Options(level))
    at = {value: i for i, value in enumerate(known)}
    rows = [at[value] for value in found.frame[first]]
    columns = [at[value] for value in found.frame[second]]
    if len(set(rows) | set(columns)) < 2:
        raise ThuisError(f"{first!r} and {second!r} have one answer", expected="two or more")
    one, two, same = _sides(rows, columns, len(known))

    def of(e: Any) -> Any:
        whole = e.sum()
        by_chance = ((one @ e) * (two @ e)).sum() / whole**2
        return (same @ e / whole - by_chance) / (1 - by_chance)

    return found.contrast(of)


def _sides(rows: list[int], columns: list[int], many: int) -> tuple[Floats, Floats, Floats]:
    """Which cells add up to every answer of each column, and in which both are alike."""
    one, two = (np.equal.outer(np.arange(many), np.array(each)).astype(float) for each in (rows, columns))
    return one, two, (np.array(rows) == np.array(columns)).astype(float)


def alpha(sample: Surveyed, columns: tuple[str, ...], level: float) -> Contrast:
    """See :meth:`thuis.survey.Sample.alpha`."""
    problems = numbers_asked(columns, sample.table.types)
    if len(set(columns)) < 2:
        problems.append(Problem(f"{len(set(columns))} columns", expected="two or more"))
    raise_all(problems)
    used, quote = in_use(sample, columns), sample.table.dialect.quote
    total = " + ".join(f"CAST({quote(each)} AS DOUBLE)" for each in columns)
    made = used.mutate(__together=total)
    pairs = [(each, each) for each in (*columns, "__together")]
    found = moments(made, "variance", pairs, (), Options(level))
    many = len(columns)
    return found.contrast(lambda e: many / (many - 1) * (1 - e[:-1].sum() / e[-1]))
