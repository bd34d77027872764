"""Labels that say that somebody did not answer, in the languages surveys come in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from html import unescape
from importlib.resources import files
from typing import Any
from unicodedata import normalize

from thuis.language.letters import plain
from thuis.yaml import pattern, wording

_TWO_SIDED = 10
"""No scale from below 0 to above has more answers on a side."""
_CODE = re.compile(
    r"(?:66|77|88|96|97|98|99|9*9[6-9]|8*88|7*77)(?:\.0)?|-(?:1?[0-9]|[6-9]\d|9{2,}[0-9]?|8{3,}|7{3,})"
)
"""Numbers that surveys use for don't know, refused and not asked."""
_JSON = re.compile(r"\[.*\]|\{.*\}")
_SHORTEST = 2
"""Words of so few letters between spaces are codes."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MONTH = (
    r"(?:jan|feb|mar|m[aä]rz|mrt|m[aä]r|apr|avr|abr|may|mei|mai|maj|mag|jun|juin|jul|juil|aug|ao[uû]t|ago"
    r"|sept?|okt|oct|out|ott|nov|dec|dez|dic|d[eé]c)"
)
_DAY = re.compile(
    rf"(?:\d{{1,2}}[- /.]{_MONTH}|{_MONTH}[- /.]\d{{1,2}})\.?|(?:19|20)\d\d-\d\d-\d\d(?: 00:00(?::00)?)?",
    re.IGNORECASE,
)
"""A day of a month without a year, as spreadsheets show it; or one with, as they store it."""
_SIGNS = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), **dict.fromkeys("\u2018\u2019\u00b4", "'")}
)
_LETTERED = re.compile(r"\.[A-Za-z]")
"""Missing values of Stata and SAS, as a CSV has them."""
_NUMBERED = re.compile(r"^[\s(\[-]*-?\d{0,4}[\s.:)\]=-]*")


_APART = re.compile(
    r"\s*(?:[;,:()\[\]{}|–—]|(?<!\b\w)/|/(?!\w\b)|\s-+\s|\s(?:or|oder|ou|o|y|and|en|und|eller|tai)\s)\s*"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*\*[^*]*\*\*(?=.)")
"""Where an aside may stand with more: (ENQ.: NIET VOORLEZEN)."""


def everybody(label: str) -> bool:
    """Whether a group is that of everybody, which no respondent is in beside a group of their own.

    >>> everybody("Totaal"), everybody("Total population"), everybody("Totally agree"), everybody("All ages")
    (True, True, False, True)
    """
    return bool(_words()["everybody"].fullmatch(label.strip()))


@cache
def _words() -> dict[str, Any]:
    """The patterns of ``answers.yaml``, read when the first label is; pairs and plain words as they stand."""
    told = wording("thuis.formats", "answers.yaml")
    alone = {name: pattern(told[name]) for name in ("everybody", "aside", "in")}
    opposed = [tuple(map(pattern, pair)) for pair in told["opposed"]]
    plain = {name: frozenset(told[name]) for name in ("abbreviated", "absent")}
    return {**alone, **plain, "opposed": opposed}


def absent_keys() -> frozenset[str]:
    """What programs write for a key that is not there, in capitals.

    >>> "#N/A" in absent_keys(), "NO" in absent_keys()
    (True, False)
    """
    words: frozenset[str] = _words()["absent"]
    return words


@cache
def _said() -> re.Pattern[str]:
    """Compiled when the first label is read: many files have none."""
    text = (
        (files("thuis.formats") / "no-answer.txt").read_text("utf-8").replace("{in}", _words()["in"].pattern)
    )
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


@lru_cache(maxsize=1 << 14)
def no_answer(label: str) -> bool:
    """Whether a label says that there is no answer.

    >>> [no_answer(each) for each in ("Don't know", "88. Refusal", "weet niet", "N/A", "?", "Never")]
    [True, True, True, True, True, False]
    >>> no_answer("VOLUNTEERED: DON'T KNOW"), no_answer("(INT.: DO NOT READ) Refused")
    (True, True)
    >>> no_answer("Refused a loan")
    False
    """
    if label.strip() and (not any(map(str.isalnum, label)) or _LETTERED.fullmatch(label.strip())):
        return True
    aside = _words()["aside"]
    told = _BRACKETS.sub(lambda found: " " if aside.search(found[0]) else found[0], label)
    text = _bare(_NUMBERED.sub("", told.strip()))
    if plain(text).replace(".", "") in _words()["abbreviated"]:
        return True
    text = _bare(aside.sub(" ", text.replace("\u2019", "'").replace("_", " ")))
    first = next(filter(None, map(_bare, _APART.split(text))), "")
    return any(_said().fullmatch(each) for each in {text, first})


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" \t.:;,!?()[]{}<>'\"*-")


def untagged(text: str) -> str:
    """A text without the tags and entities of web pages, which survey tools leave in it.

    >>> untagged("<b>Not at all</b>&nbsp;"), untagged("a < b & c")
    ('Not at all', 'a < b & c')
    """
    if "<" not in text and "&" not in text:
        return text
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def alike(answer: str) -> str:
    """An answer as one would say it: capitals, kinds of spaces, dashes and quotes, and ``.0`` do not count.

    >>> alike("E\u0301\u00e9n\u00a0keer "), alike("1.0"), alike("18\u201324")
    ('\xe9\xe9n keer', '1', '18-24')
    """
    text = normalize("NFKC", untagged(answer)).translate(_SIGNS).casefold()
    return re.sub(r"^(-?\d+)[.,]0+$", r"\1", " ".join(text.split()))


def turned_into_days(codes: Iterable[str]) -> list[str]:
    """Codes that a spreadsheet made of 1-2 or 3/5: days of a month, beside codes that are none.

    >>> turned_into_days(["0", "01-feb", "03-mei", "6+"]), turned_into_days(["jan-24", "feb-24", "mrt-24"])
    (['01-feb', '03-mei'], [])
    """
    there = list(codes)
    days = [each for each in there if _DAY.fullmatch(each.strip())]
    return days if 0 < len(days) < len(there) else []


def lists(codes: Iterable[str]) -> bool:
    """Whether codes are several answers in one field, each of which also stands alone or in other lists.

    >>> lists(["1,3", "2", "1,2", "3"]), lists(["a;", "a;b;"]), lists(["x y", "x", "y", "x z", "z"])
    (True, True, True)
    >>> lists(["Yes, always", "No, never"]), lists(["very good", "good", "very bad", "bad"])
    (False, False)
    """
    there = [each.strip() for each in codes]
    if there and all(_JSON.fullmatch(each) for each in there):
        return any("," in each for each in there)
    for mark in (";", "|", ",", " "):
        parts = [[one.strip() for one in each.strip(mark).split(mark)] for each in there]
        several = [each for each in parts if len(each) > 1]
        alone = {each[0] for each in parts if len(each) == 1}
        if not several or any(not one for each in parts for one in each):
            continue
        if all(each.endswith(mark) for each in there) and mark == ";":
            return True
        times = Counter(one for each in parts for one in set(each))
        known = all(one in alone or (mark != " " and times[one] > 1) for each in several for one in each)
        short = mark == " " and all(
            len(one) <= _SHORTEST or one.isdecimal() for each in parts for one in each
        )
        if (known or short) and (len(several) > 1 or mark != " "):
            return True
    return False


def among(codes: Iterable[str]) -> bool:
    """Whether codes are abbreviations themselves, so that two letters may be one of them.

    >>> among(["AB", "BC", "MB", "NS"]), among(["yes", "no", "NS"])
    (True, False)
    """
    short = [each.strip() for each in codes]
    return sum(len(each) in (2, 3) and each.isupper() for each in short) > max(2, len(short) / 2)


def unanswered(labels: Mapping[str, str]) -> frozenset[str]:
    """The codes whose label says that there is no answer; "does not apply" is one where others apply.

    >>> sorted(unanswered({"1": "trifft zu", "2": "trifft nicht zu", "9": "keine Angabe"}))
    ['9']
    >>> sorted(unanswered({"1": "ja", "2": "nein", "3": "trifft nicht zu"}))
    ['3']
    """
    found = {code for code, label in labels.items() if no_answer(label)}
    for code in tuple(found):
        text = _bare(_NUMBERED.sub("", labels[code].strip()))
        for own, other in _words()["opposed"]:
            if own.fullmatch(text) and any(
                other.search(label) and not own.fullmatch(_bare(_NUMBERED.sub("", label.strip())))
                for label in labels.values()
            ):
                found.discard(code)
    return frozenset(found)


def far(values: Iterable[float]) -> list[float]:
    """Numbers that look like codes for no answer: -9, 99, 998, far from all others; no end of a scale.

    >>> far([0, 3, 5, 7, 10, 88, 99]), far(range(18, 100)), far([-9, -2, -1, 0, 1, 2]), far([-8, -1, 1, 4])
    ([88, 99], [], [-9], [-8, -1])
    """
    there = sorted(set(values))
    codes = [each for each in there if _CODE.fullmatch(f"{each:.10g}")]
    rest = [each for each in there if each not in codes]
    if len(rest) < 2:
        return []
    low, high = rest[0], rest[-1]
    if low == 0 and high == int(high) < _TWO_SIDED and set(range(-int(high), 0)) <= set(codes):
        low = -high
    apart = max(2.0, 0.5 * (high - low))
    return [each for each in codes if each > high + apart or each < min(low, 0) or (each < 0 <= low)]
