"""Letters of a language: their order, their capitals, and under which one a name stands in a list.

The order is CLDR's for the language, by ICU in DuckDB: in Turkish ç follows c and ı stands before i, in
Swedish å, ä and ö come after z. Signs and an apostrophe in front do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ItemT = TypeVar("ItemT")
_DOTTED = frozenset({"tr", "az"})
"""Languages with a dotted and a dotless i: SpecialCasing.txt of Unicode names these two."""
_PRIMARY_ENDS = b"\x01"


def in_order(items: Iterable[ItemT], language: str, name: Callable[[ItemT], str] = str) -> list[ItemT]:
    """The items as a list of that language has them, by the name of each.

    >>> in_order(["zon", "Ärger", "'s-Gravenhage", "appel", "Schiedam"], "en")
    ['appel', 'Ärger', 'Schiedam', "'s-Gravenhage", 'zon']
    >>> in_order(["ipek", "ılık", "cam", "çay", "daire"], "tr")
    ['cam', 'çay', 'daire', 'ılık', 'ipek']
    """
    listed = list(items)
    names = [name(each) for each in listed]
    keys = _keys(tuple(dict.fromkeys(names)), language)
    found = sorted(zip(names, range(len(listed)), strict=True), key=lambda pair: (keys[pair[0]], *pair))
    return [listed[index] for _, index in found]


def by_letter(
    items: Iterable[ItemT], language: str, name: Callable[[ItemT], str] = str
) -> list[tuple[str, list[ItemT]]]:
    """The items in order under the letter each begins with; what begins with no letter stands under ``#``.

    >>> by_letter(["école", "Echt", "çay", "1 mei"], "en")
    [('#', ['1 mei']), ('C', ['çay']), ('E', ['Echt', 'école'])]
    >>> [letter for letter, _ in by_letter(["ipek", "ılık", "cam", "çay"], "tr")]
    ['C', 'Ç', 'I', 'İ']
    """
    found: dict[str, list[ItemT]] = {}
    for each in in_order(items, language, name):
        found.setdefault(_initial(_bare(name(each))[:1], language), []).append(each)
    return list(found.items())


def opened(text: str, language: str) -> str:
    """A text with a capital.

    >>> opened("iki kişiden biri", "tr"), opened("ij", "en"), opened("", "tr")
    ('İki kişiden biri', 'Ij', '')
    """
    return _upper(text[:1], language) + text[1:]


def ended(text: str, mark: str = ",") -> str:
    """A text with a mark behind it, unless it ends with one that closes it.

    >>> ended("Gevestigd en thuis?"), ended("Work"), ended("Work", ":"), ended("Asked of all.", ".")
    ('Gevestigd en thuis?', 'Work,', 'Work:', 'Asked of all.')
    """
    return text if text.rstrip().endswith(("?", "!", ".", "…")) else f"{text}{mark}"


def plain(text: str) -> str:
    """A text without accents.

    >>> plain("Één café in Śródmieście")
    'Een cafe in Srodmiescie'
    """
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def slug(text: str) -> str:
    """A text as part of an id or address: small letters without accents, digits, and hyphens between.

    >>> slug("Stichting Lief & Leed, ’s-Gravenhage"), slug("Één keer")
    ('stichting-lief-leed-s-gravenhage', 'een-keer')
    """
    letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def small(text: str, language: str) -> str:
    """A text that begins in lower case.

    >>> small("İşsizlik", "tr"), small("Işık", "tr"), small("Work", "en")
    ('işsizlik', 'ışık', 'work')
    """
    first = {"İ": "i", "I": "ı"}.get(text[:1]) if language in _DOTTED else None
    return (first or text[:1].lower()) + text[1:]


def _upper(letter: str, language: str) -> str:
    return "İ" if letter == "i" and language in _DOTTED else letter.upper()


@cache
def _initial(letter: str, language: str) -> str:
    """The letter of the alphabet: without its accent where the language sorts it as the bare letter."""
    if not letter.isalpha():
        return "#"
    large = _upper(letter, language)
    plain = unicodedata.normalize("NFKD", letter)[:1]
    if plain == letter:
        return large
    keys = _keys((letter, plain), language)
    one, other = (keys[each].partition(_PRIMARY_ENDS)[0] for each in (letter, plain))
    return _upper(plain, language) if one == other else large


def _bare(name: str) -> str:
    return "".join(
        each for each in unicodedata.normalize("NFC", name) if each.isalnum() or each == " "
    ).strip()


@cache
def _sorter() -> DuckDBPyConnection:
    """The library that knows the order of every language, opened once: that takes longer than to ask it."""
    import duckdb

    return duckdb.connect(config={"threads": 1})


@cache
def _keys(names: Sequence[str], language: str) -> dict[str, bytes]:
    """The name itself as bytes that sort, all asked for at once."""
    with _sorter().cursor() as asked:
        rows = asked.execute(
            "SELECT icu_sort_key(bare, ?) FROM (SELECT unnest(?) AS bare)",
            [language.partition("-")[0], [_bare(each) for each in names]],
        ).fetchall()
    return {each: bytes.fromhex(row[0]) for each, row in zip(names, rows, strict=True)}
