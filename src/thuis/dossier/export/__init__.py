"""A letter in other forms: Markdown, JSON, annotated HTML, JSON-LD, Akoma Ntoso, BibTeX, CSL, CSV."""

from __future__ import annotations

from thuis.dossier.export.write import FORMS, told, write_letter

__all__ = ["FORMS", "told", "write_letter"]
