"""What a PDF must hold to be read aloud, looked up in its own structure with pikepdf.

Beside ready-made checkers, for what these leave out: fonts embedded with a way back to letters and widths
that fit, everything on a page in the structure or marked as decoration, and the tree whole.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

SHOWING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
"""Operators that leave something to see."""


def faults(content: bytes) -> list[str]:
    """Everything that is wrong, in words."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return [*_root(document), *_fonts(document), *_pages(document), *_tree(document)]


def _root(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not str(root.get("/Lang", "")):
        yield "the document tells no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "a reader shows the file name, not the title"
    if not str(document.docinfo.get("/Title", "")):
        yield "no title"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        name = str(font.get("/BaseFont", "?"))
        if "/DescendantFonts" in font:
            if "/ToUnicode" not in font:
                yield f"{name}: no way back from glyphs to letters"
            yield from _program(font.DescendantFonts[0], name)
        elif font.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2"):
            yield from _embedded(font, name)


def _embedded(font: Any, name: str) -> Iterator[str]:
    told = font.get("/FontDescriptor", {})
    if not any(each in told for each in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"{name}: not embedded"


def _program(font: Any, name: str) -> Iterator[str]:
    """Embedded, and as wide as the file says: else letters are read and drawn apart (PDF/UA-1, 7.21.5)."""
    yield from _embedded(font, name)
    stream = font.get("/FontDescriptor", {}).get("/FontFile2")
    if stream is None:
        return
    program = TTFont(io.BytesIO(stream.read_bytes()), lazy=True)
    scale = 1000 / program["head"].unitsPerEm
    order = program.getGlyphOrder()
    for glyph, width in _widths(font.get("/W", [])):
        if glyph < len(order):
            real = program["hmtx"][order[glyph]][0] * scale
            if abs(real - width) > 1:
                yield f"{name}: glyph {glyph} is {real:.0f} wide, the file says {width:.0f}"


def _widths(told: Any) -> Iterator[tuple[int, float]]:
    at, items = 0, list(told)
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], pikepdf.Array):
            yield from ((first + i, float(width)) for i, width in enumerate(items[at + 1]))
            at += 2
        else:
            yield from ((glyph, float(items[at + 2])) for glyph in range(first, int(items[at + 1]) + 1))
            at += 3


def _pages(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        if "/StructParents" not in page:
            yield f"page {number}: not tied to the structure"
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number}: the tab key does not follow the structure"
        for note in page.get("/Annots", ()):
            if note.get("/Subtype") == "/Link" and not str(note.get("/Contents", "")):
                yield f"page {number}: a link without words"
        depth: list[bool] = []
        for each in pikepdf.parse_content_stream(page):
            operator = str(each.operator)
            if operator in ("BDC", "BMC"):
                depth.append(_told(each))
            elif operator == "EMC":
                depth.pop()
            elif operator in SHOWING and not any(depth):
                yield f"page {number}: {operator} is neither in the structure nor decoration"


def _told(each: Any) -> bool:
    """Whether a mark ties what follows to the structure, or calls it decoration."""
    if str(each.operands[0]) == "/Artifact":
        return True
    return (
        len(each.operands) > 1
        and isinstance(each.operands[1], pikepdf.Dictionary)
        and "/MCID" in each.operands[1]
    )


def _tree(document: pikepdf.Pdf) -> Iterator[str]:
    heading = 0
    for node in _nodes(document.Root.StructTreeRoot):
        kind = str(node.get("/S", ""))
        if kind == "/Figure" and not str(node.get("/Alt", "")).strip():
            yield "a figure without alternative text"
        if kind == "/TH" and not any(
            str(each.get("/Scope", "")) for each in _attributes(node) if each.get("/O") == "/Table"
        ):
            yield "a head of a table that does not say of what"
        if kind == "/TR" and not _kinds(node) <= {"/TH", "/TD"}:
            yield "a row with something else than cells"
        if kind == "/Table":
            rows = [each for part in _nodes(node) for each in [part] if each.get("/S") == "/TR"]
            if len({sum(_span(cell) for cell in _children(row)) for row in rows}) > 1:
                yield "a table whose rows differ in length"
        if kind[:2] == "/H" and kind[2:].isdigit():
            if int(kind[2:]) > heading + 1:
                yield f"a heading {kind[1:]} after H{heading}"
            heading = int(kind[2:])


def _nodes(node: Any) -> Iterator[Any]:
    for each in _children(node):
        yield each
        yield from _nodes(each)


def _children(node: Any) -> list[Any]:
    inside = node.get("/K", [])
    many = inside if isinstance(inside, pikepdf.Array) else [inside]
    return [each for each in many if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _kinds(node: Any) -> set[str]:
    return {str(each.S) for each in _children(node)}


def _attributes(node: Any) -> list[Any]:
    told = node.get("/A")
    if told is None:
        return []
    return list(told) if isinstance(told, pikepdf.Array) else [told]


def _span(cell: Any) -> int:
    return next((int(each.ColSpan) for each in _attributes(cell) if "/ColSpan" in each), 1)
