"""Phase two for papers that no label announces: in brackets, in lists of motions, or by their id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from thuis.dossier.cite import existence
from thuis.dossier.cite.elsewhere import counted_elsewhere
from thuis.dossier.cite.model import Citation
from thuis.dossier.cite.parliament import DASH, GAP, NUMBER_WORD, ROMAN, parse_kamerstuk
from thuis.dossier.cite.resolve import case, kamerstuk, kamerstukken, literal, repair_known

_HYPHEN = re.compile(
    rf"(?P<dossier>\d{{2}}{GAP}?\d{{3}})"
    rf"(?:[-–](?P<suffix>{ROMAN}|[A-M](?=[-–]\n?\d)|\d{{2}}(?=[-–]\n?\d)))?(?:[- ]?\(R{GAP}?\d{{3,4}}\))?"
    rf"[-–]\n?(?P<number>\d{{1,4}}|[A-Z]{{1,2}})(?![\w/]|[-–]\d)"
)
_CHAIR = re.compile(
    rf"(?:nrs?\.?|nummers?|stuk){GAP}*(?P<number>\d{{1,4}}(?:(?:,|{GAP}en|{GAP}t/m|{DASH}|{GAP}?,?{GAP}was{GAP}nrs?\.?){GAP}?\d{{1,4}})*)"
    rf"{GAP}*\({GAP}*(?P<dossier>\d{{2}}(?:{GAP}|\.)?\d{{3}})(?:{GAP}?{DASH}?{GAP}?(?P<suffix>{ROMAN}|(?<=[-–])(?:\d{{2}}|[A-M]))(?!\w))?{GAP}*\)",
    re.I,
)
_LITERAL = re.compile(
    r"(?:kst|ah-tk|ah-ek|h-tk|h-ek|kv-tk|nds-tk|stb|stcrt|trb|blg|gmb|prb|wsb|bgr)-[0-9A-Z][0-9A-Za-z]*(?:-[0-9A-Za-z]+)*"
)
_TKID = re.compile(r"\d{4}(?P<type>[DZ])\d{5}")
_NUMBER_FOLLOWS = re.compile(rf",?{GAP}*{NUMBER_WORD}{GAP}*\d")
_FIVE = r"\d{2}[ .\u00a0\u202f]?\d{3}"
_DOSSIER = (
    rf"{_FIVE}(?:(?:{GAP}?{DASH}?{GAP}?{ROMAN}|{DASH}[A-M])(?![A-Za-z])|{DASH}\d\d)?(?:{GAP}?\(R{GAP}?\d+\))?"
)
_ONE_DOSSIER = re.compile(
    rf"(?P<digits>{_FIVE})(?!\d)(?:{GAP}?{DASH}?{GAP}?(?P<suffix>(?:{ROMAN}|(?<=[-–])[A-M])(?![A-Za-z])|(?<=[-–])\d\d))?"
)
_SEVERAL = rf"(?P<all>{_DOSSIER}(?:{GAP}*(?:,|;|/|en|,{GAP}en){GAP}*{_DOSSIER})*)"
_IN_BRACKETS = re.compile(rf"\({GAP}?{_SEVERAL}{GAP}?\)")
_CHAPTER = re.compile(rf"\({GAP}?({_FIVE}){GAP}?-({ROMAN}|[A-M]){GAP}?\)")
"""A chapter or fund of a budget alone in brackets is its dossier: "( 36410-IX )", "(33400-A)"."""
_CALLED = re.compile(
    rf"(?:(?:kamerstuk|wets)?dossiers?(?:nummers?|nrs?\.?)?|(?P<bill>(?:initiatief)?wets(?:voorstel(?:len)?|ontwerp(?:en)?))|voorstel(?:len)?{GAP}van{GAP}(?:rijks)?wet)"
    rf"{GAP}+(?:nrs?\.?{GAP}*|\()?{_SEVERAL}(?!\d)",
    re.I,
)
_NUMBERS = re.compile(rf"\d{{1,4}}(?:(?:{GAP}t/m{GAP}|{DASH})\d{{1,4}})?")
_SPACED = re.compile(rf"(?:{GAP}?\(R{GAP}?\d+\))?{GAP}?-(?P<number>\d{{1,4}}|[A-Z]{{1,2}})\b")
_THOUSANDS = re.compile(r"\d\d[ .\u00a0\u202f]000")
_T_NUMBER = re.compile(r" \(T\d{5}\)")
_CLOSES = re.compile(r"\s*(?:[;.,:]|$)")
_ROMAN_PAPER = re.compile(
    r"(?P<dossier>[CLXVI]{3,8}),? (?P<letters>[A-Z]{1,3}(?:(?:/|, | en )[A-Z]{1,3})*)\b"
)
_BILL = re.compile(
    r"[Ww]etsvoorstel|[Ww]etsontwerp|voorstel van (?:rijks)?wet"
    r"|\b(?:Wijziging|Verandering|Goedkeuring|Vaststelling|Intrekking|Verlenging|Nadere wijziging)"
    r"(?: en \w+)? (?:van|in|met)\b"
)
"""How the title of a bill begins, or what it is called."""
_CUE_OF_DOSSIER = re.compile(
    r"wetsvoorstel|voorstel|wijziging|initiatief|dossier|begroting|goedkeuring|regels|wet\b|wet |verdrag"
    r"|verslag|nota\b|"
    r"motie|toezegging|debat|overleg|brief|notitie|rapport|besluit|implementatie|vaststelling|amendement|ek\b|commissie",
    re.I,
)


def parse_bare(text: str, at: int) -> Iterator[Citation]:
    """A dossier number without a label: "35570-XIV-46", "35000, nr. 14"."""
    if text[at - 1 : at] in {"-", "/", "€", "."} or counted_elsewhere(text, at):
        return
    hyphen = _HYPHEN.match(text, at)
    if hyphen and not _series(hyphen) and not _NUMBER_FOLLOWS.match(text, hyphen.end()):
        dossier = _named(hyphen["dossier"], hyphen["suffix"])
        if hyphen["suffix"] or _plausible(text, at, dossier):
            yield kamerstuk(text, at, hyphen.end(), {"dossier": dossier}, hyphen["number"])
            return
    yield from parse_kamerstuk(text, at)


def _series(hyphen: re.Match[str]) -> bool:
    """Whether "21501-08" is a dossier of councils of the EU as a whole, and no paper in it."""
    two = not hyphen["suffix"] and len(hyphen["number"]) == 2
    return two and (hyphen["number"][0] == "0" or _digits(hyphen["dossier"]) == "21501")


_NUMBERED_NOW = re.compile(r"krijgt|krijgen|moties?|amendement|stuk", re.I)
_CUE = re.compile(r"kamerst|motie|stuk|dossier|brief|nota|amendement|tweede kamer|;|\(", re.I)


def _plausible(text: str, at: int, dossier: str) -> bool:
    """A hyphenated number is a paper when its dossier is known, or when the words before it say so."""
    return repair_known(dossier) or bool(_CUE.search(text, max(0, at - 60), at))


def parse_chair(text: str, at: int) -> Iterator[Citation]:
    """The chair's way: "nr. 417 (32824)", "nr. 22(30196)", "nrs. 12 en 13 (30196)"."""
    found = _CHAIR.match(text, at)
    if not found:
        return
    facts = {"dossier": _named(found["dossier"], found["suffix"])}
    if not _plausible(text, at, facts["dossier"]) and not _NUMBERED_NOW.search(text, max(0, at - 60), at):
        return
    pieces = list(_NUMBERS.finditer(text, *found.span("number")))
    for index, piece in enumerate(pieces):
        start = at if index == 0 else piece.start()
        end = found.end() if index == len(pieces) - 1 else piece.end()
        yield kamerstuk(text, start, end, facts, piece[0])


def parse_bracket(text: str, at: int) -> Iterator[Citation]:
    """What stands in brackets: a paper without a label, or the dossier of the bill just named: "(33815)"."""
    chapter = _CHAPTER.match(text, at)
    own = chapter and repair_known(_named(chapter[1], chapter[2]))
    papers = [] if own else list(parse_bare(text, at + 1 + text[at + 1 : at + 2].isspace()))
    if papers:
        yield from papers
        return
    found = _IN_BRACKETS.match(text, at)
    if not found:
        return
    before = text[max(0, at - 300) : at]
    bill = bool(_BILL.search(before[before.rfind("\n\n") + 1 :]))
    # "(34.372) (T02647)" is a heading of the Eerste Kamer's register.
    named = bool(
        _CUE_OF_DOSSIER.search(before[before.rfind("\n\n") + 1 :]) or _T_NUMBER.match(text, found.end())
    )
    for each in _dossiers(text, found, bill=bill):
        written = text[each.start : each.end]
        if named and not _THOUSANDS.fullmatch(written):
            yield each
        elif written.isdigit() and each.exists and _CLOSES.match(text, found.end()):
            yield replace(each, confidence=0.6)


def parse_dossier(text: str, at: int) -> Iterator[Citation]:
    """A dossier that is called one: "dossier 34 352", "wetsvoorstellen 35 483 en 35 484"."""
    found = _CALLED.match(text, at)
    if not found:
        return
    papers = list(parse_kamerstuk(text, found.start("all")))
    if papers:
        yield from papers
        return
    if number := _SPACED.match(text, found.end()):
        (dossier,) = [each.parts["dossier"] for each in _dossiers(text, found)][:1] or ("",)
        paper = kamerstuk(text, found.start("all"), number.end(), {"dossier": dossier}, number["number"])
        lettered = number["number"].isupper() and existence.newer(dossier)
        if paper.exists or lettered:
            yield paper
            return
    yield from _dossiers(text, found, bill=bool(found["bill"]))


def _dossiers(text: str, found: re.Match[str], *, bill: bool = False) -> Iterator[Citation]:
    """The dossiers of a list, as far as they are known, or newer than the list of publications.

    :param bill: whether a bill is named, so that a number from before the list is one too.
    """
    for each in _ONE_DOSSIER.finditer(text, *found.span("all")):
        dossier = _named(each["digits"], each["suffix"])
        facts = {"dossier": dossier}
        if repair_known(dossier) or existence.newer(dossier) or (bill and existence.older(dossier)):
            yield kamerstukken(text, each.start(), each.end(), facts)


def parse_roman(text: str, at: int) -> Iterator[Citation]:
    """A paper of the Eerste Kamer on its own affairs, without a label: "(CXLVI, X/Y/Z)". It must exist."""
    found = _ROMAN_PAPER.match(text, at)
    if not found:
        return
    start = at
    for letter in re.finditer(r"[A-Z]{1,3}", found["letters"]):
        end = found.start("letters") + letter.end()
        each = kamerstuk(text, start, end, {"dossier": found["dossier"], "chamber": "I"}, letter[0])
        start = found.start("letters") + letter.end() + 1
        if each.exists:
            yield each


def _named(digits: str, suffix: str | None) -> str:
    """A dossier as an id has it: its five digits, and the chapter or the part of a series behind a hyphen."""
    return _digits(digits) + (f"-{suffix}" if suffix else "")


def _digits(written: str) -> str:
    return "".join(c for c in written if c.isdigit())


def parse_literal(text: str, at: int) -> Iterator[Citation]:
    """An id written out: "kst-32824-378"."""
    if found := _LITERAL.match(text, at):
        yield literal(text, at, found.end())


def parse_tkid(text: str, at: int) -> Iterator[Citation]:
    """A document or case number of the Tweede Kamer: "2022D36379", "2022Z03332"."""
    if found := _TKID.match(text, at):
        if found["type"] == "Z":
            yield case(text, at, found.end(), found[0], {})
        else:
            yield Citation("document", at, found.end(), found[0], {"number": found[0]}, (found[0],))
