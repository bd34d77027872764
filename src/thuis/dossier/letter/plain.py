"""A letter from text with pages: what a PDF converter left behind, or what pdfium reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from thuis.documents.mapped import Mapped
from thuis.dossier.letter import feet, flow
from thuis.dossier.letter.answers import (
    brackets_raised,
    head_end,
    is_answers,
    markers_back,
    split_labels,
    with_own_head,
)
from thuis.dossier.letter.furniture import Page, paginate, without_column
from thuis.dossier.letter.head import Head, column_head, read_head
from thuis.dossier.letter.labels import QUESTION
from thuis.dossier.letter.lists import is_list, labelled
from thuis.dossier.letter.model import Block, LetterKind, Marker, Note, Remark, Removed
from thuis.dossier.letter.signatures import beside, signed_under


@dataclass(slots=True)
class Draft:
    """What a reader found, before the parts are tied together."""

    head: Head = field(default_factory=Head)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    total: int | None = None
    kind: LetterKind = "letter"
    called: set[int] = field(default_factory=set)


def read_plain(text: Mapped) -> Draft:
    """A letter from its raw text."""
    draft = Draft()
    pages, draft.removed = paginate(text)
    if not pages:
        return draft
    pages[-1] = replace(pages[-1], lines=tuple(beside(pages[-1].lines)))
    answers = is_answers(text.text)
    if answers:
        draft.kind = "answers"
        listed = _listed([page.lines for page in pages]) if is_list(text.text) else [p.lines for p in pages]
        pages = [
            Page(tuple(brackets_raised(split_labels(lines))), page.number, page.of)
            for page, lines in zip(pages, listed, strict=True)
        ]
    later = (pages[0].number or 1) > 1  # the first page is not there: what it said is in the column
    draft.head = column_head(without_column(pages[0], ())[1]) if later else read_head(pages[0].lines)
    if answers:
        draft.head = with_own_head(draft.head, text.text, head_end(pages[0].lines, draft.head.end))
    head = pages[0].lines[: draft.head.end]
    draft.removed += [Removed("head", line) for line in head if line.text.strip()]
    pages[0] = Page(pages[0].lines[draft.head.end :], pages[0].number, pages[0].of)
    draft.total = max((page.of or 0 for page in pages), default=0) or None
    words = flow.words_of(line for page in pages for line in page.lines)
    unsure: set[int] = set()
    read: list[tuple[int | None, list[flow.Piece]]] = []
    expected = 1
    for index, each in enumerate(pages):
        page, column = without_column(each, draft.head.column) if index or later else (each, [])
        draft.removed += column
        if column and not draft.head.reference:
            draft.head = replace(draft.head, reference=column_head(column).reference)
        number = page.number or (index + 1 if len(pages) > 1 else 1)
        draft.pages.append(number)
        given = markers_back(page.lines, expected) if answers else page.lines
        lines, expected, doubt = _page(draft, given, number, expected)
        unsure |= doubt
        read.append((number, flow.pieces(lines, number, words)))
    draft.blocks = as_blocks(flow.over_pages(read, draft.total, words), unsure)
    return draft


def _listed(pages: Sequence[Sequence[Mapped]]) -> list[Sequence[Mapped]]:
    """The lines of each page with the labels of a list of questions; its numbers go on over the pages."""
    found: list[Sequence[Mapped]] = []
    first = 1
    for lines in pages:
        made = [each for _, each in labelled(lines, first)]
        first += sum(bool(QUESTION.fullmatch(each.text)) and each.text[0] == "V" for each in made)
        found.append(made)
    return found


def _page(
    draft: Draft, lines: Sequence[Mapped], number: int, expected: int
) -> tuple[list[Mapped], int, set[int]]:
    """The body lines of a page with markers in place; its notes go to the draft."""
    start, notes = feet.split_notes(lines, _first(draft, expected))
    signed: Sequence[Mapped] = ()
    if notes and (end := signed_under(lines, start)):
        lines, signed = lines[:end], lines[end:]
        start, notes = feet.split_notes(lines, _first(draft, expected))
    start = _continuation(draft, lines, start, bool(notes))
    numbers = [note.number for note in notes]
    open_notes = [note.number for note in draft.notes if note.number not in draft.called]
    body, used, unsure = feet.place_markers(lines[:start], [*numbers, *open_notes], expected)
    draft.removed += [Removed("marker-line", line) for line in used]
    draft.removed += [Removed("note-number", note.label) for note in notes]
    draft.notes += [Note(note.number, note.body, number) for note in notes]
    called = {n for line in body for n, _, _ in feet.markers(line.text)}
    draft.called |= called
    return [*body, *signed], max([expected, *(n + 1 for n in (*called, *numbers))]), unsure


def _first(draft: Draft, expected: int) -> int:
    return draft.notes[-1].number + 1 if draft.notes else min(expected, 1)


def _continuation(draft: Draft, lines: Sequence[Mapped], start: int, notes: bool) -> int:
    """A note that runs over the page goes on between an empty line and the first number of the next one."""
    if not notes or not draft.notes or _complete(draft.notes[-1].text):
        return start
    above = start - 1
    while above >= 0 and not lines[above].text.strip():
        above -= 1
    top = above
    while top > 0 and lines[top - 1].text.strip():
        top -= 1
    if 0 < top <= above and lines[top].text.strip()[:1].islower():
        last = draft.notes[-1]
        more = feet.joined([last.body, *(line.strip() for line in lines[top : above + 1])])
        draft.notes[-1] = Note(last.number, more, last.page)
        return top
    return start


def _complete(text: str) -> bool:
    return text.rstrip()[-1:] in ".!?)»”’" or len(text) < 90


def as_blocks(found: Sequence[flow.Piece], unsure: set[int]) -> list[Block]:
    """Pieces as blocks, with their ids and markers."""
    blocks: list[Block] = []
    for index, piece in enumerate(found, 1):
        marks = tuple(
            Marker(number, start, end, piece.body.at[start] not in unsure)
            for number, start, end in feet.markers(piece.body.text)
        )
        blocks.append(Block(f"b{index}", piece.kind, piece.body, piece.page, piece.level, marks, piece.cut))
    return blocks
