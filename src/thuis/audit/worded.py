"""The words of a file that is no table: what a reader, a screen reader or a curious person finds in it."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

SAID_BY = ("aria-label", "aria-description", "alt", "title", "content", "summary", "placeholder", "value")
"""Attributes of pages and pictures that hold words."""
ROWS = ("p", "tr", "h", "text", "title", "desc", "table-row", "annotation", "comment", "li", "entry", "item")
"""Elements whose text is read as one: a row of a table, a paragraph."""
_BARE = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
LINES = ("br", "p", "li", "tr", "div", "section", "h1", "h2", "h3", "h4", "dt", "dd", "option", "caption")
INLINE = ("t", "r", "span", "tspan", "a", "b", "i", "em", "strong", "sub", "sup", "s", "u", "mark", "small")
"""Elements that do not part words."""
_MARKUP = re.compile(r"<[^<>]*>")
PNG = b"\x89PNG\r\n\x1a\n"


def of_page(page: str) -> Iterator[tuple[bool, str]]:
    """Words of HTML or SVG: first whether they are drawn or said of the picture itself, then the words.

    Comments and attributes are words; scripts are not (:func:`scripts`).
    """
    tree = _page(page)
    drawn: list[str] = []
    for each in tree.iter():
        if not isinstance(each.tag, str):
            yield False, str(each.text or "")
            continue
        for name, value in each.attrib.items():
            if name in SAID_BY:
                yield each.tag == "svg" or name.startswith("aria") or name == "alt", str(value)
        if each.tag in ("title", "desc", "text") and _within(each, "svg"):
            drawn.append(str(each.text_content()).strip())
    yield from ((True, each) for each in without_ticks(drawn))
    for each in tree.iter("script", "style", "svg"):
        each.drop_tree()
    for each in tree.iter(*LINES):
        each.tail = f"\n{each.tail or ''}"
    for each in tree.iter("td", "th"):
        each.tail = f" {each.tail or ''}"
    yield False, str(tree.text_content())


def _page(page: str) -> Any:
    return html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def _within(element: Any, name: str) -> bool:
    return any(each.tag == name for each in element.iterancestors())


def without_ticks(texts: list[str]) -> list[str]:
    """Texts of a picture without the numbers along an axis: bare, with equal steps, three or more in a row.

    >>> without_ticks(["Alfa", "0", "0,5", "1,0", "44,1%"])
    ['Alfa', '44,1%']
    """
    plain = [each.replace("\u2212", "-").replace(",", ".") for each in texts]
    numbers = [float(each) if _BARE.fullmatch(each) else None for each in plain]
    ticks: set[int] = set()
    for at in range(len(texts) - 2):
        one, two, three = numbers[at : at + 3]
        if one is not None and two is not None and three is not None and abs(one - 2 * two + three) < 1e-6:
            ticks |= {at, at + 1, at + 2}
    return [each for at, each in enumerate(texts) if at not in ticks]


def scripts(page: str) -> Iterator[str]:
    """What stands in scripts and in attributes with data of a page."""
    tree = _page(page)
    for each in tree.iter():
        if isinstance(each.tag, str):
            if each.tag == "script" and each.text:
                yield str(each.text)
            yield from (str(value) for name, value in each.attrib.items() if name.startswith("data-"))


def of_xml(tree: Any) -> Iterator[str]:
    """Words of XML, a row or paragraph at a time: feeds, documents, what stands beside cells."""
    seen: set[Any] = set()
    for each in tree.iter():
        if not isinstance(each.tag, str):
            yield str(each.text or "")
            continue
        name = etree.QName(each).localname
        if name in ROWS and not any(above in seen for above in each.iterancestors()):
            seen.add(each)
            yield " ".join(_MARKUP.sub(" ", "".join(_parts(each))).split())
        elif each.text and each.text.strip() and not any(above in seen for above in each.iterancestors()):
            yield str(each.text)


def _parts(element: Any) -> Iterator[str]:
    """The text of an element; what stands in another cell or part is apart from it."""
    before: Any | None = None
    for text in element.xpath(".//text()"):
        block = text.getparent().getparent() if text.is_tail else text.getparent()
        while block is not element and etree.QName(block).localname in INLINE:
            block = block.getparent()
        yield text if block is before else f" {text}"
        before = block


def of_pdf(content: bytes) -> Iterator[str]:
    """The lines of a PDF, and what it says of itself.

    :raises Exception: of the reader, for what is none.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        yield from (str(each) for each in document.get_metadata_dict(skip_empty=True).values())
        for page in document:
            yield page.get_textpage().get_text_range()
    finally:
        document.close()


def of_png(content: bytes) -> Iterator[str]:
    """What a PNG says beside its picture: text, compressed or not, and what a camera or program added."""
    at = len(PNG)
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"tEXt":
            yield data.replace(b"\0", b" ").decode("latin-1")
        elif kind == b"zTXt":
            yield _inflated(data.partition(b"\0")[2][1:]).decode("latin-1")
        elif kind == b"iTXt":
            _, _, rest = data.partition(b"\0")
            text = rest[2:].split(b"\0", 2)[-1]
            yield (_inflated(text) if rest[:1] == b"\1" else text).decode("utf-8", "replace")
        elif kind not in (b"IDAT", b"PLTE"):
            yield from printable(data)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 10_000_000)
    except zlib.error:
        return b""


def printable(data: bytes) -> Iterator[str]:
    """Stretches of readable signs in what is no text: comments of JPEG, XMP, names in other formats.

    >>> list(printable(bytes([0, 255]) + b"Groep Alfa: n = 18" + bytes([0, 1])))
    ['Groep Alfa: n = 18']
    """
    for each in re.findall(rb"[\x20-\x7e\xc2-\xf4\x80-\xbf]{8,}", data):
        yield each.decode("utf-8", "replace")


def of_style(sheet: str) -> Iterator[str]:
    """The remarks and the texts of a style sheet."""
    yield from re.findall(r"/\*(.*?)\*/", sheet, re.DOTALL)
    yield from re.findall(r"content\s*:\s*[\"'](.*?)[\"']", sheet)
