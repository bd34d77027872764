"""Phase two for the proceedings, the official gazettes and case law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.dossier.cite import existence
from thuis.dossier.cite.committees import parse_by_day, parse_extended
from thuis.dossier.cite.model import Candidate, Citation, Kind
from thuis.dossier.cite.parliament import CHAMBER, DASH, GAP, MONTH, SESSION, pinned
from thuis.dossier.cite.resolve import aanhangsel, of_session
from thuis.dossier.cite.session import chamber_parts, session_parts

_NR = r"(?:[Nn]rs?\.?|[Nn]ummers?|[Nn]o\.?)"
_AANHANGSEL = re.compile(
    rf"(?:[Bb]ijlage\s+)?(?:[Aa]anhangsel|[Aa]anh\.)\)?(?:{GAP}+(?:(?:van{GAP}+de|der|bij{GAP}+de){GAP}+)?(?:[Hh]andelingen|Hand\.))?"
    rf"(?:{GAP}*,?{GAP}*(?:van{GAP}+de{GAP}+)?{CHAMBER}(?:{GAP}+der{GAP}+Staten-Generaal)?)?{GAP}*[,;(]?{GAP}*{SESSION}\)?{GAP}*[,;]?{GAP}*(?:{_NR}{GAP}*)?(?P<number>\d{{1,5}})(?!\d)"
)
_AFTER = re.compile(
    rf"{GAP}*(?:,{GAP}*en|,|en){GAP}*(?:{_NR}{GAP}*)?(?P<number>\d{{1,5}})(?!\d|{GAP}?\d{{3}}\b|{GAP}+(?:{MONTH}))"
)
_LEFT = re.compile(
    rf"(?:[Aa]anhangsel|[Aa]anh\.){GAP}*[,:]?{GAP}*(?:{_NR}{GAP}*)?(?P<number>\d{{1,5}})(?!\d|{DASH})"
)
"""An Aanhangsel whose session stands before it: "vergaderjaar 2021-2022, Aanhangsel nr. 2475"."""
_BEFORE = re.compile(rf"(?:\b{CHAMBER},?{GAP}*)?{SESSION}\)?{GAP}*[,;]?{GAP}*\Z")
_DEBATE = re.compile(
    rf"(?:(?:[Hh]andelingen|Hand\.)(?:{GAP}+(?:van{GAP}+de|der){GAP}+Staten-Generaal,?(?:{GAP}*de(?={GAP}))?)?(?:{GAP}+(?:van{GAP}+de|der))?"
    rf"(?:{GAP}*,?{GAP}*{CHAMBER})?|(?P<house>HTK|HEK|H[dD]TK|H[dD]EK)\b){GAP}*[,;(]?{GAP}*{SESSION}\)?"
    rf"(?P<aanhangsel>{GAP}*,?{GAP}*(?:[Aa]anhangsel|[Aa]anh\.))?"
    rf"(?:{GAP}*,{GAP}*(?P<dossier>\d{{2}}{GAP}\d{{3}}))?"
    rf"(?:{GAP}*[,;]?{GAP}*(?:{_NR}{GAP}*)?(?P<sitting>\d{{1,4}}(?:(?=e{GAP}vergadering)|[a-z]?))(?:e{GAP}vergadering)?"
    rf"(?![\d]|{GAP}?\d{{3}}))?"
    rf"(?:{GAP}*{DASH}{GAP}*(?P<from>\d{{1,5}})(?:{DASH}(?P<to>\d{{1,5}}))?)?"
    rf"(?:{GAP}*[,;–-]?{GAP}*(?:(?:[Ii]tem|agendapunt){GAP}*(?:nr\.{GAP}*)?"
    rf"|(?=(?:[Ii]tems|agendapunten)(?P<items>{GAP}\d{{1,3}}(?:(?:,{GAP}|{GAP}en{GAP}|{DASH})\d{{1,3}}(?!\d))*))"
    rf"(?:[Ii]tems|agendapunten){GAP})(?P<item>\d{{1,3}}))?"
)
_PAGE_IN_DEBATE = re.compile(
    rf"{GAP}*,?{GAP}*(?:blz\.?|p\.|pag\.?|pagina){GAP}*(?P<sitting>\d{{1,3}})-(?P<page>\d{{1,5}})"
)
_NAMES: dict[str, Kind] = {
    "stb": "stb", "staatsblad": "stb", "stcrt": "stcrt", "staatscourant": "stcrt",
    "trb": "trb", "tractatenblad": "trb", "bulletin of acts": "stb", "government gazette": "stcrt",
    "treaty series": "trb",
}  # fmt: skip
_LOCAL = {"gemeenteblad": "gmb", "provinciaal blad": "prb", "waterschapsblad": "wsb"}
_GAZETTE = re.compile(
    rf"(?:Dutch )?(?P<name>Stb|Stcrt|Trb|Staatsblad|Staatscourant|Tractatenblad|Bulletin of Acts"
    rf"|Government Gazette|Treaty Series)\b(?:(?: and|, Orders and) Decrees)?\*?\.?\*?{GAP}*,?{GAP}*"
    rf"(?:(?:van|d\.d\.){GAP}+)?(?:\d{{1,2}}{GAP}+[a-z]+{GAP}+|\d{{1,2}}-\d{{1,2}}-)?(?P<year>(?:1[89]|20)\d{{2}})(?!\d)"
    rf"(?:{GAP}*[,/(]{GAP}*|{GAP}+|(?=-)-)(?:{_NR}{GAP}*)?(?P<number>(?:[A-K]{GAP}?(?=\d))?\d{{1,5}})(?![\d]|{DASH}\d)"
)
_LOCAL_GAZETTE = re.compile(
    rf"(?P<name>Gemeenteblad|Provinciaal [Bb]lad|Waterschapsblad)(?: van [A-Z][\w'’ -]{{1,40}}?)?"
    rf"{GAP}*,?{GAP}*"
    rf"(?:jaargang{GAP}+)?(?P<year>20\d\d)(?:{GAP}*,{GAP}*|{GAP}+)(?:{_NR}{GAP}*)?(?P<number>\d{{2,7}})(?!\d|{DASH}\d)"
)
_SHORT_GAZETTE = re.compile(
    rf"(?P<name>Stb|Stcrt|Trb|Staatsblad)\b\*?\.?\*?{GAP}*(?:{_NR}{GAP}*)?(?P<number>\d{{1,4}})(?!\d)"
)
_LATER_GAZETTE = re.compile(
    rf"{GAP}*(?:,{GAP}*en|;|en){GAP}*(?:(?P<year>(?:1[89]|20)\d{{2}})(?:{GAP}*[,/]{GAP}*)(?:{_NR}{GAP}*)?(?P<number>\d{{1,5}})|(?:{_NR}{GAP}*)?(?P<same>\d{{1,5}})(?=\)|;|\.|,))(?!\d)"
)
_OF_DATE = re.compile(
    rf"\b(?:(?:van|d\.d\.) (?:de )?\d{{1,2}}{GAP}[a-z]+{GAP}|\d{{1,2}}-\d{{1,2}}-)"
    r"(?P<year>1[89]\d{2}|20\d{2})(?P<title>[^;]*)$"
)
_OF_NAME = re.compile(r"(?i:wet|besluit|regeling)[\w ]{0,40} (?P<year>19\d{2}|20\d{2})\W{0,3}$")
_ECLI = re.compile(
    r"ECLI ?[:;] ?(?P<country>[A-Z]{2}) ?[:;] ?(?P<court>[A-Z][A-Z0-9]{0,7})"
    r" ?[:;] ?(?P<year>\d{4}) ?[:;] ?(?P<number>[A-Z0-9]{1,25}(?:\.[A-Z0-9]"
    r"+)*)",
    re.I,
)
_COURT = re.compile(
    r"(?:(?P<country>NL|EU|CE):)?(?P<court>C|T|F|ECHR|HR|PHR|RVS|RvS|CRVB|CBB|RB[A-Z]{3}|GH[A-Z]{2,3}):(?P<year>\d{4}):(?P<number>[A-Z0-9]{1,25})"
)
_LJN = re.compile(
    rf"(?:LJ-?N?|ELRO)(?:{DASH}?{GAP}?(?:nummer|nr\.?|no\.?))?{GAP}?:?{GAP}*(?P<number>[A-Z]{{2}}{GAP}?\d{{4}})(?!\d)",
    re.I,
)


def parse_debates(text: str, at: int) -> Iterator[Citation]:
    """Handelingen and their Aanhangsel, cited from an anchor."""
    if found := _AANHANGSEL.match(text, at):
        yield from _aanhangsels(text, at, found)
    elif found := _LEFT.match(text, at):
        before = _BEFORE.search(text, max(0, at - 60), at)
        if before:
            parts = session_parts(before["session"]) | chamber_parts(before["chamber"])
            yield aanhangsel(text, before.start(), found.end(), parts, found["number"])
    elif other := parse_extended(text, at) or parse_by_day(text, at):
        yield other
    elif (found := _DEBATE.match(text, at)) and text[at : at + 1] in "Hh":
        if found["aanhangsel"] and found["sitting"]:
            yield from _aanhangsels(text, at, found, "sitting")
        elif debate := _debate(text, at, found):
            yield debate


def _aanhangsels(text: str, at: int, found: re.Match[str], name: str = "number") -> Iterator[Citation]:
    parts = _parts(found)
    pin, end = pinned(text, found.end())
    yield aanhangsel(text, at, end, {**parts, **pin}, found[name])
    while following := _AFTER.match(text, end):
        end = following.end()
        yield aanhangsel(text, following.start("number"), end, parts, following["number"])


def _parts(found: re.Match[str]) -> dict[str, str]:
    house = found["chamber"] or found.groupdict().get("house")
    return session_parts(found["session"]) | chamber_parts(house)


def _debate(text: str, at: int, found: re.Match[str]) -> Citation | None:
    parts = _parts(found)
    end = found.end()
    sitting, item = found["sitting"], found["item"]
    if pages := _PAGE_IN_DEBATE.match(text, end):
        sitting, parts["pin"], end = sitting or pages["sitting"], pages["page"], pages.end()
    else:
        pin, end = pinned(text, end)
        parts |= pin
    if found["from"] and not item:
        # "66-6-1" is sitting, item, page; "20-1234" is sitting and page of before 2009.
        if found["to"] or int(parts.get("session", "2000")[:4]) >= 2011:
            item = found["from"]
        else:
            parts["pin"] = found["from"]
    if found["dossier"]:
        parts["dossier"] = re.sub(r"\D", "", found["dossier"])
    paper = f"kst-{parts.get('dossier')}-{sitting}"
    if found["dossier"] and not item and existence.exists(paper):
        # Proceedings have no dossier: a bill's paper is meant, or a sitting at which it was debated.
        candidates = (Candidate(paper, f"is no. {sitting} of the dossier named", "dossier"),)
        return Citation("handelingen", at, end, text[at:end], parts, (), 0.4, candidates)
    if not sitting or "session" not in parts:
        return Citation("handelingen", at, end, text[at:end], parts, (), 0.4) if "pin" in parts else None
    parts["sitting"] = sitting
    each = of_session("h", parts, sitting)
    if item:
        parts["item"] = item
        if found["items"]:
            end = max(end, found.end("items"))
        ids = tuple(f"{each}-{number}" for number in _items(found["items"] or item))
        known = all(existence.exists(one) for one in ids)
        return Citation("handelingen", at, end, text[at:end], parts, ids, 1.0 if known else 0.85, (), known)
    return Citation(
        "handelingen", at, end, text[at:end], parts, (each,), 0.8, (), existence.known_series(each) or None
    )


def _items(written: str) -> list[str]:
    """The items of a sitting that a list or a range names; they rise, else only the first is one.

    >>> _items("4 en 7"), _items("3-5"), _items("9-1")
    (['4', '7'], ['3', '4', '5'], ['9'])
    """
    numbers = [int(each) for each in re.findall(r"\d+", written)]
    if numbers != sorted(set(numbers)):
        return [str(numbers[0])]
    if len(numbers) == 2 and re.search(DASH, written) and numbers[1] - numbers[0] < 30:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return [str(each) for each in numbers]


def parse_gazette(text: str, at: int) -> Iterator[Citation]:
    """Staatsblad, Staatscourant and Tractatenblad, with or without the year."""
    found = _GAZETTE.match(text, at)
    if not found:
        yield from _without_year(text, at)
        return
    kind = _NAMES[found["name"].lower()]
    yield _gazette(kind, text, at, found.end(), found["year"], found["number"])
    year, end = found["year"], found.end()
    while following := _LATER_GAZETTE.match(text, end):
        year = following["year"] or year
        end = following.end()
        start = following.start("year") if following["year"] else following.start("same")
        yield _gazette(kind, text, start, end, year, following["number"] or following["same"])


def parse_local(text: str, at: int) -> Iterator[Citation]:
    """The gazettes of municipalities, provinces and water boards: "Gemeenteblad 2022, 231456".

    Since 2014 one count runs over the whole country, and its numbers reach five digits within weeks; a small
    number is one of a municipality's own and says nothing.
    """
    found = _LOCAL_GAZETTE.match(text, at)
    if not found:
        return
    series, year, number = _LOCAL[found["name"].lower()], found["year"], found["number"]
    if int(year) >= 2014 and len(number) >= (5 if series == "gmb" else 3):
        each = f"{series}-{year}-{number.lstrip('0')}"
        parts = {"year": year, "number": number}
        yield Citation("document", at, found.end(), found[0], parts, (each,), 0.9)


def _without_year(text: str, at: int) -> Iterator[Citation]:
    """The year is that of the date before it ("wet van 25 januari 1951 (Stb. 24)"), or in the law's name."""
    found = _SHORT_GAZETTE.match(text, at)
    before = text[max(0, at - 240) : at]
    if not found:
        return
    kind = _NAMES[found["name"].lower()]
    dated = [*_OF_DATE.finditer(before)][-1:]
    if dated and not re.search(r"\.\s|\n\n", dated[0]["title"]):
        sure = 0.8 if len(dated[0]["title"]) < 30 else 0.7
        yield _gazette(kind, text, at, found.end(), dated[0]["year"], found["number"], sure)
    elif named := _OF_NAME.search(before):
        yield _gazette(kind, text, at, found.end(), named["year"], found["number"], 0.7)


def _gazette(
    kind: Kind, text: str, start: int, end: int, year: str, number: str, sure: float = 1.0
) -> Citation:
    number = re.sub(r"\s", "", number)  # "K 427": until 1950 the Staatsblad counted by letter and number
    each = f"{kind}-{year}-{number.lstrip('0') or number}"
    known = existence.exists(each) if kind != "stcrt" else None
    confidence = sure if known is not False else sure * 0.85
    return Citation(
        kind, start, end, text[start:end], {"year": year, "number": number}, (each,), confidence, (), known
    )


def parse_ecli(text: str, at: int) -> Iterator[Citation]:
    """An ECLI, also one with stray spaces or without its first four letters."""
    found = _ECLI.match(text, at) or _COURT.match(text, at)
    if not found:
        return
    country, court = (found["country"] or "NL").upper(), found["court"]
    number = found["number"].upper()
    european = country == "EU" and not (court.upper() in {"C", "T", "F"} and number.isdigit())
    if european or (country == "CE" and court.upper() != "ECHR"):
        return
    court = "RVS" if court.upper() == "RVS" else court.upper()
    parts = {"country": country, "court": court, "year": found["year"], "number": number}
    each = f"ECLI:{country}:{court}:{found['year']}:{number}"
    yield Citation("ecli", at, found.end(), found[0], parts, (each,))


def parse_ljn(text: str, at: int) -> Iterator[Citation]:
    """A case-law number of before 2013: "LJN: AB4535"."""
    if found := _LJN.match(text, at):
        number = re.sub(r"\s", "", found["number"]).upper()
        yield Citation("ljn", at, found.end(), found[0], {"number": number}, (f"LJN:{number}",))
