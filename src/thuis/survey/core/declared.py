"""What is wrong with a design as it is declared, before its rows are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from inspect import signature
from itertools import chain
from typing import Any

from thuis.errors import Problem, raise_all, unknown, unknowns
from thuis.survey.core import checks
from thuis.survey.core.design import LONELY, Columns
from thuis.survey.core.engine.table import Table
from thuis.survey.core.expressions import ROW
from thuis.survey.core.measures import answers_of
from thuis.survey.core.replicates import Replicates
from thuis.survey.core.unequal import PPS
from thuis.survey.elsewhere import words_of


def no_argument(name: str, maker: Callable[..., object]) -> Problem:
    """An argument that is none of those that a design is made with, and where what it says stands."""
    taken = [each for each in signature(maker).parameters if each not in ("frame", "other")]
    problem = unknown("argument of a design", name, taken)
    step = words_of("design").get(name)
    return replace(problem, step=step) if step else problem


def no_names(weight: object, replicates: object) -> Iterator[Problem]:
    """A weight, or replicates, handed over as something else than they are."""
    if weight is not None and not isinstance(weight, str):
        yield Problem(
            f"weight is a {type(weight).__name__}",
            expected="the name of a column",
            step="add it to the rows first, and name it here",
        )
    if replicates is not None and not isinstance(replicates, Replicates):
        yield Problem(
            f"replicates is a {type(replicates).__name__}",
            expected='Replicates(columns, method), such as Replicates("repwt_*", "JK1")',
        )


def unordered(table: Table, orders: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Columns of an order that are not there, and answers that it lacks."""
    yield from unknowns("column", orders, table.types)
    for name, order in orders.items():
        if name in table.types:
            column = table.dialect.quote(name)
            there = table.query(f"SELECT DISTINCT {column} AS v FROM {table.dialect.source}")[
                "v"
            ].drop_nulls()
            yield from unknowns(f"answer of {name!r}", there, order)


def without(table: Table, missing: Mapping[str, Any]) -> Table:
    """The rows in which some answers are missing."""
    wanted = {name: answers_of(each) for name, each in missing.items()}
    problems = unknowns("column", wanted, table.types)
    for name in wanted.keys() & table.types.keys():
        problems += checks.misfits(name, wanted[name], table.types)
    raise_all(problems)
    changed = {}
    for name, answers in wanted.items():
        if answers:
            inside = ", ".join(map(table.dialect.literal, answers))
            column = table.dialect.quote(name)
            changed[name] = f"CASE WHEN {column} IN ({inside}) THEN NULL ELSE {column} END"
    return table.recoded(changed) if changed else table


def _words(table: Table, names: Sequence[str]) -> Iterator[Problem]:
    """Columns of a design that should be numbers and hold text that is none."""
    for name in names:
        if table.types[name].upper() not in {"VARCHAR", "STRING", "TEXT"}:
            continue
        quoted = table.dialect.quote(name)
        wrong = f"{quoted} IS NOT NULL AND TRY_CAST({quoted} AS DOUBLE) IS NULL"
        asked = f"SELECT min({quoted}) AS a, count(*) AS n FROM {table.dialect.source} WHERE {wrong}"
        text, rows = table.query(asked).row(0)
        if rows:
            yield Problem(
                f"{name!r} is text that is no number in {rows} rows: {text!r}",
                expected="numbers",
                step="of a file, say which mark is the decimal one: from_file(…, decimal=',') or "
                "(…, decimal='.', thousands=',')",
            )


def misfits(columns: Columns, table: Table, replicates: Replicates | None) -> Iterator[Problem]:
    """Everything wrong with a design before its rows are counted."""
    wanted = [columns.weight, *columns.strata, *columns.psu, *columns.fpc, *chain(*columns.later)]
    problems = unknowns("column", wanted, table.types) + checks.nested_keys(wanted, table.types)
    yield from problems or _words(table, [columns.weight, *columns.fpc])
    yield from unknowns("lonely-PSU rule", [columns.lonely], LONELY)
    if replicates is not None and (columns.strata or columns.psu or columns.fpc or columns.later):
        yield Problem(
            "replicate weights and strata, PSUs or fpc", expected="one of the two: they are the design"
        )
    stages = max(len(columns.psu), 1)
    if len(columns.later) >= stages:
        yield Problem(
            f"strata of {len(columns.later)} later stages for {stages} stages",
            expected=f"at most {stages - 1}: one for each stage after the first",
            step="name the units of every stage in psu=; the first stage's strata stand in strata=",
        )
    if columns.fpc and len(columns.fpc) != stages:
        yield Problem(
            f"{len(columns.fpc)} fpc columns for {stages} stages",
            expected="one for each stage, or none",
            step="give a stage of unknown population infinity, or leave the last stages out",
        )
    if columns.pps is not None:
        yield from _no_pps(columns, columns.pps, replicates)
    if columns.lonely_domain and columns.fpc and stages > 1:
        yield Problem("lonely_domain is not defined for several stages", step="leave later stages out")
    if columns.lonely == "average" and columns.fpc and stages > 1:
        yield Problem('lonely="average" is not defined for several stages', available=("adjust", "certainty"))


def _no_pps(columns: Columns, pps: PPS, replicates: Replicates | None) -> Iterator[Problem]:
    """What does not go with unequal probabilities."""
    if replicates is not None:
        yield Problem("pps and replicate weights", expected="one of the two")
    if not columns.fpc and pps.method != "joint":
        yield Problem("pps without probabilities", step="name their column in fpc=")
    if len(columns.psu) > 1 and pps.method != "brewer":
        yield Problem(f"several stages with pps={pps.method!r}", available=("brewer",))
    if pps.method == "joint" and columns.psu != (ROW,):
        yield Problem("joint probabilities and a PSU", expected="those of rows")
    if columns.lonely in ("adjust", "average") or columns.lonely_domain:
        yield Problem(f"lonely={columns.lonely!r} with pps", available=("error", "certainty", "remove"))
