"""Survey files of every kind: their columns, labels and values, and one sentence when they cannot be read."""

from thuis.formats.files import columns_of, headed, read, sets_of, sheet_of
from thuis.formats.raw import AnswerSet, Column, Raw, Reader, Written, codes

__all__ = [
    "AnswerSet",
    "Column",
    "Raw",
    "Reader",
    "Written",
    "codes",
    "columns_of",
    "headed",
    "read",
    "sets_of",
    "sheet_of",
]
