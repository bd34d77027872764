"""PDF by pypdfium2: its lines with their places, in the order in which they were drawn; numbers raised (¹).

A page without text is counted as not read, and so are images. Notes pinned to a page, fields of forms and
alternative texts come after the text.
"""

from __future__ import annotations

import ctypes
import re
from statistics import median
from typing import Any

from thuis.documents.layout import Line, laid_out, put_together
from thuis.documents.mapped import Mapped
from thuis.documents.pdf_beside import beside_pages, images
from thuis.documents.source import SUPERSCRIPT, Paragraph, Source, Unscreenable

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_SMALL = 0.8  # of the size of its line: a raised number
_EACH = 12  # one letter in so many is measured, beside the ends and the digits of a line


def pdf_source(data: bytes, name: str, max_pages: int) -> Source | Unscreenable:
    """The text of a PDF, or why it has none: encrypted, scanned, damaged, too big."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        low = str(error).lower()
        locked = "password" in low or "security" in low
        return Unscreenable(name, "encrypted" if locked else "damaged", str(error))
    try:
        if len(pdf) > max_pages:
            return Unscreenable(name, "too-big", f"{len(pdf)} pages")
        pages = []
        for index in range(len(pdf)):
            try:
                pages.append(_lines(pdf, index))
            except pdfium.PdfiumError as error:
                return Unscreenable(name, "damaged", f"page {index + 1}: {error}")
        meta = pdf.get_metadata_dict(skip_empty=True)
        beside, pictures = beside_pages(pdf), sum(images(pdf, index) for index in range(len(pdf)))
        attached = pdf.count_attachments()
    finally:
        pdf.close()
    empty = tuple(index + 1 for index, lines in enumerate(pages) if not lines)
    if len(empty) == len(pages):
        return Unscreenable(name, "scanned" if pages else "empty", f"{len(pages)} pages")
    found = _DATE.match(meta.get("CreationDate", ""))
    text, paragraphs = laid_out(pages)
    for page, label in beside:
        text += "\n\n" * bool(text)
        paragraphs.append(Paragraph((Mapped.of(label, len(text)),), "label", page))
        text += label
    # The day a file was made says little of the text's date: it is kept as the last resort only.
    made = "-".join(part for part in found.groups() if part) if found else None
    return Source(
        name, "pdf", text, tuple(paragraphs), meta.get("Title"), pages=len(pages), empty=empty, made=made,
        unread=tuple(each for each in (("image", pictures), ("embedded", attached)) if each[1]),
    )  # fmt: skip


def _lines(pdf: Any, index: int) -> list[Line]:
    page = pdf[index]
    text_page = page.get_textpage()
    try:
        whole = text_page.get_text_range()
        if not whole.strip():
            return []
        if len(whole) != text_page.count_chars():
            whole = _letters(text_page)
        return put_together(_placed(text_page.raw, whole))
    finally:
        text_page.close()
        page.close()


def _letters(text_page: Any) -> str:
    """The text letter by letter, where the text as a whole does not count as the letters do."""
    from pypdfium2 import raw

    codes = (raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars()))
    return "".join("\ufffe" if code == 2 else chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)


def _placed(text_page: Any, whole: str) -> list[Line]:
    """The stretches of a page in drawing order, each with its place."""
    lines: list[Line] = []
    position = 0
    # PDFium marks a word broken at a line's end by U+FFFE and gives no line break there.
    parts = re.split(r"(\r?\n|\r|\ufffe)", whole)
    for part, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if part.strip():
            lines.append(_measured(text_page, part, position, end == "\ufffe"))
        position += len(part) + len(end)
    return lines


def _measured(text_page: Any, part: str, position: int, broken: bool) -> Line:
    """A stretch with its place, from letters at its ends, some between, and all its digits."""
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    across, up, around = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    seen = [index for index, char in enumerate(part) if not char.isspace()]
    wanted = {seen[0], seen[-1], *seen[::_EACH], *(index for index in seen if part[index].isdigit())}
    places: dict[int, tuple[float, float, float, float, float]] = {}
    for index in sorted(wanted):
        raw.FPDFText_GetCharOrigin(text_page, position + index, across, up)
        raw.FPDFText_GetLooseCharBox(text_page, position + index, around)
        places[index] = (box.left, box.right, y.value, box.bottom, box.top)
    sizes = {index: abs(place[4] - place[3]) for index, place in places.items()}
    size = max(sizes.values())
    base = median(places[index][2] for index in places if sizes[index] >= _SMALL * size)
    above = {
        index
        for index, place in places.items()
        if sizes[index] < _SMALL * size and place[2] > base + 0.08 * size
    }
    text = "".join(c.translate(SUPERSCRIPT) if index in above else c for index, c in enumerate(part))
    first, last = places[seen[0]], places[seen[-1]]
    low, high = min(first[3], last[3]), max(first[4], last[4])
    return Line(text.replace("\x00", "").rstrip(), first[0], last[1], base, size, low, high, broken)
