"""Phase two for proceedings cited by their day, and for those of the extended committees (UCV, OCV).

The reports of the extended committees (until 1995) have no official id of their own, so what is read of them
has none either; a plenary sitting cited by its day is of the session that the day falls in.
"""

from __future__ import annotations

import re
from datetime import date

from thuis.dossier.cite import existence
from thuis.dossier.cite.dates import MONTHS
from thuis.dossier.cite.model import Citation
from thuis.dossier.cite.parliament import CHAMBER, DASH, GAP, MONTH, SESSION, pinned
from thuis.dossier.cite.resolve import of_session
from thuis.dossier.cite.session import chamber_parts, session_of, session_parts

_LABEL = rf"(?:[Hh]andelingen|Hand\.)(?:{GAP}+(?:van{GAP}+de|der))?"
_DAY = rf"(?P<day>\d{{1,2}}){GAP}(?P<month>{MONTH}){GAP}(?P<year>(?:19|20)\d\d)"
_AT = rf"{GAP}*[,;]?{GAP}*"
_PAGE = rf"(?:(?P<sitting>\d{{1,3}}){DASH}(?P<page>\d{{1,5}}))(?!\d)"
_LATER = SESSION.replace("(?P<session>", "(?P<later>")
_NUMBER = rf"\d{{1,3}}(?!\d|{GAP}(?:{MONTH})|{DASH})"
_EXTENDED = re.compile(
    rf"(?:{_LABEL})?(?:{_AT}{CHAMBER})?{_AT}\(?(?:{SESSION}\)?)?{_AT}"
    rf"(?P<body>OCV{GAP}?/{GAP}?UCV|UCV|OCV)\b(?:{_AT}{_LATER})?"
    rf"(?:{_AT}(?:(?i:nrs?\b\.?|vergadering){GAP}*)?(?P<number>{_NUMBER}))?"
    rf"(?:{_AT}(?:van{GAP}|d\.d\.{GAP})?{_DAY})?(?:{_AT}(?:UCV|OCV){GAP}(?P<numbered>{_NUMBER}))?"
    rf"(?:{_AT}(?:(?:blz\.?|p\.|pag\.){GAP}*)?{_PAGE})?"
)
_BY_DAY = re.compile(
    rf"{_LABEL}{_AT}{CHAMBER}(?:{GAP}*,?{GAP}*(?P<number>{_NUMBER}))?{_AT}\(?{_DAY}\)?"
    rf"(?:{_AT}(?:(?:nr|blz|p|pag|TK|EK)\.?{GAP}*)?{_PAGE}|{_AT}(?:nr\.?|TK|EK){GAP}*(?P<numbered>{_NUMBER}))?"
    rf"(?:{_AT}item{GAP}*(?P<item>\d{{1,3}})(?!\d))?"
)


def parse_extended(text: str, at: int) -> Citation | None:
    """The proceedings of an extended committee: "Handelingen II 1984/85, UCV 12, p. 12-3".

    >>> found = parse_extended("Handelingen II 1984/85, UCV 12, p. 12-3", 0)
    >>> found.id, dict(found.parts)["sitting"], dict(found.parts)["session"], dict(found.parts)["pin"]
    (None, '12', '1984-1985', '12-3')
    """
    found = _EXTENDED.match(text, at)
    if not found:
        return None
    parts = {"committee": re.sub(r"\s", "", found["body"])}
    if session := found["session"] or found["later"]:
        parts |= session_parts(session)
    parts |= chamber_parts(found["chamber"])
    if day := _date(found):
        parts |= {"date": day.isoformat(), "session": parts.get("session", session_of(day))}
    if sitting := found["number"] or found["numbered"] or found["sitting"]:
        parts["sitting"] = sitting
    end = found.end()
    if found["page"]:
        parts["pin"] = f"{found['sitting']}-{found['page']}"
    else:
        pin, end = pinned(text, end)
        parts |= pin
    told = parts.keys() & {"session", "date"} and parts.keys() & {"sitting", "pin", "date"}
    return Citation("handelingen", at, end, text[at:end], parts, (), 0.6) if told else None


def parse_by_day(text: str, at: int) -> Citation | None:
    """A sitting cited by its day: "Handelingen TK 62, 22 maart 2005, 62-3959".

    >>> parse_by_day("Handelingen TK 62, 22 maart 2005, 62-3959", 0).id
    'h-tk-20042005-62'
    """
    found = _BY_DAY.match(text, at)
    day = _date(found) if found else None
    if not found or not day:
        return None
    parts = {
        **chamber_parts(found["chamber"]),
        "date": day.isoformat(),
        "session": session_of(day),
        **({"pin": found["page"]} if found["page"] else {}),
    }
    sitting = found["number"] or found["sitting"] or found["numbered"]
    if not sitting:
        return Citation("handelingen", at, found.end(), found[0], parts, (), 0.5)
    each = of_session("h", parts, sitting)
    parts["sitting"] = sitting
    if item := found["item"]:
        each, parts["item"] = f"{each}-{item}", item
    known = (existence.exists(each) if item else existence.known_series(each)) or None
    return Citation("handelingen", at, found.end(), found[0], parts, (each,), 0.8, (), known)


def _date(found: re.Match[str]) -> date | None:
    if not found["day"]:
        return None
    try:
        return date(int(found["year"]), MONTHS[found["month"]], int(found["day"]))
    except ValueError:
        return None
