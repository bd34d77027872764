"""The notes at the foot of a page, and the markers that call them, in text that a converter left behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thuis.documents.mapped import Mapped
from thuis.documents.source import DIGITS, RAISED, SUPERSCRIPT
from thuis.dossier.cite.dates import DATE
from thuis.dossier.letter.flow import run_on

_OWN_LINE = re.compile(r"^\s*(?P<number>\d{1,3})\s*$")
_BEGINS = re.compile(rf"^\s*(?P<number>\d{{1,3}}|[{RAISED}]{{1,3}})[ \t]*(?P<rest>[^\d\s{RAISED}].*)$")
_MARKS = re.compile(r"^\s*(?P<numbers>\d{1,3}(?:[ ,]+\d{1,3})*)\s*$")
_GAP = re.compile(r"(?<=\w)[’”»)]?(?P<gap> )(?=[.,;:])")
_SENTENCE = re.compile(r"[.!?](?= +[A-Z]|\s*$)")
# A number against a year, a figure with its point ("1.2003"), or the end of a word, a bracket or a sign
# (:data:`_BEFORE`).
_GLUED = re.compile(
    r"(?:(?<![\d.,-])(?P<year>(?:19|20)\d\d|[1-9]\d{0,2}\.\d{3})(?P<after>\d{1,2})"
    r"|(?<=[^\d\s])(?P<number>\d{1,2}))(?![\w%€]|[.,]\d)"
)
_DIGIT = re.compile(r"\d\d|[^\d\s]\d")
"""Without one of these a line has no glued number."""
# "the Act 2021.1 I will": a sentence that ends in a year, its note, and the next sentence.
_YEAR_ENDS = re.compile(r"(?<![\d.])(?:19|20)\d\d[’”»)]?\.[’”»)]?$")
_GOES_ON = re.compile(r"\s+[A-ZÀ-Þ«‘“]|\s*$")
_BEFORE = re.compile(r"(?:[a-zà-ÿ]{3}[)’»”\]]{0,2}[.,;:?!]?[)’»”]?|(?<=[A-Za-z\d])[)’»”\]]{1,2}[.,;:?!]?)$")


@dataclass(frozen=True, slots=True)
class Foot:
    """A note as it stands on a page: its number, its text, and the digits that are its number."""

    number: int
    body: Mapped
    label: Mapped


def split_notes(lines: Sequence[Mapped], expected: int) -> tuple[int, list[Foot]]:
    """Where the notes of a page begin, and the notes.

    Notes begin after an empty line (or at a raised number, in the middle of a word, or with a number that the
    page calls) with a number at least ``expected``, and count up to the end of the page. Without such a run
    a page has no notes.

    >>> page = [Mapped.of(t) for t in ("tekst", "1", "meer tekst", " ", "1", " Eerste noot", "2", " Tweede")]
    >>> start, notes = split_notes(page, 1)
    >>> start, [(note.number, note.body.text) for note in notes]
    (4, [(1, 'Eerste noot'), (2, 'Tweede')])
    """
    web = next((at for at, line in enumerate(lines) if line.text.strip() == "X Noot"), None)
    if web is not None:
        return web, _web_notes(lines[web:])
    called: set[int] = set()
    for start, line in enumerate(lines):
        number = _label(lines, start)
        if number is not None and expected <= number <= expected + 60:
            before = lines[start - 1].text.strip() if start else "-"
            if (
                not before
                or line.text.lstrip()[:1] in RAISED
                or _follows(lines, start, before, number in called)
            ):
                return start, _run(lines, start, number)
        if _DIGIT.search(line.text):
            called.update(number for found in _GLUED.finditer(line.text) if (number := _glued(found)))
        called.update(each for each, _, _ in markers(line.text))
    return len(lines), []


def _web_notes(lines: Sequence[Mapped]) -> list[Foot]:
    """Notes as the text of a web page has them: "X Noot", the number, the note, each on lines of its own."""
    notes: list[tuple[list[Mapped], list[Mapped]]] = []
    for line in (each.strip() for each in lines if each.text.strip()):
        if line.text == "X Noot":
            notes.append(([line], []))
        elif len(notes[-1][0]) == 1 and line.text.isdecimal():
            notes[-1][0].append(line)
        else:
            notes[-1][1].append(line)
    return [
        Foot(int(label[1].text) if len(label) > 1 else at, joined(body), Mapped.join(label, " "))
        for at, (label, body) in enumerate(notes, 1)
    ]


def _follows(lines: Sequence[Mapped], at: int, before: str, called: bool) -> bool:
    """Whether a note begins right under the text: in the middle of a word, or called above on the page."""
    begins = _BEGINS.match(lines[at].text)
    rest = begins["rest"] if begins else lines[at + 1].text.strip()
    broken = at > 0 and bool(re.search(r"[a-zà-ÿ]{2}[-\u00ad]$", before))
    return (broken or called) and not rest[:1].islower()


def _label(lines: Sequence[Mapped], at: int) -> int | None:
    text = lines[at].text
    if own := _OWN_LINE.match(text):
        follows = next((line.text for line in lines[at + 1 : at + 2] if line.text.strip()), "")
        return int(own["number"]) if follows and not follows.strip()[:1].islower() else None
    if begins := _BEGINS.match(text):
        return int(begins["number"].translate(DIGITS)) if begins["rest"][:1] not in ".),%" else None
    return None


def _run(lines: Sequence[Mapped], start: int, first: int) -> list[Foot]:
    notes: list[tuple[int, Mapped, list[Mapped]]] = []
    for at in range(start, len(lines)):
        line = lines[at]
        number = _label(lines, at)
        if number == (notes[-1][0] + 1 if notes else first):
            digits = re.match(rf"\s*[\d{RAISED}]+", line.text)
            width = digits.end() if digits else 0
            notes.append((number, line[:width].strip(), [line[width:].strip()]))
        elif line.text.strip():
            notes[-1][2].append(line.strip())
    return [Foot(number, joined(parts), label) for number, label, parts in notes]


def joined(parts: Sequence[Mapped]) -> Mapped:
    """Lines of one note as one text."""
    lines = [part for part in parts if part.text]
    return run_on(lines, frozenset()) if lines else Mapped("", ())


def place_markers(
    lines: Sequence[Mapped], notes: Sequence[int], expected: int
) -> tuple[list[Mapped], list[Mapped], set[int]]:
    """Lines with the marker digits put, raised, where they belong.

    A converter writes a raised number on a line of its own above the line it stands in. Its place there is
    certain where it left a gap ("discriminatie ."); else after a whole date, a sentence's end, or at the
    line's beginning, and then only the line is certain. A number that follows the last one, or has a note on
    this page, is a marker also when it is glued to a word or a year.

    :param notes: numbers of the notes at the foot of this page.
    :param expected: the first number not seen yet.
    :returns: the lines, the lines that held only markers, and the source offsets of uncertain markers.

    >>> lines = [Mapped.of(t) for t in ("1", "een besluit . Dat was", "in 20202 zo")]
    >>> [line.text for line in place_markers(lines, [1, 2], 1)[0]]
    ['een besluit¹. Dat was', 'in 2020² zo']
    """
    kept: list[Mapped] = []
    used: list[Mapped] = []
    unsure: set[int] = set()
    waiting: list[Mapped] = []
    after = expected
    for index, line in enumerate(lines):
        found = _MARKS.match(line.text)
        numbers = [int(each) for each in re.findall(r"\d+", found["numbers"])] if found else []
        follows = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
        if numbers and follows and all(n in notes or after <= n <= after + 1 for n in numbers):
            waiting += [line[m.start() : m.end()] for m in re.finditer(r"\d+", line.text)]
            used.append(line)
            after = max(after, *(n + 1 for n in numbers))
            continue
        placed = line
        if waiting:
            placed, certain = _put(line, waiting)
            unsure |= set() if certain else {each.at[0] for each in waiting}
            waiting = []
        placed, after = _unglued(placed, notes, after)
        kept.append(placed)
    return kept, used, unsure


def _put(line: Mapped, digits: Sequence[Mapped]) -> tuple[Mapped, bool]:
    raised = Mapped.join([Mapped(each.text.translate(SUPERSCRIPT), each.at) for each in digits], " ")
    if gap := _GAP.search(line.text):
        return line[: gap.start("gap")] + raised + line[gap.end("gap") :], True
    day = next((m for m in DATE.finditer(line.text) if m["year"]), None)
    stop = _SENTENCE.search(line.text)
    at = stop.end() if stop else day.end() if day else len(line.text) - len(line.text.lstrip())
    return line[:at] + raised + line[at:], False


def _unglued(line: Mapped, notes: Sequence[int], after: int) -> tuple[Mapped, int]:
    highest = after

    def raise_it(found: re.Match[str]) -> str:
        nonlocal highest
        number = _glued(found)
        if number is None or (number not in notes and number != after):
            return found[0]
        highest = max(highest, number + 1)
        return (found["year"] or "") + (found["after"] or found["number"]).translate(SUPERSCRIPT)

    return (line.sub(_GLUED, raise_it), highest) if _DIGIT.search(line.text) else (line, after)


def _glued(found: re.Match[str]) -> int | None:
    """The number of a note that a match of :data:`_GLUED` is, None when it is part of a name or a figure."""
    if found["year"]:
        return int(found["after"])
    before = found.string[max(0, found.start() - 12) : found.start()]
    after = found.string[found.end() :]
    if _YEAR_ENDS.search(before) and _GOES_ON.match(after):
        return int(found["number"])
    if before.endswith("Generaal") or not _BEFORE.search(before):
        return None
    return int(found["number"])


_MARKER = re.compile(f"[{RAISED}](?<![{RAISED}][{RAISED}])[{RAISED}]{{0,2}}(?![{RAISED}])")
_UNIT = re.compile(r"(?:\b[kcd]?m|\bCO)$")


def markers(text: str) -> list[tuple[int, int, int]]:
    """Raised numbers in a reading text as (number, start, end); "m²" is none.

    >>> markers("contact¹ ¹² op 3 m²")
    [(1, 7, 8), (12, 9, 11)]
    """
    if text.isascii():
        return []
    found = _MARKER.finditer(text)
    return [
        (int(m[0].translate(DIGITS)), m.start(), m.end())
        for m in found
        if not _UNIT.search(text[max(0, m.start() - 4) : m.start()])
    ]
