"""What a language is called, and which way it is written."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError


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


def of_code(code: str, within: str) -> str:
    """What the language of a code is called in another; the code where it has no name there.

    >>> of_code("ti", "nl"), of_code("xx", "nl")
    ('Tigrinya', 'xx')
    """
    return str(Locale.parse(within, sep="-").languages.get(code, code))


@cache
def known(language: str) -> bool:
    """Whether a language has a name: what stands in one is read out in it.

    >>> known("nl"), known("pt-BR"), known("xx"), known("a language")
    (True, True, False, False)
    """
    try:
        return bool(Locale.parse(language, sep="-").get_display_name())
    except (ValueError, UnknownLocaleError):
        return False
