"""The reading text as Markdown, notes at the end."""

from __future__ import annotations

import re

from thuis.dossier.export.names import facts_of, letter_name
from thuis.dossier.letter import Block
from thuis.dossier.reading import Reading
from thuis.language import texts

_SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def markdown(reading: Reading, language: str = "nl") -> str:
    """The letter in Markdown, notes as footnotes (``[^1]``)."""
    words = texts("dossier", language)
    letter = reading.letter
    facts = facts_of(letter, letter.meta.date.isoformat() if letter.meta.date else None)
    head = [f"# {_safe(letter_name(letter))}"]
    head.append("\n".join(f"- {words(f'field.{key}')}: {_safe(value)}" for key, value in facts))
    body = []
    for block in letter.blocks:
        text = _noted(block)
        mark = {"heading": "#" * block.level + " ", "item": "- ", "quote": "> "}.get(block.kind, "")
        body.append(mark + text)
    notes = [f"[^{note.number}]: {_safe(note.text)}" for note in letter.notes]
    return "\n\n".join(part for part in [*head, *body, *notes] if part) + "\n"


def _noted(block: Block) -> str:
    """The text of a block with its note numbers as Markdown's."""
    pieces: list[str] = []
    at = 0
    for mark in block.markers:
        pieces += [_safe(block.text[at : mark.start]), f"[^{mark.number}]"]
        at = mark.end
    return "".join([*pieces, _safe(block.text[at:])])


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
