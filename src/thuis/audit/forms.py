"""Every form of file in a built folder: its rows, its words, or that it is not read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Literal

from lxml import etree

from thuis.audit import observed, worded

Found = tuple[Literal["line", "drawn", "words", "unread"], str, Any]
"""What it is, where it stands, and a line, a text or why it is not read."""
PLAIN = (
    *(".txt", ".md", ".rst", ".tex", ".yaml", ".yml", ".toml", ".ini", ".cff", ".bib", ".log", ".adoc"),
    *(".r", ".py", ".sql", ".ics", ".vtt", ".srt", ".rtf", ""),
)
GRAPHS = {".ttl": "turtle", ".nt": "nt", ".n3": "n3", ".trig": "trig", ".rdf": "xml"}
OFFICE = (".docx", ".pptx", ".odt", ".odp", ".xlsx", ".ods", ".dotx", ".xlsm", ".docm")
TABLES = (".xlsx", ".xlsm", ".ods", ".parquet", ".db", ".sqlite")
"""Whose rows another module reads (:mod:`thuis.audit.files`); words beside the cells are read here."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".tif", ".tiff", ".avif")
LARGEST, DEEPEST = 200_000_000, 4
CELLS = ("sheet", "sharedStrings", "styles", "theme")


def look(name: str, content: bytes, depth: int = 0) -> Iterator[Found]:
    """All that can be read of a file, and what cannot.

    >>> list(look("a.txt", b"Alfa: 44,1%")), list(look("a.bin", bytes(9)))[0][0]
    ([('words', 'a.txt', 'Alfa: 44,1%')], 'unread')
    """
    suffix = PurePosixPath(name).suffix.lower()
    read = _READ.get(suffix)
    try:
        if len(content) > LARGEST:
            yield "unread", name, "larger than 200 MB"
        elif content[:2] == b"\x1f\x8b":
            yield from _unzipped(name, content, depth)
        elif suffix in OFFICE:
            yield from _office(name, content)
        elif content[:4] == b"PK\x03\x04" and suffix not in TABLES:
            yield from _archive(name, content, depth)
        elif suffix in GRAPHS:
            yield from (("line", name, each) for each in observed.of_rdf(content, GRAPHS[suffix]))
            yield "words", name, content.decode("utf-8", "replace")
        elif suffix in PICTURES:
            words = worded.of_png(content) if content.startswith(worded.PNG) else worded.printable(content)
            yield from (("words", name, each) for each in words)
            yield "unread", name, "picture"
        elif read:
            yield from read(name, content)
        elif suffix not in TABLES:
            yield from (("words", name, each) for each in worded.printable(content))
            yield "unread", name, "unknown form"
    except Exception as error:
        # Whatever a reader of a foreign form raises: it is not read, and that is said.
        yield "unread", name, f"cannot be read: {type(error).__name__}"


def _unzipped(name: str, content: bytes, depth: int) -> Iterator[Found]:
    text = gzip.GzipFile(fileobj=io.BytesIO(content)).read(LARGEST)
    if text.startswith(b"pagefind_dcd{"):
        content = text.removeprefix(b"pagefind_dcd")
        yield from _of_json(f"{name}!{json.loads(content).get('url', '')}", content)
    elif depth < DEEPEST:
        inner = PurePosixPath(name).stem
        yield from look(f"{name}!{inner if '.' in inner else inner + '.bin'}", text, depth + 1)


def _archive(name: str, content: bytes, depth: int) -> Iterator[Found]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from _note(name, archive)
        for each in archive.infolist():
            part = f"{name}!{each.filename}"
            if each.is_dir():
                continue
            if each.flag_bits & 1 or depth >= DEEPEST or each.file_size > LARGEST:
                yield "unread", part, "locked" if each.flag_bits & 1 else "too deep or too large"
            else:
                yield from look(part, archive.read(each), depth + 1)


def _note(name: str, archive: zipfile.ZipFile) -> Iterator[Found]:
    if archive.comment:
        yield "words", name, archive.comment.decode("utf-8", "replace")


def _office(name: str, content: bytes) -> Iterator[Found]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from _note(name, archive)
        for each in archive.infolist():
            part, inner = f"{name}!{each.filename}", PurePosixPath(each.filename)
            if inner.suffix in (".xml", ".rels") and not _is_cells(name, inner):
                yield from (("words", part, text) for text in worded.of_xml(_tree(archive.read(each))))
            elif inner.suffix in (*PICTURES, ".svg", ".xlsx", ".csv", ".bin"):
                yield from look(part, archive.read(each), DEEPEST - 1)


def _is_cells(name: str, inner: PurePosixPath) -> bool:
    """Whether a part of a workbook holds the cells themselves, which are read as rows."""
    return name.endswith((".xlsx", ".xlsm")) and inner.name.startswith(CELLS)


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def _page(name: str, content: bytes) -> Iterator[Found]:
    page = content.decode("utf-8", "replace")
    for drawn, text in worded.of_page(page) if page.strip() else ():
        yield "drawn" if drawn else "words", name, text
    for script in worded.scripts(page) if page.strip() else ():
        yield from (("line", name, each) for each in observed.lines(observed.objects(script)))
        yield "words", name, script


def _svg(name: str, content: bytes) -> Iterator[Found]:
    tree = _tree(content)
    yield from (("line", name, each) for each in observed.of_xml(tree))
    for text in worded.without_ticks([each.strip() for each in worded.of_xml(tree)]):
        yield "drawn", name, text
    for each in tree.iter("*"):
        held = {str(key): str(value) for key, value in each.attrib.items()}
        said = [value for key, value in held.items() if key in worded.SAID_BY or key.startswith("data-")]
        yield from (("drawn", name, text) for text in said)


def _xml(name: str, content: bytes) -> Iterator[Found]:
    tree = _tree(content)
    yield from (("line", name, each) for each in observed.of_xml(tree))
    yield from (("words", name, each) for each in worded.of_xml(tree))


def _of_json(name: str, content: bytes) -> Iterator[Found]:
    value = json.loads(content)
    yield from (("line", name, each) for each in observed.of_json(value))
    yield from (("words", name, each) for each in texts_of(value))
    # What names its terms elsewhere is read as plain JSON: nothing is fetched.
    if name.endswith(".jsonld") and not observed.named_elsewhere(value):
        yield from (("line", name, each) for each in observed.of_rdf(content, "json-ld"))


def texts_of(value: Any) -> Iterator[str]:
    """All texts in a JSON value.

    >>> list(texts_of({"a": ["b", 1], "c": {"d": "e"}}))
    ['b', 'e']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from texts_of(each)


def _lines_of_json(name: str, content: bytes) -> Iterator[Found]:
    for each in content.splitlines():
        if each.strip():
            yield from _of_json(name, each)


def _table(name: str, content: bytes) -> Iterator[Found]:
    text = content.decode("utf-8-sig", "replace")
    head = text[:2000].partition("\n")[0]
    mark = max(",;\t|", key=head.count)
    yield from (("line", name, each) for each in csv.DictReader(io.StringIO(text), delimiter=mark))
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    yield "words", name, "\n".join("  ".join(" ".join(each.split()) for each in row) for row in rows)


def _plain(name: str, content: bytes) -> Iterator[Found]:
    if b"\0" in content[:1000]:
        yield "unread", name, "unknown form"
        content = b"\n".join(each.encode() for each in worded.printable(content))
    yield "words", name, content.decode("utf-8", "replace")


def _script(name: str, content: bytes) -> Iterator[Found]:
    text = content.decode("utf-8", "replace")
    yield from (("line", name, each) for each in observed.lines(observed.objects(text)))
    yield "words", name, text


def _style(name: str, content: bytes) -> Iterator[Found]:
    yield from (("words", name, each) for each in worded.of_style(content.decode("utf-8", "replace")))


def _pdf(name: str, content: bytes) -> Iterator[Found]:
    yield from (("words", name, each) for each in worded.of_pdf(content))


_READ: Mapping[str, Callable[[str, bytes], Iterator[Found]]] = {
    **dict.fromkeys(PLAIN, _plain),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page),
    **dict.fromkeys((".xml", ".atom", ".rss", ".gml", ".kml"), _xml),
    **dict.fromkeys((".json", ".jsonld", ".geojson", ".topojson", ".webmanifest"), _of_json),
    **dict.fromkeys((".ndjson", ".jsonl"), _lines_of_json),
    **dict.fromkeys((".csv", ".tsv"), _table),
    **dict.fromkeys((".js", ".mjs"), _script),
    ".svg": _svg,
    ".css": _style,
    ".pdf": _pdf,
}
