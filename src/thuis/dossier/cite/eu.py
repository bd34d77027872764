"""Phase two for the European Union: its acts by number or by name, and documents of the Commission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from thuis.dossier.cite.model import Candidate, Citation
from thuis.tables import shipped

_S = r"[\s\u00a0]"
_BODY = r"(?:EU|EG|EEG|EC|EEC|Euratom|EGKS|GBVB|JBZ|JHA|CFSP)"
_NUMBER = (
    rf"(?P<nr>nr\.?{_S}*|nrs\.?{_S}*|no\.?{_S}*)?(?P<a>\d{{1,4}})/(?P<b>\d{{1,4}})"
    rf"(?:/(?P<tail>{_BODY}(?:/{_BODY})?))?(?!\d|/\d)"
)
_ACT = re.compile(
    rf"(?P<act>(?:uitvoerings|gedelegeerde{_S}+)?(?:richtlijn(?:en)?|verordening(?:en)?)|RL|Vo\.?|Verord\.|"
    rf"(?:(?:implementing|delegated){_S}+)?(?:directives?|regulations?|(?:framework{_S}+)?decisions?"
    rf"|recommendations?)|kaderbesluit(?:en)?|(?:uitvoerings)?besluit(?:en)?|beschikking(?:en)?|aanbeveling(?:en)?),?{_S}+"
    rf"(?:van{_S}de{_S}(?:Raad|Commissie){_S}+)?(?:\(?(?P<body>{_BODY})(?:[,/]{_S}*{_BODY})*\)?{_S}*)?{_NUMBER}",
    re.I,
)
_NEXT = re.compile(
    rf"{_S}*(?:,{_S}*(?:(?:en|and){_S}+)?|(?:en|and|of|or){_S}+)(?:\((?P<body>{_BODY})\){_S}*)?{_NUMBER}"
)
_LETTERS = {
    "ri": "L", "rl": "L", "ve": "R", "vo": "R", "ka": "F", "be": "D", "aa": "H",
    "di": "L", "re": "R", "de": "D", "fr": "F",
}  # fmt: skip
_ENGLISH = frozenset({"di", "re", "de", "fr"})
_CELEX = re.compile(r"3\d{4}[LRDFH]\d{4}")
_COM = re.compile(
    r"(?P<series>COM|SWD|SEC|JOIN|C)\s?[(/]\s?(?P<year>(?:19|20)\d\d)\s?[)/]\s?(?:nr\.?\s?)?(?P<number>\d{1,4})\b(?:\s+(?:final|definitief|def\.))?"
)
_ACT_ID = re.compile(r"(?:3\d{4}[A-Z]\d{4}|1\d{4}[EMP])(?:\d{3}|/TXT)?")


@cache
def acts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Acts and treaties of the Union that have a name: CELEX number, and names, the full one first."""
    return tuple(
        (row["id"], tuple(row["names"].split("|"))) for row in shipped("thuis.dossier.cite", "data/acts.csv")
    )


def is_celex(each: str) -> bool:
    """Whether an id is that of an act or treaty of the Union.

    >>> is_celex("32016R0679"), is_celex("12016E013"), is_celex("BWBV0001000")
    (True, True, False)
    """
    return each[:1].isdigit() and bool(_ACT_ID.fullmatch(each))


def article_id(number: str, article: str) -> str:
    """The id of an article: a treaty has a number for each, of an act only the whole has one.

    >>> article_id("12016E", "13"), article_id("32016R0679", "6")
    ('12016E013', '32016R0679')
    """
    if len(number) != 6:
        return number
    return f"{number}{int(article):03d}" if article.isdigit() else f"{number}/TXT"


def parse_eu(text: str, at: int) -> Iterator[Citation]:
    """Directives, regulations and decisions of the European Union, as CELEX numbers; also a list of them."""
    first = act_at(text, at)
    if not first:
        return
    yield first
    end = first.end
    while following := _NEXT.match(text, end):
        each = _act(text, following.start("a"), following, first.parts["act"])
        if not each or not (following["body"] or following["tail"]):
            return
        yield each
        end = each.end


def act_at(text: str, at: int) -> Citation | None:
    """The act named by its number at an offset."""
    found = _ACT.match(text, at)
    if not found:
        return None
    act = re.sub(r"^(?:uitvoerings|(?:gedelegeerde|implementing|delegated)\s+)", "", found["act"].lower())
    if act.startswith("recomm"):
        return _act(text, at, found, "aanbeveling")
    if act[:2] in _ENGLISH:
        return _act(text, at, found, act.removesuffix("s"))
    name = act.removesuffix("en") if act.endswith("ijnen") else re.sub(r"(?<=ing)en$|(?<=uit)en$", "", act)
    return _act(text, at, found, name)


def _act(text: str, at: int, found: re.Match[str], act: str) -> Citation | None:
    first, second = found["a"], found["b"]
    marked = bool(found["body"] or found["tail"])
    letter = _LETTERS[act[:2]]
    old = letter == "R" and len(second) == 2 and int(second) > 57
    if not marked and (
        letter not in "LRF" or not (_is_year(first) or _is_year(second) or letter == "L" or old)
    ):
        return None
    year, number = (
        (second, first) if _number_first(letter, first, second, bool(found["nr"])) else (first, second)
    )
    if len(year) == 2:
        year = str(1900 + int(year)) if int(year) > 50 else str(2000 + int(year))
    if not 1952 <= int(year) <= 2100:
        return None
    each = f"3{year}{letter}{int(number):04d}"
    other = Candidate(
        each[:5] + ("D" if letter != "D" else "R") + each[6:], "the kind of act is not marked", "act"
    )
    parts = {"act": act, "year": year, "number": number}
    sure = 1.0 if marked else 0.8
    end = found.end()
    return Citation("eu", at, end, text[at:end], parts, (each,), sure, () if marked else (other,))


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1957 < int(digits) < 2100


def _number_first(letter: str, first: str, second: str, numbered: bool) -> bool:
    """ "nr. 1408/71" and "883/2004" put the number first; "2016/679" and every directive the year."""
    if letter == "L" or (_is_year(first) and int(first) >= 2015 and len(second) != 4):
        return False
    if _is_year(first) and _is_year(second):
        return (
            (int(first) < 2015 and numbered)
            or (int(first) < 2015 <= int(second) + 1)
            or (letter == "R" and int(first) < 2015)
        )
    return numbered or _is_year(second) or (letter == "R" and len(second) == 2)


def parse_celex(text: str, at: int) -> Iterator[Citation]:
    """A CELEX number written out."""
    if found := _CELEX.match(text, at):
        yield Citation("eu", at, found.end(), found[0], {"celex": found[0]}, (found[0],))


def parse_commission(text: str, at: int) -> Iterator[Citation]:
    """A document of the Commission by its own number: "COM(2020) 565"."""
    if found := _COM.match(text, at):
        parts = {"series": found["series"], "year": found["year"], "number": found["number"]}
        each = f"{found['series']}:{found['year']}:{int(found['number'])}:FIN"
        yield Citation("eu", at, found.end(), found[0], parts, (each,))
