"""Rows and keys that are possible but seldom meant: a total below the rows, a key in two ways."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import polars as pl

from thuis.errors import Place, Problem
from thuis.formats import Raw
from thuis.read.microdata import PSU, STRATUM

_PERSON = re.compile(
    r"(resp(ondent)?|case|person|persoon|participant|deelnemer)[_.]?(id|nr|no|num|nummer|number)"
    r"|id|id_?(no|nr)|nomem_encr|rinpersoon|pid",
    re.IGNORECASE,
)
_UNSEEN = r"[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]|\.0+$"
"""What a key is written with or without: letters nobody sees, and the decimals of a program."""


def person_of(columns: Iterable[str], taken: Collection[str | None]) -> str | None:
    """The column that numbers the respondents, by its name.

    >>> person_of(["resp_id", "trust"], ()), person_of(["idea"], ()), person_of(["id"], ["id"])
    ('resp_id', None, None)
    """
    return next((each for each in columns if _PERSON.fullmatch(each) and each not in taken), None)


def twice(raw: Raw, person: str) -> list[str]:
    """A remark when respondents have the number of another."""
    numbers = raw.codes(person).drop_nulls()
    again = len(numbers) - numbers.n_unique()
    if not again:
        return []
    rows = "rows have" if again > 1 else "row has"
    return [f"{again} {rows} the same {person!r} as a row before; is a respondent in the file twice?"]


def total_below(weight: pl.Series, answers: Iterable[pl.Series]) -> bool:
    """Whether the last row is no respondent: its weight is the sum of the others, or, without answers, their
    mean.

    >>> total_below(pl.Series([1.0, 3.0, 2.0, 6.0]), [])
    True
    """
    if len(weight) < 3 or weight.null_count():
        return False
    others, last = weight[:-1], float(weight[-1])
    whole = float(others.sum())
    if last > 1.5 * float(others.max() or 0) and abs(last - whole) <= 0.5 + 1e-9 * whole:  # type: ignore[arg-type]
        return True
    silent = all(each[-1] in (None, "") for each in answers)
    return silent and abs(last - whole / len(others)) <= 0.005 * last


def total_problem(file: str, row: int, column: str) -> Problem:
    """The last row as a fault."""
    return Problem(
        f"the last row looks like a total: {column!r} is the sum or the mean of the rows above it",
        Place(file, row=row, key=column),
        expected="one row per respondent",
        step="remove the row from the file",
    )


def two_ways(
    found: dict[str, pl.Series], columns: dict[str, str], file: str
) -> tuple[list[Problem], list[str]]:
    """Keys that are one unit to a person and two to a computer: an error when nobody can have meant it."""
    problems, notes = [], []
    for name, what in ((STRATUM, "stratum"), (PSU, "PSU")):
        if name not in found:
            continue
        keys = pl.DataFrame({"key": found[name].drop_nulls().unique().sort()})
        plain = pl.col("key").str.replace_all(_UNSEEN, "").str.strip_chars()
        pair = _pair(keys, plain)
        if pair:
            step = "write every key in one way"
            said = f"the {what} {columns[name]!r} has keys written in two ways: {pair}"
            problems.append(Problem(said, Place(file, key=columns[name]), step=step))
            continue
        pair = _pair(keys, plain.str.to_lowercase().str.replace("^0+", ""))
        if pair:
            notes.append(f"keys of the {what} {columns[name]!r} may be one written in two ways: {pair}")
    return problems, notes


def _pair(keys: pl.DataFrame, plain: pl.Expr) -> str:
    same = keys.group_by(plain.alias("plain")).agg("key").filter(pl.col("key").list.len() > 1).sort("plain")
    return "" if same.is_empty() else " and ".join(map(repr, same["key"][0].to_list()[:2]))
