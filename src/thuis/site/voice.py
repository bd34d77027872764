"""One language: its texts, its numbers, its dates; templates speak through a :class:`Voice` alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from thuis.contract.figure import Cell, Figure
from thuis.errors import Problem, ThuisError
from thuis.language import texts

NBSP = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Voice:
    """Texts and formats of one language.

    >>> Voice("nl").number(-1234.56, 1), Voice("en").number(-1234.56, 1)
    ('−1.234,6', '−1,234.6')
    """

    language: str

    def t(self, key: str, **values: object) -> str:
        """A text of the interface."""
        return texts("site", self.language)(key, **values)

    def say(self, text: Mapping[str, str] | str | None) -> str:
        """A text of the monitor in this language; nothing when there is none.

        :raises ThuisError: when the text exists, but not in this language.
        """
        if not text:
            return ""
        if isinstance(text, str):
            return text
        if self.language not in text:
            sample = next(iter(text.values()), "")
            raise ThuisError(
                Problem(
                    f"a text has no {self.language!r}: {str(sample)[:60]!r}",
                    available=tuple(text),
                    step="add the translation to the project folder",
                )
            )
        return text[self.language]

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed count of decimals and a true minus sign; zero has no sign."""
        return _decimal(round(float(value), decimals) + 0.0, decimals, self.language)

    def count(self, value: int | None) -> str:
        """A whole number; thousands apart by a space that does not break in Dutch."""
        return "" if value is None else self.number(value)

    def value(self, value: float, figure: Figure) -> str:
        """An estimate with its unit where the unit is a sign: ``31,2 %`` in Dutch, ``31.2%`` in English."""
        number = self.number(value, figure.decimals)
        if figure.kind != "proportion":
            return number
        return f"{number}{NBSP}%" if self.language == "nl" else f"{number}%"

    def signed(self, value: float, figure: Figure) -> str:
        """A difference, with its sign."""
        number = self.number(value, figure.decimals)
        return number if value < 0 or not number.strip("0.,") else f"+{number}"

    def span(self, low: float, high: float, figure: Figure) -> str:
        """An interval in words that survive negative numbers and speech: ``29,0 tot 33,4``."""
        return self.t(
            "figure.span",
            low=self.number(low, figure.decimals),
            high=self.number(high, figure.decimals),
        )

    def level(self, figure: Figure) -> str:
        """The confidence level: ``95 %`` or ``95%``."""
        return self.percent(figure.level * 100)

    def percent(self, value: float, decimals: int = 0) -> str:
        """A percentage."""
        gap = NBSP if self.language == "nl" else ""
        return f"{self.number(value, decimals)}{gap}%"

    def unit(self, figure: Figure) -> str:
        """What the figure counts in, as a word."""
        return self.t("figure.percentage") if figure.kind == "proportion" else self.say(figure.unit)

    def difference_unit(self, figure: Figure) -> str:
        """What a difference counts in: percentage points, not per cent."""
        return self.t("figure.points") if figure.kind == "proportion" else self.say(figure.unit)

    def reason(self, cell: Cell, *, long: bool = False) -> str:
        """Why a cell is empty."""
        return self.t(f"{'reason-long' if long else 'reason'}.{cell.reason}")

    def day(self, value: date | str | None) -> str:
        """A date in words, or its month; a text that is no ISO date is shown as it is."""
        if isinstance(value, str):
            if re.fullmatch(r"\d{4}-\d{2}", value):
                month = date.fromisoformat(f"{value}-01")
                return str(format_date(month, "MMMM y", locale=self.language))
            try:
                value = date.fromisoformat(value[:10])
            except ValueError:
                return str(value)
        if value is None:
            return ""
        return str(format_date(value, "d MMMM y", locale=self.language))


@lru_cache(maxsize=50_000)
def _decimal(value: float, decimals: int, language: str) -> str:
    """Babel's number, remembered: a page repeats the same few thousand and formatting is its slowest part."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, pattern, locale=language)).replace("-", MINUS)
