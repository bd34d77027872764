"""The text of a Word file: paragraphs, headings by their style, notes where they are called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from thuis.dossier.letter.model import SUPERSCRIPT
from thuis.errors import Place, Problem, ThuisError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOTE = "\x01"
"""Begins a note in the text of a Word file; headings begin with ``HEADING`` and their level."""
HEADING = "\x02"
ITEM = "\x03"
_WRAPPERS = {f"{_W}{name}" for name in ("r", "hyperlink", "ins", "smartTag", "sdt", "sdtContent")}


def word_text(path: Path) -> str:
    """The text of a Word file, a paragraph a line, an empty line between; notes last.

    :raises ThuisError: when the file is no Word file.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise ThuisError(
            Problem(
                "this is no Word file",
                Place(path.name),
                "a .docx with a document in it",
                step="save it again",
            )
        ) from error
    notes = _notes(document)
    order: list[str] = []
    lines = [
        line for each in document.element.body.iter(f"{_W}p") if (line := _paragraph(each, order)).strip()
    ]
    used = [f"{NOTE}{number}\t{notes[name]}" for number, name in enumerate(order, 1) if name in notes]
    return "\n\n".join([*lines, *used]) + "\n"


def _notes(document: Any) -> dict[str, str]:
    from lxml import etree

    found: dict[str, str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind not in {"footnotes", "endnotes"} or relation.is_external:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(relation.target_part.blob, parser)
        for note in root.iter(f"{_W}footnote", f"{_W}endnote"):
            text = re.sub(r"\s+", " ", "".join(_pieces(note, []))).strip()
            if text:
                found[f"{kind[:-1]}{note.get(f'{_W}id')}"] = text
    return found


def _paragraph(paragraph: Any, order: list[str]) -> str:
    if any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
        return ""  # the same text box once more, for old programs
    text = re.sub(r"[ \t\xa0]*\n[ \t]*", " ", "".join(_pieces(paragraph, order)))
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    if level := re.fullmatch(r"(?:Heading|Kop|heading)\s?(\d)", name):
        return f"{HEADING}{level[1]}\t{text}"
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return f"{ITEM}\t{text}"
    return text


def _pieces(element: Any, order: list[str]) -> list[str]:
    found: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            found.append(child.text or "")
        elif child.tag == f"{_W}tab":
            found.append(" ")
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            found.append("\n")
        elif child.tag in {f"{_W}footnoteReference", f"{_W}endnoteReference"}:
            order.append(f"{child.tag[len(_W) : -9]}{child.get(f'{_W}id')}")
            found.append(str(len(order)).translate(SUPERSCRIPT))
        elif child.tag in {
            f"{_W}r",
            f"{_W}hyperlink",
            f"{_W}ins",
            f"{_W}smartTag",
            f"{_W}sdt",
            f"{_W}sdtContent",
        }:
            found += _pieces(child, order)
        elif child.tag.endswith("}p") and element.tag in {f"{_W}footnote", f"{_W}endnote"}:
            found += [*_pieces(child, order), " "]
    return found
