"""The grammar of articles: which of them, with what detail, and which a list or a range stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_S = r"[\s\u00a0]"
_LATIN = r"(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|novies|decies)"
_LETTERED = rf"[A-Z][a-z]?{_S}\d{{1,2}}[a-z]?(?![A-Za-z\d])"
"""Articles of the Kieswet: "D 1", "Ya 3"."""
_ART = (
    rf"(?:{_LETTERED}(?=[^.;\n]{{0,80}}\bKies(?:wet|besluit)\b)"
    rf"|\d+{_S}?{_LATIN}(?![a-z])|\d{{3}}{_S}[a-z](?={_S}+(?:t/m|tot|Sr\b|van{_S}+het{_S}+Wetboek)|{_S}?[-–]|$)"
    rf"|\d+[A-Za-z]{{0,3}}(?![A-Za-z]))"
    r"(?::\d+[a-z]{0,2}(?![a-z]))?(?:\.\d+[a-z]?(?![a-z]))*(?!\d)"
)
_ORDINALS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende",
    "elfde", "twaalfde", "dertiende", "veertiende", "vijftiende",
)  # fmt: skip
_ORDINAL = f"(?:{'|'.join(_ORDINALS)})"
_TO = rf"(?:{_S}+tot{_S}+(?:en{_S}+)?met{_S}+|{_S}*t/m{_S}*|{_S}?[-–—‑]{_S}?)"
_OR = rf"(?:en|of|and|or|dan{_S}+wel)"
_AND = rf"(?:{_S}*[,/]{_S}*(?:{_OR}{_S}+)?|{_S}+(?:{_OR}|alsmede){_S}+)"
_ITEM = rf"(?:\d{{1,2}}{_TO}\d{{1,2}}(?![\d:.])|" + r"\d{1,2}[°ºᵉ]|[A-Za-z]{1,2}°?|\d{1,2}(?![\d:.]))(?!\w)"
_DETAIL = (
    rf"(?:{_S}*,?{_S}*(?:en{_S}+)?(?:"
    rf"(?:{_ORDINAL}(?:{_AND}|{_TO}|{_S}+))+(?:lid|leden|volzin|zin|gedachtestreepje|alinea)\b"
    rf"|(?:lid|leden){_S}+\d+[a-z]?(?:(?:{_AND}|{_TO})\d+[a-z]?(?!\w))*"
    rf"|aanhef(?:{_S}+en(?={_S}))?"
    rf"|(?:onder(?:deel|delen)?|sub|letters?|punt|ten){_S}+(?:(?:onder|sub){_S}+)?{_ITEM}"
    rf"(?:(?:{_AND}|{_TO})(?:onder{_S}+)?(?:[a-z]|\d{{1,2}}°)(?!\w))*"
    rf"|(?:laatste|slot){_S}*(?:volzin|zin|alinea)\b)"
    rf"|{_S}?\((?:\d{{1,2}}|[a-z])\))"
)
_WORD = r"(?:[Aa]rtikel(?:en)?|[Aa]rticles?|[Aa]rtt?\.)"
_JOIN = rf"(?:{_AND}|{_S}*,?{_S}*(?:juncto|jo\.?|jis\.?){_S}+)"
_LAST = rf"(?:{_ART}|(?<=[-–{_S[1:-1]}])[a-z](?![\w'’]))"
"""The end of a range, of which only the letter may be written: "137c tot en met f"."""
_ONE = rf"{_ART}(?:{_TO}(?:{_WORD}{_S}+)?{_LAST})?(?:{_DETAIL})*"
_ALL = rf"(?P<all>(?=(?P<first>{_ART})){_ONE}(?:{_JOIN}(?:{_WORD}{_S}+)?{_ONE})*)"
ARTICLES = re.compile(rf"{_WORD}{_S}*{_ALL}")
MORE_ARTICLES = re.compile(rf"{_AND}{_ALL}")
"""Articles of a second law, after the first: "artikel 3 van de Wet X en 6, eerste lid, van de Wet Y"."""
_PIECE = re.compile(
    rf"(?P<first>{_ART})(?:{_TO}(?:{_WORD}{_S}+)?(?P<last>{_LAST}))?(?P<detail>(?:{_DETAIL})*)"
)


_LETTERED_PIECE = re.compile(rf"(?P<first>{_LETTERED})(?P<last>)(?P<detail>(?:{_DETAIL})*)")
_PARAGRAPH = re.compile(rf"({_ORDINAL})(?:{_AND}|{_TO}|{_S}+|{_ORDINAL})*(?:lid|leden)\b")


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or a range of them, with its paragraph; ``start`` and ``end`` are offsets in the text."""

    start: int
    end: int
    names: tuple[str, ...]
    paragraph: str | None


def articles(found: re.Match[str]) -> Iterator[Article]:
    """The articles of a match of :data:`ARTICLES`, one for each that a list names.

    >>> [a.names for a in articles(ARTICLES.match("artikelen 5 tot en met 7 en 9, eerste lid"))]
    [('5', '6', '7'), ('9',)]
    """
    at, end = found.span("all")
    pieces = _LETTERED_PIECE if found["first"][0].isalpha() else _PIECE
    while piece := pieces.search(found.string, at, end):
        names = span(piece["first"], piece["last"]) if piece["last"] else (_squeezed(piece["first"]),)
        yield Article(piece.start(), piece.end(), names, _paragraph(piece["detail"]))
        at = piece.end()


def _squeezed(name: str) -> str:
    return "".join(name.split()).lower()


def span(first: str, last: str) -> tuple[str, ...]:
    """What a range of articles stands for; its two ends when the steps between them are not known.

    >>> span("5", "7"), span("137c", "137e"), span("2.1", "2.3"), span("80quinquies", "80sexies")
    (('5', '6', '7'), ('137c', '137d', '137e'), ('2.1', '2.2', '2.3'), ('80quinquies', '80sexies'))
    """
    one, two = _squeezed(first), _squeezed(last)
    a, b = re.fullmatch(r"(.*?)(\d+)", one), re.fullmatch(r"(.*?)(\d+)", two)
    if a and b and b[1] in {a[1], ""} and 0 < int(b[2]) - int(a[2]) <= 100:
        return tuple(f"{a[1]}{n}" for n in range(int(a[2]), int(b[2]) + 1))
    a, b = re.fullmatch(r"(.*\d)([a-z])", one), re.fullmatch(r"(.*\d)?([a-z])", two)
    if a and b and b[1] in {a[1], None} and a[2] < b[2]:
        return tuple(f"{a[1]}{chr(n)}" for n in range(ord(a[2]), ord(b[2]) + 1))
    return one, two


def _paragraph(detail: str) -> str | None:
    found = _PARAGRAPH.search(detail)
    if found:
        return str(_ORDINALS.index(found[1].lower()) + 1)
    if found := re.search(r"(?:lid|leden)\s+(\d+[a-z]?)|^\s?\((\d+)\)", detail, re.I):
        return found[1] or found[2]
    return None
