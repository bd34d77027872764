"""What a language is called, and which way it is written."""

from __future__ import annotations

from functools import cache

from babel import Locale


@cache
def right_to_left(language: str) -> bool:
    """Whether a language is written from right to left.

    >>> right_to_left("ar"), right_to_left("tr")
    (True, False)
    """
    return bool(Locale.parse(language, sep="-").text_direction == "rtl")


def named(language: str, within: str) -> str:
    """What a language is called in another.

    >>> named("en", "nl"), named("nl", "en"), named("fy", "fy")
    ('Engels', 'Dutch', 'Frysk')
    """
    return Locale.parse(language, sep="-").get_display_name(within) or language
