"""Plain text, Markdown and HTML: formats that are text, so that every hit leads back to its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from thuis.documents.clean import Cleaned, clean
from thuis.documents.document import Block, Document, Unscreenable, finish

_PARAGRAPH = re.compile(r"\n[ \t]*(?:\r?\n[ \t]*)+")
_FENCE = re.compile(r"^(```|~~~)")
_SKIPPED = frozenset({"script", "style", "template", "svg", "math", "noscript", "head"})
_KIND = {
    "blockquote": "quote", "q": "quote", "cite": "quote", "pre": "code", "code": "code", "kbd": "code",
    "table": "table", "figcaption": "caption", "caption": "caption", "aside": "side", "nav": "furniture",
    "footer": "furniture", "header": "furniture",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def text_document(source: str, name: str, data: bytes) -> Document | Unscreenable:
    """A plain text: paragraphs between blank lines, tables by their bars."""
    return _from_spans(source, name, "text", data, lambda text: _paragraphs(text, markdown=False))


def markdown_document(source: str, name: str, data: bytes) -> Document | Unscreenable:
    """A Markdown text: headings, block quotes, tables, code and footnotes by their marks."""
    return _from_spans(source, name, "markdown", data, lambda text: _paragraphs(text, markdown=True))


def _from_spans(
    source: str, name: str, format_: str, data: bytes, spans: Callable[[str], Iterator[Block]]
) -> Document | Unscreenable:
    cleaned = clean(source)
    blocks = tuple(spans(cleaned.text))
    title = next((cleaned.text[b.start : b.end].strip("# \n") for b in blocks if b.kind == "heading"), None)
    return finish(name, format_, cleaned, blocks, data, title=title)


def _paragraphs(text: str, markdown: bool) -> Iterator[Block]:
    start, code = 0, False
    breaks = [(found.start(), found.end()) for found in _PARAGRAPH.finditer(text)]
    for stop, following in [*breaks, (len(text), len(text))]:
        part = text[start:stop]
        if part.strip():
            fences = sum(1 for line in part.splitlines() if _FENCE.match(line)) if markdown else 0
            kind = "code" if code or fences else _kind_of(part, markdown)
            code = code ^ bool(fences % 2)
            yield Block(start, following, kind)
        start = following


def _kind_of(part: str, markdown: bool) -> str:
    lines = part.strip().splitlines()
    if sum(line.count("|") >= 2 or line.count("\t") >= 2 for line in lines) * 2 > len(lines):
        return "table"
    if markdown:
        if lines[0].startswith(">"):
            return "quote"
        if re.match(r"#{1,6}\s", lines[0]) and len(lines) == 1:
            return "heading"
        if re.match(r"\[\^[^\]]+\]:", lines[0]):
            return "note"
    return "body"


class _Html(HTMLParser):
    """Collects the text of a page with its place in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self.open: list[tuple[str, str]] = []  # tag and the kind of text inside it
        self.counts: Counter[str] = Counter()
        self.skipping = 0
        self.chunks: list[tuple[str, int, bool]] = []  # text, place in the source, whether one-to-one
        self.spans: list[tuple[int, str]] = [(0, "body")]
        self.length = 0
        self.title: str | None = None
        self.date: str | None = None

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _put(self, text: str, at: int, exact: bool = True) -> None:
        if text:
            self.chunks.append((text, at, exact))
            self.length += len(text)

    def _mark(self) -> None:
        kind = self.open[-1][1] if self.open else "body"
        if self.spans[-1][1] != kind:
            self.spans.append((self.length, kind))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (given.get("name") or "").lower() in ("date", "dcterms.date", "dcterms.issued"):
            self.date = (given.get("content") or "")[:10] or None
        if tag not in _INLINE:
            self._put("\n" if tag in ("br", "tr", "li", "td", "th") else "\n\n", self._at(), exact=False)
        if tag not in _VOID:
            outer = self.open[-1][1] if self.open else "body"
            self.open.append((tag, _KIND.get(tag, outer)))
            self.counts[tag] += 1
            self.skipping += tag in _SKIPPED
            self._mark()

    def handle_endtag(self, tag: str) -> None:
        while self.counts[tag]:
            closed, _ = self.open.pop()
            self.counts[closed] -= 1
            self.skipping -= closed in _SKIPPED
            if closed == tag:
                break
        if tag not in _INLINE:
            self._put("\n\n" if tag not in ("td", "th", "tr", "li") else "\n", self._at(), exact=False)
        self._mark()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "title":
            self.title = (self.title or "") + data
        if not self.skipping:
            self._put(data, self._at())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, text: str) -> None:
        from html import unescape

        if self.open and self.open[-1][0] == "title":
            self.title = (self.title or "") + unescape(text)
        if not self.skipping:
            self._put(unescape(text), self._at(), exact=False)


def html_document(source: str, name: str, data: bytes) -> Document | Unscreenable:
    """A web page: its text without scripts; quotations, tables and code by their elements."""
    parser = _Html(source)
    parser.feed(source)
    parser.close()
    flat = "".join(text for text, _, _ in parser.chunks)
    cleaned = clean(flat)
    at, shift, length = [], [], 0
    for text, place, exact in parser.chunks:
        at.append(length)
        shift.append(place - length)
        if not exact and len(text) > 1:
            at += [length + 1]
            shift += [place - length - 1]
        length += len(text)
    page = Cleaned(cleaned.text, source, *_through(cleaned, at, shift), cleaned.joined_words)
    ends = [start for start, _ in parser.spans[1:]] + [len(flat)]
    blocks = [
        Block(_forward(cleaned, start), _forward(cleaned, end), kind)
        for (start, kind), end in zip(parser.spans, ends, strict=True)
        if end > start
    ]
    return finish(
        name, "html", page, blocks, data, title=(parser.title or "").strip() or None, date=parser.date
    )


def _forward(cleaned: Cleaned, place: int) -> int:
    """The place in the clean text of a place in the text before cleaning."""
    low, high = 0, len(cleaned.text)
    while low < high:
        middle = (low + high) // 2
        if cleaned.origin(middle) < place:
            low = middle + 1
        else:
            high = middle
    return low


def _through(cleaned: Cleaned, at: list[int], shift: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Breaks of two changes after one another: markup taken out, then words joined."""
    from bisect import bisect_right

    places = sorted({_forward(cleaned, each) for each in at} | set(cleaned.breaks))
    shifts = []
    for place in places:
        middle = cleaned.origin(place)
        shifts.append(middle + shift[bisect_right(at, middle) - 1] - place)
    return (0, *places), (shift[0] if shift else 0, *shifts)


READERS: dict[str, Callable[[str, str, bytes], Document | Unscreenable]] = {
    "text": text_document,
    "markdown": markdown_document,
    "html": html_document,
}
