"""Plain text and Markdown: their blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n[ \t]*(?:\r?\n[ \t]*)+")
_FENCE = re.compile(r"^(```|~~~)")


def blocks_of(text: str, markdown: bool) -> Iterator[tuple[int, int, str]]:
    """Begin, end and kind of each block: paragraphs between blank lines, tables by their bars.

    In Markdown also headings, block quotes, code and notes by their marks.
    """
    start, code = 0, False
    breaks = [(found.start(), found.end()) for found in _PARAGRAPH.finditer(text)]
    for stop, following in [*breaks, (len(text), len(text))]:
        part = text[start:stop]
        if part.strip():
            fences = sum(1 for line in part.splitlines() if _FENCE.match(line)) if markdown else 0
            kind = "code" if code or fences else _kind_of(part, markdown)
            code = code ^ bool(fences % 2)
            yield start, following, kind
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
