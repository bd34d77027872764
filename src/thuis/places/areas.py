"""Counts per municipality in the boundaries of another day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

from thuis.errors import Problem, raise_all
from thuis.places.table import at, municipalities

CODE = re.compile(r"GM\d{4}")


def combine(frame: pl.DataFrame, code: str, counts: Iterable[str], day: date) -> pl.DataFrame:
    """Counts per municipality in the boundaries of ``day``; every total stays what it was.

    :param code: the column with codes like ``GM0363``; those of a country's other areas pass unchanged.
    :param counts: the columns to add up. Percentages cannot be added: turn them into persons first.
    :raises ThuisError: for codes that have another form, twice the same code, missing counts, and areas that
        were divided before the day or that did not exist on it yet; all at once.

    >>> old = pl.DataFrame({"code": ["GM0439", "GM0370"], "persons": [81683, 10110]})
    >>> combine(old, "code", ["persons"], date(2022, 1, 1)).rows()
    [('GM0439', 91793)]
    """
    columns = list(counts)
    problems = [
        Problem(f"{value!r} is no municipal code", expected="GM and four digits")
        for value in frame[code].to_list()
        if not (isinstance(value, str) and CODE.fullmatch(value))
    ]
    twice = frame.filter(pl.col(code).is_duplicated())[code].unique().sort().to_list()
    problems += [Problem(f"municipality {value!r} stands there twice") for value in twice]
    for column in columns:
        missing = frame.filter(pl.col(column).is_null())[code].to_list()
        if missing:
            problems.append(
                Problem(
                    f"{column!r} is missing for {len(missing)} municipalities",
                    available=tuple(str(each) for each in missing),
                    step="a sum over a merger needs every part",
                )
            )
    raise_all(problems)
    fates = {
        value: at(value, day) if value in municipalities() else (value,) for value in frame[code].to_list()
    }
    raise_all([_cannot(value, fate, day) for value, fate in fates.items() if len(fate) != 1])
    new = pl.col(code).replace_strict(
        {value: fate[0] for value, fate in fates.items()}, return_dtype=pl.String
    )
    return frame.with_columns(new).group_by(code, maintain_order=True).agg(pl.col(columns).sum())


def _cannot(code: str, fate: tuple[str, ...], day: date) -> Problem:
    name = municipalities()[code].name
    if fate:
        return Problem(
            f"{name} ({code}) was divided before {day}",
            available=fate,
            step="counts of a divided municipality cannot be shared out: use counts in the new boundaries",
        )
    return Problem(
        f"{name} ({code}) did not exist on {day}", step="give the counts of the municipalities before it"
    )
