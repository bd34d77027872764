"""The register of the Eerste Kamer: its page of commitments (rappel), saved as HTML or as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import html

from thuis.dossier.cite.dates import MONTHS
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.ledger.model import STATUSES
from thuis.dossier.ledger.told import state
from thuis.dossier.letter.labels import day_in
from thuis.errors import Place, ThuisError

_NUMBER = re.compile(r"^\W*Toezegging\s+(?P<title>.+?)\s*\((?P<number>T\d{5})\)\s*$", re.M)
_FIELDS = {
    "Nummer": "number",
    "Status": "status",
    "Datum toezegging": "date",
    "Deadline": "due",
    "Huidige Verantwoordelijke(n)": "who",
    "Verantwoordelijke(n)": "who",
    "Kamerleden": "to",
    "Soort activiteit": "debate",
}
_NAME = "|".join(map(re.escape, _FIELDS))
_FIELD = re.compile(rf"^\W*(?P<name>{_NAME})\s*[|:]?\s+(?!(?:{_NAME})\s)(?P<value>\S.*?)[ |]*$", re.M)
_PARTY = re.compile(r"\s*\([^)]*\)|\b(?:Mr|Dr|Drs|Prof|Ir|Ing)s?\.\s*|\b(?:prof|mr|dr|drs|ir|ing)\.\s*")


def is_register(data: bytes) -> bool:
    """Whether a file holds commitments with the T-numbers of the Eerste Kamer."""
    return bool(re.search(rb"\(T\d{5}\)", data)) and b"Datum toezegging" in data


def upper_rows(data: bytes, name: str) -> Iterator[dict[str, str]]:
    """The commitments of a saved page, one row each, with the columns of the ledger.

    The deadline and the day are ISO dates; the sentence of the register is the text, its T-number the id.

    :raises ThuisError: when the page holds no commitment, or a state that is none of the four.
    """
    text = _plain(data)
    heads = list(_NUMBER.finditer(text))
    if not heads:
        raise ThuisError(
            "the page lists no commitment", Place(name), "headings \u201cToezegging \u2026 (T01234)\u201d"
        )
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        part = text[head.end() : following.start() if following else len(text)]
        yield _row(head, part, name)


def _row(head: re.Match[str], part: str, name: str) -> dict[str, str]:
    before, _, after = part.partition("Kerngegevens")
    facts = after or part
    row: dict[str, str] = {"number": head["number"], "id": head["number"]}
    for found in _FIELD.finditer(facts.partition("Uit de stukken")[0]):
        row.setdefault(_FIELDS[found["name"]], " ".join(found["value"].split()))
    sentence = " ".join(before.split()) if after else ""
    row["text"] = sentence or head["title"].strip()
    for column in ("date", "due"):
        if column in row:
            row[column] = day_told(row[column])
    row["status"] = state(row.get("status") or "openstaand")
    if row["status"] not in STATUSES:
        raise ThuisError(f"unknown status {row['status']!r}", Place(name, key=row["id"]), available=STATUSES)
    if row.get("to"):
        row["to"] = " ".join(_PARTY.sub(" ", row["to"]).split()).replace(" ,", ",")
    return row


def day_told(written: str) -> str:
    """The day, month or year that the register tells, in ISO form; empty where it says that there is none.

    What cannot be read stays as it stands, so that it is refused with its words and never becomes "none".

    >>> [day_told(each) for each in ("6 november 2012", "1-7-2024", "juli 2024", "eind 2025")]
    ['2012-11-06', '2024-07-01', '2024-07', '2025-12-31']
    >>> day_told("nader te bepalen")
    ''
    >>> day_told("31 februari 2021"), day_told("zomer")
    ('31 februari 2021', 'zomer')
    """
    if told := day_in(written):
        return told[0].isoformat()
    if found := _MONTH.fullmatch(written.strip()):
        month = f"-{MONTHS[found['month'].lower()]:02}" if found["month"] else ""
        return f"{found['year']}{month}"
    term = term_in(f"In {written}", _EARLY) or term_in(written, _EARLY)
    if term and term.day and re.search(r"(?:19|20)\d\d", term.words):
        return term.day.isoformat()
    return "" if _NO_DAY.fullmatch(written.strip()) else written


_EARLY = date(2000, 1, 1)  # a term needs a day before it; only one that names its year is taken
_MONTH = re.compile(rf"(?:(?P<month>{'|'.join(MONTHS)}) )?(?P<year>(?:19|20)\d\d)", re.I)
_NO_DAY = re.compile(
    r"[-–—.?]*|(?:nog |nader )?(?:on)?bekend|(?:nog )?(?:nader )?te bepalen|n\.?[tv]\.?[bt]\.?"
    r"|geen(?: deadline)?|niet van toepassing|doorlopend|onbepaald",
    re.I,
)


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    if "<html" not in text[:2000].lower() and "<body" not in text[:5000].lower():
        return text
    root = html.fromstring(data)
    for cell in root.iter("td", "th", "dd"):
        for line in cell.iter("br"):
            line.tail = ", " + (line.tail or "").lstrip()
        cell.tail = " " + (cell.tail or "")
    for each in root.iter("br", "p", "h1", "h2", "h3", "h4", "tr", "li", "div", "dt"):
        if next(each.iterancestors("td", "th", "dd"), None) is not None:
            continue
        each.tail = "\n" + (each.tail or "")
        each.text = "\n" + (each.text or "") if each.tag != "br" else each.text
    return "".join(str(part) for part in root.itertext())
