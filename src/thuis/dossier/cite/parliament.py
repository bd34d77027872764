"""Phase two for parliamentary papers: Kamerstukken in their many spellings, parsed from an anchor.

A Kamerstuk is cited as label, chamber, session year, dossier or dossiers, number or numbers, pin; all but
the dossier may be absent, and each has spellings of its own. The number belongs to the first dossier named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from thuis.dossier.cite import existence
from thuis.dossier.cite.dates import MONTHS
from thuis.dossier.cite.model import Candidate, Citation
from thuis.dossier.cite.resolve import (
    aanhangsel,
    case,
    kamerstuk,
    kamerstukken,
    repair_known,
)
from thuis.dossier.cite.session import chamber_parts, session_parts

MONTH = "|".join(MONTHS)
GAP = r"[\s\u00a0\u202f]"
_NO_DIGITS = re.compile(r"\D")
DASH = r"[-–—‑]"
SESSION = (
    rf"(?:(?i:vergaderjaar|zitting(?:sjaar|sjaren)?|jaargang|vj\.?){GAP}*)?"
    rf"(?P<session>(?:\b(?:18|19|20)\d{{2}}{GAP}?(?:{DASH}|/)+{GAP}?{DASH}?{GAP}?(?:\d{{4}}|\d{{2,3}})(?!\d)"
    rf"|['’‘`]?\b\d{{2}}{GAP}?/{GAP}?['’‘`]?\d{{2}}(?!\d)|['’‘`]\d{{2}}{DASH}['’‘`]?\d{{2}}(?!\d)))"
)
CHAMBER = r"(?P<chamber>I{1,2}\b|11?\b|2\b|[TE]\.?K\b\.?|(?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?)"
ROMAN = r"(?:[XVI]{1,6}[A-Z]?)"
_SUFFIX = (
    rf"(?:{GAP}*[,]?{GAP}?hoofdstuk{GAP}(?P<chapter>{ROMAN})\b"
    rf"|{GAP}?(?P<plus>[-–.]?{GAP}?{ROMAN})(?![A-Za-z.])(?={GAP}*(?:[,;:)(/]{GAP}*)?(?:en{GAP}\d{{2}}{GAP}|[nN](?:r|o|ummer)|\d|[-–]{GAP}?\d|[A-Z]{{1,3}}\b)|{GAP}*(?:[);]|$))"
    rf"|{GAP}?{DASH}?(?P<letter>[A-M])(?=,?{GAP}*(?:en{GAP}\d\d{GAP}|nrs?\b|nummer))"
    rf"|(?:{GAP}?{DASH}{GAP}?|(?<=501){GAP}(?=\d\d(?:{DASH}\d|,?{GAP}nr)))(?P<eu>\d{{2}})(?![\d]|\.\d))?"
    rf"(?:{GAP}*{DASH}?\((?P<rijk>R{GAP}?\d{{3,4}})[^)]{{0,14}}\))?"
)
_DOSSIER = (
    rf"(?P<dossier>\d{{2}}(?:{GAP}|[.\-])?\d{{3}}(?!\d){_SUFFIX}|\d{{4,5}}(?![\d/–-]"
    rf")|(?!II\b)[CLXVI]{{2,8}}(?=,?{GAP}*(?:nr\.?{GAP}?)?[A-Z]{{1,2}}\b))"
)
_OTHERS = (
    rf"(?P<others>(?:{GAP}*(?:,|en|/|&|,{GAP}en){GAP}*\d{{2}}(?:{GAP}|\.)?\d{{3}}(?!\d)"
    rf"(?:{GAP}?{DASH}?{GAP}?{ROMAN}\b|{GAP}?{DASH}?[A-M](?=,?{GAP}*(?:en{GAP}\d\d{GAP}|nrs?\b|nummer))"
    rf"|{DASH}\d{{2}}\b|{GAP}?\(R{GAP}?\d+\))"
    rf"?(?!{GAP}\d{{3}})|(?<=(?<!\d)\d{{4}}){GAP}*(?:,|en|/){GAP}*\d{{4}}(?!\d)(?={GAP}*(?:,|en\b|/|[);.]|$"
    rf"|(?i:nrs?\b|nummers?\b|blz|p\.))))*)"
)
NUMBER_WORD = (
    r"(?i:nrs?(?:\b[ \u00a0]?[.,]?|(?=\d))|n°|nummers?\b|no\b\.?|ondernummers?\b|letters?\b"
    r"|stuks?\b(?: nrs?\.?)?)"
)
NUMBER = r"(?:\d{1,4}(?:[a-z]|-h\d)?(?![A-Za-z\d])(?![.]\d)|[A-Z]{1,3}(?![A-Za-z\d]))"
_RANGE = rf"(?:{GAP}?(?:{DASH}|t/m|tot en met){GAP}?{NUMBER}(?![/\d]))?"
_ONE = rf"{NUMBER}{_RANGE}"
_LIST = re.compile(
    rf"{GAP}*(?:,{GAP}*en|,|en|alsmede|/|&){GAP}*(?P<word>{NUMBER_WORD}{GAP}*:?)?{GAP}*(?P<one>{_ONE})"
    rf"(?!{GAP}?\d{{3}}\b|{GAP}*(?:{DASH}{GAP}?\d|%|euro|jaar|maanden|dagen|{MONTH}))"
)
_LATER = re.compile(
    rf"{GAP}*[;,]?{GAP}*\(?(?:en{GAP}+|(?:(?:nader{GAP})?gewijzigd|herdruk|gewijzigde{GAP}motie),?{GAP}+)?"
    rf"(?:(?:was|voorheen|t\.v\.v\.|ter{GAP}vervanging{GAP}van(?:{GAP}die{GAP}gedrukt{GAP}onder)?){GAP}+)?"
    rf"{NUMBER_WORD}{GAP}*(?P<one>{_ONE})"
)
"""The number that follows: also the one that a motion had before it was changed, "(was nr. 9)"."""
_PAGES = rf"\d+{GAP}?(?:{GAP}?(?:{DASH}|/|,|en|t/m){GAP}?\d+)*(?:{GAP}?e\.?{GAP}?v\.?)?"
PIN = re.compile(
    rf"(?:{GAP}*\(bijlage [IVX\d]+\))?{GAP}*[,–-]?{GAP}*(?:blz\.?|pagina(?:{DASH}?s|"
    rf"['’]s)?|pag\.?|p\.|pp\.|bladzijden?|p){GAP}*(?P<pin>{_PAGES})(?!{GAP}*van{GAP}\d)",
    re.I,
)
_LABEL = (
    rf"(?P<label>(?i:kamerst(?:ukken|uk|\.)(?:nummers?|nrs?\.?|{GAP}met{GAP}(?:nummer|kenmerk))?"
    rf"|bijl(?:agen|age|\.){GAP}(?:bij{GAP}(?:de{GAP})?)?hand(?:elingen|\.)))"
)
_SESSIONS = rf"{SESSION}(?:{GAP}*(?:,|en){GAP}*(?:19|20)\d{{2}}(?:{DASH}|/)(?:\d{{4}}|\d{{2}})(?!\d)){{0,4}}"
_HEAD = (
    rf"{_LABEL}?(?:{GAP}*[,:]?{GAP}*{CHAMBER})?(?:{GAP}*[,:(]?{GAP}*{_SESSIONS}\)?)"
    rf"?{GAP}*[-–—,:;]?{GAP}*(?i:dossier(?:nummer|nr\.?)?{GAP}*|nrs?\.?{GAP}*(?=\d\d{GAP}?\d{{3"
    rf"}}))?"
)
_UPPER = re.compile(r"(?:EK|Eerste Kamer)\b")
_OTHER = re.compile(rf"(\d{{2}})[\s\u00a0.]?(\d{{3}})(?:[ \u00a0-]?({ROMAN}|[A-M])(?![A-Za-z]))?")
_FULL = re.compile(_HEAD + _DOSSIER + _OTHERS + rf"(?:{GAP}+[ec]\.{GAP}?a\.)?")
_NUMBERED = re.compile(rf"{GAP}*[,;:]?{GAP}*[({{]?(?P<word>{NUMBER_WORD}){GAP}*:?{GAP}*(?P<one>{_ONE})")
_PLAIN = re.compile(
    rf"(?:,{GAP}*|{GAP}+-?|-|/(?!\d\d{GAP}?\d{{3}}))(?P<one>{NUMBER})(?!{GAP}?\d{{3}}\b|['’]s?\b|{GAP}*(?:{DASH}{GAP}?\d{{4}}|%"
    rf"|euro|{MONTH}))"
)
_CASE = re.compile(
    rf"(?:(?:Tweede|Eerste) Kamer|TK|Kamerst\w+|Aanhangsel[\w ]*)[,:]?{GAP}*{SESSION}{GAP}*,"
    rf"{GAP}*(?P<case>\d{{4}}Z\d{{5}})"
    rf"(?:,?{GAP}*nr\.?{GAP}*(?P<number>\d{{1,4}}))?",
    re.I,
)


def pinned(text: str, end: int) -> tuple[dict[str, str], int]:
    """The pages that a citation names behind its number, and where it ends with them.

    >>> pinned("nr. 378, p. 4 - 5.", 7)
    ({'pin': '4-5'}, 17)
    """
    found = PIN.match(text, end)
    return ({"pin": _squeeze(found["pin"])}, found.end()) if found else ({}, end)


def parse_kamerstuk(text: str, at: int) -> Iterator[Citation]:
    """Kamerstukken cited from an anchor: a label, a chamber's name, or a dossier number."""
    if found := _CASE.match(text, at):
        yield from _case_and_number(text, found)
        return
    match = _FULL.match(text, at)
    if not match:
        yield from _doubted_dossier(text, at)
        return
    label, chamber, session = match["label"], match["chamber"], match["session"]
    named = bool(label)
    if not named and not session and not _NUMBERED.match(text, match.end()):
        yield from _unlabelled(text, at, match)
        return
    old_style = not match["dossier"][:1].isdigit() or len(_NO_DIGITS.sub("", match["dossier"][:6])) < 5
    if old_style and not (named and (session or match["dossier"][:1] in "CLXVI")):
        return
    if not named and not session and not _bare_start(text, at, match):
        return
    yield from _numbers(text, at, match, named or bool(chamber and session))


_CUE_OF_PAPER = re.compile(r"\b(?:motie|amendement|brief|nota|kamerst)", re.I)


def _bare_start(text: str, at: int, match: re.Match[str]) -> bool:
    return match.start("dossier") - at < 30 and not text[max(0, at - 1) : at].isdigit()


def _unlabelled(text: str, at: int, match: re.Match[str]) -> Iterator[Citation]:
    """ "(35925 VII / 35925 IV, A)", as the Eerste Kamer cites: without label or "nr.", so it must exist."""
    first = _PLAIN.match(text, match.end())
    bracket = text[max(0, at - 1) : at] == "(" and first and text[first.end() : first.end() + 1] in {")", ","}
    cue = match["plus"] and _CUE_OF_PAPER.search(text, max(0, at - 60), at)
    chapter = cue and first and _CLOSED.match(text, first.end())
    if first and (first["one"].isalpha() or bracket or chapter):
        found = kamerstuk(text, at, first.end(), _facts(match), first["one"])
        # "EK 34 550 VI, AB": a paper of that chamber of a known dossier, though the paper is in no list here.
        upper = _UPPER.match(text, at) and first["one"].isupper() and repair_known(_facts(match)["dossier"])
        if found.exists or upper:
            yield from _chain(text, at, first.end(), _facts(match), first["one"], False)
        return
    facts = _facts(match)
    if doubted := _doubted(text, at, match.end(), facts):
        yield doubted
    elif match["chamber"] and text[match.end() : match.end() + 1] == ")" and repair_known(facts["dossier"]):
        yield kamerstukken(text, at, match.end(), facts)


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
    if not first and (doubted := _doubted(text, at, match.end(), facts)):
        yield doubted
        return
    papers = list(_bracketed(text, at, match.end(), facts)) if not first and named else ()
    if papers:
        yield from papers
        return
    if not first:
        old_pair = match["session"] and len(facts["dossier"]) == 4 and match["others"]
        if named and (old_pair or (not match["others"] and len(facts["dossier"]) >= 5)):
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


_BRACKETED = re.compile(rf"{GAP}*\({GAP}*(?P<all>{NUMBER}(?:{GAP}*(?:,|;|en){GAP}*{NUMBER})*){GAP}*\)")
_NEXT_SESSION = re.compile(rf"{GAP}*[;,]{GAP}*{SESSION},?{GAP}*(?P<dossier>\d\d{GAP}?\d{{3}})(?!\d)")


def _bracketed(text: str, at: int, end: int, facts: Mapping[str, str]) -> Iterator[Citation]:
    """As an act closes: "Kamerstukken I 2000/2001, 26 855 (250, 250a); 2001/2002, 26 855 (16, 16a)".

    What stands in brackets after a dossier may be anything, so these papers must exist.
    """
    start = at
    while found := _BRACKETED.match(text, end):
        inside = found.start("all")
        for number in re.finditer(NUMBER, found["all"]):
            begin = inside + number.start() if number.start() else start
            paper = kamerstuk(text, begin, inside + number.end(), facts, number[0])
            if not paper.exists:
                return
            yield paper
        following = _NEXT_SESSION.match(text, found.end())
        if not following:
            return
        start, end = following.start("session"), following.end()
        dossier = _NO_DIGITS.sub("", following["dossier"])
        facts = {**facts, "dossier": dossier, **session_parts(following["session"])}


def _chain(
    text: str, at: int, end: int, facts: Mapping[str, str], one: str, plural: bool
) -> Iterator[Citation]:
    """The first number, its pin, and the numbers that follow under the same dossier."""
    start = at
    while True:
        end = _after_aside(text, end, plural)
        pin, stop = pinned(text, end)
        parts = {**facts, **pin}
        found = kamerstuk(text, start, stop, parts, one)
        misread = one[-1:] in "lo" and one[:-1].isdigit() and not found.exists
        yield _in_doubt(text, start, stop, parts, one) if misread else found
        following = _LATER.match(text, stop)
        if not following and pin and one.isupper():
            following = _later_letter(text, stop, facts["dossier"], one)
        elif not following and not pin:
            following = _LIST.match(text, stop)
            if following and not plural and not following["word"]:
                plural = _listed(text, stop, facts["dossier"], one)
                following = following if plural else None
        if not following:
            return
        one, start, end = following["one"], following.start("one"), following.end("one")


_ASIDE = re.compile(rf"{GAP}?\((?!{GAP}?\d\d{GAP}?\d{{3}})[A-Za-z][^()\d\n]{{1,40}}\)")


def _after_aside(text: str, end: int, plural: bool) -> int:
    """ "nrs. 8-9 (rapport) en nr. 10 (bijlagen)": what a paper is stands in brackets."""
    aside = _ASIDE.match(text, end)
    if not aside:
        return end
    goes_on = PIN.match(text, aside.end()) or _LATER.match(text, aside.end())
    return aside.end() if goes_on or (plural and _LIST.match(text, aside.end())) else end


def _later_letter(text: str, at: int, dossier: str, letter: str) -> re.Match[str] | None:
    """ "35 483, D, p. 6 en E": after a page only a later letter that exists can be a paper."""
    found = _LIST.match(text, at)
    if not found or not found["one"].isupper():
        return None
    later = (len(letter), letter) < (len(found["one"]), found["one"])
    return found if later and existence.exists(f"kst-{dossier}-{found['one']}") else None


_CLOSED = re.compile(
    rf"{GAP}*(?:[).;:\]»”]|,?{GAP}+(?:van|inzake|over|betreffende)\b|,{GAP}*$|$|\n)|,?{GAP}+en{GAP}+[A-Z]"
)


def _listed(text: str, at: int, dossier: str, first: str) -> bool:
    """Whether "nr. 320, 325 en 330" goes on to name papers: they rise, they exist, and nothing else follows.

    After the singular a second number may as well begin a phrase ("nr. 3, 12 brieven").
    """
    numbers, begin = [first], at
    while item := _LIST.match(text, at):
        numbers.append(item["one"])
        at = item.end()
    joined = text[begin:at].lstrip(" \u00a0\n,")[:2] in {"en", "/ "} or "/" in text[begin : begin + 2]
    if not _CLOSED.match(text, at):
        return False
    if all(each[:1].isalpha() for each in numbers):
        return numbers == sorted(numbers, key=lambda each: (len(each), each))
    starts = [int(digits[0]) for each in numbers if (digits := re.match(r"\d+", each))]
    last = existence.last_number(f"kst-{dossier}")
    # "nr. 3 en 4." names two; of more than two the papers must be known.
    known = (len(numbers) == 2 and joined) or all(
        n > last or existence.exists(f"kst-{dossier}-{n}") for n in starts
    )
    return len(starts) == len(numbers) and starts == sorted(set(starts)) and known


_UNSURE = r"[\dlIOoSB]"
_DOUBTED = re.compile(
    rf"{GAP}*[,;:]?{GAP}*[({{]?{NUMBER_WORD}{GAP}*:?{GAP}*(?P<one>(?=\d|{_UNSURE}\d){_UNSURE}{{1,4}}"
    rf"|\d{{1,4}}[A-Za-z][\dA-Za-z]*)(?!\w)"
)
_DOUBTED_DOSSIER = re.compile(
    rf"(?i:kamerst(?:ukken|uk))[^\d\n]{{0,12}}(?P<dossier>{_UNSURE}{{2}}[ .]?{_UNSURE}{{3}})(?!\w)"
    rf"(?P<suffix>[ -]{ROMAN}(?![\w.]))?,?{GAP}*{NUMBER_WORD}{GAP}*(?P<one>{_UNSURE}{{1,4}})(?!\w)"
)
_DIGITS = str.maketrans("lIOoSB", "110058")


def _doubted(text: str, at: int, end: int, facts: Mapping[str, str]) -> Citation | None:
    """ "nr. 3l5": a letter stands in the number. What it may mean is a candidate; it is never the id."""
    found = _DOUBTED.match(text, end)
    return _in_doubt(text, at, found.end(), facts, found["one"]) if found else None


def _in_doubt(text: str, at: int, end: int, facts: Mapping[str, str], number: str) -> Citation:
    meant = number.translate(_DIGITS)
    each = f"kst-{facts['dossier']}-{meant}"
    candidates = (Candidate(each, f"{number!r} read as {meant}", "misread"),) if meant.isdigit() else ()
    parts = {**facts, "number_as_written": number}
    return Citation("kamerstuk", at, end, text[at:end], parts, (), 0.3, candidates)


def _doubted_dossier(text: str, at: int) -> Iterator[Citation]:
    """ "Kamerstuk 35 57O XV, nr. 82": a letter stands in the dossier's number."""
    found = _DOUBTED_DOSSIER.match(text, at)
    written = found["dossier"] if found else ""
    if found and not written.replace(" ", "").isdigit() and sum(c.isdigit() for c in written) >= 3:
        suffix = f"-{found['suffix'].strip(' -')}" if found["suffix"] else ""
        facts = {
            "dossier": _NO_DIGITS.sub("", written.translate(_DIGITS)) + suffix,
            "dossier_as_written": written,
        }
        yield _in_doubt(text, at, found.end(), facts, found["one"])


def _facts(match: re.Match[str]) -> dict[str, str]:
    facts = {"dossier": _dossier(match), **chamber_parts(match["chamber"])}
    if match["session"]:
        facts |= session_parts(match["session"])
    if match["rijk"]:
        facts["rijkswet"] = _squeeze(match["rijk"])
    if match["others"]:
        facts["other_dossiers"] = " ".join(
            f"{a}{b}" + (f"-{c}" if c else "") for a, b, c in _OTHER.findall(match["others"])
        ) or " ".join(re.findall(r"\d{4}", match["others"]))
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
    parts = session_parts(found["session"])
    yield case(text, found.start(), found.end("case"), found["case"], parts)
    if found["number"]:
        start = found.end("case") + 1
        start += len(text[start : found.end()]) - len(text[start : found.end()].lstrip())
        yield aanhangsel(text, start, found.end(), parts, found["number"], confidence=0.9)
