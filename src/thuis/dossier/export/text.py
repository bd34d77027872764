"""The reading text as Markdown, notes at the end."""

from __future__ import annotations

import re

from thuis.dossier.letter.model import DIGITS, RAISED
from thuis.dossier.reading import Reading

_SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def markdown(reading: Reading, language: str = "nl") -> str:
    """The letter in Markdown, notes as footnotes (``[^1]``)."""
    from thuis.text import texts

    words = texts("dossier", language)
    letter = reading.letter
    meta = letter.meta
    head = [f"# {_safe(meta.subject or meta.id)}"]
    facts = [
        ("sender", meta.sender),
        ("addressee", meta.addressee),
        ("date", meta.date.isoformat() if meta.date else None),
        ("reference", meta.reference),
        ("dossier", f"{meta.dossier}, {meta.number}" if meta.dossier and meta.number else None),
    ]
    head.append("\n".join(f"- {words(f'field.{key}')}: {_safe(value)}" for key, value in facts if value))
    body = []
    for block in letter.blocks:
        text = re.sub(f"[{RAISED}]+", lambda m: f"[^{m[0].translate(DIGITS)}]", _safe(block.text))
        mark = {"heading": "#" * block.level + " ", "item": "- ", "quote": "> "}.get(block.kind, "")
        body.append(mark + text)
    notes = [f"[^{note.number}]: {_safe(note.text)}" for note in letter.notes]
    return "\n\n".join(part for part in [*head, *body, *notes] if part) + "\n"


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
