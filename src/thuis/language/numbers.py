"""Numbers as readers of a language write them.

Separators are Babel's; the per cent sign and the words between two ends are the catalogue's. The minus is the
true sign (U+2212), which screen readers read as "minus" and which is as wide as a digit.
"""

from __future__ import annotations

from functools import cache, lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from thuis.language import texts
from thuis.language.direction import right_to_left

MINUS = "\u2212"


@lru_cache(maxsize=50_000)
def number(value: float, decimals: int, language: str) -> str:
    """A number with a fixed count of decimals, or rounded to tens (-1), hundreds (-2) …; zero has no sign.

    >>> number(-1234.56, 1, "nl"), number(-1234.56, 1, "en"), number(-0.04, 1, "en")
    ('−1.234,6', '−1,234.6', '0.0')
    >>> number(5510551, -4, "nl")
    '5.510.000'
    """
    rounded = round(float(value), decimals) + 0.0
    return f"{rounded:,.{max(decimals, 0)}f}".translate(_separators(language))


@cache
def _separators(language: str) -> dict[int, str]:
    """What Python writes -> what the language writes. A page holds thousands of numbers; Babel's own
    formatting was a quarter of the time to make it."""
    minus = _held(language) + MINUS
    written = {",": get_group_symbol(language), ".": get_decimal_symbol(language), "-": minus}
    return str.maketrans(written)


def _held(language: str) -> str:
    """A mark that holds a sign to the left of its digits where text runs from right to left, as CLDR does."""
    return "\u200e" if right_to_left(language) else ""


def percent(value: float, decimals: int, language: str) -> str:
    """A percentage; ``value`` is on 0–100.

    >>> percent(31.24, 1, "nl"), percent(31.24, 1, "en")
    ('31,2%', '31.2%')
    """
    return texts("numbers", language)("percent", number=number(value, decimals, language))


def signed(value: float, decimals: int, language: str) -> str:
    """A difference with its sign, plus or minus; no difference has none.

    >>> signed(3.1, 1, "en"), signed(-3.1, 1, "nl"), signed(0.01, 1, "en")
    ('+3.1', '−3,1', '0.0')
    """
    text = number(value, decimals, language)
    return f"{_held(language)}+{text}" if round(value, decimals) > 0 else text


def interval(lower: float, upper: float, decimals: int, language: str) -> str:
    """An interval in words, which survive a minus sign and speech; one style wherever an interval stands.

    >>> interval(-5.0, -1.1, 1, "en")
    '−5.0 to −1.1'
    """
    low, high = (number(each, decimals, language) for each in (lower, upper))
    return texts("numbers", language)("span", low=low, high=high)
