"""Numbers as readers of Dutch and English write them.

Dutch sets a space that does not break before the per cent sign, English none; the minus is the true sign
(U+2212), which screen readers read as "minus" and which is as wide as a digit.
"""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import format_decimal

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"


@lru_cache(maxsize=50_000)
def number(value: float, decimals: int, language: str) -> str:
    """A number with a fixed count of decimals; zero has no sign.

    >>> number(-1234.56, 1, "nl"), number(-1234.56, 1, "en"), number(-0.04, 1, "en")
    ('−1.234,6', '−1,234.6', '0.0')
    """
    rounded = round(float(value), decimals) + 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(rounded, pattern, locale=language)).replace("-", MINUS)


def count(value: int, language: str) -> str:
    """A whole number with thousands apart.

    >>> count(15039835, "nl"), count(15039835, "en")
    ('15.039.835', '15,039,835')
    """
    return number(value, 0, language)


def sign(language: str) -> str:
    """The per cent sign with what goes before it."""
    return f"{NBSP}%" if language == "nl" else "%"


def percent(value: float, decimals: int, language: str) -> str:
    """A percentage; ``value`` is on 0–100.

    >>> percent(31.24, 1, "nl") == "31,2\u00a0%", percent(31.24, 1, "en")
    (True, '31.2%')
    """
    return number(value, decimals, language) + sign(language)


def signed(value: float, decimals: int, language: str) -> str:
    """A difference with its sign, plus or minus; no difference has none.

    >>> signed(3.1, 1, "en"), signed(-3.1, 1, "nl"), signed(0.01, 1, "en")
    ('+3.1', '−3,1', '0.0')
    """
    text = number(value, decimals, language)
    return f"+{text}" if round(value, decimals) > 0 else text


def interval(lower: float, upper: float, decimals: int, language: str, *, percentage: bool = False) -> str:
    """An interval: an en dash between the ends, or a word where a minus sign would make dashes unreadable.

    >>> interval(29.0, 33.4, 1, "nl", percentage=True) == "29,0–33,4\u00a0%"
    True
    >>> interval(-5.0, -1.1, 1, "en")
    '−5.0 to −1.1'
    """
    low, high = number(lower, decimals, language), number(upper, decimals, language)
    joiner = DASH if MINUS not in low + high else (" tot " if language == "nl" else " to ")
    return f"{low}{joiner}{high}{sign(language) if percentage else ''}"
