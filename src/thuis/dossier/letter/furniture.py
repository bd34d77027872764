"""What stands on a page beside the text: page numbers, the info column, running feet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thuis.documents.mapped import Mapped
from thuis.dossier.cite.dates import DATE
from thuis.dossier.letter.model import Removed

PAGE = re.compile(
    r"^\s*(?:Pagina|Page|Blad(?:zijde)?)\s+(?P<page>\d{1,3})\s+(?:van|of)\s+(?P<of>\d{1,3})\s*$"
)
_FEET = (
    re.compile(
        r"^\s*Tweede Kamer, vergaderjaar \d{4}[-–]\d{4}, (?:[^.]{3,40}, nr\. ?\w{1,5}|Aanhangsel)\s*"
        r"(?P<page>\d{0,3})\s*$"
    ),
    re.compile(r"^\s*(?:kst|ah-[te]k)-[\w-]+\s*$"),
    re.compile(r"^\s*(?:Sdu Uitgevers|KST\d{4,7}|\d{4}[te]kkst[\w-]+)\s*$"),
    re.compile(r"^\s*ISSN \d{4} ?- ?\d{3}[\dX]\s*$"),
    re.compile(r"^\s*[’'‘]s-Gravenhage \d{4}(?P<foot>\s+Tweede Kamer, vergaderjaar .*)?$"),
)
# Running feet that a converter glued to what comes before or after.
_GLUED = re.compile(
    r"(?<=ISSN \d{4} - \d{3}[\dX])(?=[’'‘]s-Grav)|(?<=Gravenhage \d{4})(?=Tweede Kamer, verg)"
    r"|(?<=, Aanhangsel \d)(?=[A-Z][a-z])|(?<=, Aanhangsel \d\d)(?=[A-Z][a-z])"
    r"|(?<=, nr\. \d\d\d \d)(?=[A-Z][a-z])|(?<=, nr\. \d\d \d)(?=[A-Z][a-z])"
)
_LABELS = (
    r"^\s*(?:Datum|Date|Our reference|Your reference|Enclosures?|Onze referentie|Ons kenmerk|Uw referentie|"
    r"Uw kenmerk|Uw brief|Kenmerk|Bijlagen?|"
    r"Inlichtingen bij|Contactpersoon)"
)
_LABEL = re.compile(rf"{_LABELS}\s*$")
LABELLED = re.compile(rf"{_LABELS}\s*:?\s+(?P<value>\S.*?)\s*$")
"""A label with its value on the same line."""
REFERENCE = re.compile(
    r"\b(?:\d{4}-\d{7,12}|[A-Z]{2,8}[/-][\w/.-]{4,30}|\d{6,9}(?:-\d{4,7}){1,3}(?:-[A-Z]{2,6})?)\b"
)
_VALUE = re.compile(
    rf"^\s*(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', DATE.pattern)}|{REFERENCE.pattern}|\d{{1,2}})\s*$", re.I
)
_RULE = re.compile(r"\s*[-–—_‗]{5,}\s*")
"""The line above the notes of a page."""
_REACH = 14  # the column runs beside the first dozen lines of a page


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page, its printed number, and how many pages it says there are."""

    lines: tuple[Mapped, ...]
    number: int | None = None
    of: int | None = None


def paginate(text: Mapped) -> tuple[list[Page], list[Removed]]:
    """The pages of a text, cut at form feeds and after "Pagina 3 van 6"; running feet are removed.

    >>> pages, _ = paginate(Mapped.of("een\\nPagina 1 van 3\\n\\ndrie\\nPagina 3 van 3\\n"))
    >>> [(page.number, page.of) for page in pages]
    [(1, 3), (3, 3)]
    """
    pages: list[Page] = []
    removed: list[Removed] = []
    lines: list[Mapped] = []
    fed = "\f" in text.text
    number: int | None = None
    of: int | None = None

    def close() -> None:
        nonlocal lines, number, of
        if any(line.text.strip() for line in lines):
            pages.append(Page(tuple(lines), number or (len(pages) + 1 if fed else None), of))
        lines, number, of = [], None, None

    at = 0
    for raw in _raw_lines(text.text):
        line = text[at : at + len(raw)]
        at += len(raw)
        bare = line[: len(raw.rstrip("\r\n\f"))]
        if found := PAGE.match(bare.text):
            number, of = int(found["page"]), int(found["of"])
            removed.append(Removed("page-number", bare))
            if not fed:
                close()
        elif _RULE.fullmatch(bare.text):
            removed.append(Removed("rule", bare))
            lines.append(bare[:0])
        elif foot := _foot(bare.text, lines):
            removed.append(Removed("foot", bare))
            printed = int(foot.groupdict().get("page") or 0) or None
            number = number or printed
            if printed and not fed:
                close()
        else:
            lines.append(bare)
        if raw.endswith("\f"):
            close()
    close()
    return pages, removed


_GLUED_WORDS = ("ISSN", "Gravenhage", "Aanhangsel", ", nr. ")
_LINE = re.compile(r"[^\n\f]*[\n\f]|[^\n\f]+")


def _raw_lines(text: str) -> Iterator[str]:
    """Lines with their ends, cut where a running foot is glued to what follows; the last may be empty."""
    for line in _LINE.findall(text):
        yield from _GLUED.split(line) if any(word in line for word in _GLUED_WORDS) else (line,)
    if not text or text.endswith(("\n", "\f")):
        yield ""


def _foot(text: str, before: Sequence[Mapped]) -> re.Match[str] | None:
    """A running foot; the same words after a number alone on its line are a note."""
    found = next((m for m in (p.match(text) for p in _FEET) if m), None)
    if found is None:
        return None
    last = next((line.text.strip() for line in reversed(before) if line.text.strip()), "")
    return None if last.isdigit() else found


def without_column(page: Page, values: Sequence[str]) -> tuple[Page, list[Removed]]:
    """A page without the info column that the converter wrote between its first lines.

    Only a label ("Datum", "Onze referentie") alone on its line counts, and after it the first line that is a
    date, a reference, or one of ``values``: the ones that the head of the letter gives; or a label and such a
    value on one line.
    """
    kept: list[Mapped] = []
    removed: list[Removed] = []
    waiting = 0
    seen = 0
    for line in page.lines:
        text = line.text.strip()
        seen += bool(text)
        told = LABELLED.match(text)
        if told and seen <= _REACH // 2 and (told["value"] in values or _VALUE.match(told["value"])):
            removed.append(Removed("column", line))
            continue
        if _LABEL.match(text) and seen <= _REACH:
            waiting += 1
            removed.append(Removed("column", line))
        elif waiting and text and seen <= _REACH + 4 and (text in values or _VALUE.match(text)):
            waiting -= 1
            removed.append(Removed("column", line))
        else:
            kept.append(line)
    return Page(tuple(kept), page.number, page.of), removed
