"""What a Word or OpenDocument file carries beside its text: headers, footers, comments, alternative texts,
form fields, texts of charts and diagrams; and how many images and embedded objects are not read.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Beside = tuple[str, str]  # the kind of block and the text
Part = Callable[[str], Any]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_COMMENTS = re.compile(r"word/comments\d*\.xml")
_PAPER = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
_DRAWN = re.compile(r"word/(?:charts/chart|diagrams/data)[^/]*\.xml")
_OBJECT = re.compile(r"(?:\./)?[^/]+/content\.xml")
#: Attributes with words for the reader, by the local names of element and attribute ("" is any element).
_WORD_SAYS = frozenset(
    {
        ("docPr", "descr"), ("docPr", "title"), ("cNvPr", "descr"), ("cNvPr", "title"), ("", "alt"),
        ("tblCaption", "val"), ("tblDescription", "val"), ("hyperlink", "tooltip"),
        ("listItem", "displayText"),
        ("listEntry", "val"), ("statusText", "val"), ("helpText", "val"), ("alias", "val"),
        ("textpath", "string"),
    }
)  # fmt: skip
_ODT_SAYS = frozenset(
    {
        ("", "label"), ("", "title"), ("", "current-value"), ("text", "value"), ("textarea", "value"),
        ("button", "value"), ("a", "title"),
    }
)  # fmt: skip
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_IMAGE = re.compile(r".*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)", re.I)
_EMBEDDED = re.compile(
    r"word/(?:embeddings|activeX)/.+|word/[^/]+\.(?:html?|mht|rtf|docx|txt)|(?:\./)?Object[^/]*", re.I
)


def in_word(archive: zipfile.ZipFile, part: Part) -> Iterator[Beside]:
    """The texts beside those of a Word document."""
    names = sorted(archive.namelist())
    running = [name for name in names if _RUNNING.fullmatch(name)]
    for name in running:
        yield from (("furniture", text) for text in _paragraphs(part(name), f"{_W}p", f"{_W}t"))
    for name in filter(_PAPER.fullmatch, names):
        yield from (("label", text) for text in _hidden(part(name)))
    for name in filter(_COMMENTS.fullmatch, names):
        yield from (("label", text) for text in _paragraphs(part(name), f"{_W}p", f"{_W}t"))
    for name in (*running, *filter(_PAPER.fullmatch, names)):
        yield from (("label", text) for text in _said(part(name), _WORD_SAYS))
        for each in part(name).iter(f"{_A}p"):
            yield "label", "".join(node.text or "" for node in each.iter(f"{_A}t"))
        for node in part(name).iter(f"{_W}textInput"):
            for each in node.iter(f"{_W}default"):
                yield "label", each.get(f"{_W}val") or ""
    for name in filter(_DRAWN.fullmatch, names):
        for node in part(name).iter("{*}t", "{*}v"):
            yield "label", node.text or ""


def aside(node: Any) -> bool:
    """Whether a piece of text of Word is none of its text as it stands: hidden, or moved away from there."""
    run = next(node.iterancestors(f"{_W}r"), None)
    if run is None:
        return False
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    hidden = vanish is not None and vanish.get(f"{_W}val") not in {"0", "false", "off"}
    return hidden or next(run.iterancestors(f"{_W}moveFrom"), None) is not None


def _hidden(tree: Any) -> Iterator[str]:
    """What is hidden: no reader meets it on paper, and everyone who has the file can show it."""
    for vanish in tree.iter(f"{_W}vanish"):
        run = next(vanish.iterancestors(f"{_W}r"), None)
        if run is not None and vanish.get(f"{_W}val") not in {"0", "false", "off"}:
            yield "".join(node.text or "" for node in run.iter(f"{_W}t"))


def in_odt(archive: zipfile.ZipFile, part: Part) -> Iterator[Beside]:
    """The texts beside those of an OpenDocument text."""
    content, styles = part("content.xml"), part("styles.xml")
    for place in styles.iter("{*}header", "{*}footer", "{*}header-left", "{*}footer-left", "{*}header-first"):
        for node in place.iter(f"{_TEXT}p", f"{_TEXT}h"):
            yield "furniture", "".join(node.itertext())
    for node in content.iter(f"{_OFFICE}annotation"):
        for each in node.iter(f"{_TEXT}p"):
            yield "label", "".join(each.itertext())
    for tree in (content, styles):
        for node in tree.iter("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}*"):
            if node.tag.endswith(("}title", "}desc")):
                yield "label", "".join(node.itertext())
    for node in content.iter("{*}title", "{*}desc"):
        if node.tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:table"):
            yield "label", "".join(node.itertext())
    for node in content.iter(f"{_TEXT}a"):
        yield from (("label", text) for text in _of(node, _ODT_SAYS))
    for node in content.iter(f"{_FORM}*"):
        yield from (("label", text) for text in _of(node, _ODT_SAYS))
    for name in filter(_OBJECT.fullmatch, sorted(archive.namelist())):
        for node in part(name).iter(f"{_TEXT}p"):
            yield "label", "".join(node.itertext())


def _paragraphs(tree: Any, paragraph: str, run: str) -> Iterator[str]:
    for each in tree.iter(paragraph):
        yield "".join(node.text or "" for node in each.iter(run))


def _said(tree: Any, says: frozenset[tuple[str, str]]) -> Iterator[str]:
    for node in tree.iter():
        yield from _of(node, says)


def _of(node: Any, says: frozenset[tuple[str, str]]) -> Iterator[str]:
    if node.attrib and isinstance(node.tag, str):
        tag = node.tag.rpartition("}")[2]
        for key, value in node.attrib.items():
            name = key.rpartition("}")[2]
            if (tag, name) in says or ("", name) in says:
                yield value


def unread_in(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many images and embedded objects an archive has.

    >>> unread_in(["word/document.xml", "word/media/image1.png", "word/embeddings/a.xlsx"])
    (('image', 1), ('embedded', 1))
    """
    found: Counter[str] = Counter()
    for name in names:
        if "thumbnail" not in name.lower():
            found["image"] += bool(_IMAGE.fullmatch(name))
            found["embedded"] += bool(_EMBEDDED.fullmatch(name))
    return tuple((kind, found[kind]) for kind in ("image", "embedded") if found[kind])
