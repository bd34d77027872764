"""A dated, sourced vocabulary, and the screening of documents against it."""

from __future__ import annotations

from thuis.vocabulary.load import load_vocabulary, read_vocabulary
from thuis.vocabulary.model import Term, Vocabulary

__all__ = ["Term", "Vocabulary", "load_vocabulary", "read_vocabulary"]
