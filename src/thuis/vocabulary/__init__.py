"""A dated, sourced vocabulary, and the screening of documents against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thuis.vocabulary.load import load_vocabulary
from thuis.vocabulary.model import Term, Vocabulary

if TYPE_CHECKING:
    from thuis.vocabulary.public import vocabulary_record
    from thuis.vocabulary.texts import Text, screen_texts

__all__ = [
    "Term",
    "Text",
    "Vocabulary",
    "load_vocabulary",
    "screen_texts",
    "vocabulary_record",
]


def __getattr__(name: str) -> Any:
    """Screening needs RE2 and more; a project that only lists terms does not pay for it."""
    if name in ("Text", "screen_texts"):
        from thuis.vocabulary import texts

        return getattr(texts, name)
    if name == "vocabulary_record":
        from thuis.vocabulary.public import vocabulary_record

        return vocabulary_record
    raise AttributeError(name)
