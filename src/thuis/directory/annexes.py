"""Annexes as they are printed: a column for each year, amounts in thousands, a row with the total."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from thuis.errors import Problem
from thuis.tables import Row
from thuis.tables.sheet import Table

Money = Callable[[str], Decimal | None]
_YEAR = re.compile(r"(?:bedrag|amount|uitkering|grant|budget)?\s*((?:19|20)\d\d)", re.I)
_UNITS = (
    (re.compile(r"'000|\bx\s*(?:€|eur(?:o'?s?)?)?\s*1[.,]?000\b|\bduizend|\bthousand", re.I), 1_000),
    (re.compile(r"\bx\s*(?:€|eur)?\s*1[.,]?000[.,]?000\b|\bmiljoen|\bmln\b|\bmillion", re.I), 1_000_000),
)
_TOTAL = re.compile(r"(?:eind)?(?:totaal|total|som)(?:\s(?:gemeenten|municipalities|generaal))?\s*:?", re.I)
_NOTE = re.compile(r"\*|\d\)|[¹²³]|bron\b|noot\b|source\b", re.I)


def plain(table: Table, names: Mapping[str, str], money: Money) -> tuple[Table, list[Problem]]:
    """A table with a row for each amount, in euros; totals are held against the amounts and left out.

    :param names: how columns are called otherwise, folded -> their name.
    :param money: reads an amount.
    """
    heads = {each: _head(each) for each in table.columns}
    called = {each: names.get(base.casefold(), base) for each, (base, _) in heads.items()}
    years = {each: found.group(1) for each in table.columns if (found := _YEAR.fullmatch(called[each]))}
    wide = bool(years) and "year" not in called.values()
    rows = list(
        _rows(table, called, years if wide else {}, {each: unit for each, (_, unit) in heads.items()}, money)
    )
    kept = [row for row in rows if not _TOTAL.fullmatch(row["municipality"])]
    columns = tuple(called[each] for each in table.columns if not (wide and each in years))
    more = ("year", "amount") if wide else ()
    return replace(table, columns=(*columns, *more), rows=tuple(kept)), _wrong(rows, money)


def _head(column: str) -> tuple[str, int]:
    """The name of a column without what stands behind it, and the euros of one of its units."""
    base = re.sub(r"\s*(?:\(.*\)|'000|in (?:€|euro'?s?)|x\s*€?\s*1.*|€)\s*$", "", column).strip()
    unit = max((size for pattern, size in _UNITS if pattern.search(column)), default=1)
    return base or column, unit


def _rows(
    table: Table, called: Mapping[str, str], years: Mapping[str, str], units: Mapping[str, int], money: Money
) -> Iterator[Row]:
    amount = next((each for each, name in called.items() if name == "amount"), None)
    for row in table.rows:
        if _NOTE.match(row[_town(called)]) and not any(money(row[each]) for each in years or (amount or "",)):
            continue
        cells = {called[each]: value for each, value in row.cells.items() if each not in years}
        if not years:
            value = _euros(row[amount], units[amount], money) if amount else ""
            yield replace(row, cells=cells | ({"amount": value} if amount else {}))
        for each, year in years.items():
            if row[each] and not re.fullmatch(r"[-–—.\s]*", row[each]):
                value = _euros(row[each], units[each], money)
                yield replace(row, cells=cells | {"year": year, "amount": value})


def _town(called: Mapping[str, str]) -> str:
    return next((each for each, name in called.items() if name == "municipality"), "")


def _euros(text: str, unit: int, money: Money) -> str:
    """An amount in euros; what is none stays as it is written, to be told."""
    value = money(text)
    return text if value is None or unit == 1 else f"{(value * unit).normalize():f}"


def _wrong(rows: list[Row], money: Money) -> list[Problem]:
    """Totals that the rows above them do not add up to."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    problems = []
    for row in rows:
        value = money(row["amount"])
        if value is None:
            continue
        key = (row["scheme"] or row["article"], row["year"])
        if not _TOTAL.fullmatch(row["municipality"]):
            sums[key] += value
            continue
        same = [each for (scheme, year), each in sums.items() if year == key[1] and key[0] in ("", scheme)]
        found = sum(same, Decimal())
        if abs(found - value) >= 1:
            what = f"the amounts of {row['year']} add up to {found:,}"
            step = "look for a row that is missing or stands there twice"
            problems.append(Problem(what, row.place("municipality"), f"{value:,}, the total", step=step))
    return problems
