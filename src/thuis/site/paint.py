"""A framed figure as PNG, in a quarter of the time that a renderer of any SVG takes.

A frame (:mod:`thuis.site.charts.frame`) holds rectangles, lines, circles and lines of text, nothing else.
They are drawn by PDFium, which gives pixels, and pressed here. What it cannot draw plainly is left to that
renderer.
"""

from __future__ import annotations

import ctypes
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any
from xml.etree import ElementTree

from thuis.site.charts.frame import known, width

FONTS = {weight: f"fonts/ThuisSans-{weight}.ttf" for weight in ("Regular", "Bold")}
OTHERS = {weight: f"fonts/ThuisOthers-{weight}.ttf" for weight in FONTS}
"""Letters of other scripts, which join and turn: the renderer of any SVG draws them."""
_COLOUR = re.compile("#[0-9a-f]{6}")
_ROUND = 0.5523
"""Where the handles of a curve stand that is a quarter of a circle."""
_PRESSED = 3
"""Of nine degrees: more takes twice as long for a twentieth."""
_ONE = Lock()
"""PDFium draws one page at a time."""
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class _UnknownError(Exception):
    """Something that is no part of a frame."""


def painted(svg: str, wide: int | None = None) -> bytes | None:
    """The picture as PNG; None when something in it is not drawn here.

    :param wide: pixels, when not those of the frame.

    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4">{}</svg>'
    >>> painted(svg.format('<rect width="8" height="4" fill="#ffffff"/>'))[1:4]
    b'PNG'
    >>> painted(svg.format('<path d="M0 0"/>')) is None
    True
    """
    root = ElementTree.fromstring(svg)
    try:
        size = float(root.attrib["width"]), float(root.attrib["height"])
        with _page(size) as page:
            for element in root:
                page.draw(element)
            return _png(*page.pixels((wide or round(size[0])) / size[0]))
    except (_UnknownError, KeyError, ValueError):
        return None


@cache
def _raw() -> Any:
    """PDFium, loaded when something is drawn."""
    from pypdfium2 import raw

    return raw


@cache
def _font(weight: str) -> bytes:
    return (files("thuis.site") / FONTS[weight]).read_bytes()


@contextmanager
def _page(size: tuple[float, float]) -> Iterator[_Page]:
    """An empty page, closed with its document at the end."""
    raw = _raw()
    with _ONE:
        document = raw.FPDF_CreateNewDocument()
        page = raw.FPDFPage_New(document, 0, *size)
        try:
            yield _Page(document, page, size)
        finally:
            raw.FPDF_ClosePage(page)
            raw.FPDF_CloseDocument(document)


class _Page:
    """A page of a document; its origin is below, that of an SVG above."""

    def __init__(self, document: Any, page: Any, size: tuple[float, float]) -> None:
        self.of, self.page, self.size = document, page, size
        self.fonts: dict[str, object] = {}
        self.kinds: Mapping[str, Callable[[ElementTree.Element], Any]] = {
            "rect": self._rect,
            "line": self._line,
            "circle": self._circle,
            "text": self._text,
        }

    def draw(self, element: ElementTree.Element) -> None:
        """One element of the picture."""
        kind = element.tag.rpartition("}")[2]
        if kind in ("title", "desc"):
            return
        if kind not in self.kinds:
            raise _UnknownError(kind)
        _raw().FPDFPage_InsertObject(self.page, self.kinds[kind](element))

    def _rect(self, of: ElementTree.Element) -> Any:
        x, y, rx = (float(of.get(each, 0)) for each in ("x", "y", "rx"))
        wide, high = float(of.attrib["width"]), float(of.attrib["height"])
        return self._painted(self._rounded(x, y, x + wide, y + high, rx), of)

    def _circle(self, of: ElementTree.Element) -> Any:
        x, y, r = (float(of.attrib[each]) for each in ("cx", "cy", "r"))
        return self._painted(self._rounded(x - r, y - r, x + r, y + r, r), of)

    def _line(self, of: ElementTree.Element) -> Any:
        x1, y1, x2, y2 = (float(of.attrib[each]) for each in ("x1", "y1", "x2", "y2"))
        path = _raw().FPDFPageObj_CreateNewPath(x1, self.size[1] - y1)
        _raw().FPDFPath_LineTo(path, x2, self.size[1] - y2)
        return self._painted(path, of)

    def _rounded(self, left: float, top: float, right: float, bottom: float, r: float) -> Any:
        """A rectangle with round corners; a circle is nothing but those."""
        raw, k, bottom, top = _raw(), r * (1 - _ROUND), self.size[1] - bottom, self.size[1] - top
        path = raw.FPDFPageObj_CreateNewPath(left + r, bottom)
        for straight, curve in (
            ((right - r, bottom), (right - k, bottom, right, bottom + k, right, bottom + r)),
            ((right, top - r), (right, top - k, right - k, top, right - r, top)),
            ((left + r, top), (left + k, top, left, top - k, left, top - r)),
            ((left, bottom + r), (left, bottom + k, left + k, bottom, left + r, bottom)),
        ):
            raw.FPDFPath_LineTo(path, *straight)
            if r:
                raw.FPDFPath_BezierTo(path, *curve)
        raw.FPDFPath_Close(path)
        return path

    def _painted(self, path: Any, of: ElementTree.Element) -> Any:
        """Filled and drawn as its attributes say."""
        raw, fill, stroke = _raw(), of.get("fill"), of.get("stroke")
        if fill:
            raw.FPDFPageObj_SetFillColor(path, *_rgb(fill), 255)
        if stroke:
            opacity = round(255 * float(of.get("stroke-opacity", 1)))
            raw.FPDFPageObj_SetStrokeColor(path, *_rgb(stroke), opacity)
            raw.FPDFPageObj_SetStrokeWidth(path, float(of.get("stroke-width", 1)))
            raw.FPDFPageObj_SetLineCap(path, 1 if of.get("stroke-linecap") == "round" else 0)
        raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_WINDING if fill else 0, bool(stroke))
        return path

    def _text(self, of: ElementTree.Element) -> Any:
        raw, text, size = _raw(), of.text or "", float(of.attrib["font-size"])
        bold = of.get("font-weight") == "bold"
        if len(of) or not known(text, bold=bold):
            raise _UnknownError(text)
        x = float(of.attrib["x"]) - width(text, size, bold=bold) * _ANCHORS[of.get("text-anchor", "start")]
        made = raw.FPDFPageObj_CreateTextObj(self.of, self._loaded("Bold" if bold else "Regular"), size)
        wide = ctypes.create_string_buffer(f"{text}\0".encode("utf-16-le"))
        raw.FPDFText_SetText(made, ctypes.cast(wide, raw.FPDF_WIDESTRING))
        raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, x, self.size[1] - float(of.attrib["y"]))
        raw.FPDFPageObj_SetFillColor(made, *_rgb(of.attrib["fill"]), 255)
        return made

    def _loaded(self, weight: str) -> Any:
        if weight not in self.fonts:
            raw, data = _raw(), _font(weight)
            held = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
            self.fonts[weight] = raw.FPDFText_LoadFont(self.of, held, len(data), raw.FPDF_FONT_TRUETYPE, 1)
        return self.fonts[weight]

    def pixels(self, scale: float) -> tuple[int, int, bytes]:
        """Width, height, and each row of pixels behind the byte that tells PNG that it stands as it is."""
        raw = _raw()
        wide, high = (round(each * scale) for each in self.size)
        raw.FPDFPage_GenerateContent(self.page)
        bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGR, None, 0)
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(bitmap, self.page, 0, 0, wide, high, 0, raw.FPDF_REVERSE_BYTE_ORDER)
            step = raw.FPDFBitmap_GetStride(bitmap)
            held = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), step * high)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return wide, high, b"".join(b"\0" + held[at : at + 3 * wide] for at in range(0, step * high, step))


def _rgb(colour: str) -> tuple[int, ...]:
    """The parts of a colour.

    >>> _rgb("#14707f")
    (20, 112, 127)
    """
    if not _COLOUR.fullmatch(colour):
        raise _UnknownError(colour)
    return tuple(bytes.fromhex(colour[1:]))


def _png(wide: int, high: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(rows, _PRESSED)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
