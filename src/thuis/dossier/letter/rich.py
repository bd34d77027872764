"""A letter from a source that knows its own paragraphs: Word, OpenDocument, official XML, HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from thuis.documents import Paragraph
from thuis.documents.mapped import Mapped
from thuis.dossier.letter.answers import head_end, is_answers, with_own_head
from thuis.dossier.letter.flow import Piece
from thuis.dossier.letter.head import read_head
from thuis.dossier.letter.labels import LABEL, QUESTION
from thuis.dossier.letter.lists import is_list, labelled
from thuis.dossier.letter.model import Note, Removed
from thuis.dossier.letter.plain import Draft, as_blocks


def read_rich(found: Sequence[Paragraph], written: str = "") -> Draft:
    """A letter from the paragraphs of a file; menus, metadata and running heads are kept apart.

    :param written: the text of the file, where a new line is one of the writer's own (Word, OpenDocument).
    """
    draft = Draft(pages=[1])
    notes = [each for each in found if each.kind == "note"]
    texts = [
        (each, body) for each in found if each.kind not in ("note", "label") and (body := each.body).text
    ]
    lines, owners = _head_lines([body for _, body in texts[:40]], written)
    draft.head = read_head(lines)
    end = owners[draft.head.end - 1] + 1 if draft.head.end else 0
    whole = "\n\n".join(body.text for _, body in texts)
    if is_answers(whole):
        draft.kind = "answers"
        texts = _listed(texts) if is_list(whole) else texts
        end = head_end([body for _, body in texts], end)
        draft.head = with_own_head(draft.head, whole, end)
    draft.removed = [Removed("head", body) for _, body in texts[:end]]
    draft.removed += [Removed("furniture", body) for each, body in texts[end:] if each.kind == "furniture"]
    pieces = [_piece(each, body) for each, body in texts[end:] if each.kind != "furniture"]
    draft.blocks = as_blocks(pieces, set())
    draft.notes = [Note(each.number, _without_link(each.body)) for each in notes if each.number is not None]
    draft.removed += [Removed("note", each.body) for each in notes if each.number is None]
    draft.removed += [Removed("furniture", each.body) for each in found if each.kind == "label"]
    return draft


def _listed(texts: Sequence[tuple[Paragraph, Mapped]]) -> list[tuple[Paragraph, Mapped]]:
    """The paragraphs of a list of questions, each label a paragraph of its own."""
    lines = [line for _, body in texts for line in (body, Mapped("", ()))]
    return [(texts[at // 2][0], part) for at, part in labelled(lines) if part.text]


def _broken(body: Mapped, written: str) -> list[Mapped]:
    """A paragraph as the lines that its writer broke it in."""
    cuts = [
        at
        for at in range(1, len(body.text))
        if body.text[at - 1] == " " and "\n" in written[body.at[at - 1] : body.at[at]]
    ]
    return [body[one:two].strip() for one, two in pairwise([0, *cuts, len(body.text)])]


def _head_lines(bodies: Sequence[Mapped], written: str) -> tuple[list[Mapped], list[int]]:
    """The paragraphs of a head as lines, an empty one after each but a bare label, and whose they are.

    Labels and values stand in cells of a table or in a list of terms: the value follows its label at once,
    or labels follow one another and their values come after. A paragraph that begins with a label may hold
    more of them, one a line.
    """
    lines: list[Mapped] = []
    owners: list[int] = []
    for index, body in enumerate(bodies):
        parts = _broken(body, written) if written and len(body.text) < _LONGEST else [body]
        lines += parts
        owners += [index] * len(parts)
        if not LABEL.fullmatch(body.text.strip()):
            lines.append(Mapped("", ()))
            owners.append(index)
    return lines, owners


_LONGEST = 600  # characters of a paragraph of the head
_BACK = re.compile("[\\s\\u21a9\\u2191\\u2b06\\ufe0e\\ufe0f^]+$")
"""The arrow that a page puts behind a note, as the way back to the text."""


def _without_link(body: Mapped) -> Mapped:
    found = _BACK.search(body.text)
    return body[: found.start()] if found else body


def _piece(each: Paragraph, body: Mapped) -> Piece:
    if QUESTION.fullmatch(body.text):
        return Piece("heading", body, None, 3)
    if each.kind == "heading":
        return Piece("heading", body, None, max(2, each.level))
    if each.kind == "quote":
        return Piece("quote", body)
    return Piece("item" if each.item else "paragraph", body)
