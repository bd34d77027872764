"""Key figures of municipalities from elsewhere: ``municipalities.csv``, told by ``key-figures.csv``.

Figures of municipalities that merged since are added up where they are counts, weighted by inhabitants where
they are shares of these, and left out otherwise. Counts of persons are rounded to fives; under ten they are
left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from thuis.contract.act import KeyFigure
from thuis.errors import Problem, raise_all, unknown
from thuis.language import LANGUAGES
from thuis.places import at, municipalities
from thuis.tables import Row
from thuis.tables.sheet import Table, read_table, said, told_in, wanting

INHABITANTS = "inhabitants"
MERGES = ("sum", "by-inhabitants", "none")
COLUMNS = ("id", "date", "merge")
TEXTS = ("title", "group", "source")
PLACED = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0)}
"""Columns with the middle of a municipality, and what they can be."""
LEAST, ROUND = 10, 5
Value = float | None


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """What the figures are, how each passes a merger, which count persons, and the values by code."""

    told: tuple[KeyFigure, ...] = ()
    merge: dict[str, str] = field(default_factory=dict)
    persons: frozenset[str] = frozenset()
    rows: dict[str, dict[str, Value]] = field(default_factory=dict)

    def on(self, day: date) -> dict[str, dict[str, Value]]:
        """The figures by code of the municipalities of a day, as they may be shown.

        >>> old = {"GM0370": {"inhabitants": 10110.0}, "GM0439": {"inhabitants": 81683.0}}
        >>> KeyFigures(merge={"inhabitants": "sum"}, rows=old).on(date(2022, 1, 1))
        {'GM0439': {'inhabitants': 91793.0}}
        """
        parts: dict[str, list[dict[str, Value]]] = defaultdict(list)
        for code, row in self.rows.items():
            now = at(code, day)
            if len(now) == 1:
                parts[now[0]].append(row)
        keys = [*dict.fromkeys(key for row in self.rows.values() for key in row)]
        return {
            code: {
                key: self._shown(key, _joined(rows, key, self.merge.get(key, "by-inhabitants")))
                for key in keys
            }
            for code, rows in parts.items()
        }

    def _shown(self, key: str, value: Value) -> Value:
        if value is None or key not in self.persons:
            return value
        return None if value < LEAST else float(ROUND * round(value / ROUND))


def _joined(rows: list[dict[str, Value]], key: str, how: str) -> Value:
    """One value of one or more municipalities; None when a part lacks it or it cannot be joined."""
    values = [row.get(key) for row in rows]
    if len(values) == 1:
        return values[0]
    if key in PLACED:
        how = "by-inhabitants"
    known = [each for each in values if each is not None]
    if how in ("none", "") or len(known) < len(values):
        return None
    if how == "sum":
        return sum(known)
    weights = [row.get(INHABITANTS) or 0.0 for row in rows]
    if not all(weights):
        return None
    mean = sum(v * w for v, w in zip(known, weights, strict=True)) / sum(weights)
    return round(mean, 4)


def read_figures(folder: Path) -> KeyFigures:
    """``municipalities.csv`` with ``key-figures.csv`` of a project; nothing when there is neither.

    :raises ThuisError: with every fault: a code that is none or stands there twice, a column nobody tells of,
        a value that is no number, a position outside the earth.
    """
    values, told = folder / "municipalities.csv", folder / "key-figures.csv"
    if not values.is_file() and not told.is_file():
        return KeyFigures()
    heads, table = read_table(told), read_table(values)
    problems = wanting(heads, (*COLUMNS, *told_in(heads, TEXTS))) + wanting(table, ("code",))
    raise_all(problems)
    figures = [_figure(row, heads, problems) for row in heads.rows]
    ids = [row["id"] for row in heads.rows]
    allowed = {*ids, *PLACED, "code", "name"}
    problems += [
        unknown("key figure", each, sorted(allowed), table.head.place(each))
        for each in table.columns
        if each not in allowed
    ]
    rows: dict[str, dict[str, Value]] = {}
    for row in table.rows:
        if row["code"] not in municipalities():
            problems.append(
                Problem(f"{row['code']!r} is no code of a municipality", row.place("code"), "GM0363")
            )
        elif row["code"] in rows:
            problems.append(Problem(f"{row['code']} stands there twice", row.place("code")))
        names = (each for each in table.columns if each not in ("code", "name"))
        rows[row["code"]] = {name: _number(row, name, problems) for name in names}
    raise_all(problems)
    return KeyFigures(
        tuple(each for each in figures if each),
        {row["id"]: row["merge"] for row in heads.rows},
        frozenset(row["id"] for row in heads.rows if row["persons"] == "yes"),
        rows,
    )


def _number(row: Row, name: str, problems: list[Problem]) -> Value:
    if not row[name]:
        return None
    try:
        value = float(row[name])
    except ValueError:
        value = math.nan
    low, high = PLACED.get(name, (-math.inf, math.inf))
    if math.isfinite(value) and low <= value <= high:
        return value
    problems.append(
        Problem(f"{row[name]!r} is not possible", row.place(name), "a number with a point, or nothing")
    )
    return None


def _figure(row: Row, table: Table, problems: list[Problem]) -> KeyFigure | None:
    found = [
        Problem(f"{name} is empty", row.place(name))
        for name in (*COLUMNS, *told_in(table, TEXTS))
        if not row[name]
    ]
    found += row.among("merge", MERGES) if row["merge"] else []
    found += row.among("persons", ("", "yes", "no"))
    if row["decimals"] not in ("", "0", "1", "2", "3"):
        found.append(Problem(f"{row['decimals']!r} decimals", row.place("decimals"), "0 to 3"))
    problems += found
    if found:
        return None

    return KeyFigure(
        id=row["id"],
        title=said(row, "title"),
        unit=said(row, "unit") or dict.fromkeys(LANGUAGES, ""),
        decimals=int(row["decimals"] or 0),
        group=said(row, "group"),
        date=row["date"],
        source=said(row, "source"),
        note=said(row, "note") or None,
    )
