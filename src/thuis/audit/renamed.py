"""Indicators of two monitors that are one under two names: their totals say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thuis.audit.read import Figure, Published

SAME = ("estimate", "se", "n")
"""Numbers of a cell that are all the same where nothing happened to its people."""

Totals = Mapping[str, tuple[Any, ...]]


def renamed(before: Published, after: Published) -> Published:
    """``before`` with the names of ``after`` for indicators that it has under another: no two questions have
    the same estimate, standard error and respondents in every wave that both have.

    >>> renamed(Published("1.0", 50, ()), Published("1.1", 50, ())).version
    '1.0'
    """
    ours, theirs = _totals(after), _totals(before)
    names = {}
    for old in set(theirs) - set(ours):
        fits = sorted(new for new in set(ours) - set(theirs) if _one(theirs[old], ours[new]))
        if fits:
            names[old] = fits[0]
    if not names:
        return before
    return replace(before, figures=tuple(_under(each, names) for each in before.figures))


def _under(figure: Figure, names: Mapping[str, str]) -> Figure:
    if figure.indicator not in names:
        return figure
    new = names[figure.indicator]
    return replace(figure, indicator=new, id=f"{new}/{figure.id.partition('/')[2]}")


def _one(old: Totals, new: Totals) -> bool:
    shared = old.keys() & new.keys()
    return bool(shared) and all(old[wave] == new[wave] for wave in shared)


def _totals(published: Published) -> Mapping[str, Totals]:
    """The published totals of every indicator by wave; none where they have no spread."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for figure in published.figures:
        of = found.setdefault(figure.indicator, {})
        for (wave, cell), numbers in figure.cells.items():
            if not cell and numbers["status"] == "published" and numbers.get("se"):
                of[wave] = tuple(numbers.get(name) for name in SAME)
    return found
