"""A document as the screening sees it: one clean text, its blocks, and the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from thuis.documents.clean import Cleaned, clean
from thuis.documents.facts import date_of, genre_of, language_of
from thuis.documents.mapped import Mapped
from thuis.documents.mojibake import mended
from thuis.documents.plain import blocks_of
from thuis.documents.quality import Quality, quality
from thuis.documents.source import Paragraph, Source, Unscreenable

#: note: a footnote; side: a column beside the running text; furniture: page numbers, running heads, menus;
#: label: what stands in no line (an alternative text, a title, a comment, a field of a form).


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


@dataclass(frozen=True)
class Document:
    """Clean text with its blocks, its places in the source, and what is known of the document.

    ``date`` is a partial ISO date; ``date_source`` says where it stood (metadata, opening, file-name).
    ``empty_pages`` are pages without text in a document that has text elsewhere, ``unread`` counts its
    images, scripts, embedded objects and style sheets elsewhere: they were not screened.
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
    unread: tuple[tuple[str, int], ...] = ()
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

    @cached_property
    def _spoken_from(self) -> list[int]:
        return [each[0] for each in self.speakers]

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
        index = bisect_right(self._spoken_from, place) - 1
        return self.speakers[index][1:] if index >= 0 else None


def document_of(source: Source) -> Document | Unscreenable:
    """What a file holds as one clean text with its blocks; refused when it is empty or no language."""
    if source.format in ("text", "markdown"):
        text, _ = mended(Mapped.of(source.text))
        part = clean(text.text)
        blocks = [Block(*each) for each in blocks_of(part.text, source.format == "markdown")]
        at, shift = _through(part, (text,), 0)
        cleaned = Cleaned(part.text, source.text, at, shift, part.joined_words)
        heads = (part.text[each.start : each.end].strip("# \n") for each in blocks if each.kind == "heading")
        return _judged(source, cleaned, blocks, (), next(heads, None))
    return _judged(source, *_cleaned(source), source.title)


def _cleaned(source: Source) -> tuple[Cleaned, list[Block], tuple[tuple[int, str, str], ...]]:
    """Each paragraph cleaned and put under the one before; where each speaker begins."""
    texts: list[str] = []
    blocks: list[Block] = []
    at: list[int] = []
    shift: list[int] = []
    speakers: list[tuple[int, str, str]] = []
    length = words = 0
    for each in source.paragraphs:
        part = clean(each.raw)
        if not part.text.strip():
            continue
        if each.speaker and (not speakers or speakers[-1][1:] != each.speaker):
            speakers.append((length, *each.speaker))
        places, shifts = _through(part, each.parts, length)
        at += places
        shift += shifts
        words += part.joined_words
        blocks += _blocks(each, part, length)
        texts.append(part.text)
        length += len(part.text) + 2
    whole = Cleaned("\n\n".join(texts), source.text, tuple(at) or (0,), tuple(shift) or (0,), words)
    return whole, blocks, tuple(speakers)


def _blocks(each: Paragraph, part: Cleaned, offset: int) -> Iterator[Block]:
    """The blocks of a paragraph: itself, but for the stretches in it that are of another kind."""
    done = 0
    for begin, end, kind in sorted(each.inner):
        first, last = max(_forward(part, begin), done), _forward(part, end)
        if first >= last:
            continue
        if first > done:
            yield Block(offset + done, offset + first, each.kind, each.page)
        yield Block(offset + first, offset + last, kind, each.page)
        done = last
    if done < len(part.text):
        yield Block(offset + done, offset + len(part.text), each.kind, each.page)


def _through(part: Cleaned, mapped: Sequence[Mapped], offset: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The breaks of two changes after one another: parts taken from a source, then cleaned."""
    at: list[int] = []
    place: list[int] = []
    length = 0
    for each in mapped:
        whole = isinstance(each.at, range)
        for index, origin in enumerate(each.at[:1] if whole else each.at):
            if not index or each.at[index - 1] != origin - 1:
                at.append(length + index)
                place.append(origin)
        length += len(each.text)
    if not at:
        return (offset,), (-offset,)
    breaks = sorted({_forward(part, each) for each in at} | set(part.breaks))
    shifts = []
    for begin in breaks:
        middle = part.origin(begin)
        index = bisect_right(at, middle) - 1
        shifts.append(place[index] + middle - at[index] - (begin + offset))
    return tuple(begin + offset for begin in breaks), tuple(shifts)


def _forward(part: Cleaned, place: int) -> int:
    """The place in the clean text of a place in the text before cleaning."""
    if len(part.breaks) == 1:
        return place
    low, high = 0, len(part.text)
    while low < high:
        middle = (low + high) // 2
        if part.origin(middle) < place:
            low = middle + 1
        else:
            high = middle
    return low


def _judged(
    source: Source,
    cleaned: Cleaned,
    blocks: Sequence[Block],
    speakers: tuple[tuple[int, str, str], ...],
    title: str | None,
) -> Document | Unscreenable:
    """The document, with date, genre and language found where the file does not give them."""
    name = source.name
    document = Document(
        name, source.format, cleaned, tuple(blocks), source.sha256, title, source.date, None, source.genre,
        pages=source.pages, empty_pages=source.empty, unread=source.unread, speakers=speakers,
    )  # fmt: skip
    judged = document.quality_of
    if judged.verdict == "unreadable":
        if "empty" in judged.why:
            return Unscreenable(name, "empty", sha256=source.sha256)
        return Unscreenable(name, "garbled", f"{judged.common:.0%}", source.sha256)
    running = _running(document)
    date, told = (document.date, "metadata") if document.date else date_of(running, name)
    if not date and source.made:
        date, told = source.made, "metadata"
    return replace(
        document,
        date=date,
        date_source=told,
        genre=document.genre or genre_of(running, name),
        language=language_of(running),
    )


def _running(document: Document, enough: int = 20_000) -> str:
    """The first stretch of a document that is no code or label: what tells its date, genre and language."""
    parts: list[str] = []
    length = 0
    for block in document.blocks:
        if block.kind not in ("code", "label"):
            parts.append(document.text[block.start : block.end])
            length += block.end - block.start
        if length >= enough:
            break
    return "\n\n".join(parts)
