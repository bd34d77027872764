"""PDF: text by pypdfium2, in the order it was drawn, with side column, notes and furniture told apart.

Lines are put together from text rectangles. The body column is where most of the text stands; a column beside
it is ``side``, small print under a page's body is a ``note``, and a line that comes back at the edge of most
pages is ``furniture``. A page without text is counted as not screened.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thuis.documents.document import Document, Piece, Unscreenable, build

_PAGE_NUMBER = re.compile(r"\W*(?:pagina\s+|page\s+)?\d{1,3}(?: (?:van|of) \d+)?\s*", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one height: left, bottom, right, top in points."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, with the height of the lowest and the highest."""

    lines: Sequence[Line]
    lowest: float
    highest: float


def pdf_document(data: bytes, name: str, max_pages: int = 20_000) -> Document | Unscreenable:
    """The text of a PDF, or why it has none: encrypted, scanned, damaged, too big."""
    import pypdfium2 as pdfium

    digest = hashlib.sha256(data).hexdigest()
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        why = (
            "encrypted" if "password" in str(error).lower() or "security" in str(error).lower() else "damaged"
        )
        return Unscreenable(name, why, str(error), digest)
    try:
        if len(pdf) > max_pages:
            return Unscreenable(name, "too-big", f"{len(pdf)} pages", digest)
        pages = [_lines(pdf, index) for index in range(len(pdf))]
        meta = pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()
    empty = tuple(index + 1 for index, lines in enumerate(pages) if not lines)
    if len(empty) == len(pages):
        return Unscreenable(name, "scanned" if pages else "empty", f"{len(pages)} pages", digest)
    found = _DATE.match(meta.get("CreationDate", ""))
    # The day a file was made says little of the text's date: it is kept as the last resort only.
    made = "-".join(part for part in found.groups() if part) if found else None
    result = build(
        name, "pdf", pieces(pages), data=data, title=meta.get("Title"), pages=len(pages), empty_pages=empty
    )
    if isinstance(result, Document) and result.date is None and made:
        from dataclasses import replace

        return replace(result, date=made, date_source="metadata")
    return result


def _lines(pdf: Any, index: int) -> list[Line]:
    page = pdf[index]
    text_page = page.get_textpage()
    try:
        whole = text_page.get_text_range()
        if not whole.strip():
            return []
        return _placed(text_page, whole)
    finally:
        text_page.close()
        page.close()


def _placed(text_page: Any, whole: str) -> list[Line]:
    """The lines of a page in drawing order, each with its box (from its first and last visible letter)."""
    lines: list[Line] = []
    position = 0
    if len(whole) != text_page.count_chars():
        # Places of letters are then not to be trusted; the text is.
        return [Line(0, 0, 0, 0, whole.replace("\r", ""))]
    # PDFium marks a word broken at a line's end by U+FFFE and gives no line break there.
    for part in re.split(r"(\r?\n|\ufffe)", whole):
        if part != "\ufffe" and (bare := part.rstrip()):
            first = text_page.get_charbox(position + len(bare) - len(bare.lstrip()), loose=True)
            last = text_page.get_charbox(position + len(bare) - 1, loose=True)
            lines.append(Line(first[0], min(first[1], last[1]), last[2], max(first[3], last[3]), part))
        elif part == "\ufffe" and lines:
            previous = lines[-1]
            lines[-1] = Line(
                previous.left, previous.bottom, previous.right, previous.top, previous.text + "\ufffe"
            )
        position += len(part)
    return lines


def pieces(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """The pages as pieces of text with their kind: the lines of one kind on a page go together."""
    body = _body_column(pages)
    furniture = _furniture(pages)
    size = _body_size(pages)
    out: list[Piece] = []
    for number, lines in enumerate(pages, 1):
        page = Page(
            lines,
            min((each.bottom for each in lines), default=0.0),
            max((each.top for each in lines), default=0.0),
        )
        kinds = [_kind(line, body, furniture, size, page) for line in lines]
        for kind in ("body", "side", "note", "furniture"):
            text = "".join(
                line.text if line.text.endswith("\ufffe") else line.text + "\n"
                for line, each in zip(lines, kinds, strict=True)
                if each == kind
            )
            if text.strip():
                out.append((text, kind, number))
    return out


def _body_column(pages: Sequence[Sequence[Line]]) -> tuple[float, float]:
    """Left and right of the column that holds most of the text."""
    weights: Counter[int] = Counter()
    for lines in pages:
        for line in lines:
            weights[round(line.left / 12)] += len(line.text)
    if not weights:
        return 0.0, 10_000.0
    left = weights.most_common(1)[0][0] * 12 - 8
    rights = sorted(line.right for lines in pages for line in lines if abs(line.left - left) < 24)
    right = rights[int(len(rights) * 0.98)] if rights else 10_000.0
    return left, right


def _kind(
    line: Line,
    body: tuple[float, float],
    furniture: set[str],
    size: float,
    page: Page,
) -> str:
    at_edge = line.top < page.lowest + 30 or line.bottom > page.highest - 30
    if _worn(line.text) in furniture or (at_edge and _PAGE_NUMBER.fullmatch(line.text)):
        return "furniture"
    left, right = body
    if line.left > right - 4 or line.right < left + 4:
        return "side"
    height = line.top - line.bottom
    low = line.bottom < page.lowest + 180
    if size and height < size * 0.87 and low and _small_below(line, page.lines, size):
        return "note"
    return "body"


def _small_below(line: Line, lines: Sequence[Line], size: float) -> bool:
    """Whether everything under a line in its column is small as well."""
    return all(
        each.top - each.bottom < size * 0.95
        for each in lines
        if each.bottom < line.bottom - 1 and each.left < line.right and len(each.text.strip()) > 5
    )


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            if len(line.text) > 20:
                sizes[round((line.top - line.bottom) * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _furniture(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Short lines at the head or foot of most pages (digits apart)."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for lines in pages:
        edge = sorted(lines, key=lambda each: each.bottom)
        for text in {_worn(each.text) for each in [*edge[:2], *edge[-2:]] if len(each.text) < 120}:
            seen[text] += 1
    enough = max(3, 0.5 * len(pages))
    # A bare number elsewhere on a page may be the end of a sentence: page numbers have their own rule.
    return {text for text, count in seen.items() if count >= enough and text.strip(" .-–") != "0"}


def _worn(text: str) -> str:
    return re.sub(r"\d+", "0", text.strip())
