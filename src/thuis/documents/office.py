"""DOCX and ODT: paragraphs, tables, quotations by style, text boxes, and notes with where they are called;
then what stands beside the text: headers and footers, comments, alternative texts, fields, charts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from thuis.documents.mapped import Mapped
from thuis.documents.office_beside import Beside, aside, in_odt, in_word, unread_in
from thuis.documents.source import SUPERSCRIPT, Paragraph, Source, Unscreenable, under_one_another

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLES = (
    ("heading", "heading"), ("kop", "heading"), ("title", "heading"), ("titel", "heading"),
    ("quote", "quote"), ("citaat", "quote"), ("quotation", "quote"),
    ("caption", "caption"), ("bijschrift", "caption"), ("code", "code"),
    ("footnote", "note"), ("voetnoot", "note"), ("header", "furniture"), ("footer", "furniture"),
)  # fmt: skip
_MOST_SPACES = 1000  # a count of spaces beyond it is a slip, or meant to fill memory


def office_source(data: bytes, name: str, format_: str) -> Source | Unscreenable:
    """A Word document (2007 and later, ``docx``) or an OpenDocument text (``odt``).

    :raises ValueError: for a damaged part; its name is in the message.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if format_ == "odt" and b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            return Unscreenable(name, "encrypted")
        found = list(_docx(archive) if format_ == "docx" else _odt(archive))
        beside = (in_word if format_ == "docx" else in_odt)(archive, partial(_xml, archive))
        found += _beside(beside)
        unread = unread_in(archive.namelist())
        meta = _changes(archive, format_)
        about = _xml(archive, "docProps/core.xml" if format_ == "docx" else "meta.xml")
        title = about.findtext(f".//{_DC}title")
    text, paragraphs = under_one_another(found)
    return Source(name, format_, text, paragraphs, title=title or None, unread=unread, meta=meta)


_CHANGED = ("ins", "del", "moveFrom", "moveTo")


def _changes(archive: zipfile.ZipFile, format_: str) -> dict[str, str]:
    """How many changes are tracked in the text and not yet accepted, and how many comments it carries."""
    if format_ == "docx":
        tree = _xml(archive, word_part(archive) or "word/document.xml")
        tracked = sum(
            1 for tag in _CHANGED for each in tree.iter(f"{_W}{tag}") if "".join(each.itertext()).strip()
        )
        names = [name for name in archive.namelist() if re.fullmatch(r"word/comments\d*\.xml", name)]
        comments = sum(1 for name in names for _ in _xml(archive, name).iter(f"{_W}comment"))
    else:
        tree = _xml(archive, "content.xml")
        tracked = sum(1 for _ in tree.iter(f"{_TEXT}changed-region"))
        comments = sum(1 for _ in tree.iter(f"{_OFFICE}annotation"))
    counts = {"tracked-changes": tracked, "comments": comments}
    return {name: str(count) for name, count in counts.items() if count}


def _beside(given: Iterator[Beside]) -> Iterator[Paragraph]:
    """What stands beside the text, each text once: a header of every page is one header."""
    seen: set[str] = set()
    for kind, text in given:
        bare = " ".join(text.split())
        if re.search(r"[^\W\d_]{2}", bare) and bare not in seen:
            seen.add(bare)
            yield Paragraph((Mapped.of(bare),), kind)


def word_part(archive: zipfile.ZipFile) -> str | None:
    """The part that holds the text of a Word file, as its relations name it; None when it is no Word file."""
    names = set(archive.namelist())
    told = re.search(rb'Target="/?(word/[^"]+)"', _part(archive, "_rels/.rels"))
    part = told[1].decode("utf-8", "replace") if told else "word/document.xml"
    return next((each for each in (part, "word/document.xml") if each in names), None)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """A part as a tree; a part that is not there is an empty one.

    :raises ValueError: when it is damaged, with its name.
    """
    try:
        data = _part(archive, name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(data.replace(_STRICT, _W[1:-1].encode()) or b"<empty/>", parser)
    except Exception as error:
        raise ValueError(f"{name}: {error}") from error


def _said(text: str, kind: str, **facts: Any) -> Iterator[Paragraph]:
    if text.strip():
        yield Paragraph((Mapped.of(text),), kind, **facts)


def _docx(archive: zipfile.ZipFile) -> Iterator[Paragraph]:
    part = word_part(archive) or "word/document.xml"
    called: list[str] = []
    for paragraph in _xml(archive, part).iter(f"{_W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue  # the same text box once more, for old programs
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        named = (style.get(f"{_W}val") or "") if style is not None else ""
        yield from _said(
            "".join(_word_text(paragraph, called)),
            _word_kind(paragraph, named),
            level=_level(named),
            item=paragraph.find(f"{_W}pPr/{_W}numPr") is not None,
        )
    for kind in ("footnote", "endnote"):
        for note in _xml(archive, f"word/{kind}s.xml").iter(f"{_W}{kind}"):
            key = f"{kind}{note.get(f'{_W}id')}"
            text = " ".join("".join(_word_text(each, called)).strip() for each in note.iter(f"{_W}p"))
            number = called.index(key) + 1 if key in called else None
            yield from _said(text.strip(), "note", number=number)


def _word_text(paragraph: Any, called: list[str]) -> Iterator[str]:
    for node in paragraph.iter():
        if node.tag == f"{_M}t":
            yield node.text or ""
        if not isinstance(node.tag, str) or not node.tag.startswith(_W):
            continue
        tag = node.tag[len(_W) :]
        if tag not in _WRITTEN or next(node.iterancestors(f"{_W}p")) is not paragraph:
            continue  # a text box inside a paragraph has paragraphs of its own, which come separately
        if aside(node):
            continue
        if tag in ("footnoteReference", "endnoteReference"):
            called.append(f"{tag[:-9]}{node.get(f'{_W}id')}")
            yield str(len(called)).translate(SUPERSCRIPT)
        else:
            yield (node.text or "") if tag == "t" else _WRITTEN[tag]


_WRITTEN = {
    "t": "", "tab": "\t", "br": "\n", "cr": "\n", "softHyphen": "", "noBreakHyphen": "-",
    "footnoteReference": "", "endnoteReference": "",
}  # fmt: skip


def _level(style: str) -> int:
    found = re.fullmatch(r"(?:Heading|Kop|heading)\s?(\d)", style)
    return int(found[1]) if found else 0


def _word_kind(paragraph: Any, style: str) -> str:
    if kind := _by_style(style):
        return kind
    if next(paragraph.iterancestors(f"{_W}tbl"), None) is not None:
        return "table"
    return "side" if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None else "body"


def _by_style(style: str) -> str | None:
    low = style.lower()
    return next((kind for part, kind in _STYLES if part in low), None)


_ELSEWHERE = (f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes")


def _odt(archive: zipfile.ZipFile) -> Iterator[Paragraph]:
    body = _xml(archive, "content.xml").find(f"{_OFFICE}body")
    called: list[Any] = []
    for node in body.iter(f"{_TEXT}p", f"{_TEXT}h") if body is not None else ():
        if next(node.iterancestors(*_ELSEWHERE), None) is not None:
            continue
        heading = node.tag == f"{_TEXT}h"
        yield from _said(
            "".join(_odt_text(node, called)),
            _odt_kind(node),
            level=_count(node.get(f"{_TEXT}outline-level"), 2) if heading else 0,
            item=next(node.iterancestors(f"{_TEXT}list-item"), None) is not None,
        )
    for number, note in enumerate(called, 1):
        text = " ".join("".join(_odt_text(each, [])).strip() for each in note.iter(f"{_TEXT}p", f"{_TEXT}h"))
        yield from _said(text, "note", number=number)


def _odt_text(node: Any, called: list[Any]) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag == "s":
            yield " " * min(_count(child.get(f"{_TEXT}c"), 1), _MOST_SPACES)
        elif tag in ("tab", "line-break"):
            yield "\t" if tag == "tab" else "\n"
        elif tag == "note":
            called.append(child)
            yield str(len(called)).translate(SUPERSCRIPT)
        elif tag not in ("frame", "annotation", "p", "hidden-text", "hidden-paragraph", ""):
            yield " " * (tag == "ruby-text")
            yield from _odt_text(child, called)
        yield child.tail or ""


def _count(given: str | None, usual: int) -> int:
    return int(given) if given and given.isdecimal() else usual


def _odt_kind(node: Any) -> str:
    if node.tag == f"{_TEXT}h":
        return "heading"
    if next(node.iterancestors(f"{_TABLE}table"), None) is not None:
        return "table"
    return _by_style(node.get(f"{_TEXT}style-name") or "") or "body"
