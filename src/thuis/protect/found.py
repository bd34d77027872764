"""What the rows of some indicators say together of their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from thuis.protect.bounds import Target
from thuis.protect.system import Key, System
from thuis.protect.table import Row

FOR_OTHERS = ("protects-another", "same-answers")
"""Rules by which a cell is withheld that tells nothing itself."""


def numbers_of(rows: Iterable[Mapping[Key, Row]]) -> dict[Key, int]:
    """The respondents of every cell, in whichever indicator has it."""
    found: dict[Key, int] = {}
    for each in rows:
        for key, row in each.items():
            found[key] = max(found.get(key, 0), row.n)
    return found


def own_of(rows: Iterable[Mapping[Key, Row]]) -> frozenset[Key]:
    """Cells withheld for what they tell themselves."""
    return frozenset(
        key for each in rows for key, row in each.items() if row.secret and row.rule not in FOR_OTHERS
    )


def unknown_of(
    rows: Sequence[Mapping[Key, Row]], n: Mapping[Key, int], least: int
) -> tuple[set[Key], set[Key], set[Key]]:
    """Cells with too few respondents, others said to have the minimum, and all whose number is hidden."""
    told, enough, seen = set[Key](), set[Key](), set[Key]()
    for each in rows:
        for key, row in each.items():
            if not row.secret:
                seen.add(key)
            elif row.rule == "n-below-minimum":
                told.add(key)
            elif row.reason == "too-uncertain":
                enough.add(key)
    few = {key for key in told if n[key] < least}
    return few, enough - few, few | (n.keys() - seen)


def absent_of(rows: Iterable[Mapping[Key, Row]]) -> frozenset[Key]:
    """Cells of which is published that nobody was interviewed in them."""
    empty: dict[Key, bool] = {}
    for each in rows:
        for key, row in each.items():
            empty[key] = empty.get(key, True) and row.reason in ("not-asked", "not-applicable")
    return frozenset(key for key, nobody in empty.items() if nobody)


def places(cells: System, keys: Iterable[Key]) -> list[int]:
    """Where some cells stand in a system, as far as it has them."""
    return sorted(cells.index[key] for key in keys if key in cells.index)


def note(
    rows: Sequence[Mapping[Key, Row]], keys: Sequence[Key], told: Mapping[int, Target | None], measure: str
) -> None:
    """For the data officer: cells whose interval is narrower than their level asks, whatever is withheld."""
    for cell, kept in told.items():
        if cell >= len(keys):
            continue
        key = keys[cell]
        span = f"{kept.low:g} to {kept.high:g}" if kept else "nothing"
        for each in rows:
            if key in each and each[key].secret and each[key].relation is None:
                each[key].relation = f"{measure}: level not reached, {span} stays possible"
