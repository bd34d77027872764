"""Which letter of a file, and whether it is one."""

from __future__ import annotations

import re

from thuis.documents import Source
from thuis.documents.mapped import Mapped
from thuis.dossier.letter.furniture import PAGE
from thuis.dossier.letter.plain import Draft
from thuis.errors import Place, ThuisError

RICH = frozenset({"docx", "odt", "xml", "html"})
"""Formats that know their own paragraphs."""
_OTHER = (
    (re.compile(r"\bMOTIE VAN (?:HET LID|DE LEDEN)\b"), "a motion"),
    (re.compile(r"\bAMENDEMENT VAN (?:HET LID|DE LEDEN)\b"), "an amendment"),
    (re.compile(r"\bBesluitenlijst van de\b"), "a list of decisions"),
    (re.compile(r"<handelingen\b"), "a report of a debate"),
    (re.compile(r"\bVERSLAG VAN EEN\b"), "a report of a debate"),
)
_HEAD_LINE = re.compile(
    r"^.*(?:Retouradres|[Vv]oorzitter van de (?:Tweede|Eerste) Kamer|Aan de Voorzitter).*$|^\d{2} \d{3}\b.*$",
    re.M,
)
# A line of running text: it ends a sentence, or is longer than a head's; a head's own lines are none.
_PROSE = re.compile(
    r"^(?!.*(?:Retouradres|[Vv]oorzitter van de|Kamer der Staten|vergaderjaar))"
    r"(?:.{75,}|.*[a-zà-ÿ\d»”’)][.!?][’”»)]?[ \t]*)$",
    re.M,
)
_PAGE = re.compile(PAGE.pattern, re.M)


def one_letter(text: Mapped, source: Source, part: int | None) -> Mapped:
    """The text of one letter of a file; more than one without a choice is a problem."""
    starts = _starts(text.text) if source.format not in RICH else [0]
    if len(starts) == 1 and part in {None, 1}:
        return text
    if part is None or not 1 <= part <= len(starts):
        begins = [text.text.count("\n", 0, at) + 1 for at in starts]
        lines = tuple(f"{n} (from line {line})" for n, line in enumerate(begins, 1))
        what = f"the file holds {len(starts)} letters" if part is None else f"there is no letter {part}"
        raise ThuisError(what, Place(source.name), "one letter", lines, "choose one with --part")
    ends = [*starts[1:], len(text)]
    return text[starts[part - 1] : ends[part - 1]]


def _starts(text: str) -> list[int]:
    """Where letters begin: at a head with its own subject after a first letter has ended."""
    starts = [0]
    subjects = [
        m.start()
        for m in re.finditer(r"^[ \t]*(?:Betreft|Onderwerp)\b|^.*\bBRIEF VAN (?:DE|HET) [A-Z]{3}", text, re.M)
    ]
    for subject in subjects[1:]:
        head = _head_before(text, subject, starts[-1])
        if head is not None:
            starts.append(head)
    return starts


def _head_before(text: str, subject: int, after: int) -> int | None:
    """The first line of the head that this subject stands in: after the last sentence of what goes before."""
    low = max(after + 1, subject - 1500)
    prose = max((m.end() for m in _PROSE.finditer(text, low, subject)), default=low)
    pages = [m.end() for m in _PAGE.finditer(text, low, subject)]
    start = max([prose, *pages])
    head = _HEAD_LINE.search(text, start, subject + 1)
    return head.start() if head and (prose > low or pages or after == 0) and head.start() > after else None


def must_be_letter(draft: Draft, source: Source) -> None:
    other = next((name for pattern, name in _OTHER if pattern.search(source.text[:6000])), None)
    if draft.kind == "answers" and draft.blocks:
        return
    if other or draft.head.signs < 2 or not draft.blocks:
        what = f"this is {other}, not a letter" if other else "this does not look like a letter"
        raise ThuisError(
            what,
            Place(source.name),
            "at least two of: date, addressee, subject, sender, salutation; and text after them",
            step="read it all the same with --any",
        )
