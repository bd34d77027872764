"""What a PDF carries beside the text of its pages: notes pinned there, fields of forms, alternative texts."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[^\W\d_]{2}")
_DEEPEST = 60
#: Of an annotation: what it says, its subject; of a field: its value and the name that is read aloud.
_KEYS = (b"Contents", b"Subj", b"TU", b"V")
_COMMON = frozenset(
    {"highlight", "sticky note", "markering", "notitie", "comment on text", "off", "yes", "on"}
)


def beside_pages(pdf: Any) -> list[tuple[int, str]]:
    """The page (from 1) and each text that stands beside the text of that page, each once a page."""
    found: list[tuple[int, str]] = []
    for index in range(len(pdf)):
        page = pdf[index]
        try:
            texts = (" ".join(text.split()) for text in (*_annotations(page.raw), *_alternatives(page.raw)))
            kept = dict.fromkeys(text for text in texts if _WORD.search(text) and text.lower() not in _COMMON)
            found += [(index + 1, text) for text in kept]
        finally:
            page.close()
    return found


def images(pdf: Any, index: int) -> int:
    """How many images a page holds."""
    from pypdfium2 import raw

    page = pdf[index]
    try:
        objects = (
            raw.FPDFPage_GetObject(page.raw, each) for each in range(raw.FPDFPage_CountObjects(page.raw))
        )
        return sum(raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_IMAGE for each in objects)
    finally:
        page.close()


def _annotations(page: Any) -> Iterator[str]:
    from pypdfium2 import raw

    for each in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, each)
        if not annotation:
            continue
        try:
            for key in _KEYS:
                if raw.FPDFAnnot_GetValueType(annotation, key) == raw.FPDF_OBJECT_STRING:
                    yield _told(
                        lambda into, size, a=annotation, k=key: raw.FPDFAnnot_GetStringValue(a, k, into, size)
                    )
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _alternatives(page: Any) -> Iterator[str]:
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        for each in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _under(raw.FPDF_StructTree_GetChildAtIndex(tree, each), 0)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _under(element: Any, depth: int) -> Iterator[str]:
    from pypdfium2 import raw

    if not element or depth > _DEEPEST:
        return
    yield _told(lambda into, size: raw.FPDF_StructElement_GetAltText(element, into, size))
    for each in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
        yield from _under(raw.FPDF_StructElement_GetChildAtIndex(element, each), depth + 1)


def _told(ask: Any) -> str:
    """A string of PDFium: asked for its length first, then for its letters."""
    from pypdfium2 import raw

    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
