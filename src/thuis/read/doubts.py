"""Rows and keys that are possible but seldom meant: a total below the rows, a key in two ways."""

from __future__ import annotations

from unicodedata import normalize

import polars as pl

from thuis.errors import Place, Problem
from thuis.formats import Raw
from thuis.formats.raw import numbers
from thuis.plausible.answers import heaped
from thuis.plausible.rows import chance
from thuis.project.model import Source
from thuis.read.microdata import PSU, STRATUM
from thuis.read.variables import SHOWN, At

_COPIES, _BY_CHANCE = 0.95, 0.05
_UNSEEN = r"[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]|\.0+$"
"""What a key is written with or without: letters nobody sees, and the decimals of a program."""


def twice(raw: Raw, person: str, file: str, rows: pl.Series) -> tuple[list[Problem], list[str]]:
    """Respondents with the number of another: a fault when all that is read of them is the same, as after a
    merge that went wrong; else a remark.
    """
    numbers = raw.codes(person).drop_nulls()
    again = len(numbers) - numbers.n_unique()
    if not again:
        return [], []
    others = [each for each in raw.frame.columns if each != person]
    copies = raw.frame.select(person, *others).is_duplicated() & raw.frame[person].is_not_null()
    same = int(copies.sum()) - raw.frame.filter(copies)[person].n_unique()
    if same >= _COPIES * again and others and chance(raw.frame.group_by(others).len()["len"]) < _BY_CHANCE:
        first = int(rows.filter(copies & ~raw.frame[person].is_first_distinct())[0])
        problem = Problem(
            f"{same} row{'s are' if same > 1 else ' is'} the same as a row before, {person!r} and all else "
            "that is read of it",
            Place(file, row=first, key=person),
            expected="one row per respondent",
            step=f"remove the copies from the file; of other people say  psu: {person}  in the wave",
        )
        return [problem], []
    have = "rows have" if again > 1 else "row has"
    return [], [f"{again} {have} the same {person!r} as a row before; is a respondent in the file twice?"]


def two_ways(
    found: dict[str, pl.Series], columns: dict[str, str], file: str
) -> tuple[list[Problem], list[str]]:
    """Keys that are one unit to a person and two to a computer: an error when nobody can have meant it."""
    problems, notes = [], []
    for name, what in ((STRATUM, "stratum"), (PSU, "PSU")):
        if name not in found:
            continue
        keys = pl.DataFrame({"key": found[name].drop_nulls().unique().sort()})
        keys = keys.with_columns(
            pl.Series("form", [normalize("NFKC", each) for each in keys["key"]], dtype=pl.String)
        )
        pair = _pair(keys, _plain("key"))
        if pair:
            step = "write every key in one way"
            said = f"the {what} {columns[name]!r} has keys written in two ways: {pair}"
            problems.append(Problem(said, Place(file, key=columns[name]), step=step))
            continue
        pair = _pair(keys, _said(_plain("form")))
        if pair:
            notes.append(f"keys of the {what} {columns[name]!r} may be one written in two ways: {pair}")
    return problems, notes


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(_UNSEEN, "").str.strip_chars()


def _said(key: pl.Expr) -> pl.Expr:
    """A key as one would say it: without capitals, zeros in front, and kinds of spaces, dashes and digits."""
    said = key.str.to_lowercase()
    return said.str.replace_all(r"\s+", " ").str.replace_all(r"\s?\p{Pd}\s?", "-").str.replace("^0+", "")


def _pair(keys: pl.DataFrame, plain: pl.Expr) -> str:
    same = keys.group_by(plain.alias("plain")).agg("key").filter(pl.col("key").list.len() > 1).sort("plain")
    return "" if same.is_empty() else " and ".join(map(repr, same["key"][0].to_list()[:2]))


def far_from_others(values: pl.Series, source: Source, at: At) -> list[str]:
    """Such numbers as a remark, unless the project says that they are answers."""
    counts = numbers(values)
    found = [(each, counts[each]) for each in heaped(counts) if f"{each:g}" not in source.answers]
    if not found:
        return []
    listed = ", ".join(f"{each:g} ({n} row{'s' if n > 1 else ''})" for each, n in found[:SHOWN])
    rest = sorted(each for each in counts if each not in dict(found))
    return [
        f"{at.mapping.file}: {listed} of {at.column!r} counts as a number, far from all others "
        f"({rest[0]:g} to {rest[-1]:g}); is it an answer? else add it to 'missing'"
    ]
