"""Which letter of a file, and whether it is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thuis.documents import Paragraph, Source
from thuis.documents.mapped import Mapped
from thuis.dossier.letter.feet import markers
from thuis.dossier.letter.furniture import PAGE
from thuis.dossier.letter.labels import ADDRESS, SUBJECT, day_in
from thuis.dossier.letter.plain import Draft
from thuis.errors import Place, ThuisError

RICH = frozenset({"docx", "odt", "xml", "html"})
"""Formats that know their own paragraphs."""
_OTHER = (
    (re.compile(r"\bMOTIE VAN (?:HET LID|DE LEDEN)\b"), "a motion"),
    (re.compile(r"\bAMENDEMENT VAN (?:HET LID|DE LEDEN)\b"), "an amendment"),
    (re.compile(r"\bBesluitenlijst van de\b"), "a list of decisions"),
    (re.compile(r"<handelingen\b"), "a report of a debate"),
    (
        re.compile(r"\bVERSLAG VAN EEN (?:NADER )?SCHRIFTELIJK OVERLEG\b"),
        "a report of a written consultation",
    ),
    (re.compile(r"\bVERSLAG VAN EEN\b"), "a report of a debate"),
)
_HEAD_LINE = re.compile(
    r"^.*(?:Retouradres|[Vv]oorzitter van de (?:Tweede|Eerste) Kamer|Aan de Voorzitter).*$|^\d{2} \d{3}\b.*$",
    re.M,
)
_ADDRESSED = re.compile(r"[Vv]oorzitter van de (?:Tweede|Eerste) Kamer")
# A line of running text: it ends a sentence, or is longer than a head's; a head's own lines are none.
_PROSE = re.compile(
    r"^(?!.*(?:Retouradres|[Vv]oorzitter van de|Kamer der Staten|vergaderjaar))"
    r"(?:.{75,}|.*[a-zà-ÿ\d»”’)][.!?][’”»)]?[ \t]*)$",
    re.M,
)
_PAGE = re.compile(PAGE.pattern, re.M)


def one_letter(text: Mapped, source: Source, part: int | None) -> Mapped:
    """The text of one letter of a file; more than one without a choice is a problem."""
    if source.format in RICH:
        return text
    starts = _starts(text.text)
    if len(starts) == 1 and part in {None, 1}:
        return text
    if part is None or not 1 <= part <= len(starts):
        begins = [text.text.count("\n", 0, at) + 1 for at in starts]
        raise _several(source, part, [f"from line {line}" for line in begins])
    ends = [*starts[1:], len(text)]
    return text[starts[part - 1] : ends[part - 1]]


def _several(source: Source, part: int | None, begins: Sequence[str]) -> ThuisError:
    each = tuple(f"{n} ({where})" for n, where in enumerate(begins, 1))
    what = f"the file holds {len(begins)} letters" if part is None else f"there is no letter {part}"
    return ThuisError(what, Place(source.name), "one letter", each, "choose one with --part")


def one_of_paragraphs(source: Source, part: int | None) -> Sequence[Paragraph]:
    """The paragraphs of one letter of a file that knows its own, with the notes that it calls."""
    if source.format not in RICH:
        return source.paragraphs
    starts = _heads(source.paragraphs)
    if len(starts) == 1 and part in {None, 1}:
        return source.paragraphs
    if part is None or not 1 <= part <= len(starts):
        bodies = [[each.body.text for each in source.paragraphs[at : at + 12]] for at in starts]
        raise _several(
            source, part, [next((t for t in some if SUBJECT.match(t)), some[0])[:60] for some in bodies]
        )
    begin, end = [*starts, len(source.paragraphs)][part - 1 : part + 1]
    own = [each for each in source.paragraphs[begin:end] if each.kind != "note"]
    called = {number for each in own for number, _, _ in markers(each.body.text)}
    return [*own, *(each for each in source.paragraphs if each.kind == "note" and each.number in called)]


def _heads(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where letters begin: at an address of the House with date and subject under it, after a sentence."""
    starts = [0]
    texts = [each.body.text.strip() for each in paragraphs]
    for at, text in enumerate(texts):
        under = [each for each in texts[at + 1 : at + 12] if each]
        title = _above(texts, at)
        named = title < at or any(map(SUBJECT.match, under))
        headed = ADDRESS.match(text) and named and any(map(day_in, under))
        before = texts[starts[-1] : title]
        if headed and any(map(ADDRESS.match, before)) and any(map(_PROSE.match, before)):
            starts.append(title)
    return starts


_PRINTED = re.compile(
    r"(?:Nr\. ?)?(?:\d{1,5}|[A-Z]{1,3})|(?:(?:Nr\. ?\d+|[A-Z]{1,3}) )?BRIEF VAN (?:DE|HET) .+"
)
_DOSSIER = re.compile(r"\d{2}[ .\u00a0]?\d{3}(?:[- ][IVXLC]+|-\d{2})?(?: [A-Z].*)?")


def _above(texts: Sequence[str], at: int) -> int:
    """Where the head of an official paper begins above its address: its number and title, its dossier."""
    title = at
    while title > 0 and at - title < 6 and _PRINTED.fullmatch(texts[title - 1]):
        title -= 1
    if not any(each.startswith("BRIEF") or " BRIEF VAN" in each for each in texts[title:at]):
        return at
    return next((n for n in (title - 1, title - 2) if n >= 0 and _DOSSIER.fullmatch(texts[n])), title)


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
    if not head or head.start() <= after:
        return None
    # A printed title and "Betreft" stand in one head: a second one comes after a sentence or another address.
    ended = prose > low or pages or _ADDRESSED.search(text, after, head.start())
    return head.start() if ended else None


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
