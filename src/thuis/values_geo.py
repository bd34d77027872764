"""Municipalities across boundary changes: what a code of one year is in another year.

Only whole mergers are held here, which is all that happened between 2021 and 2022: every code of 2021 lies
within one code of 2022, so counts add up exactly and no share has to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from thuis.errors import Problem, raise_all

CODE = re.compile(r"GM\d{4}")


@dataclass(frozen=True, slots=True)
class Merger:
    """Municipalities that became, or joined, one municipality on a day."""

    day: date
    code: str
    name: str
    former: tuple[tuple[str, str], ...]
    source: str


CBS_2022 = (
    "CBS, Nederland telt op 1 januari 2022 345 gemeenten (December 2021); CBS municipal codes 2021 and 2022"
)
MERGERS: tuple[Merger, ...] = (
    Merger(
        date(2022, 1, 1),
        "GM1980",
        "Dijk en Waard",
        (("GM0398", "Heerhugowaard"), ("GM0416", "Langedijk")),
        CBS_2022,
    ),
    Merger(
        date(2022, 1, 1),
        "GM1982",
        "Land van Cuijk",
        (
            ("GM0756", "Boxmeer"),
            ("GM1684", "Cuijk"),
            ("GM0786", "Grave"),
            ("GM0815", "Mill en Sint Hubert"),
            ("GM1702", "Sint Anthonis"),
        ),
        CBS_2022,
    ),
    Merger(date(2022, 1, 1), "GM1991", "Maashorst", (("GM1685", "Landerd"), ("GM0856", "Uden")), CBS_2022),
    Merger(date(2022, 1, 1), "GM0439", "Purmerend", (("GM0370", "Beemster"),), CBS_2022),
)
"""Every merger between 1 January 2021 and 1 January 2022, ten codes into four municipalities."""


def successor(code: str, day: date) -> str:
    """The code that holds the area of ``code`` on ``day``; the code itself when nothing changed.

    >>> successor("GM0370", date(2022, 1, 1)), successor("GM0370", date(2021, 1, 1))
    ('GM0439', 'GM0370')
    """
    for merger in sorted(MERGERS, key=lambda each: each.day):
        if merger.day <= day and code in {former for former, _ in merger.former}:
            code = merger.code
    return code


def combine(frame: pl.DataFrame, code: str, counts: Iterable[str], day: date) -> pl.DataFrame:
    """Counts per municipality in the boundaries of ``day``; every total stays what it was.

    :param code: the column with codes like ``GM0363``.
    :param counts: the columns to add up. Percentages cannot be added: turn them into persons first.
    :raises ThuisError: for codes that have another form, twice the same code, or missing counts.

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
    new = pl.col(code).map_elements(lambda each: successor(each, day), return_dtype=pl.String)
    return frame.with_columns(new).group_by(code, maintain_order=True).agg(pl.col(columns).sum())
