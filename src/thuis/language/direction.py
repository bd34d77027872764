"""Which way a language is written."""

from __future__ import annotations

from babel import Locale


def right_to_left(language: str) -> bool:
    """Whether a language is written from right to left.

    >>> right_to_left("ar"), right_to_left("tr")
    (True, False)
    """
    return bool(Locale.parse(language, sep="-").text_direction == "rtl")
