"""Plain text and Markdown: their blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.documents.marked_down import code_in

_PARAGRAPH = re.compile(r"\n[ \t]*(?:\r?\n[ \t]*)+")


def blocks_of(text: str, markdown: bool) -> Iterator[tuple[int, int, str]]:
    """Begin, end and kind of each block: paragraphs between blank lines, tables by their bars.

    In Markdown also headings, block quotes, code, the head of a page and notes by their marks.
    """
    if not markdown:
        yield from _paragraphs(text, 0, len(text), markdown=False)
        return
    done = 0
    for begin, end, kind in code_in(text):
        yield from _paragraphs(text, done, begin, markdown=True)
        yield begin, end, kind
        done = end
    yield from _paragraphs(text, done, len(text), markdown=True)


def _paragraphs(text: str, start: int, end: int, *, markdown: bool) -> Iterator[tuple[int, int, str]]:
    breaks = [(found.start(), found.end()) for found in _PARAGRAPH.finditer(text, start, end)]
    for stop, following in [*breaks, (end, end)]:
        part = text[start:stop]
        if part.strip():
            yield start, following, _kind_of(part, markdown)
        start = following


def _kind_of(part: str, markdown: bool) -> str:
    barred = "|" in part or "\t" in part
    if not barred and not markdown:
        return "body"
    lines = part.strip().splitlines()
    if barred and sum(line.count("|") >= 2 or line.count("\t") >= 2 for line in lines) * 2 > len(lines):
        return "table"
    if markdown:
        if lines[0].startswith(">"):
            return "quote"
        if re.match(r"#{1,6}\s", lines[0]) and len(lines) == 1:
            return "heading"
        if re.match(r"\[\^[^\]]+\]:", lines[0]):
            return "note"
    return "body"
