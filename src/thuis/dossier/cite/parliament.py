"""Phase two for parliamentary papers: Kamerstukken in their many spellings, parsed from an anchor.

A Kamerstuk is cited as label, chamber, session year, dossier or dossiers, number or numbers, pin; all but
the dossier may be absent, and each has spellings of its own. The number belongs to the first dossier named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from thuis.dossier.cite.model import Citation
from thuis.dossier.cite.resolve import (
    aanhangsel,
    case,
    kamerstuk,
    kamerstukken,
    repair_known,
)
from thuis.dossier.cite.session import parse_session

GAP = r"[\s\u00a0\u202f]"
_NO_DIGITS = re.compile(r"\D")
DASH = r"[-–—‑]"
SESSION = (
    rf"(?:(?i:vergaderjaar|zitting(?:sjaar|sjaren)?|jaargang|vj\.?){GAP}*)?"
    rf"(?P<session>(?:\b(?:18|19|20)\d{{2}}{GAP}?(?:{DASH}|/)+{GAP}?{DASH}?{GAP}?(?:\d{{4}}|\d{{2,3}})(?!\d)"
    rf"|['’‘`]?\b\d{{2}}{GAP}?/{GAP}?['’‘`]?\d{{2}}(?!\d)|['’‘`]\d{{2}}{DASH}['’‘`]?\d{{2}}(?!\d)))"
)
CHAMBER = r"(?P<chamber>I{1,2}\b|11?\b|2\b|[TE]\.?K\b\.?|(?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?)"
_ROMAN = r"(?:[XVI]{1,6}[A-Z]?)"
_SUFFIX = (
    rf"(?:{GAP}*[,]?{GAP}?hoofdstuk{GAP}(?P<chapter>{_ROMAN})\b"
    rf"|{GAP}?(?P<plus>[-–.]?{GAP}?{_ROMAN})(?![A-Za-z.])(?={GAP}*(?:[,;:)(]{GAP}*)?(?:en{GAP}\d{{2}}{GAP}|[nN](?:r|o|ummer)|\d|[-–]{GAP}?\d))"
    rf"|{GAP}?{DASH}?(?P<letter>[A-F])(?=,?{GAP}*(?:en{GAP}\d\d{GAP}|nrs?\b|nummer))"
    rf"|{GAP}?{DASH}{GAP}?(?P<eu>\d{{2}})(?![\d]|\.\d))?"
    rf"(?:{GAP}*\((?P<rijk>R{GAP}?\d{{3,4}})[^)]{{0,14}}\))?"
)
_DOSSIER = (
    rf"(?P<dossier>\d{{2}}(?:{GAP}|[.\-])?\d{{3}}(?!\d){_SUFFIX}|\d{{4,5}}(?![\d/–-]"
    rf")|(?!II\b)[CLXVI]{{2,8}}(?=,?{GAP}*(?:nr\.?{GAP}?)?[A-Z]{{1,2}}\b))"
)
_OTHERS = (
    rf"(?P<others>(?:{GAP}*(?:,|en|/|&|,{GAP}en){GAP}*\d{{2}}(?:{GAP}|\.)?\d{{3}}(?!\d)"
    rf"(?:{GAP}?{DASH}?{GAP}?{_ROMAN}\b|{DASH}\d{{2}}\b|{GAP}?\(R{GAP}?\d+\))"
    rf"?(?!{GAP}\d{{3}}))*)"
)
NUMBER_WORD = r"(?i:nrs?\b\.?|n°|nummers?\b|no\b\.?|ondernummers?\b|stuks?\b(?: nrs?\.?)?)"
NUMBER = r"(?:\d{1,4}(?:[a-z](?![a-z])|-h\d)?(?![\d])(?![.]\d)|[A-Z]{1,3}(?![A-Za-z]))"
_RANGE = rf"(?:{GAP}?(?:{DASH}|t/m|tot en met){GAP}?{NUMBER}(?![/\d]))?"
_ONE = rf"{NUMBER}{_RANGE}"
_LIST = re.compile(
    rf"{GAP}*(?:,{GAP}*en|,|en|alsmede|/|&){GAP}*(?P<word>{NUMBER_WORD}{GAP}*:?)?{GAP}*(?P<one>{_ONE})"
    rf"(?!{GAP}?\d{{3}}\b|{GAP}*(?:{DASH}{GAP}?\d|%|euro|jaar|maanden|dagen|januari|februari|maart|april|mei|juni|juli|"
    rf"augustus|september|oktober|november|december))"
)
_LATER = re.compile(rf"{GAP}*[;,]?{GAP}*(?:en{GAP}+)?{NUMBER_WORD}{GAP}*(?P<one>{_ONE})")
_PAGES = rf"\d+{GAP}?(?:{GAP}?(?:{DASH}|/|,|en|t/m){GAP}?\d+)*(?:{GAP}?e\.?{GAP}?v\.?)?"
PIN = re.compile(
    rf"(?:{GAP}*\(bijlage [IVX\d]+\))?{GAP}*,?{GAP}*(?:blz\.?|pagina(?:{DASH}?s|"
    rf"['’]s)?|pag\.?|p\.|pp\.|bladzijden?|p){GAP}*(?P<pin>{_PAGES})(?!{GAP}*van{GAP}\d)",
    re.I,
)
_LABEL = r"(?P<label>(?i:kamerst(?:ukken|uk|\.)(?:nummers?|nrs?\.?)?))"
_HEAD = (
    rf"{_LABEL}?(?:{GAP}*[,:]?{GAP}*{CHAMBER})?(?:{GAP}*[,:(]?{GAP}*{SESSION}\)?)"
    rf"?{GAP}*[-–—,:;]?{GAP}*(?i:dossier(?:nummer|nr\.?)?{GAP}*|nrs?\.?{GAP}*(?=\d\d{GAP}?\d{{3"
    rf"}}))?"
)
_FULL = re.compile(_HEAD + _DOSSIER + _OTHERS)
_NUMBERED = re.compile(rf"{GAP}*[,;:]?{GAP}*[({{]?(?P<word>{NUMBER_WORD}){GAP}*:?{GAP}*(?P<one>{_ONE})")
_PLAIN = re.compile(
    rf"(?:,{GAP}*|{GAP}+|-)(?P<one>{NUMBER})(?!{GAP}?\d{{3}}\b|['’]s?\b|{GAP}*(?:{DASH}{GAP}?\d{{4}}|%|euro|januari|februari|maart|"
    rf"april|mei|juni|juli|augustus|september|oktober|november|december))"
)
_CASE = re.compile(
    rf"(?:(?:Tweede|Eerste) Kamer|TK|Kamerst\w+|Aanhangsel[\w ]*)[,:]?{GAP}*{SESSION}{GAP}*,"
    rf"{GAP}*(?P<case>\d{{4}}Z\d{{5}})"
    rf"(?:,?{GAP}*nr\.?{GAP}*(?P<number>\d{{1,4}}))?",
    re.I,
)
_HYPHEN = re.compile(
    rf"(?P<dossier>\d{{2}}{GAP}?\d{{3}})(?:[-–](?P<suffix>{_ROMAN}|[A-F]|\d{{2}}(?=[-–]\n?\d)))?[-–]\n?(?P<number>\d{{1,4}}|[A-Z]{{1,2}})(?![\w/]|[-–]\d)"
)
_CHAIR = re.compile(
    rf"(?:nr\.?|nummer){GAP}?(?P<number>\d{{1,4}}){GAP}\({GAP}?(?P<dossier>\d{{2}}(?:{GAP}|\.)?\d{{3}})(?:{DASH}(?P<suffix>{_ROMAN}|\d{{2}}))?{GAP}?\)",
    re.I,
)
_LITERAL = re.compile(
    r"(?:kst|ah-tk|ah-ek|h-tk|h-ek|kv-tk|nds-tk|stb|stcrt|trb|blg)-[0-9A-Z][0-9A-Za-z]*(?:-[0-9A-Za-z]+)*"
)
_TKID = re.compile(r"\d{4}(?P<type>[DZ])\d{5}")


def parse_kamerstuk(text: str, at: int) -> Iterator[Citation]:
    """Kamerstukken cited from an anchor: a label, a chamber's name, or a dossier number."""
    if found := _CASE.match(text, at):
        yield from _case_and_number(text, found)
        return
    match = _FULL.match(text, at)
    if not match:
        return
    label, chamber, session = match["label"], match["chamber"], match["session"]
    named = bool(label)
    old_style = not match["dossier"][:1].isdigit() or len(_NO_DIGITS.sub("", match["dossier"][:6])) < 5
    if old_style and not (named and (session or match["dossier"][:1] in "CLXVI")):
        return
    if not named and not session and not _bare_start(text, at, match):
        return
    yield from _numbers(text, at, match, named or bool(chamber and session))


def _bare_start(text: str, at: int, match: re.Match[str]) -> bool:
    return match.start("dossier") - at < 30 and not text[max(0, at - 1) : at].isdigit()


def _numbers(text: str, at: int, match: re.Match[str], named: bool) -> Iterator[Citation]:
    facts = _facts(match)
    first = _NUMBERED.match(text, match.end())
    worded = bool(first)
    if not first and named:
        first = _PLAIN.match(text, match.end())
    if not first and match["eu"] and named and not repair_known(facts["dossier"]):
        # "35925-32" after a label: the two digits are the number, unless the dossier is a series of the EU.
        facts = {**facts, "dossier": facts["dossier"].rsplit("-", 1)[0]}
        yield kamerstuk(text, at, match.end(), facts, match["eu"])
        return
    if not first:
        if named and not match["others"] and len(facts["dossier"]) >= 5:
            yield kamerstukken(text, at, match.end("dossier"), facts)
        return
    end = first.end("one")
    one = first["one"]
    if not worded and one[:1].isalpha() and one.lower() in {"p", "pp", "blz", "en", "de", "van"}:
        if named:
            yield kamerstukken(text, at, match.end("dossier"), facts)
        return
    plural = bool(worded and first["word"].lower().startswith(("nrs", "nummers", "ondernummers", "stuks")))
    yield from _chain(text, at, end, facts, one, plural)


def _chain(
    text: str, at: int, end: int, facts: Mapping[str, str], one: str, plural: bool
) -> Iterator[Citation]:
    """The first number, its pin, and the numbers that follow under the same dossier."""
    start = at
    while True:
        pin = PIN.match(text, end)
        parts = {**facts, **({"pin": _squeeze(pin["pin"])} if pin else {})}
        stop = pin.end() if pin else end
        yield kamerstuk(text, start, stop, parts, one)
        following = _LATER.match(text, stop)
        if not following and not pin:
            following = _LIST.match(text, stop)
            if following and not plural and not following["word"] and not _closes(text, following):
                following = None
        if not following:
            return
        one, start, end = following["one"], following.start("one"), following.end("one")


def _closes(text: str, match: re.Match[str]) -> bool:
    """Whether "nr. 3 en 4" ends there, so that 4 is a second number and not the start of a phrase."""
    joined = text[match.start() : match.start("one")].strip()
    return joined in {"en", "/"} and bool(re.match(r"\s*[).;,\]]|\s*$", text[match.end() : match.end() + 3]))


def _facts(match: re.Match[str]) -> dict[str, str]:
    chamber = (match["chamber"] or "").upper()
    facts = {"dossier": _dossier(match)}
    if chamber:
        facts["chamber"] = (
            "I" if chamber in {"I", "1", "EK", "E.K.", "E.K"} or chamber.startswith("EERSTE") else "II"
        )
    if match["session"]:
        facts["session_as_written"] = match["session"]
        if session := parse_session(match["session"]):
            facts["session"] = session
    if match["rijk"]:
        facts["rijkswet"] = _squeeze(match["rijk"])
    if match["others"]:
        facts["other_dossiers"] = " ".join(
            _NO_DIGITS.sub("", each)[:5] for each in re.findall(r"\d{2}[\s\u00a0.]?\d{3}", match["others"])
        )
    return facts


def _dossier(match: re.Match[str]) -> str:
    raw = match["dossier"]
    if not raw[:1].isdigit():
        return raw.upper()
    end = len(raw)
    for name in ("chapter", "plus", "letter", "eu", "rijk"):
        if match[name]:
            end = min(end, match.start(name) - match.start("dossier"))
    digits = _NO_DIGITS.sub("", raw[:end])[:5]
    suffix = match["chapter"] or match["plus"] or match["letter"] or match["eu"]
    return f"{digits}-{re.sub(r'[^A-Za-z0-9]', '', suffix).upper()}" if suffix else digits


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _case_and_number(text: str, found: re.Match[str]) -> Iterator[Citation]:
    parts = {"session_as_written": found["session"]}
    if session := parse_session(found["session"]):
        parts["session"] = session
    yield case(text, found.start(), found.end("case"), found["case"], parts)
    if found["number"]:
        start = found.end("case") + 1
        start += len(text[start : found.end()]) - len(text[start : found.end()].lstrip())
        yield aanhangsel(text, start, found.end(), parts, found["number"], confidence=0.9)


def parse_bare(text: str, at: int) -> Iterator[Citation]:
    """A dossier number without a label: "35570-XIV-46", "35000, nr. 14"."""
    if text[at - 1 : at] in {"-", "/", "€", "."} or text[max(0, at - 2) : at] == "€ ":
        return
    hyphen = _HYPHEN.match(text, at)
    if hyphen and not _series(hyphen):
        dossier = _NO_DIGITS.sub("", hyphen["dossier"]) + (f"-{hyphen['suffix']}" if hyphen["suffix"] else "")
        if _plausible(text, at, dossier):
            yield kamerstuk(text, at, hyphen.end(), {"dossier": dossier}, hyphen["number"])
            return
    yield from parse_kamerstuk(text, at)


def _series(hyphen: re.Match[str]) -> bool:
    """Whether "21501-08" is a dossier of councils of the EU as a whole, and no paper in it."""
    two = not hyphen["suffix"] and len(hyphen["number"]) == 2
    return two and (hyphen["number"][0] == "0" or _NO_DIGITS.sub("", hyphen["dossier"]) == "21501")


_CUE = re.compile(r"kamerst|motie|stuk|dossier|brief|nota|amendement|tweede kamer|;|\(", re.I)


def _plausible(text: str, at: int, dossier: str) -> bool:
    """A hyphenated number is a paper when its dossier is known, or when the words before it say so."""
    return repair_known(dossier) or bool(_CUE.search(text, max(0, at - 60), at))


def parse_chair(text: str, at: int) -> Iterator[Citation]:
    """The chair's way: "nr. 417 (32824)"."""
    if found := _CHAIR.match(text, at):
        dossier = _NO_DIGITS.sub("", found["dossier"]) + (f"-{found['suffix']}" if found["suffix"] else "")
        yield kamerstuk(text, at, found.end(), {"dossier": dossier}, found["number"])


def parse_literal(text: str, at: int) -> Iterator[Citation]:
    """An id written out: "kst-32824-378"."""
    if found := _LITERAL.match(text, at):
        from thuis.dossier.cite.resolve import literal

        yield literal(text, at, found.end())


def parse_tkid(text: str, at: int) -> Iterator[Citation]:
    """A document or case number of the Tweede Kamer: "2022D36379", "2022Z03332"."""
    if found := _TKID.match(text, at):
        if found["type"] == "Z":
            yield case(text, at, found.end(), found[0], {})
        else:
            yield Citation("document", at, found.end(), found[0], {"number": found[0]}, (found[0],))
