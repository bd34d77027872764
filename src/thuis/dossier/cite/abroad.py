"""Outside both houses: the Official Journal, both European courts, files on European proposals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.dossier.cite.model import Citation

_S = r"[\s\u00a0]"
_JOURNAL = re.compile(
    rf"P[bB]\.?{_S}*(?:(?:EU|EG|EEG)\b)?,?{_S}*(?:(?P<year>(?:19[5-9]|20)\d{{1,2}})\b,?{_S}*)?(?:[Nn]r\.?{_S}*)?"
    rf"(?P<series>[LC])(?:,?{_S}*(?P<act>20[2-9]\d/\d{{1,5}})|{_S}*(?P<number>\d{{1,4}}))(?!\d)"
    rf"(?:/(?P<page>\d{{1,4}})\b)?(?:{_S}van{_S}\d{{1,2}}[.-]\d{{1,2}}[.-](?P<later>(?:19|20)\d\d)\b)?"
)
_APPLICATION = re.compile(
    rf"(?:EHRM\b(?:(?!ECLI|EHRM)[^;\n]){{0,140}}?(?:\b[Nn][ro]s?\.?|\b[Aa]ppl\.)"
    rf"|(?:[Aa]pplication|[Aa]ppl\.?|[Vv]erzoekschrift){_S}(?:[Nn][ro]s?\.?)?){_S}*(?P<number>\d{{1,5}}/\d\d)(?!\d|/)"
)
_MORE = re.compile(rf"{_S}*(?:,|en|and|&){_S}*(?P<number>\d{{1,5}}/\d\d)(?!\d|/)")
_CURIA = re.compile(r"(?P<court>[CTF])[-‑–](?P<number>\d{1,4})/(?P<year>\d\d)(?!\d|/)(?: (?:P|R|PPU|OST)\b)?")
_CUE_OF_COURT = re.compile(
    r"\b(?:HvJ|Hof van Justitie|Europee?s[e]? Hof|Gerecht (?:EU|EG|van|\d)|GvEA|CJEU|ECJ|Court of Justice"
    r"|General Court|Jur\.|[Pp]rejudici|EU:[CTF]:|curia)"
)
_RIGHT_BEFORE = re.compile(
    r"(?:\b[Zz]a(?:ak|ken)|\b[Cc]ases?|\b[Aa]rrest(?:en)?|[CTF][-‑–]\d{1,4}/\d\d(?: en| and|,))"
    r"\s(?:\w+\s)?\(?$"
)
_REACH = 160
_FILE = re.compile(
    r"(?:[Ee]-?[Dd]ossier(?:s|nummer|nr\.?)?:? ?\(?|\()(?P<number>E(?:0[3-9]|[12]\d)\d{4})\b\)?"
)


def parse_journal(text: str, at: int) -> Iterator[Citation]:
    """The Official Journal: "PbEU 2016, L 119", "PB L 119 van 4.5.2016", "PbEU L, 2024/1689".

    Without a year a number says nothing, and nothing is given.
    """
    found = _JOURNAL.match(text, at)
    if not found:
        return
    year, series = found["year"] or found["later"], found["series"]
    parts = {"series": series, **({"page": found["page"]} if found["page"] else {})}
    if found["act"]:
        year, _, number = found["act"].partition("/")
        each = f"OJ:{series}_{year}{int(number):05d}"
    elif year and len(year) == 4:
        number = found["number"]
        each = f"OJ:{series}:{year}:{int(number)}"
    else:
        return
    yield Citation("eu", at, found.end(), found[0], {**parts, "year": year, "number": number}, (each,))


def parse_application(text: str, at: int) -> Iterator[Citation]:
    """A case of the European Court of Human Rights by the number of its application; also a list of them."""
    found = _APPLICATION.match(text, at)
    if not found:
        return
    start, end = at, found.end()
    while found:
        number = found["number"]
        yield Citation("ecli", start, end, text[start:end], {"application": number}, (f"appno-{number}",))
        found = _MORE.match(text, end)
        if found:
            start, end = found.start("number"), found.end()


def parse_curia(text: str, at: int) -> Iterator[Citation]:
    """A case of the Court of Justice or the General Court by its number: "HvJ EU 5 juli 2012, C-49/11".

    The number names the case; which of its decisions is meant is said by an ECLI. Without a word of a court
    near by, "C-49/11" may be anything.
    """
    found = _CURIA.match(text, at)
    if not found:
        return
    before, after = text[max(0, at - _REACH) : at], text[found.end() : found.end() + 60]
    if _CUE_OF_COURT.search(before) or _CUE_OF_COURT.search(after) or _RIGHT_BEFORE.search(before):
        each = f"{found['court']}-{int(found['number'])}/{found['year']}"
        yield Citation("ecli", at, found.end(), found[0], {"case": each}, (each,), 0.9)


def parse_file(text: str, at: int) -> Iterator[Citation]:
    """A file of the Eerste Kamer on a European proposal: "edossier E210015", "(E210015)"."""
    if found := _FILE.match(text, at):
        start = at + (found[0].startswith("("))
        end = found.end("number")
        number = found["number"]
        parts = {"edossier": number}
        yield Citation("dossier", start, end, text[start:end], parts, (f"edossier-{number}",))
