"""The one query behind every table: grouped sums, in SQL that DuckDB and Spark both read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thuis.survey.core.measures import Mean, Measure, Proportion, Ratio, Total


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes names and text, and what it calls the rows.

    ``names`` are the columns that the engine calls otherwise: those that differ from another in case only.
    """

    mark: str
    source: str = "source"
    backslash: bool = False
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def quote(self, name: str) -> str:
        """A column name as identifier; marks inside are doubled."""
        name = self.names.get(name, name)
        return self.mark + name.replace(self.mark, self.mark * 2) + self.mark

    def literal(self, value: object) -> str:
        """A Python value."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, float) and math.isinf(value):
            return f"CAST('{value}' AS DOUBLE)"
        if isinstance(value, int | float):
            return repr(value)
        text = str(value).replace("\\", "\\\\") if self.backslash else str(value)
        return "'" + text.replace("'", "\\'" if self.backslash else "''") + "'"

    def value(self, name: str, types: Mapping[str, str]) -> str:
        """A column in which NaN counts as missing."""
        quoted = self.quote(name)
        if types[name].upper() in {"DOUBLE", "FLOAT"}:
            return f"CASE WHEN isnan({quoted}) THEN NULL ELSE {quoted} END"
        return quoted


@dataclass(frozen=True, slots=True)
class Term:
    """One measure per row: ``y``, NULL where the row does not count, and ``d`` for a ratio.

    ``shift`` is taken from answers before squaring: squares keep their digits when the mean is far from 0.
    """

    measure: Measure
    y: str
    d: str | None = None
    shift: float = 0.0
    complete: bool = False

    @property
    def binary(self) -> bool:
        """Whether ``y`` is 0 or 1, so that its square is itself."""
        return isinstance(self.measure, Proportion)


def numerator(dialect: Dialect, measure: Measure, types: Mapping[str, str]) -> tuple[str, str | None]:
    """SQL of ``y`` and, for a ratio, ``d``."""

    def number(name: str) -> str:
        return f"CAST({dialect.value(name, types)} AS DOUBLE)"

    match measure:
        case Total(None):
            return "CAST(1 AS DOUBLE)", None
        case Mean(column) | Total(column):
            return number(str(column)), None
        case Ratio(top, bottom):
            y, d = number(top), number(bottom)
            both = f"({y}) IS NOT NULL AND ({d}) IS NOT NULL"
            return f"CASE WHEN {both} THEN {y} END", f"CASE WHEN {both} THEN {d} END"
        case Proportion(column, values, valid):
            x = f"({dialect.value(column, types)})"
            if values is None:
                hit = number(column)
            else:
                inside = ", ".join(map(dialect.literal, values))
                hit = f"CASE WHEN {x} IN ({inside}) THEN CAST(1 AS DOUBLE) ELSE CAST(0 AS DOUBLE) END"
            counts = f"{x} IS NOT NULL"
            if valid is not None:
                counts += f" AND {x} IN ({', '.join(map(dialect.literal, valid))})"
            return f"CASE WHEN {counts} THEN {hit} END", None


def weight(dialect: Dialect, name: str, types: Mapping[str, str]) -> str:
    """The column ``w`` of the rows."""
    return f"CAST({dialect.value(name, types)} AS DOUBLE) AS w"


def inner(terms: Sequence[Term]) -> list[str]:
    """The columns ``y{k}`` and ``d{k}`` of the rows."""
    found = []
    for k, term in enumerate(terms):
        found.append(f"{term.y} AS y{k}")
        if term.d is not None:
            found.append(f"{term.d} AS d{k}")
    return found


def grouped(
    dialect: Dialect,
    rows: Sequence[str],
    units: Mapping[str, str],
    groups: Mapping[str, str],
    sets: Sequence[tuple[str, ...]],
    aggregates: Sequence[str],
    where: str | None = None,
) -> str:
    """Sums per design unit, grouping and cell in one scan.

    :param rows: columns of the rows, ``expression AS name``.
    :param units: name: SQL of the columns of the design unit.
    :param groups: name: SQL of every grouping column.
    :param sets: the groupings, in the names of ``groups``.
    :param aggregates: SQL over the columns of ``rows``; they come back as ``s0``, ``s1``, …
    :returns: a query with the units, the groups, ``mask`` (bit i from the right for the i-th last group that
        is no part of the set) and the sums.
    """
    keys = [*(f"{sql} AS {name}" for name, sql in {**units, **groups}.items())]
    names = list(groups)
    bits = [f"CAST(grouping({name}) AS BIGINT) * {1 << (len(names) - 1 - i)}" for i, name in enumerate(names)]
    mask = f"{' + '.join(bits)} AS mask" if groups else "0 AS mask"
    outer = [*units, *groups, mask, *(f"{sql} AS s{i}" for i, sql in enumerate(aggregates))]
    members = [[*units, *each] for each in sets]
    if len(members) == 1:
        by = f" GROUP BY {', '.join(members[0])}" if members[0] else ""
        outer = [name for name in outer if name not in groups or name in members[0]]
        outer = ["0 AS mask" if name == mask else name for name in outer]
    else:
        by = f" GROUP BY GROUPING SETS ({', '.join('(' + ', '.join(each) + ')' for each in members)})"
    condition = f" WHERE {where}" if where else ""
    rows_of = f"(SELECT {', '.join([*keys, *rows])} FROM {dialect.source}{condition})"
    return f"SELECT {', '.join(outer)} FROM {rows_of} AS r{by}"


def mask_of(groups: Sequence[str], grouping: Sequence[str]) -> int:
    """The ``mask`` of a grouping.

    >>> mask_of(["g0", "g1", "g2"], ["g1"])
    5
    """
    return sum(1 << (len(groups) - 1 - i) for i, name in enumerate(groups) if name not in grouping)
