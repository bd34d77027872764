"""The text of a PDF, in lines as they stand on the page: raised numbers, paragraphs, the column at the side.

pdfium gives the characters and where they stand. Lines are put together here, because a raised number or a
column of smaller print at the side otherwise breaks the line it stands beside.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from thuis.dossier.letter.model import SUPERSCRIPT
from thuis.errors import Place, Problem, ThuisError

_SMALL = 0.8  # of the size of its line: a raised number
_PARAGRAPH = 1.45  # times the usual distance of lines: an empty line between


@dataclass(frozen=True, slots=True)
class Char:
    """A character, its left and right, its base line, and the height of its font; in points."""

    text: str
    left: float
    right: float
    base: float
    size: float


Run = list[Char]


def pdf_pages(path: Path) -> list[str]:
    """The text of every page; a small digit above its line is written raised (¹).

    :raises ThuisError: when the file is damaged or needs a password.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "the PDF needs a password" if locked else "the PDF cannot be opened"
        step = "save a copy without password" if locked else "download it again"
        raise ThuisError(Problem(what, Place(path.name), step=step)) from error
    try:
        return [page_text(list(_runs(document[index]))) for index in range(len(document))]
    finally:
        document.close()


def _runs(page: Any) -> Iterator[Run]:
    """Characters as pdfium orders them, cut where it breaks the line."""
    from pypdfium2 import raw

    text = page.get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    run: Run = []
    place, across, up, around = text.raw, ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    try:
        for index in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(place, index))
            if char in "\r\n":
                if run:
                    yield run
                run = []
            elif char not in "\x00\x02\ufffe":
                raw.FPDFText_GetCharOrigin(place, index, across, up)
                raw.FPDFText_GetLooseCharBox(place, index, around)
                run.append(Char(char, box.left, box.right, y.value, abs(box.top - box.bottom)))
        if run:
            yield run
    finally:
        text.close()
        page.close()


def page_text(runs: Sequence[Run]) -> str:
    """The text of a page from its runs: the side column first, then the lines, paragraphs apart.

    >>> big = [Char(c, i * 5, i * 5 + 5, 100.0, 10.0) for i, c in enumerate("in 2020")]
    >>> page_text([big, [Char("1", 35, 38, 104.0, 6.0)], [Char(".", 39, 41, 100.0, 10.0)]])
    'in 2020¹.\\n'
    """
    lines: list[Line] = []
    for run in runs:
        if not any(char.text.strip() for char in run):
            continue
        new = measured(run)
        if lines and _same_line(lines[-1], new):
            lines[-1] = measured([*lines[-1].chars, *_spaced(lines[-1], new)])
        else:
            lines.append(new)
    side, body = _columns(lines)
    texts = [_text(line) for line in side]
    if side and body:
        texts.append("")
    step = _step(body)
    for before, line in zip([None, *body], body, strict=False):
        gap = (before.base - line.base) / line.size if before else 0.0
        if gap > _PARAGRAPH * step or gap < -step / 2:
            texts.append("")
        texts.append(_text(line))
    return "\n".join(texts) + "\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A run with the size and base line of its largest characters, and its ends."""

    chars: Run
    size: float
    base: float
    left: float
    right: float


def measured(run: Run) -> Line:
    """A run, measured; it must have something that is no space."""
    seen = [char for char in run if char.text.strip()]
    size = max(char.size for char in seen)
    base = median([char.base for char in seen if char.size > _SMALL * size])
    return Line(run, size, base, min(char.left for char in seen), max(char.right for char in seen))


def _same_line(line: Line, new: Line) -> bool:
    """Whether a run goes on where a line stops, on its base line or, smaller, a little above it."""
    size = max(line.size, new.size)
    raised = min(line.size, new.size) < _SMALL * size
    close = -0.3 * size < new.left - line.right < 2 * size
    return close and abs(new.base - line.base) < (0.6 if raised else 0.2) * size


def _spaced(line: Line, new: Line) -> Run:
    apart = new.left - line.right > 0.15 * max(line.size, new.size)
    bare = line.chars[-1].text.strip() and new.chars[0].text.strip()
    space = Char(" ", line.right, new.left, new.base, new.size)
    return [space, *new.chars] if apart and bare else new.chars


def _columns(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines of smaller print that stand wholly beside the column of the text, and the others."""
    wide = [line for line in lines if len(line.chars) > 45]
    if not wide:
        return [], list(lines)
    usual = median(line.size for line in wide)
    left, right = median(line.left for line in wide), median(line.right for line in wide)
    edge = left + 0.72 * (right - left)
    beside = [line.size < 0.95 * usual and (line.left > edge or line.right < left) for line in lines]
    pairs = list(zip(lines, beside, strict=True))
    return [line for line, yes in pairs if yes], [line for line, yes in pairs if not yes]


def _step(lines: Sequence[Line]) -> float:
    """The distance of lines in a paragraph, in sizes of their letters: what usually follows a full line."""
    full = 0.85 * max((line.right for line in lines), default=0.0)
    gaps = sorted(
        (one.base - two.base) / two.size
        for one, two in pairwise(lines)
        if one.right > full and one.base - two.base > 0.5 * two.size
    )
    return gaps[len(gaps) // 4] if gaps else 1.25


def _text(line: Line) -> str:
    def written(char: Char) -> str:
        small = char.size < _SMALL * line.size and char.base > line.base + 0.08 * line.size
        return char.text.translate(SUPERSCRIPT) if small and char.text.isdigit() else char.text

    return "".join(written(char) for char in line.chars).rstrip()
