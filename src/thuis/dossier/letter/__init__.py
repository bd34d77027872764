"""The letter reader: from a file to reading text, notes, metadata, and remarks on what is not right.

from thuis.dossier.letter import read_letter
letter = read_letter("kst-32824-378-ministry-pdf.txt")
letter.text, letter.notes, letter.remarks
"""

from __future__ import annotations

from thuis.dossier.letter.model import Block, Letter, Note, Remark
from thuis.dossier.letter.read import read_letter

__all__ = ["Block", "Letter", "Note", "Remark", "read_letter"]
