"""Markdown, as converters write it: its marks are no text of the letter, and its notes are notes."""

from __future__ import annotations

import re

from thuis.documents.mapped import Mapped
from thuis.documents.source import SUPERSCRIPT

_NOTE = re.compile(r"^[ \t]*\[\^(?P<number>\d{1,3})\]:[ \t]*", re.M)
_CALL = re.compile(r"\[\^(?P<number>\d{1,3})\]")
_HEADING = re.compile(r"^#{1,6}[ \t]+|[ \t]+#+[ \t]*$", re.M)
_STRONG = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])")
_BREAK = re.compile(r"\\(?=\n)|[ \t]{2,}(?=\n)")


def unmarked(text: Mapped) -> Mapped:
    """A text without the marks of Markdown, its notes raised as in print; each character keeps its place.

    >>> unmarked(Mapped.of("## Taal\\n\\nDe **aanpak** van *taal*.[^1]\\n\\n[^1]: Kamerstuk 32 824.")).text
    'Taal\\n\\nDe aanpak van taal.¹\\n\\n¹ Kamerstuk 32 824.'
    """
    text = text.sub(_NOTE, lambda m: m["number"].translate(SUPERSCRIPT) + " ")
    text = text.sub(_CALL, lambda m: m["number"].translate(SUPERSCRIPT))
    for mark in (_HEADING, _STRONG, _EMPHASIS, _BREAK):
        text = text.sub(mark, "")
    return text
