"""How many digits a finding keeps: as many as its waves may show, and people in tens where that is asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from thuis.findings.words import say
from thuis.values import decimals

FEW = 3
P_VALUES = ("p", "p_adjusted")
ON_SCALE = ("estimate", "difference", "se", "lower", "upper")
PEOPLE = ("alpha.columns.n", "paradox.columns.n")
"""Headings of the columns that count respondents."""


@dataclass(frozen=True, slots=True)
class Digits:
    """What is kept of the numbers of findings.

    Few digits are two of the standard error where there is one, in tables the decimals of their page, and
    three elsewhere.

    :param few: waves of which numbers keep few digits, for more would count people.
    :param all_few: every number keeps few digits, because the project asks for no more.
    :param people: a number of respondents as it is published.
    """

    few: Collection[str] = ()
    all_few: bool = False
    people: Callable[[int], int] = int

    def kept(self, entry: Mapping[str, Any], waves: Collection[str]) -> dict[str, Any]:
        """An entry as it is published.

        :param waves: all that its numbers are about.
        """
        few = FEW if self.all_few or set(waves) & set(self.few) else None
        found = finite(entry, few)
        explain = found.get("explain") or {}
        if explain.get("n") is not None:
            explain["n"] = self.people(explain["n"])
        if table := found.get("table"):
            headings = [say(name) for name in PEOPLE]
            at = [k for k, heading in enumerate(table["columns"]) if heading in headings]
            places = table["decimals"] if few else None
            table["rows"] = [
                [self._cell(_placed(v, places), k in at) for k, v in enumerate(row)] for row in table["rows"]
            ]
        return dict(found)

    def _cell(self, value: Any, of_people: bool) -> Any:
        if not of_people or value is None:
            return value
        return str(self.people(int(value))) if isinstance(value, str) else self.people(value)


def _placed(value: Any, places: int | None) -> Any:
    return round(value, places) if isinstance(value, float) and places is not None else value


def finite(value: Any, few: int | None = None) -> Any:
    """Eight decimals, and of p values ten digits, or ``few`` digits; what is no number becomes null.

    Where numbers keep few digits, a p value keeps one: more would give the standard error more sharply than
    its own digits do.

    >>> finite({"difference": 7.284, "se": 0.04123, "p": 0.03412, "p_adjusted": 0.0478}, 3)
    {'difference': 7.284, 'se': 0.041, 'p': 0.03, 'p_adjusted': 0.04}
    """
    if isinstance(value, Mapping):
        places = decimals(value.get("se")) if few and isinstance(value.get("se"), float) else None
        return {
            key: round(each, places)
            if key in ON_SCALE and isinstance(each, float) and math.isfinite(each) and places is not None
            else each
            if key == "level"
            else (_one_digit(each) if few else _digits(each))
            if key in P_VALUES
            else finite(each, few)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [finite(each, few) for each in value]
    if isinstance(value, float):
        kept = float(f"{value:.{few}g}") if few and math.isfinite(value) else value
        return round(kept, 8) if math.isfinite(value) else None
    return value


def _one_digit(value: float | None) -> float | None:
    """One digit, that of the limit of a test only where the value is not below it.

    >>> _one_digit(0.0312), _one_digit(0.0478), _one_digit(0.0521), _one_digit(0.000996), _one_digit(0.0)
    (0.03, 0.04, 0.05, 0.0009, 0.0)
    """
    if value is None or not math.isfinite(value):
        return None
    near = float(f"{value:.0e}")
    if near <= value or f"{near:.0e}"[0] not in "15":
        return near
    place = 10.0 ** math.floor(math.log10(value))
    return float(f"{math.floor(value / place) * place:.0e}")


def _digits(value: float | None) -> float | None:
    """Ten significant digits, as in figures: a p value of eight decimals would be published as 0.

    >>> _digits(1.23456789012e-12)
    1.23456789e-12
    """
    return float(f"{value:.10g}") if value is not None and math.isfinite(value) else None
