"""A document as the screening sees it: one clean text, its blocks, and the way back to the source."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from thuis.documents.clean import Cleaned, clean
from thuis.documents.facts import date_of, genre_of, language_of
from thuis.documents.quality import Quality, quality

#: note: a footnote; side: a column beside the running text; furniture: page numbers, running heads, menus.
BLOCK_KINDS = ("body", "heading", "note", "side", "quote", "table", "code", "caption", "furniture")
#: Formats whose source text can be changed in place.
TEXT_FORMATS = frozenset({"text", "markdown", "html"})


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one purpose, in characters of the clean text; the page counts from 1."""

    start: int
    end: int
    kind: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a character stands: page (if there are pages), line and column in the source (from 1)."""

    page: int | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Unscreenable:
    """A file that cannot be screened, and why.

    ``why`` is a key: encrypted, scanned, too-big, broken-encoding, garbled, bomb, unsafe-path,
    unknown-format, empty or damaged.
    """

    name: str
    why: str
    detail: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Document:
    """Clean text with its blocks, its places in the source, and what is known of the document.

    ``date`` is a partial ISO date; ``date_source`` says where it stood (metadata, opening, file-name).
    ``empty_pages`` are pages without text in a document that has text elsewhere: they were not screened.
    """

    name: str
    format: str
    cleaned: Cleaned
    blocks: tuple[Block, ...]
    sha256: str = ""
    title: str | None = None
    date: str | None = None
    date_source: str | None = None
    genre: str | None = None
    language: str = "nl"
    pages: int | None = None
    empty_pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    speakers: tuple[tuple[int, str, str], ...] = ()

    @property
    def text(self) -> str:
        """The clean text: words whole, hyphens at line ends joined."""
        return self.cleaned.text

    @property
    def joined_words(self) -> int:
        """How many words were made whole at a line's end."""
        return self.cleaned.joined_words

    @cached_property
    def quality_of(self) -> Quality:
        """The measured quality of the text, with what is wrong with it."""
        return quality(self.text)

    @property
    def quality(self) -> float:
        """The share of common short words; below 0.20 the text is suspect."""
        return self.quality_of.common

    @cached_property
    def words(self) -> int:
        """The number of words in the text, by white space."""
        return len(self.text.split())

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self.blocks]

    def block_at(self, place: int) -> Block | None:
        """The block a character stands in."""
        index = bisect_right(self._starts, place) - 1
        return self.blocks[index] if index >= 0 and place < self.blocks[index].end else None

    def place(self, offset: int) -> Spot:
        """Page, line and column of a character of the clean text."""
        at = self.cleaned.origin(offset)
        line = bisect_right(self.cleaned.line_starts, at)
        block = self.block_at(offset)
        return Spot(block.page if block else None, line, at - self.cleaned.line_starts[line - 1] + 1)

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch in the decoded source of a stretch of clean text; None where the source is no text."""
        if self.format not in TEXT_FORMATS or start >= end:
            return None
        return self.cleaned.origin(start), self.cleaned.origin(end - 1) + 1

    def speaker_at(self, place: int) -> tuple[str, str] | None:
        """Who speaks there, and for which party; None outside debates."""
        index = bisect_right([each[0] for each in self.speakers], place) - 1
        return self.speakers[index][1:] if index >= 0 else None


Piece = tuple[str, str, int | None]


def build(
    name: str, format_: str, pieces: Iterable[Piece], *, data: bytes = b"", **facts: object
) -> Document | Unscreenable:
    """A document from pieces of text (text, kind, page), each cleaned and put under the one before."""
    parts: list[Cleaned] = []
    blocks: list[Block] = []
    length = 0
    for text, kind, page in pieces:
        part = clean(text)
        if part.text.strip():
            parts.append(part)
            blocks.append(Block(length, length + len(part.text), kind, page))
            length += len(part.text) + 2
    return finish(name, format_, Cleaned.joined(parts, "\n\n"), blocks, data, **facts)


def finish(
    name: str, format_: str, cleaned: Cleaned, blocks: Sequence[Block], data: bytes, **facts: object
) -> Document | Unscreenable:
    """Judge the text and find date, genre and language where the file does not give them."""
    digest = hashlib.sha256(data or cleaned.source.encode("utf-8", "replace")).hexdigest()
    document = Document(name, format_, cleaned, tuple(blocks), digest, **facts)  # type: ignore[arg-type]
    judged = document.quality_of
    if judged.verdict == "unreadable":
        if "empty" in judged.why:
            return Unscreenable(name, "empty", sha256=digest)
        return Unscreenable(name, "garbled", f"{judged.common:.0%}", digest)
    running = _running(document)
    date, source = (document.date, "metadata") if document.date else date_of(running, name)
    return replace(
        document,
        date=date,
        date_source=source,
        genre=document.genre or genre_of(running, name),
        language=language_of(running),
    )


def _running(document: Document, enough: int = 20_000) -> str:
    """The first stretch of a document that is no code: what tells its date, genre and language."""
    parts: list[str] = []
    length = 0
    for block in document.blocks:
        if block.kind != "code":
            parts.append(document.text[block.start : block.end])
            length += block.end - block.start
        if length >= enough:
            break
    return "\n\n".join(parts)


def from_text(text: str, name: str = "-", format: str = "text") -> Document | Unscreenable:  # noqa: A002
    """A document from a string: ``text``, ``markdown`` or ``html``.

    >>> doc = from_text("Een eerste zin over de alloch-\\ntonen in de wijk.")
    >>> doc.text, doc.place(25)
    ('Een eerste zin over de allochtonen in de wijk.', Spot(page=None, line=1, column=26))
    """
    from thuis.documents.markup import READERS

    return READERS[format](text, name, text.encode("utf-8", "surrogatepass"))
