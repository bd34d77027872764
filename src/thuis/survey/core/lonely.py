"""Strata with one unit: a rule for each, and strata that count together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from thuis.errors import Problem, raise_all, unknown, unknowns
from thuis.survey.core.design import LONELY, Columns
from thuis.survey.core.engine.table import Table

STRATUM, PSU = "__stratum", "__psu"


def ruled(table: Table, columns: Columns, rules: Mapping[Any, str]) -> Columns:
    """The design in which strata of one unit count by the rule that each is given.

    :raises ThuisError: rules or strata that are not there.
    """
    problems = unknowns("lonely-PSU rule", rules.values(), LONELY)
    if columns.lonely_domain:
        problems.append(Problem("lonely_domain with a rule per stratum", expected="one rule for all strata"))
    raise_all(problems + _no_strata(columns))
    there = _strata(table, columns.strata)
    named = {each if isinstance(each, tuple) else (each,): rule for each, rule in rules.items()}
    shown = [_shown(each) for each in there]
    raise_all([unknown("stratum", _shown(each), shown) for each in named if each not in there])
    return replace(columns, lonely="error", rules=tuple(named.items()))


def merged(table: Table, columns: Columns, into: Mapping[Any, Any]) -> tuple[Table, Columns]:
    """The design in which some strata count as part of another.

    :param into: stratum: the one that it becomes part of.
    :raises ThuisError: strata that are not there, or themselves become part of another.
    """
    raise_all(_no_strata(columns))
    if len(columns.strata) > 1:
        raise_all([Problem("combine with strata of several columns", step="make one column of them first")])
    there = [value for (value,) in _strata(table, columns.strata)]
    problems = unknowns("stratum", (*into, *into.values()), there)
    problems += [
        Problem(f"stratum {last!r} takes in {first!r}, and becomes part of {into[last]!r} itself")
        for first, last in into.items()
        if last in into
    ]
    raise_all(problems)
    (name,) = columns.strata
    target = pl.Series([into.get(value, value) for value in there], dtype=pl.Series(there).dtype)
    added = [f"t.__into AS {table.dialect.quote(STRATUM)}"]
    psu = columns.psu
    if columns.nest and psu:
        # Units numbered anew in each stratum stay apart in the one that strata become together.
        parts = [f"CAST(s.{table.dialect.quote(each)} AS VARCHAR(64))" for each in (name, psu[0])]
        added.append(f"concat({parts[0]}, ' ', {parts[1]}) AS {table.dialect.quote(PSU)}")
        psu = (PSU, *psu[1:])
    frame = pl.DataFrame({name: there, "__into": target})
    return table.joined(frame, [name], added), replace(columns, strata=(STRATUM,), psu=psu)


def _shown(stratum: tuple[Any, ...]) -> Any:
    return stratum[0] if len(stratum) == 1 else stratum


def _no_strata(columns: Columns) -> list[Problem]:
    return [] if columns.strata else [Problem("rules for strata without strata", step="name them in strata=")]


def _strata(table: Table, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    own = ", ".join(f"{table.dialect.value(each, table.types)} AS v{i}" for i, each in enumerate(names))
    found = table.query(f"SELECT DISTINCT {own} FROM {table.dialect.source}")
    return sorted(found.drop_nulls().rows(), key=str)
