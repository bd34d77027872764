"""The text of a PDF by pdfium, with raised numbers told from others by their size."""

from __future__ import annotations

import ctypes
from pathlib import Path
from statistics import median
from typing import Any

from thuis.dossier.letter.model import SUPERSCRIPT
from thuis.errors import Place, Problem, ThuisError

_SMALL = 0.8  # of the size of the letters before it: a raised number


def pdf_pages(path: Path) -> list[str]:
    """The text of every page; a small digit after a larger letter is written raised (¹).

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
        return [_page(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _page(page: Any) -> str:
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        count = text.count_chars()
        chars = [chr(raw.FPDFText_GetUnicode(text.raw, index)) for index in range(count)]
        sizes = [float(raw.FPDFText_GetFontSize(text.raw, index)) for index in range(count)]
        heights = [_base(text, raw, index) if char.isdigit() else 0.0 for index, char in enumerate(chars)]
        return _raised(chars, sizes, heights, lambda index: _base(text, raw, index))
    finally:
        text.close()
        page.close()


def _base(text: Any, raw: Any, index: int) -> float:
    box = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text.raw, index, *(ctypes.byref(each) for each in box))
    return box[2].value


def _raised(chars: list[str], sizes: list[float], heights: list[float], base: Any) -> str:
    """The characters, digits that are small and stand higher than the letter before them written raised."""
    usual = median([size for size, char in zip(sizes, chars, strict=True) if char.isalnum()] or [0.0])
    found: list[str] = []
    last: int | None = None
    for index, char in enumerate(chars):
        if char.isdigit() and usual:
            before = chars[index - 1] if index else ""
            small = last is not None and sizes[index] < _SMALL * sizes[last]
            if last is not None and small and before not in "\r\n" and heights[index] > base(last) + 0.5:
                found.append(char.translate(SUPERSCRIPT))
                continue
        elif char.isalpha() or char in ".,)":
            last = index
        found.append("" if char in "\r\ufffe\x02" else char)
    return "".join(found)
