"""DOCX and ODT: paragraphs, tables, quotations by style, footnotes, text boxes; the title."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from thuis.documents.document import Document, Piece, Unscreenable, build

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_STYLES = (
    ("heading", "heading"), ("kop", "heading"), ("title", "heading"), ("titel", "heading"),
    ("quote", "quote"), ("citaat", "quote"), ("quotation", "quote"),
    ("caption", "caption"), ("bijschrift", "caption"), ("code", "code"),
    ("footnote", "note"), ("voetnoot", "note"), ("header", "furniture"), ("footer", "furniture"),
)  # fmt: skip


def docx_document(data: bytes, name: str) -> Document | Unscreenable:
    """A Word document (2007 and later)."""
    return _read(data, name, "docx")


def odt_document(data: bytes, name: str) -> Document | Unscreenable:
    """An OpenDocument text."""
    return _read(data, name, "odt")


def _read(data: bytes, name: str, format_: str) -> Document | Unscreenable:
    digest = hashlib.sha256(data).hexdigest()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if format_ == "docx":
                found, facts = list(_docx(archive)), _core(archive)
            elif b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                return Unscreenable(name, "encrypted", "", digest)
            else:
                found, facts = list(_odt(archive)), _meta(archive)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        return Unscreenable(name, "damaged", str(error), digest)
    return build(name, format_, found, data=data, **facts)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _docx(archive: zipfile.ZipFile) -> Iterator[Piece]:
    yield from _word_paragraphs(_parse(archive.read("word/document.xml")), None)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if notes := _part(archive, part):
            yield from _word_paragraphs(_parse(notes), "note")


def _word_paragraphs(root: etree._Element, always: str | None) -> Iterator[Piece]:
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_word_text(paragraph))
        if text.strip():
            yield text, always or _word_kind(paragraph), None


def _word_text(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}softHyphen", f"{_W}noBreakHyphen"):
        # A text box inside a paragraph has paragraphs of its own, which come separately.
        owner = next(node.iterancestors(f"{_W}p"))
        if owner is not paragraph:
            continue
        tag = etree.QName(node).localname
        yield (
            (node.text or "") if tag == "t" else {"tab": "\t", "br": "\n", "noBreakHyphen": "-"}.get(tag, "")
        )


def _word_kind(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    kind = _by_style(style.get(f"{_W}val") or "") if style is not None else None
    if kind:
        return kind
    if next(paragraph.iterancestors(f"{_W}tbl"), None) is not None:
        return "table"
    return "side" if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None else "body"


def _by_style(style: str) -> str | None:
    low = style.lower()
    return next((kind for part, kind in _STYLES if part in low), None)


def _core(archive: zipfile.ZipFile) -> dict[str, str | None]:
    data = _part(archive, "docProps/core.xml")
    if not data:
        return {}
    root = _parse(data)
    title = root.findtext(f"{_DC}title")
    return {"title": title or None}


def _odt(archive: zipfile.ZipFile) -> Iterator[Piece]:
    root = _parse(archive.read("content.xml"))
    body = root.find(f"{_OFFICE}body")
    if body is None:
        return
    for node in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        text = "".join(_odt_text(node))
        if text.strip():
            yield text, _odt_kind(node), None


def _odt_text(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag == "s":
            yield " " * int(child.get(f"{_TEXT}c") or 1)
        elif tag in ("tab", "line-break"):
            yield "\t" if tag == "tab" else "\n"
        elif tag not in ("note", "frame", "annotation", "p", ""):
            yield from _odt_text(child)
        yield child.tail or ""


def _odt_kind(node: etree._Element) -> str:
    if node.tag == f"{_TEXT}h":
        return "heading"
    for tag, kind in ((f"{_TEXT}note", "note"), (f"{_TABLE}table", "table")):
        if next(node.iterancestors(tag), None) is not None:
            return kind
    return _by_style(node.get(f"{_TEXT}style-name") or "") or "body"


def _meta(archive: zipfile.ZipFile) -> dict[str, str | None]:
    data = _part(archive, "meta.xml")
    return {"title": _parse(data).findtext(f".//{_DC}title") or None} if data else {}
