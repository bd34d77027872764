"""The nouns of the letter reader: a letter, its blocks, its notes, and remarks on what is not right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from thuis.documents.mapped import Mapped

BlockKind = Literal["heading", "paragraph", "item", "quote"]
LetterKind = Literal["letter", "answers"]
Form = Literal["text", "pdf", "docx", "odt", "xml", "html"]


@dataclass(frozen=True, slots=True)
class Marker:
    """The place in a block, ``start`` to ``end``, where the note with this ``number`` is called.

    ``certain`` is false when only its line is known.
    """

    number: int
    start: int
    end: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (of a ``level``, 1 the highest), paragraph, list item or quotation: which, says ``kind``.

    ``id`` is its place in the letter (``b3``), ``page`` that of the document; ``markers`` are the notes it
    calls.

    ``body`` holds the reading text, in which a note's number is written raised (¹), and its source offsets.
    ``cut`` tells that the text goes on, or begins, on a page that is not there: ``start``, ``end``, ``both``.
    """

    id: str
    kind: BlockKind
    body: Mapped
    page: int | None = None
    level: int = 2
    markers: tuple[Marker, ...] = ()
    cut: str | None = None

    @property
    def text(self) -> str:
        """The reading text."""
        return self.body.text


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its ``number``, its text with offsets (``body``), its ``page``, and whether the text is
    ``cut``.

    ``block`` is the id of the block that calls it, None when nothing does.
    """

    number: int
    body: Mapped
    page: int | None = None
    block: str | None = None
    cut: bool = False

    @property
    def id(self) -> str:
        """``n`` and its number."""
        return f"n{self.number}"

    @property
    def text(self) -> str:
        """The text of the note, without its number."""
        return self.body.text


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader of the letter must know. ``kind`` is a key under ``letter.`` in the texts.

    ``values`` fill that text; ``level`` says how sure it is; ``span`` (of the source) and ``block`` say
    where.
    """

    kind: str
    level: Literal["error", "doubt", "note"]
    values: Mapping[str, str] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """Source text that is not reading text, by ``kind``: letterhead, info column, page number, note number.

    ``body`` keeps its offsets.
    """

    kind: str
    body: Mapped


@dataclass(frozen=True, slots=True)
class Meta:
    """What identifies a letter: official ``id``, ``date``, ``reference``, ``sender`` with ``signers``,
    ``addressee``, ``subject``, ``dossier`` and ``number`` in it; None where it is not told.

    ``how`` says per field where it was found when that was not its own label.
    """

    id: str = ""
    date: date | None = None
    reference: str | None = None
    sender: str | None = None
    signers: tuple[str, ...] = ()
    addressee: str | None = None
    subject: str | None = None
    dossier: str | None = None
    number: str | None = None
    how: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """A letter to Parliament, read. Every span counts characters of ``source``.

    ``file`` and ``form`` say what it was read from. ``meta`` identifies it; ``blocks`` and ``notes`` are its
    text; ``remarks`` what its reader must know, ``removed`` what is no reading text; ``pages`` are the
    numbers printed on it, ``missing`` those that are not there.

    ``kind`` is ``answers`` for answers to written questions: "Vraag 3" and "Antwoord 3" are headings.
    """

    file: str
    form: Form
    source: str
    meta: Meta
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    remarks: tuple[Remark, ...]
    removed: tuple[Removed, ...] = ()
    pages: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    kind: LetterKind = "letter"

    @property
    def text(self) -> str:
        """The reading text: blocks with an empty line between them, notes left out, numbers raised."""
        return "\n\n".join(block.text for block in self.blocks)

    def line_of(self, offset: int) -> int:
        """The line of the source, from 1, in which an offset stands."""
        return bisect_right(self._lines, offset)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.source))]

    def as_dict(self) -> dict[str, Any]:
        """The letter as plain strings, numbers and lists, for JSON; spans are ``[start, end]``."""
        meta = self.meta
        return {
            "id": meta.id,
            "file": self.file,
            "form": self.form,
            "kind": self.kind,
            "date": meta.date.isoformat() if meta.date else None,
            "reference": meta.reference,
            "sender": meta.sender,
            "signers": list(meta.signers),
            "addressee": meta.addressee,
            "subject": meta.subject,
            "dossier": meta.dossier,
            "number": meta.number,
            "how": dict(meta.how),
            "pages": list(self.pages),
            "missing_pages": list(self.missing),
            "blocks": [_block(each) for each in self.blocks],
            "notes": [
                {
                    "id": each.id,
                    "number": each.number,
                    "text": each.text,
                    "page": each.page,
                    "block": each.block,
                    "cut": each.cut,
                    "source": list(each.body.span()),
                }
                for each in self.notes
            ],
            "remarks": [
                {
                    "kind": each.kind,
                    "level": each.level,
                    "values": dict(each.values),
                    "source": list(each.span) if each.span else None,
                    "block": each.block,
                }
                for each in self.remarks
            ],
        }


def _block(block: Block) -> dict[str, Any]:
    return {
        "id": block.id,
        "kind": block.kind,
        "level": block.level if block.kind == "heading" else None,
        "text": block.text,
        "page": block.page,
        "cut": block.cut,
        "source": list(block.body.span()),
        "markers": [
            {"number": each.number, "start": each.start, "end": each.end, "certain": each.certain,
             "source": list(block.body.span(each.start, each.end))}
            for each in block.markers
        ],
    }  # fmt: skip
