"""XML of official publications (Kamerstukken, Handelingen, laws): paragraphs, notes, tables, speakers.

The vocabulary of elements is that of officielebekendmakingen.nl and wetten.overheid.nl;
an XML file with other elements is read as paragraphs by its own structure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from thuis.documents.clean import clean
from thuis.documents.document import Document, Piece, Unscreenable, build
from thuis.documents.quality import repaired

_KINDS = {
    "noot": "note", "voetnoot": "note", "citaat": "quote", "quote": "quote",
    "table": "table", "tabel": "table", "caption": "caption", "code": "code",
    "titel": "heading", "kop": "heading", "tussenkop": "heading", "title": "heading",
    "metadata": "furniture", "meta-data": "furniture", "meta": "furniture",
}  # fmt: skip
_UNITS = frozenset(
    [
        "al",
        "p",
        "titel",
        "kop",
        "tussenkop",
        "li",
        "entry",
        "noot.al",
        "voetnoot",
        "title",
        "label",
        "tekst",
        "lid",
        "note",
        "head",
        "para",
        "term",
        "definitie",
        "caption",
        "naam",
        "onderwerp",
        "citaat",
        "bijschrift",
        "datumtekst",
        "aanhef",
        "slotformulering",
        "considerans.al",
    ]
)
_INLINE = frozenset(
    [
        "nadruk",
        "extref",
        "intref",
        "sup",
        "inf",
        "noot",
        "noot.nr",
        "nr",
        "i",
        "b",
        "em",
        "strong",
        "u",
        "sub",
        "ref",
        "emphasis",
        "hi",
        "a",
        "span",
        "ovl",
        "ins",
        "del",
        "achternaam",
        "voornaam",
        "politiek",
        "aanduiding",
        "weergave",
    ]
)


def official_document(data: bytes, name: str) -> Document | Unscreenable:
    """An official publication in XML."""
    digest = hashlib.sha256(data).hexdigest()
    data = _whole(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return Unscreenable(name, "damaged", str(error), digest)
    pieces: list[Piece] = []
    speakers: list[tuple[int, str, str]] = []
    length = 0
    for text, block, who in _units(root):
        if who and (not speakers or speakers[-1][1:] != who):
            speakers.append((length, *who))
        pieces.append((text, block, None))
        length += len(_measure(text)) + 2 if _measure(text).strip() else 0
    genre = {"handelingen": "debate", "kamerstuk": "letter", "wetgeving": "law", "toestand": "law"}
    kind = next((genre[_local(each)] for each in root.iter() if _local(each) in genre), None)
    return build(
        name,
        "xml",
        pieces,
        data=data,
        title=_title(root),
        date=_date(root),
        genre=kind,
        speakers=tuple(speakers),
    )


def _whole(data: bytes) -> bytes:
    """The XML without a byte order mark and without a second encoding: both occur in copies of debates."""
    start = data.find(b"<")
    if 0 < start <= 16:
        data = data[start:]
    if b"\xc3\x83" in data or b"\xc3\xa2" in data or b"\xc3\x82" in data:
        try:
            return (repaired(data.decode("utf-8")) or "").encode("utf-8") or data
        except UnicodeDecodeError:
            return data
    return data


def _measure(text: str) -> str:
    return clean(text).text


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _units(root: etree._Element) -> Iterator[tuple[str, str, tuple[str, str] | None]]:
    """Text units in order: their text, kind and speaker."""
    for node in root.iter():
        tag = _local(node)
        if not tag or tag in _INLINE:
            continue
        own = (node.text or "").strip() or any((child.tail or "").strip() for child in node)
        if tag in _UNITS or own:
            text = _spaced("".join(_inline(node)))
            if text.strip():
                yield text, _kind(node), _speaker(node)


def _inline(node: etree._Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if _local(child) in _INLINE and _local(child) not in ("noot", "noot.nr"):
            yield from _inline(child)
        elif _local(child) and _local(child) not in ("noot", "noot.nr"):
            yield " "
        yield child.tail or ""


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _kind(node: etree._Element) -> str:
    for each in (node, *node.iterancestors()):
        if kind := _KINDS.get(_local(each)):
            return kind
    return "body"


def _speaker(node: etree._Element) -> tuple[str, str] | None:
    for each in node.iterancestors():
        if _local(each) in ("spreekbeurt", "spreker-beurt", "interruptie"):
            name = "".join(_found(each, "(.//*[local-name()='achternaam'])[1]//text()")).strip()
            party = "".join(_found(each, "(.//*[local-name()='politiek'])[1]//text()")).strip()
            if name:
                return name, party.strip("()")
    return None


def _found(node: etree._Element, query: str) -> list[str]:
    """What a query finds, as text."""
    result: Any = node.xpath(query)
    return [str(each) if isinstance(each, str) else "".join(each.itertext()) for each in result]


def _title(root: etree._Element) -> str | None:
    for query in (
        "//*[local-name()='metadata'][contains(@name,'itle')]/@content",
        "//*[local-name()='titel'][1]",
    ):
        for found in _found(root, query):
            if found.strip():
                return _spaced(found)
    return None


def _date(root: etree._Element) -> str | None:
    queries = (
        "//*[local-name()='datum']/@isodatum",
        "//*[local-name()='metadata'][@name='DCTERMS.issued' or @name='DCTERMS.available']/@content",
        "//*[local-name()='vergaderdatum']//text()",
        "//@datum | //@isodatum | //@date",
    )
    for query in queries:
        for found in _found(root, query):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", found.strip()):
                return found.strip()
    return None
